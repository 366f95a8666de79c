package engine

import (
	"bytes"
	"errors"
	"testing"

	"github.com/hazmat/hazmat/backends"
)

// A failure of a primitive ends the context, once, and leaves no output.
func TestFailureOfAPrimitive(t *testing.T) {
	gcm := Params{Pair: Pair{backends.CipherAES, backends.ModeGCM}, MinTagLength: 16}
	encrypt, decrypt := gcm, gcm
	encrypt.Operation, decrypt.Operation = backends.OperationEncrypt, backends.OperationDecrypt
	decrypt.Tag = make([]byte, 16)
	ctr := Params{Pair: Pair{backends.CipherAES, backends.ModeCTR}, Nonce: make([]byte, 16)}

	type context interface{ Close() }
	update := func(c context, dst []byte) error {
		_, err := c.(backends.CipherContext).Update(dst, make([]byte, 16))
		return err
	}
	finalize := func(c context, dst []byte) error {
		_, err := c.(interface{ Finalize([]byte) (int, error) }).Finalize(dst)
		return err
	}
	for name, test := range map[string]struct {
		open func(*fake) context
		call func(c context, dst []byte) error
	}{
		"stream update": {func(f *fake) context { return NewStreamContext(f) }, update},
		"block update":  {func(f *fake) context { return NewBlockContext(f, 16) }, update},
		"unit update":   {func(f *fake) context { return NewDataUnitContext(f) }, update},
		"reset": {func(f *fake) context { return NewNonceContext(f, ctr) }, func(c context, _ []byte) error {
			return c.(backends.NonceCipherContext).ResetNonce(make([]byte, 16))
		}},
		"additional data": {func(f *fake) context { return NewAEADContext(f, encrypt) }, func(c context, _ []byte) error {
			return c.(backends.AEADCipherContext).AuthenticateAdditionalData([]byte("a"))
		}},
		"tag":    {func(f *fake) context { return NewAEADContext(f, encrypt) }, finalize},
		"verify": {func(f *fake) context { return NewAEADContext(f, decrypt) }, finalize},
		"write": {func(f *fake) context { return NewHashContext(backends.HashSHA256, f) }, func(c context, _ []byte) error {
			return c.(backends.HashContext).Update([]byte("a"))
		}},
		"sum": {func(f *fake) context { return NewHMACContext(backends.HashSHA256, f) }, finalize},
		"verify of a MAC": {func(f *fake) context { return NewHMACContext(backends.HashSHA256, f) }, func(c context, _ []byte) error {
			return c.(backends.HMACContext).Verify(bytes.Repeat([]byte{0xaa}, 32))
		}},
		"squeeze": {func(f *fake) context { return NewHashContext(backends.HashSHAKE128, f) }, func(c context, dst []byte) error {
			return c.(backends.XOFContext).Squeeze(dst)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			primitive := &fake{failAt: 1}
			c := test.open(primitive)
			dst := make([]byte, 64)
			if err := test.call(c, dst); !errors.Is(err, errBroken) {
				t.Errorf("the call gave %v, want the primitive's error", err)
			}
			if !bytes.Equal(dst, make([]byte, 64)) {
				t.Errorf("output %x was left behind", dst)
			}
			wantStatus(t, "the call after that", test.call(c, dst), backends.ErrAlreadyFinalized)
			c.Close()
			if primitive.calls != 1 || primitive.closings != 1 {
				t.Errorf("primitive was called %d times and closed %d times, want once each", primitive.calls, primitive.closings)
			}
		})
	}
}

// A state that cannot be cloned is no reason to end the one there is.
func TestFailureToClone(t *testing.T) {
	primitive := &fake{failAt: 1}
	h := NewHashContext(backends.HashSHA256, primitive)
	if _, err := h.Copy(); !errors.Is(err, errBroken) {
		t.Errorf("copy gave %v, want the primitive's error", err)
	}
	if err := h.Update([]byte("a")); err != nil {
		t.Errorf("update after that: %v", err)
	}
}

// A primitive is closed once, whatever ends the context first.
func TestPrimitiveIsClosedOnce(t *testing.T) {
	for name, end := range map[string]func(backends.CipherContext){
		"finalize": func(c backends.CipherContext) {
			if _, err := c.Finalize(nil); err != nil {
				t.Error(err)
			}
		},
		"close": func(c backends.CipherContext) { c.Close() },
		"incomplete block": func(c backends.CipherContext) {
			if _, err := c.Update(nil, make([]byte, 3)); err != nil {
				t.Error(err)
			}
			_, err := c.Finalize(nil)
			wantStatus(t, "finalize", err, backends.ErrIncompleteBlock)
		},
	} {
		primitive := &fake{}
		c := NewBlockContext(primitive, 16)
		end(c)
		c.Close()
		c.Close()
		if primitive.closings != 1 {
			t.Errorf("%s: primitive was closed %d times", name, primitive.closings)
		}
	}
}

// What a block context holds back is wiped with it.
func TestHeldBytesAreWiped(t *testing.T) {
	c := NewBlockContext(&fake{}, 16).(*blockContext)
	if _, err := c.Update(nil, []byte("secret")); err != nil {
		t.Fatal(err)
	}
	c.Close()
	if c.held != [backends.MaxBlockSize]byte{} {
		t.Errorf("%x was left behind", c.held)
	}
}
