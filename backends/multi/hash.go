package multi

import (
	"slices"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/backends/engine"
)

// HashSupported implements backends.HashBackend.
func (b *backend) HashSupported(algorithm backends.HashAlgorithm) bool {
	return slices.ContainsFunc(b.hashes, func(child backends.HashBackend) bool { return child.HashSupported(algorithm) })
}

// CreateHashCtx implements backends.HashBackend.
func (b *backend) CreateHashCtx(algorithm backends.HashAlgorithm) (backends.HashContext, error) {
	return askHash(b, algorithm, func(child backends.HashBackend) (backends.HashContext, error) {
		return child.CreateHashCtx(algorithm)
	})
}

// askHash has the first backend do something that has a hash function.
func askHash[C any](b *backend, algorithm backends.HashAlgorithm, do func(backends.HashBackend) (C, error)) (C, error) {
	return ask(b.hashes,
		func(child backends.HashBackend) bool { return child.HashSupported(algorithm) },
		do, func() error {
			return b.missing(backends.InterfaceHash, backends.ErrUnsupportedHash, engine.HashName(algorithm))
		})
}

// HMACSupported implements backends.HMACBackend.
func (b *backend) HMACSupported(algorithm backends.HashAlgorithm) bool {
	return slices.ContainsFunc(b.hmacs, func(child backends.HMACBackend) bool { return child.HMACSupported(algorithm) })
}

// CreateHMACCtx implements backends.HMACBackend.
func (b *backend) CreateHMACCtx(key []byte, algorithm backends.HashAlgorithm) (backends.HMACContext, error) {
	return askHMAC(b, algorithm, func(child backends.HMACBackend) (backends.HMACContext, error) {
		return child.CreateHMACCtx(key, algorithm)
	})
}

// askHMAC has the first backend do something that has HMAC over a hash function.
func askHMAC[C any](b *backend, algorithm backends.HashAlgorithm, do func(backends.HMACBackend) (C, error)) (C, error) {
	return ask(b.hmacs,
		func(child backends.HMACBackend) bool { return child.HMACSupported(algorithm) },
		do, func() error {
			return b.missing(backends.InterfaceHMAC, backends.ErrUnsupportedHash, "HMAC over "+engine.HashName(algorithm))
		})
}
