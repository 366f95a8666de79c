package engine

import "github.com/hazmat/hazmat/backends"

// NewBlockContext returns a context around a mode that processes whole blocks,
// ECB or CBC, which it owns from then on. The block size is in bytes.
func NewBlockContext(crypter Crypter, blockSize int) backends.CipherContext {
	return &blockContext{cipherContext: cipherContext{crypter}, size: blockSize}
}

// blockContext gives whole blocks, and holds back what does not fill one.
type blockContext struct {
	cipherContext
	size int                         // of a block, in bytes
	held [backends.MaxBlockSize]byte // the first bytes of a block
	n    int                         // how many of them are there, less than size
}

func (c *blockContext) Update(dst, data []byte) (int, error) {
	if c.crypter == nil {
		return 0, errFinalized()
	}
	rest := (c.n + len(data)) % c.size
	out := c.n + len(data) - rest
	if need, err := checkBuffers(dst, data, out); err != nil {
		return need, err
	}
	if out == 0 {
		copy(c.held[c.n:], data)
		c.n = rest
		return 0, nil
	}
	// In place, what is written would cover the end of data when blocks begin
	// with bytes held back. So the rest is taken first, and blocks are put
	// together where they are to be processed.
	var next [backends.MaxBlockSize]byte
	copy(next[:], data[len(data)-rest:])
	blocks := data[:len(data)-rest]
	if c.n > 0 {
		copy(dst[c.n:out], blocks)
		copy(dst, c.held[:c.n])
		blocks = dst[:out]
	}
	c.held, c.n = next, rest
	if err := c.crypt(dst[:out], blocks); err != nil {
		return 0, err
	}
	return out, nil
}

func (c *blockContext) Finalize(dst []byte) (int, error) {
	if left := c.n; c.crypter != nil && left > 0 {
		c.Close()
		return 0, backends.Errorf(backends.ErrIncompleteBlock,
			"the length of the data is not a multiple of the block length, %d bytes: %d are left over", c.size, left)
	}
	return c.cipherContext.Finalize(dst)
}

func (c *blockContext) Close() {
	c.cipherContext.Close()
	clear(c.held[:])
	c.n = 0
}
