package backendtest

import (
	"fmt"
	"slices"

	"github.com/hazmat/hazmat/backends"
)

func testCiphers(t reporter, backend backends.CipherBackend) {
	t.Run("unsupported", func(t reporter) { testUnsupportedPairs(t, backend) })
	t.Run("adapters", func(t reporter) { testAdapters(t, backend) })
	cases := append(load(t, "cipher"), load(t, "aead")...)
	for _, cipher := range backends.CipherAlgorithms() {
		for _, mode := range cipher.Modes() {
			if !backend.CipherSupported(cipher, mode) {
				continue
			}
			s := newSubject(backend, cipher, mode)
			t.Run(s.name(), func(t reporter) {
				t.Run("facets", s.testFacets)
				t.Run("keys", s.testKeys)
				t.Run("nonces", s.testNonces)
				t.Run("states", s.testStates)
				t.Run("empty", s.testEmpty)
				t.Run("buffers", s.testBuffers)
				t.Run("overlap", s.testOverlap)
				switch {
				case s.authenticated():
					s.testAuthenticated(t)
				case s.wholeUnit():
					t.Run("data unit", s.testDataUnit)
				default:
					t.Run("no tag", s.testNoTag)
				}
				if s.blockwise() {
					t.Run("incomplete block", s.testIncompleteBlock)
				}
				if s.resettable() {
					t.Run("reset", s.testReset)
					t.Run("limit", s.testLimit)
				}
				t.Run("vectors", func(t reporter) { s.testVectors(t, ofPair(t, cases, cipher, mode)) })
				t.Run("splits", s.testSplits)
				t.Run("concurrency", s.testConcurrency)
				if *large {
					t.Run("large", s.testLarge)
				}
			})
		}
	}
}

// testUnsupportedPairs asks for every pair that the backend does not have, and
// for codes that mean nothing.
func testUnsupportedPairs(t reporter, backend backends.CipherBackend) {
	modes := append(unlisted([]backends.CipherMode{backends.ModeXTS}), backends.ModeECB, backends.ModeCBC, backends.ModeCTR,
		backends.ModeOFB, backends.ModeCFB, backends.ModeCFB8, backends.ModeGCM, backends.ModeXTS)
	for _, cipher := range append(unlisted(backends.CipherAlgorithms()), backends.CipherAlgorithms()...) {
		for _, mode := range modes {
			what := fmt.Sprintf("cipher %#x in mode %#x", uint32(cipher), uint32(mode))
			if backend.CipherSupported(cipher, mode) {
				if !slices.Contains(cipher.Modes(), mode) {
					t.Errorf("%s is said to be supported; there is no such thing", what)
				}
				continue
			}
			s := newSubject(backend, cipher, mode)
			for _, operation := range operations {
				_, err := s.tryOpen(operation)
				wantStatus(t, what, err, backends.ErrUnsupportedCipher)
			}
		}
	}
	for _, operation := range operations {
		_, err := create(backend, operation)(nil, &backends.Mode{Mode: backends.ModeECB})
		wantStatus(t, "no cipher", err, backends.ErrNullPointer)
		_, err = create(backend, operation)(&backends.Cipher{Algorithm: backends.CipherAES, Key: make([]byte, 16)}, nil)
		wantStatus(t, "AES without a mode", err, backends.ErrUnsupportedCipher)
	}
}

// testFacets checks that a context has the methods of its mode, and no others.
func (s subject) testFacets(t reporter) {
	for _, operation := range operations {
		context := s.open(t, operation)
		if _, ok := context.(backends.AEADCipherContext); ok != s.authenticated() {
			t.Errorf("operation %d: that the context is authenticated is %t", operation, ok)
		}
		if _, ok := context.(backends.NonceCipherContext); ok != s.resettable() {
			t.Errorf("operation %d: that the context can take another nonce is %t", operation, ok)
		}
		context.Close()
	}
}

// testStates checks that a context is of no use after its end.
func (s subject) testStates(t reporter) {
	for _, operation := range operations {
		for after, end := range map[string]func(backends.CipherContext){
			"finalize": func(c backends.CipherContext) { s.end(t, c) },
			"close":    func(c backends.CipherContext) { c.Close() },
		} {
			context := s.open(t, operation)
			end(context)
			s.wantDead(t, context, after)
			context.Close()
			context.Close()
			s.wantDead(t, context, after+" and close")
		}
	}
}

// wantDead checks that everything a context can do is an error.
func (s subject) wantDead(t reporter, context backends.CipherContext, after string) {
	t.Helper()
	dst := make([]byte, 64)
	for _, data := range [][]byte{nil, make([]byte, 1), make([]byte, 32)} {
		n, err := context.Update(dst, data)
		wantStatus(t, fmt.Sprintf("update with %d bytes after %s", len(data), after), err, backends.ErrAlreadyFinalized)
		if n != 0 {
			t.Errorf("update after %s gave %d bytes", after, n)
		}
	}
	_, err := context.Finalize(dst)
	wantStatus(t, "finalize after "+after, err, backends.ErrAlreadyFinalized)
	if nonce, ok := context.(backends.NonceCipherContext); ok {
		wantStatus(t, "reset after "+after, nonce.ResetNonce(s.nonce()), backends.ErrAlreadyFinalized)
	}
	if aead, ok := context.(backends.AEADCipherContext); ok {
		wantStatus(t, "additional data after "+after, aead.AuthenticateAdditionalData(nil), backends.ErrAlreadyFinalized)
	}
}

// testEmpty processes a message of nothing, with and without an update.
func (s subject) testEmpty(t reporter) {
	for _, pieces := range [][][]byte{nil, {nil}, {{}, nil, {}}} {
		ciphertext, tag := s.encrypt(t, pieces)
		if len(ciphertext) != 0 {
			t.Errorf("nothing encrypts to %x", ciphertext)
		}
		if plaintext := s.decrypt(t, pieces, tag); len(plaintext) != 0 {
			t.Errorf("nothing decrypts to %x", plaintext)
		}
	}
}

// testIncompleteBlock ends messages inside a block.
func (s subject) testIncompleteBlock(t reporter) {
	for _, operation := range operations {
		for blocks := range 3 {
			for rest := 1; rest < s.blockSize(); rest++ {
				context := s.open(t, operation)
				d := newDriver(s, context)
				d.update(t, s.message()[:blocks*s.blockSize()+rest], false)
				n, err := context.Finalize(make([]byte, 64))
				wantStatus(t, fmt.Sprintf("finalize after %d blocks and %d bytes", blocks, rest), err, backends.ErrIncompleteBlock)
				if n != 0 {
					t.Errorf("finalize of an incomplete block gave %d bytes", n)
				}
				s.wantDead(t, context, "an incomplete block")
				context.Close()
			}
		}
	}
}

func (s subject) testConcurrency(t reporter) {
	testConcurrency(t, func(message []byte) []byte {
		ciphertext, tag := s.encrypt(t, [][]byte{message})
		return slices.Concat(ciphertext, tag, s.decrypt(t, [][]byte{ciphertext}, tag))
	})
}
