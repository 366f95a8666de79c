package backendtest

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/hazmat/hazmat/backends"
)

// testKeys tries keys of every length, which are copied.
func (s sealer) testKeys(t reporter) {
	random := newRandom()
	for n := range backends.MaxKeySize + 9 {
		s.key = randomBytes(random, n)
		what := fmt.Sprintf("key of %d bits", 8*n)
		if slices.Contains(s.algorithm.KeySizes(), uint32(8*n)) {
			s.rightKey(t, what)
		} else {
			s.wrongKey(t, what)
		}
	}
}

// rightKey creates an object with a key, which it neither writes to nor keeps.
func (s sealer) rightKey(t reporter, what string) {
	t.Helper()
	message, given := s.message(), bytes.Clone(s.key)
	aead := s.create(t)
	defer aead.Close()
	if !bytes.Equal(s.key, given) {
		t.Errorf("%s was written to", what)
	}
	clear(s.key)
	ciphertext := s.roundTrip(t, aead, message)
	s.key = given
	again := s.create(t)
	defer again.Close()
	if want := s.seal(t, again, message); !bytes.Equal(ciphertext, want) {
		t.Errorf("%s: after it was cleared %x, want %x", what, ciphertext, want)
	}
}

// wrongKey creates an object with a key of a size that there is not.
func (s sealer) wrongKey(t reporter, what string) {
	t.Helper()
	aead, err := s.tryCreate()
	wantStatus(t, what, err, backends.ErrInvalidKey)
	if aead != nil {
		t.Errorf("%s: an error and an object", what)
	}
	if err != nil && len(s.key) >= 8 && strings.Contains(err.Error(), fmt.Sprintf("%x", s.key)) {
		t.Errorf("%s: the error tells the key", what)
	}
	if err != nil && !strings.Contains(err.Error(), fmt.Sprint(8*len(s.key))) {
		t.Errorf("%s: the error does not name the size: %v", what, err)
	}
}

// testTagLengths tries tags of every length. A shorter tag is not the beginning
// of a longer one: AES-CCM authenticates the length (NIST SP 800-38C, appendix
// A.2.1).
func (s sealer) testTagLengths(t reporter) {
	message := s.message()
	sizes := s.algorithm.TagSizes()
	full := s.create(t)
	defer full.Close()
	whole := s.seal(t, full, message)
	for n := -2; n < 2*backends.MaxTagSize; n++ {
		what := fmt.Sprintf("tag of %d bytes", n)
		s.tagLength = n
		if n != 0 && (n < 0 || !slices.Contains(sizes, uint32(n))) {
			aead, err := s.tryCreate()
			wantStatus(t, what, err, backends.ErrInvalidTagLength)
			if aead != nil {
				t.Errorf("%s: an error and an object", what)
			}
			continue
		}
		aead := s.create(t)
		if got := aead.TagLength(); got != s.tagSize() {
			t.Errorf("%s: tag length is %d", what, got)
		}
		ciphertext := s.roundTrip(t, aead, message)
		if s.tagSize() == int(slices.Max(sizes)) {
			if !bytes.Equal(ciphertext, whole) {
				t.Errorf("%s: %x, want %x", what, ciphertext, whole)
			}
		} else {
			s.forged(t, aead, whole[:len(ciphertext)], what+" that is cut from a longer one")
		}
		aead.Close()
	}
}

// testNonces tries nonces of every length, but for those of AES-SIV, which has
// no end of them.
func (s sealer) testNonces(t reporter) {
	random, message := newRandom(), s.message()
	aead := s.create(t)
	defer aead.Close()
	seen := map[string]int{}
	for n := range min(s.algorithm.MaxNonceSize(), 200) + 9 {
		s := s.withInput(0, randomBytes(random, n))
		what := fmt.Sprintf("nonce of %d bytes", n)
		if n < s.algorithm.MinNonceSize() || n > s.algorithm.MaxNonceSize() {
			s.refused(t, aead, backends.OperationEncrypt, message, what, backends.ErrInvalidNonce)
			s.refused(t, aead, backends.OperationDecrypt, make([]byte, 60), what, backends.ErrInvalidNonce)
			continue
		}
		changed := bytes.Clone(s.inputs[0])
		changed[n-1] ^= 1
		for _, s := range []sealer{s, s.withInput(0, changed)} {
			ciphertext := s.roundTrip(t, aead, message)
			if before, ok := seen[string(ciphertext)]; ok {
				t.Errorf("%s: the same ciphertext as with one of %d", what, before)
			}
			seen[string(ciphertext)] = n
		}
	}
	s = s.withInput(0, nil)
	s.refused(t, aead, backends.OperationEncrypt, message, "no nonce", backends.ErrInvalidNonce)
}

// testEmpty seals nothing, and with no additional data.
func (s sealer) testEmpty(t reporter) {
	aead := s.create(t)
	defer aead.Close()
	for _, empty := range [][]byte{nil, {}} {
		if s.algorithm == backends.AEADAESSIV {
			s.refused(t, aead, backends.OperationEncrypt, empty, "empty plaintext", backends.ErrInvalidArgument)
			s := s.withList([]byte("a"))
			s.refused(t, aead, backends.OperationEncrypt, empty, "empty plaintext with a list", backends.ErrInvalidArgument)
			continue
		}
		ciphertext := s.roundTrip(t, aead, empty)
		if n, err := s.call(aead, backends.OperationDecrypt, nil, ciphertext); n != 0 || err != nil {
			t.Errorf("opening an empty message into no buffer: %d, %v", n, err)
		}
	}
	with := s.seal(t, aead, s.message())
	none := s.withInput(1, nil).roundTrip(t, aead, s.message())
	empty := s.withInput(1, []byte{}).roundTrip(t, aead, s.message())
	if !bytes.Equal(none, empty) || bytes.Equal(none, with) {
		t.Errorf("with no additional data %x, with empty %x, with some %x", none, empty, with)
	}
}

// testLimit seals as much as AES-CCM can under its longest nonces, and a byte
// more. With one of 13 bytes the length has 2 (NIST SP 800-38C, appendix A.1).
func (s sealer) testLimit(t reporter) {
	const most = 1<<16 - 1
	aead := s.create(t)
	defer aead.Close()
	longest := s.withInput(0, make([]byte, 13))
	longest.roundTrip(t, aead, make([]byte, most))
	longest.refused(t, aead, backends.OperationEncrypt, make([]byte, most+1), "over the limit", backends.ErrLimitExceeded)
	longest.refused(t, aead, backends.OperationDecrypt, make([]byte, most+1+s.tagSize()), "over the limit", backends.ErrLimitExceeded)
	longest.roundTrip(t, aead, s.message())
	s.withInput(0, make([]byte, 12)).roundTrip(t, aead, make([]byte, most+1))
}
