package openssl

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/backends/backendtest"
	"github.com/hazmat/hazmat/backends/engine"
	"github.com/hazmat/hazmat/backends/openssl/internal/foreign"
)

// others are the paths of further libcryptos to test, separated by colons.
const othersVariable = "HAZMAT_TEST_OPENSSL"

// newSystem returns a new backend on the system's libcrypto.
func newSystem(t testing.TB) *Backend {
	t.Helper()
	b, err := open("")
	if err != nil {
		t.Fatalf("libcrypto of OpenSSL 3.0 or later is needed for this test; on Debian, install libssl-dev: %v", err)
	}
	return b.(*Backend)
}

// eachLibrary runs a test on the system's libcrypto, and on the others.
func eachLibrary(t *testing.T, test func(*testing.T, *Backend)) {
	t.Run("system", func(t *testing.T) { test(t, newSystem(t)) })
	for _, path := range filepath.SplitList(os.Getenv(othersVariable)) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			b, err := open(path)
			if err != nil {
				t.Fatal(err)
			}
			test(t, b.(*Backend))
		})
	}
}

func TestContract(t *testing.T) {
	eachLibrary(t, func(t *testing.T, b *Backend) { backendtest.Run(t, b) })
}

// has tells whether libcrypto has a function, without a call.
func (b *Backend) has(symbol string) bool {
	_, err := b.OpensslSymbol(symbol)
	return err == nil
}

// TestSupport checks that the backend has all that its libcrypto has. What that
// was built without is told by the functions that it lacks.
func TestSupport(t *testing.T) {
	eachLibrary(t, func(t *testing.T, b *Backend) {
		legacy := b.hasLegacyProvider(t)
		t.Logf("%s; legacy provider: %t", b.Description(), legacy)
		for _, cipher := range backends.CipherAlgorithms() {
			for _, mode := range cipher.Modes() {
				pair := engine.Pair{Cipher: cipher, Mode: mode}
				want := true
				switch {
				case cipher == backends.CipherSM4 && mode == backends.ModeGCM:
					want = b.has("EVP_CIPHER_CTX_dup") // 3.1, as SM4 in GCM
				case cipherFamilies[cipher].legacy:
					want = legacy && b.has(map[backends.CipherAlgorithm]string{
						backends.CipherBlowfish: "EVP_bf_cbc",
						backends.CipherCAST5:    "EVP_cast5_cbc",
						backends.CipherIDEA:     "EVP_idea_cbc",
						backends.CipherSEED:     "EVP_seed_cbc",
						backends.CipherARC4:     "EVP_rc4",
					}[cipher])
				}
				if got := b.CipherSupported(cipher, mode); got != want {
					t.Errorf("that %s is supported is %t, want %t", pair, got, want)
				} else if !got {
					t.Logf("not supported: %s", pair)
				}
			}
		}
		for _, hash := range backends.HashAlgorithms() {
			want := hash != backends.HashWhirlpool || legacy
			if got := b.HashSupported(hash); got != want {
				t.Errorf("that %s is supported is %t, want %t", hash.Name(), got, want)
			} else if !got {
				t.Logf("not supported: %s", hash.Name())
			}
			if got := b.HMACSupported(hash); got != (want && !hash.Extendable()) {
				t.Errorf("that HMAC over %s is supported is %t", hash.Name(), got)
			}
		}
	})
}

// hasLegacyProvider asks in a context of its own.
func (b *Backend) hasLegacyProvider(t *testing.T) bool {
	t.Helper()
	context := b.call(t, "OSSL_LIB_CTX_new")
	defer b.call(t, "OSSL_LIB_CTX_free", context)
	return b.call(t, "OSSL_PROVIDER_load", context, foreign.Text("legacy")) != 0
}

// call calls a function of libcrypto.
func (b *Backend) call(t *testing.T, function string, arguments ...uintptr) uintptr {
	t.Helper()
	address, err := b.OpensslSymbol(function)
	if err != nil {
		t.Fatal(err)
	}
	return foreign.Call(address, arguments...)
}

func TestDescription(t *testing.T) {
	b := newSystem(t)
	if b.Name() != "openssl" {
		t.Errorf("name is %q", b.Name())
	}
	if text := b.OpensslVersionText(); !strings.HasPrefix(text, "OpenSSL ") || !strings.HasPrefix(b.Description(), text+", /") {
		t.Errorf("version is %q, description %q", text, b.Description())
	}
}

func TestSymbol(t *testing.T) {
	b := newSystem(t)
	if got := b.call(t, "OpenSSL_version_num"); got < 0x30000000 {
		t.Errorf("version number is %#x", got)
	}
	// printf and dlsym are in what libcrypto needs, not in libcrypto.
	for _, name := range []string{"", "no_such_symbol", "printf", "dlsym", "EVP_sha256\x00", "EVP_sha256 "} {
		address, err := b.OpensslSymbol(name)
		if backends.StatusOf(err) != backends.ErrInvalidArgument || address != 0 || !strings.Contains(err.Error(), "symbol") {
			t.Errorf("symbol %q: %#x, %v", name, address, err)
		}
	}
}

// The host's default library context is another than ours.
func TestDefaultContextStaysAsItWas(t *testing.T) {
	b := newSystem(t)
	available := func() [2]uintptr {
		return [2]uintptr{
			b.call(t, "OSSL_PROVIDER_available", 0, foreign.Text("legacy")),
			b.call(t, "OSSL_PROVIDER_available", 0, foreign.Text("default")),
		}
	}
	before := available()
	if !b.CipherSupported(backends.CipherBlowfish, backends.ModeECB) {
		t.Fatal("there is no legacy provider")
	}
	if after := available(); after != before || after != [2]uintptr{0, 1} {
		t.Errorf("that the default context has the legacy and the default provider was %v, is %v", before, after)
	}
}
