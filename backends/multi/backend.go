// Package multi makes one backend of several: the first of them that has an
// algorithm answers. Importing it makes backends.Open take lists, such as
// "native,openssl".
package multi

import (
	"slices"
	"strings"

	"github.com/hazmat/hazmat/backends"
)

func init() { backends.RegisterCombiner(New) }

// New returns a backend made of others, which are asked in their order. One
// that does not provide an interface is passed over for it. An adapter is
// registered with the first that provides ciphers, and is told which one that
// is; for another of them it is registered there, and found here as well.
//
// Any number of goroutines may use the backend, as they may those it is made of.
func New(children []backends.Backend) backends.Backend {
	return &backend{
		children: slices.Clone(children),
		ciphers:  providers[backends.CipherBackend](children, backends.InterfaceCipher),
		hashes:   providers[backends.HashBackend](children, backends.InterfaceHash),
		hmacs:    providers[backends.HMACBackend](children, backends.InterfaceHMAC),
		aeads:    providers[backends.AEADBackend](children, backends.InterfaceAEAD),
	}
}

// providers returns the backends that provide an interface, as what they are
// in Go.
func providers[I backends.Backend](children []backends.Backend, which backends.Interface) []I {
	var found []I
	for _, child := range children {
		if provider, ok := child.(I); ok && child.Provides(which) {
			found = append(found, provider)
		}
	}
	return found
}

type backend struct {
	children []backends.Backend
	ciphers  []backends.CipherBackend
	hashes   []backends.HashBackend
	hmacs    []backends.HMACBackend
	aeads    []backends.AEADBackend
}

// Name implements backends.Backend: the names of all, joined with commas.
func (b *backend) Name() string { return b.join(backends.Backend.Name, ",") }

// Description implements backends.Backend.
func (b *backend) Description() string {
	return "the first that supports the algorithm of: " + b.join(backends.Backend.Description, "; ")
}

func (b *backend) join(text func(backends.Backend) string, separator string) string {
	var texts []string
	for _, child := range b.children {
		texts = append(texts, text(child))
	}
	return strings.Join(texts, separator)
}

// Provides implements backends.Backend.
func (b *backend) Provides(which backends.Interface) bool {
	return slices.ContainsFunc(b.children, func(child backends.Backend) bool { return child.Provides(which) })
}

// ask returns what the first backend makes that supports an algorithm, and does
// not say after all that it lacks just this, a size of key perhaps. If each of
// them says so the error is that of the first, or missing if none did.
func ask[B, C any](all []B, supports func(B) bool, create func(B) (C, error), missing func() error) (C, error) {
	var none C
	var refusal error
	for _, candidate := range all {
		if !supports(candidate) {
			continue
		}
		made, err := create(candidate)
		if err == nil || !unsupported(err) {
			return made, err
		}
		if refusal == nil {
			refusal = err
		}
	}
	if refusal == nil {
		refusal = missing()
	}
	return none, refusal
}

// unsupported tells whether an error says that a backend has no such thing.
func unsupported(err error) bool {
	switch backends.StatusOf(err) {
	case backends.ErrUnsupportedAlgorithm, backends.ErrUnsupportedCipher,
		backends.ErrUnsupportedHash, backends.ErrUnsupportedInterface:
		return true
	}
	return false
}

// missing is the error for what none of the backends has.
func (b *backend) missing(which backends.Interface, status backends.Status, what string) error {
	if !b.Provides(which) {
		return backends.Errorf(backends.ErrUnsupportedInterface, "backend %s does not provide %s", b.Name(), which.Name())
	}
	return backends.Errorf(status, "backend %s has no %s", b.Name(), what)
}
