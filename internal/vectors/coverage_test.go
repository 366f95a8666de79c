package vectors_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/internal/vectors"
)

// combination is a cipher, a mode and a size of key in bits.
type combination struct {
	cipher  backends.CipherAlgorithm
	mode    backends.CipherMode
	keySize uint32
}

// mustLoad returns the committed cases of a kind.
func mustLoad(t *testing.T, kind string) []vectors.Case {
	t.Helper()
	cases, err := vectors.Load(kind)
	if err != nil {
		t.Fatal(err)
	}
	return cases
}

// published reports whether a case was published by others, rather than
// computed because nobody has.
func published(c vectors.Case) bool { return !strings.HasSuffix(c.File, "computed.txt") }

// combine returns what a case of a cipher is about. Its names must be spelled
// exactly as the library does.
func combine(t *testing.T, c vectors.Case) combination {
	t.Helper()
	cipher, err := backends.CipherByName(c.String("cipher"))
	if err != nil || cipher.Name() != c.String("cipher") {
		t.Fatalf("%s: cipher %q is not a name (%v)", c.Position(), c.String("cipher"), err)
	}
	mode := backends.ModeNone
	if name := c.String("mode"); name != "" {
		mode, err = backends.ModeByName(name)
		if err != nil || mode.Name() != name {
			t.Fatalf("%s: mode %q is not a name (%v)", c.Position(), name, err)
		}
	}
	return combination{cipher, mode, uint32(8 * len(c.Bytes("key")))}
}

// hashOf returns the hash function of a case, whose name must be spelled
// exactly as the library does.
func hashOf(t *testing.T, c vectors.Case) backends.HashAlgorithm {
	t.Helper()
	hash, err := backends.HashByName(c.String("hash"))
	if err != nil || hash.Name() != c.String("hash") {
		t.Fatalf("%s: hash %q is not a name (%v)", c.Position(), c.String("hash"), err)
	}
	return hash
}

// combinations returns all combinations that exist: every cipher in each of
// its modes with each of its key sizes, but that a key of AES in XTS is two
// keys of 128 or of 256 bits (IEEE 1619), and 512 bits are for that only.
func combinations() map[combination]bool {
	all := map[combination]bool{}
	for _, cipher := range backends.CipherAlgorithms() {
		for _, mode := range cipher.Modes() {
			for _, size := range cipher.KeySizes() {
				if cipher == backends.CipherAES {
					xtsOnly := size == 512
					xtsToo := xtsOnly || size == 256
					if mode == backends.ModeXTS && !xtsToo || mode != backends.ModeXTS && xtsOnly {
						continue
					}
				}
				all[combination{cipher, mode, size}] = true
			}
		}
	}
	return all
}

// unpublished are the key sizes, in bits, for which no published vector is
// known, in any mode: Schneier's set for Blowfish ends at 192 bits, and for
// CAST5 there are RFC 2144, with 40, 80 and 128, and Botan, from 88 up.
func unpublished(cipher backends.CipherAlgorithm, keySize uint32) bool {
	switch cipher {
	case backends.CipherBlowfish:
		return keySize > 192
	case backends.CipherCAST5:
		return 48 <= keySize && keySize <= 72
	}
	return false
}

func TestEveryCipherIsCovered(t *testing.T) {
	type pair struct {
		cipher backends.CipherAlgorithm
		mode   backends.CipherMode
	}
	type sizedCipher struct {
		cipher  backends.CipherAlgorithm
		keySize uint32
	}
	covered := map[combination]bool{}
	publishedPairs, longPairs := map[pair]int{}, map[pair]bool{}
	publishedSizes := map[sizedCipher]bool{}
	for _, c := range slices.Concat(mustLoad(t, "cipher"), mustLoad(t, "aead")) {
		about := combine(t, c)
		covered[about] = true
		in := pair{about.cipher, about.mode}
		if published(c) {
			publishedPairs[in]++
			publishedSizes[sizedCipher{about.cipher, about.keySize}] = true
		}
		if len(c.Bytes("ciphertext")) > about.cipher.BlockSize() {
			longPairs[in] = true
		}
	}
	for about := range combinations() {
		if !covered[about] {
			t.Errorf("no case for %s %s with %d bits", about.cipher.Name(), about.mode.Name(), about.keySize)
		}
	}
	for about := range covered {
		if !combinations()[about] {
			t.Errorf("a case for %s %s with %d bits", about.cipher.Name(), about.mode.Name(), about.keySize)
		}
	}
	for _, cipher := range backends.CipherAlgorithms() {
		for _, mode := range cipher.Modes() {
			if publishedPairs[pair{cipher, mode}] == 0 {
				t.Errorf("no published case for %s %s", cipher.Name(), mode.Name())
			}
			if !longPairs[pair{cipher, mode}] {
				t.Errorf("no case of several blocks for %s %s", cipher.Name(), mode.Name())
			}
		}
		for _, size := range cipher.KeySizes() {
			if publishedSizes[sizedCipher{cipher, size}] == unpublished(cipher, size) {
				t.Errorf("%s with %d bits: published %t", cipher.Name(), size, !unpublished(cipher, size))
			}
		}
	}
}

func TestEveryHashIsCovered(t *testing.T) {
	covered := map[string]map[backends.HashAlgorithm]bool{}
	for _, kind := range []string{"hash", "xof", "hmac"} {
		covered[kind] = map[backends.HashAlgorithm]bool{}
		for _, c := range mustLoad(t, kind) {
			covered[kind][hashOf(t, c)] = true
		}
	}
	for _, hash := range backends.HashAlgorithms() {
		want := map[string]bool{"hash": !hash.Extendable(), "xof": hash.Extendable(), "hmac": !hash.Extendable()}
		for kind, wanted := range want {
			if covered[kind][hash] != wanted {
				t.Errorf("cases of %s for %s: %t, want %t", kind, hash.Name(), covered[kind][hash], wanted)
			}
		}
	}
}

func TestAEADIsCovered(t *testing.T) {
	type outcome struct {
		combination
		result string
	}
	outcomes := map[outcome]bool{}
	tagSizes, nonceSizes := map[int]bool{}, map[int]bool{}
	for _, c := range mustLoad(t, "aead") {
		about := combine(t, c)
		outcomes[outcome{about, c.String("result")}] = true
		if about.cipher == backends.CipherAES {
			tagSizes[len(c.Bytes("tag"))] = true
			nonceSizes[len(c.Bytes("iv"))] = true
		}
	}
	for about := range combinations() {
		if about.mode != backends.ModeGCM {
			continue
		}
		for _, result := range []string{"valid", "invalid"} {
			if !outcomes[outcome{about, result}] {
				t.Errorf("no %s case for %s GCM with %d bits", result, about.cipher.Name(), about.keySize)
			}
		}
	}
	if got, want := slices.Sorted(maps.Keys(tagSizes)), []int{4, 8, 12, 13, 14, 15, 16}; !slices.Equal(got, want) {
		t.Errorf("tags of %v bytes, want %v", got, want)
	}
	for _, size := range []int{backends.MinGCMNonceSize, 12, 15, 16, 20, backends.MaxGCMNonceSize} {
		if !nonceSizes[size] {
			t.Errorf("no nonce of %d bytes", size)
		}
	}
}

// TestCipherShape holds each case against what its algorithm and mode take.
func TestCipherShape(t *testing.T) {
	for _, c := range slices.Concat(mustLoad(t, "cipher"), mustLoad(t, "aead")) {
		about := combine(t, c)
		ivSize, wantIV := len(c.Bytes("iv")), about.cipher.BlockSize()
		switch about.mode {
		case backends.ModeNone, backends.ModeECB:
			wantIV = 0
		case backends.ModeGCM:
			if backends.MinGCMNonceSize <= ivSize && ivSize <= backends.MaxGCMNonceSize {
				wantIV = ivSize
			}
			if size := len(c.Bytes("tag")); size < backends.MinTagSize || size > backends.MaxTagSize {
				t.Errorf("%s: tag of %d bytes", c.Position(), size)
			}
		}
		if ivSize != wantIV || c.Has("iv") != (wantIV > 0) {
			t.Errorf("%s: iv of %d bytes, want %d", c.Position(), ivSize, wantIV)
		}
		size := len(c.Bytes("ciphertext"))
		if c.Has("plaintext") && len(c.Bytes("plaintext")) != size {
			t.Errorf("%s: %d bytes of plaintext and %d of ciphertext", c.Position(), len(c.Bytes("plaintext")), size)
		}
		if about.mode == backends.ModeECB || about.mode == backends.ModeCBC {
			if size%about.cipher.BlockSize() != 0 {
				t.Errorf("%s: %d bytes are not whole blocks", c.Position(), size)
			}
		}
	}
	for _, c := range mustLoad(t, "cipher") {
		want := combine(t, c).cipher.NonceSize()
		if got := len(c.Bytes("nonce")); got != want || c.Has("nonce") != (want > 0) {
			t.Errorf("%s: nonce of %d bytes, want %d", c.Position(), got, want)
		}
	}
}

// TestDigestShape holds each digest and MAC against its hash function.
func TestDigestShape(t *testing.T) {
	for _, c := range mustLoad(t, "hash") {
		if got, want := len(c.Bytes("digest")), hashOf(t, c).DigestSize(); got != want {
			t.Errorf("%s: digest of %d bytes, want %d", c.Position(), got, want)
		}
	}
	for _, c := range mustLoad(t, "xof") {
		if len(c.Bytes("digest")) == 0 {
			t.Errorf("%s: no digest", c.Position())
		}
	}
	for _, c := range mustLoad(t, "hmac") {
		if got, most := len(c.Bytes("mac")), hashOf(t, c).DigestSize(); got < 12 || got > most {
			t.Errorf("%s: MAC of %d bytes, want 12 to %d", c.Position(), got, most)
		}
	}
}
