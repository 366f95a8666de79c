package backendtest

import (
	"bytes"
	"crypto/sha256"
	"flag"

	"github.com/hazmat/hazmat/backends"
)

var large = flag.Bool("hazmat.large", false, "test updates of more than 2 GiB")

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
