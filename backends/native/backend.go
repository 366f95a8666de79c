// Package native is the backend made of Go's own crypto and of
// golang.org/x/crypto. It needs nothing from the system. Importing it
// registers it under the name "native".
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
	return &backend{
		Hashes: engine.Hashes{Backend: Name, New: newHashes(), NewHMAC: newHMACs()},
	}
}

type backend struct {
	engine.Hashes
}

// Name implements backends.Backend.
func (b *backend) Name() string { return Name }

// Description implements backends.Backend.
func (b *backend) Description() string {
	return "Go's crypto and golang.org/x/crypto, " + runtime.Version()
}

// Provides implements backends.Backend.
func (b *backend) Provides(i backends.Interface) bool {
	return i == backends.InterfaceHash || i == backends.InterfaceHMAC
}
