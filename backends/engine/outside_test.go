package engine_test

import (
	"errors"
	"testing"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/backends/backendtest"
	"github.com/hazmat/hazmat/backends/engine"
	"github.com/hazmat/hazmat/backends/native"
)

func TestHoldKeepsTheContract(t *testing.T) {
	backendtest.Run(t, engine.Hold(careless{native.New().(full)}))
}

// full is a backend of everything.
type full interface {
	backends.CipherBackend
	backends.HashBackend
	backends.HMACBackend
}

// careless is a backend as people write them: its contexts go on after the
// end, and it takes what is refused elsewhere.
type careless struct{ full }

func (c careless) CreateHashCtx(algorithm backends.HashAlgorithm) (backends.HashContext, error) {
	context, err := c.full.CreateHashCtx(algorithm)
	if _, ok := context.(backends.XOFContext); ok || err != nil {
		return context, err
	}
	return &endless{context}, nil
}

func (c careless) CreateSymmetricEncryptionCtx(cipher *backends.Cipher, mode *backends.Mode) (backends.CipherContext, error) {
	context, err := c.full.CreateSymmetricEncryptionCtx(cipher, mode)
	if err != nil || cipher.Algorithm != backends.CipherARC4 {
		return context, err
	}
	return resettable{context}, nil
}

// resettable is a cipher context that takes a nonce where there is none.
type resettable struct{ backends.CipherContext }

func (resettable) ResetNonce([]byte) error { return nil }

// endless is a hash context that starts again by itself.
type endless struct{ backends.HashContext }

func (e *endless) Finalize(dst []byte) (int, error) {
	context, err := e.HashContext.Copy()
	if err != nil {
		return 0, err
	}
	return context.Finalize(dst)
}

func (e *endless) Copy() (backends.HashContext, error) {
	context, err := e.HashContext.Copy()
	return &endless{context}, err
}

// part is a backend that has hash functions only, and says that it has all.
type part struct{ backends.HashBackend }

func (part) Provides(backends.Interface) bool { return true }

func TestHoldOfAPart(t *testing.T) {
	b := engine.Hold(part{native.New().(full)})
	if !b.Provides(backends.InterfaceHash) || b.Provides(backends.InterfaceCipher) || b.Provides(backends.InterfaceHMAC) || b.Provides(0) {
		t.Error("what is provided is not what is there")
	}
	_, err := b.(backends.CipherBackend).CreateSymmetricEncryptionCtx(&backends.Cipher{Algorithm: backends.CipherAES}, nil)
	if !errors.Is(err, backends.ErrUnsupportedInterface) {
		t.Errorf("a cipher of a backend without: %v", err)
	}
	_, err = b.(backends.HMACBackend).CreateHMACCtx(nil, backends.HashMD5)
	if !errors.Is(err, backends.ErrUnsupportedInterface) {
		t.Errorf("an HMAC of a backend without: %v", err)
	}
	err = b.(backends.CipherBackend).RegisterCipherAdapter(1, 1, nil)
	if !errors.Is(err, backends.ErrUnsupportedInterface) {
		t.Errorf("an adapter for a backend without ciphers: %v", err)
	}
}

// liar is a backend whose contexts give the wrong amount.
type liar struct{ full }

func (l liar) CreateHashCtx(algorithm backends.HashAlgorithm) (backends.HashContext, error) {
	context, err := l.full.CreateHashCtx(algorithm)
	if algorithm == backends.HashSHA3_256 {
		return greedyHash{context}, err
	}
	return lyingHash{context}, err
}

func (l liar) CreateSymmetricEncryptionCtx(cipher *backends.Cipher, mode *backends.Mode) (backends.CipherContext, error) {
	context, err := l.full.CreateSymmetricEncryptionCtx(cipher, mode)
	return lyingCipher{context}, err
}

type lyingHash struct{ backends.HashContext }

func (lyingHash) Finalize([]byte) (int, error) { return 3, nil }

// greedyHash asks for more room than its digest has.
type greedyHash struct{ backends.HashContext }

func (greedyHash) Finalize([]byte) (int, error) { return 33, backends.ErrBufferTooSmall }

type lyingCipher struct{ backends.CipherContext }

func (lyingCipher) Update(_, data []byte) (int, error) { return len(data) + 1, nil }

func TestHoldOfALiar(t *testing.T) {
	b := engine.Hold(liar{native.New().(full)}).(full)
	out := make([]byte, 32)
	for _, algorithm := range []backends.HashAlgorithm{backends.HashSHA256, backends.HashSHA3_256} {
		hash, err := b.CreateHashCtx(algorithm)
		if err != nil {
			t.Fatal(err)
		}
		if n, err := hash.Finalize(out); n != 0 || !errors.Is(err, backends.ErrCallback) {
			t.Errorf("a digest of a wrong length: %d, %v", n, err)
		}
	}
	if _, err := b.CreateHashCtx(backends.HashSHAKE128); !errors.Is(err, backends.ErrCallback) {
		t.Errorf("an XOF that cannot squeeze: %v", err)
	}
	key := &backends.Cipher{Algorithm: backends.CipherAES, Key: make([]byte, 16)}
	cipher, err := b.CreateSymmetricEncryptionCtx(key, &backends.Mode{Mode: backends.ModeCTR, IV: make([]byte, 16)})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := cipher.Update(out, make([]byte, 5)); n != 0 || !errors.Is(err, backends.ErrCallback) {
		t.Errorf("an update of a wrong length: %d, %v", n, err)
	}
	if _, err := b.CreateSymmetricEncryptionCtx(key, &backends.Mode{Mode: backends.ModeGCM, IV: make([]byte, 12)}); !errors.Is(err, backends.ErrCallback) {
		t.Errorf("GCM without a tag: %v", err)
	}
}
