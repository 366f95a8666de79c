package multi_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/backends/backendtest"
	"github.com/hazmat/hazmat/backends/multi"
	"github.com/hazmat/hazmat/backends/native"

	_ "github.com/hazmat/hazmat/backends/openssl"
)

func TestContract(t *testing.T) {
	backendtest.Run(t, multi.New([]backends.Backend{native.New(), open(t, "openssl")}))
}

func open(t *testing.T, name string) backends.Backend {
	t.Helper()
	backend, err := backends.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	return backend
}

// wantError checks the status of an error, and that its text says what it
// should.
func wantError(t *testing.T, what string, err error, status backends.Status, parts ...string) {
	t.Helper()
	if backends.StatusOf(err) != status {
		t.Errorf("%s: %v (%v), want %v", what, err, backends.StatusOf(err), status)
	}
	for _, part := range parts {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%s: %v does not say %q", what, err, part)
		}
	}
}

var (
	allInterfaces = []backends.Interface{backends.InterfaceCipher, backends.InterfaceHash, backends.InterfaceHMAC}
	unsupported   = []backends.Status{backends.ErrUnsupportedAlgorithm, backends.ErrUnsupportedCipher,
		backends.ErrUnsupportedHash, backends.ErrUnsupportedInterface}
)

// calls are the ways to make something with a backend; each returns who made
// it.
var calls = map[backends.Interface]func(backends.Backend) (maker string, err error){
	backends.InterfaceCipher: func(b backends.Backend) (string, error) {
		made, err := b.(backends.CipherBackend).CreateSymmetricEncryptionCtx(&backends.Cipher{}, nil)
		if err != nil {
			return "", err
		}
		return made.(cipherOf).maker, nil
	},
	backends.InterfaceHash: func(b backends.Backend) (string, error) {
		made, err := b.(backends.HashBackend).CreateHashCtx(0)
		if err != nil {
			return "", err
		}
		return made.(hashOf).maker, nil
	},
	backends.InterfaceHMAC: func(b backends.Backend) (string, error) {
		made, err := b.(backends.HMACBackend).CreateHMACCtx(nil, 0)
		if err != nil {
			return "", err
		}
		return made.(hmacOf).maker, nil
	},
}

func TestFirstThatSupportsAnswers(t *testing.T) {
	for which, call := range calls {
		lacks := newStub("lacks")
		lacks.supports = false
		other := newStub("other")
		other.provides = nil
		first, second := newStub("first"), newStub("second")
		b := multi.New([]backends.Backend{other, lacks, first, second})
		if maker, err := call(b); maker != "first" || err != nil {
			t.Errorf("%s: made by %q, %v", which.Name(), maker, err)
		}
		if lacks.asked+other.asked+second.asked != 0 {
			t.Errorf("%s: others were asked", which.Name())
		}
	}
}

func TestNextIsAskedIfTheFirstSaysThatItIsUnsupported(t *testing.T) {
	for which, call := range calls {
		for _, status := range unsupported {
			first, second := newStub("first"), newStub("second")
			first.err = backends.Errorf(status, "just this is missing")
			b := multi.New([]backends.Backend{first, second})
			if maker, err := call(b); maker != "second" || err != nil {
				t.Errorf("%s: %v: made by %q, %v", which.Name(), status, maker, err)
			}
			second.err = backends.Errorf(status, "this neither")
			if _, err := call(b); !errors.Is(err, first.err) {
				t.Errorf("%s: %v, want the error of the first", which.Name(), err)
			}
		}
	}
}

func TestOtherErrorsEndTheSearch(t *testing.T) {
	for which, call := range calls {
		first, second := newStub("first"), newStub("second")
		first.err = backends.Errorf(backends.ErrInvalidKey, "of its own")
		if _, err := call(multi.New([]backends.Backend{first, second})); !errors.Is(err, first.err) || second.asked != 0 {
			t.Errorf("%s: %v, and the second was asked %d times", which.Name(), err, second.asked)
		}
	}
}

func TestNothingSupports(t *testing.T) {
	for which, call := range calls {
		first, second := newStub("first"), newStub("second")
		first.supports, second.supports = false, false
		_, err := call(multi.New([]backends.Backend{first, second}))
		want := backends.ErrUnsupportedHash
		if which == backends.InterfaceCipher {
			want = backends.ErrUnsupportedCipher
		}
		wantError(t, which.Name(), err, want, "first,second", " 0x0")

		first.provides, second.provides = nil, nil
		b := multi.New([]backends.Backend{first, second})
		_, err = call(b)
		wantError(t, which.Name(), err, backends.ErrUnsupportedInterface, "first,second", which.Name())
		if b.Provides(which) {
			t.Errorf("%s is provided", which.Name())
		}
	}
}

func TestSupportedIfAnyDoes(t *testing.T) {
	for _, which := range allInterfaces {
		for _, support := range [][2]bool{{false, false}, {false, true}, {true, false}, {true, true}} {
			first, second := newStub("first"), newStub("second")
			first.supports, second.supports = support[0], support[1]
			first.provides = []backends.Interface{which}
			b := multi.New([]backends.Backend{first, second})
			want := support[0] || support[1]
			got := map[backends.Interface]bool{
				backends.InterfaceCipher: b.(backends.CipherBackend).CipherSupported(0, 0),
				backends.InterfaceHash:   b.(backends.HashBackend).HashSupported(0),
				backends.InterfaceHMAC:   b.(backends.HMACBackend).HMACSupported(0),
			}
			if got[which] != want || !b.Provides(which) {
				t.Errorf("%s: supported is %t, want %t", which.Name(), got[which], want)
			}
			for _, other := range allInterfaces {
				if other != which && got[other] != second.supports {
					t.Errorf("%s is asked of a backend that provides %s only", other.Name(), which.Name())
				}
			}
		}
	}
}

func TestNames(t *testing.T) {
	b := multi.New([]backends.Backend{newStub("first"), newStub("second")})
	if b.Name() != "first,second" || !strings.Contains(b.Description(), "first, a stub; second, a stub") {
		t.Errorf("name is %q, description %q", b.Name(), b.Description())
	}
	opened := open(t, "native,openssl")
	if opened.Name() != "native,openssl" || open(t, opened.Name()) != opened {
		t.Errorf("%q is not opened again by its name", opened.Name())
	}
	if reversed := open(t, "openssl,native"); reversed.Name() != "openssl,native" {
		t.Errorf("name is %q", reversed.Name())
	}
}

// An adapter is registered with the first backend that has ciphers, and found
// in any.
func TestAdapters(t *testing.T) {
	adapter := func(backends.Backend, *backends.Cipher, *backends.Mode, backends.Operation) (any, error) {
		return nil, nil
	}
	none, first, second := newStub("none"), newStub("first"), newStub("second")
	none.provides, first.supports, second.supports = nil, false, false
	b := multi.New([]backends.Backend{none, first, second}).(backends.CipherBackend)
	wantError(t, "register", b.RegisterCipherAdapter(backends.PrivateAlgorithms, 0, adapter), backends.OK)
	if none.adapters != 0 || first.adapters != 1 || second.adapters != 0 {
		t.Errorf("adapters: %d, %d, %d; want one, with the first", none.adapters, first.adapters, second.adapters)
	}
	second.supports = true
	wantError(t, "register what the second has", b.RegisterCipherAdapter(backends.PrivateAlgorithms, 1, adapter),
		backends.ErrAlreadyRegistered, "none,first,second", "cipher 0x80000000-ECB")
	err := multi.New([]backends.Backend{none}).(backends.CipherBackend).RegisterCipherAdapter(backends.PrivateAlgorithms, 0, adapter)
	wantError(t, "register without ciphers", err, backends.ErrUnsupportedInterface, "CipherBackend")
}

// native has no CAST5 with short keys, openssl has.
func TestKeysThatTheFirstLacks(t *testing.T) {
	b := open(t, "native,openssl").(backends.CipherBackend)
	cipher := &backends.Cipher{Algorithm: backends.CipherCAST5, Key: make([]byte, 5)}
	context, err := b.CreateSymmetricEncryptionCtx(cipher, &backends.Mode{Mode: backends.ModeECB})
	if err != nil {
		t.Fatal(err)
	}
	context.Close()
	_, err = open(t, "native").(backends.CipherBackend).CreateSymmetricEncryptionCtx(cipher, &backends.Mode{Mode: backends.ModeECB})
	wantError(t, "native alone", err, backends.ErrUnsupportedCipher)
}
