package openssl

/*
#include "libcrypto.h"
*/
import "C"

import (
	"runtime"
	"sync"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/backends/engine"
)

// hashNames are libcrypto's names of the hash functions.
var hashNames = map[backends.HashAlgorithm]struct {
	name   string
	legacy bool // the legacy provider may have it
}{
	backends.HashMD5:        {name: "MD5"},
	backends.HashSHA1:       {name: "SHA1"},
	backends.HashSHA224:     {name: "SHA2-224"},
	backends.HashSHA256:     {name: "SHA2-256"},
	backends.HashSHA384:     {name: "SHA2-384"},
	backends.HashSHA512:     {name: "SHA2-512"},
	backends.HashSHA512_224: {name: "SHA2-512/224"},
	backends.HashSHA512_256: {name: "SHA2-512/256"},
	backends.HashSHA3_224:   {name: "SHA3-224"},
	backends.HashSHA3_256:   {name: "SHA3-256"},
	backends.HashSHA3_384:   {name: "SHA3-384"},
	backends.HashSHA3_512:   {name: "SHA3-512"},
	backends.HashSHAKE128:   {name: "SHAKE128"},
	backends.HashSHAKE256:   {name: "SHAKE256"},
	backends.HashBLAKE2b:    {name: "BLAKE2B-512"},
	backends.HashBLAKE2s:    {name: "BLAKE2S-256"},
	backends.HashRIPEMD160:  {name: "RIPEMD160", legacy: true},
	backends.HashWhirlpool:  {name: "WHIRLPOOL", legacy: true},
	backends.HashSM3:        {name: "SM3"},
}

// fetchDigest returns a hash function, nil if libcrypto does not have it.
func (b *Backend) fetchDigest(algorithm backends.HashAlgorithm) *C.EVP_MD {
	size := algorithm.DigestSize()
	if algorithm.Extendable() {
		size = 0
	}
	names := hashNames[algorithm]
	return fetch(b.lib, names.name, names.legacy, func(name *C.char) *C.EVP_MD {
		return C.libcrypto_digest_fetch(b.lib.c, name, C.size_t(size))
	})
}

// addHashes fills in what the backend has of hash functions and HMAC.
func (b *Backend) addHashes() {
	b.Hashes.New = map[backends.HashAlgorithm]func() (engine.Hash, error){}
	b.Hashes.NewHMAC = map[backends.HashAlgorithm]func(key []byte) (engine.Hash, error){}
	digests := map[backends.HashAlgorithm]func() *C.EVP_MD{}
	models := map[backends.HashAlgorithm]func() *C.EVP_MAC_CTX{}
	for algorithm := range hashNames {
		digest := sync.OnceValue(func() *C.EVP_MD { return b.fetchDigest(algorithm) })
		digests[algorithm] = digest
		if algorithm.Extendable() {
			b.Hashes.New[algorithm] = func() (engine.Hash, error) { return newXOF(b.lib, digest()) }
			continue
		}
		b.Hashes.New[algorithm] = func() (engine.Hash, error) { return newDigest(b.lib, digest()) }
		model := sync.OnceValue(func() *C.EVP_MAC_CTX { return b.fetchModel(algorithm) })
		models[algorithm] = model
		b.Hashes.NewHMAC[algorithm] = func(key []byte) (engine.Hash, error) {
			if len(key) > maxKeySize {
				return newLongKeyHMAC(b.lib, digest(), model(), key, algorithm.DigestSize())
			}
			return newHMAC(b.lib, model(), key)
		}
	}
	b.Hashes.Available = func(algorithm backends.HashAlgorithm) bool { return digests[algorithm]() != nil }
	b.Hashes.AvailableHMAC = func(algorithm backends.HashAlgorithm) bool { return models[algorithm]() != nil }
}

// digest is an engine.Hash.
type digest struct{ owned[*C.EVP_MD_CTX] }

func newDigest(lib *library, algorithm *C.EVP_MD) (engine.Hash, error) {
	d := &digest{}
	if err := d.own(lib, C.libcrypto_digest_new(lib.c, algorithm), freeDigest); err != nil {
		return nil, err
	}
	return d, nil
}

func freeDigest(h held[*C.EVP_MD_CTX]) { C.libcrypto_digest_free(h.lib.c, h.state) }

func (d *digest) Write(data []byte) error {
	err := C.libcrypto_digest_update(d.lib.c, d.state, address(data), C.size_t(len(data)))
	runtime.KeepAlive(d)
	return failure(backends.ErrInternal, err)
}

func (d *digest) Sum(dst []byte) error {
	return failure(backends.ErrInternal, C.libcrypto_digest_finish(d.lib.c, d.release().state, address(dst)))
}

func (d *digest) Clone() (engine.Hash, error) {
	clone := &digest{}
	err := clone.own(d.lib, C.libcrypto_digest_copy(d.lib.c, d.state), freeDigest)
	runtime.KeepAlive(d)
	if err != nil {
		return nil, err
	}
	return clone, nil
}

func (d *digest) Close() {
	if d.state != nil {
		freeDigest(d.release())
	}
}
