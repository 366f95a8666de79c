package boundary

import (
	"runtime"
	"unsafe"

	"github.com/hazmat/hazmat/capi/handle"
)

// Borrowed holds what a callback is given for the length of its call: handles,
// and Go memory that C may read. The zero value is ready.
type Borrowed struct {
	pinner  runtime.Pinner
	handles []uintptr
}

// Handle lends a value. A nil one is NULL.
func (b *Borrowed) Handle(kind *handle.Kind, value any) uintptr {
	if value == nil {
		return 0
	}
	address := Handles.Save(kind, value)
	b.handles = append(b.handles, address)
	return address
}

// Bytes lends memory.
func (b *Borrowed) Bytes(p []byte) unsafe.Pointer {
	if len(p) == 0 {
		return nil
	}
	return b.Pin(unsafe.Pointer(&p[0]))
}

// BytesList lends memory in several places, and the list of their addresses.
func (b *Borrowed) BytesList(list [][]byte) unsafe.Pointer {
	addresses := make([]uintptr, len(list))
	for i, p := range list {
		addresses[i] = uintptr(b.Bytes(p))
	}
	return b.array(addresses)
}

// Lengths lends the list of the lengths of what BytesList lends.
func (b *Borrowed) Lengths(list [][]byte) unsafe.Pointer {
	lengths := make([]uintptr, len(list))
	for i, p := range list {
		lengths[i] = uintptr(len(p))
	}
	return b.array(lengths)
}

func (b *Borrowed) array(numbers []uintptr) unsafe.Pointer {
	if len(numbers) == 0 {
		return nil
	}
	return b.Pin(unsafe.Pointer(&numbers[0]))
}

// Text lends a string, with a NUL behind it.
func (b *Borrowed) Text(s string) unsafe.Pointer { return b.Bytes(append([]byte(s), 0)) }

// Pin lends the Go value that p points to.
func (b *Borrowed) Pin(p unsafe.Pointer) unsafe.Pointer {
	b.pinner.Pin(p)
	return p
}

// Return takes everything back. A handle that the callback freed, or gave to
// somebody else, is no error.
func (b *Borrowed) Return() {
	for _, address := range b.handles {
		_, _ = Handles.Free(nil, address)
	}
	b.pinner.Unpin()
}

// Object is what a callback gave back: nothing, the value of a handle, which
// the callee owns from now on, or else an address that only the callee
// understands.
func Object(address uintptr) (any, error) {
	if address == 0 {
		return nil, nil
	}
	value, err := Handles.Free(nil, address)
	if err == nil {
		return value, nil
	}
	if e := err.(*handle.Error); e.Reason == handle.Busy {
		return nil, handleError(err)
	}
	return address, nil
}

// StatusError is a status of the API with a message of its own.
type StatusError struct {
	Status  error
	Message string
}

// Error returns the message.
func (e *StatusError) Error() string { return e.Message }

// Unwrap returns the status.
func (e *StatusError) Unwrap() error { return e.Status }

// ClearErrorMessage forgets the calling thread's error message, so that what is
// there after a callback is the callback's own.
func ClearErrorMessage() { SetErrorMessage("") }

// CallbackError is the failure of a callback with the message that it set, if
// it did.
func CallbackError(status error) error {
	text := lastErrorMessage()
	if text == "" {
		text = "the callback failed: " + status.Error()
	}
	return &StatusError{status, text}
}
