//go:build panics

package boundary

import "sync/atomic"

// panicAt is the function that is to panic, "" for none.
var panicAt atomic.Value

// PanicAt makes the next calls of a function panic, "" none.
func PanicAt(function string) { panicAt.Store(function) }

// Reach panics in the function that PanicAt chose.
func Reach(function string) {
	if function == panicAt.Load() {
		panic("injected")
	}
}
