package backends

// CipherAlgorithm is the code of a symmetric cipher. Codes from 0x80000000 up
// are private: they are for ciphers that a program registers with
// [CipherBackend.RegisterCipherAdapter].
//
//hz:export
type CipherAlgorithm uint32

const (
	// CipherAES is AES (FIPS 197): keys of 128, 192 and 256 bits; in XTS 256
	// and 512 bits for its two keys.
	CipherAES CipherAlgorithm = 1
	// CipherCamellia is Camellia (RFC 3713): keys of 128, 192 and 256 bits.
	CipherCamellia CipherAlgorithm = 2
	// CipherTripleDES is TripleDES (NIST SP 800-67): keys of 64, 128 and 192
	// bits, of which the shorter ones repeat to make 192. Legacy.
	CipherTripleDES CipherAlgorithm = 3
	// CipherBlowfish is Blowfish (Schneier, 1993): keys of 32 to 448 bits in
	// steps of 8. Legacy.
	CipherBlowfish CipherAlgorithm = 4
	// CipherCAST5 is CAST-128 (RFC 2144): keys of 40 to 128 bits in steps of
	// 8. Legacy.
	CipherCAST5 CipherAlgorithm = 5
	// CipherIDEA is IDEA (Lai and Massey, 1991): keys of 128 bits. Legacy.
	CipherIDEA CipherAlgorithm = 6
	// CipherSEED is SEED (RFC 4269): keys of 128 bits. Legacy.
	CipherSEED CipherAlgorithm = 7
	// CipherSM4 is SM4 (GB/T 32907-2016): keys of 128 bits.
	CipherSM4 CipherAlgorithm = 8
	// CipherARC4 is the stream cipher known as RC4: keys of 40, 56, 64, 80,
	// 128, 160, 192 and 256 bits. It takes no mode. Broken; legacy.
	CipherARC4 CipherAlgorithm = 9
	// CipherChaCha20 is ChaCha20 (RFC 8439) without authentication: keys of
	// 256 bits. It takes no mode, and a 16 byte nonce of its own.
	//
	//hz:name CIPHER_CHACHA20
	CipherChaCha20 CipherAlgorithm = 10
)

// CipherMode is the code of a mode of operation; 0 is none, for ciphers that
// take none. Codes from 0x80000000 up are private: they are for modes that a
// program registers with [CipherBackend.RegisterCipherAdapter].
//
//hz:export
type CipherMode uint32

const (
	// ModeNone is no mode, for ciphers that take none.
	ModeNone CipherMode = 0
	// ModeECB is electronic codebook (NIST SP 800-38A, section 6.1). It shows
	// which blocks of a message are equal.
	ModeECB CipherMode = 1
	// ModeCBC is cipher block chaining (NIST SP 800-38A, section 6.2).
	ModeCBC CipherMode = 2
	// ModeCTR is counter mode with a counter of one whole block, big endian
	// (NIST SP 800-38A, section 6.5).
	ModeCTR CipherMode = 3
	// ModeOFB is output feedback (NIST SP 800-38A, section 6.4).
	ModeOFB CipherMode = 4
	// ModeCFB is cipher feedback of whole blocks (NIST SP 800-38A, section
	// 6.3); the last one may be short.
	ModeCFB CipherMode = 5
	// ModeCFB8 is cipher feedback of 8 bits (NIST SP 800-38A, section 6.3).
	ModeCFB8 CipherMode = 6
	// ModeGCM is Galois/counter mode (NIST SP 800-38D): authenticated.
	ModeGCM CipherMode = 7
	// ModeXTS is XEX with ciphertext stealing (IEEE 1619, NIST SP 800-38E).
	ModeXTS CipherMode = 8
)

// HashAlgorithm is the code of a hash function or of an extendable-output
// function.
//
//hz:export
type HashAlgorithm uint32

const (
	// HashMD5 is MD5 (RFC 1321). Broken; legacy.
	HashMD5 HashAlgorithm = 1
	// HashSHA1 is SHA-1 (FIPS 180-4). Broken for signatures; legacy.
	HashSHA1 HashAlgorithm = 2
	// HashSHA224 is SHA-224 (FIPS 180-4).
	HashSHA224 HashAlgorithm = 3
	// HashSHA256 is SHA-256 (FIPS 180-4).
	HashSHA256 HashAlgorithm = 4
	// HashSHA384 is SHA-384 (FIPS 180-4).
	HashSHA384 HashAlgorithm = 5
	// HashSHA512 is SHA-512 (FIPS 180-4).
	HashSHA512 HashAlgorithm = 6
	// HashSHA512_224 is SHA-512/224 (FIPS 180-4).
	HashSHA512_224 HashAlgorithm = 7
	// HashSHA512_256 is SHA-512/256 (FIPS 180-4).
	HashSHA512_256 HashAlgorithm = 8
	// HashSHA3_224 is SHA3-224 (FIPS 202).
	HashSHA3_224 HashAlgorithm = 9
	// HashSHA3_256 is SHA3-256 (FIPS 202).
	HashSHA3_256 HashAlgorithm = 10
	// HashSHA3_384 is SHA3-384 (FIPS 202).
	HashSHA3_384 HashAlgorithm = 11
	// HashSHA3_512 is SHA3-512 (FIPS 202).
	HashSHA3_512 HashAlgorithm = 12
	// HashSHAKE128 is the extendable-output function SHAKE128 (FIPS 202).
	HashSHAKE128 HashAlgorithm = 13
	// HashSHAKE256 is the extendable-output function SHAKE256 (FIPS 202).
	HashSHAKE256 HashAlgorithm = 14
	// HashBLAKE2b is BLAKE2b with a 64 byte digest (RFC 7693).
	HashBLAKE2b HashAlgorithm = 15
	// HashBLAKE2s is BLAKE2s with a 32 byte digest (RFC 7693).
	HashBLAKE2s HashAlgorithm = 16
	// HashRIPEMD160 is RIPEMD-160 (ISO/IEC 10118-3). Legacy.
	HashRIPEMD160 HashAlgorithm = 17
	// HashWhirlpool is Whirlpool (ISO/IEC 10118-3). Legacy.
	HashWhirlpool HashAlgorithm = 18
	// HashSM3 is SM3 (GB/T 32905-2016).
	HashSM3 HashAlgorithm = 19
)

// Version is the release of the library.
//
//hz:export
const Version = "0.1.0"

// MaxBlockSize is the largest block of any cipher, in bytes.
//
//hz:export
const MaxBlockSize = 16

// MaxKeySize is the largest key of any cipher, in bytes: AES-256 in XTS.
//
//hz:export
const MaxKeySize = 64

// MaxDigestSize is the largest digest of any hash function, in bytes.
//
//hz:export
const MaxDigestSize = 64

// MaxTagSize is the size of a whole authentication tag, in bytes.
//
//hz:export
const MaxTagSize = 16

// MinTagSize is the shortest authentication tag that can be asked for with a
// mode's minimum tag length, in bytes.
//
//hz:export
const MinTagSize = 4

// MinGCMNonceSize is the shortest nonce of GCM, in bytes.
//
//hz:export
const MinGCMNonceSize = 8

// MaxGCMNonceSize is the longest nonce of GCM, in bytes.
//
//hz:export
const MaxGCMNonceSize = 128

// PrivateAlgorithms is the first code of the private range of ciphers and
// modes.
//
//hz:export
const PrivateAlgorithms = 0x80000000
