package engine

import (
	"errors"

	"github.com/hazmat/hazmat/backends"
)

// The types here make primitives of contexts that a backend from outside made,
// for Hold. What comes from there is checked: it may be wrong in any way.

// holdCipher puts the engine's context for a pair around one from outside. It
// owns context, also if it fails.
func holdCipher(context backends.CipherContext, p Params) (backends.CipherContext, error) {
	crypter := heldCipher{context, p.Pair}
	switch p.Mode {
	case backends.ModeECB, backends.ModeCBC:
		return NewBlockContext(crypter, p.Cipher.BlockSize()), nil
	case backends.ModeXTS:
		return NewDataUnitContext(crypter), nil
	case backends.ModeGCM:
		if aead, ok := context.(backends.AEADCipherContext); ok {
			return NewAEADContext(heldAEAD{crypter, aead}, p), nil
		}
		context.Close()
		return nil, garbage("a context for %s that has no tag", p.Pair)
	case backends.ModeCTR, backends.ModeNone:
		// ARC4 has no nonce, whatever its context says.
		if nonce, ok := context.(backends.NonceCipherContext); ok && len(p.Nonce) > 0 {
			return NewNonceContext(heldNonce{crypter, nonce}, p), nil
		}
	}
	return NewStreamContext(crypter), nil
}

// garbage is the error for something that a backend from outside must not
// give.
func garbage(format string, args ...any) error {
	return backends.Errorf(backends.ErrCallback, "the backend gave "+format, args...)
}

// misfit reports whether a backend wrote n bytes where want belong, or asked
// for room for as many. It had all the room that there is.
func misfit(n, want int, err error) bool {
	return n != want && (err == nil || errors.Is(err, backends.ErrBufferTooSmall))
}

type heldCipher struct {
	context backends.CipherContext
	pair    Pair
}

func (c heldCipher) Crypt(dst, src []byte) error {
	n, err := c.context.Update(dst, src)
	if misfit(n, len(src), err) {
		err = garbage("%d bytes of %s where %d belong", n, c.pair, len(src))
	}
	return err
}

func (c heldCipher) Close() { c.context.Close() }

type heldNonce struct {
	heldCipher
	context backends.NonceCipherContext
}

func (c heldNonce) Reset(nonce []byte) error { return c.context.ResetNonce(nonce) }

type heldAEAD struct {
	heldCipher
	context backends.AEADCipherContext
}

func (c heldAEAD) Authenticate(data []byte) error { return c.context.AuthenticateAdditionalData(data) }

func (c heldAEAD) Tag(tag *[backends.MaxTagSize]byte) error {
	if _, err := c.context.Finalize(nil); err != nil {
		return err
	}
	n, err := c.context.Tag(tag[:])
	if misfit(n, len(tag), err) {
		err = garbage("a tag of %d bytes where %d belong", n, len(tag))
	}
	return err
}

func (c heldAEAD) Verify(tag []byte) (bool, error) {
	_, err := c.context.FinalizeWithTag(nil, tag)
	if errors.Is(err, backends.ErrInvalidTag) {
		return false, nil
	}
	return err == nil, err
}

// hashState makes a primitive of a hash context.
func hashState(context backends.HashContext, algorithm backends.HashAlgorithm) (Hash, error) {
	if !algorithm.Extendable() {
		return heldHash{context}, nil
	}
	xof, ok := context.(backends.XOFContext)
	if !ok {
		return nil, garbage("a context for %s that cannot squeeze", algorithm.Name())
	}
	return heldXOF{heldHash{context}, xof}, nil
}

// sum ends a message with a function that writes the digest.
func sum(dst []byte, finalize func([]byte) (int, error)) error {
	n, err := finalize(dst)
	if misfit(n, len(dst), err) {
		err = garbage("a digest of %d bytes where %d belong", n, len(dst))
	}
	return err
}

type heldHash struct{ context backends.HashContext }

func (h heldHash) Write(data []byte) error { return h.context.Update(data) }

func (h heldHash) Sum(dst []byte) error { return sum(dst, h.context.Finalize) }

func (h heldHash) Clone() (Hash, error) {
	context, err := h.context.Copy()
	if err != nil {
		return nil, err
	}
	return heldHash{context}, nil
}

func (h heldHash) Close() { h.context.Close() }

type heldXOF struct {
	heldHash
	context backends.XOFContext
}

func (h heldXOF) Squeeze(dst []byte) error { return h.context.Squeeze(dst) }

func (h heldXOF) Clone() (Hash, error) {
	context, err := h.context.Copy()
	if err != nil {
		return nil, err
	}
	return hashState(context, h.context.Algorithm())
}

type heldHMAC struct{ context backends.HMACContext }

func (h heldHMAC) Write(data []byte) error { return h.context.Update(data) }

func (h heldHMAC) Sum(dst []byte) error { return sum(dst, h.context.Finalize) }

func (h heldHMAC) Clone() (Hash, error) {
	context, err := h.context.Copy()
	if err != nil {
		return nil, err
	}
	return heldHMAC{context}, nil
}

func (h heldHMAC) Close() { h.context.Close() }
