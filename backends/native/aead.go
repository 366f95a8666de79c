package native

import (
	"crypto/aes"
	"crypto/cipher"
	"math"

	"golang.org/x/crypto/chacha20poly1305"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/backends/engine"
)

// newAEADs returns the algorithms that the backend has.
func newAEADs() map[backends.AEADAlgorithm]func(key []byte, tagLength int) (engine.Sealer, error) {
	return map[backends.AEADAlgorithm]func(key []byte, tagLength int) (engine.Sealer, error){
		backends.AEADAESGCM:            newGCMSealer,
		backends.AEADChaCha20Poly1305:  newSealer(chacha20poly1305.New),
		backends.AEADXChaCha20Poly1305: newSealer(chacha20poly1305.NewX),
	}
}

// sealer is an engine.Sealer made of a cipher.AEAD.
type sealer struct{ aead cipher.AEAD }

// newSealer makes a Sealer of a function that copies the key.
func newSealer(newAEAD func(key []byte) (cipher.AEAD, error)) func(key []byte, _ int) (engine.Sealer, error) {
	return func(key []byte, _ int) (engine.Sealer, error) {
		aead, err := newAEAD(key)
		if err != nil {
			return nil, err
		}
		return &sealer{scrubbed{aead}}, nil
	}
}

// scrubbed leaves nothing on the stack, where ChaCha20-Poly1305 of
// golang.org/x/crypto sets up its state, the key in it.
type scrubbed struct{ cipher.AEAD }

func (s scrubbed) Seal(dst, nonce, plaintext, additionalData []byte) []byte {
	defer scrubStack()
	return s.AEAD.Seal(dst, nonce, plaintext, additionalData)
}

func (s scrubbed) Open(dst, nonce, ciphertext, additionalData []byte) ([]byte, error) {
	defer scrubStack()
	return s.AEAD.Open(dst, nonce, ciphertext, additionalData)
}

func (s *sealer) MaxText() int { return math.MaxInt }

func (s *sealer) Seal(dst, nonce, plaintext, additionalData []byte) error {
	s.aead.Seal(dst[:0], nonce, plaintext, additionalData)
	return nil
}

func (s *sealer) Open(dst, nonce, ciphertext, additionalData []byte) (bool, error) {
	// Go compares tags in constant time; it has no other error.
	_, err := s.aead.Open(dst[:0], nonce, ciphertext, additionalData)
	return err == nil, nil
}

func (s *sealer) Close() { wipe(s.aead) }

// gcmSealer is AES-GCM. Its usual nonces have 12 bytes; for others Go makes an
// object of each size.
type gcmSealer struct {
	sealer
	block cipher.Block
}

func newGCMSealer(key []byte, _ int) (engine.Sealer, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	return &gcmSealer{sealer{aead}, block}, nil
}

// of calls a function with the cipher for nonces of a size.
func (s *gcmSealer) of(nonceSize int, do func(sealer) error) error {
	aead, err := cipher.NewGCMWithNonceSize(s.block, nonceSize)
	if err != nil {
		return err
	}
	defer wipe(aead)
	return do(sealer{aead})
}

func (s *gcmSealer) Seal(dst, nonce, plaintext, additionalData []byte) error {
	if len(nonce) == s.aead.NonceSize() {
		return s.sealer.Seal(dst, nonce, plaintext, additionalData)
	}
	return s.of(len(nonce), func(other sealer) error { return other.Seal(dst, nonce, plaintext, additionalData) })
}

func (s *gcmSealer) Open(dst, nonce, ciphertext, additionalData []byte) (ok bool, err error) {
	if len(nonce) == s.aead.NonceSize() {
		return s.sealer.Open(dst, nonce, ciphertext, additionalData)
	}
	err = s.of(len(nonce), func(other sealer) error {
		ok, err = other.Open(dst, nonce, ciphertext, additionalData)
		return err
	})
	return ok, err
}

func (s *gcmSealer) Close() {
	s.sealer.Close()
	wipe(s.block)
}
