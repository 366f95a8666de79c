package backends_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/hazmat/hazmat/backends"
)

// named is a backend of which there is only a name.
type named struct {
	backends.Backend
	name string
}

func (n named) Name() string { return n.name }

func wantStatus(t *testing.T, what string, err error, want backends.Status) {
	t.Helper()
	if got := backends.StatusOf(err); got != want {
		t.Errorf("%s: %v (%v), want %v", what, got, err, want)
	}
}

// wantText checks that an error names all that it should.
func wantText(t *testing.T, err error, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("error %q does not say %q", err, part)
		}
	}
}

func TestRegister(t *testing.T) {
	backend := named{name: "registered:with a colon"}
	wantStatus(t, "register", backends.Register(backend), backends.OK)
	wantStatus(t, "register again", backends.Register(backend), backends.ErrAlreadyRegistered)
	wantStatus(t, "register an opener of that name", backends.RegisterOpener(backend.name, nil), backends.ErrAlreadyRegistered)
	for _, name := range []string{"", "a,b", "a\nb", "a\x00", strings.Repeat("n", 1024)} {
		wantStatus(t, fmt.Sprintf("register %q", name), backends.Register(named{name: name}), backends.ErrInvalidArgument)
		wantStatus(t, fmt.Sprintf("register an opener %q", name), backends.RegisterOpener(name, nil), backends.ErrInvalidArgument)
	}
	wantStatus(t, "the longest name", backends.Register(named{name: strings.Repeat("n", 1023)}), backends.OK)
	got, err := backends.Open(backend.name)
	if err != nil || got != backend {
		t.Errorf("%v, %v, want what was registered", got, err)
	}
	if !slices.Contains(backends.Names(), backend.name) {
		t.Errorf("%q do not have what was registered", backends.Names())
	}
}

// newOpener registers an opener that counts its calls and returns result.
func newOpener(t *testing.T, name string, result func(argument string) error) *atomic.Int32 {
	t.Helper()
	var calls atomic.Int32
	err := backends.RegisterOpener(name, func(argument string) (backends.Backend, error) {
		calls.Add(1)
		if err := result(argument); err != nil {
			return nil, err
		}
		return &named{name: name + argument}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return &calls
}

func TestOpenersAreCalledOnceForEachArgument(t *testing.T) {
	calls := newOpener(t, "opener", func(string) error { return nil })
	var group sync.WaitGroup
	var seen [3]sync.Map
	for range 8 {
		for i, name := range []string{"opener", "opener:one", "opener:two:three"} {
			group.Go(func() {
				backend, err := backends.Open(name)
				if err != nil {
					t.Errorf("open %s: %v", name, err)
				}
				seen[i].Store(backend, true)
			})
		}
	}
	group.Wait()
	for i := range seen {
		n := 0
		seen[i].Range(func(any, any) bool { n++; return true })
		if n != 1 {
			t.Errorf("name %d opened %d backends", i, n)
		}
	}
	if n := calls.Load(); n != 3 {
		t.Errorf("opener was called %d times, want 3", n)
	}
	if backend, err := backends.Open("opener:two:three"); err != nil || backend.Name() != "openertwo:three" {
		t.Errorf("%v, %v, want all after the first colon to be the argument", backend, err)
	}
	if names := backends.Names(); !slices.Contains(names, "opener") || slices.Contains(names, "opener:one") {
		t.Errorf("names are %q; want the opener without arguments", names)
	}
}

func TestOpenersThatFailAreCalledAgain(t *testing.T) {
	failure := backends.Errorf(backends.ErrLoad, "of its own")
	calls := newOpener(t, "failing", func(string) error { return failure })
	for range 2 {
		if _, err := backends.Open("failing"); err != failure {
			t.Errorf("%v, want the opener's own error", err)
		}
	}
	if n := calls.Load(); n != 2 {
		t.Errorf("opener was called %d times, want 2", n)
	}
	if slices.Contains(backends.Names(), "failing") {
		t.Error("a backend that cannot be opened is listed")
	}
	failure = nil
	if _, err := backends.Open("failing"); err != nil {
		t.Errorf("%v after it could be opened", err)
	}
}

func TestOpenUnknown(t *testing.T) {
	newOpener(t, "known", func(string) error { return nil })
	for _, name := range []string{"", "unknown", "Known", "unknown:argument", "known\n", "known:\x00", strings.Repeat("n", 1024)} {
		_, err := backends.Open(name)
		wantStatus(t, fmt.Sprintf("open %q", name), err, backends.ErrUnknownBackend)
		wantText(t, err, fmt.Sprintf("%q", name), "known")
	}
	_, err := backends.Open("known:")
	wantStatus(t, "open without an argument", err, backends.ErrInvalidArgument)
	wantText(t, err, `"known:"`, "colon")
}

// combined is a backend of several.
type combined struct {
	named
	children []backends.Backend
}

func TestOpenList(t *testing.T) {
	for _, name := range []string{"first", "second"} {
		wantStatus(t, "register", backends.Register(named{name: name}), backends.OK)
	}
	_, err := backends.Open("first,second")
	wantStatus(t, "open a list that nothing combines", err, backends.ErrUnknownBackend)
	wantText(t, err, "multi")

	backends.RegisterCombiner(func(children []backends.Backend) backends.Backend {
		return &combined{named{name: "first,second"}, children}
	})
	backend, err := backends.Open("first,second")
	if err != nil {
		t.Fatal(err)
	}
	if got := backend.(*combined).children; len(got) != 2 || got[0].Name() != "first" || got[1].Name() != "second" {
		t.Errorf("combined are %v", got)
	}
	if again, _ := backends.Open("first,second"); again != backend {
		t.Error("a list is another backend the second time")
	}
	if slices.Contains(backends.Names(), "first,second") {
		t.Error("a list is among the names")
	}
	for list, parts := range map[string][]string{
		",":                   {`""`, "place 1"},
		"first,":              {`""`, "place 2"},
		",first":              {`""`, "place 1"},
		"first,,second":       {`""`, "place 2"},
		"first,second,first":  {`"first"`, "place 3"},
		"first,first":         {`"first"`, "place 2"},
		"first,known2:,first": {`"known2:"`},
	} {
		_, err := backends.Open(list)
		if !errors.Is(err, backends.ErrInvalidArgument) {
			t.Errorf("open %q: %v", list, err)
		}
		wantText(t, err, parts...)
	}
	_, err = backends.Open("first,third")
	wantStatus(t, "a list with an unknown name", err, backends.ErrUnknownBackend)
	wantText(t, err, `"third"`, "first, ")
}
