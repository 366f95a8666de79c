package backends

// Cipher is a symmetric cipher algorithm with its key, and with its nonce
// where the algorithm takes one by itself rather than from a mode. The bytes
// are read during the call they are given to, and not kept.
//
//hz:export
type Cipher struct {
	// Algorithm is the code of the algorithm.
	Algorithm CipherAlgorithm
	// Key is the key, in bytes; its size must be one of the algorithm's key
	// sizes.
	Key []byte
	// Nonce is for ChaCha20 only: 16 bytes, a 4 byte little endian block
	// counter followed by the 12 byte nonce of RFC 8439, section 2.3.
	Nonce []byte
}

// Mode is a mode of operation with its parameters. A cipher that takes no mode
// (ARC4, ChaCha20) goes with no mode at all. The bytes are read during the
// call they are given to, and not kept.
//
//hz:export
type Mode struct {
	// Mode is the code of the mode.
	Mode CipherMode
	// IV is the initialization vector (CBC, CFB, CFB8, OFB: one block), the
	// initial counter block (CTR: one block), the nonce (GCM: 8 to 128 bytes)
	// or the tweak (XTS: 16 bytes). ECB has none.
	IV []byte
	// Tag is the expected authentication tag, for decryption in an
	// authenticated mode only: MinTagLength to 16 bytes.
	Tag []byte
	// MinTagLength is the shortest tag accepted, in bytes: 4 to 16, or 0 for
	// 16. A tag of n bytes is forged by chance once in 2^(8n) tries
	// (NIST SP 800-38D, appendix C). It is for authenticated modes only;
	// elsewhere it is 0.
	MinTagLength uint32
}

// Operation is the direction that a cipher context works in.
//
//hz:export
type Operation uint32

const (
	// OperationEncrypt turns plaintext into ciphertext.
	OperationEncrypt Operation = 1
	// OperationDecrypt turns ciphertext into plaintext.
	OperationDecrypt Operation = 2
)

// CipherAdapter makes the object from which a backend builds a context for a
// pair of cipher and mode registered with [CipherBackend.RegisterCipherAdapter].
// It is called by [CipherBackend.CreateSymmetricEncryptionCtx] and
// [CipherBackend.CreateSymmetricDecryptionCtx], on the thread of that call, and
// may call hazmat itself. Where both codes are listed ones, the sizes of key,
// nonce and tag have been checked; otherwise checking them is the adapter's.
//
// What the object is depends on the backend. Each takes a [CipherContext],
// which it owns from then on; it must not be freed. The openssl backend also
// takes the address of an EVP_CIPHER that comes from its own libcrypto and stays
// valid; an address of anything else crashes the process. No object at all means
// that the pair is not supported after all, and the call is
// [ErrUnsupportedCipher]. With a backend made of several the adapter is
// registered with the first that has ciphers.
//
//hz:export
type CipherAdapter func(backend Backend, cipher *Cipher, mode *Mode, operation Operation) (object any, err error)

// CipherBackend is a backend with symmetric ciphers.
//
//hz:export
//hz:flat
//hz:missing ErrUnsupportedInterface
type CipherBackend interface {
	Backend

	// CipherSupported reports whether the backend has a cipher in a mode;
	// 0 is the mode of a cipher that takes none. Asking for a code that means
	// nothing is no error: the answer is false.
	CipherSupported(cipher CipherAlgorithm, mode CipherMode) bool

	// RegisterCipherAdapter adds a pair of cipher and mode to the backend, for
	// everyone in the process that uses it. At least one of the two codes must
	// be from the private range (0x80000000 and up) or the pair must be one
	// that the backend does not have; a pair that it has, or that was
	// registered before, is [ErrAlreadyRegistered]. A code that is neither
	// listed nor private is [ErrInvalidArgument]. Registrations cannot be
	// removed, and are made again by themselves in a forked child.
	//
	//hz:replay
	RegisterCipherAdapter(cipher CipherAlgorithm, mode CipherMode, adapter CipherAdapter) error

	// CreateSymmetricEncryptionCtx returns a new context that encrypts one
	// message. A pair that the backend does not have is
	// [ErrUnsupportedCipher], a key of a wrong size, or one for XTS whose
	// halves are equal, [ErrInvalidKey], an initialization vector, nonce or
	// tweak of a wrong size, or where none belongs, [ErrInvalidNonce], and a
	// tag, which only decryption takes, or a MinTagLength that is not allowed,
	// [ErrInvalidTagLength]. Nothing is kept of a failed call.
	//
	// A backend may lack some keys of a pair that it has: they are
	// [ErrUnsupportedCipher] too. The native backend has no CAST5 with keys of
	// up to 80 bits, for which the cipher has fewer rounds.
	CreateSymmetricEncryptionCtx(cipher *Cipher, mode *Mode) (CipherContext, error)

	// CreateSymmetricDecryptionCtx returns a new context that decrypts one
	// message. Errors are those of
	// [CipherBackend.CreateSymmetricEncryptionCtx], but that in an
	// authenticated mode a tag that is missing, shorter than MinTagLength or
	// longer than 16 bytes is [ErrInvalidTagLength].
	CreateSymmetricDecryptionCtx(cipher *Cipher, mode *Mode) (CipherContext, error)
}

// CipherContext is one encryption or decryption in progress. One thread uses
// it at a time: a second one that comes meanwhile gets [ErrBusy]. It does not
// survive fork(): in the child it is [ErrStaleHandle]. After finalize, or
// after a failed authentication, every call is [ErrAlreadyFinalized].
//
//hz:export
type CipherContext interface {
	// Update processes data and writes the result to dst; it returns the
	// number of bytes written. Stream modes write as many bytes as they are
	// given; ECB and CBC hold back what does not fill a block, so dst needs
	// room for up to len(data) + block size - 1 bytes. The bytes written and
	// data must begin at the same place in memory, or not overlap at all
	// ([ErrOverlap]); what dst has beyond them is not touched. Too small a dst
	// is [ErrBufferTooSmall]: n is then the size needed, and nothing else has
	// changed.
	//
	// XTS takes its message, a data unit of 16 bytes to 16 MiB, in one update.
	// Less is [ErrIncompleteBlock], more [ErrLimitExceeded], and a second
	// update that is not empty [ErrAlreadyUpdated].
	//
	// Decryption in an authenticated mode writes plaintext that is not
	// authenticated until finalize succeeds; it must not be acted upon before.
	//
	// More data than the mode can process under one nonce is
	// [ErrLimitExceeded]: GCM 2^36 - 32 bytes (NIST SP 800-38D, section
	// 5.2.1.1), ChaCha20 until its 32 bit block counter would wrap
	// (RFC 8439, section 2.4), CTR until its 128 bit counter would. That is
	// found out before any of the data is processed, and nothing has changed.
	//
	//hz:cap len(data)+MaxBlockSize
	Update(dst, data []byte) (n int, err error)

	// Finalize ends the message, writes what is still to come to dst and
	// returns the number of bytes written. In ECB and CBC a last block that is
	// not full is [ErrIncompleteBlock]; the context is consumed. In
	// decryption in an authenticated mode a tag that does not match is
	// [ErrInvalidTag]; the context is consumed, and the plaintext that update
	// wrote must be discarded.
	//
	//hz:cap MaxBlockSize
	Finalize(dst []byte) (n int, err error)

	// Close wipes the keys that the context holds, as far as its backend can,
	// and ends it. It is safe to call more than once.
	Close()
}

// AEADCipherContext is a cipher context in an authenticated mode, such as GCM
// (NIST SP 800-38D).
//
//hz:export
//hz:missing ErrNotApplicable
type AEADCipherContext interface {
	CipherContext

	// AuthenticateAdditionalData adds data that is authenticated and not
	// encrypted. It may be called any number of times, before the first update
	// only: afterwards it is [ErrAlreadyUpdated]. More than 2^61 - 1 bytes in
	// all is [ErrLimitExceeded].
	AuthenticateAdditionalData(data []byte) error

	// Tag writes the 16 byte authentication tag to dst and returns its length.
	// It is there once encryption has been finalized; before that the call is
	// [ErrNotYetFinalized], and on a decryption context [ErrNotApplicable].
	// Too small a dst is [ErrBufferTooSmall]: n is then the size needed.
	//
	//hz:cap MaxTagSize
	Tag(dst []byte) (n int, err error)

	// FinalizeWithTag is finalize for a decryption context whose tag arrives
	// with the end of the message; it replaces a tag given at creation. On an
	// encryption context it is [ErrNotApplicable]; a tag of a wrong size is
	// [ErrInvalidTagLength] and changes nothing. A tag that does not match is
	// [ErrInvalidTag], as in finalize. Tags are compared in constant time.
	//
	//hz:cap MaxBlockSize
	FinalizeWithTag(dst, tag []byte) (n int, err error)
}

// NonceCipherContext is a cipher context whose nonce can be changed: CTR and
// ChaCha20.
//
//hz:export
//hz:missing ErrNotApplicable
type NonceCipherContext interface {
	CipherContext

	// ResetNonce starts a new message under the same key and the given nonce,
	// of the size given at creation ([ErrInvalidNonce]). A nonce must never be
	// used twice with one key. After finalize it is [ErrAlreadyFinalized].
	ResetNonce(nonce []byte) error
}
