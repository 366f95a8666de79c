package backends

// OpenSSLBackend is the backend made of the system's libcrypto, which it opens
// up: a program may call any function of that library beside it.
//
//hz:export
//hz:flat
//hz:missing ErrUnsupportedInterface
//hz:sealed
//hz:shaped
type OpenSSLBackend interface {
	Backend

	// OpensslVersionText returns the version that the loaded libcrypto gives of
	// itself, such as "OpenSSL 3.0.19 27 Jan 2026".
	OpensslVersionText() string

	// OpensslSymbol returns the address of a function or an object of the very
	// libcrypto that the backend uses, such as "EVP_sha256". It is valid for
	// the life of the process. A name that the library does not have is
	// [ErrInvalidArgument].
	OpensslSymbol(name string) (address uintptr, err error)
}
