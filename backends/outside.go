package backends

// RegisterBackend makes a backend of the caller's own known under the name that
// its name function gives, to every language in the process: it can be opened
// from then on, also in a forked child. A name that is taken is
// [ErrAlreadyRegistered]; an empty one, one of more than 1023 bytes, or one
// with a comma or a control character, [ErrInvalidArgument]. Registrations
// cannot be removed. Safe for use by several threads.
//
// The backend is held to the contract from outside: parameters, states, block
// buffering and limits are checked before it is called. So its contexts are
// primitives. A cipher's update is given whole blocks where the mode has
// blocks, and writes as many bytes as it is given; a hash's finalize is given
// room for just the digest; tags and signatures are compared by the library
// but for finalize_with_tag. name, description and provides must not call the
// library. Adapters are kept by the library.
//
//hz:export
//hz:name backend_register
//hz:replay
func RegisterBackend(backend Backend) error { return Register(hold(backend)) }

// hold makes a backend that anybody may have written keep the contract.
var hold = func(backend Backend) Backend { return backend }

// SetHold sets what RegisterBackend holds backends to the contract with. It is
// for package engine, which cannot be imported here.
func SetHold(f func(Backend) Backend) { hold = f }
