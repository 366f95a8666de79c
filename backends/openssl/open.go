package openssl

import (
	"path/filepath"
	"strings"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/internal/environ"
)

// pathVariable is the environment variable with the path of a libcrypto.
const pathVariable = "HAZMAT_OPENSSL"

// fileNames are what libcrypto is searched for as, the libraries of OpenSSL 3
// and 4.
var fileNames = []string{"libcrypto.so.3", "libcrypto.so.4"}

// open opens the backend: on the libcrypto with a path, or on that of the
// system if there is none.
func open(path string) (backends.Backend, error) {
	if path != "" {
		return openPath(Name+":"+path, path)
	}
	if path := environ.Get(pathVariable); path != "" {
		b, err := openPath(Name, path)
		if err != nil {
			return nil, backends.Errorf(backends.StatusOf(err), "%s: %v", pathVariable, err)
		}
		return b, nil
	}
	var reasons []string
	for _, file := range fileNames {
		lib, err := load(file)
		if err == nil {
			return newBackend(Name, lib), nil
		}
		reasons = append(reasons, err.Error())
	}
	return nil, backends.Errorf(backends.ErrUnknownBackend,
		"backend %s needs libcrypto of OpenSSL 3.0 or later: %s", Name, strings.Join(reasons, "; "))
}

// openPath opens the backend on the libcrypto with a path.
func openPath(name, path string) (backends.Backend, error) {
	// A bare file name would be searched for, and found elsewhere one day.
	if !filepath.IsAbs(path) {
		return nil, backends.Errorf(backends.ErrInvalidArgument, "path of libcrypto is %q; it must be absolute", path)
	}
	lib, err := load(path)
	if err != nil {
		return nil, err
	}
	return newBackend(name, lib), nil
}
