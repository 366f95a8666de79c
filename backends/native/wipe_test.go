package native

import (
	"reflect"
	"testing"

	"github.com/hazmat/hazmat/backends"
)

// isZero reports whether the struct that state points to is all zeroes.
func isZero(state any) bool { return reflect.ValueOf(state).Elem().IsZero() }

func TestBlockCiphersAreWiped(t *testing.T) {
	for algorithm, newBlock := range blockCiphers {
		key := []byte("a key of sixteen")
		if algorithm == backends.CipherTripleDES {
			key = append(key, "or of 24"...)
		}
		block, err := newBlock(key)
		if err != nil {
			t.Fatal(err)
		}
		if isZero(block) {
			t.Errorf("%s has no key schedule to wipe", algorithm.Name())
		}
		wipe(block)
		if !isZero(block) {
			t.Errorf("%s has kept its key schedule", algorithm.Name())
		}
	}
}

func TestHashesAreWiped(t *testing.T) {
	for algorithm, newHash := range newHashes() {
		state, err := newHash()
		if err != nil {
			t.Fatal(err)
		}
		if err := state.Write([]byte("secret")); err != nil {
			t.Fatal(err)
		}
		var inner any = state
		if s, ok := state.(*goHash); ok {
			inner = s.h
			if p, ok := s.h.(plain); ok {
				inner = p.Hash
			}
		}
		state.Close()
		if !isZero(inner) {
			t.Errorf("%s has kept its state", algorithm.Name())
		}
	}
}

func TestStreamCiphersAreWiped(t *testing.T) {
	key := []byte("0123456789abcdef0123456789abcdef")
	c := &chaCha20{key: [32]byte(key)}
	if err := c.Reset(make([]byte, 16)); err != nil {
		t.Fatal(err)
	}
	inner := c.Cipher
	c.Close()
	if !isZero(inner) || c.key != [32]byte{} {
		t.Error("ChaCha20 has kept its key")
	}

	block, err := blockCiphers[backends.CipherAES](key)
	if err != nil {
		t.Fatal(err)
	}
	g := &gcm{block: block}
	if err := g.hash.init(block); err != nil {
		t.Fatal(err)
	}
	g.firstCounter(make([]byte, 12))
	g.startCTR(2)
	if err := g.Authenticate(make([]byte, 100)); err != nil {
		t.Fatal(err)
	}
	gmac := g.hash.gmac
	g.Close()
	if !isZero(g) || !isZero(block) || !isZero(gmac) {
		t.Error("GCM has kept some of its state")
	}
}
