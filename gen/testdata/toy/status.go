package toy

import "fmt"

// Status is the outcome of a call.
//
//hz:export
//hz:status
type Status uint32

// The codes differ from those of any other API.
const (
	// OK is success.
	OK Status = 0 // success
	// ErrInternal is a defect.
	//
	//hz:error runtime
	ErrInternal Status = 10 // internal error
	// ErrNullPointer is a NULL.
	//
	//hz:error value
	ErrNullPointer Status = 11 // NULL
	// ErrInvalidHandle is no handle.
	//
	//hz:error value
	ErrInvalidHandle Status = 12 // invalid handle
	// ErrStaleHandle is a handle from before fork().
	//
	//hz:error ErrInvalidHandle
	ErrStaleHandle Status = 13 // stale handle
	// ErrBusy is a handle in use.
	//
	//hz:error runtime
	ErrBusy Status = 14 // busy
	// ErrBufferTooSmall is too little room.
	//
	//hz:error value
	ErrBufferTooSmall Status = 15 // buffer too small
	// ErrInvalidArgument is an argument that is not taken.
	//
	//hz:error value
	ErrInvalidArgument Status = 16 // invalid argument
	// ErrCallback is a failed callback.
	//
	//hz:error runtime
	ErrCallback Status = 17 // callback failed
	// ErrLoad is a core that could not be loaded.
	//
	//hz:error runtime
	ErrLoad Status = 18 // not loaded
	// ErrOutOfMemory is no memory.
	//
	//hz:error memory
	ErrOutOfMemory Status = 19 // out of memory
	// ErrSealed is a jar that is sealed.
	//
	//hz:error runtime
	ErrSealed Status = 20 // sealed
	// ErrNotThere is something that a jar or shop does not have.
	//
	//hz:error attribute
	ErrNotThere Status = 21 // not there
	// ErrAlreadyThere is something that there is one of.
	//
	//hz:error value
	ErrAlreadyThere Status = 22 // already there
)

// Error returns a fixed text.
func (s Status) Error() string { return fmt.Sprintf("status %d", uint32(s)) }

// Error is a status with a message.
type Error struct {
	Status  Status
	Message string
}

// Errorf returns an *Error.
func Errorf(status Status, format string, args ...any) error {
	return &Error{status, fmt.Sprintf(format, args...)}
}

func (e *Error) Error() string { return e.Message }

// Unwrap returns the status.
func (e *Error) Unwrap() error { return e.Status }
