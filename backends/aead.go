package backends

// AEADBackend is a backend with authenticated encryption in one call, for
// messages that are in memory as a whole.
//
//hz:export
//hz:flat
//hz:missing ErrUnsupportedInterface
type AEADBackend interface {
	Backend

	// AEADSupported reports whether the backend has an algorithm. Asking for a
	// code that means nothing is no error: the answer is false.
	AEADSupported(algorithm AEADAlgorithm) bool

	// CreateAEAD returns an algorithm with a key, for any number of messages.
	// The tag of each message has tagLength bytes; 0 is the algorithm's full
	// length. An algorithm that the backend does not have is
	// [ErrUnsupportedCipher], a key of a wrong size [ErrInvalidKey], and a tag
	// length that the algorithm does not have [ErrInvalidTagLength]. Nothing is
	// kept of a failed call.
	//
	//hz:name create_aead
	CreateAEAD(algorithm AEADAlgorithm, key []byte, tagLength int) (AEAD, error)
}

// AEAD is an algorithm for authenticated encryption with associated data
// (RFC 5116) and a key. It keeps nothing of a message, so any number of threads
// may use it at the same time; it ends when the last of those that do is done. It
// does not survive fork(): in the child it is [ErrStaleHandle].
//
// The bytes that a call writes and its message must begin at the same place in
// memory, or not overlap at all, and they must not overlap the nonce or the
// additional data ([ErrOverlap]).
//
//hz:export
//hz:shared
//hz:name aead
type AEAD interface {
	// Algorithm returns the algorithm.
	//
	//hz:name aead_algorithm_of
	Algorithm() AEADAlgorithm

	// TagLength returns the length of the tag in bytes, by which a ciphertext
	// is longer than its plaintext.
	TagLength() int

	// Seal encrypts and authenticates plaintext, authenticates additionalData,
	// and writes the ciphertext to dst, with the tag behind it; AES-SIV writes
	// its tag first (RFC 5297, section 2.6). It returns the number of bytes
	// written.
	//
	// A nonce must never be used twice with one key, or else plaintexts can be
	// found and forged, but for AES-SIV and AES-GCM-SIV, where it shows no
	// more than that two messages are equal. A nonce of a wrong size is
	// [ErrInvalidNonce], too long a plaintext [ErrLimitExceeded], one for
	// AES-SIV that is empty [ErrInvalidArgument], and too small a dst
	// [ErrBufferTooSmall]: n is then the size needed. Nothing is written then.
	//
	//hz:cap len(plaintext)+MaxTagSize
	Seal(dst, nonce, plaintext, additionalData []byte) (n int, err error)

	// Open authenticates ciphertext, which [AEAD.Seal] wrote, and
	// additionalData, writes the plaintext to dst and returns its length. If
	// they are not authentic, or ciphertext is too short for a tag, that is
	// [ErrInvalidTag], and what dst has room for the plaintext in is zeroed:
	// plaintext that is not authentic is never given out. Other errors are
	// those of [AEAD.Seal].
	//
	//hz:cap len(ciphertext)
	Open(dst, nonce, ciphertext, additionalData []byte) (n int, err error)

	// Close wipes the key, as far as the backend can, and ends the object. It
	// is safe to call more than once.
	Close()
}

// VectorAEAD is an AEAD whose additional data is a list of texts, each of which
// counts by itself: AES-SIV (RFC 5297). There is no nonce; a list whose last
// text is one is what [AEAD.Seal] makes of its additional data and nonce
// (section 3).
//
//hz:export
//hz:missing ErrNotApplicable
type VectorAEAD interface {
	AEAD

	// SealVector is [AEAD.Seal] with a list of additional data, of at most 126
	// texts ([ErrLimitExceeded]). The list counts in its order, and an empty
	// text is not the same as none.
	//
	//hz:cap len(plaintext)+MaxTagSize
	SealVector(dst, plaintext []byte, additionalData [][]byte) (n int, err error)

	// OpenVector is [AEAD.Open] for what [VectorAEAD.SealVector] wrote.
	//
	//hz:cap len(ciphertext)
	OpenVector(dst, ciphertext []byte, additionalData [][]byte) (n int, err error)
}
