package openssl

/*
#include "libcrypto.h"
*/
import "C"

import (
	"runtime"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/backends/engine"
)

// xof is an engine.XOF.
type xof struct{ owned[*C.struct_libcrypto_xof] }

func newXOF(lib *library, algorithm *C.EVP_MD) (engine.Hash, error) {
	x := &xof{}
	if err := x.own(lib, C.libcrypto_xof_new(lib.c, algorithm), freeXOF); err != nil {
		return nil, err
	}
	return x, nil
}

func freeXOF(h held[*C.struct_libcrypto_xof]) { C.libcrypto_xof_free(h.lib.c, h.state) }

func (x *xof) Write(data []byte) error {
	err := C.libcrypto_digest_update(x.lib.c, x.state.digest, address(data), C.size_t(len(data)))
	runtime.KeepAlive(x)
	return failure(backends.ErrInternal, err)
}

func (x *xof) Sum(dst []byte) error { return x.Squeeze(dst) }

func (x *xof) Squeeze(dst []byte) error {
	if len(dst) == 0 {
		return nil
	}
	err := C.libcrypto_xof_squeeze(x.lib.c, x.state, address(dst), C.size_t(len(dst)))
	runtime.KeepAlive(x)
	return failure(backends.ErrInternal, err)
}

func (x *xof) Clone() (engine.Hash, error) {
	clone := &xof{}
	err := clone.own(x.lib, C.libcrypto_xof_copy(x.lib.c, x.state), freeXOF)
	runtime.KeepAlive(x)
	if err != nil {
		return nil, err
	}
	return clone, nil
}

func (x *xof) Close() { freeXOF(x.release()) }
