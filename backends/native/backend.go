// Package native is the backend made of Go's own crypto and of
// golang.org/x/crypto. It needs nothing from the system. Importing it
// registers it under the name "native".
//
// An adapter that is registered with it returns a backends.CipherContext, which
// the backend hands to its caller as it is.
//
// Closing a context zeroes the keys that Go gives access to. Out of reach are
// the key schedule inside AES in CTR, the padded key inside HMAC, and whatever
// the compiler left in registers and on stacks; those await the garbage
// collector.
package native

import (
	"runtime"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/backends/engine"
)

// Name is the name under which the backend is registered.
const Name = "native"

func init() {
	if err := backends.Register(New()); err != nil {
		panic(err)
	}
}

// New returns a native backend that knows no adapters, for tests. Programs use
// the one that backends.Open returns, which everybody shares.
func New() backends.Backend {
	b := &backend{}
	b.Ciphers.Backend, b.Ciphers.New, b.Ciphers.Adopt = b, newCiphers(), adopt
	b.Hashes = engine.Hashes{Backend: b, New: newHashes(), NewHMAC: newHMACs()}
	b.AEADs = engine.AEADs{Backend: b, New: newAEADs()}
	b.Messages = engine.Messages{Backend: b, Sums: sums}
	return b
}

type backend struct {
	engine.Ciphers
	engine.Hashes
	engine.AEADs
	engine.Messages
}

// Name implements backends.Backend.
func (b *backend) Name() string { return Name }

// Description implements backends.Backend.
func (b *backend) Description() string {
	return "Go's crypto and golang.org/x/crypto, " + runtime.Version()
}

// Provides implements backends.Backend.
func (b *backend) Provides(i backends.Interface) bool {
	switch i {
	case backends.InterfaceCipher, backends.InterfaceHash, backends.InterfaceHMAC, backends.InterfaceAEAD:
		return true
	}
	return false
}

// adopt takes what an adapter returned for the context that it must be.
func adopt(object any, p engine.Params) (backends.CipherContext, error) {
	if context, ok := object.(backends.CipherContext); ok {
		return context, nil
	}
	return nil, backends.Errorf(backends.ErrInvalidArgument,
		"adapter of %s returned a %T; the native backend takes a CipherContext", p.Pair, object)
}
