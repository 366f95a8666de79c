package engine

import (
	"fmt"

	"github.com/hazmat/hazmat/backends"
)

// AEADs is the part of a backend that makes AEADs. A backend embeds it to be a
// backends.AEADBackend. It does not change, so any number of goroutines may use
// it.
type AEADs struct {
	// Backend is the backend that this is a part of.
	Backend backends.Backend
	// New has a function for each algorithm of the backend, which returns a
	// Sealer with a key, which it does not keep, and with tags of a length in
	// bytes. That an algorithm is here does not promise that each of its keys
	// is supported: the function may return backends.ErrUnsupportedCipher.
	New map[backends.AEADAlgorithm]func(key []byte, tagLength int) (Sealer, error)
	// Available tells whether an algorithm of New is there, for a backend that
	// finds out when it is first asked. If it is nil all are.
	Available func(backends.AEADAlgorithm) bool
}

// AEADSupported implements backends.AEADBackend.
func (a *AEADs) AEADSupported(algorithm backends.AEADAlgorithm) bool {
	return a.New[algorithm] != nil && available(a.Available, algorithm)
}

// CreateAEAD implements backends.AEADBackend.
func (a *AEADs) CreateAEAD(algorithm backends.AEADAlgorithm, key []byte, tagLength int) (backends.AEAD, error) {
	if !a.AEADSupported(algorithm) {
		return nil, backends.Errorf(backends.ErrUnsupportedCipher,
			"backend %s has no %s", a.Backend.Name(), AEADName(algorithm))
	}
	tagLength, err := checkAEAD(algorithm, key, tagLength)
	if err != nil {
		return nil, err
	}
	sealer, err := a.New[algorithm](key, tagLength)
	if err != nil {
		return nil, err
	}
	return NewAEAD(algorithm, tagLength, sealer, false), nil
}

// checkAEAD checks a key and the length of tags, which it completes.
func checkAEAD(algorithm backends.AEADAlgorithm, key []byte, tagLength int) (int, error) {
	if sizes := algorithm.KeySizes(); !hasSize(sizes, len(key)*8) {
		return 0, backends.Errorf(backends.ErrInvalidKey, "key of %s has %d bits; allowed: %s bits",
			algorithm.Name(), len(key)*8, listSizes(sizes))
	}
	sizes := algorithm.TagSizes()
	if tagLength == 0 {
		return int(sizes[len(sizes)-1]), nil
	}
	if !hasSize(sizes, tagLength) {
		return 0, backends.Errorf(backends.ErrInvalidTagLength, "tag of %s is to have %d bytes; allowed: %s",
			algorithm.Name(), tagLength, listSizes(sizes))
	}
	return tagLength, nil
}

// listRange writes the sizes from least to most for people.
func listRange(least, most int) string {
	if least == most {
		return fmt.Sprint(least)
	}
	return fmt.Sprintf("%d to %d", least, most)
}
