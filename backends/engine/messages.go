package engine

import (
	"github.com/hazmat/hazmat/backends"
)

// Messages is the part of a backend that does whole operations in one call. A
// backend embeds it to be a backends.MessageBackend. It does not change, so any
// number of goroutines may use it.
type Messages struct {
	// Backend is the backend that this is a part of.
	Backend backends.Backend
	// Sums has a function for each hash function that the backend computes
	// faster without a context: it fills dst, which is as long as the digest.
	// It may be nil.
	Sums map[backends.HashAlgorithm]func(dst, data []byte)
	// Alone says that the backend is to be called on the caller's thread only.
	Alone bool
}

// WithMessages returns a backend as a MessageBackend. One that is none becomes
// one that is called on the caller's thread only.
func WithMessages(backend backends.Backend) backends.MessageBackend {
	if whole, ok := backend.(backends.MessageBackend); ok {
		return whole
	}
	return struct {
		backends.Backend
		*Messages
	}{backend, &Messages{Backend: backend, Alone: true}}
}

func (m *Messages) missing(which backends.Interface) error {
	return backends.Errorf(backends.ErrUnsupportedInterface, "backend %s does not provide %s", m.Backend.Name(), which.Name())
}

// provider returns the backend as what it is in Go, if it provides an
// interface.
func provider[I backends.Backend](m *Messages, which backends.Interface) (I, error) {
	provider, ok := m.Backend.(I)
	if !ok || !m.Backend.Provides(which) {
		return provider, m.missing(which)
	}
	return provider, nil
}

// HashMessage implements backends.MessageBackend.
func (m *Messages) HashMessage(dst []byte, algorithm backends.HashAlgorithm, data []byte) (int, error) {
	if sum := m.Sums[algorithm]; sum != nil {
		size := algorithm.DigestSize()
		if need, err := checkRoom(dst, size); err != nil {
			return need, err
		}
		sum(dst[:size], data)
		return size, nil
	}
	backend, err := provider[backends.HashBackend](m, backends.InterfaceHash)
	if err != nil {
		return 0, err
	}
	context, err := backend.CreateHashCtx(algorithm)
	if err != nil {
		return 0, err
	}
	return finish(context, dst, data)
}

// HMACMessage implements backends.MessageBackend.
func (m *Messages) HMACMessage(dst, key []byte, algorithm backends.HashAlgorithm, data []byte) (int, error) {
	backend, err := provider[backends.HMACBackend](m, backends.InterfaceHMAC)
	if err != nil {
		return 0, err
	}
	context, err := backend.CreateHMACCtx(key, algorithm)
	if err != nil {
		return 0, err
	}
	return finish(context, dst, data)
}

// finish ends a new context that hashes data. One whose digest does not fit
// has done nothing yet.
func finish(context interface {
	Update(data []byte) error
	Finalize(dst []byte) (int, error)
	Close()
}, dst, data []byte) (int, error) {
	defer context.Close()
	if err := context.Update(data); err != nil {
		return 0, err
	}
	return context.Finalize(dst)
}

// EncryptMessage implements backends.MessageBackend.
func (m *Messages) EncryptMessage(dst []byte, cipher *backends.Cipher, mode *backends.Mode, data []byte) (int, error) {
	return m.crypt(dst, cipher, mode, data, backends.CipherBackend.CreateSymmetricEncryptionCtx)
}

// DecryptMessage implements backends.MessageBackend.
func (m *Messages) DecryptMessage(dst []byte, cipher *backends.Cipher, mode *backends.Mode, data []byte) (int, error) {
	return m.crypt(dst, cipher, mode, data, backends.CipherBackend.CreateSymmetricDecryptionCtx)
}

func (m *Messages) crypt(dst []byte, cipher *backends.Cipher, mode *backends.Mode, data []byte,
	create func(backends.CipherBackend, *backends.Cipher, *backends.Mode) (backends.CipherContext, error),
) (int, error) {
	backend, err := provider[backends.CipherBackend](m, backends.InterfaceCipher)
	if err != nil {
		return 0, err
	}
	context, err := create(backend, cipher, mode)
	if err != nil {
		return 0, err
	}
	defer context.Close()
	if _, ok := context.(backends.AEADCipherContext); ok {
		return 0, backends.Errorf(backends.ErrInvalidArgument, "an authenticated mode has a tag; SealMessage and OpenMessage are for those")
	}
	n, err := context.Update(dst, data)
	if backends.StatusOf(err) == backends.ErrBufferTooSmall || backends.StatusOf(err) == backends.ErrOverlap {
		return n, err
	}
	last := 0
	if err == nil {
		last, err = context.Finalize(dst[n:])
	}
	if err != nil {
		clear(dst[:min(len(dst), len(data))])
		return 0, err
	}
	return n + last, nil
}

// SealMessage implements backends.MessageBackend.
func (m *Messages) SealMessage(dst []byte, algorithm backends.AEADAlgorithm, key, nonce, plaintext, additionalData []byte) (int, error) {
	aead, err := m.aead(algorithm, key)
	if err != nil {
		return 0, err
	}
	defer aead.Close()
	return aead.Seal(dst, nonce, plaintext, additionalData)
}

// OpenMessage implements backends.MessageBackend.
func (m *Messages) OpenMessage(dst []byte, algorithm backends.AEADAlgorithm, key, nonce, ciphertext, additionalData []byte) (int, error) {
	aead, err := m.aead(algorithm, key)
	if err != nil {
		return 0, err
	}
	defer aead.Close()
	return aead.Open(dst, nonce, ciphertext, additionalData)
}

func (m *Messages) aead(algorithm backends.AEADAlgorithm, key []byte) (backends.AEAD, error) {
	backend, err := provider[backends.AEADBackend](m, backends.InterfaceAEAD)
	if err != nil {
		return nil, err
	}
	return backend.CreateAEAD(algorithm, key, 0)
}
