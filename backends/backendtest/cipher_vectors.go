package backendtest

import (
	"bytes"
	"math/rand/v2"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/internal/vectors"
)

// of returns the subject with the parameters of a vector.
func (s subject) of(c vectors.Case) subject {
	s.cipher.Key, s.mode.IV, s.cipher.Nonce, s.aad = c.Bytes("key"), c.Bytes("iv"), nil, nil
	if s.authenticated() {
		s.aad = c.Bytes("aad")
		s.mode.MinTagLength = uint32(len(c.Bytes("tag")))
	} else {
		s.cipher.Nonce = c.Bytes("nonce")
	}
	return s
}

// testVectors runs the vectors of a pair, in one update and in random pieces.
func (s subject) testVectors(t reporter, cases []vectors.Case) {
	random := newRandom()
	ran := 0
	for _, c := range cases {
		v := s.of(c)
		context, err := v.tryOpen(backends.OperationEncrypt)
		if backends.StatusOf(err) == backends.ErrUnsupportedCipher && optional(v.cipher.Algorithm, uint32(8*len(v.cipher.Key))) {
			continue
		}
		must(t, c.Position(), err)
		context.Close()
		ran++
		switch {
		case v.authenticated() && c.String("result") == "invalid":
			v.testForgery(t, c)
		default:
			v.testVector(t, c, random)
		}
	}
	if ran == 0 {
		t.Fatalf("none of the %d vectors is supported", len(cases))
	}
}

func (s subject) testVector(t reporter, c vectors.Case, random *rand.Rand) {
	t.Helper()
	plaintext, ciphertext := c.Bytes("plaintext"), c.Bytes("ciphertext")
	split := func(data []byte) [][]byte {
		if s.wholeUnit() {
			return [][]byte{data}
		}
		return randomSplit(random, data)
	}
	for _, cut := range []func([]byte) [][]byte{func(data []byte) [][]byte { return [][]byte{data} }, split} {
		for _, inPlace := range []bool{false, true} {
			got, tag := s.run(t, backends.OperationEncrypt, cut(plaintext), inPlace)
			if !bytes.Equal(got, ciphertext) {
				t.Errorf("%s: encrypts to %x, want %x", c.Position(), got, ciphertext)
			}
			decryption := s
			if s.authenticated() {
				decryption.mode.Tag = c.Bytes("tag")
				if !bytes.HasPrefix(tag, decryption.mode.Tag) {
					t.Errorf("%s: tag %x, want %x", c.Position(), tag, decryption.mode.Tag)
				}
			}
			if got, _ := decryption.run(t, backends.OperationDecrypt, cut(ciphertext), inPlace); !bytes.Equal(got, plaintext) {
				t.Errorf("%s: decrypts to %x, want %x", c.Position(), got, plaintext)
			}
		}
	}
}

// testForgery decrypts a vector that is not authentic.
func (s subject) testForgery(t reporter, c vectors.Case) {
	t.Helper()
	s.mode.Tag = c.Bytes("tag")
	wantStatus(t, c.Position(), s.authenticate(t, c.Bytes("ciphertext"), nil), backends.ErrInvalidTag)
	wantStatus(t, c.Position(), s.authenticate(t, c.Bytes("ciphertext"), s.mode.Tag), backends.ErrInvalidTag)
}

// testSplits processes messages cut in all ways, and compares with what they
// give in one piece.
func (s subject) testSplits(t reporter) {
	if s.wholeUnit() {
		return // vectors and data unit tests are all there is to a single update
	}
	random := newRandom()
	short, long := s.message(), randomBytes(random, 16*500)
	s.testSplit(t, short, append(everySplit(short), evenSplits(short)...))
	var splits [][][]byte
	for range 30 {
		splits = append(splits, randomSplit(random, long))
	}
	s.testSplit(t, long, splits)
}

func (s subject) testSplit(t reporter, message []byte, splits [][][]byte) {
	t.Helper()
	ciphertext, tag := s.encrypt(t, [][]byte{message})
	decryption := s
	decryption.mode.Tag = tag
	for i, split := range splits {
		inPlace := i%2 == 0
		got, gotTag := s.run(t, backends.OperationEncrypt, split, inPlace)
		if !bytes.Equal(got, ciphertext) || !bytes.Equal(gotTag, tag) {
			t.Fatalf("%d bytes in %d pieces encrypt to %x, tag %x; want %x, tag %x", len(message), len(split), got, gotTag, ciphertext, tag)
		}
		var lengths []int
		for _, piece := range split {
			lengths = append(lengths, len(piece))
		}
		got, _ = decryption.run(t, backends.OperationDecrypt, pieces(ciphertext, lengths...), inPlace)
		if !bytes.Equal(got, message) {
			t.Fatalf("%d bytes in %d pieces decrypt to %x, want %x", len(message), len(split), got, message)
		}
	}
}
