package vectors_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/internal/vectors"
)

// aeadOf returns the algorithm of a case, whose name must be spelled exactly as
// the library does.
func aeadOf(t *testing.T, c vectors.Case) backends.AEADAlgorithm {
	t.Helper()
	algorithm, err := backends.AEADByName(c.String("algorithm"))
	if err != nil || algorithm.Name() != c.String("algorithm") {
		t.Fatalf("%s: algorithm %q is not a name (%v)", c.Position(), c.String("algorithm"), err)
	}
	return algorithm
}

func TestEveryAEADIsCovered(t *testing.T) {
	type outcome struct {
		algorithm backends.AEADAlgorithm
		keySize   uint32
		result    string
	}
	outcomes := map[outcome]bool{}
	byOthers, withoutData := map[backends.AEADAlgorithm]bool{}, map[backends.AEADAlgorithm]bool{}
	nonceSizes := map[backends.AEADAlgorithm]map[int]bool{}
	tagSizes := map[backends.AEADAlgorithm]map[uint32]bool{}
	texts := map[int]bool{}
	for _, c := range mustLoad(t, "sealed") {
		algorithm := aeadOf(t, c)
		outcomes[outcome{algorithm, uint32(8 * len(c.Bytes("key"))), c.String("result")}] = true
		if nonceSizes[algorithm] == nil {
			nonceSizes[algorithm], tagSizes[algorithm] = map[int]bool{}, map[uint32]bool{}
		}
		tagSizes[algorithm][uint32(c.Int("tag-length"))] = true
		if c.Has("nonce") {
			nonceSizes[algorithm][len(c.Bytes("nonce"))] = true
		} else {
			texts[len(c.AdditionalData())] = true
		}
		byOthers[algorithm] = byOthers[algorithm] || published(c)
		withoutData[algorithm] = withoutData[algorithm] || len(slices.Concat(c.AdditionalData()...)) == 0
	}
	for _, algorithm := range backends.AEADAlgorithms() {
		for _, size := range algorithm.KeySizes() {
			for _, result := range []string{"valid", "invalid"} {
				if !outcomes[outcome{algorithm, size, result}] {
					t.Errorf("no %s case for %s with %d bits", result, algorithm.Name(), size)
				}
			}
		}
		if !byOthers[algorithm] || !withoutData[algorithm] {
			t.Errorf("%s: a published case %t, one without additional data %t", algorithm.Name(), byOthers[algorithm], withoutData[algorithm])
		}
		if got := slices.Sorted(maps.Keys(tagSizes[algorithm])); !slices.Equal(got, algorithm.TagSizes()) {
			t.Errorf("%s: tags of %v bytes, want %v", algorithm.Name(), got, algorithm.TagSizes())
		}
	}
	for algorithm, sizes := range map[backends.AEADAlgorithm][]int{
		backends.AEADAESGCM:  {backends.MinGCMNonceSize, 12, 16},
		backends.AEADAESCCM:  {7, 8, 9, 10, 11, 12, 13},
		backends.AEADAESOCB3: {1, 12, 13, 14, 15},
		backends.AEADAESSIV:  {1, 12, 16},
	} {
		for _, size := range sizes {
			if !nonceSizes[algorithm][size] {
				t.Errorf("no case for %s with a nonce of %d bytes", algorithm.Name(), size)
			}
		}
	}
	if got, want := slices.Sorted(maps.Keys(texts)), []int{0, 1, 3}; !slices.Equal(got, want) {
		t.Errorf("cases without a nonce and with %v texts, want %v", got, want)
	}
}

// TestSealedShape holds each case against what its algorithm takes.
func TestSealedShape(t *testing.T) {
	for _, c := range mustLoad(t, "sealed") {
		algorithm := aeadOf(t, c)
		if size := uint32(8 * len(c.Bytes("key"))); !slices.Contains(algorithm.KeySizes(), size) {
			t.Errorf("%s: key of %d bits", c.Position(), size)
		}
		switch size := len(c.Bytes("nonce")); {
		case !c.Has("nonce") && algorithm == backends.AEADAESSIV:
		case size < algorithm.MinNonceSize() || size > algorithm.MaxNonceSize():
			t.Errorf("%s: nonce of %d bytes", c.Position(), size)
		case len(c.AdditionalData()) != 1:
			t.Errorf("%s: a nonce and %d texts of additional data", c.Position(), len(c.AdditionalData()))
		}
		overhead := c.Int("tag-length")
		if !slices.Contains(algorithm.TagSizes(), uint32(overhead)) {
			t.Errorf("%s: tag of %d bytes", c.Position(), overhead)
		}
		plaintext, ciphertext := len(c.Bytes("plaintext")), len(c.Bytes("ciphertext"))
		if c.Has("plaintext") && plaintext+overhead != ciphertext || ciphertext < overhead {
			t.Errorf("%s: %d bytes of plaintext and %d of ciphertext", c.Position(), plaintext, ciphertext)
		}
		if algorithm == backends.AEADAESSIV && ciphertext == overhead {
			t.Errorf("%s: AES-SIV of an empty message", c.Position())
		}
	}
}
