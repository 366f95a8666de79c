package backends

// HMACBackend is a backend with HMAC (FIPS 198-1, RFC 2104) over hash
// functions.
//
//hz:export
//hz:flat
//hz:missing ErrUnsupportedInterface
type HMACBackend interface {
	Backend

	// HMACSupported reports whether the backend has HMAC over a hash function.
	// Extendable-output functions have none. Asking for a code that means
	// nothing is no error: the answer is false.
	HMACSupported(algorithm HashAlgorithm) bool

	// CreateHMACCtx returns a new context that authenticates one message with
	// key, which may have any length, also 0; at least as many bytes as the
	// digest has are advised (RFC 2104, section 3). The key is read during the
	// call and not kept. HMAC over a function that the backend does not have
	// is [ErrUnsupportedHash].
	CreateHMACCtx(key []byte, algorithm HashAlgorithm) (HMACContext, error)
}

// HMACContext is one HMAC computation in progress. One thread uses it at a
// time: a second one that comes meanwhile gets [ErrBusy]. It does not survive
// fork(): in the child it is [ErrStaleHandle]. After finalize or verify every
// call is [ErrAlreadyFinalized].
//
//hz:export
type HMACContext interface {
	// Algorithm returns the hash function under the HMAC.
	Algorithm() HashAlgorithm

	// Update adds data to the message.
	Update(data []byte) error

	// Finalize ends the message, writes the MAC to dst and returns its length,
	// that of the hash function's digest. Too small a dst is
	// [ErrBufferTooSmall]: n is then the size needed, and nothing else has
	// changed.
	//
	//hz:cap MaxDigestSize
	Finalize(dst []byte) (n int, err error)

	// Verify ends the message and compares its MAC with signature in constant
	// time. One that differs, in bytes or in length, is
	// [ErrInvalidSignature]. The context is consumed either way.
	Verify(signature []byte) error

	// Copy returns a new context, with the same state, that goes its own way
	// from here.
	Copy() (HMACContext, error)

	// Close wipes the state that the context holds, as far as its backend can,
	// and ends it. It is safe to call more than once.
	Close()
}
