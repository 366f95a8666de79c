package multi_test

import (
	"slices"

	"github.com/hazmat/hazmat/backends"
)

// stub is a backend that answers as it is told. What it makes knows who made it.
type stub struct {
	name     string
	provides []backends.Interface
	supports bool
	err      error // of making something
	asked    int   // how often it was to make something
	adapters int   // how many were registered
}

type (
	cipherOf struct {
		backends.CipherContext
		maker string
	}
	hashOf struct {
		backends.HashContext
		maker string
	}
	hmacOf struct {
		backends.HMACContext
		maker string
	}
)

// newStub returns a stub that provides and supports everything.
func newStub(name string) *stub { return &stub{name: name, provides: allInterfaces, supports: true} }

func (s *stub) Name() string        { return s.name }
func (s *stub) Description() string { return s.name + ", a stub" }

func (s *stub) Provides(which backends.Interface) bool { return slices.Contains(s.provides, which) }

func (s *stub) CipherSupported(backends.CipherAlgorithm, backends.CipherMode) bool { return s.supports }
func (s *stub) HashSupported(backends.HashAlgorithm) bool                          { return s.supports }
func (s *stub) HMACSupported(backends.HashAlgorithm) bool                          { return s.supports }

func (s *stub) RegisterCipherAdapter(backends.CipherAlgorithm, backends.CipherMode, backends.CipherAdapter) error {
	s.adapters++
	return nil
}

func (s *stub) CreateSymmetricEncryptionCtx(*backends.Cipher, *backends.Mode) (backends.CipherContext, error) {
	s.asked++
	return cipherOf{maker: s.name}, s.err
}

func (s *stub) CreateSymmetricDecryptionCtx(cipher *backends.Cipher, mode *backends.Mode) (backends.CipherContext, error) {
	return s.CreateSymmetricEncryptionCtx(cipher, mode)
}

func (s *stub) CreateHashCtx(backends.HashAlgorithm) (backends.HashContext, error) {
	s.asked++
	return hashOf{maker: s.name}, s.err
}

func (s *stub) CreateHMACCtx([]byte, backends.HashAlgorithm) (backends.HMACContext, error) {
	s.asked++
	return hmacOf{maker: s.name}, s.err
}
