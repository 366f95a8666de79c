package openssl

import "runtime"

// owned is a state of libcrypto's that belongs to a Go value: it is freed when
// the value is closed, or else some time after nothing refers to it any more.
// P is the type of a pointer to the state.
type owned[P any] struct {
	lib     *library
	state   P
	cleanup runtime.Cleanup
}

// state and what frees it, together as runtime.AddCleanup needs them.
type garbage[P any] struct {
	lib   *library
	state P
	free  func(*library, P)
}

func (g garbage[P]) collect() { g.free(g.lib, g.state) }

// own makes o the owner of a state.
func (o *owned[P]) own(lib *library, state P, free func(*library, P)) {
	o.lib, o.state = lib, state
	o.cleanup = runtime.AddCleanup(o, garbage[P].collect, garbage[P]{lib, state, free})
}

// release returns the state, which o does not own any more.
func (o *owned[P]) release() P {
	o.cleanup.Stop()
	state := o.state
	var none P
	o.state = none
	return state
}
