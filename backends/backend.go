package backends

// Interface is the code of one of the interfaces that a backend may provide.
//
//hz:export
type Interface uint32

const (
	// InterfaceCipher is [CipherBackend].
	InterfaceCipher Interface = 1
	// InterfaceHash is [HashBackend].
	InterfaceHash Interface = 2
	// InterfaceHMAC is [HMACBackend].
	InterfaceHMAC Interface = 3
	// InterfaceAEAD is [AEADBackend].
	//
	//hz:name INTERFACE_AEAD
	InterfaceAEAD Interface = 4
)

// Name returns the name of the interface, such as "CipherBackend". An unknown
// code has the empty name. Safe for use by several threads.
//
//hz:export
func (i Interface) Name() string {
	switch i {
	case InterfaceCipher:
		return "CipherBackend"
	case InterfaceHash:
		return "HashBackend"
	case InterfaceHMAC:
		return "HMACBackend"
	case InterfaceAEAD:
		return "AEADBackend"
	}
	return ""
}

// Backend is an implementation of one or more of the interfaces
// [CipherBackend], [HashBackend], [HMACBackend] and [AEADBackend]. It holds no
// secrets and no state of a message; any number of threads may use it at the
// same time. A backend survives fork(): in a child process it is opened again by its name.
//
//hz:export
//hz:shared
//hz:reopen Open Name
type Backend interface {
	// Name returns the name under which [Open] finds this backend.
	Name() string

	// Description returns one line for people that says what the backend is
	// made of, such as a library's name and version.
	Description() string

	// Provides reports whether the backend provides an interface. Calling a
	// method of an interface that it does not provide is
	// [ErrUnsupportedInterface].
	Provides(which Interface) bool
}
