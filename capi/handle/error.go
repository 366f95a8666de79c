package handle

import "unsafe"

// Reason says what is wrong with a handle.
type Reason int

// The reasons.
const (
	Null    Reason = iota + 1 // NULL
	Invalid                   // freed, of another kind, or never a handle
	Stale                     // perhaps from before a fork
	Busy                      // in use by another thread
	Dead                      // a call on it panicked
)

// Error is a handle that cannot be used.
type Error struct {
	Reason  Reason
	Message string
}

// Error returns the message.
func (e *Error) Error() string { return e.Message }

// toPointer undoes the conversion of an address that go-pointer made. The
// garbage collector never sees such an address as a pointer otherwise: it would
// abort the process if a caller passed a number that lies in Go's own heap.
func toPointer(address uintptr) unsafe.Pointer {
	return *(*unsafe.Pointer)(unsafe.Pointer(&address))
}
