package handle

import (
	"errors"
	"sync"
	"testing"
)

var (
	context = &Kind{Name: "t_context"}
	other   = &Kind{Name: "t_other"}
	shared  = &Kind{Name: "t_shared", Shared: true}
)

func reason(err error) Reason {
	var e *Error
	if errors.As(err, &e) {
		return e.Reason
	}
	return 0
}

func TestLifetime(t *testing.T) {
	table := NewTable(false)
	h := table.Save(context, "value")
	var held Held
	value, err := table.Enter(&held, context, h)
	if value != "value" || err != nil {
		t.Fatalf("Enter = %v, %v", value, err)
	}
	var second Held
	if _, err := table.Enter(&second, context, h); reason(err) != Busy {
		t.Errorf("second Enter: %v, want Busy", err)
	}
	if _, err := table.Free(context, h); reason(err) != Busy {
		t.Errorf("Free while held: %v, want Busy", err)
	}
	held.Leave()
	if value, err := table.Free(context, h); value != "value" || err != nil {
		t.Errorf("Free = %v, %v", value, err)
	}
	if _, err := table.Free(context, h); reason(err) != Invalid {
		t.Errorf("second Free: %v, want Invalid", err)
	}
	if _, err := table.Enter(&held, context, h); reason(err) != Invalid {
		t.Errorf("Enter after Free: %v, want Invalid", err)
	}
	if table.Live() != 0 {
		t.Errorf("Live = %d, want 0", table.Live())
	}
}

func TestWrongHandles(t *testing.T) {
	table := NewTable(false)
	h := table.Save(context, 1)
	for _, c := range []struct {
		name    string
		kind    *Kind
		address uintptr
		want    Reason
	}{
		{"NULL", context, 0, Null},
		{"another kind", other, h, Invalid},
		{"never a handle", context, 12345, Invalid},
		{"all ones", context, ^uintptr(0), Invalid},
	} {
		var held Held
		if _, err := table.Enter(&held, c.kind, c.address); reason(err) != c.want {
			t.Errorf("Enter of %s: %v, want reason %d", c.name, err, c.want)
		}
		if _, err := table.Free(c.kind, c.address); reason(err) != c.want {
			t.Errorf("Free of %s: %v, want reason %d", c.name, err, c.want)
		}
	}
	if table.Live() != 1 {
		t.Errorf("Live = %d, want 1", table.Live())
	}
}

func TestShared(t *testing.T) {
	table := NewTable(false)
	h := table.Save(shared, 1)
	var a, b Held
	for _, held := range []*Held{&a, &b} {
		if _, err := table.Enter(held, shared, h); err != nil {
			t.Error(err)
		}
	}
	a.Leave()
	b.Leave()
}

// A shared value is ended once, by whoever leaves it last.
func TestFreeInUse(t *testing.T) {
	var ended []any
	kind := &Kind{Name: "t_ended", Shared: true, End: func(value any) { ended = append(ended, value) }}
	table := NewTable(false)
	h := table.Save(kind, "value")
	var a, b Held
	for _, held := range []*Held{&a, &b} {
		if _, err := table.Enter(held, kind, h); err != nil {
			t.Fatal(err)
		}
	}
	a.Leave()
	if value, err := table.Free(kind, h); value != nil || err != nil {
		t.Errorf("Free in use = %v, %v; want nothing to end", value, err)
	}
	if _, err := table.Enter(&a, kind, h); reason(err) != Invalid || table.Live() != 0 {
		t.Errorf("Enter after Free: %v, %d live", err, table.Live())
	}
	if len(ended) != 0 {
		t.Error("ended while in use")
	}
	b.Leave()
	if len(ended) != 1 || ended[0] != "value" {
		t.Errorf("ended %v, want the value once", ended)
	}

	kind.End = func(any) { panic("in End") }
	h = table.Save(kind, "value")
	if _, err := table.Enter(&a, kind, h); err != nil {
		t.Fatal(err)
	}
	if _, err := table.Free(kind, h); err != nil {
		t.Error(err)
	}
	a.Leave()

	kind.End = func(any) { t.Error("ended by the table, with nobody inside") }
	h = table.Save(kind, "value")
	if value, err := table.Free(kind, h); value != "value" || err != nil {
		t.Errorf("Free = %v, %v", value, err)
	}
}

func TestKill(t *testing.T) {
	table := NewTable(false)
	h := table.Save(context, 1)
	var held Held
	if _, err := table.Enter(&held, context, h); err != nil {
		t.Fatal(err)
	}
	held.Kill()
	held.Leave()
	var again Held
	if _, err := table.Enter(&again, context, h); reason(err) != Dead {
		t.Errorf("Enter of a dead handle: %v", err)
	}
	again.Leave()
	if _, err := table.Free(context, h); err != nil {
		t.Errorf("Free of a dead handle: %v", err)
	}
}

func TestFork(t *testing.T) {
	table := NewTable(true)
	var held Held
	if _, err := table.Enter(&held, context, 4096); reason(err) != Stale {
		t.Errorf("unknown handle after a fork: %v, want Stale", err)
	}
	table.Adopt(4096, shared, "again")
	if value, err := table.Enter(&held, shared, 4096); value != "again" || err != nil {
		t.Errorf("adopted handle: %v, %v", value, err)
	}
	if _, err := table.Free(shared, 4096); err != nil {
		t.Error(err)
	}
	if _, err := table.Free(shared, 4096); reason(err) != Invalid {
		t.Errorf("second Free of an adopted handle: %v, want Invalid", err)
	}
}

// A freed address must not come back as another handle while the quarantine
// lasts, and must come back to malloc after it.
func TestQuarantine(t *testing.T) {
	table := NewTable(false)
	first := table.Save(context, 0)
	if _, err := table.Free(context, first); err != nil {
		t.Fatal(err)
	}
	for range quarantine - 1 {
		h := table.Save(context, 0)
		if h == first {
			t.Fatal("an address in quarantine was used again")
		}
		if _, err := table.Free(context, h); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := table.Free(context, first); reason(err) != Invalid {
		t.Errorf("double free at the end of the quarantine: %v", err)
	}
	for range 3 * quarantine {
		h := table.Save(context, 0)
		if _, err := table.Free(context, h); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(table.entries); n != quarantine {
		t.Errorf("%d entries after many frees, want %d", n, quarantine)
	}
}

func TestConcurrent(t *testing.T) {
	table := NewTable(false)
	contended := table.Save(context, 1)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 500 {
				h := table.Save(context, 1)
				var held, mine Held
				if _, err := table.Enter(&mine, context, h); err != nil {
					t.Error(err)
				}
				mine.Leave()
				if _, err := table.Enter(&held, context, contended); err == nil {
					held.Leave()
				} else if reason(err) != Busy {
					t.Error(err)
				}
				if _, err := table.Free(context, h); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if table.Live() != 1 {
		t.Errorf("Live = %d, want 1", table.Live())
	}
}
