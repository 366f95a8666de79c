package engine

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/hazmat/hazmat/backends"
)

// named is a backend of which there is only a name.
type named struct{ backends.Backend }

func (named) Name() string { return "fake" }

// capture returns ciphers with one pair, which keep the parameters that a
// context is made with.
func capture(pair Pair, got *Params) *Ciphers {
	return &Ciphers{
		Backend: named{},
		New: map[Pair]func(Params) (backends.CipherContext, error){
			pair: func(p Params) (backends.CipherContext, error) {
				*got = p
				got.Key = bytes.Clone(p.Key)
				return NewStreamContext(&fake{}), nil
			},
		},
	}
}

func TestTripleDESKeyIsExpanded(t *testing.T) {
	pair := Pair{backends.CipherTripleDES, backends.ModeECB}
	for key, want := range map[string]string{
		"abcdefgh":                 "abcdefghabcdefghabcdefgh",
		"abcdefghijklmnop":         "abcdefghijklmnopabcdefgh",
		"abcdefghijklmnopqrstuvwx": "abcdefghijklmnopqrstuvwx",
	} {
		var got Params
		given := []byte(key)
		_, err := capture(pair, &got).CreateSymmetricEncryptionCtx(
			&backends.Cipher{Algorithm: pair.Cipher, Key: given}, &backends.Mode{Mode: pair.Mode})
		if err != nil || string(got.Key) != want || string(given) != key {
			t.Errorf("%q became %q, %v, and is now %q", key, got.Key, err, given)
		}
	}
}

func TestExpandedKeyIsWiped(t *testing.T) {
	p := newParams(&backends.Cipher{Algorithm: backends.CipherTripleDES, Key: []byte("abcdefgh")},
		&backends.Mode{Mode: backends.ModeECB}, backends.OperationEncrypt)
	if err := p.checkKey(); err != nil {
		t.Fatal(err)
	}
	p.wipe()
	if !bytes.Equal(p.Key, make([]byte, 24)) {
		t.Errorf("%q was left behind", p.Key)
	}
}

// An error names what was given and what would have been right.
func TestErrorsNameTheValueAndTheRule(t *testing.T) {
	aes := func(mode backends.CipherMode) Pair { return Pair{backends.CipherAES, mode} }
	gcm := backends.Mode{Mode: backends.ModeGCM, IV: make([]byte, 12)}
	for _, test := range []struct {
		pair      Pair
		key       int
		nonce     int
		mode      backends.Mode
		operation backends.Operation
		want      string
	}{
		{pair: aes(backends.ModeECB), key: 17, want: "key of AES-ECB has 136 bits; allowed: 128, 192, 256 bits"},
		{pair: aes(backends.ModeXTS), key: 24, want: "key of AES-XTS has 192 bits; allowed: 256, 512 bits"},
		{pair: aes(backends.ModeXTS), key: 32, want: "the two halves of a key of AES-XTS must differ"},
		{pair: Pair{backends.CipherBlowfish, backends.ModeECB}, key: 3, want: "key of Blowfish-ECB has 24 bits; allowed: 32 to 448 in steps of 8 bits"},
		{pair: aes(backends.ModeECB), key: 16, nonce: 12, want: "AES-ECB takes no nonce of the cipher; got 12 bytes"},
		{pair: aes(backends.ModeECB), key: 16, mode: backends.Mode{IV: make([]byte, 16)}, want: "AES-ECB takes no initialization vector; got 16 bytes"},
		{pair: aes(backends.ModeCBC), key: 16, mode: backends.Mode{IV: make([]byte, 8)}, want: "initialization vector of AES-CBC has 8 bytes; allowed: 16"},
		{pair: Pair{Cipher: backends.CipherChaCha20}, key: 32, nonce: 12, want: "nonce of the cipher of ChaCha20 has 12 bytes; allowed: 16"},
		{pair: aes(backends.ModeGCM), key: 16, mode: backends.Mode{IV: make([]byte, 7)}, want: "nonce of AES-GCM has 7 bytes; allowed: 8 to 128"},
		{pair: aes(backends.ModeECB), key: 16, mode: backends.Mode{Tag: make([]byte, 16)}, want: "AES-ECB has no tag; got one of 16 bytes and a minimum of 0"},
		{pair: aes(backends.ModeGCM), key: 16, mode: backends.Mode{IV: gcm.IV, MinTagLength: 3}, want: "minimum tag length is 3; allowed: 4 to 16 bytes"},
		{pair: aes(backends.ModeGCM), key: 16, mode: backends.Mode{IV: gcm.IV, Tag: make([]byte, 16)}, want: "a tag of 16 bytes was given for encryption, which makes one"},
		{pair: aes(backends.ModeGCM), key: 16, mode: backends.Mode{IV: gcm.IV, Tag: make([]byte, 1)}, operation: backends.OperationDecrypt, want: "tag has 1 bytes; allowed: 16 to 16"},
	} {
		var got Params
		c := capture(test.pair, &got)
		create := c.CreateSymmetricEncryptionCtx
		if test.operation == backends.OperationDecrypt {
			create = c.CreateSymmetricDecryptionCtx
		}
		test.mode.Mode = test.pair.Mode
		_, err := create(&backends.Cipher{Algorithm: test.pair.Cipher, Key: make([]byte, test.key), Nonce: make([]byte, test.nonce)}, &test.mode)
		if err == nil || err.Error() != test.want {
			t.Errorf("%v, want %s", err, test.want)
		}
	}
}

func TestPairString(t *testing.T) {
	for pair, want := range map[Pair]string{
		{backends.CipherAES, backends.ModeCBC}:           "AES-CBC",
		{backends.CipherARC4, backends.ModeNone}:         "RC4",
		{77, backends.ModeNone}:                          "cipher 0x4d",
		{backends.CipherAES, backends.PrivateAlgorithms}: "AES-mode 0x80000000",
	} {
		if got := pair.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestAdapters(t *testing.T) {
	const private = backends.CipherAlgorithm(backends.PrivateAlgorithms + 1)
	own := Pair{backends.CipherAES, backends.ModeECB}
	var got Params
	c := capture(own, &got)
	c.Adopt = func(object any, p Params) (backends.CipherContext, error) {
		got = p
		return object.(backends.CipherContext), nil
	}
	var object any
	var failure error
	adapter := func(backend backends.Backend, cipher *backends.Cipher, mode *backends.Mode, operation backends.Operation) (any, error) {
		if backend != c.Backend || cipher.Algorithm != private || mode.Mode != backends.ModeCBC || operation != backends.OperationDecrypt {
			t.Errorf("adapter got %v, %v, %v, %v", backend, cipher, mode, operation)
		}
		return object, failure
	}
	register := func(cipher backends.CipherAlgorithm, mode backends.CipherMode, adapter backends.CipherAdapter) error {
		return c.RegisterCipherAdapter(cipher, mode, adapter)
	}
	wantStatus(t, "no adapter", register(private, backends.ModeCBC, nil), backends.ErrNullPointer)
	wantStatus(t, "unlisted cipher", register(77, backends.ModeCBC, adapter), backends.ErrInvalidArgument)
	wantStatus(t, "unlisted mode", register(private, 77, adapter), backends.ErrInvalidArgument)
	wantStatus(t, "own pair", register(own.Cipher, own.Mode, adapter), backends.ErrAlreadyRegistered)
	if c.CipherSupported(private, backends.ModeCBC) {
		t.Error("the pair is supported before it is registered")
	}
	wantStatus(t, "first", register(private, backends.ModeCBC, adapter), backends.OK)
	wantStatus(t, "second", register(private, backends.ModeCBC, adapter), backends.ErrAlreadyRegistered)
	if !c.CipherSupported(private, backends.ModeCBC) {
		t.Error("the pair is not supported after it was registered")
	}

	create := func() (backends.CipherContext, error) {
		return c.CreateSymmetricDecryptionCtx(&backends.Cipher{Algorithm: private, Key: []byte("k")},
			&backends.Mode{Mode: backends.ModeCBC, IV: []byte("iv")})
	}
	_, err := create()
	wantStatus(t, "no object", err, backends.ErrUnsupportedCipher)
	if err == nil || !strings.Contains(err.Error(), "cipher 0x80000001-CBC") {
		t.Errorf("%v does not name the pair", err)
	}

	failure = errors.New("of its own")
	if _, err := create(); err != failure {
		t.Errorf("%v, want the adapter's own error", err)
	}

	context := NewStreamContext(&fake{})
	object, failure = context, nil
	if made, err := create(); made != context || err != nil {
		t.Errorf("%v, %v, want the adapter's object", made, err)
	}
	if string(got.Key) != "k" || string(got.Nonce) != "iv" {
		t.Errorf("backend got %+v", got)
	}

	refused := &fake{}
	object = refused
	c.Adopt = func(any, Params) (backends.CipherContext, error) { return nil, errBroken }
	if _, err := create(); err != errBroken || refused.closings != 1 {
		t.Errorf("%v, and what was refused is closed %d times", err, refused.closings)
	}
}

// Of a listed pair the engine knows the rules, whoever implements it.
func TestAdapterOfAListedPairGetsCheckedParameters(t *testing.T) {
	c := &Ciphers{Backend: named{}}
	err := c.RegisterCipherAdapter(backends.CipherIDEA, backends.ModeECB,
		func(backends.Backend, *backends.Cipher, *backends.Mode, backends.Operation) (any, error) {
			t.Error("adapter was called")
			return nil, nil
		})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.CreateSymmetricEncryptionCtx(&backends.Cipher{Algorithm: backends.CipherIDEA, Key: []byte("short")}, &backends.Mode{Mode: backends.ModeECB})
	wantStatus(t, "short key", err, backends.ErrInvalidKey)
}
