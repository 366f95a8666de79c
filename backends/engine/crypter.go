package engine

// Crypter is a cipher at work on one message, in one direction.
type Crypter interface {
	// Crypt processes src, which is not empty, into dst, which has the same
	// length, and is the same memory or does not overlap. In a block mode the
	// length is a multiple of the block size.
	Crypt(dst, src []byte) error

	// Close wipes and releases the state. It is called once, and last.
	Close()
}

// cipherContext is what all cipher contexts share: a crypter, until it is
// closed.
type cipherContext struct {
	crypter Crypter // nil once the context is finalized
}

// crypt processes src into dst. A failure ends the context.
func (c *cipherContext) crypt(dst, src []byte) error {
	if len(src) == 0 {
		return nil
	}
	err := c.crypter.Crypt(dst, src)
	if err != nil {
		clear(dst)
		c.Close()
	}
	return err
}

// Finalize ends a message that nothing is to come of any more.
func (c *cipherContext) Finalize(dst []byte) (int, error) {
	if c.crypter == nil {
		return 0, errFinalized()
	}
	c.Close()
	return 0, nil
}

func (c *cipherContext) Close() {
	if c.crypter != nil {
		c.crypter.Close()
		c.crypter = nil
	}
}
