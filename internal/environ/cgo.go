//go:build cgo

package environ

/*
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
*/
import "C"

import "unsafe"

// Get returns the value of a variable, "" if it is not set, or if the process
// runs with raised privileges, where whoever started it must not choose for it.
func Get(name string) string {
	c := C.CString(name)
	defer C.free(unsafe.Pointer(c))
	value := C.secure_getenv(c)
	if value == nil {
		return ""
	}
	// C.GoString reads past the end of a text, if not of its page; valgrind
	// would have something to say about every program that uses the library.
	return C.GoStringN(value, C.int(C.strlen(value)))
}
