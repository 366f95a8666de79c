package backendtest

import (
	"bytes"
	"encoding/binary"
	"sync"
)

// testConcurrency computes on several goroutines at once, each with contexts
// and a message of its own.
func testConcurrency(t reporter, compute func(message []byte) []byte) {
	t.Helper()
	const goroutines, times = 8, 25
	var group sync.WaitGroup
	for i := range uint32(goroutines) {
		message := bytes.Repeat(binary.BigEndian.AppendUint32(nil, i), 100)
		want := compute(message)
		group.Go(func() {
			for range times {
				if got := compute(message); !bytes.Equal(got, want) {
					t.Errorf("at the same time as others: %x, want %x", got, want)
					return
				}
			}
		})
	}
	group.Wait()
}
