package engine

import (
	"sync"

	"github.com/hazmat/hazmat/backends"
)

// Ciphers is the part of a backend that makes cipher contexts. A backend
// embeds it to be a backends.CipherBackend. Its fields do not change once it
// is in use; any number of goroutines may call its methods.
type Ciphers struct {
	// Backend is the backend that this is a part of. Adapters are given it.
	Backend backends.Backend
	// New has a function for each pair of the backend, which returns a new
	// context. It keeps nothing of the parameters. That a pair is here does
	// not promise that each of its keys is supported: the function may return
	// backends.ErrUnsupportedCipher.
	New map[Pair]func(Params) (backends.CipherContext, error)
	// Available tells whether a pair of New is there, for a backend that finds
	// out when it is first asked. If it is nil all are.
	Available func(Pair) bool
	// Adopt returns a new context made of the object that an adapter returned,
	// which is not nil. Parameters of a pair that package backends has no
	// facts of are unchecked: the adapter has seen them.
	Adopt func(object any, p Params) (backends.CipherContext, error)

	mu       sync.RWMutex
	adapters map[Pair]backends.CipherAdapter
}

// CipherSupported implements backends.CipherBackend.
func (c *Ciphers) CipherSupported(cipher backends.CipherAlgorithm, mode backends.CipherMode) bool {
	pair := Pair{cipher, mode}
	return c.own(pair) != nil || c.adapter(pair) != nil
}

// own returns the function of a pair that the backend has by itself.
func (c *Ciphers) own(pair Pair) func(Params) (backends.CipherContext, error) {
	newContext := c.New[pair]
	if newContext == nil || !available(c.Available, pair) {
		return nil
	}
	return newContext
}

// RegisterCipherAdapter implements backends.CipherBackend.
func (c *Ciphers) RegisterCipherAdapter(cipher backends.CipherAlgorithm, mode backends.CipherMode, adapter backends.CipherAdapter) error {
	pair := Pair{cipher, mode}
	switch {
	case adapter == nil:
		return backends.Errorf(backends.ErrNullPointer, "adapter of %s is NULL", pair)
	case cipher < backends.PrivateAlgorithms && cipher.Name() == "",
		mode < backends.PrivateAlgorithms && mode.Name() == "" && mode != backends.ModeNone:
		return backends.Errorf(backends.ErrInvalidArgument,
			"%s has a code that is neither listed nor private; private codes begin at %#x", pair, uint32(backends.PrivateAlgorithms))
	case c.own(pair) != nil:
		return backends.Errorf(backends.ErrAlreadyRegistered, "backend %s has %s by itself", c.Backend.Name(), pair)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.adapters[pair] != nil {
		return backends.Errorf(backends.ErrAlreadyRegistered, "an adapter of %s is already registered", pair)
	}
	if c.adapters == nil {
		c.adapters = map[Pair]backends.CipherAdapter{}
	}
	c.adapters[pair] = adapter
	return nil
}

// CreateSymmetricEncryptionCtx implements backends.CipherBackend.
func (c *Ciphers) CreateSymmetricEncryptionCtx(cipher *backends.Cipher, mode *backends.Mode) (backends.CipherContext, error) {
	return c.create(cipher, mode, backends.OperationEncrypt)
}

// CreateSymmetricDecryptionCtx implements backends.CipherBackend.
func (c *Ciphers) CreateSymmetricDecryptionCtx(cipher *backends.Cipher, mode *backends.Mode) (backends.CipherContext, error) {
	return c.create(cipher, mode, backends.OperationDecrypt)
}

func (c *Ciphers) create(cipher *backends.Cipher, mode *backends.Mode, operation backends.Operation) (backends.CipherContext, error) {
	if cipher == nil {
		return nil, backends.Errorf(backends.ErrNullPointer, "cipher is NULL")
	}
	if mode == nil {
		mode = &backends.Mode{}
	}
	p := newParams(cipher, mode, operation)
	newContext, adapter := c.own(p.Pair), c.adapter(p.Pair)
	if newContext == nil && adapter == nil {
		return nil, c.unsupported(p.Pair)
	}
	if _, known := keySizes[p.Pair]; known {
		if err := p.check(cipher, mode); err != nil {
			return nil, err
		}
		defer p.wipe()
	}
	if newContext != nil {
		return newContext(p)
	}
	object, err := adapter(c.Backend, cipher, mode, operation)
	if err != nil {
		return nil, err
	}
	if object == nil {
		return nil, c.unsupported(p.Pair)
	}
	context, err := c.Adopt(object, p)
	if closer, ok := object.(interface{ Close() }); ok && err != nil {
		closer.Close() // it was given up, and nobody else has it
	}
	return context, err
}

func (c *Ciphers) unsupported(pair Pair) error {
	return backends.Errorf(backends.ErrUnsupportedCipher, "backend %s has no %s", c.Backend.Name(), pair)
}

func (c *Ciphers) adapter(pair Pair) backends.CipherAdapter {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.adapters[pair]
}
