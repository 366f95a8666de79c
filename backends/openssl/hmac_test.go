package openssl

import (
	"bytes"
	"testing"

	"github.com/hazmat/hazmat/backends"
)

// A key that is hashed here gives the MAC that it gives if libcrypto hashes it.
// That this is done for keys that libcrypto cannot take is not shown: they have
// more than a gigabyte.
func TestLongKeyHMAC(t *testing.T) {
	b := newSystem(t)
	for algorithm := range b.NewHMAC {
		key := newRandom(5).bytes(algorithm.BlockSize() + 1)
		want, err := b.CreateHMACCtx(key, algorithm)
		if err != nil {
			t.Fatal(err)
		}
		digest, model := b.fetchDigest(algorithm), b.fetchModel(algorithm)
		got, err := newLongKeyHMAC(b.lib, digest, model, key, algorithm.DigestSize())
		if err != nil {
			t.Fatal(err)
		}
		sums := [2][]byte{make([]byte, backends.MaxDigestSize), make([]byte, algorithm.DigestSize())}
		n, err := want.Finalize(sums[0])
		if err != nil {
			t.Fatal(err)
		}
		if err := got.Sum(sums[1]); err != nil || !bytes.Equal(sums[1], sums[0][:n]) {
			t.Errorf("%s: %x, %v, want %x", algorithm.Name(), sums[1], err, sums[0][:n])
		}
	}
}
