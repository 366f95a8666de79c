package backendtest

import (
	"bytes"
	"fmt"

	"github.com/hazmat/hazmat/backends"
)

// testDataUnit checks what is special about XTS: the one update, its least
// length, and the two keys.
func (s subject) testDataUnit(t reporter) {
	random := newRandom()
	for n := range 100 {
		message := randomBytes(random, n)
		if n > 0 && n < s.blockSize() {
			for _, operation := range operations {
				context := s.open(t, operation)
				dst := newGuarded(n, nil)
				_, err := context.Update(dst.within, message)
				wantStatus(t, fmt.Sprintf("data unit of %d bytes", n), err, backends.ErrIncompleteBlock)
				dst.check(t, "data unit that is too short", 0)
				// It has not been taken for the data unit.
				newDriver(s, context).update(t, make([]byte, s.blockSize()), false)
				context.Close()
			}
			continue
		}
		ciphertext, _ := s.encrypt(t, [][]byte{message})
		inPlace, _ := s.run(t, backends.OperationEncrypt, [][]byte{nil, message, nil}, true)
		if !bytes.Equal(ciphertext, inPlace) {
			t.Errorf("%d bytes: %x, in place %x", n, ciphertext, inPlace)
		}
		if got := s.decrypt(t, [][]byte{ciphertext}, nil); !bytes.Equal(got, message) {
			t.Errorf("%d bytes: %x, want %x", n, got, message)
		}
	}
	for _, operation := range operations {
		context := s.open(t, operation)
		newDriver(s, context).update(t, make([]byte, 32), false)
		dst := newGuarded(32, nil)
		_, err := context.Update(dst.within, make([]byte, 32))
		wantStatus(t, "second update", err, backends.ErrAlreadyUpdated)
		dst.check(t, "second update", 0)
		_, err = context.Finalize(nil)
		must(t, "finalize after a second update", err)
		context.Close()
	}
	s.testNoTag(t)
	half := s.cipher.Key[:len(s.cipher.Key)/2]
	s.cipher.Key = append(bytes.Clone(half), half...)
	for _, operation := range operations {
		_, err := s.tryOpen(operation)
		wantStatus(t, "key of two equal halves", err, backends.ErrInvalidKey)
	}
}
