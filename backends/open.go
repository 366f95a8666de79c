package backends

import (
	"slices"
	"strings"
	"sync"
)

// Open returns the backend with a name: "native", or "openssl", or
// "openssl:/path/to/libcrypto.so" for a file of one's choice. Names joined with
// commas, such as "native,openssl", are one backend made of several: the first
// of them that supports an algorithm answers. Every call with one name returns
// the same backend, so an adapter registered through one handle serves all.
//
// A name that there is no backend for, also because the system lacks a library,
// is [ErrUnknownBackend]; a library that was asked for and cannot be used is
// [ErrLoad]; a list with an empty name, or with one twice, is
// [ErrInvalidArgument]. Safe for use by several threads.
//
//hz:export
//hz:name backend_open
func Open(name string) (Backend, error) {
	if backend := opened(name); backend != nil {
		return backend, nil
	}
	scheme, argument, hasArgument := strings.Cut(name, ":")
	open := opener(scheme)
	switch {
	case !validName(name):
	case strings.Contains(name, ","):
		return openList(name)
	case hasArgument && argument == "":
		return nil, Errorf(ErrInvalidArgument, "backend name %q has nothing after its colon", name)
	case open != nil:
		return openOnce(name, func() (Backend, error) { return open(argument) })
	}
	return nil, Errorf(ErrUnknownBackend, "no backend is named %q; there are: %s", name, strings.Join(Names(), ", "))
}

// openList opens the backends of a list, and combines them.
func openList(list string) (Backend, error) {
	var backends []Backend
	names := strings.Split(list, ",")
	for i, name := range names {
		if name == "" || slices.Contains(names[:i], name) {
			return nil, Errorf(ErrInvalidArgument, "list of backends %q has %q at place %d; each must be a name, and come once", list, name, i+1)
		}
		backend, err := Open(name)
		if err != nil {
			return nil, err
		}
		backends = append(backends, backend)
	}
	combine := combiner()
	if combine == nil {
		return nil, Errorf(ErrUnknownBackend, "no list of backends can be opened: package multi is not imported")
	}
	// Without the lock: this asks the backends what they provide. One of the
	// caller's may wait for a lock of its language, whose holder waits for ours.
	combined := combine(backends)
	return openOnce(list, func() (Backend, error) { return combined, nil })
}

// opening lets one backend at a time be opened, so that none is opened twice.
var opening sync.Mutex

// openOnce returns the backend with a name, which open makes if there is none.
func openOnce(name string, open func() (Backend, error)) (Backend, error) {
	opening.Lock()
	defer opening.Unlock()
	if backend := opened(name); backend != nil {
		return backend, nil
	}
	backend, err := open()
	if err != nil {
		return nil, err
	}
	registry.Lock()
	defer registry.Unlock()
	registry.backends[name] = backend
	return backend, nil
}

func opened(name string) Backend {
	registry.RLock()
	defer registry.RUnlock()
	return registry.backends[name]
}

func opener(name string) Opener {
	registry.RLock()
	defer registry.RUnlock()
	return registry.openers[name]
}

func combiner() Combiner {
	registry.RLock()
	defer registry.RUnlock()
	return registry.combine
}
