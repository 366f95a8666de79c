package native

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha3"
	"crypto/sha512"
	"hash"
	"reflect"

	"golang.org/x/crypto/blake2b"
	"golang.org/x/crypto/blake2s"
	//lint:ignore SA1019 a legacy hash function, here for those who still need it
	"golang.org/x/crypto/ripemd160"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/backends/engine"
)

// goHashes are the hash functions with an output of one length.
var goHashes = map[backends.HashAlgorithm]func() hash.Hash{
	backends.HashMD5:        md5.New,
	backends.HashSHA1:       sha1.New,
	backends.HashSHA224:     sha256.New224,
	backends.HashSHA256:     sha256.New,
	backends.HashSHA384:     sha512.New384,
	backends.HashSHA512:     sha512.New,
	backends.HashSHA512_224: sha512.New512_224,
	backends.HashSHA512_256: sha512.New512_256,
	backends.HashSHA3_224:   opaque(sha3.New224),
	backends.HashSHA3_256:   opaque(sha3.New256),
	backends.HashSHA3_384:   opaque(sha3.New384),
	backends.HashSHA3_512:   opaque(sha3.New512),
	backends.HashBLAKE2b:    unkeyed(blake2b.New512),
	backends.HashBLAKE2s:    unkeyed(blake2s.New256),
	backends.HashRIPEMD160:  ripemd160.New,
}

// unkeyed makes a plain hash function of one that can take a key. Without a
// key it does not fail.
func unkeyed(keyed func(key []byte) (hash.Hash, error)) func() hash.Hash {
	return func() hash.Hash {
		h, err := keyed(nil)
		if err != nil {
			panic(err)
		}
		return h
	}
}

// opaque hides a SHA-3 state's own type. crypto/hmac would take it apart, and
// then cannot clone what it finds inside (Go 1.26).
func opaque(newHash func() *sha3.SHA3) func() hash.Hash {
	return func() hash.Hash { return plain{newHash()} }
}

func newHashes() map[backends.HashAlgorithm]func() (engine.Hash, error) {
	table := map[backends.HashAlgorithm]func() (engine.Hash, error){
		backends.HashSHAKE128: func() (engine.Hash, error) { return &shake{*sha3.NewSHAKE128()}, nil },
		backends.HashSHAKE256: func() (engine.Hash, error) { return &shake{*sha3.NewSHAKE256()}, nil },
	}
	for algorithm, newHash := range goHashes {
		table[algorithm] = func() (engine.Hash, error) { return &goHash{cloner(newHash())}, nil }
	}
	return table
}

func newHMACs() map[backends.HashAlgorithm]func(key []byte) (engine.Hash, error) {
	table := map[backends.HashAlgorithm]func(key []byte) (engine.Hash, error){}
	for algorithm, newHash := range goHashes {
		table[algorithm] = func(key []byte) (engine.Hash, error) {
			mac := hmac.New(func() hash.Hash { return cloner(newHash()) }, key)
			clonable, ok := mac.(hash.Cloner)
			if !ok { // only if built with GOFIPS140=v1.0.0
				return nil, backends.Errorf(backends.ErrInternal, "this build's crypto/hmac cannot copy its state")
			}
			return &goHash{clonable}, nil
		}
	}
	return table
}

// goHash is an engine.Hash made of one of Go's.
type goHash struct{ h hash.Cloner }

func (s *goHash) Write(data []byte) error {
	_, err := s.h.Write(data)
	return err
}

func (s *goHash) Sum(dst []byte) error {
	s.h.Sum(dst[:0])
	return nil
}

func (s *goHash) Clone() (engine.Hash, error) {
	h, err := s.h.Clone()
	if err != nil {
		return nil, err
	}
	unshare(h)
	return &goHash{h}, nil
}

func (s *goHash) Close() { wipe(s.h) }

// cloner returns h with a method to clone it. Those of golang.org/x/crypto
// have none; some can marshal their state, RIPEMD-160 not even that.
func cloner(h hash.Hash) hash.Cloner {
	if c, ok := h.(hash.Cloner); ok {
		return c
	}
	return plain{h}
}

// plain is a hash function whose state is one struct without pointers, so that
// a copy of the struct is a copy of the state.
type plain struct{ hash.Hash }

// Clone implements hash.Cloner.
func (p plain) Clone() (hash.Cloner, error) {
	state := reflect.ValueOf(p.Hash).Elem()
	clone := reflect.New(state.Type())
	clone.Elem().Set(state)
	return plain{clone.Interface().(hash.Hash)}, nil
}

// shake is an engine.XOF. A copy of the struct is a copy of the state: the
// slice inside belongs to cSHAKE and is never written.
type shake struct{ s sha3.SHAKE }

func (s *shake) Write(data []byte) error {
	_, err := s.s.Write(data)
	return err
}

func (s *shake) Sum(dst []byte) error { return s.Squeeze(dst) }

func (s *shake) Squeeze(dst []byte) error {
	_, err := s.s.Read(dst)
	return err
}

func (s *shake) Clone() (engine.Hash, error) {
	clone := *s
	return &clone, nil
}

func (s *shake) Close() { *s = shake{} }
