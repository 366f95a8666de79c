package backends

import (
	"errors"
	"fmt"
	"testing"
)

func TestErrorCarriesItsStatus(t *testing.T) {
	err := fmt.Errorf("above: %w", Errorf(ErrInvalidKey, "key has %d bytes", 5))
	if !errors.Is(err, ErrInvalidKey) || errors.Is(err, ErrInvalidNonce) {
		t.Errorf("errors.Is is wrong about %v", err)
	}
	if got := err.Error(); got != "above: key has 5 bytes" {
		t.Errorf("text is %q", got)
	}
}

func TestStatusOf(t *testing.T) {
	for _, c := range []struct {
		err  error
		want Status
	}{
		{nil, OK},
		{ErrBusy, ErrBusy},
		{Errorf(ErrOverlap, "x"), ErrOverlap},
		{fmt.Errorf("y: %w", Errorf(ErrOverlap, "x")), ErrOverlap},
		{errors.New("none of ours"), ErrInternal},
	} {
		if got := StatusOf(c.err); got != c.want {
			t.Errorf("StatusOf(%v) = %v, want %v", c.err, got, c.want)
		}
	}
}

func TestStatusTexts(t *testing.T) {
	seen := map[string]Status{}
	for s := OK; s <= ErrInternal; s++ {
		text := s.Error()
		if other, taken := seen[text]; taken || text == "" {
			t.Errorf("status %d has the text %q, as has %d", s, text, other)
		}
		seen[text] = s
	}
	if got := Status(9999).Error(); got != "Status(9999)" {
		t.Errorf("an unknown status says %q", got)
	}
}
