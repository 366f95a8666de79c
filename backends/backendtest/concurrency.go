package backendtest

import (
	"bytes"
	"sync"
)

// testConcurrency computes the same at once on several goroutines, each with
// contexts of its own.
func testConcurrency(t reporter, compute func() []byte) {
	t.Helper()
	const goroutines, times = 8, 25
	want := compute()
	var group sync.WaitGroup
	for range goroutines {
		group.Go(func() {
			for range times {
				if got := compute(); !bytes.Equal(got, want) {
					t.Errorf("at the same time as others: %x, want %x", got, want)
					return
				}
			}
		})
	}
	group.Wait()
}
