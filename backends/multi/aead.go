package multi

import (
	"slices"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/backends/engine"
)

// AEADSupported implements backends.AEADBackend.
func (b *backend) AEADSupported(algorithm backends.AEADAlgorithm) bool {
	return slices.ContainsFunc(b.aeads, func(child backends.AEADBackend) bool { return child.AEADSupported(algorithm) })
}

// CreateAEAD implements backends.AEADBackend.
func (b *backend) CreateAEAD(algorithm backends.AEADAlgorithm, key []byte, tagLength int) (backends.AEAD, error) {
	return askAEAD(b, algorithm, func(child backends.AEADBackend) (backends.AEAD, error) {
		return child.CreateAEAD(algorithm, key, tagLength)
	})
}

// askAEAD has the first backend do something that has an algorithm.
func askAEAD[C any](b *backend, algorithm backends.AEADAlgorithm, do func(backends.AEADBackend) (C, error)) (C, error) {
	return ask(b.aeads,
		func(child backends.AEADBackend) bool { return child.AEADSupported(algorithm) },
		do, func() error {
			return b.missing(backends.InterfaceAEAD, backends.ErrUnsupportedCipher, engine.AEADName(algorithm))
		})
}
