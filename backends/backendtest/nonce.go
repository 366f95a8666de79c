package backendtest

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"github.com/hazmat/hazmat/backends"
)

func (s subject) openNonce(t reporter, operation backends.Operation) backends.NonceCipherContext {
	t.Helper()
	context, ok := s.open(t, operation).(backends.NonceCipherContext)
	if !ok {
		t.Fatalf("%s cannot take another nonce", s.name())
	}
	return context
}

// testReset begins again, under another nonce and under the same one, after
// each number of bytes.
func (s subject) testReset(t reporter) {
	message := s.message()
	second := bytes.Clone(s.nonce())
	second[len(second)-1] ^= 1
	first, _ := s.encrypt(t, [][]byte{message})
	other, _ := s.withNonce(second).encrypt(t, [][]byte{message})
	if bytes.Equal(first, other) {
		t.Errorf("two nonces give the same ciphertext")
	}
	for _, operation := range operations {
		for n := range message {
			context := s.openNonce(t, operation)
			d := newDriver(s, context)
			d.update(t, message[:n], false)
			for _, test := range []struct{ nonce, want []byte }{{second, other}, {s.nonce(), first}} {
				nonce := bytes.Clone(test.nonce)
				must(t, "reset", context.ResetNonce(nonce))
				clear(nonce)
				if got := d.update(t, message, false); !bytes.Equal(got, test.want) {
					t.Fatalf("operation %d: reset after %d bytes: %x, want %x", operation, n, got, test.want)
				}
			}
			context.Close()
		}
	}
	context := s.openNonce(t, backends.OperationEncrypt)
	defer context.Close()
	d := newDriver(s, context)
	begun := d.update(t, message[:5], false)
	for n := range 2 * len(s.nonce()) {
		if n != len(s.nonce()) {
			wantStatus(t, fmt.Sprintf("reset to a nonce of %d bytes", n), context.ResetNonce(make([]byte, n)), backends.ErrInvalidNonce)
		}
	}
	if got := append(begun, d.update(t, message[5:], false)...); !bytes.Equal(got, first) {
		t.Errorf("after a reset that failed: %x, want %x", got, first)
	}
}

// nearTheEnd returns the nonce from which a number of blocks are left before
// the counter would wrap, and the size of those blocks in bytes.
func (s subject) nearTheEnd(blocks uint32) (nonce []byte, blockSize int) {
	if s.cipher.Algorithm == backends.CipherChaCha20 {
		nonce = bytes.Clone(s.nonce())
		binary.LittleEndian.PutUint32(nonce, -blocks)
		return nonce, 64
	}
	nonce = bytes.Repeat([]byte{0xff}, s.blockSize())
	binary.BigEndian.PutUint32(nonce[len(nonce)-4:], -blocks)
	return nonce, len(nonce)
}

// testLimit goes to the last block of the counter. Its keystream is what a
// context gives that begins there.
func (s subject) testLimit(t reporter) {
	for blocks := uint32(1); blocks <= 20; blocks++ {
		nonce, size := s.nearTheEnd(blocks)
		left := int(blocks) * size
		message := randomBytes(newRandom(), left+1)
		for _, operation := range operations {
			context := s.withNonce(nonce).openNonce(t, operation)
			d := newDriver(s, context)
			tooMuch := func(data []byte) {
				t.Helper()
				dst := newGuarded(len(data), nil)
				n, err := context.Update(dst.within, data)
				wantStatus(t, fmt.Sprintf("%d bytes with %d blocks left", len(data), blocks), err, backends.ErrLimitExceeded)
				if n != 0 {
					t.Errorf("update past the limit gave %d bytes", n)
				}
				dst.check(t, "update past the limit", 0)
			}
			tooMuch(message)
			got := d.update(t, message[:left-3], false)
			tooMuch(message[left-3:])
			got = append(got, d.update(t, message[left-3:left], false)...)
			tooMuch(message[left:])
			d.update(t, nil, false)

			last, _ := s.nearTheEnd(1)
			want, _ := s.withNonce(last).encrypt(t, [][]byte{message[left-size : left]})
			if !bytes.Equal(got[left-size:], want) {
				t.Errorf("last of %d blocks: %x, want %x", blocks, got[left-size:], want)
			}
			must(t, "reset at the limit", context.ResetNonce(s.nonce()))
			d.update(t, message, false)
			must(t, "reset to near the limit", context.ResetNonce(nonce))
			tooMuch(message)
			context.Close()
		}
	}
}
