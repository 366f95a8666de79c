package openssl

import "runtime"

// owned is a state of libcrypto's that belongs to a Go value: it is freed when
// the value is closed, or else some time after nothing refers to it any more.
// P is the type of a pointer to the state.
type owned[P any] struct {
	held[P]
	cleanup runtime.Cleanup
}

// held is a state, and the library that knows how to free it.
type held[P any] struct {
	lib   *library
	state P
}

// own makes o the owner of a state.
func (o *owned[P]) own(lib *library, state P, free func(held[P])) {
	o.held = held[P]{lib, state}
	o.cleanup = runtime.AddCleanup(o, free, o.held)
}

// release returns the state, which o does not own any more.
func (o *owned[P]) release() held[P] {
	o.cleanup.Stop()
	released := o.held
	var none P
	o.state = none
	return released
}
