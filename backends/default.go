package backends

import (
	"errors"
	"strings"
	"sync"

	"github.com/hazmat/hazmat/internal/environ"
)

// defaultVariable is the environment variable with the name of the default
// backend.
const defaultVariable = "HAZMAT_BACKEND"

// defaultNames are the backends that the default is made of where that is not
// set, as far as they are there: native first, for the same answers everywhere,
// then others for what it does not have.
var defaultNames = []string{"native", "openssl"}

// DefaultBackend returns the backend that a program uses when it does not care
// which: native, then openssl where libcrypto can be loaded; or the one that
// the environment variable HAZMAT_BACKEND names, which may be a list as
// [Open] takes it. Errors are those of [Open], for a name that came from the
// environment, or a libcrypto that did, and cannot be opened. Safe for use by
// several threads.
//
//hz:export
func DefaultBackend() (Backend, error) {
	if name := environ.Get(defaultVariable); name != "" {
		backend, err := Open(name)
		if err != nil {
			return nil, Errorf(StatusOf(err), "%s is %q: %v", defaultVariable, name, err)
		}
		return backend, nil
	}
	return builtInDefault()
}

// builtIn is the default backend where the environment names none. It is made
// once: to find that there is no libcrypto takes time.
var builtIn struct {
	sync.Mutex
	backend Backend
}

func builtInDefault() (Backend, error) {
	builtIn.Lock()
	defer builtIn.Unlock()
	if builtIn.backend != nil {
		return builtIn.backend, nil
	}
	var names []string
	for _, name := range defaultNames {
		_, err := Open(name)
		if errors.Is(err, ErrUnknownBackend) {
			continue
		}
		if err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	backend, err := Open(strings.Join(names, ","))
	builtIn.backend = backend
	return backend, err
}
