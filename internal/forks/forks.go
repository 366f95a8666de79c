// Package forks keeps the forks of the process out of what they must not cut in two.
//
// A forked child has the memory that other threads were in the middle of changing, and
// not the threads. A shared library that was half loaded stays so: the child that loads
// it next is given what there is, and jumps to addresses that nobody has set right.
package forks

import "runtime"

// Between calls of these the host's forks wait. They are nil in a Go program, which
// does not fork.
var hold, release func()

// HeldBy sets what holds the host's forks and what releases them again, on the same
// thread. Holds may be nested.
func HeldBy(holds, releases func()) { hold, release = holds, releases }

// Without calls do, and has the host's forks wait meanwhile.
func Without(do func()) {
	if hold == nil {
		do()
		return
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	hold()
	defer release()
	do()
}
