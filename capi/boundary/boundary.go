// Package boundary is what the generated exports of a core have in common: the
// checks on arguments, the handles, the panic boundary and the way of an error
// text to the calling thread. It knows no function and no type of the API.
//
// Addresses arrive as integers and become pointers only after they have been
// checked. If they were typed as pointers, a wrong one that happens to lie in
// Go's own heap would make the garbage collector abort the process.
package boundary

// #include <stdlib.h>
// #include "link.h"
//
// static void set_error_message(const struct core_link *link, const char *text) { link->set_error_message(text); }
// static const char *error_message(const struct core_link *link) { return link->error_message(); }
// static void hold_forks(const struct core_link *link) { link->hold_forks(); }
// static void release_forks(const struct core_link *link) { link->release_forks(); }
import "C"

import (
	"fmt"
	"runtime/debug"
	"strings"
	"unsafe"

	"github.com/hazmat/hazmat/capi/handle"
	"github.com/hazmat/hazmat/internal/forks"
)

// link is what the front gave to Start; nil in a core that runs without a front,
// as in tests written in Go.
var link *C.struct_core_link

// Handles is the set of all handles of this core.
var Handles = handle.NewTable(false)

// Start connects the core with the front that loaded it. abiHash is the
// fingerprint that the core was generated with; a front of another one is
// refused.
func Start(frontLink uintptr, abiHash string) error {
	link = (*C.struct_core_link)(pointer(frontLink))
	if front := C.GoString(link.abi_hash); front != abiHash {
		return Faultf(Load, "the library has ABI hash %s but its core has %s: they are of different builds; install both from one", front, abiHash)
	}
	Handles = handle.NewTable(link.generation > 0)
	forks.HeldBy(func() { C.hold_forks(link) }, func() { C.release_forks(link) })
	return nil
}

// Fault is a class of failure that the boundary itself finds; each API has a
// status for it.
type Fault int

// The faults.
const (
	NullPointer Fault = iota + 1
	InvalidHandle
	StaleHandle
	Busy
	BufferTooSmall
	InvalidArgument
	Callback
	Load
	Internal
)

// Error is a fault with one line that names the argument and the rule.
type Error struct {
	Fault   Fault
	Message string
}

// Error returns the message.
func (e *Error) Error() string { return e.Message }

// Faultf returns an *Error with a formatted message.
func Faultf(fault Fault, format string, args ...any) error {
	return &Error{fault, fmt.Sprintf(format, args...)}
}

// SetErrorMessage keeps text, as one line, as the calling thread's error
// message. It must be called on the thread that the call came on, as every
// exported function is.
func SetErrorMessage(text string) {
	if link == nil {
		return
	}
	c := C.CString(strings.ReplaceAll(text, "\n", " "))
	C.set_error_message(link, c)
	C.free(unsafe.Pointer(c))
}

// Call is one exported call in progress. The zero value is ready.
type Call struct {
	held handle.Held
}

// Self looks up the handle that a method is called on and holds it for the
// call.
func Self[T any](c *Call, kind *handle.Kind, address uintptr) (self T, err error) {
	value, err := Handles.Enter(&c.held, kind, address)
	if err != nil {
		return self, handleError(err)
	}
	return value.(T), nil
}

// Leave ends a call; recovered is what recover returned in the deferred
// function that Leave is called from. It returns a fault if there was a panic,
// after which the handle is dead.
func (c *Call) Leave(function string, recovered any) error {
	if recovered == nil {
		c.held.Leave()
		return nil
	}
	c.held.Kill()
	c.held.Leave()
	return Faultf(Internal, "%s: internal error: %v at %s", function, recovered, panicSite(string(debug.Stack())))
}

// panicSite finds the line of a stack trace that panicked: the one behind the
// call of panic itself.
func panicSite(stack string) string {
	lines := strings.Split(stack, "\n")
	for i := len(lines) - 1; i >= 0; i-- {
		if strings.HasPrefix(lines[i], "panic(") && i+3 < len(lines) {
			site, _, _ := strings.Cut(strings.TrimSpace(lines[i+3]), " +")
			return site
		}
	}
	return "an unknown place"
}

// NewHandle makes a handle for a value that is handed to the caller.
func NewHandle(kind *handle.Kind, value any) uintptr { return Handles.Save(kind, value) }

// FreeHandle ends a handle and returns its value, which the caller ends. NULL is
// no handle and no error; ok is false then, and where a call that is under way
// is to end the value.
func FreeHandle(kind *handle.Kind, address uintptr) (value any, ok bool, err error) {
	if address == 0 {
		return nil, false, nil
	}
	value, err = Handles.Free(kind, address)
	if err != nil {
		return nil, false, handleError(err)
	}
	return value, value != nil, nil
}

// handleError turns a handle's error into a fault.
func handleError(err error) error {
	e := err.(*handle.Error)
	fault := map[handle.Reason]Fault{
		handle.Null: NullPointer, handle.Invalid: InvalidHandle, handle.Stale: StaleHandle,
		handle.Busy: Busy, handle.Dead: Internal,
	}[e.Reason]
	return &Error{fault, e.Message}
}

// lastErrorMessage returns the calling thread's error message.
func lastErrorMessage() string {
	if link == nil {
		return ""
	}
	return C.GoString(C.error_message(link))
}
