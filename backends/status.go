package backends

import (
	"errors"
	"fmt"
)

// Status is the outcome of a call. Codes are never reused; new ones may be
// added, so treat an unknown code as a failure.
//
// In Go a status other than OK is also an error value, to be compared with
// errors.Is.
//
//hz:export
//hz:status
type Status uint32

//go:generate go tool stringer -type=Status -linecomment -output=zz_status_string.go

// The comment behind a code is its text. The directive //hz:error names the family in which a binding puts the
// exception of a code: value, attribute, runtime or memory, or another code.
const (
	// OK is success.
	OK Status = 0 // success
	// ErrNullPointer is a NULL where something must be.
	//
	//hz:error value
	ErrNullPointer Status = 1 // unexpected NULL
	// ErrInvalidHandle is a pointer that is not a live handle of the kind
	// expected: freed, of another kind, or never a handle.
	//
	//hz:error value
	ErrInvalidHandle Status = 2 // invalid handle
	// ErrStaleHandle is a handle that this process, forked from one that used
	// the library, does not know: contexts do not survive fork().
	//
	//hz:error ErrInvalidHandle
	ErrStaleHandle Status = 3 // handle from before fork()
	// ErrBusy is a context that another thread is using at this moment.
	//
	//hz:error runtime
	ErrBusy Status = 4 // context in use by another thread
	// ErrBufferTooSmall is an output buffer that cannot hold the result. The
	// length out-parameter has the size needed; nothing else has changed.
	//
	//hz:error value
	ErrBufferTooSmall Status = 5 // buffer too small
	// ErrOverlap is an output buffer that overlaps an input without being
	// exactly in place.
	//
	//hz:error value
	ErrOverlap Status = 6 // buffers overlap
	// ErrInvalidArgument is an argument outside what the call takes, where no
	// other code says it better.
	//
	//hz:error value
	ErrInvalidArgument Status = 7 // invalid argument
	// ErrInvalidKey is a key of a size that the algorithm does not have.
	//
	//hz:error value
	ErrInvalidKey Status = 8 // invalid key size
	// ErrInvalidNonce is an initialization vector, nonce or tweak of a size
	// that the mode or algorithm does not take.
	//
	//hz:error value
	ErrInvalidNonce Status = 9 // invalid nonce or initialization vector
	// ErrInvalidTagLength is a tag that is missing, too short, too long, or
	// given where none belongs.
	//
	//hz:error value
	ErrInvalidTagLength Status = 10 // invalid tag length
	// ErrIncompleteBlock is a message that is not a multiple of the block
	// length, in a mode that needs it to be.
	//
	//hz:error value
	ErrIncompleteBlock Status = 11 // data is not a multiple of the block length
	// ErrLimitExceeded is more data than the algorithm can process safely.
	//
	//hz:error value
	ErrLimitExceeded Status = 12 // limit of the algorithm exceeded
	// ErrAlreadyFinalized is a call to a context whose message has ended.
	//
	//hz:error runtime
	ErrAlreadyFinalized Status = 13 // context was already finalized
	// ErrAlreadyUpdated is additional data, or a second data unit of XTS, that
	// comes after the message began.
	//
	//hz:error runtime
	ErrAlreadyUpdated Status = 14 // data was already processed
	// ErrNotYetFinalized is a tag asked for before the message has ended.
	//
	//hz:error runtime
	ErrNotYetFinalized Status = 15 // context is not yet finalized
	// ErrInvalidTag is a message that is not authentic.
	//
	//hz:error runtime
	ErrInvalidTag Status = 16 // authentication tag does not match
	// ErrInvalidSignature is a MAC that does not match.
	//
	//hz:error runtime
	ErrInvalidSignature Status = 17 // signature does not match
	// ErrUnsupportedAlgorithm is something that the backend does not have.
	//
	//hz:error runtime
	ErrUnsupportedAlgorithm Status = 18 // unsupported algorithm
	// ErrUnsupportedCipher is a cipher, or a pair of cipher and mode, that the
	// backend does not have.
	//
	//hz:error ErrUnsupportedAlgorithm
	ErrUnsupportedCipher Status = 19 // unsupported cipher
	// ErrUnsupportedHash is a hash function that the backend does not have.
	//
	//hz:error ErrUnsupportedAlgorithm
	ErrUnsupportedHash Status = 20 // unsupported hash
	// ErrUnsupportedInterface is a call to an interface that the backend does
	// not provide.
	//
	//hz:error ErrUnsupportedAlgorithm
	ErrUnsupportedInterface Status = 21 // interface not provided by this backend
	// ErrNotApplicable is a call that a context of this kind does not have,
	// such as the tag of a decryption.
	//
	//hz:error attribute
	ErrNotApplicable Status = 22 // not applicable to this context
	// ErrAlreadyRegistered is a name or pair that is taken.
	//
	//hz:error value
	ErrAlreadyRegistered Status = 23 // already registered
	// ErrUnknownBackend is a backend name that nothing is registered under.
	//
	//hz:error value
	ErrUnknownBackend Status = 24 // unknown backend
	// ErrCallback is a failure inside a function of the caller's that the
	// library called. A binding raises the caller's own exception again.
	//
	//hz:error runtime
	ErrCallback Status = 25 // callback failed
	// ErrLoad is a library that could not be loaded: the core, or one that a
	// backend needs.
	//
	//hz:error runtime
	ErrLoad Status = 26 // library could not be loaded
	// ErrOutOfMemory is memory that the system did not give.
	//
	//hz:error memory
	ErrOutOfMemory Status = 27 // out of memory
	// ErrInternal is a defect of the library or of a backend, caught before it
	// could harm the process. The context it happened in is dead.
	//
	//hz:error runtime
	ErrInternal Status = 28 // internal error
)

// Error returns a short, fixed text for the code.
func (s Status) Error() string {
	return s.String()
}

// Error is a status together with one line that names the value at fault and
// the rule that it breaks. It never holds a secret.
type Error struct {
	Status  Status
	Message string
}

// Errorf returns an *Error with a formatted message.
func Errorf(status Status, format string, args ...any) error {
	return &Error{Status: status, Message: fmt.Sprintf(format, args...)}
}

// Error returns the message.
func (e *Error) Error() string { return e.Message }

// Unwrap returns the status, so that errors.Is(err, backends.ErrInvalidTag)
// holds.
func (e *Error) Unwrap() error { return e.Status }

// StatusOf returns the status that err carries: OK for nil, ErrInternal for an
// error that is none of ours.
func StatusOf(err error) Status {
	if err == nil {
		return OK
	}
	var status Status
	if errors.As(err, &status) {
		return status
	}
	return ErrInternal
}
