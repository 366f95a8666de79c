package backends

import (
	"maps"
	"slices"
	"strings"
	"sync"
)

var registry = struct {
	sync.RWMutex
	backends map[string]Backend
}{backends: map[string]Backend{}}

// maxNameSize is the longest name of a backend, in bytes. The front keeps names
// in buffers of one byte more.
const maxNameSize = 255

// Register makes a backend known under its name. A name that is taken is
// ErrAlreadyRegistered; an empty one, one of more than 255 bytes, or one with a
// comma or a control character, ErrInvalidArgument. Backends register themselves when their
// package is imported. Safe for use by several goroutines.
func Register(backend Backend) error {
	name := backend.Name()
	if name == "" || len(name) > maxNameSize || strings.ContainsFunc(name, func(r rune) bool { return r == ',' || r < ' ' }) {
		return Errorf(ErrInvalidArgument, "backend name %q must have 1 to %d bytes, none a comma or a control character", name, maxNameSize)
	}
	registry.Lock()
	defer registry.Unlock()
	if _, taken := registry.backends[name]; taken {
		return Errorf(ErrAlreadyRegistered, "a backend named %q is already registered", name)
	}
	registry.backends[name] = backend
	return nil
}

// Open returns the backend with a name. Every call with one name returns the
// same backend, so an adapter registered through one handle serves all. A name
// that nothing is registered under is [ErrUnknownBackend]. Safe for use by
// several threads.
//
//hz:export
//hz:name backend_open
func Open(name string) (Backend, error) {
	registry.RLock()
	defer registry.RUnlock()
	if backend, ok := registry.backends[name]; ok {
		return backend, nil
	}
	known := slices.Sorted(maps.Keys(registry.backends))
	return nil, Errorf(ErrUnknownBackend, "no backend is named %q; there are: %s", name, strings.Join(known, ", "))
}

// Names returns the names of all backends, sorted. Safe for use by several
// threads.
//
//hz:export
//hz:name backend_names
func Names() []string {
	registry.RLock()
	defer registry.RUnlock()
	return slices.Sorted(maps.Keys(registry.backends))
}

// defaultName is the backend that DefaultBackend opens.
const defaultName = "native"

// DefaultBackend returns the backend that a program uses when it does not care
// which. Safe for use by several threads.
//
//hz:export
func DefaultBackend() (Backend, error) { return Open(defaultName) }
