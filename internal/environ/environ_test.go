package environ_test

import (
	"testing"

	"github.com/hazmat/hazmat/internal/environ"
)

func TestGet(t *testing.T) {
	const name = "HAZMAT_ENVIRON_TEST"
	if got := environ.Get(name); got != "" {
		t.Errorf("%s is %q before it is set", name, got)
	}
	t.Setenv(name, "value")
	if got := environ.Get(name); got != "value" {
		t.Errorf("%s is %q, want %q", name, got, "value")
	}
}
