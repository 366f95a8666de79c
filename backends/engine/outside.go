package engine

import (
	"github.com/hazmat/hazmat/backends"
)

func init() { backends.SetHold(Hold) }

// Hold returns a backend that keeps the contract by means of one that anybody
// may have written, in any language, and that need not: its contexts are used
// as primitives, so checks and states are the engine's.
//
// Pairs that package backends has no facts of are left to the backend as they
// are.
func Hold(outside backends.Backend) backends.Backend {
	h := &held{name: outside.Name(), outside: outside}
	h.ciphers, _ = outside.(backends.CipherBackend)
	h.hashes, _ = outside.(backends.HashBackend)
	h.hmacs, _ = outside.(backends.HMACBackend)
	h.aeads, _ = outside.(backends.AEADBackend)
	h.adapters.Backend = h
	h.Messages = Messages{Backend: h, Alone: true}
	h.adapters.Adopt = func(object any, p Params) (backends.CipherContext, error) {
		if context, ok := object.(backends.CipherContext); ok {
			return context, nil
		}
		return nil, backends.Errorf(backends.ErrInvalidArgument,
			"adapter of %s returned a %T; backend %s takes a CipherContext", p.Pair, object, h.name)
	}
	return h
}

// held is a backend held to the contract. What the backend does not provide is
// nil.
type held struct {
	Messages
	name     string
	outside  backends.Backend
	ciphers  backends.CipherBackend
	hashes   backends.HashBackend
	hmacs    backends.HMACBackend
	aeads    backends.AEADBackend
	adapters Ciphers
}

func (h *held) Name() string { return h.name }

func (h *held) Description() string { return h.outside.Description() }

// Provides believes the backend only as far as it has the methods.
func (h *held) Provides(which backends.Interface) bool {
	there := map[backends.Interface]bool{
		backends.InterfaceCipher: h.ciphers != nil,
		backends.InterfaceHash:   h.hashes != nil,
		backends.InterfaceHMAC:   h.hmacs != nil,
		backends.InterfaceAEAD:   h.aeads != nil,
	}
	return there[which] && h.outside.Provides(which)
}

func (h *held) CipherSupported(cipher backends.CipherAlgorithm, mode backends.CipherMode) bool {
	return h.hasCipher(Pair{cipher, mode}) || h.adapters.CipherSupported(cipher, mode)
}

// hasCipher reports whether the backend has a pair by itself.
func (h *held) hasCipher(pair Pair) bool {
	return h.Provides(backends.InterfaceCipher) && h.ciphers.CipherSupported(pair.Cipher, pair.Mode)
}

func (h *held) RegisterCipherAdapter(cipher backends.CipherAlgorithm, mode backends.CipherMode, adapter backends.CipherAdapter) error {
	pair := Pair{cipher, mode}
	if !h.Provides(backends.InterfaceCipher) {
		return h.missing(backends.InterfaceCipher)
	}
	if h.hasCipher(pair) {
		return backends.Errorf(backends.ErrAlreadyRegistered, "backend %s has %s by itself", h.name, pair)
	}
	return h.adapters.RegisterCipherAdapter(cipher, mode, adapter)
}

func (h *held) CreateSymmetricEncryptionCtx(cipher *backends.Cipher, mode *backends.Mode) (backends.CipherContext, error) {
	return h.createCipher(cipher, mode, backends.OperationEncrypt)
}

func (h *held) CreateSymmetricDecryptionCtx(cipher *backends.Cipher, mode *backends.Mode) (backends.CipherContext, error) {
	return h.createCipher(cipher, mode, backends.OperationDecrypt)
}

func (h *held) createCipher(cipher *backends.Cipher, mode *backends.Mode, operation backends.Operation) (backends.CipherContext, error) {
	if !h.Provides(backends.InterfaceCipher) {
		return nil, h.missing(backends.InterfaceCipher)
	}
	if cipher == nil {
		return nil, backends.Errorf(backends.ErrNullPointer, "cipher is NULL")
	}
	if mode == nil {
		mode = &backends.Mode{}
	}
	p := newParams(cipher, mode, operation)
	if !h.hasCipher(p.Pair) {
		return h.adapters.create(cipher, mode, operation)
	}
	_, known := keySizes[p.Pair]
	if known {
		if err := p.check(cipher, mode); err != nil {
			return nil, err
		}
		defer p.wipe()
		cipher = &backends.Cipher{Algorithm: cipher.Algorithm, Key: p.Key, Nonce: cipher.Nonce}
	}
	create := h.ciphers.CreateSymmetricEncryptionCtx
	if operation == backends.OperationDecrypt {
		create = h.ciphers.CreateSymmetricDecryptionCtx
	}
	context, err := create(cipher, mode)
	if err != nil || !known {
		return context, err
	}
	return holdCipher(context, p)
}

func (h *held) HashSupported(algorithm backends.HashAlgorithm) bool {
	return algorithm.Name() != "" && h.Provides(backends.InterfaceHash) && h.hashes.HashSupported(algorithm)
}

func (h *held) CreateHashCtx(algorithm backends.HashAlgorithm) (backends.HashContext, error) {
	if !h.Provides(backends.InterfaceHash) {
		return nil, h.missing(backends.InterfaceHash)
	}
	if !h.HashSupported(algorithm) {
		return nil, backends.Errorf(backends.ErrUnsupportedHash, "backend %s has no %s", h.name, HashName(algorithm))
	}
	context, err := h.hashes.CreateHashCtx(algorithm)
	if err != nil {
		return nil, err
	}
	state, err := hashState(context, algorithm)
	if err != nil {
		context.Close()
		return nil, err
	}
	return NewHashContext(algorithm, state), nil
}

func (h *held) HMACSupported(algorithm backends.HashAlgorithm) bool {
	return algorithm.Name() != "" && h.Provides(backends.InterfaceHMAC) && h.hmacs.HMACSupported(algorithm)
}

func (h *held) CreateHMACCtx(key []byte, algorithm backends.HashAlgorithm) (backends.HMACContext, error) {
	if !h.Provides(backends.InterfaceHMAC) {
		return nil, h.missing(backends.InterfaceHMAC)
	}
	if !h.HMACSupported(algorithm) {
		return nil, backends.Errorf(backends.ErrUnsupportedHash, "backend %s has no HMAC over %s", h.name, HashName(algorithm))
	}
	context, err := h.hmacs.CreateHMACCtx(key, algorithm)
	if err != nil {
		return nil, err
	}
	return NewHMACContext(algorithm, heldHMAC{context}), nil
}

func (h *held) AEADSupported(algorithm backends.AEADAlgorithm) bool {
	return algorithm.Name() != "" && h.Provides(backends.InterfaceAEAD) && h.aeads.AEADSupported(algorithm)
}

func (h *held) CreateAEAD(algorithm backends.AEADAlgorithm, key []byte, tagLength int) (backends.AEAD, error) {
	if !h.Provides(backends.InterfaceAEAD) {
		return nil, h.missing(backends.InterfaceAEAD)
	}
	if !h.AEADSupported(algorithm) {
		return nil, backends.Errorf(backends.ErrUnsupportedCipher, "backend %s has no %s", h.name, AEADName(algorithm))
	}
	tagLength, err := checkAEAD(algorithm, key, tagLength)
	if err != nil {
		return nil, err
	}
	aead, err := h.aeads.CreateAEAD(algorithm, key, tagLength)
	if err != nil {
		return nil, err
	}
	sealer, err := holdAEAD(aead, algorithm)
	if err != nil {
		aead.Close()
		return nil, err
	}
	return NewAEAD(algorithm, tagLength, sealer, true), nil
}
