package openssl

/*
#cgo CFLAGS: -std=c11 -Wall -Wextra
#cgo LDFLAGS: -ldl

#include <stdlib.h>
#include <string.h>
#include "libcrypto.h"
*/
import "C"

import (
	"strings"
	"sync"
	"unsafe"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/internal/forks"
)

// library is a loaded libcrypto. It is never unloaded.
type library struct {
	c      *C.struct_libcrypto
	legacy sync.Once // has the legacy provider loaded, if there is one
}

// load loads a libcrypto, given its path, or a file name that the loader
// searches for.
func load(path string) (*library, error) {
	if strings.ContainsRune(path, 0) {
		return nil, backends.Errorf(backends.ErrInvalidArgument, "path of libcrypto is %q, with a zero byte", path)
	}
	c := C.CString(path)
	defer C.free(unsafe.Pointer(c))
	var made C.struct_libcrypto_made
	forks.Without(func() { made = C.libcrypto_load(c) })
	if err := failure(backends.ErrLoad, made.error); err != nil {
		return nil, err
	}
	return &library{c: (*C.struct_libcrypto)(made.object)}, nil
}

// path returns where the library was loaded from.
func (l *library) path() string { return text(l.c.path) }

func (l *library) version() string { return text(C.libcrypto_version(l.c)) }

// text copies a text of C's. C.GoString would do too, but that it reads past
// the end of the text, if not of its page, which valgrind reports.
func text(c *C.char) string { return C.GoStringN(c, C.int(C.strlen(c))) }

// symbol returns the address of a symbol, 0 if there is none.
func (l *library) symbol(name string) uintptr {
	if strings.ContainsRune(name, 0) {
		return 0
	}
	c := C.CString(name)
	defer C.free(unsafe.Pointer(c))
	return uintptr(C.libcrypto_symbol(l.c, c))
}

// fetch returns the pointer that find finds under a name, nil if that is nothing. If the
// legacy provider may have it, that is loaded and find asked again.
func fetch[P comparable](l *library, name string, legacy bool, find func(name *C.char) P) P {
	c := C.CString(name)
	defer C.free(unsafe.Pointer(c))
	var none P
	found := find(c)
	if found == none && legacy {
		l.legacy.Do(func() { forks.Without(func() { C.libcrypto_load_legacy(l.c) }) })
		found = find(c)
	}
	return found
}

// failure makes a Go error of one of C's, which it frees. No error is nil.
func failure(status backends.Status, message *C.char) error {
	switch message {
	case nil:
		return nil
	case C.libcrypto_out_of_memory:
		status = backends.ErrOutOfMemory
	}
	defer C.libcrypto_free_error(message)
	return backends.Errorf(status, "%s", text(message))
}
