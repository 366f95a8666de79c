package multi

import (
	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/backends/engine"
)

// HashMessage implements backends.MessageBackend.
func (b *backend) HashMessage(dst []byte, algorithm backends.HashAlgorithm, data []byte) (int, error) {
	return askHash(b, algorithm, whole[backends.HashBackend](func(child backends.MessageBackend) (int, error) {
		return child.HashMessage(dst, algorithm, data)
	}))
}

// HashMany implements backends.MessageBackend.
func (b *backend) HashMany(dst []byte, algorithm backends.HashAlgorithm, messages [][]byte) (int, error) {
	return askHash(b, algorithm, whole[backends.HashBackend](func(child backends.MessageBackend) (int, error) {
		return child.HashMany(dst, algorithm, messages)
	}))
}

// HMACMessage implements backends.MessageBackend.
func (b *backend) HMACMessage(dst, key []byte, algorithm backends.HashAlgorithm, data []byte) (int, error) {
	return askHMAC(b, algorithm, whole[backends.HMACBackend](func(child backends.MessageBackend) (int, error) {
		return child.HMACMessage(dst, key, algorithm, data)
	}))
}

// HMACMany implements backends.MessageBackend.
func (b *backend) HMACMany(dst, key []byte, algorithm backends.HashAlgorithm, messages [][]byte) (int, error) {
	return askHMAC(b, algorithm, whole[backends.HMACBackend](func(child backends.MessageBackend) (int, error) {
		return child.HMACMany(dst, key, algorithm, messages)
	}))
}

// EncryptMessage implements backends.MessageBackend.
func (b *backend) EncryptMessage(dst []byte, cipher *backends.Cipher, mode *backends.Mode, data []byte) (int, error) {
	return askCipher(b, cipher, mode, whole[backends.CipherBackend](func(child backends.MessageBackend) (int, error) {
		return child.EncryptMessage(dst, cipher, mode, data)
	}))
}

// DecryptMessage implements backends.MessageBackend.
func (b *backend) DecryptMessage(dst []byte, cipher *backends.Cipher, mode *backends.Mode, data []byte) (int, error) {
	return askCipher(b, cipher, mode, whole[backends.CipherBackend](func(child backends.MessageBackend) (int, error) {
		return child.DecryptMessage(dst, cipher, mode, data)
	}))
}

// SealMessage implements backends.MessageBackend.
func (b *backend) SealMessage(dst []byte, algorithm backends.AEADAlgorithm, key, nonce, plaintext, additionalData []byte) (int, error) {
	return askAEAD(b, algorithm, whole[backends.AEADBackend](func(child backends.MessageBackend) (int, error) {
		return child.SealMessage(dst, algorithm, key, nonce, plaintext, additionalData)
	}))
}

// OpenMessage implements backends.MessageBackend.
func (b *backend) OpenMessage(dst []byte, algorithm backends.AEADAlgorithm, key, nonce, ciphertext, additionalData []byte) (int, error) {
	return askAEAD(b, algorithm, whole[backends.AEADBackend](func(child backends.MessageBackend) (int, error) {
		return child.OpenMessage(dst, algorithm, key, nonce, ciphertext, additionalData)
	}))
}

// whole makes what is done with a MessageBackend something to ask a backend
// for.
func whole[I backends.Backend](do func(backends.MessageBackend) (int, error)) func(I) (int, error) {
	return func(child I) (int, error) { return do(engine.WithMessages(child)) }
}
