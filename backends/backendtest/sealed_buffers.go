package backendtest

import (
	"bytes"
	"fmt"

	"github.com/hazmat/hazmat/backends"
)

// testMessages uses one object for many messages, in place and elsewhere, and
// compares with one that has not been used before.
func (s sealer) testMessages(t reporter) {
	random := newRandom()
	reused := s.create(t)
	defer reused.Close()
	lengths := []int{1, 15, 16, 17, 31, 32, 33, 1<<20 + 3}
	for range 50 {
		lengths = append(lengths, 1+random.IntN(1<<random.IntN(12)))
	}
	for _, length := range lengths {
		message := randomBytes(random, length)
		s := s.withInput(0, randomBytes(random, len(s.inputs[0])))
		fresh := s.create(t)
		want := s.seal(t, fresh, message)
		fresh.Close()
		for _, inPlace := range []bool{false, true} {
			if got := s.run(t, reused, backends.OperationEncrypt, message, inPlace); !bytes.Equal(got, want) {
				t.Fatalf("%d bytes after other messages, in place %t: %.50x, want %.50x", length, inPlace, got, want)
			}
			if got := s.run(t, reused, backends.OperationDecrypt, want, inPlace); !bytes.Equal(got, message) {
				t.Fatalf("%d bytes opened, in place %t: %.50x, want %.50x", length, inPlace, got, message)
			}
		}
	}
}

// testBuffers seals and opens into buffers that are too small.
func (s sealer) testBuffers(t reporter) {
	aead := s.create(t)
	defer aead.Close()
	messages := s.messages(t, aead)
	for operation, message := range messages {
		need := s.need(operation, len(message))
		for _, room := range []int{0, 1, need - 1} {
			dst := newGuarded(room, nil)
			n, err := s.call(aead, operation, dst.within, message)
			what := fmt.Sprintf("operation %d with %d bytes into %d", operation, len(message), room)
			wantStatus(t, what, err, backends.ErrBufferTooSmall)
			if n != need {
				t.Errorf("%s says that %d are needed, want %d", what, n, need)
			}
			dst.check(t, what, 0)
		}
	}
	want := messages[backends.OperationDecrypt]
	if got := s.roundTrip(t, aead, messages[backends.OperationEncrypt]); !bytes.Equal(got, want) {
		t.Errorf("after too small buffers: %x, want %x", got, want)
	}
}

// testOverlap puts the output at every distance from the message, and from the
// nonce and each text of additional data, before and after it. What matters is
// what is written: dst itself goes on to the end.
func (s sealer) testOverlap(t reporter) {
	aead := s.create(t)
	defer aead.Close()
	messages := s.messages(t, aead)
	for operation, message := range messages {
		want := s.run(t, aead, operation, message, false)
		slide(len(message), len(want), func(arena, space, dst []byte, overlap, exact bool) {
			copy(space, message)
			s.slid(t, aead, operation, arena, dst, space, want, overlap && !exact)
		})
		for i, input := range s.inputs {
			slide(len(input), len(want), func(arena, space, dst []byte, overlap, _ bool) {
				copy(space, input)
				s.withInput(i, space).slid(t, aead, operation, arena, dst, message, want, overlap)
			})
		}
	}
	// What is only read may overlap.
	shared := bytes.Repeat([]byte{7}, len(s.message()))
	together, apart := s, s
	for i, input := range s.inputs {
		together = together.withInput(i, shared[:len(input)])
		apart = apart.withInput(i, bytes.Clone(shared[:len(input)]))
	}
	got := make([]byte, len(shared)+s.tagSize())
	_, err := together.call(aead, backends.OperationEncrypt, got, shared)
	must(t, "inputs that overlap each other", err)
	if want := apart.seal(t, aead, bytes.Clone(shared)); !bytes.Equal(got, want) {
		t.Errorf("inputs that overlap each other: %x, want %x", got, want)
	}
}

// slide calls test with an arena, a space for an input in it, and an output at
// each place from before that space to behind it, which goes on to the end of
// the arena. overlap says whether the bytes that are written overlap the space,
// exact whether they begin where it does.
func slide(length, written int, test func(arena, space, dst []byte, overlap, exact bool)) {
	start := written + 3
	for at := range start + length + 3 {
		arena := bytes.Repeat([]byte{0xa5}, start+length+3+written)
		overlap := length > 0 && written > 0 && at < start+length && start < at+written
		test(arena, arena[start:][:length], arena[at:], overlap, at == start)
	}
}

// slid makes a call inside an arena, which must be refused or give what is
// wanted.
func (s sealer) slid(t reporter, aead backends.AEAD, operation backends.Operation, arena, dst, message, want []byte, refused bool) {
	t.Helper()
	whole := bytes.Clone(arena)
	at := len(arena) - len(dst)
	n, err := s.call(aead, operation, dst, message)
	what := fmt.Sprintf("operation %d with output at %d of %d", operation, at, len(arena))
	if refused {
		wantStatus(t, what, err, backends.ErrOverlap)
		if n != 0 {
			t.Errorf("%s gave %d bytes", what, n)
		}
	} else {
		must(t, what, err)
		copy(whole[at:], want)
	}
	if !bytes.Equal(arena, whole) {
		t.Errorf("%s: memory is %x, want %x", what, arena, whole)
	}
}
