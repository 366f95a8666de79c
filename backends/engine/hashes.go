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
	// Available tells whether a hash function of New or NewHMAC is there, for
	// a backend that finds out when it is first asked. If it is nil all are.
	Available func(backends.HashAlgorithm) bool
}

// HashSupported implements backends.HashBackend.
func (h *Hashes) HashSupported(algorithm backends.HashAlgorithm) bool {
	return h.New[algorithm] != nil && h.available(algorithm)
}

// CreateHashCtx implements backends.HashBackend.
func (h *Hashes) CreateHashCtx(algorithm backends.HashAlgorithm) (backends.HashContext, error) {
	newState := h.New[algorithm]
	if newState == nil || !h.available(algorithm) {
		return nil, backends.Errorf(backends.ErrUnsupportedHash,
			"backend %s has no %s", h.Backend.Name(), hashName(algorithm))
	}
	state, err := newState()
	if err != nil {
		return nil, err
	}
	return NewHashContext(algorithm, state), nil
}

// HMACSupported implements backends.HMACBackend.
func (h *Hashes) HMACSupported(algorithm backends.HashAlgorithm) bool {
	return h.NewHMAC[algorithm] != nil && h.available(algorithm)
}

// CreateHMACCtx implements backends.HMACBackend.
func (h *Hashes) CreateHMACCtx(key []byte, algorithm backends.HashAlgorithm) (backends.HMACContext, error) {
	newState := h.NewHMAC[algorithm]
	if newState == nil || !h.available(algorithm) {
		return nil, backends.Errorf(backends.ErrUnsupportedHash,
			"backend %s has no HMAC over %s", h.Backend.Name(), hashName(algorithm))
	}
	state, err := newState(key)
	if err != nil {
		return nil, err
	}
	return NewHMACContext(algorithm, state), nil
}

func (h *Hashes) available(algorithm backends.HashAlgorithm) bool {
	return h.Available == nil || h.Available(algorithm)
}
