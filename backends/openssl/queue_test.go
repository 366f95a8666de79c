package openssl

import (
	"runtime"
	"strings"
	"testing"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/backends/engine"
)

const libUser = 128 // ERR_LIB_USER, a library number that is free for programs

// equalHalves fails inside libcrypto, which checks the key of XTS too.
func equalHalves(b *Backend) error {
	cipher := b.ciphersOf(engine.Pair{Cipher: backends.CipherAES, Mode: backends.ModeXTS}).of(256)
	_, err := newCipherContext(b.lib, cipher, backends.ModeXTS, 16,
		engine.Params{Operation: backends.OperationEncrypt, Key: make([]byte, 32), Nonce: make([]byte, 16)})
	return err
}

// fails are calls that libcrypto refuses.
func fails(t *testing.T, b *Backend) map[string]error {
	t.Helper()
	context, err := b.CreateSymmetricDecryptionCtx(&backends.Cipher{Algorithm: backends.CipherAES, Key: make([]byte, 16)},
		&backends.Mode{Mode: backends.ModeGCM, IV: make([]byte, 12), Tag: make([]byte, 16)})
	if err != nil {
		t.Fatal(err)
	}
	_, wrongTag := context.Finalize(nil)
	return map[string]error{
		"equal halves": equalHalves(b),
		"wrong tag":    wrongTag,
		"no symbol":    func() error { _, err := b.OpensslSymbol("none"); return err }(),
	}
}

// The queue belongs to the thread, so these tests stay on theirs.
func TestQueueIsLeftClean(t *testing.T) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	b := newSystem(t)
	for what, err := range fails(t, b) {
		if err == nil {
			t.Errorf("%s: no error", what)
		}
	}
	// What is not there is asked for, too.
	b.CipherSupported(backends.CipherIDEA, backends.ModeCBC)
	b.CipherSupported(backends.CipherSM4, backends.ModeGCM)
	if code := b.call(t, "ERR_peek_error"); code != 0 {
		t.Errorf("error %#x is left in the queue", code)
	}
}

// What the host left in the queue is still there, alone.
func TestErrorsOfTheHostStay(t *testing.T) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	b := newSystem(t)
	for _, reason := range []uintptr{101, 102} {
		b.call(t, "ERR_new")
		b.call(t, "ERR_set_error", libUser, reason, 0)
	}
	for range 2 { // the second time libcrypto fails as it did before
		errs := fails(t, b)
		if text := errs["equal halves"].Error(); !strings.Contains(text, "duplicated") || strings.Contains(text, "101") {
			t.Errorf("error text is %q", text)
		}
	}
	b.CipherSupported(backends.CipherIDEA, backends.ModeCBC)
	for _, reason := range []uintptr{101, 102, 0} {
		want := reason
		if want != 0 {
			want |= libUser << 23
		}
		if code := b.call(t, "ERR_get_error"); code != want {
			t.Errorf("error in the queue is %#x, want %#x", code, want)
		}
	}
}

func TestErrorTextHasWhatLibcryptoSays(t *testing.T) {
	err := fails(t, newSystem(t))["equal halves"]
	if backends.StatusOf(err) != backends.ErrInternal {
		t.Errorf("status of %v is %v", err, backends.StatusOf(err))
	}
	for _, part := range []string{"cannot begin a cipher", "error:", "duplicated"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("text %q has no %q", err, part)
		}
	}
	if strings.Contains(err.Error(), "\n") {
		t.Errorf("text %q has more than one line", err)
	}
}
