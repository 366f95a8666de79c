package engine

import (
	"encoding/binary"
	"math"

	"github.com/hazmat/hazmat/backends"
)

// NewStreamContext returns a context around a stream cipher or stream mode,
// which it owns from then on.
func NewStreamContext(crypter Crypter) backends.CipherContext {
	return &streamContext{cipherContext{crypter}, math.MaxUint64}
}

// streamContext gives one byte for each byte it is given.
type streamContext struct {
	cipherContext
	left uint64 // bytes that can still be processed under the nonce
}

func (c *streamContext) Update(dst, data []byte) (int, error) {
	n := len(data)
	if c.crypter == nil {
		return 0, errFinalized()
	}
	if uint64(n) > c.left {
		return 0, limitExceeded("data", n, c.left)
	}
	if need, err := checkBuffers(dst, data, n); err != nil {
		return need, err
	}
	if err := c.crypt(dst[:n], data); err != nil {
		return 0, err
	}
	c.left -= uint64(n)
	return n, nil
}

// NonceCrypter is a stream cipher that can begin again under another nonce.
type NonceCrypter interface {
	Crypter

	// Reset begins a new message under the same key. The nonce is as long as
	// the first one was.
	Reset(nonce []byte) error
}

// NewNonceContext returns a context around ChaCha20 or a counter mode, which
// it owns from then on. The parameters are those that the crypter began with.
func NewNonceContext(crypter NonceCrypter, p Params) backends.NonceCipherContext {
	c := &nonceContext{pair: p.Pair, nonceSize: len(p.Nonce)}
	c.crypter = crypter
	c.left = counterLimit(p.Pair, p.Nonce)
	return c
}

type nonceContext struct {
	streamContext
	pair      Pair
	nonceSize int // bytes
}

func (c *nonceContext) ResetNonce(nonce []byte) error {
	if c.crypter == nil {
		return errFinalized()
	}
	if len(nonce) != c.nonceSize {
		return wrongSize(c.pair, "nonce", len(nonce), c.nonceSize)
	}
	if err := c.crypter.(NonceCrypter).Reset(nonce); err != nil {
		c.Close()
		return err
	}
	c.left = counterLimit(c.pair, nonce)
	return nil
}

// counterLimit returns how many bytes can be processed before the counter in
// the nonce comes back to 0. From there on the keystream would be that of
// other messages.
func counterLimit(pair Pair, nonce []byte) uint64 {
	if pair.Cipher == backends.CipherChaCha20 {
		// RFC 8439, section 2.3: a counter of 32 bits for blocks of 64 bytes.
		blocks := 1<<32 - uint64(binary.LittleEndian.Uint32(nonce))
		return blocks * 64
	}
	// NIST SP 800-38A, appendix B.1: the counter is the whole block. Only
	// where its last 64 bits are about to overflow into bits that are all set
	// can the limit be met at all.
	low := len(nonce) - 8
	for _, b := range nonce[:low] {
		if b != 0xff {
			return math.MaxUint64
		}
	}
	blocks := -binary.BigEndian.Uint64(nonce[low:]) // 2^64 minus the counter; 0 is 2^64
	if blocks == 0 || blocks > math.MaxUint64/uint64(len(nonce)) {
		return math.MaxUint64
	}
	return blocks * uint64(len(nonce))
}
