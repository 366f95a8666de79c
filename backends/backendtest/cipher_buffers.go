package backendtest

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/hazmat/hazmat/backends"
)

// testBuffers updates into buffers that are too small, after each number of
// bytes that can be held back.
func (s subject) testBuffers(t reporter) {
	message := s.message()
	for _, operation := range operations {
		for before := range s.mostHeld() + 1 {
			want, rest := s.reference(t, operation, message, before)
			context := s.open(t, operation)
			d := newDriver(s, context)
			d.update(t, message[:before], false)
			need := d.need(len(rest))
			for _, room := range []int{0, 1, need - 1} {
				src, dst := newGuarded(len(rest), rest), newGuarded(room, nil)
				n, err := context.Update(dst.within, src.within)
				what := fmt.Sprintf("update with %d bytes, %d held back, into %d", len(rest), before, room)
				wantStatus(t, what, err, backends.ErrBufferTooSmall)
				if n != need {
					t.Errorf("%s says that %d are needed, want %d", what, n, need)
				}
				src.check(t, what, 0)
				dst.check(t, what, 0)
			}
			if got := d.update(t, rest, false); !bytes.Equal(got, want) {
				t.Errorf("after updates into too small buffers: %x, want %x", got, want)
			}
			context.Close()
		}
	}
}

// mostHeld returns how many bytes a context may hold back.
func (s subject) mostHeld() int {
	if s.blockwise() {
		return s.blockSize() - 1
	}
	return 0
}

// reference returns what a second update gives that processes the rest of a
// message, after a first one with the bytes before, as elsewhere in memory.
func (s subject) reference(t reporter, operation backends.Operation, message []byte, before int) (want, rest []byte) {
	t.Helper()
	context := s.open(t, operation)
	defer context.Close()
	d := newDriver(s, context)
	d.update(t, message[:before], false)
	return d.update(t, message[before:], false), message[before:]
}

// testOverlap puts the output at every distance from the input, before and
// after it. What matters is what is written: dst itself goes on to the end.
func (s subject) testOverlap(t reporter) {
	message := s.message()
	for _, operation := range operations {
		for _, before := range slices.Compact([]int{0, min(1, s.mostHeld()), s.mostHeld()}) {
			want, data := s.reference(t, operation, message, before)
			start := len(want) + 3 // of the input in the arena
			for at := range start + len(data) + 3 {
				context := s.open(t, operation)
				d := newDriver(s, context)
				d.update(t, message[:before], false)

				arena := newGuarded(start+len(data)+3+len(want), nil)
				src := arena.within[start:][:len(data)]
				copy(src, data)
				whole := bytes.Clone(arena.within)
				n, err := context.Update(arena.within[at:], src)
				what := fmt.Sprintf("update with %d bytes at %d into %d bytes at %d", len(data), start, len(want), at)
				if at != start && at < start+len(data) && start < at+len(want) {
					wantStatus(t, what, err, backends.ErrOverlap)
					if !bytes.Equal(arena.within, whole) || n != 0 {
						t.Errorf("%s changed memory", what)
					}
					// Nothing has happened to the context either.
					if got := d.update(t, data, true); !bytes.Equal(got, want) {
						t.Errorf("after an overlap: %x, want %x", got, want)
					}
				} else {
					must(t, what, err)
					copy(whole[at:], want)
					if !bytes.Equal(arena.within, whole) {
						t.Errorf("%s: got %x, want %x", what, arena.within, whole)
					}
				}
				context.Close()
			}
		}
	}
}
