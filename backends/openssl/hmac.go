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

// maxKeySize is the longest key of HMAC that libcrypto is given, in bytes: it
// would cut off what does not fit into an int.
const maxKeySize = 1 << 30

// fetchModel returns HMAC over a hash function as what contexts are made of,
// nil if libcrypto does not have it.
func (b *Backend) fetchModel(algorithm backends.HashAlgorithm) *C.EVP_MAC_CTX {
	names := hashNames[algorithm]
	return fetch(b.lib, names.name, names.legacy, func(name *C.char) *C.EVP_MAC_CTX {
		return C.libcrypto_hmac_fetch(b.lib.c, name)
	})
}

// hmac is an engine.Hash.
type hmac struct{ owned[*C.EVP_MAC_CTX] }

func newHMAC(lib *library, model *C.EVP_MAC_CTX, key []byte) (engine.Hash, error) {
	m := &hmac{}
	if err := m.own(lib, C.libcrypto_hmac_new(lib.c, model, address(key), C.size_t(len(key))), freeHMAC); err != nil {
		return nil, err
	}
	return m, nil
}

// newLongKeyHMAC hashes a key that is longer than a block itself, as HMAC does
// with it (RFC 2104, section 2). The size of the digest is in bytes.
func newLongKeyHMAC(lib *library, algorithm *C.EVP_MD, model *C.EVP_MAC_CTX, key []byte, size int) (engine.Hash, error) {
	d, err := newDigest(lib, algorithm)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	hashed := make([]byte, size)
	defer clear(hashed)
	if err := d.Write(key); err != nil {
		return nil, err
	}
	if err := d.Sum(hashed); err != nil {
		return nil, err
	}
	return newHMAC(lib, model, hashed)
}

func freeHMAC(h held[*C.EVP_MAC_CTX]) { C.libcrypto_hmac_free(h.lib.c, h.state) }

func (m *hmac) Write(data []byte) error {
	err := C.libcrypto_hmac_update(m.lib.c, m.state, address(data), C.size_t(len(data)))
	runtime.KeepAlive(m)
	return failure(backends.ErrInternal, err)
}

func (m *hmac) Sum(dst []byte) error {
	return failure(backends.ErrInternal, C.libcrypto_hmac_finish(m.lib.c, m.release().state, address(dst), C.size_t(len(dst))))
}

func (m *hmac) Clone() (engine.Hash, error) {
	clone := &hmac{}
	err := clone.own(m.lib, C.libcrypto_hmac_copy(m.lib.c, m.state), freeHMAC)
	runtime.KeepAlive(m)
	if err != nil {
		return nil, err
	}
	return clone, nil
}

func (m *hmac) Close() {
	if m.state != nil {
		freeHMAC(m.release())
	}
}
