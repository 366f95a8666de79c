package backends

// HashBackend is a backend with hash functions.
//
//hz:export
//hz:flat
//hz:missing ErrUnsupportedInterface
type HashBackend interface {
	Backend

	// HashSupported reports whether the backend has a hash function. Asking
	// for a code that means nothing is no error: the answer is false.
	HashSupported(algorithm HashAlgorithm) bool

	// CreateHashCtx returns a new context that hashes one message. A function
	// that the backend does not have is [ErrUnsupportedHash].
	CreateHashCtx(algorithm HashAlgorithm) (HashContext, error)
}

// HashContext is one hash computation in progress. One thread uses it at a
// time: a second one that comes meanwhile gets [ErrBusy]. It does not survive
// fork(): in the child it is [ErrStaleHandle].
//
//hz:export
type HashContext interface {
	// Algorithm returns the hash function that the context computes.
	Algorithm() HashAlgorithm

	// Update adds data to the message. After finalize, or after the first
	// squeeze, it is [ErrAlreadyFinalized].
	Update(data []byte) error

	// Finalize ends the message, writes the digest to dst and returns its
	// length. An extendable-output function gives its default length: 32 bytes
	// for SHAKE128 and 64 for SHAKE256 (RFC 8702, section 3). Every later call
	// is [ErrAlreadyFinalized]. Too small a dst is [ErrBufferTooSmall]: n is
	// then the size needed, and nothing else has changed.
	//
	//hz:cap MaxDigestSize
	Finalize(dst []byte) (n int, err error)

	// Copy returns a new context, with the same state, that goes its own way
	// from here. After finalize it is [ErrAlreadyFinalized].
	Copy() (HashContext, error)

	// Close wipes the state that the context holds, as far as its backend can,
	// and ends it. It is safe to call more than once.
	Close()
}

// XOFContext is a hash context of an extendable-output function (FIPS 202,
// section 6.2): SHAKE128 and SHAKE256.
//
//hz:export
//hz:missing ErrNotApplicable
type XOFContext interface {
	HashContext

	// Squeeze fills dst with the next len(dst) bytes of output. The first call
	// ends the message: update and finalize are [ErrAlreadyFinalized] from
	// then on, while squeeze and copy go on.
	Squeeze(dst []byte) error
}
