// Package handle gives Go values opaque addresses that C code may keep.
//
// The addresses come from github.com/mattn/go-pointer, which allocates one byte
// of C memory for each. What go-pointer leaves open is closed here: it frees an
// address at once, so that the next value may get the same one, and a second
// Unref aborts in malloc. A Table knows which addresses are live and of which
// kind, and keeps freed ones in quarantine, so that a handle that was freed,
// belongs to another kind or was never a handle is told apart without ever
// being followed.
package handle

import (
	"fmt"
	"sync"
	"sync/atomic"

	pointer "github.com/mattn/go-pointer"
)

// Kind is the kind of thing that a handle stands for.
type Kind struct {
	Name   string // as users write it, such as "hz_hash_context"
	Shared bool   // any number of threads may use it at once
	// End ends a shared value that was freed while calls on it were under way,
	// when the last of them leaves. It is nil if there is nothing to end.
	End func(value any)
}

// counted tells whether the calls on a value are counted, so that it is known
// which is the last.
func (k *Kind) counted() bool { return k.Shared && k.End != nil }

// quarantine is the number of freed addresses that are kept out of use. A freed
// handle that is used again is recognized until that many others have been
// freed after it. It bounds what freeing costs in memory, at about 200 bytes
// each.
const quarantine = 8192

// Table is a set of handles. The zero value is not ready: use NewTable. All
// methods are safe for use by several goroutines.
type Table struct {
	mu      sync.RWMutex
	entries map[uintptr]*entry // live ones and those in quarantine
	freed   [quarantine]uintptr
	next    int // index in freed of the oldest
	live    int
	forked  bool
}

// entry is what an address stands for.
type entry struct {
	kind  *Kind
	value any
	// owned is false for an address taken over from before a fork: its byte
	// belongs to a go-pointer in a Go runtime that is gone.
	owned bool
	freed bool // guarded by Table.mu
	busy  atomic.Bool
	// users is how many hold a counted value: the handle, until it is freed,
	// and calls.
	users atomic.Int64
	// dead is set when a call on the value panicked.
	dead atomic.Bool
}

func newEntry(kind *Kind, value any) *entry {
	e := &entry{kind: kind, value: value}
	e.users.Store(1)
	return e
}

// NewTable returns an empty table. forked says that this process was forked
// from one that had handles, so that an unknown address may be one of those.
func NewTable(forked bool) *Table {
	return &Table{entries: map[uintptr]*entry{}, forked: forked}
}

// Save makes a handle for value.
func (t *Table) Save(kind *Kind, value any) uintptr {
	e := newEntry(kind, value)
	e.owned = true
	address := uintptr(pointer.Save(e))
	t.mu.Lock()
	defer t.mu.Unlock()
	t.entries[address] = e
	t.live++
	return address
}

// Adopt makes address, a handle of the process that this one was forked from,
// stand for value. An address that is live is left alone.
func (t *Table) Adopt(address uintptr, kind *Kind, value any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.entries[address] == nil {
		t.entries[address] = newEntry(kind, value)
		t.live++
	}
}

// Live returns the number of handles that have not been freed.
func (t *Table) Live() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.live
}

// find returns the entry of a handle of a kind, or says what is wrong with it.
// A nil kind is any.
func (t *Table) find(kind *Kind, address uintptr) (*entry, error) {
	e := t.entries[address]
	expected := "a live handle"
	if kind != nil {
		expected = "a live " + kind.Name
	}
	switch {
	case address == 0:
		return nil, &Error{Null, fmt.Sprintf("handle is NULL; expected %s", expected)}
	case e == nil && t.forked:
		return nil, &Error{Stale, fmt.Sprintf("handle %#x is not known to this process, which was forked: contexts do not survive fork(); expected %s", address, expected)}
	case e == nil:
		return nil, &Error{Invalid, fmt.Sprintf("%#x is not a handle; expected %s", address, expected)}
	case e.freed:
		return nil, &Error{Invalid, fmt.Sprintf("handle %#x, a %s, was freed; expected %s", address, e.kind.Name, expected)}
	case kind != nil && e.kind != kind:
		return nil, &Error{Invalid, fmt.Sprintf("handle %#x is a %s; expected %s", address, e.kind.Name, expected)}
	}
	return e, nil
}

// Held is a handle during a call on it. The zero value holds nothing.
type Held struct{ entry *entry }

// Enter looks a handle up and, unless its kind is shared, holds it until Leave:
// a second Enter meanwhile is Busy.
func (t *Table) Enter(held *Held, kind *Kind, address uintptr) (value any, err error) {
	t.mu.RLock()
	e, err := t.find(kind, address)
	if err == nil {
		value = e.value
		if kind.counted() {
			e.users.Add(1)
			held.entry = e
		}
	}
	t.mu.RUnlock()
	if err != nil {
		return nil, err
	}
	if !kind.Shared {
		if !e.busy.CompareAndSwap(false, true) {
			return nil, busyError(kind, address)
		}
		held.entry = e
	}
	if e.dead.Load() {
		return nil, &Error{Dead, fmt.Sprintf("handle %#x, a %s, is dead since an internal error", address, kind.Name)}
	}
	return value, nil
}

func busyError(kind *Kind, address uintptr) error {
	return &Error{Busy, fmt.Sprintf("handle %#x, a %s, is in use by another thread", address, kind.Name)}
}

// Leave ends a call, and a shared value that was freed meanwhile if this was the
// last call on it.
func (h *Held) Leave() {
	e := h.entry
	switch {
	case e == nil:
	case !e.kind.Shared:
		e.busy.Store(false)
	case e.users.Add(-1) == 0:
		e.end()
	}
}

// end ends a value that nobody holds any more. There is no call that a panic
// could be told to: the one that freed the handle has returned.
func (e *entry) end() {
	defer func() { _ = recover() }()
	value := e.value
	e.value = nil
	e.kind.End(value)
}

// Kill makes every later call on the handle fail, except freeing it. A shared
// one goes on.
func (h *Held) Kill() {
	if h.entry != nil && !h.entry.kind.Shared {
		h.entry.dead.Store(true)
	}
}

// Free ends a handle and returns its value, or nil if the last of the calls
// that are under way on it is to end it. A nil kind is any.
func (t *Table) Free(kind *Kind, address uintptr) (value any, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	e, err := t.find(kind, address)
	if err != nil {
		return nil, err
	}
	// A call that is under way keeps the handle; one that comes later finds it
	// freed, or, if it has looked it up already, busy for ever.
	if !e.kind.Shared && !e.busy.CompareAndSwap(false, true) {
		return nil, busyError(e.kind, address)
	}
	e.freed = true
	if !e.kind.counted() || e.users.Add(-1) == 0 {
		value, e.value = e.value, nil
	}
	t.live--
	t.release(t.freed[t.next])
	t.freed[t.next] = address
	t.next = (t.next + 1) % quarantine
	return value, nil
}

// release gives an address that leaves the quarantine back to malloc.
func (t *Table) release(address uintptr) {
	e := t.entries[address]
	if e == nil {
		return // the quarantine is not full yet
	}
	delete(t.entries, address)
	if e.owned {
		pointer.Unref(toPointer(address))
	}
}
