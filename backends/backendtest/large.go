package backendtest

import (
	"bytes"
	"crypto/sha256"
	"flag"

	"github.com/hazmat/hazmat/backends"
)

var large = flag.Bool("hazmat.large", false, "test messages of more than 2 GiB")

// testLarge encrypts 2^31 + 1 bytes and a block in one update, in place, and
// again in small ones. An update of that size is what CVE-2020-36242 was about.
func (s subject) testLarge(t reporter) {
	if s.wholeUnit() || s.blockSize() == 8 || s.cipher.Algorithm == backends.CipherARC4 {
		return // over their limit, or minutes of time
	}
	const size = 1<<31 + 1 + backends.MaxBlockSize
	whole := newDriver(s, s.open(t, backends.OperationEncrypt))
	defer whole.context.Close()
	data := make([]byte, size)
	n, err := whole.context.Update(data, data)
	must(t, "update", err)
	if n != whole.need(size) {
		t.Fatalf("update with %d bytes gave %d", size, n)
	}
	got := sha256.Sum256(data[:n])

	piecewise := newDriver(s, s.open(t, backends.OperationEncrypt))
	defer piecewise.context.Close()
	want := sha256.New()
	zeroes, output := make([]byte, 1<<20), make([]byte, 1<<20+backends.MaxBlockSize)
	for left := size; left > 0; {
		piece := zeroes[:min(left, len(zeroes))]
		n, err := piecewise.context.Update(output, piece)
		must(t, "update", err)
		want.Write(output[:n])
		left -= len(piece)
	}
	if !bytes.Equal(got[:], want.Sum(nil)) {
		t.Errorf("%d bytes at once give another ciphertext than in pieces", size)
	}
}

// testLarge seals and opens 2^31 + 17 bytes in place. The last of them are
// encrypted and authentic too. If that is more than the backend takes, nothing
// is written.
func (s sealer) testLarge(t reporter) {
	const size = 1<<31 + 17
	aead := s.create(t)
	defer aead.Close()
	const first = 7 // byte of a message of zeroes
	sealed := make([]byte, size+s.tagSize())
	sealed[0] = first
	seal := func() error {
		_, err := s.call(aead, backends.OperationEncrypt, sealed, sealed[:size])
		return err
	}
	err := seal()
	if backends.StatusOf(err) == backends.ErrLimitExceeded {
		if sealed[0] != first {
			t.Errorf("%d bytes are too many, and were written to", size)
		}
		return
	}
	must(t, "seal", err)
	if bytes.Equal(sealed[size-16:size], make([]byte, 16)) {
		t.Errorf("the last of %d bytes are not encrypted", size)
	}
	n, err := s.call(aead, backends.OperationDecrypt, sealed, sealed)
	must(t, "open", err)
	sealed[0] -= first
	zeroes := make([]byte, 1<<20)
	for at := 0; at < n; at += len(zeroes) {
		piece := sealed[at:min(at+len(zeroes), n)]
		if !bytes.Equal(piece, zeroes[:len(piece)]) {
			t.Fatalf("%d bytes are not what they were, from %d on", n, at)
		}
	}
	must(t, "seal again", seal())
	sealed[size-1] ^= 1
	_, err = s.call(aead, backends.OperationDecrypt, sealed, sealed)
	wantStatus(t, "a change of the last byte", err, backends.ErrInvalidTag)
}
