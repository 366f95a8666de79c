// Package openssl is the backend on OpenSSL's libcrypto, version 3.0 or later.
// It is loaded when the backend is opened, never linked: a program with this
// package runs where there is none. Importing the package registers the
// backend's opener under the name "openssl".
//
// Open("openssl") takes the libcrypto whose path is in the environment variable
// HAZMAT_OPENSSL; if there is none, libcrypto.so.3, else libcrypto.so.4, from
// where the loader finds them. Open("openssl:/path/to/libcrypto.so") takes the
// one with that path. A libcrypto that the host has loaded too is shared with
// it. OpenSSL 1.1 lacks library contexts and is refused. Tested are 3.0, 3.5 and 4.0.
//
// All algorithms come from a library context of our own with the default
// provider, so neither the host's default context nor openssl.cnf matter, and
// neither is changed. The legacy provider is loaded when one of its algorithms
// is first asked for; where it is missing they are not supported.
//
// An adapter that is registered with the backend returns the address of an
// EVP_CIPHER, as a uintptr, or a backends.CipherContext. The EVP_CIPHER comes
// from the same libcrypto, which [Backend.OpensslSymbol] gives the functions
// of; it must stay valid as long as contexts are made of it, and is not freed.
// An address that is not one of an EVP_CIPHER cannot be told from one that is:
// it crashes the process.
package openssl

import (
	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/backends/engine"
)

// Name is the name of the backend, and of its opener.
const Name = "openssl"

func init() {
	if err := backends.RegisterOpener(Name, open); err != nil {
		panic(err)
	}
}

// Backend is a libcrypto as a backend. Any number of goroutines may use it.
type Backend struct {
	engine.Ciphers
	engine.Hashes
	engine.AEADs
	engine.Messages
	name string
	lib  *library
}

// newBackend returns a backend on a libcrypto under a name.
func newBackend(name string, lib *library) *Backend {
	b := &Backend{name: name, lib: lib}
	b.Ciphers.Backend, b.Hashes.Backend, b.AEADs.Backend, b.Messages.Backend = b, b, b, b
	b.addCiphers()
	b.addHashes()
	b.addAEADs()
	return b
}

// Name implements backends.Backend.
func (b *Backend) Name() string { return b.name }

// Description implements backends.Backend: libcrypto's version and path.
func (b *Backend) Description() string { return b.lib.version() + ", " + b.lib.path() }

// Provides implements backends.Backend.
func (b *Backend) Provides(i backends.Interface) bool {
	switch i {
	case backends.InterfaceCipher, backends.InterfaceHash, backends.InterfaceHMAC, backends.InterfaceAEAD:
		return true
	}
	return false
}

// OpensslVersionText returns libcrypto's own text of its version, such as
// "OpenSSL 3.0.19 27 Jan 2026".
func (b *Backend) OpensslVersionText() string { return b.lib.version() }

// OpensslSymbol returns the address of a function or variable of the very
// libcrypto that the backend uses, which stays loaded. A name that it does not
// have is ErrInvalidArgument.
func (b *Backend) OpensslSymbol(name string) (uintptr, error) {
	address := b.lib.symbol(name)
	if address == 0 {
		return 0, backends.Errorf(backends.ErrInvalidArgument, "%s has no symbol %q", b.Description(), name)
	}
	return address, nil
}
