package backends

// defaultName is the backend that DefaultBackend opens.
const defaultName = "native"

// DefaultBackend returns the backend that a program uses when it does not care
// which. Safe for use by several threads.
//
//hz:export
func DefaultBackend() (Backend, error) { return Open(defaultName) }
