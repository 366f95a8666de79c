package engine

import "github.com/hazmat/hazmat/backends"

// NewDataUnitContext returns a context around a cipher in XTS, which it owns
// from then on.
func NewDataUnitContext(crypter Crypter) backends.CipherContext {
	return &dataUnitContext{cipherContext: cipherContext{crypter}}
}

// dataUnitContext processes one data unit, all of it in one update: ciphertext
// stealing swaps its last two blocks, and the tweak begins again with each
// call of the crypter.
type dataUnitContext struct {
	cipherContext
	updated bool
}

// The sizes of a data unit, in bytes: at least one block, at most 2^20
// (NIST SP 800-38E, section 4).
const (
	minDataUnit = 16
	maxDataUnit = 16 << 20
)

func (c *dataUnitContext) Update(dst, data []byte) (int, error) {
	n := len(data)
	switch {
	case c.crypter == nil:
		return 0, errFinalized()
	case n == 0:
		return 0, nil
	case c.updated:
		return 0, backends.Errorf(backends.ErrAlreadyUpdated, "XTS takes a data unit in one update, which has been")
	case n < minDataUnit:
		return 0, backends.Errorf(backends.ErrIncompleteBlock, "a data unit of XTS has %d bytes; at least one block of %d is needed", n, minDataUnit)
	case n > maxDataUnit:
		return 0, limitExceeded("data", n, maxDataUnit)
	}
	if need, err := checkBuffers(dst, data, n); err != nil {
		return need, err
	}
	if err := c.crypt(dst[:n], data); err != nil {
		return 0, err
	}
	c.updated = true
	return n, nil
}
