package native

import (
	"crypto/rc4"
	"encoding/binary"

	"golang.org/x/crypto/chacha20"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/backends/engine"
)

func newARC4(p engine.Params) (backends.CipherContext, error) {
	c, err := rc4.NewCipher(p.Key)
	if err != nil {
		return nil, err
	}
	return engine.NewStreamContext(&stream{Stream: c}), nil
}

// chaCha20 is an engine.NonceCrypter.
type chaCha20 struct {
	*chacha20.Cipher
	key [chacha20.KeySize]byte
}

func newChaCha20(p engine.Params) (backends.CipherContext, error) {
	c := &chaCha20{}
	copy(c.key[:], p.Key) // not by way of the stack, where it would stay
	if err := c.Reset(p.Nonce); err != nil {
		return nil, err
	}
	return engine.NewNonceContext(c, p), nil
}

// Reset takes the counter and nonce of RFC 8439, section 2.3 in one.
func (c *chaCha20) Reset(nonce []byte) error {
	wipe(c.Cipher)
	fresh, err := chacha20.NewUnauthenticatedCipher(c.key[:], nonce[4:])
	if err != nil {
		return err
	}
	fresh.SetCounter(binary.LittleEndian.Uint32(nonce))
	c.Cipher = fresh
	return nil
}

func (c *chaCha20) Crypt(dst, src []byte) error {
	c.XORKeyStream(dst, src)
	return nil
}

func (c *chaCha20) Close() {
	wipe(c.Cipher)
	clear(c.key[:])
}
