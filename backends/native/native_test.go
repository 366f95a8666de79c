package native_test

import (
	"runtime"
	"strings"
	"testing"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/backends/backendtest"
	"github.com/hazmat/hazmat/backends/native"
)

func TestContract(t *testing.T) { backendtest.Run(t, native.New()) }

func TestRegistered(t *testing.T) {
	b, err := backends.Open("native")
	if err != nil || b.Name() != native.Name {
		t.Fatalf("%v, %v", b, err)
	}
	if !strings.Contains(b.Description(), runtime.Version()) {
		t.Errorf("%q does not name Go's version", b.Description())
	}
}

// nothing is a context of a caller's own.
type nothing struct{ backends.CipherContext }

// An adapter's context comes out as it went in.
func TestAdapterObject(t *testing.T) {
	const cipher = backends.CipherAlgorithm(backends.PrivateAlgorithms + 1)
	b := native.New().(backends.CipherBackend)
	var object any = &nothing{}
	err := b.RegisterCipherAdapter(cipher, backends.ModeNone,
		func(backend backends.Backend, _ *backends.Cipher, _ *backends.Mode, _ backends.Operation) (any, error) {
			if backend != b {
				t.Errorf("adapter was given backend %v", backend)
			}
			return object, nil
		})
	if err != nil {
		t.Fatal(err)
	}
	context, err := b.CreateSymmetricEncryptionCtx(&backends.Cipher{Algorithm: cipher}, nil)
	if err != nil || any(context) != object {
		t.Errorf("%v, %v, want the adapter's own object", context, err)
	}

	object = 5
	_, err = b.CreateSymmetricDecryptionCtx(&backends.Cipher{Algorithm: cipher}, nil)
	if backends.StatusOf(err) != backends.ErrInvalidArgument || !strings.Contains(err.Error(), "int") {
		t.Errorf("object of another type: %v", err)
	}
}

// What Go does not have is refused by its name: another backend may have it.
func TestShortCAST5Key(t *testing.T) {
	b := native.New().(backends.CipherBackend)
	for n := 5; n <= 16; n++ {
		want := backends.OK
		if n <= 10 {
			want = backends.ErrUnsupportedCipher
		}
		_, err := b.CreateSymmetricEncryptionCtx(&backends.Cipher{Algorithm: backends.CipherCAST5, Key: make([]byte, n)},
			&backends.Mode{Mode: backends.ModeECB})
		if backends.StatusOf(err) != want {
			t.Errorf("key of %d bytes: %v, want %v", n, err, want)
		}
	}
}
