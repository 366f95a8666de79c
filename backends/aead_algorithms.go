package backends

import (
	"maps"
	"slices"
)

// AEADAlgorithm is the code of an algorithm for authenticated encryption with
// associated data.
//
//hz:export
//hz:name aead_algorithm
type AEADAlgorithm uint32

const (
	// AEADAESGCM is AES in Galois/counter mode (NIST SP 800-38D): keys of 128,
	// 192 and 256 bits, nonces of 8 to 128 bytes, best of 12.
	//
	//hz:name AEAD_AES_GCM
	AEADAESGCM AEADAlgorithm = 1
	// AEADChaCha20Poly1305 is ChaCha20-Poly1305 (RFC 8439): keys of 256 bits,
	// nonces of 12 bytes.
	//
	//hz:name AEAD_CHACHA20_POLY1305
	AEADChaCha20Poly1305 AEADAlgorithm = 2
	// AEADXChaCha20Poly1305 is XChaCha20-Poly1305
	// (draft-irtf-cfrg-xchacha-03): keys of 256 bits, nonces of 24 bytes, long
	// enough to be chosen at random.
	//
	//hz:name AEAD_XCHACHA20_POLY1305
	AEADXChaCha20Poly1305 AEADAlgorithm = 3
	// AEADAESCCM is AES in counter mode with CBC-MAC (NIST SP 800-38C): keys
	// of 128, 192 and 256 bits, nonces of 7 to 13 bytes, tags of 4, 6, 8, 10,
	// 12, 14 and 16 bytes. The longer the nonce, the shorter a message must be.
	//
	//hz:name AEAD_AES_CCM
	AEADAESCCM AEADAlgorithm = 4
	// AEADAESOCB3 is AES in offset codebook mode, version 3 (RFC 7253): keys
	// of 128, 192 and 256 bits, nonces of 1 to 15 bytes.
	//
	//hz:name AEAD_AES_OCB3
	AEADAESOCB3 AEADAlgorithm = 5
	// AEADAESSIV is AES with a synthetic initialization vector (RFC 5297):
	// keys of 256, 384 and 512 bits, which are two keys, and nonces of 1 to
	// 2^31 - 1 bytes.
	//
	//hz:name AEAD_AES_SIV
	AEADAESSIV AEADAlgorithm = 6
	// AEADAESGCMSIV is AES-GCM-SIV (RFC 8452): keys of 128, 192 and 256 bits,
	// nonces of 12 bytes. The 192 bits are not the RFC's.
	//
	//hz:name AEAD_AES_GCM_SIV
	AEADAESGCMSIV AEADAlgorithm = 7
)

// aeadFact is what is known of an algorithm apart from any implementation.
type aeadFact struct {
	name               string
	keySizes           []uint32 // bits, ascending
	minNonce, maxNonce int      // bytes
	tagSizes           []uint32 // bytes, ascending
}

var (
	aesKeySizes = []uint32{128, 192, 256}
	wholeTag    = []uint32{16}
	aeadFacts   = map[AEADAlgorithm]aeadFact{
		AEADAESGCM:            {"AES-GCM", aesKeySizes, MinGCMNonceSize, MaxGCMNonceSize, wholeTag},
		AEADChaCha20Poly1305:  {"ChaCha20-Poly1305", []uint32{256}, 12, 12, wholeTag},
		AEADXChaCha20Poly1305: {"XChaCha20-Poly1305", []uint32{256}, 24, 24, wholeTag},
		AEADAESCCM:            {"AES-CCM", aesKeySizes, 7, 13, []uint32{4, 6, 8, 10, 12, 14, 16}},
		AEADAESOCB3:           {"AES-OCB3", aesKeySizes, 1, 15, wholeTag},
		AEADAESSIV:            {"AES-SIV", []uint32{256, 384, 512}, 1, 1<<31 - 1, wholeTag},
		AEADAESGCMSIV:         {"AES-GCM-SIV", aesKeySizes, 12, 12, wholeTag},
	}
)

// Name returns the algorithm's name, such as "AES-GCM". An unknown code has the
// empty name. Safe for use by several threads.
//
//hz:export
func (a AEADAlgorithm) Name() string { return aeadFacts[a].name }

// KeySizes returns the algorithm's key sizes in bits, ascending, none for an
// unknown code. Safe for use by several threads.
//
//hz:export
func (a AEADAlgorithm) KeySizes() []uint32 { return slices.Clone(aeadFacts[a].keySizes) }

// MinNonceSize returns the size of the algorithm's shortest nonce in bytes, 0
// for an unknown code. Safe for use by several threads.
//
//hz:export
func (a AEADAlgorithm) MinNonceSize() int { return aeadFacts[a].minNonce }

// MaxNonceSize returns the size of the algorithm's longest nonce in bytes, 0
// for an unknown code. Safe for use by several threads.
//
//hz:export
func (a AEADAlgorithm) MaxNonceSize() int { return aeadFacts[a].maxNonce }

// TagSizes returns the sizes that the algorithm's tags may have, in bytes,
// ascending, none for an unknown code. The last is the full one. Safe for use
// by several threads.
//
//hz:export
func (a AEADAlgorithm) TagSizes() []uint32 { return slices.Clone(aeadFacts[a].tagSizes) }

// AEADByName returns the code of the algorithm with a name, in upper or lower
// case. An unknown name is [ErrUnsupportedCipher]. Safe for use by several
// threads.
//
//hz:export
//hz:name aead_by_name
func AEADByName(name string) (AEADAlgorithm, error) {
	if a, ok := byName(name, AEADAlgorithms()); ok {
		return a, nil
	}
	return 0, Errorf(ErrUnsupportedCipher, "no AEAD is named %q", name)
}

// AEADAlgorithms returns the codes of all algorithms that have one, ascending.
// Safe for use by several threads.
//
//hz:export
//hz:name aead_algorithms
func AEADAlgorithms() []AEADAlgorithm { return slices.Sorted(maps.Keys(aeadFacts)) }
