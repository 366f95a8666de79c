package engine

import (
	"crypto/subtle"
	"fmt"
	"slices"

	"github.com/hazmat/hazmat/backends"
)

// Params are the parameters of one cipher context. The engine has checked them
// by the time that a backend sees them, but for those of pairs that only an
// adapter knows. The bytes are valid during the call they are given to.
type Params struct {
	Pair
	Operation backends.Operation
	// Key is the key in bytes. That of TripleDES is expanded to 24.
	Key []byte
	// Nonce is the nonce of the cipher, or what the mode takes in its stead:
	// an initialization vector, a nonce, a tweak.
	Nonce []byte
	// Tag is the expected tag, for decryption in an authenticated mode.
	Tag []byte
	// MinTagLength is the shortest tag accepted, in bytes, in an authenticated
	// mode.
	MinTagLength int

	expanded bool // Key is a copy made here
}

// newParams returns the parameters of a context, unchecked.
func newParams(cipher *backends.Cipher, mode *backends.Mode, operation backends.Operation) Params {
	p := Params{
		Pair:         Pair{cipher.Algorithm, mode.Mode},
		Operation:    operation,
		Key:          cipher.Key,
		Nonce:        mode.IV,
		Tag:          mode.Tag,
		MinTagLength: int(mode.MinTagLength),
	}
	if len(cipher.Nonce) > 0 {
		p.Nonce = cipher.Nonce
	}
	return p
}

// check holds the parameters against what is known of the pair, and completes
// them.
func (p *Params) check(cipher *backends.Cipher, mode *backends.Mode) error {
	if err := p.checkKey(); err != nil {
		return err
	}
	if err := p.checkNonce(len(cipher.Nonce), len(mode.IV)); err != nil {
		return err
	}
	return p.checkTag()
}

// wipe zeroes the copy of the key, if there is one.
func (p *Params) wipe() {
	if p.expanded {
		clear(p.Key)
	}
}

func (p *Params) checkKey() error {
	sizes := keySizes[p.Pair]
	if !hasSize(sizes, len(p.Key)*8) {
		return backends.Errorf(backends.ErrInvalidKey, "key of %s has %d bits; allowed: %s bits",
			p.Pair, len(p.Key)*8, listSizes(sizes))
	}
	switch {
	case p.Mode == backends.ModeXTS:
		// Equal halves void XTS's proof of security; FIPS 140-3 IG, C.I has
		// them refused.
		half := len(p.Key) / 2
		if subtle.ConstantTimeCompare(p.Key[:half], p.Key[half:]) == 1 {
			return backends.Errorf(backends.ErrInvalidKey, "the two halves of a key of %s must differ", p.Pair)
		}
	case p.Cipher == backends.CipherTripleDES && len(p.Key) < 24:
		// NIST SP 800-67, section 3.2: keying options 2 (K1 K2 K1) and 3
		// (K1 K1 K1).
		key := make([]byte, 0, 24)
		key = append(key, p.Key...)
		for len(key) < 24 {
			key = append(key, p.Key[:8]...)
		}
		p.Key, p.expanded = key, true
	}
	return nil
}

// keySizes are the key sizes of each pair that there are facts of, in bits.
var keySizes = func() map[Pair][]uint32 {
	table := map[Pair][]uint32{}
	for _, cipher := range backends.CipherAlgorithms() {
		for _, mode := range cipher.Modes() {
			sizes := cipher.KeySizes()
			if cipher == backends.CipherAES {
				// A key in XTS is two keys of AES-128 or AES-256 (IEEE 1619,
				// section 5.1).
				sizes = slices.DeleteFunc(sizes, func(bits uint32) bool {
					return bits == 512 && mode != backends.ModeXTS || bits < 256 && mode == backends.ModeXTS
				})
			}
			table[Pair{cipher, mode}] = sizes
		}
	}
	return table
}()

// hasSize tells whether a size is one of those allowed.
func hasSize(sizes []uint32, size int) bool {
	return slices.ContainsFunc(sizes, func(allowed uint32) bool { return int(allowed) == size })
}

// listSizes writes sizes for people. Many of them are a range in steps of 8.
func listSizes(sizes []uint32) string {
	const many = 9
	if len(sizes) >= many {
		return fmt.Sprintf("%d to %d in steps of 8", sizes[0], sizes[len(sizes)-1])
	}
	text := ""
	for i, size := range sizes {
		if i > 0 {
			text += ", "
		}
		text += fmt.Sprint(size)
	}
	return text
}

// checkNonce checks the sizes of the cipher's own nonce and of what the mode
// takes.
func (p *Params) checkNonce(nonce, iv int) error {
	if size := p.Cipher.NonceSize(); nonce != size {
		return wrongSize(p.Pair, "nonce of the cipher", nonce, size)
	}
	switch p.Mode {
	case backends.ModeNone, backends.ModeECB:
		if iv != 0 {
			return wrongSize(p.Pair, "initialization vector", iv, 0)
		}
	case backends.ModeGCM:
		if iv < backends.MinGCMNonceSize || iv > backends.MaxGCMNonceSize {
			return backends.Errorf(backends.ErrInvalidNonce, "nonce of %s has %d bytes; allowed: %d to %d",
				p.Pair, iv, backends.MinGCMNonceSize, backends.MaxGCMNonceSize)
		}
	default: // one block: an initialization vector, a counter, a tweak
		if size := p.Cipher.BlockSize(); iv != size {
			return wrongSize(p.Pair, "initialization vector", iv, size)
		}
	}
	return nil
}

func wrongSize(pair Pair, what string, got, want int) error {
	if want == 0 {
		return backends.Errorf(backends.ErrInvalidNonce, "%s takes no %s; got %d bytes", pair, what, got)
	}
	return backends.Errorf(backends.ErrInvalidNonce, "%s of %s has %d bytes; allowed: %d", what, pair, got, want)
}

func (p *Params) checkTag() error {
	if p.Mode == backends.ModeGCM {
		return p.CheckTag()
	}
	return p.CheckNoTag()
}

// CheckTag checks the tag and its minimum length as those of an authenticated
// mode, and completes them. It is for pairs that only an adapter knows.
func (p *Params) CheckTag() error {
	switch {
	case p.MinTagLength == 0:
		p.MinTagLength = backends.MaxTagSize
	case p.MinTagLength < backends.MinTagSize || p.MinTagLength > backends.MaxTagSize:
		return backends.Errorf(backends.ErrInvalidTagLength, "minimum tag length is %d; allowed: %d to %d bytes",
			p.MinTagLength, backends.MinTagSize, backends.MaxTagSize)
	}
	if p.Operation == backends.OperationDecrypt {
		return checkTagLength(len(p.Tag), p.MinTagLength)
	}
	if len(p.Tag) != 0 {
		return backends.Errorf(backends.ErrInvalidTagLength, "a tag of %d bytes was given for encryption, which makes one", len(p.Tag))
	}
	return nil
}

// CheckNoTag checks that there is no tag, as in a mode that is not
// authenticated. It is for pairs that only an adapter knows.
func (p *Params) CheckNoTag() error {
	if len(p.Tag) != 0 || p.MinTagLength != 0 {
		return backends.Errorf(backends.ErrInvalidTagLength,
			"%s has no tag; got one of %d bytes and a minimum of %d", p.Pair, len(p.Tag), p.MinTagLength)
	}
	return nil
}

// checkTagLength checks the length of a tag that is to be verified.
func checkTagLength(got, minLength int) error {
	if got < minLength || got > backends.MaxTagSize {
		return backends.Errorf(backends.ErrInvalidTagLength, "tag has %d bytes; allowed: %d to %d",
			got, minLength, backends.MaxTagSize)
	}
	return nil
}
