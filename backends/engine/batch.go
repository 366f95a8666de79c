package engine

import (
	"runtime"
	"sync"

	"github.com/hazmat/hazmat/backends"
)

// share is how much work, in bytes, is worth waking another processor; each
// message counts for overhead bytes more.
const (
	share    = 1 << 14
	overhead = 64
)

// spread calls do with parts of the range from 0 to count that together are all
// of it: on several processors at the same time if the number of bytes is worth
// that, or else, or if the work is to be alone, at once on the calling
// goroutine. Of the errors it returns that of the first part. A panic goes on in
// the caller.
func spread(count, bytes int, alone bool, do func(from, to int) error) error {
	workers := min(runtime.GOMAXPROCS(0), (bytes+count*overhead)/share, count)
	if workers < 2 || alone {
		return do(0, count)
	}
	results := make([]struct {
		err      error
		panicked any
	}, workers)
	var group sync.WaitGroup
	for i := range workers {
		group.Go(func() {
			defer func() { results[i].panicked = recover() }()
			results[i].err = do(i*count/workers, (i+1)*count/workers)
		})
	}
	group.Wait()
	var first error
	for _, result := range results {
		if result.panicked != nil {
			panic(result.panicked)
		}
		if first == nil {
			first = result.err
		}
	}
	return first
}

// total returns the length of all texts together.
func total(texts [][]byte) int {
	n := 0
	for _, text := range texts {
		n += len(text)
	}
	return n
}

// checkBatch tells whether need bytes fit into dst without overlapping
// anything that is read.
func checkBatch(dst []byte, need int, lists ...[][]byte) (int, error) {
	if n, err := checkRoom(dst, need); err != nil {
		return n, err
	}
	for _, list := range lists {
		for i, text := range list {
			if overlap(dst[:need], text) {
				return 0, backends.Errorf(backends.ErrOverlap, "the %d output bytes overlap item %d of a list of inputs", need, i)
			}
		}
	}
	return 0, nil
}

// HashMany implements backends.MessageBackend.
func (m *Messages) HashMany(dst []byte, algorithm backends.HashAlgorithm, messages [][]byte) (int, error) {
	var none [backends.MaxDigestSize]byte
	if _, err := m.HashMessage(none[:], algorithm, nil); err != nil { // is it there?
		return 0, err
	}
	return m.digests(dst, algorithm, messages, func(dst []byte, messages [][]byte) error {
		for _, message := range messages {
			n, err := m.HashMessage(dst, algorithm, message)
			if err != nil {
				return err
			}
			dst = dst[n:]
		}
		return nil
	})
}

// HMACMany implements backends.MessageBackend.
func (m *Messages) HMACMany(dst, key []byte, algorithm backends.HashAlgorithm, messages [][]byte) (int, error) {
	backend, err := provider[backends.HMACBackend](m, backends.InterfaceHMAC)
	if err != nil {
		return 0, err
	}
	keyed, err := backend.CreateHMACCtx(key, algorithm)
	if err != nil {
		return 0, err
	}
	defer keyed.Close()
	return m.digests(dst, algorithm, messages, func(dst []byte, messages [][]byte) error {
		for _, message := range messages {
			context, err := keyed.Copy()
			if err != nil {
				return err
			}
			n, err := finish(context, dst, message)
			if err != nil {
				return err
			}
			dst = dst[n:]
		}
		return nil
	})
}

// digests has parts of messages digested into parts of dst.
func (m *Messages) digests(dst []byte, algorithm backends.HashAlgorithm, messages [][]byte, digest func(dst []byte, messages [][]byte) error) (int, error) {
	size := algorithm.DigestSize()
	need := size * len(messages)
	if n, err := checkBatch(dst, need, messages); err != nil {
		return n, err
	}
	return sealed(dst[:need], spread(len(messages), total(messages), m.Alone, func(from, to int) error {
		return digest(dst[from*size:to*size], messages[from:to])
	}))
}

func (a *aead) SealMany(dst []byte, nonces, plaintexts, additionalData [][]byte) (int, error) {
	return a.many(dst, nonces, plaintexts, additionalData, a.tagLength, a.Seal)
}

func (a *aead) OpenMany(dst []byte, nonces, ciphertexts, additionalData [][]byte) (int, error) {
	for i, ciphertext := range ciphertexts {
		if len(ciphertext) < a.tagLength {
			return 0, backends.Errorf(backends.ErrInvalidTag, "ciphertext %d has %d bytes, fewer than the tag's %d", i, len(ciphertext), a.tagLength)
		}
	}
	return a.many(dst, nonces, ciphertexts, additionalData, -a.tagLength, a.Open)
}

// many has a method process each message. Its output is longer than the
// message by some bytes.
func (a *aead) many(dst []byte, nonces, messages, additionalData [][]byte, longer int,
	process func(dst, nonce, message, additionalData []byte) (int, error),
) (int, error) {
	count := len(messages)
	if len(nonces) != count {
		return 0, backends.Errorf(backends.ErrInvalidArgument, "there are %d nonces for %d messages", len(nonces), count)
	}
	if n := len(additionalData); n > 1 && n != count {
		return 0, backends.Errorf(backends.ErrInvalidArgument,
			"there are %d texts of additional data for %d messages; allowed: none, one, or one for each", n, count)
	}
	need := total(messages) + count*longer
	if n, err := checkBatch(dst, need, nonces, messages, additionalData); err != nil {
		return n, err
	}
	return sealed(dst[:need], spread(count, need, a.alone, func(from, to int) error {
		at := total(messages[:from]) + from*longer
		for i := from; i < to; i++ {
			var additional []byte
			switch {
			case len(additionalData) == 1:
				additional = additionalData[0]
			case len(additionalData) > 1:
				additional = additionalData[i]
			}
			end := at + len(messages[i]) + longer
			if _, err := process(dst[at:end], nonces[i], messages[i], additional); err != nil {
				return backends.Errorf(backends.StatusOf(err), "message %d: %v", i, err)
			}
			at = end
		}
		return nil
	}))
}
