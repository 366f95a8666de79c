package backendtest

import (
	"bytes"
	"fmt"

	"github.com/hazmat/hazmat/backends"
)

// forged opens a message that is not authentic, in place and elsewhere: the
// room for its plaintext is zeroed, and nothing else is written to.
func (s sealer) forged(t reporter, aead backends.AEAD, ciphertext []byte, what string) {
	t.Helper()
	size := s.need(backends.OperationDecrypt, len(ciphertext))
	for _, inPlace := range []bool{false, true} {
		dst, message := newGuarded(size+7, nil), bytes.Clone(ciphertext)
		if inPlace {
			dst = newGuarded(len(ciphertext)+7, ciphertext)
			message = dst.within[:len(ciphertext)]
		}
		n, err := s.call(aead, backends.OperationDecrypt, dst.within, message)
		wantStatus(t, what, err, backends.ErrInvalidTag)
		if n != 0 {
			t.Errorf("%s gave %d bytes", what, n)
		}
		if !bytes.Equal(dst.within[:size], make([]byte, size)) {
			t.Errorf("%s: the room for the plaintext is %x, want zeroes", what, dst.within[:size])
		}
		dst.check(t, what, size)
		if !inPlace && !bytes.Equal(message, ciphertext) {
			t.Errorf("%s: the ciphertext was written to", what)
		}
	}
}

// testAuthentication changes each byte of ciphertexts, and something of
// everything that they authenticate.
func (s sealer) testAuthentication(t reporter) {
	for _, size := range s.algorithm.TagSizes() {
		s.tagLength = int(size)
		s.testForgeries(t)
	}
}

func (s sealer) testForgeries(t reporter) {
	aead := s.create(t)
	defer aead.Close()
	plaintext := s.message()
	ciphertext := s.roundTrip(t, aead, plaintext)
	flip := func(data []byte, i int) []byte {
		data = bytes.Clone(data)
		data[i] ^= 1 << (i % 8)
		return data
	}
	for i := range ciphertext {
		s.forged(t, aead, flip(ciphertext, i), fmt.Sprintf("ciphertext with byte %d of %d changed", i, len(ciphertext)))
		s.forged(t, aead, ciphertext[:i], fmt.Sprintf("ciphertext cut to %d of %d bytes", i, len(ciphertext)))
	}
	s.forged(t, aead, append(bytes.Clone(ciphertext), 0), "lengthened ciphertext")
	for i, input := range s.inputs {
		what := fmt.Sprintf("input %d changed", i)
		for j := range input {
			s.withInput(i, flip(input, j)).forged(t, aead, ciphertext, what)
		}
		nonce := i == 0 && !s.vector // which may have one length only
		if !nonce && len(input) > 0 {
			s.withInput(i, nil).forged(t, aead, ciphertext, what+" to nothing")
			s.withInput(i, append(bytes.Clone(input), 0)).forged(t, aead, ciphertext, what+" by a zero")
		}
	}
	other := s
	other.key = flip(s.key, 0)
	another := other.create(t)
	defer another.Close()
	s.forged(t, another, ciphertext, "another key")
	if got := s.run(t, aead, backends.OperationDecrypt, ciphertext, false); !bytes.Equal(got, plaintext) {
		t.Errorf("after forgeries: %x, want %x", got, plaintext)
	}
}
