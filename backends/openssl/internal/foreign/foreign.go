// Package foreign is for tests, in whose own files cgo cannot be used: it calls
// functions of C by their address.
package foreign

/*
#define _GNU_SOURCE
#include <malloc.h>
#include <stdint.h>

typedef uintptr_t word;

static word call(word function, word a, word b, word c, word d)
{
	return ((word (*)(word, word, word, word))function)(a, b, c, d);
}

static size_t in_use(void)
{
	struct mallinfo2 info = mallinfo2();
	return info.uordblks + info.hblkhd;
}
*/
import "C"

import "unsafe"

// Call calls a function with up to four arguments, each an integer or a
// pointer, and returns its result, which may be one too.
func Call(function uintptr, arguments ...uintptr) uintptr {
	var a [4]C.word
	for i, argument := range arguments {
		a[i] = C.word(argument)
	}
	return uintptr(C.call(C.word(function), a[0], a[1], a[2], a[3]))
}

// Text returns the address of a copy of a text, with its NUL, which is never
// freed.
func Text(text string) uintptr { return uintptr(unsafe.Pointer(C.CString(text))) }

// MallocInUse returns how many bytes of malloc's memory are in use.
func MallocInUse() int64 { return int64(C.in_use()) }
