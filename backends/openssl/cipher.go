package openssl

/*
#include "libcrypto.h"
*/
import "C"

import (
	"fmt"
	"sync"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/backends/engine"
)

// cipherFamily is how libcrypto names a block cipher or stream cipher.
type cipherFamily struct {
	name   string
	sizes  []int // of keys in bits, where they are part of the name
	legacy bool  // the legacy provider has it
}

var cipherFamilies = map[backends.CipherAlgorithm]cipherFamily{
	backends.CipherAES:       {name: "AES", sizes: []int{128, 192, 256}},
	backends.CipherCamellia:  {name: "CAMELLIA", sizes: []int{128, 192, 256}},
	backends.CipherTripleDES: {name: "DES-EDE3"},
	backends.CipherBlowfish:  {name: "BF", legacy: true},
	backends.CipherCAST5:     {name: "CAST5", legacy: true},
	backends.CipherIDEA:      {name: "IDEA", legacy: true},
	backends.CipherSEED:      {name: "SEED", legacy: true},
	backends.CipherSM4:       {name: "SM4"},
	backends.CipherARC4:      {name: "RC4", legacy: true},
	backends.CipherChaCha20:  {name: "ChaCha20"},
}

// ciphers are the ciphers of a pair, by the size of the key in bits; 0 stands
// for any. A function returns nil if libcrypto does not have the cipher. It
// asks once.
type ciphers map[int]func() *C.EVP_CIPHER

func (c ciphers) of(bits int) *C.EVP_CIPHER {
	for _, size := range []int{bits, 0} {
		if fetch, ok := c[size]; ok {
			return fetch()
		}
	}
	return nil
}

func (c ciphers) available() bool {
	for _, fetch := range c {
		if fetch() != nil {
			return true
		}
	}
	return false
}

// ciphersOf returns the ciphers of a pair.
func (b *Backend) ciphersOf(pair engine.Pair) ciphers {
	family := cipherFamilies[pair.Cipher]
	once := func(format string, args ...any) func() *C.EVP_CIPHER {
		name := fmt.Sprintf(format, args...)
		if pair.Mode != backends.ModeNone {
			name += "-" + pair.Mode.Name()
		}
		return sync.OnceValue(func() *C.EVP_CIPHER {
			return fetch(b.lib, name, family.legacy, func(c *C.char) *C.EVP_CIPHER {
				return C.libcrypto_cipher_fetch(b.lib.c, c)
			})
		})
	}
	if family.sizes == nil {
		return ciphers{0: once("%s", family.name)}
	}
	table := ciphers{}
	for _, size := range family.sizes {
		fetch := once("%s-%d", family.name, size)
		if pair.Mode != backends.ModeXTS {
			table[size] = fetch
		} else if size != 192 { // IEEE 1619 has none
			table[2*size] = fetch
		}
	}
	return table
}

// addCiphers fills in what the backend has of ciphers.
func (b *Backend) addCiphers() {
	b.Ciphers.Adopt = b.adopt
	b.Ciphers.New = map[engine.Pair]func(engine.Params) (backends.CipherContext, error){}
	all := map[engine.Pair]ciphers{}
	for algorithm := range cipherFamilies {
		for _, mode := range algorithm.Modes() {
			pair := engine.Pair{Cipher: algorithm, Mode: mode}
			table := b.ciphersOf(pair)
			all[pair] = table
			b.Ciphers.New[pair] = func(p engine.Params) (backends.CipherContext, error) {
				cipher := table.of(8 * len(p.Key))
				if cipher == nil {
					return nil, backends.Errorf(backends.ErrUnsupportedCipher,
						"backend %s has no %s with keys of %d bits", b.name, pair, 8*len(p.Key))
				}
				return newCipherContext(b.lib, cipher, workingMode(pair), algorithm.BlockSize(), p)
			}
		}
	}
	b.Ciphers.Available = func(pair engine.Pair) bool { return all[pair].available() }
}

// workingMode is the mode that a context of a pair works like: ChaCha20 is in
// effect a cipher in counter mode.
func workingMode(pair engine.Pair) backends.CipherMode {
	if pair.Cipher == backends.CipherChaCha20 {
		return backends.ModeCTR
	}
	return pair.Mode
}
