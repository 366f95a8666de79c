package backendtest

import "github.com/hazmat/hazmat/backends"

// complete is a backend with everything.
type complete interface {
	backends.CipherBackend
	backends.HashBackend
	backends.HMACBackend
}

// broken is a backend with a fault: a function that is set stands in for what
// the backend would do.
type broken struct {
	complete
	provides        func(backends.Interface) bool
	cipherSupported func(backends.CipherAlgorithm, backends.CipherMode) bool
	hashSupported   func(backends.HashAlgorithm) bool
	register        func(backends.CipherAlgorithm, backends.CipherMode, backends.CipherAdapter) error
	create          func(operation backends.Operation, cipher *backends.Cipher, mode *backends.Mode) (backends.CipherContext, error)
	cipher          faultyCipher
	hash            faultyHash
	squeeze         func(context backends.XOFContext, dst []byte) error
	hmac            faultyHMAC
	aeads           backends.AEADBackend
	aeadSupported   func(backends.AEADAlgorithm) bool
	createAEAD      func(algorithm backends.AEADAlgorithm, key []byte, tagLength int) (backends.AEAD, error)
	aead            faultySealer
	createHMAC      func(key []byte, algorithm backends.HashAlgorithm) (backends.HMACContext, error)
}

func (b *broken) Provides(which backends.Interface) bool {
	if b.provides != nil {
		return b.provides(which)
	}
	return which == backends.InterfaceAEAD || b.complete.Provides(which)
}

func (b *broken) CipherSupported(cipher backends.CipherAlgorithm, mode backends.CipherMode) bool {
	if b.cipherSupported != nil {
		return b.cipherSupported(cipher, mode)
	}
	return b.complete.CipherSupported(cipher, mode)
}

func (b *broken) HashSupported(algorithm backends.HashAlgorithm) bool {
	if b.hashSupported != nil {
		return b.hashSupported(algorithm)
	}
	return b.complete.HashSupported(algorithm)
}

func (b *broken) RegisterCipherAdapter(cipher backends.CipherAlgorithm, mode backends.CipherMode, adapter backends.CipherAdapter) error {
	if b.register != nil {
		return b.register(cipher, mode, adapter)
	}
	return b.complete.RegisterCipherAdapter(cipher, mode, adapter)
}

func (b *broken) CreateSymmetricEncryptionCtx(cipher *backends.Cipher, mode *backends.Mode) (backends.CipherContext, error) {
	return b.open(backends.OperationEncrypt, cipher, mode)
}

func (b *broken) CreateSymmetricDecryptionCtx(cipher *backends.Cipher, mode *backends.Mode) (backends.CipherContext, error) {
	return b.open(backends.OperationDecrypt, cipher, mode)
}

func (b *broken) open(operation backends.Operation, cipher *backends.Cipher, mode *backends.Mode) (backends.CipherContext, error) {
	open := b.create
	if open == nil {
		open = b.sound
	}
	context, err := open(operation, cipher, mode)
	if err != nil {
		return nil, err
	}
	return b.cipher.wrap(context), nil
}

// sound creates a context as it should be.
func (b *broken) sound(operation backends.Operation, cipher *backends.Cipher, mode *backends.Mode) (backends.CipherContext, error) {
	return create(b.complete, operation)(cipher, mode)
}

func (b *broken) CreateHashCtx(algorithm backends.HashAlgorithm) (backends.HashContext, error) {
	context, err := b.complete.CreateHashCtx(algorithm)
	if err != nil {
		return nil, err
	}
	fault := b.hash
	fault.HashContext = context
	if xof, ok := context.(backends.XOFContext); ok {
		return &faultyXOF{fault, xof, b.squeeze}, nil
	}
	return &fault, nil
}

func (b *broken) CreateHMACCtx(key []byte, algorithm backends.HashAlgorithm) (backends.HMACContext, error) {
	open := b.createHMAC
	if open == nil {
		open = b.complete.CreateHMACCtx
	}
	context, err := open(key, algorithm)
	if err != nil {
		return nil, err
	}
	fault := b.hmac
	fault.HMACContext = context
	return &fault, nil
}

// faultyHash is a hash context with a fault, as faultyCipher is a cipher
// context.
type faultyHash struct {
	backends.HashContext
	update   func(context backends.HashContext, data []byte) error
	finalize func(context backends.HashContext, dst []byte) (int, error)
	copied   func(context backends.HashContext) (backends.HashContext, error)
}

func (h *faultyHash) Update(data []byte) error {
	if h.update != nil {
		return h.update(h.HashContext, data)
	}
	return h.HashContext.Update(data)
}

func (h *faultyHash) Finalize(dst []byte) (int, error) {
	if h.finalize != nil {
		return h.finalize(h.HashContext, dst)
	}
	return h.HashContext.Finalize(dst)
}

func (h *faultyHash) Copy() (backends.HashContext, error) {
	if h.copied != nil {
		return h.copied(h.HashContext)
	}
	return h.HashContext.Copy()
}

type faultyXOF struct {
	faultyHash
	context backends.XOFContext
	squeeze func(context backends.XOFContext, dst []byte) error
}

func (x *faultyXOF) Squeeze(dst []byte) error {
	if x.squeeze != nil {
		return x.squeeze(x.context, dst)
	}
	return x.context.Squeeze(dst)
}

// faultyHMAC is an HMAC context with a fault.
type faultyHMAC struct {
	backends.HMACContext
	verify func(context backends.HMACContext, signature []byte) error
	copied func(context backends.HMACContext) (backends.HMACContext, error)
}

func (h *faultyHMAC) Verify(signature []byte) error {
	if h.verify != nil {
		return h.verify(h.HMACContext, signature)
	}
	return h.HMACContext.Verify(signature)
}

func (h *faultyHMAC) Copy() (backends.HMACContext, error) {
	if h.copied != nil {
		return h.copied(h.HMACContext)
	}
	return h.HMACContext.Copy()
}

// faultyCipher is a cipher context with a fault: a function that is set stands
// in for what the context would do.
type faultyCipher struct {
	backends.CipherContext
	update   func(context backends.CipherContext, dst, data []byte) (int, error)
	finalize func(context backends.CipherContext, dst []byte) (int, error)
	end      func(context backends.AEADCipherContext, dst, tag []byte) (int, error)
	aad      func(context backends.AEADCipherContext, data []byte) error
	tag      func(context backends.AEADCipherContext, dst []byte) (int, error)
	reset    func(context backends.NonceCipherContext, nonce []byte) error
	closing  func(context backends.CipherContext)
}

// wrap returns a context with the fault and with the methods of context.
func (c faultyCipher) wrap(context backends.CipherContext) backends.CipherContext {
	c.CipherContext = context
	switch context := context.(type) {
	case backends.AEADCipherContext:
		return &faultyAEAD{c, context}
	case backends.NonceCipherContext:
		return &faultyNonce{c, context}
	}
	return &c
}

func (c *faultyCipher) Update(dst, data []byte) (int, error) {
	if c.update != nil {
		return c.update(c.CipherContext, dst, data)
	}
	return c.CipherContext.Update(dst, data)
}

func (c *faultyCipher) Finalize(dst []byte) (int, error) {
	if c.finalize != nil {
		return c.finalize(c.CipherContext, dst)
	}
	return c.CipherContext.Finalize(dst)
}

func (c *faultyCipher) Close() {
	if c.closing != nil {
		c.closing(c.CipherContext)
	}
	c.CipherContext.Close()
}

type faultyNonce struct {
	faultyCipher
	context backends.NonceCipherContext
}

func (c *faultyNonce) ResetNonce(nonce []byte) error {
	if c.reset != nil {
		return c.reset(c.context, nonce)
	}
	return c.context.ResetNonce(nonce)
}

type faultyAEAD struct {
	faultyCipher
	context backends.AEADCipherContext
}

func (c *faultyAEAD) AuthenticateAdditionalData(data []byte) error {
	if c.aad != nil {
		return c.aad(c.context, data)
	}
	return c.context.AuthenticateAdditionalData(data)
}

func (c *faultyAEAD) Tag(dst []byte) (int, error) {
	if c.tag != nil {
		return c.tag(c.context, dst)
	}
	return c.context.Tag(dst)
}

func (c *faultyAEAD) FinalizeWithTag(dst, tag []byte) (int, error) {
	if c.end != nil {
		return c.end(c.context, dst, tag)
	}
	return c.context.FinalizeWithTag(dst, tag)
}
