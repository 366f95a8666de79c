package backends

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestNamesLeadBack(t *testing.T) {
	for _, a := range CipherAlgorithms() {
		for _, name := range []string{a.Name(), strings.ToUpper(a.Name()), strings.ToLower(a.Name())} {
			if got, err := CipherByName(name); got != a || err != nil {
				t.Errorf("CipherByName(%q) = %d, %v; want %d", name, got, err, a)
			}
		}
		for _, m := range a.Modes() {
			if m == ModeNone {
				continue
			}
			if got, err := ModeByName(m.Name()); got != m || err != nil {
				t.Errorf("ModeByName(%q) = %d, %v; want %d", m.Name(), got, err, m)
			}
		}
	}
	for _, a := range HashAlgorithms() {
		if got, err := HashByName(a.Name()); got != a || err != nil {
			t.Errorf("HashByName(%q) = %d, %v; want %d", a.Name(), got, err, a)
		}
	}
	for _, i := range []Interface{InterfaceCipher, InterfaceHash, InterfaceHMAC} {
		if i.Name() == "" {
			t.Errorf("interface %d has no name", i)
		}
	}
}

func TestUnknownNamesAndCodes(t *testing.T) {
	if _, err := CipherByName("none"); !errors.Is(err, ErrUnsupportedCipher) {
		t.Error(err)
	}
	if _, err := ModeByName(""); !errors.Is(err, ErrUnsupportedCipher) {
		t.Error(err)
	}
	if _, err := HashByName("md17"); !errors.Is(err, ErrUnsupportedHash) {
		t.Error(err)
	}
	if c := CipherAlgorithm(0); c.Name() != "" || c.BlockSize() != 0 || c.KeySizes() != nil || c.NonceSize() != 0 || c.Modes() != nil {
		t.Error("cipher 0 has facts")
	}
	if h := HashAlgorithm(PrivateAlgorithms); h.Name() != "" || h.DigestSize() != 0 || h.BlockSize() != 0 || h.Extendable() {
		t.Error("a private hash has facts")
	}
	if Interface(0).Name() != "" {
		t.Error("interface 0 has a name")
	}
}

// The published limits hold for every algorithm, since callers size buffers by
// them.
func TestLimitsCoverTheFacts(t *testing.T) {
	for _, a := range CipherAlgorithms() {
		sizes := a.KeySizes()
		if !slices.IsSorted(sizes) || int(sizes[len(sizes)-1]) > 8*MaxKeySize {
			t.Errorf("%s has key sizes %v", a.Name(), sizes)
		}
		if a.BlockSize() < 1 || a.BlockSize() > MaxBlockSize {
			t.Errorf("%s has a block of %d bytes", a.Name(), a.BlockSize())
		}
		sizes[0] = 0
		if a.KeySizes()[0] == 0 {
			t.Errorf("%s: a caller can change the facts", a.Name())
		}
	}
	for _, a := range HashAlgorithms() {
		if a.DigestSize() < 1 || a.DigestSize() > MaxDigestSize || a.BlockSize() < a.DigestSize() {
			t.Errorf("%s has a digest of %d bytes and a block of %d", a.Name(), a.DigestSize(), a.BlockSize())
		}
	}
}

func TestConstantTimeCompare(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{{"", "", true}, {"a", "a", true}, {"a", "b", false}, {"a", "", false}, {"ab", "a", false}} {
		if got := ConstantTimeCompare([]byte(c.a), []byte(c.b)); got != c.want {
			t.Errorf("ConstantTimeCompare(%q, %q) = %t", c.a, c.b, got)
		}
	}
}

func TestRandomBytes(t *testing.T) {
	var a, b [32]byte
	if err := errors.Join(RandomBytes(a[:]), RandomBytes(b[:]), RandomBytes(nil)); err != nil {
		t.Fatal(err)
	}
	if a == b || a == [32]byte{} {
		t.Errorf("random bytes are %x and %x", a, b)
	}
}
