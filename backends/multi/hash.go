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
	return ask(b.hashes,
		func(child backends.HashBackend) bool { return child.HashSupported(algorithm) },
		func(child backends.HashBackend) (backends.HashContext, error) { return child.CreateHashCtx(algorithm) },
		func() error {
			return b.missing(backends.InterfaceHash, backends.ErrUnsupportedHash, engine.HashName(algorithm))
		})
}

// HMACSupported implements backends.HMACBackend.
func (b *backend) HMACSupported(algorithm backends.HashAlgorithm) bool {
	return slices.ContainsFunc(b.hmacs, func(child backends.HMACBackend) bool { return child.HMACSupported(algorithm) })
}

// CreateHMACCtx implements backends.HMACBackend.
func (b *backend) CreateHMACCtx(key []byte, algorithm backends.HashAlgorithm) (backends.HMACContext, error) {
	return ask(b.hmacs,
		func(child backends.HMACBackend) bool { return child.HMACSupported(algorithm) },
		func(child backends.HMACBackend) (backends.HMACContext, error) {
			return child.CreateHMACCtx(key, algorithm)
		},
		func() error {
			return b.missing(backends.InterfaceHMAC, backends.ErrUnsupportedHash, "HMAC over "+engine.HashName(algorithm))
		})
}
