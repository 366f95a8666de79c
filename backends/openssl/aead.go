package openssl

/*
#include "libcrypto.h"
*/
import "C"

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"unsafe"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/backends/engine"
)

// aeadFamily is an algorithm for authenticated encryption as libcrypto has it.
type aeadFamily struct {
	name    string // with the size of the key in bits, if it is part of it
	keys    int    // how many keys of that size the key is made of
	counted bool   // libcrypto is told the lengths of tag and message before it
	whole   bool   // it takes each text in one piece only
}

// XChaCha20-Poly1305 is not libcrypto's; AES-GCM-SIV is from 3.2 on.
var aeadFamilies = map[backends.AEADAlgorithm]aeadFamily{
	backends.AEADAESGCM:           {name: "AES-%d-GCM", keys: 1},
	backends.AEADChaCha20Poly1305: {name: "ChaCha20-Poly1305", keys: 1},
	backends.AEADAESCCM:           {name: "AES-%d-CCM", keys: 1, counted: true, whole: true},
	backends.AEADAESOCB3:          {name: "AES-%d-OCB", keys: 1},
	backends.AEADAESSIV:           {name: "AES-%d-SIV", keys: 2, whole: true},
	backends.AEADAESGCMSIV:        {name: "AES-%d-GCM-SIV", keys: 1, whole: true},
}

// addAEADs fills in what the backend has of authenticated encryption in one
// call.
func (b *Backend) addAEADs() {
	b.AEADs.New = map[backends.AEADAlgorithm]func(key []byte, tagLength int) (engine.Sealer, error){}
	all := map[backends.AEADAlgorithm]ciphers{}
	for algorithm, family := range aeadFamilies {
		table := ciphers{}
		for _, bits := range algorithm.KeySizes() {
			name := family.name
			if strings.Contains(name, "%") {
				name = fmt.Sprintf(name, int(bits)/family.keys)
			}
			table[int(bits)] = sync.OnceValue(func() *C.EVP_CIPHER {
				return fetch(b.lib, name, false, func(c *C.char) *C.EVP_CIPHER { return C.libcrypto_cipher_fetch(b.lib.c, c) })
			})
		}
		all[algorithm] = table
		b.AEADs.New[algorithm] = func(key []byte, tagLength int) (engine.Sealer, error) {
			cipher := table.of(8 * len(key))
			if cipher == nil {
				return nil, backends.Errorf(backends.ErrUnsupportedCipher,
					"backend %s has no %s with keys of %d bits", b.name, algorithm.Name(), 8*len(key))
			}
			s := sealer{lib: b.lib, cipher: cipher, family: family, key: slices.Clone(key), tagLength: tagLength}
			if algorithm == backends.AEADAESSIV {
				return &vectorSealer{s}, nil
			}
			return &s, nil
		}
	}
	b.AEADs.Available = func(algorithm backends.AEADAlgorithm) bool { return all[algorithm].available() }
}

// sealer is an engine.Sealer. Each message has a context of libcrypto's to
// itself, so there may be any number of messages at once.
type sealer struct {
	lib       *library
	cipher    *C.EVP_CIPHER
	family    aeadFamily
	key       []byte // a copy of our own
	tagLength int    // bytes
}

// MaxText implements engine.Sealer: libcrypto takes lengths as int.
func (s *sealer) MaxText() int {
	if s.family.whole {
		return math.MaxInt32
	}
	return math.MaxInt
}

func (s *sealer) Seal(dst, nonce, plaintext, additionalData []byte) error {
	n := len(plaintext)
	return s.seal(dst[:n], dst[n:], nonce, plaintext, additionalData, []C.size_t{C.size_t(len(additionalData))})
}

func (s *sealer) Open(dst, nonce, ciphertext, additionalData []byte) (bool, error) {
	n := len(dst)
	return s.open(dst, ciphertext[n:], nonce, ciphertext[:n], additionalData, []C.size_t{C.size_t(len(additionalData))})
}

func (s *sealer) seal(dst, tag, nonce, plaintext, additional []byte, sizes []C.size_t) error {
	_, err := s.crypt(true, dst, tag, nonce, plaintext, additional, sizes)
	return err
}

// open compares a copy of the tag, which libcrypto might write to.
func (s *sealer) open(dst, tag, nonce, ciphertext, additional []byte, sizes []C.size_t) (bool, error) {
	return s.crypt(false, dst, bytes.Clone(tag), nonce, ciphertext, additional, sizes)
}

// crypt processes a message. Texts of additional data stand one behind the
// other.
func (s *sealer) crypt(encrypt bool, dst, tag, nonce, src, additional []byte, sizes []C.size_t) (bool, error) {
	aead := C.struct_libcrypto_aead{
		cipher: s.cipher, key: address(s.key), tag_size: C.int(s.tagLength),
		counted: C.bool(s.family.counted), whole: C.bool(s.family.whole),
	}
	result := C.libcrypto_aead_crypt(s.lib.c, aead, C.bool(encrypt),
		C.struct_libcrypto_bytes{address(nonce), C.size_t(len(nonce))},
		address(additional), unsafe.SliceData(sizes), C.size_t(len(sizes)),
		address(dst), address(src), C.size_t(len(src)), address(tag))
	return bool(result.ok), failure(backends.ErrInternal, result.error)
}

func (s *sealer) Close() { clear(s.key) }

// vectorSealer is AES-SIV, whose tag comes first.
type vectorSealer struct{ sealer }

func (s *vectorSealer) SealVector(dst, plaintext []byte, additionalData [][]byte) error {
	tag, ciphertext := dst[:s.tagLength], dst[s.tagLength:]
	if unsafe.SliceData(dst) == unsafe.SliceData(plaintext) {
		copy(ciphertext, plaintext) // it may be in place, but not shifted
		plaintext = ciphertext
	}
	additional, sizes := joined(additionalData)
	return s.seal(ciphertext, tag, nil, plaintext, additional, sizes)
}

func (s *vectorSealer) OpenVector(dst, ciphertext []byte, additionalData [][]byte) (bool, error) {
	tag, src := bytes.Clone(ciphertext[:s.tagLength]), ciphertext[s.tagLength:]
	if unsafe.SliceData(dst) == unsafe.SliceData(ciphertext) {
		copy(dst, src)
		src = dst
	}
	additional, sizes := joined(additionalData)
	return s.open(dst, tag, nil, src, additional, sizes)
}

// joined returns texts one behind the other, and their sizes.
func joined(texts [][]byte) ([]byte, []C.size_t) {
	var sizes []C.size_t
	for _, text := range texts {
		sizes = append(sizes, C.size_t(len(text)))
	}
	return bytes.Join(texts, nil), sizes
}
