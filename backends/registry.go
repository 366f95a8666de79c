package backends

import (
	"maps"
	"slices"
	"strings"
	"sync"
)

// Opener makes a backend that is not there before it is opened. The argument is
// what follows the opener's name and a colon in the name given to [Open], ""
// if nothing does. A backend that this system has not is [ErrUnknownBackend].
// An opener is called by one goroutine at a time, and not again for an argument
// that it succeeded with. It must not call Open itself.
type Opener func(argument string) (Backend, error)

// Combiner makes one backend of several, in the order in which they are to be
// asked. Its name is theirs, joined with commas.
type Combiner func(backends []Backend) Backend

var registry = struct {
	sync.RWMutex
	backends map[string]Backend // all that are there, by name
	own      map[string]bool    // names of those that Register was given
	openers  map[string]Opener
	combine  Combiner
}{backends: map[string]Backend{}, own: map[string]bool{}, openers: map[string]Opener{}}

// maxNameSize is the longest name of a backend, in bytes. The front keeps names
// in buffers of one byte more.
const maxNameSize = 1023

// Register makes a backend known under its name. A name that is taken is
// ErrAlreadyRegistered; an empty one, one of more than 1023 bytes, or one with
// a comma or a control character, ErrInvalidArgument. Backends register
// themselves, or an opener, when their package is imported. Safe for use by
// several goroutines.
func Register(backend Backend) error {
	name := backend.Name()
	registry.Lock()
	defer registry.Unlock()
	if err := checkFree(name); err != nil {
		return err
	}
	registry.backends[name], registry.own[name] = backend, true
	return nil
}

// RegisterOpener makes known under a name what opens a backend when it is first
// wanted. Open(name) and Open(name + ":" + argument) call it. Errors are those
// of Register. Safe for use by several goroutines.
func RegisterOpener(name string, open Opener) error {
	registry.Lock()
	defer registry.Unlock()
	if err := checkFree(name); err != nil {
		return err
	}
	registry.openers[name] = open
	return nil
}

// RegisterCombiner sets what Open makes lists of backends with. Package multi
// does so when it is imported. Safe for use by several goroutines.
func RegisterCombiner(combine Combiner) {
	registry.Lock()
	defer registry.Unlock()
	registry.combine = combine
}

// checkFree checks a name to be registered. The registry is locked.
func checkFree(name string) error {
	if !validName(name) || strings.Contains(name, ",") {
		return Errorf(ErrInvalidArgument, "backend name %q must have 1 to %d bytes, none a comma or a control character", name, maxNameSize)
	}
	if registry.backends[name] != nil || registry.openers[name] != nil {
		return Errorf(ErrAlreadyRegistered, "a backend named %q is already registered", name)
	}
	return nil
}

// validName tells whether a backend, or several, can have a name.
func validName(name string) bool {
	control := func(r rune) bool { return r < ' ' }
	return name != "" && len(name) <= maxNameSize && !strings.ContainsFunc(name, control)
}

// Names returns the names of all backends that can be opened, sorted; lists of
// several can be made of them. A backend that needs a library of the system is
// among them if that can be loaded, which this call does. Safe for use by
// several threads.
//
//hz:export
//hz:name backend_names
func Names() []string {
	registry.RLock()
	names := slices.Collect(maps.Keys(registry.own))
	openers := slices.Collect(maps.Keys(registry.openers))
	registry.RUnlock()
	for _, name := range openers {
		if _, err := Open(name); err == nil {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
