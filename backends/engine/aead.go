package engine

import "github.com/hazmat/hazmat/backends"

// AEAD is an authenticated stream mode at work on one message, in one
// direction.
type AEAD interface {
	Crypter

	// Authenticate adds additional data, in any number of calls, all before
	// the first Crypt.
	Authenticate(data []byte) error

	// Tag ends an encryption and fills tag. Only Close follows.
	Tag(tag *[backends.MaxTagSize]byte) error

	// Verify ends a decryption and reports whether tag, 4 to 16 bytes, is how
	// the message's tag begins. It compares in constant time. Only Close
	// follows.
	Verify(tag []byte) (bool, error)
}

// The limits of GCM, in bytes (NIST SP 800-38D, section 5.2.1.1).
const (
	maxGCMData = 1<<36 - 32
	maxGCMAAD  = 1<<61 - 1
)

// NewAEADContext returns a context around a cipher in GCM, which it owns from
// then on. The parameters are those that the crypter began with.
func NewAEADContext(crypter AEAD, p Params) backends.AEADCipherContext {
	c := &aeadContext{operation: p.Operation, aadLeft: maxGCMAAD, minTag: p.MinTagLength}
	c.crypter = crypter
	c.left = maxGCMData
	c.tagLength = copy(c.tag[:], p.Tag)
	return c
}

type aeadContext struct {
	streamContext
	operation backends.Operation
	updated   bool   // data has begun, so additional data has ended
	aadLeft   uint64 // bytes of additional data that can still come
	minTag    int    // bytes
	// tag is the expected tag of a decryption, or that of an encryption once
	// it has been finalized.
	tag       [backends.MaxTagSize]byte
	tagLength int // bytes; 0 if there is no tag
}

func (c *aeadContext) AuthenticateAdditionalData(data []byte) error {
	if c.crypter == nil {
		return errFinalized()
	}
	if c.updated {
		return backends.Errorf(backends.ErrAlreadyUpdated, "additional data must come before the first update")
	}
	if uint64(len(data)) > c.aadLeft {
		return limitExceeded("additional data", len(data), c.aadLeft)
	}
	if err := c.aead().Authenticate(data); err != nil {
		c.Close()
		return err
	}
	c.aadLeft -= uint64(len(data))
	return nil
}

func (c *aeadContext) Update(dst, data []byte) (int, error) {
	n, err := c.streamContext.Update(dst, data)
	c.updated = c.updated || err == nil
	return n, err
}

func (c *aeadContext) Finalize([]byte) (int, error) {
	if c.crypter == nil {
		return 0, errFinalized()
	}
	if c.operation == backends.OperationDecrypt {
		return 0, c.verify(c.tag[:c.tagLength])
	}
	defer c.cipherContext.Close() // and not c's own, which wipes the tag
	if err := c.aead().Tag(&c.tag); err != nil {
		return 0, err
	}
	c.tagLength = len(c.tag)
	return 0, nil
}

func (c *aeadContext) FinalizeWithTag(_, tag []byte) (int, error) {
	if c.operation != backends.OperationDecrypt {
		return 0, backends.Errorf(backends.ErrNotApplicable, "an encryption context makes its tag and takes none")
	}
	if c.crypter == nil {
		return 0, errFinalized()
	}
	if err := checkTagLength(len(tag), c.minTag); err != nil {
		return 0, err
	}
	return 0, c.verify(tag)
}

// verify ends a decryption.
func (c *aeadContext) verify(tag []byte) error {
	defer c.Close()
	ok, err := c.aead().Verify(tag)
	if err == nil && !ok {
		err = errNotAuthentic()
	}
	return err
}

func (c *aeadContext) Tag(dst []byte) (int, error) {
	switch {
	case c.operation != backends.OperationEncrypt:
		return 0, backends.Errorf(backends.ErrNotApplicable, "a decryption context has no tag to give")
	case c.crypter != nil:
		return 0, backends.Errorf(backends.ErrNotYetFinalized, "the tag is there once the context is finalized")
	case c.tagLength == 0: // closed
		return 0, errFinalized()
	}
	if need, err := checkRoom(dst, c.tagLength); err != nil {
		return need, err
	}
	return copy(dst, c.tag[:]), nil
}

func (c *aeadContext) Close() {
	c.cipherContext.Close()
	clear(c.tag[:])
	c.tagLength = 0
}

func (c *aeadContext) aead() AEAD { return c.crypter.(AEAD) }
