package multi

import (
	"slices"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/backends/engine"
)

// CipherSupported implements backends.CipherBackend.
func (b *backend) CipherSupported(cipher backends.CipherAlgorithm, mode backends.CipherMode) bool {
	return slices.ContainsFunc(b.ciphers, func(child backends.CipherBackend) bool { return child.CipherSupported(cipher, mode) })
}

// RegisterCipherAdapter implements backends.CipherBackend.
func (b *backend) RegisterCipherAdapter(cipher backends.CipherAlgorithm, mode backends.CipherMode, adapter backends.CipherAdapter) error {
	if len(b.ciphers) == 0 {
		return b.missingCipher(engine.Pair{Cipher: cipher, Mode: mode})
	}
	if slices.ContainsFunc(b.ciphers[1:], func(child backends.CipherBackend) bool { return child.CipherSupported(cipher, mode) }) {
		return backends.Errorf(backends.ErrAlreadyRegistered, "backend %s has %s already", b.Name(), engine.Pair{Cipher: cipher, Mode: mode})
	}
	return b.ciphers[0].RegisterCipherAdapter(cipher, mode, adapter)
}

// CreateSymmetricEncryptionCtx implements backends.CipherBackend.
func (b *backend) CreateSymmetricEncryptionCtx(cipher *backends.Cipher, mode *backends.Mode) (backends.CipherContext, error) {
	return askCipher(b, cipher, mode, func(child backends.CipherBackend) (backends.CipherContext, error) {
		return child.CreateSymmetricEncryptionCtx(cipher, mode)
	})
}

// CreateSymmetricDecryptionCtx implements backends.CipherBackend.
func (b *backend) CreateSymmetricDecryptionCtx(cipher *backends.Cipher, mode *backends.Mode) (backends.CipherContext, error) {
	return askCipher(b, cipher, mode, func(child backends.CipherBackend) (backends.CipherContext, error) {
		return child.CreateSymmetricDecryptionCtx(cipher, mode)
	})
}

// askCipher has the first backend do something that has a cipher in a mode.
func askCipher[C any](b *backend, cipher *backends.Cipher, mode *backends.Mode, do func(backends.CipherBackend) (C, error)) (C, error) {
	if cipher == nil {
		var none C
		return none, backends.Errorf(backends.ErrNullPointer, "cipher is NULL")
	}
	pair := engine.Pair{Cipher: cipher.Algorithm}
	if mode != nil {
		pair.Mode = mode.Mode
	}
	return ask(b.ciphers,
		func(child backends.CipherBackend) bool { return child.CipherSupported(pair.Cipher, pair.Mode) },
		do, func() error { return b.missingCipher(pair) })
}

func (b *backend) missingCipher(pair engine.Pair) error {
	return b.missing(backends.InterfaceCipher, backends.ErrUnsupportedCipher, pair.String())
}
