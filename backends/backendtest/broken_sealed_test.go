package backendtest

import "github.com/hazmat/hazmat/backends"

func (b *broken) AEADSupported(algorithm backends.AEADAlgorithm) bool {
	if b.aeadSupported != nil {
		return b.aeadSupported(algorithm)
	}
	return b.aeads.AEADSupported(algorithm)
}

func (b *broken) CreateAEAD(algorithm backends.AEADAlgorithm, key []byte, tagLength int) (backends.AEAD, error) {
	create := b.createAEAD
	if create == nil {
		create = b.aeads.CreateAEAD
	}
	aead, err := create(algorithm, key, tagLength)
	if err != nil {
		return nil, err
	}
	return b.aead.wrap(aead), nil
}

// sealCall is Seal or Open of an object; listCall is SealVector or OpenVector.
type (
	sealCall func(aead backends.AEAD, dst, nonce, message, additionalData []byte) (int, error)
	listCall func(aead backends.VectorAEAD, dst, message []byte, list [][]byte) (int, error)
)

// faultySealer is an AEAD with a fault, as faultyCipher is a cipher context.
type faultySealer struct {
	backends.AEAD
	seal, open         sealCall
	sealList, openList listCall
	tagLength          func(aead backends.AEAD) int
	closing            func(aead backends.AEAD)
}

// wrap returns an object with the fault and with the methods of aead.
func (s faultySealer) wrap(aead backends.AEAD) backends.AEAD {
	s.AEAD = aead
	if aead, ok := aead.(backends.VectorAEAD); ok {
		return &faultyVectorSealer{s, aead}
	}
	return &s
}

func (s *faultySealer) TagLength() int {
	if s.tagLength != nil {
		return s.tagLength(s.AEAD)
	}
	return s.AEAD.TagLength()
}

func (s *faultySealer) Seal(dst, nonce, plaintext, additionalData []byte) (int, error) {
	if s.seal != nil {
		return s.seal(s.AEAD, dst, nonce, plaintext, additionalData)
	}
	return s.AEAD.Seal(dst, nonce, plaintext, additionalData)
}

func (s *faultySealer) Open(dst, nonce, ciphertext, additionalData []byte) (int, error) {
	if s.open != nil {
		return s.open(s.AEAD, dst, nonce, ciphertext, additionalData)
	}
	return s.AEAD.Open(dst, nonce, ciphertext, additionalData)
}

func (s *faultySealer) Close() {
	if s.closing != nil {
		s.closing(s.AEAD)
		return
	}
	s.AEAD.Close()
}

type faultyVectorSealer struct {
	faultySealer
	aead backends.VectorAEAD
}

func (s *faultyVectorSealer) SealVector(dst, plaintext []byte, list [][]byte) (int, error) {
	if s.sealList != nil {
		return s.sealList(s.aead, dst, plaintext, list)
	}
	return s.aead.SealVector(dst, plaintext, list)
}

func (s *faultyVectorSealer) OpenVector(dst, ciphertext []byte, list [][]byte) (int, error) {
	if s.openList != nil {
		return s.openList(s.aead, dst, ciphertext, list)
	}
	return s.aead.OpenVector(dst, ciphertext, list)
}
