package backendtest

import (
	"testing"

	"github.com/hazmat/hazmat/backends"
)

// reporter is what the suite says its findings to: a *testing.T, or what
// records them in the suite's own tests.
type reporter interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Run(name string, test func(reporter))
}

type testingReporter struct{ *testing.T }

func (r testingReporter) Run(name string, test func(reporter)) {
	r.T.Run(name, func(t *testing.T) { test(testingReporter{t}) })
}

// wantStatus checks the status of an error, and that an error says something.
func wantStatus(t reporter, what string, err error, want backends.Status) {
	t.Helper()
	if got := backends.StatusOf(err); got != want {
		t.Errorf("%s: got %d (%v), want %d (%v)", what, got, err, want, want)
	} else if err != nil && err.Error() == "" {
		t.Errorf("%s: the error has no text", what)
	}
}

// must ends the test if there is an error.
func must(t reporter, what string, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
}
