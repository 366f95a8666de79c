package backendtest

import (
	"bytes"

	"github.com/hazmat/hazmat/backends"
)

// maxTexts is how many texts of additional data AES-SIV takes: S2V has one
// input more, the plaintext (RFC 5297, section 2.6).
const maxTexts = 126

// testList checks what is special about a list of additional data.
func (s sealer) testList(t reporter) {
	t.Run("nonce", s.testListWithNonce)
	t.Run("texts", s.testTexts)
	s.withList([]byte("first"), nil, []byte("the third text, of more than a block")).testCalls(t)
}

// testListWithNonce compares the calls with a list with those with a nonce,
// which is the last text (RFC 5297, section 3).
func (s sealer) testListWithNonce(t reporter) {
	aead := s.create(t)
	defer aead.Close()
	for _, aad := range [][]byte{nil, []byte("some"), s.inputs[1]} {
		s := s.withInput(1, aad)
		list := s.withList(aad, s.inputs[0])
		message := s.message()
		ciphertext := s.roundTrip(t, aead, message)
		if got := list.roundTrip(t, aead, message); !bytes.Equal(got, ciphertext) {
			t.Errorf("%d bytes of additional data: with a list %x, with a nonce %x", len(aad), got, ciphertext)
		}
	}
}

// testTexts seals with lists that differ, up to the longest.
func (s sealer) testTexts(t reporter) {
	aead := s.create(t)
	defer aead.Close()
	message := s.message()
	longest := make([][]byte, maxTexts)
	seen := map[string]int{}
	for i, list := range [][][]byte{
		nil, {{}}, {{}, {}}, {[]byte("ab")}, {[]byte("a"), []byte("b")}, {[]byte("b"), []byte("a")},
		{[]byte("ab"), {}}, {{}, []byte("ab")}, longest[1:], longest,
	} {
		ciphertext := s.withList(list...).roundTrip(t, aead, message)
		if before, ok := seen[string(ciphertext)]; ok {
			t.Errorf("lists %d and %d give the same", before, i)
		}
		seen[string(ciphertext)] = i
		for other, which := range seen {
			if which != i {
				s.withList(list...).forged(t, aead, []byte(other), "another list")
			}
		}
	}
	none, empty := s.withList(), s.withList([][]byte{}...)
	if got, want := empty.seal(t, aead, message), none.seal(t, aead, message); !bytes.Equal(got, want) {
		t.Errorf("an empty list gives %x, none %x", got, want)
	}
	tooLong := s.withList(append(longest, nil)...)
	for operation, message := range map[backends.Operation][]byte{
		backends.OperationEncrypt: message, backends.OperationDecrypt: make([]byte, 60),
	} {
		tooLong.refused(t, aead, operation, message, "one text too many", backends.ErrLimitExceeded)
	}
}
