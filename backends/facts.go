package backends

import (
	"maps"
	"slices"
	"strings"
)

// cipherFact is what is known of a cipher apart from any implementation.
type cipherFact struct {
	name      string
	blockSize int      // bytes; 1 for a stream cipher
	keySizes  []uint32 // bits, ascending
	nonceSize int      // bytes, of the cipher's own nonce
	modes     []CipherMode
}

var (
	legacyModes = []CipherMode{ModeCBC, ModeCFB, ModeOFB, ModeECB}
	noMode      = []CipherMode{ModeNone}
	cipherFacts = map[CipherAlgorithm]cipherFact{
		CipherAES: {"AES", 16, []uint32{128, 192, 256, 512}, 0,
			[]CipherMode{ModeECB, ModeCBC, ModeCTR, ModeOFB, ModeCFB, ModeCFB8, ModeGCM, ModeXTS}},
		CipherCamellia: {"Camellia", 16, []uint32{128, 192, 256}, 0,
			[]CipherMode{ModeECB, ModeCBC, ModeCTR, ModeOFB, ModeCFB}},
		CipherTripleDES: {"3DES", 8, []uint32{64, 128, 192}, 0,
			[]CipherMode{ModeECB, ModeCBC, ModeOFB, ModeCFB, ModeCFB8}},
		CipherBlowfish: {"Blowfish", 8, bitRange(32, 448), 0, legacyModes},
		CipherCAST5:    {"CAST5", 8, bitRange(40, 128), 0, legacyModes},
		CipherIDEA:     {"IDEA", 8, []uint32{128}, 0, legacyModes},
		CipherSEED:     {"SEED", 16, []uint32{128}, 0, legacyModes},
		CipherSM4: {"SM4", 16, []uint32{128}, 0,
			[]CipherMode{ModeECB, ModeCBC, ModeCTR, ModeOFB, ModeCFB, ModeGCM}},
		CipherARC4:     {"RC4", 1, []uint32{40, 56, 64, 80, 128, 160, 192, 256}, 0, noMode},
		CipherChaCha20: {"ChaCha20", 1, []uint32{256}, 16, noMode},
	}
	modeNames = map[CipherMode]string{
		ModeECB: "ECB", ModeCBC: "CBC", ModeCTR: "CTR", ModeOFB: "OFB",
		ModeCFB: "CFB", ModeCFB8: "CFB8", ModeGCM: "GCM", ModeXTS: "XTS",
	}
	hashFacts = map[HashAlgorithm]hashFact{
		HashMD5:        {"md5", 16, 64},
		HashSHA1:       {"sha1", 20, 64},
		HashSHA224:     {"sha224", 28, 64},
		HashSHA256:     {"sha256", 32, 64},
		HashSHA384:     {"sha384", 48, 128},
		HashSHA512:     {"sha512", 64, 128},
		HashSHA512_224: {"sha512-224", 28, 128},
		HashSHA512_256: {"sha512-256", 32, 128},
		HashSHA3_224:   {"sha3-224", 28, 144},
		HashSHA3_256:   {"sha3-256", 32, 136},
		HashSHA3_384:   {"sha3-384", 48, 104},
		HashSHA3_512:   {"sha3-512", 64, 72},
		HashSHAKE128:   {"shake128", 32, 168},
		HashSHAKE256:   {"shake256", 64, 136},
		HashBLAKE2b:    {"blake2b", 64, 128},
		HashBLAKE2s:    {"blake2s", 32, 64},
		HashRIPEMD160:  {"ripemd160", 20, 64},
		HashWhirlpool:  {"whirlpool", 64, 64},
		HashSM3:        {"sm3", 32, 64},
	}
)

// hashFact is what is known of a hash function apart from any implementation.
type hashFact struct {
	name       string
	digestSize int // bytes; the default length of an XOF
	blockSize  int // bytes; the rate of a sponge, the B of HMAC
}

// bitRange lists the sizes from low to high in steps of 8 bits.
func bitRange(low, high uint32) []uint32 {
	var sizes []uint32
	for size := low; size <= high; size += 8 {
		sizes = append(sizes, size)
	}
	return sizes
}

// Name returns the cipher's name as pyca/cryptography spells it, such as
// "AES" or "3DES". An unknown code has the empty name. Safe for use by several
// threads.
//
//hz:export
func (a CipherAlgorithm) Name() string { return cipherFacts[a].name }

// BlockSize returns the cipher's block size in bytes, 1 for a stream cipher,
// 0 for an unknown code. Safe for use by several threads.
//
//hz:export
func (a CipherAlgorithm) BlockSize() int { return cipherFacts[a].blockSize }

// KeySizes returns the cipher's key sizes in bits, ascending, none for an
// unknown code. AES lists the 512 bits that only XTS takes. Safe for use by
// several threads.
//
//hz:export
func (a CipherAlgorithm) KeySizes() []uint32 { return slices.Clone(cipherFacts[a].keySizes) }

// NonceSize returns the size in bytes of the nonce that the cipher takes by
// itself: 16 for ChaCha20, 0 for others and for an unknown code. Safe for use
// by several threads.
//
//hz:export
func (a CipherAlgorithm) NonceSize() int { return cipherFacts[a].nonceSize }

// Modes returns the codes of the modes that the cipher is defined with here;
// which of them a backend has,
// [CipherBackend.CipherSupported] tells. Safe for use by several
// threads.
//
//hz:export
func (a CipherAlgorithm) Modes() []CipherMode { return slices.Clone(cipherFacts[a].modes) }

// Name returns the mode's name, such as "CBC". No mode and an unknown code
// have the empty name. Safe for use by several threads.
//
//hz:export
func (m CipherMode) Name() string { return modeNames[m] }

// Name returns the function's name as pyca/cryptography spells it, such as
// "sha512-256". An unknown code has the empty name. Safe for use by several
// threads.
//
//hz:export
func (a HashAlgorithm) Name() string { return hashFacts[a].name }

// DigestSize returns the size of the digest in bytes; for an
// extendable-output function its default; 0 for an unknown code. Safe for use
// by several threads.
//
//hz:export
func (a HashAlgorithm) DigestSize() int { return hashFacts[a].digestSize }

// BlockSize returns the size in bytes of the blocks that the function works
// in, which HMAC pads its key to; 0 for an unknown code. Safe for use by
// several threads.
//
//hz:export
func (a HashAlgorithm) BlockSize() int { return hashFacts[a].blockSize }

// Extendable reports whether the function is an extendable-output function,
// whose contexts can squeeze. Safe for use by several threads.
//
//hz:export
func (a HashAlgorithm) Extendable() bool { return a == HashSHAKE128 || a == HashSHAKE256 }

// CipherByName returns the code of the cipher with a name, in upper or lower
// case. An unknown name is [ErrUnsupportedCipher]. Safe for use by several
// threads.
//
//hz:export
func CipherByName(name string) (CipherAlgorithm, error) {
	if a, ok := byName(name, CipherAlgorithms()); ok {
		return a, nil
	}
	return 0, Errorf(ErrUnsupportedCipher, "no cipher is named %q", name)
}

// ModeByName returns the code of the mode with a name, in upper or lower case.
// An unknown name is [ErrUnsupportedCipher]. Safe for use by several threads.
//
//hz:export
func ModeByName(name string) (CipherMode, error) {
	if m, ok := byName(name, slices.Sorted(maps.Keys(modeNames))); ok {
		return m, nil
	}
	return 0, Errorf(ErrUnsupportedCipher, "no mode is named %q", name)
}

// HashByName returns the code of the hash function with a name, in upper or
// lower case. An unknown name is [ErrUnsupportedHash]. Safe for use by several
// threads.
//
//hz:export
func HashByName(name string) (HashAlgorithm, error) {
	if a, ok := byName(name, HashAlgorithms()); ok {
		return a, nil
	}
	return 0, Errorf(ErrUnsupportedHash, "no hash function is named %q", name)
}

// CipherAlgorithms returns the codes of all ciphers that have one, ascending.
// Safe for use by several threads.
//
//hz:export
func CipherAlgorithms() []CipherAlgorithm { return slices.Sorted(maps.Keys(cipherFacts)) }

// HashAlgorithms returns the codes of all hash functions that have one,
// ascending. Safe for use by several threads.
//
//hz:export
func HashAlgorithms() []HashAlgorithm { return slices.Sorted(maps.Keys(hashFacts)) }

// byName returns the first of codes whose name is name, whatever its case.
func byName[T interface{ Name() string }](name string, codes []T) (code T, ok bool) {
	for _, code := range codes {
		if strings.EqualFold(code.Name(), name) {
			return code, true
		}
	}
	return code, false
}
