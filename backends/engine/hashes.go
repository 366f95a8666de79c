package engine

import "github.com/hazmat/hazmat/backends"

// Hashes is the part of a backend that makes hash and HMAC contexts. A backend
// embeds it to be a backends.HashBackend and backends.HMACBackend. It does not
// change, so any number of goroutines may use it.
type Hashes struct {
	// Backend is the backend that this is a part of.
	Backend backends.Backend
	// New has a function for each hash function of the backend, which returns
	// a new state.
	New map[backends.HashAlgorithm]func() (Hash, error)
	// NewHMAC has a function for each hash function that the backend has HMAC
	// over, which returns a new state with a key. It does not keep the key.
	NewHMAC map[backends.HashAlgorithm]func(key []byte) (Hash, error)
	// Available tells whether a hash function of New is there, and
	// AvailableHMAC whether HMAC over one of NewHMAC is, for a backend that
	// finds out when it is first asked. If they are nil all are.
	Available, AvailableHMAC func(backends.HashAlgorithm) bool
}

// HashSupported implements backends.HashBackend.
func (h *Hashes) HashSupported(algorithm backends.HashAlgorithm) bool {
	return h.New[algorithm] != nil && available(h.Available, algorithm)
}

// CreateHashCtx implements backends.HashBackend.
func (h *Hashes) CreateHashCtx(algorithm backends.HashAlgorithm) (backends.HashContext, error) {
	if !h.HashSupported(algorithm) {
		return nil, backends.Errorf(backends.ErrUnsupportedHash,
			"backend %s has no %s", h.Backend.Name(), HashName(algorithm))
	}
	state, err := h.New[algorithm]()
	if err != nil {
		return nil, err
	}
	return NewHashContext(algorithm, state), nil
}

// HMACSupported implements backends.HMACBackend.
func (h *Hashes) HMACSupported(algorithm backends.HashAlgorithm) bool {
	return h.NewHMAC[algorithm] != nil && available(h.AvailableHMAC, algorithm)
}

// CreateHMACCtx implements backends.HMACBackend.
func (h *Hashes) CreateHMACCtx(key []byte, algorithm backends.HashAlgorithm) (backends.HMACContext, error) {
	if !h.HMACSupported(algorithm) {
		return nil, backends.Errorf(backends.ErrUnsupportedHash,
			"backend %s has no HMAC over %s", h.Backend.Name(), HashName(algorithm))
	}
	state, err := h.NewHMAC[algorithm](key)
	if err != nil {
		return nil, err
	}
	return NewHMACContext(algorithm, state), nil
}

// available asks about an algorithm if there is something to ask.
func available[A any](ask func(A) bool, algorithm A) bool { return ask == nil || ask(algorithm) }
