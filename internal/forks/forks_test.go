package forks_test

import (
	"slices"
	"testing"

	"github.com/hazmat/hazmat/internal/forks"
)

func TestWithout(t *testing.T) {
	var order []string
	note := func(what string) func() { return func() { order = append(order, what) } }
	forks.Without(note("alone"))
	forks.HeldBy(note("hold"), note("release"))
	defer forks.HeldBy(nil, nil)
	forks.Without(note("held"))
	func() {
		defer func() { _ = recover() }()
		forks.Without(func() { panic("release all the same") })
	}()
	want := []string{"alone", "hold", "held", "release", "hold", "release"}
	if !slices.Equal(order, want) {
		t.Errorf("called %v, want %v", order, want)
	}
}
