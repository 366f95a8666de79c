package openssl

/*
#include "libcrypto.h"
*/
import "C"

import (
	"runtime"

	"github.com/hazmat/hazmat/backends"
)

// pointer is a pointer to a state of libcrypto's.
type pointer interface {
	*C.EVP_CIPHER_CTX | *C.EVP_MAC_CTX | *C.EVP_MD_CTX | *C.struct_libcrypto_xof
}

// owned is a state of libcrypto's that belongs to a Go value: it is freed when
// the value is closed, or else some time after nothing refers to it any more.
type owned[P pointer] struct {
	held[P]
	cleanup runtime.Cleanup
}

// held is a state, and the library that knows how to free it.
type held[P pointer] struct {
	lib   *library
	state P
}

// own makes o the owner of a state, unless it could not be made.
func (o *owned[P]) own(lib *library, made C.struct_libcrypto_made, free func(held[P])) error {
	if err := failure(backends.ErrInternal, made.error); err != nil {
		return err
	}
	o.held = held[P]{lib, P(made.object)}
	o.cleanup = runtime.AddCleanup(o, free, o.held)
	return nil
}

// release returns the state, which o does not own any more.
func (o *owned[P]) release() held[P] {
	o.cleanup.Stop()
	released := o.held
	o.state = nil
	return released
}
