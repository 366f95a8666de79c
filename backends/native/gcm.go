package native

import (
	"crypto/cipher"
	"crypto/subtle"
	"encoding/binary"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/backends/engine"
)

// gcm is Galois/counter mode (NIST SP 800-38D) as an engine.AEAD. Go exposes it
// in one call only, which needs the whole message at once. Here are its two
// parts, a counter mode and GHASH, each at work on what has come so far. Like
// Go's own it is constant-time where the processor has instructions for AES.
type gcm struct {
	block     cipher.Block
	ctr       cipher.Stream
	counter   [16]byte // that ctr began from
	left      uint64   // bytes until the 32 bit counter wraps
	hash      ghash
	aad, data uint64  // bytes so far
	mask      element // E(J0)
	decrypt   bool
}

func newGCM(block cipher.Block, p engine.Params) (backends.CipherContext, error) {
	c := &gcm{block: block, decrypt: p.Operation == backends.OperationDecrypt}
	if err := c.hash.init(block); err != nil {
		return nil, err
	}
	c.firstCounter(p.Nonce)
	block.Encrypt(c.hash.tag[:], c.counter[:])
	c.mask = loadElement(c.hash.tag[:])
	c.startCTR(binary.BigEndian.Uint32(c.counter[12:]) + 1)
	return engine.NewAEADContext(c, p), nil
}

// firstCounter makes counter J0 (section 7.1, step 2).
func (c *gcm) firstCounter(nonce []byte) {
	if len(nonce) == 12 {
		copy(c.counter[:], nonce)
		c.counter[15] = 1
		return
	}
	c.hash.write(nonce)
	c.hash.sum(0, uint64(len(nonce))*8).store(c.counter[:])
}

// startCTR begins the keystream at a value of the last 32 bits of the counter.
// Only those count, while Go's counter mode carries into the others, so it
// must not run past their end (section 6.2, inc32).
func (c *gcm) startCTR(low uint32) {
	binary.BigEndian.PutUint32(c.counter[12:], low)
	wipe(c.ctr) // it has a copy of the block
	c.ctr = startCTR(c.block, c.counter[:])
	c.left = (1<<32 - uint64(low)) * 16
}

func (c *gcm) Authenticate(data []byte) error {
	c.aad += uint64(len(data))
	c.hash.write(data)
	return nil
}

func (c *gcm) Crypt(dst, src []byte) error {
	if c.data == 0 {
		c.hash.pad() // of the additional data
	}
	c.data += uint64(len(src))
	for len(src) > 0 {
		if c.left == 0 {
			c.startCTR(0)
		}
		// What the one part has read is still in the cache for the other.
		n := int(min(uint64(len(src)), ghashChunk, c.left))
		if c.decrypt {
			c.hash.write(src[:n])
		}
		c.ctr.XORKeyStream(dst[:n], src[:n])
		if !c.decrypt {
			c.hash.write(dst[:n])
		}
		c.left -= uint64(n)
		dst, src = dst[n:], src[n:]
	}
	return nil
}

func (c *gcm) Tag(tag *[backends.MaxTagSize]byte) error {
	c.hash.sum(c.aad*8, c.data*8).add(c.mask).store(tag[:])
	return nil
}

func (c *gcm) Verify(tag []byte) (bool, error) {
	var computed [backends.MaxTagSize]byte
	err := c.Tag(&computed)
	return subtle.ConstantTimeCompare(computed[:len(tag)], tag) == 1, err
}

func (c *gcm) Close() {
	wipe(c.hash.gmac)
	wipe(c.ctr)
	wipe(c.block)
	*c = gcm{}
}
