package backendtest

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"

	"github.com/hazmat/hazmat/backends"
)

// Check runs the contract outside of a Go test, and returns the first failure.
// It is for backends that live in a process of another language.
func Check(backend backends.Backend) error {
	r := newRecorder("")
	run(r, backend)
	if text := r.failed(); text != "" {
		return errors.New(text)
	}
	return nil
}

// recorder is a reporter that keeps the first failure and ends with it.
type recorder struct {
	path  string
	only  string   // the path of the one test to run; "" runs all
	first *failure // shared by all that Run made
}

type failure struct {
	mu   sync.Mutex
	text string // "" if there is none
}

func newRecorder(only string) *recorder { return &recorder{only: only, first: &failure{}} }

func (r *recorder) Helper() {}

func (r *recorder) Errorf(format string, args ...any) { r.Fatalf(format, args...) }

func (r *recorder) Fatalf(format string, args ...any) {
	r.first.set(r.path + ": " + fmt.Sprintf(format, args...))
	runtime.Goexit()
}

func (r *recorder) Run(name string, test func(reporter)) {
	path := r.path + "/" + name
	if r.failed() != "" || !strings.HasPrefix(r.only, path) && !strings.HasPrefix(path, r.only) {
		return
	}
	var group sync.WaitGroup
	group.Go(func() {
		defer func() {
			if reason := recover(); reason != nil {
				r.first.set(fmt.Sprintf("%s: panic: %v", path, reason))
			}
		}()
		test(&recorder{path, r.only, r.first})
	})
	group.Wait()
}

// failed returns the first failure, "" if there is none.
func (r *recorder) failed() string {
	r.first.mu.Lock()
	defer r.first.mu.Unlock()
	return r.first.text
}

func (f *failure) set(text string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.text == "" {
		f.text = text
	}
}
