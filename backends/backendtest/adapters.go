package backendtest

import (
	"bytes"
	"errors"
	"sync"
	"sync/atomic"

	"github.com/hazmat/hazmat/backends"
)

// privateCode counts the codes that tests have registered: a registration
// cannot be undone, and one backend may be tested more than once.
var privateCode atomic.Uint32

func newPrivateCipher() backends.CipherAlgorithm {
	return backends.CipherAlgorithm(0xc0000000 + privateCode.Add(1))
}

// testAdapters registers adapters, for as much as can be said of objects
// without knowing the backend: none at all, an error, and one of no use.
func testAdapters(t reporter, backend backends.CipherBackend) {
	cipher, mode := newPrivateCipher(), backends.CipherMode(backends.PrivateAlgorithms+1)
	var result struct {
		object any
		err    error
	}
	key, iv := []byte("any key"), []byte("any iv")
	var wanted backends.Operation
	called := 0
	adapter := func(_ backends.Backend, c *backends.Cipher, m *backends.Mode, operation backends.Operation) (any, error) {
		called++
		if c.Algorithm != cipher || !bytes.Equal(c.Key, key) || m.Mode != mode || !bytes.Equal(m.IV, iv) || operation != wanted {
			t.Errorf("adapter was called with %v, %v, operation %d", c, m, operation)
		}
		return result.object, result.err
	}

	wantStatus(t, "register no adapter", backend.RegisterCipherAdapter(cipher, mode, nil), backends.ErrNullPointer)
	for _, unlisted := range unlisted(backends.CipherAlgorithms())[:4] {
		wantStatus(t, "register a code that is neither listed nor private",
			backend.RegisterCipherAdapter(unlisted, mode, adapter), backends.ErrInvalidArgument)
	}
	wantStatus(t, "register a mode that is neither listed nor private",
		backend.RegisterCipherAdapter(cipher, 0x7fffffff, adapter), backends.ErrInvalidArgument)
	for _, own := range backends.CipherAlgorithms() {
		for _, ownMode := range own.Modes() {
			if backend.CipherSupported(own, ownMode) {
				wantStatus(t, "register a pair of the backend", backend.RegisterCipherAdapter(own, ownMode, adapter), backends.ErrAlreadyRegistered)
			}
		}
	}

	wantStatus(t, "register", backend.RegisterCipherAdapter(cipher, mode, adapter), backends.OK)
	wantStatus(t, "register again", backend.RegisterCipherAdapter(cipher, mode, adapter), backends.ErrAlreadyRegistered)
	if !backend.CipherSupported(cipher, mode) {
		t.Errorf("a pair is not supported after it was registered")
	}
	if backend.CipherSupported(cipher, backends.ModeNone) || backend.CipherSupported(cipher+1, mode) {
		t.Errorf("another pair is supported after one was registered")
	}

	ofItsOwn := errors.New("of its own")
	for _, wanted = range operations {
		for _, test := range []struct {
			what   string
			object any
			err    error
			want   error
		}{
			{"adapter without an object", nil, nil, backends.ErrUnsupportedCipher},
			{"adapter with a useless object", struct{}{}, nil, backends.ErrInvalidArgument},
			{"adapter that fails", nil, ofItsOwn, ofItsOwn},
		} {
			result.object, result.err = test.object, test.err
			context, err := create(backend, wanted)(&backends.Cipher{Algorithm: cipher, Key: key}, &backends.Mode{Mode: mode, IV: iv})
			if !errors.Is(err, test.want) || context != nil {
				t.Errorf("%s: got %v, %v; want %v", test.what, context, err, test.want)
			}
		}
	}
	if called != 6 {
		t.Errorf("adapter was called %d times, want 6", called)
	}
	testRegistrationRace(t, backend)
}

// testRegistrationRace registers one pair from several goroutines at once. One
// of them succeeds.
func testRegistrationRace(t reporter, backend backends.CipherBackend) {
	cipher := newPrivateCipher()
	var succeeded atomic.Int32
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			err := backend.RegisterCipherAdapter(cipher, backends.ModeECB,
				func(backends.Backend, *backends.Cipher, *backends.Mode, backends.Operation) (any, error) {
					return nil, nil
				})
			if err == nil {
				succeeded.Add(1)
			} else {
				wantStatus(t, "register at the same time", err, backends.ErrAlreadyRegistered)
			}
			if !backend.CipherSupported(cipher, backends.ModeECB) {
				t.Errorf("pair is not supported after registration")
			}
		})
	}
	group.Wait()
	if n := succeeded.Load(); n != 1 {
		t.Errorf("%d registrations of one pair succeeded", n)
	}
}
