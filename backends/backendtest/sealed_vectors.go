package backendtest

import (
	"bytes"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/internal/vectors"
)

// ofVector returns the sealer with the parameters of a vector.
func (s sealer) ofVector(c vectors.Case) sealer {
	s.key, s.tagLength = c.Bytes("key"), c.Int("tag-length")
	if !c.Has("nonce") {
		return s.withList(c.AdditionalData()...)
	}
	s.inputs = [][]byte{c.Bytes("nonce"), c.Bytes("aad")}
	return s
}

func (s sealer) testVectors(t reporter, cases []vectors.Case) {
	for _, c := range cases {
		v := s.ofVector(c)
		aead, err := v.tryCreate()
		must(t, c.Position(), err)
		ciphertext := c.Bytes("ciphertext")
		if c.String("result") == "invalid" {
			v.forged(t, aead, ciphertext, c.Position())
		} else {
			v.testVector(t, aead, c)
		}
		aead.Close()
	}
}

func (s sealer) testVector(t reporter, aead backends.AEAD, c vectors.Case) {
	t.Helper()
	plaintext, ciphertext := c.Bytes("plaintext"), c.Bytes("ciphertext")
	for _, inPlace := range []bool{false, true} {
		if got := s.run(t, aead, backends.OperationEncrypt, plaintext, inPlace); !bytes.Equal(got, ciphertext) {
			t.Errorf("%s: seals to %x, want %x", c.Position(), got, ciphertext)
		}
		if got := s.run(t, aead, backends.OperationDecrypt, ciphertext, inPlace); !bytes.Equal(got, plaintext) {
			t.Errorf("%s: opens to %x, want %x", c.Position(), got, plaintext)
		}
	}
}
