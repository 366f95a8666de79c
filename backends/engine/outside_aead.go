package engine

import (
	"errors"
	"math"

	"github.com/hazmat/hazmat/backends"
)

// holdAEAD makes a primitive of an AEAD that a backend from outside made.
func holdAEAD(outside backends.AEAD, algorithm backends.AEADAlgorithm) (Sealer, error) {
	if algorithm != backends.AEADAESSIV {
		return heldSealer{outside, algorithm}, nil
	}
	vector, ok := outside.(backends.VectorAEAD)
	if !ok {
		return nil, garbage("an object for %s that takes no list of additional data", algorithm.Name())
	}
	return heldVectorSealer{heldSealer{outside, algorithm}, vector}, nil
}

type heldSealer struct {
	outside   backends.AEAD
	algorithm backends.AEADAlgorithm
}

func (s heldSealer) MaxText() int { return math.MaxInt }

func (s heldSealer) Seal(dst, nonce, plaintext, additionalData []byte) error {
	n, err := s.outside.Seal(dst, nonce, plaintext, additionalData)
	return s.sealed(n, len(dst), err)
}

func (s heldSealer) Open(dst, nonce, ciphertext, additionalData []byte) (bool, error) {
	n, err := s.outside.Open(dst, nonce, ciphertext, additionalData)
	return s.opened(n, len(dst), err)
}

func (s heldSealer) Close() { s.outside.Close() }

// sealed checks what a seal of want bytes gave.
func (s heldSealer) sealed(n, want int, err error) error {
	if misfit(n, want, err) {
		err = garbage("%d bytes of %s where %d belong", n, s.algorithm.Name(), want)
	}
	return err
}

// opened checks what an open of want bytes gave.
func (s heldSealer) opened(n, want int, err error) (bool, error) {
	if errors.Is(err, backends.ErrInvalidTag) {
		return false, nil
	}
	err = s.sealed(n, want, err)
	return err == nil, err
}

type heldVectorSealer struct {
	heldSealer
	outside backends.VectorAEAD
}

func (s heldVectorSealer) SealVector(dst, plaintext []byte, additionalData [][]byte) error {
	n, err := s.outside.SealVector(dst, plaintext, additionalData)
	return s.sealed(n, len(dst), err)
}

func (s heldVectorSealer) OpenVector(dst, ciphertext []byte, additionalData [][]byte) (bool, error) {
	n, err := s.outside.OpenVector(dst, ciphertext, additionalData)
	return s.opened(n, len(dst), err)
}
