package engine

import (
	"errors"
	"testing"

	"github.com/hazmat/hazmat/backends"
)

var errBroken = errors.New("the library failed")

// fake is a primitive of every kind. It adds one to each byte, counts its
// closings, and fails from a certain call on.
type fake struct {
	calls    int
	failAt   int // the call that fails, from 1; 0 for none
	closings int
}

func (f *fake) step() error {
	f.calls++
	if f.calls == f.failAt {
		return errBroken
	}
	return nil
}

func (f *fake) Crypt(dst, src []byte) error {
	for i := range dst {
		dst[i] = src[i] + 1
	}
	return f.step()
}

func (f *fake) Reset([]byte) error                       { return f.step() }
func (f *fake) Authenticate([]byte) error                { return f.step() }
func (f *fake) Tag(tag *[backends.MaxTagSize]byte) error { return f.step() }
func (f *fake) Verify(tag []byte) (bool, error)          { return tag[0] == 0, f.step() }
func (f *fake) Write([]byte) error                       { return f.step() }
func (f *fake) Sum(dst []byte) error                     { return f.fill(dst) }
func (f *fake) Squeeze(dst []byte) error                 { return f.fill(dst) }
func (f *fake) Clone() (Hash, error)                     { return &fake{}, f.step() }
func (f *fake) Close()                                   { f.closings++ }

func (f *fake) fill(dst []byte) error {
	for i := range dst {
		dst[i] = 0xaa
	}
	return f.step()
}

// wantStatus checks the status of an error.
func wantStatus(t *testing.T, what string, err error, want backends.Status) {
	t.Helper()
	if got := backends.StatusOf(err); got != want {
		t.Errorf("%s: %v (%v), want %v", what, got, err, want)
	}
}
