//go:build contract

package main

// #include <stdint.h>
// #include <stddef.h>
import "C"

import (
	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/backends/backendtest"
	"github.com/hazmat/hazmat/capi/boundary"
)

// hz_core_contract holds the backend with a name, which may live in a process
// of any language, against the contract that all backends pass. It writes the
// first failure, cut to fit, and returns its length: 0 if there is none. It is
// only in the core that 'make build-contract' builds, for tests.
//
//export hz_core_contract
func hz_core_contract(name, out C.uintptr_t, out_cap C.size_t) C.size_t {
	text, err := boundary.Text("name", uintptr(name))
	if err == nil {
		var backend backends.Backend
		if backend, err = backends.Open(text); err == nil {
			err = backendtest.Check(backend)
		}
	}
	if err == nil {
		return 0
	}
	buffer, bufferErr := boundary.Buffer("out", uintptr(out), uintptr(out_cap))
	if bufferErr != nil {
		return out_cap
	}
	return C.size_t(copy(buffer, err.Error()))
}
