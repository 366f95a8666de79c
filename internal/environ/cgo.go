//go:build cgo

package environ

/*
#define _GNU_SOURCE
#include <stdlib.h>
*/
import "C"

import "unsafe"

// Get returns the value of a variable, "" if it is not set, or if the process
// runs with raised privileges, where whoever started it must not choose for it.
func Get(name string) string {
	c := C.CString(name)
	defer C.free(unsafe.Pointer(c))
	return C.GoString(C.secure_getenv(c))
}
