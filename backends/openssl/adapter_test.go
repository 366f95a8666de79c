package openssl

import (
	"bytes"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/backends/openssl/internal/foreign"
)

const (
	cipherARIA = backends.CipherAlgorithm(0x80000a01)
	modeMine   = backends.CipherMode(0x80000a01)
)

// evp returns an adapter that gives the EVP_CIPHER that a function of libcrypto
// returns.
func evp(t *testing.T, b *Backend, function string) backends.CipherAdapter {
	t.Helper()
	address, err := b.OpensslSymbol(function)
	if err != nil {
		t.Fatal(err)
	}
	return func(backends.Backend, *backends.Cipher, *backends.Mode, backends.Operation) (any, error) {
		return foreign.Call(address), nil
	}
}

// register registers an adapter for ARIA in a mode.
func register(t *testing.T, b *Backend, mode backends.CipherMode, adapter backends.CipherAdapter) {
	t.Helper()
	if err := b.RegisterCipherAdapter(cipherARIA, mode, adapter); err != nil {
		t.Fatal(err)
	}
}

// loadCases returns the cases of a file, which is in the format of testdata/vectors.
func loadCases(t *testing.T, name string) []map[string][]byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	var cases []map[string][]byte
	for block := range strings.SplitSeq(string(text), "\n\n") {
		fields := map[string][]byte{}
		for line := range strings.Lines(block) {
			key, value, ok := strings.Cut(strings.TrimSpace(line), " = ")
			if data, err := hex.DecodeString(value); ok && err == nil {
				fields[key] = data
			}
		}
		if fields["key"] != nil {
			cases = append(cases, fields)
		}
	}
	if len(cases) == 0 {
		t.Fatalf("%s has no cases", name)
	}
	return cases
}

// crypt processes data in two pieces, and returns the output and how it ended.
func crypt(t *testing.T, context backends.CipherContext, data []byte) ([]byte, error) {
	t.Helper()
	output := make([]byte, len(data)+backends.MaxBlockSize)
	n := 0
	for _, piece := range [][]byte{data[:37], data[37:]} {
		written, err := context.Update(output[n:], piece)
		if err != nil {
			t.Fatal(err)
		}
		n += written
	}
	written, err := context.Finalize(output[n:])
	return output[:n+written], err
}

func TestAdapterCTR(t *testing.T) {
	eachLibrary(t, func(t *testing.T, b *Backend) {
		register(t, b, backends.ModeCTR, evp(t, b, "EVP_aria_256_ctr"))
		for _, c := range loadCases(t, "aria-ctr.txt") {
			cipher := &backends.Cipher{Algorithm: cipherARIA, Key: c["key"]}
			mode := &backends.Mode{Mode: backends.ModeCTR, IV: c["iv"]}
			context, err := b.CreateSymmetricEncryptionCtx(cipher, mode)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := crypt(t, context, c["plaintext"]); err != nil || !bytes.Equal(got, c["ciphertext"]) {
				t.Errorf("encrypts to %x, %v", got, err)
			}
			context, err = b.CreateSymmetricDecryptionCtx(cipher, mode)
			if err != nil {
				t.Fatal(err)
			}
			// It is a counter mode, so it can begin again.
			crypted, err := context.Update(make([]byte, 5), make([]byte, 5))
			if err != nil || crypted != 5 {
				t.Errorf("update: %d, %v", crypted, err)
			}
			if err := context.(backends.NonceCipherContext).ResetNonce(c["iv"]); err != nil {
				t.Error(err)
			}
			if got, err := crypt(t, context, c["ciphertext"]); err != nil || !bytes.Equal(got, c["plaintext"]) {
				t.Errorf("decrypts to %x, %v", got, err)
			}
		}
	})
}

func TestAdapterGCM(t *testing.T) {
	eachLibrary(t, func(t *testing.T, b *Backend) {
		register(t, b, modeMine, evp(t, b, "EVP_aria_256_gcm"))
		c := loadCases(t, "aria-gcm.txt")[0]
		cipher := &backends.Cipher{Algorithm: cipherARIA, Key: c["key"]}
		open := func(create func(*backends.Cipher, *backends.Mode) (backends.CipherContext, error), tag []byte) backends.AEADCipherContext {
			t.Helper()
			context, err := create(cipher, &backends.Mode{Mode: modeMine, IV: c["iv"], Tag: tag})
			if err != nil {
				t.Fatal(err)
			}
			aead := context.(backends.AEADCipherContext)
			if err := aead.AuthenticateAdditionalData(c["aad"]); err != nil {
				t.Fatal(err)
			}
			return aead
		}
		encryption := open(b.CreateSymmetricEncryptionCtx, nil)
		if got, err := crypt(t, encryption, c["plaintext"]); err != nil || !bytes.Equal(got, c["ciphertext"]) {
			t.Errorf("encrypts to %x, %v", got, err)
		}
		tag := make([]byte, backends.MaxTagSize)
		if _, err := encryption.Tag(tag); err != nil || !bytes.Equal(tag, c["tag"]) {
			t.Errorf("tag is %x, %v", tag, err)
		}
		if got, err := crypt(t, open(b.CreateSymmetricDecryptionCtx, tag), c["ciphertext"]); err != nil || !bytes.Equal(got, c["plaintext"]) {
			t.Errorf("decrypts to %x, %v", got, err)
		}
		tag[15] ^= 1
		_, err := crypt(t, open(b.CreateSymmetricDecryptionCtx, tag), c["ciphertext"])
		wantError(t, "wrong tag", err, backends.ErrInvalidTag)
	})
}

// TestAdapterParameters gives what only libcrypto can know to be wrong.
func TestAdapterParameters(t *testing.T) {
	b := newSystem(t)
	for i, test := range []struct {
		function     string
		key, iv      int
		tag, minimum int
		decrypt      bool
		status       backends.Status
		what         string
	}{
		{"EVP_aria_256_ctr", 16, 16, 0, 0, false, backends.ErrInvalidKey, "key of 128 bits"},
		{"EVP_aria_256_ctr", 32, 12, 0, 0, false, backends.ErrInvalidNonce, "nonce of 12 bytes"},
		{"EVP_aria_256_ctr", 32, 16, 16, 0, true, backends.ErrInvalidTagLength, "tag where none belongs"},
		{"EVP_aria_256_ecb", 32, 16, 0, 0, false, backends.ErrInvalidNonce, "initialization vector where none belongs"},
		{"EVP_aria_256_gcm", 32, 7, 0, 0, false, backends.ErrInvalidNonce, "nonce of 7 bytes"},
		{"EVP_aria_256_gcm", 32, 129, 0, 0, false, backends.ErrInvalidNonce, "nonce of 129 bytes"},
		{"EVP_aria_256_gcm", 32, 128, 0, 0, false, backends.OK, "nonce of 128 bytes"},
		{"EVP_aria_256_gcm", 32, 12, 0, 0, true, backends.ErrInvalidTagLength, "no tag"},
		{"EVP_aria_256_gcm", 32, 12, 8, 0, true, backends.ErrInvalidTagLength, "short tag"},
		{"EVP_aria_256_gcm", 32, 12, 8, 8, true, backends.OK, "short tag that is allowed"},
		{"EVP_aria_256_gcm", 32, 12, 1, 1, true, backends.ErrInvalidTagLength, "minimum of 1"},
		{"EVP_aria_256_gcm", 32, 12, 16, 0, false, backends.ErrInvalidTagLength, "tag for encryption"},
		{"EVP_chacha20_poly1305", 32, 8, 0, 0, false, backends.ErrInvalidNonce, "nonce of 8 bytes"},
		{"EVP_chacha20_poly1305", 32, 12, 0, 0, false, backends.OK, "ChaCha20-Poly1305"},
		{"EVP_aria_256_ccm", 32, 12, 0, 0, false, backends.ErrUnsupportedCipher, "CCM"},
		{"EVP_aes_128_ocb", 16, 12, 0, 0, false, backends.ErrUnsupportedCipher, "OCB"},
		{"EVP_aes_128_wrap", 16, 8, 0, 0, false, backends.ErrUnsupportedCipher, "key wrapping"},
	} {
		mode := modeMine + backends.CipherMode(100+i)
		register(t, b, mode, evp(t, b, test.function))
		create := b.CreateSymmetricEncryptionCtx
		if test.decrypt {
			create = b.CreateSymmetricDecryptionCtx
		}
		context, err := create(&backends.Cipher{Algorithm: cipherARIA, Key: make([]byte, test.key)},
			&backends.Mode{Mode: mode, IV: make([]byte, test.iv), Tag: make([]byte, test.tag), MinTagLength: uint32(test.minimum)})
		wantError(t, test.function+": "+test.what, err, test.status)
		if (context != nil) != (err == nil) {
			t.Errorf("%s: %v, %v", test.what, context, err)
		}
	}
}

// TestAdapterModes has each kind of mode, each its own context.
func TestAdapterModes(t *testing.T) {
	b := newSystem(t)
	random := newRandom(1)
	for function, listed := range map[string]backends.CipherMode{
		"EVP_aes_256_ecb":    backends.ModeECB,
		"EVP_aes_256_cbc":    backends.ModeCBC,
		"EVP_aes_256_ctr":    backends.ModeCTR,
		"EVP_aes_256_ofb":    backends.ModeOFB,
		"EVP_aes_256_cfb128": backends.ModeCFB,
		"EVP_aes_256_cfb8":   backends.ModeCFB8,
		"EVP_aes_256_xts":    backends.ModeXTS,
	} {
		mode := modeMine + 200 + listed
		register(t, b, mode, evp(t, b, function))
		key, iv, message := random.bytes(32), random.bytes(16), random.bytes(80)
		switch listed {
		case backends.ModeECB:
			iv = nil
		case backends.ModeXTS:
			key = random.bytes(64)
		}
		var outputs [2][]byte
		for i, pair := range []struct {
			cipher backends.CipherAlgorithm
			mode   backends.CipherMode
		}{{backends.CipherAES, listed}, {cipherARIA, mode}} {
			context, err := b.CreateSymmetricEncryptionCtx(&backends.Cipher{Algorithm: pair.cipher, Key: key}, &backends.Mode{Mode: pair.mode, IV: iv})
			if err != nil {
				t.Fatalf("%s: %v", function, err)
			}
			outputs[i] = make([]byte, len(message))
			if n, err := context.Update(outputs[i], message); n != len(message) || err != nil {
				t.Errorf("%s: %d, %v", function, n, err)
			}
			_, resettable := context.(backends.NonceCipherContext)
			if resettable != (listed == backends.ModeCTR) {
				t.Errorf("%s: that it can take another nonce is %t", function, resettable)
			}
			context.Close()
		}
		if !bytes.Equal(outputs[0], outputs[1]) {
			t.Errorf("%s gives %x, want %x", function, outputs[1], outputs[0])
		}
	}
}

func TestAdapterObjects(t *testing.T) {
	b := newSystem(t)
	var object any
	register(t, b, modeMine+1, func(backends.Backend, *backends.Cipher, *backends.Mode, backends.Operation) (any, error) {
		return object, nil
	})
	create := func() (backends.CipherContext, error) {
		return b.CreateSymmetricEncryptionCtx(&backends.Cipher{Algorithm: cipherARIA, Key: []byte("any")}, &backends.Mode{Mode: modeMine + 1})
	}
	_, err := create()
	wantError(t, "nothing", err, backends.ErrUnsupportedCipher, "0x80000a01")
	object = uintptr(0)
	_, err = create()
	wantError(t, "NULL", err, backends.ErrUnsupportedCipher, "0x80000a01")
	object = "a text"
	_, err = create()
	wantError(t, "a text", err, backends.ErrInvalidArgument, "string", "EVP_CIPHER")
	mine := struct{ backends.CipherContext }{}
	object = mine
	if context, err := create(); err != nil || context != mine {
		t.Errorf("%v, %v, want the adapter's own context", context, err)
	}
}
