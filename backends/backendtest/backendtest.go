// Package backendtest is the contract of package backends as a test: every
// backend passes it.
//
// Run checks a backend against what the documentation of the interfaces says,
// and against published vectors: each state and error, each way to split a
// message, buffers in place, too small and overlapping, copies, and use by
// several goroutines. What a backend says it does not support must be refused
// consistently; what it says it supports must have a vector that proves it.
package backendtest

import (
	"slices"
	"testing"

	"github.com/hazmat/hazmat/backends"
)

// Run tests a backend. It registers adapters with it, under private codes.
//
// With the flag -hazmat.large the tests include messages of more than 2 GiB,
// which take some 5 GiB of memory.
func Run(t *testing.T, backend backends.Backend) {
	run(testingReporter{t}, backend)
}

func run(t reporter, backend backends.Backend) {
	t.Run("Backend", func(t reporter) { testBackend(t, backend) })
	if b, ok := backend.(backends.HashBackend); ok && backend.Provides(backends.InterfaceHash) {
		t.Run("Hash", func(t reporter) { testHashes(t, b) })
	}
	if b, ok := backend.(backends.HMACBackend); ok && backend.Provides(backends.InterfaceHMAC) {
		t.Run("HMAC", func(t reporter) { testHMACs(t, b) })
	}
	if b, ok := backend.(backends.CipherBackend); ok && backend.Provides(backends.InterfaceCipher) {
		t.Run("Cipher", func(t reporter) { testCiphers(t, b) })
	}
	if b, ok := backend.(backends.MessageBackend); ok {
		t.Run("Message", func(t reporter) { testMessages(t, b) })
	}
	if b, ok := backend.(backends.AEADBackend); ok && backend.Provides(backends.InterfaceAEAD) {
		t.Run("AEAD", func(t reporter) { testAEADs(t, b) })
	}
}

// testBackend checks that a backend says what it is, and that it has the
// methods of the interfaces that it provides.
func testBackend(t reporter, backend backends.Backend) {
	if backend.Name() == "" || backend.Description() == "" {
		t.Errorf("name is %q, description %q; want both", backend.Name(), backend.Description())
	}
	_, ciphers := backend.(backends.CipherBackend)
	_, hashes := backend.(backends.HashBackend)
	_, hmacs := backend.(backends.HMACBackend)
	_, aeads := backend.(backends.AEADBackend)
	has := map[backends.Interface]bool{
		backends.InterfaceCipher: ciphers,
		backends.InterfaceHash:   hashes,
		backends.InterfaceHMAC:   hmacs,
		backends.InterfaceAEAD:   aeads,
	}
	provides := false
	for which := backends.Interface(0); which < 100; which++ {
		if backend.Provides(which) {
			provides = true
			if !has[which] {
				t.Errorf("interface %d %q is provided, but the methods are not there", which, which.Name())
			}
		}
	}
	if !provides {
		t.Errorf("no interface is provided")
	}
}

// unlisted returns codes that mean nothing: 0, codes after the listed ones, and
// private ones that nobody has registered.
func unlisted[Code ~uint32](listed []Code) []Code {
	last := slices.Max(listed)
	return []Code{0, last + 1, last + 1000, 0x7fffffff, backends.PrivateAlgorithms, 0xffffffff}
}
