package backendtest

import (
	"bytes"
	"slices"
	"sync"

	"github.com/hazmat/hazmat/backends"
)

// testConcurrency uses one object on several goroutines at once.
func (s sealer) testConcurrency(t reporter) {
	aead := s.create(t)
	defer aead.Close()
	testConcurrency(t, func(message []byte) []byte {
		ciphertext := s.seal(t, aead, message)
		return slices.Concat(ciphertext, s.run(t, aead, backends.OperationDecrypt, ciphertext, false))
	})
}

// testClose ends an object while others use it: a call gives what it would have
// given, or says that the object has ended.
func (s sealer) testClose(t reporter) {
	message := bytes.Repeat(s.message(), 100)
	for range 10 {
		aead := s.create(t)
		want := s.seal(t, aead, message)
		var group, begun sync.WaitGroup
		for range 4 {
			begun.Add(1)
			group.Go(func() {
				dst := make([]byte, len(want))
				for i := range 1000 {
					n, err := s.call(aead, backends.OperationEncrypt, dst, message)
					if i == 0 {
						begun.Done()
					}
					if err != nil {
						wantStatus(t, "during close", err, backends.ErrAlreadyFinalized)
						return
					}
					if !bytes.Equal(dst[:n], want) {
						t.Errorf("during close: another ciphertext")
						return
					}
				}
			})
		}
		begun.Wait()
		aead.Close()
		s.refused(t, aead, backends.OperationEncrypt, message, "after close", backends.ErrAlreadyFinalized)
		group.Wait()
	}
}
