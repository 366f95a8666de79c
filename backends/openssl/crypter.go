package openssl

/*
#include "libcrypto.h"
*/
import "C"

import (
	"runtime"
	"unsafe"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/backends/engine"
)

// crypter is a cipher at work on one message: an engine.Crypter, and for those
// who ask an engine.NonceCrypter.
type crypter struct{ owned[*C.EVP_CIPHER_CTX] }

// newCipherContext returns a context of a cipher that works like one in a mode,
// with blocks of a size in bytes.
func newCipherContext(lib *library, cipher *C.EVP_CIPHER, mode backends.CipherMode, blockSize int, p engine.Params) (backends.CipherContext, error) {
	c := &crypter{}
	made := C.libcrypto_cipher_new(lib.c, cipher, p.Operation == backends.OperationEncrypt,
		address(p.Key), C.size_t(len(p.Key)), address(p.Nonce), C.size_t(len(p.Nonce)))
	if err := c.own(lib, made, freeCipher); err != nil {
		return nil, err
	}
	switch mode {
	case backends.ModeECB, backends.ModeCBC:
		return engine.NewBlockContext(c, blockSize), nil
	case backends.ModeCTR:
		return engine.NewNonceContext(c, p), nil
	case backends.ModeXTS:
		return engine.NewDataUnitContext(c), nil
	case backends.ModeGCM:
		return engine.NewAEADContext(&aead{c}, p), nil
	}
	return engine.NewStreamContext(c), nil
}

// address returns the address of data as C wants it. An unsafe.Pointer would
// have cgo look through all that the data is a part of.
func address(data []byte) *C.uchar { return (*C.uchar)(unsafe.SliceData(data)) }

func freeCipher(h held[*C.EVP_CIPHER_CTX]) { C.libcrypto_cipher_free(h.lib.c, h.state) }

func (c *crypter) Crypt(dst, src []byte) error {
	err := C.libcrypto_cipher_update(c.lib.c, c.state, address(dst), address(src), C.size_t(len(src)))
	runtime.KeepAlive(c)
	return failure(backends.ErrInternal, err)
}

func (c *crypter) Reset(nonce []byte) error {
	err := C.libcrypto_cipher_reset(c.lib.c, c.state, address(nonce))
	runtime.KeepAlive(c)
	return failure(backends.ErrInternal, err)
}

func (c *crypter) Close() { freeCipher(c.release()) }

// aead is an engine.AEAD.
type aead struct{ *crypter }

func (a *aead) Authenticate(data []byte) error {
	if len(data) == 0 {
		return nil
	}
	err := C.libcrypto_cipher_update(a.lib.c, a.state, nil, address(data), C.size_t(len(data)))
	runtime.KeepAlive(a)
	return failure(backends.ErrInternal, err)
}

func (a *aead) Tag(tag *[backends.MaxTagSize]byte) error {
	err := C.libcrypto_cipher_tag(a.lib.c, a.state, address(tag[:]), backends.MaxTagSize)
	runtime.KeepAlive(a)
	return failure(backends.ErrInternal, err)
}

func (a *aead) Verify(tag []byte) (bool, error) {
	ok := C.libcrypto_cipher_verify(a.lib.c, a.state, address(tag), C.size_t(len(tag)))
	runtime.KeepAlive(a)
	return bool(ok), nil
}
