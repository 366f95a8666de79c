package openssl

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/hazmat/hazmat/backends"
)

// wantError checks the status of an error, and that its text, one line, has all
// that it should.
func wantError(t *testing.T, what string, err error, status backends.Status, parts ...string) {
	t.Helper()
	if backends.StatusOf(err) != status {
		t.Errorf("%s: %v (%v), want %v", what, err, backends.StatusOf(err), status)
	}
	if err == nil {
		return
	}
	for _, part := range parts {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%s: %q does not say %q", what, err, part)
		}
	}
	if strings.Contains(err.Error(), "\n") {
		t.Errorf("%s: %q has more than one line", what, err)
	}
}

func TestOpenWithABadPath(t *testing.T) {
	folder := t.TempDir()
	pipe := filepath.Join(folder, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	symbols := fake{without: "EVP_CIPHER_fetch"}.build(t)
	for _, test := range []struct {
		what, path string
		status     backends.Status
		parts      []string
	}{
		{"missing", "/nowhere/libcrypto.so", backends.ErrLoad, []string{"/nowhere/libcrypto.so", "No such file"}},
		{"a folder", folder, backends.ErrLoad, []string{folder, "no regular file"}},
		{"a pipe", pipe, backends.ErrLoad, []string{pipe, "no regular file"}},
		{"an empty file", writeFile(t, ""), backends.ErrLoad, []string{"file too short"}},
		{"a text", writeFile(t, strings.Repeat("text ", 1000)), backends.ErrLoad, []string{"invalid ELF header"}},
		{"another library", buildLibrary(t, "int something;"), backends.ErrLoad, []string{"libfake.so is not OpenSSL's libcrypto", "OpenSSL_version"}},
		{"a library that lacks a symbol", symbols, backends.ErrLoad,
			[]string{symbols, "Fake 0.1", "EVP_CIPHER_fetch", "OpenSSL 3.0 or later"}},
		{"a library without a library context", fake{}.build(t), backends.ErrLoad, []string{"libcrypto: cannot load the default provider"}},
		{"a library without a default provider", fake{succeed: []string{"OSSL_LIB_CTX_new"}}.build(t), backends.ErrLoad, []string{"cannot load the default provider"}},
		{"relative", "libcrypto.so.3", backends.ErrInvalidArgument, []string{`"libcrypto.so.3"`, "absolute"}},
		{"a zero byte", "/lib\x00", backends.ErrInvalidArgument, []string{`"/lib\x00"`}},
	} {
		b, err := open(test.path)
		if b != nil {
			t.Errorf("%s: got a backend", test.what)
		}
		wantError(t, test.what, err, test.status, test.parts...)

		if strings.Contains(test.path, "\x00") {
			continue // no variable can have it
		}
		t.Setenv(pathVariable, test.path)
		b, err = open("")
		if b != nil {
			t.Errorf("%s in the environment: got a backend", test.what)
		}
		wantError(t, test.what+" in the environment", err, test.status, append(test.parts, pathVariable)...)
	}
}

func TestOpenWithAPath(t *testing.T) {
	path, err := filepath.EvalSymlinks(newSystem(t).lib.path())
	if err != nil {
		t.Fatal(err)
	}
	// A path of its own is a library of its own, with another name and as many
	// symbols. That it is loaded beside the other must not matter to either.
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	other := writeFile(t, string(content))
	b, err := backends.Open("openssl:" + other)
	if err != nil {
		t.Fatal(err)
	}
	if b.Name() != "openssl:"+other || !strings.HasSuffix(b.Description(), ", "+other) {
		t.Errorf("name is %q, description %q", b.Name(), b.Description())
	}
	t.Setenv(pathVariable, other)
	chosen, err := open("")
	if err != nil {
		t.Fatal(err)
	}
	if chosen.Name() != "openssl" || !strings.HasSuffix(chosen.Description(), ", "+other) {
		t.Errorf("name is %q, description %q", chosen.Name(), chosen.Description())
	}
}

// The loader does not see that a file is cut short; the process would die.
func TestOpenACutLibrary(t *testing.T) {
	content, err := os.ReadFile(newSystem(t).lib.path())
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []int{1, 63, 64, 500, 4096, len(content) / 10, len(content) / 2, len(content) / 10 * 9} {
		path := writeFile(t, string(content[:size]))
		_, err := open(path)
		wantError(t, fmt.Sprintf("the first %d of %d bytes", size, len(content)), err, backends.ErrLoad, path)
	}
}

// TestOpenBesideAnother opens the system's libcrypto in a process that is linked
// to a copy of it. Whether that can be depends on how it was linked itself.
func TestOpenBesideAnother(t *testing.T) {
	const variable = "HAZMAT_TEST_BESIDE"
	if path := os.Getenv(variable); path != "" {
		b, err := open(path)
		if err == nil {
			use(t, b.(*Backend), true)
			return
		}
		wantError(t, "beside another", err, backends.ErrLoad, path+" cannot be used beside "+os.Getenv("LD_PRELOAD"))
		return
	}
	path := newSystem(t).lib.path()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(os.Args[0], "-test.run=^TestOpenBesideAnother$", "-test.v")
	command.Env = append(os.Environ(), variable+"="+path, "LD_PRELOAD="+writeFile(t, string(content)))
	output, err := command.CombinedOutput()
	if err != nil || !strings.Contains(string(output), "--- PASS: TestOpenBesideAnother") {
		t.Errorf("%v\n%s", err, output)
	}
}

// Where the system has no libcrypto the backend is unknown, and no error.
func TestOpenWithoutLibcrypto(t *testing.T) {
	names := fileNames
	defer func() { fileNames = names }()
	fileNames = []string{"libcrypto.so.none", "libcrypto.so.neither"}
	_, err := open("")
	wantError(t, "no libcrypto", err, backends.ErrUnknownBackend, "OpenSSL 3.0 or later", "libcrypto.so.none", "libcrypto.so.neither")
}

// A libcrypto that can be loaded and nothing else: what it refuses is an error
// each time, and never a crash.
func TestLibraryThatFails(t *testing.T) {
	context := []string{"OSSL_LIB_CTX_new", "OSSL_PROVIDER_load"}
	b, err := open(fake{succeed: context}.build(t))
	if err != nil {
		t.Fatal(err)
	}
	wantNothing(t, b.(*Backend))

	// There are algorithms, but no contexts.
	b, err = open(fake{succeed: append(context, "EVP_MD_fetch", "EVP_MAC_fetch", "EVP_MAC_CTX_new", "EVP_MAC_init", "EVP_CIPHER_fetch")}.build(t))
	if err != nil {
		t.Fatal(err)
	}
	openssl := b.(*Backend)
	_, err = openssl.CreateHashCtx(backends.HashSHAKE128)
	wantError(t, "XOF", err, backends.ErrInternal, "cannot begin a digest")
	_, err = openssl.CreateHMACCtx(nil, backends.HashSHA256)
	wantError(t, "HMAC", err, backends.ErrInternal, "cannot begin an HMAC")
	_, err = openssl.CreateHMACCtx(nil, backends.HashSHAKE128)
	wantError(t, "HMAC over an XOF", err, backends.ErrUnsupportedHash)
	_, err = openssl.CreateSymmetricEncryptionCtx(&backends.Cipher{Algorithm: backends.CipherAES, Key: make([]byte, 16)}, &backends.Mode{Mode: backends.ModeECB})
	wantError(t, "cipher", err, backends.ErrInternal, "cannot begin a cipher")
	_, err = openssl.CreateHashCtx(backends.HashSHA256)
	wantError(t, "hash function with another digest", err, backends.ErrUnsupportedHash)
}

// wantNothing checks that a backend supports nothing.
func wantNothing(t *testing.T, b *Backend) {
	t.Helper()
	for _, cipher := range backends.CipherAlgorithms() {
		for _, mode := range cipher.Modes() {
			if b.CipherSupported(cipher, mode) {
				t.Errorf("%s in %s is supported", cipher.Name(), mode.Name())
			}
		}
	}
	for _, hash := range backends.HashAlgorithms() {
		if b.HashSupported(hash) || b.HMACSupported(hash) {
			t.Errorf("%s is supported", hash.Name())
		}
	}
	_, err := b.CreateHashCtx(backends.HashSHA256)
	if !errors.Is(err, backends.ErrUnsupportedHash) {
		t.Errorf("SHA-256: %v", err)
	}
}

func TestLegacyProviderMissing(t *testing.T) {
	t.Setenv("OPENSSL_MODULES", t.TempDir())
	b := newSystem(t)
	for algorithm, family := range cipherFamilies {
		for _, mode := range algorithm.Modes() {
			if b.CipherSupported(algorithm, mode) && family.legacy {
				t.Errorf("%s in %s is supported", algorithm.Name(), mode.Name())
			}
		}
	}
	_, err := b.CreateSymmetricEncryptionCtx(&backends.Cipher{Algorithm: backends.CipherBlowfish, Key: make([]byte, 16)}, &backends.Mode{Mode: backends.ModeECB})
	wantError(t, "Blowfish", err, backends.ErrUnsupportedCipher, "Blowfish-ECB")
	_, err = b.CreateHashCtx(backends.HashWhirlpool)
	wantError(t, "Whirlpool", err, backends.ErrUnsupportedHash, "whirlpool")
	if !b.CipherSupported(backends.CipherAES, backends.ModeGCM) || !b.HashSupported(backends.HashSHA256) {
		t.Error("the default provider is gone, too")
	}
	os.Unsetenv("OPENSSL_MODULES")
	if !newSystem(t).HashSupported(backends.HashWhirlpool) {
		t.Error("Whirlpool is not supported with the provider, either")
	}
}
