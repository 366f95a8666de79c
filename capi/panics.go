//go:build panics

package main

// #include <stdint.h>
import "C"

import "github.com/hazmat/hazmat/capi/boundary"

// hz_core_panic_at makes the function with a name panic from now on; the empty
// name ends that. It is only in the core that 'make build-contract' builds, for
// tests.
//
//export hz_core_panic_at
func hz_core_panic_at(name C.uintptr_t) {
	if function, err := boundary.Text("name", uintptr(name)); err == nil {
		boundary.PanicAt(function)
	}
}
