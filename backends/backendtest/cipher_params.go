package backendtest

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/hazmat/hazmat/backends"
)

// optional reports whether a backend may lack a key size of a pair that it has:
// CAST5 with up to 80 bits has 12 rounds instead of 16 (RFC 2144, section 2.5).
func optional(cipher backends.CipherAlgorithm, keySize uint32) bool {
	return cipher == backends.CipherCAST5 && keySize <= 80
}

// testKeys tries keys of every length.
func (s subject) testKeys(t reporter) {
	random := newRandom()
	sizes := keySizes(s.cipher.Algorithm, s.mode.Mode)
	for n := range backends.MaxKeySize + 9 {
		s.cipher.Key = randomBytes(random, n)
		given := bytes.Clone(s.cipher.Key)
		what := fmt.Sprintf("key of %d bits", 8*n)
		context, err := s.tryOpen(backends.OperationEncrypt)
		if err == nil {
			context.Close()
		}
		switch {
		case !slices.Contains(sizes, uint32(8*n)):
			for _, operation := range operations {
				_, err := s.tryOpen(operation)
				wantStatus(t, what, err, backends.ErrInvalidKey)
				if err != nil && !strings.Contains(err.Error(), fmt.Sprint(8*n)) {
					t.Errorf("%s: the error does not name the size: %v", what, err)
				}
			}
		case optional(s.cipher.Algorithm, uint32(8*n)) && backends.StatusOf(err) == backends.ErrUnsupportedCipher:
			_, err := s.tryOpen(backends.OperationDecrypt)
			wantStatus(t, what, err, backends.ErrUnsupportedCipher)
		default:
			message := s.message()
			ciphertext, tag := s.encrypt(t, [][]byte{message})
			if bytes.Equal(ciphertext, message) {
				t.Errorf("%s: the message is not encrypted", what)
			}
			if got := s.decrypt(t, [][]byte{ciphertext}, tag); !bytes.Equal(got, message) {
				t.Errorf("%s: %x becomes %x", what, message, got)
			}
			s.testParametersAreCopied(t)
		}
		if !bytes.Equal(s.cipher.Key, given) {
			t.Errorf("%s was written to", what)
		}
	}
}

// testParametersAreCopied clears key, nonce and tag once the context is there.
func (s subject) testParametersAreCopied(t reporter) {
	message := s.message()
	want, tag := s.encrypt(t, [][]byte{message})
	s.mode.Tag = tag
	key, nonce, iv := s.cipher.Key, s.cipher.Nonce, s.mode.IV
	for _, operation := range operations {
		s.cipher.Key, s.cipher.Nonce, s.mode.IV = bytes.Clone(key), bytes.Clone(nonce), bytes.Clone(iv)
		s.mode.Tag = bytes.Clone(tag)
		if operation == backends.OperationEncrypt {
			s.mode.Tag = nil
		}
		context := s.open(t, operation)
		for _, parameter := range [][]byte{s.cipher.Key, s.cipher.Nonce, s.mode.IV, s.mode.Tag} {
			clear(parameter)
		}
		if s.authenticated() {
			must(t, "additional data", context.(backends.AEADCipherContext).AuthenticateAdditionalData(s.aad))
		}
		input, output := message, want
		if operation == backends.OperationDecrypt {
			input, output = want, message
		}
		if got := newDriver(s, context).update(t, input, false); !bytes.Equal(got, output) {
			t.Errorf("operation %d after the parameters were cleared: %x, want %x", operation, got, output)
		}
		_, err := context.Finalize(nil)
		must(t, "finalize after the parameters were cleared", err)
		context.Close()
	}
}

// testNonces tries initialization vectors of every length, and nonces of the
// cipher likewise.
func (s subject) testNonces(t reporter) {
	iv, nonce := len(s.mode.IV), len(s.cipher.Nonce)
	for n := range backends.MaxGCMNonceSize + 9 {
		allowed := n == iv
		if s.mode.Mode == backends.ModeGCM {
			allowed = backends.MinGCMNonceSize <= n && n <= backends.MaxGCMNonceSize
		}
		other := s
		other.mode.IV = make([]byte, n)
		other.testNonce(t, fmt.Sprintf("initialization vector of %d bytes", n), allowed)

		other = s
		other.cipher.Nonce = make([]byte, n)
		other.testNonce(t, fmt.Sprintf("nonce of the cipher of %d bytes", n), n == nonce)
	}
}

func (s subject) testNonce(t reporter, what string, allowed bool) {
	t.Helper()
	for _, operation := range operations {
		context, err := s.tryOpen(operation)
		if !allowed {
			wantStatus(t, what, err, backends.ErrInvalidNonce)
			continue
		}
		must(t, what, err)
		context.Close()
	}
}

// testNoTag gives tags and minimum lengths of tags where there are none.
func (s subject) testNoTag(t reporter) {
	for _, operation := range operations {
		other := s
		other.mode.Tag = make([]byte, 16)
		_, err := other.tryOpen(operation)
		wantStatus(t, "a tag", err, backends.ErrInvalidTagLength)
		other = s
		other.mode.MinTagLength = 16
		_, err = other.tryOpen(operation)
		wantStatus(t, "a minimum tag length", err, backends.ErrInvalidTagLength)
	}
}
