package openssl

/*
#include "libcrypto.h"
*/
import "C"

import (
	"unsafe"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/backends/engine"
)

// adapterModes are the modes of libcrypto that a context can be made for, as
// the modes here that they work like. Left out are those that need the whole
// message, or its length, before they begin.
var adapterModes = map[C.int]backends.CipherMode{
	C.EVP_CIPH_STREAM_CIPHER: backends.ModeNone,
	C.EVP_CIPH_ECB_MODE:      backends.ModeECB,
	C.EVP_CIPH_CBC_MODE:      backends.ModeCBC,
	C.EVP_CIPH_CFB_MODE:      backends.ModeCFB,
	C.EVP_CIPH_OFB_MODE:      backends.ModeOFB,
	C.EVP_CIPH_CTR_MODE:      backends.ModeCTR,
	C.EVP_CIPH_GCM_MODE:      backends.ModeGCM,
	C.EVP_CIPH_XTS_MODE:      backends.ModeXTS,
}

// adopt makes a context of what an adapter returned: the address of an
// EVP_CIPHER, or a context as it is.
func (b *Backend) adopt(object any, p engine.Params) (backends.CipherContext, error) {
	switch object := object.(type) {
	case backends.CipherContext:
		return object, nil
	case uintptr:
		if object == 0 {
			return nil, backends.Errorf(backends.ErrUnsupportedCipher, "adapter of %s says that it is not supported", p.Pair)
		}
		// The address came through a uintptr; Go's own memory it cannot be in.
		return b.newAdapted(*(**C.EVP_CIPHER)(unsafe.Pointer(&object)), p)
	}
	return nil, backends.Errorf(backends.ErrInvalidArgument,
		"adapter of %s returned a %T; the openssl backend takes the address of an EVP_CIPHER or a CipherContext", p.Pair, object)
}

// newAdapted makes a context of a cipher of which only libcrypto knows the
// sizes.
func (b *Backend) newAdapted(cipher *C.EVP_CIPHER, p engine.Params) (backends.CipherContext, error) {
	facts := C.libcrypto_cipher_facts(b.lib.c, cipher)
	mode, ok := adapterModes[facts.mode]
	authenticated := facts.flags&C.EVP_CIPH_FLAG_AEAD_CIPHER != 0
	if authenticated && mode == backends.ModeNone {
		mode = backends.ModeGCM // ChaCha20-Poly1305, which works alike
	}
	if !ok || authenticated != (mode == backends.ModeGCM) || facts.flags&C.EVP_CIPH_FLAG_CTS != 0 ||
		facts.block_size > backends.MaxBlockSize {
		return nil, backends.Errorf(backends.ErrUnsupportedCipher,
			"the EVP_CIPHER for %s works in a mode that cannot be used through an adapter", p.Pair)
	}
	if variable := facts.flags&C.EVP_CIPH_VARIABLE_LENGTH != 0; !variable && len(p.Key) != int(facts.key_size) {
		return nil, backends.Errorf(backends.ErrInvalidKey, "key of %s has %d bits; allowed: %d bits",
			p.Pair, 8*len(p.Key), 8*facts.key_size)
	}
	least, most := int(facts.iv_size), int(facts.iv_size)
	if facts.mode == C.EVP_CIPH_GCM_MODE {
		least, most = backends.MinGCMNonceSize, backends.MaxGCMNonceSize
	}
	if n := len(p.Nonce); n < least || n > most {
		return nil, backends.Errorf(backends.ErrInvalidNonce, "nonce or initialization vector of %s has %d bytes; allowed: %d to %d",
			p.Pair, n, least, most)
	}
	check := p.CheckNoTag
	if authenticated {
		check = p.CheckTag
	}
	if err := check(); err != nil {
		return nil, err
	}
	context, err := newCipherContext(b.lib, cipher, mode, int(facts.block_size), p)
	if backends.StatusOf(err) == backends.ErrInternal {
		// Only libcrypto knows the cipher: what it refuses is the caller's.
		return nil, backends.Errorf(backends.ErrInvalidArgument, "%s: %v", p.Pair, err)
	}
	return context, err
}
