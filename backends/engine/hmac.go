package engine

import (
	"crypto/subtle"

	"github.com/hazmat/hazmat/backends"
)

// NewHMACContext returns a context around a new state, which it owns from then
// on: HMAC over a hash function, with its key.
func NewHMACContext(algorithm backends.HashAlgorithm, state Hash) backends.HMACContext {
	return &hmacContext{newMessage(algorithm, state)}
}

type hmacContext struct{ message }

func (c *hmacContext) Verify(signature []byte) error {
	var buffer [backends.MaxDigestSize]byte
	n, err := c.Finalize(buffer[:])
	if err != nil {
		return err
	}
	// The MAC is a secret here: whoever learns it can sign the message.
	defer clear(buffer[:])
	if subtle.ConstantTimeCompare(buffer[:n], signature) != 1 {
		return backends.Errorf(backends.ErrInvalidSignature, "signature does not match")
	}
	return nil
}

func (c *hmacContext) Copy() (backends.HMACContext, error) {
	m, err := c.clone()
	if err != nil {
		return nil, err
	}
	return &hmacContext{m}, nil
}
