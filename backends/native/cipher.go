package native

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"

	//lint:ignore SA1019 a legacy cipher, here for those who still need it
	"golang.org/x/crypto/blowfish"
	//lint:ignore SA1019 a legacy cipher, here for those who still need it
	"golang.org/x/crypto/cast5"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/backends/engine"
)

// blockCiphers are the block ciphers. Their functions do not keep the key.
var blockCiphers = map[backends.CipherAlgorithm]func(key []byte) (cipher.Block, error){
	backends.CipherAES:       aes.NewCipher,
	backends.CipherTripleDES: des.NewTripleDESCipher,
	backends.CipherBlowfish:  func(key []byte) (cipher.Block, error) { return blowfish.NewCipher(key) },
	backends.CipherCAST5:     newCAST5,
}

// blockModes are the modes of block ciphers. Go has no CFB8, and XTS only for
// disk sectors, without ciphertext stealing.
var blockModes = map[backends.CipherMode]func(cipher.Block, engine.Params) (backends.CipherContext, error){
	backends.ModeECB: newECB,
	backends.ModeCBC: newCBC,
	backends.ModeCTR: newCTR,
	backends.ModeOFB: newOFB,
	backends.ModeCFB: newCFB,
	backends.ModeGCM: newGCM,
}

// newCiphers returns the pairs that the backend has by itself.
func newCiphers() map[engine.Pair]func(engine.Params) (backends.CipherContext, error) {
	table := map[engine.Pair]func(engine.Params) (backends.CipherContext, error){
		{Cipher: backends.CipherARC4}:     newARC4,
		{Cipher: backends.CipherChaCha20}: newChaCha20,
	}
	for algorithm, newBlock := range blockCiphers {
		for _, mode := range algorithm.Modes() {
			newContext, ok := blockModes[mode]
			if !ok {
				continue
			}
			table[engine.Pair{Cipher: algorithm, Mode: mode}] = func(p engine.Params) (backends.CipherContext, error) {
				block, err := newBlock(p.Key)
				if err != nil {
					return nil, err
				}
				return newContext(block, p)
			}
		}
	}
	return table
}

// newCAST5 pads a short key with zeroes (RFC 2144, section 2.5). The same
// section gives keys of up to 80 bits 12 rounds; x/crypto has 16 only.
func newCAST5(key []byte) (cipher.Block, error) {
	if len(key) <= 10 {
		return nil, backends.Errorf(backends.ErrUnsupportedCipher,
			"backend %s has no CAST5 with keys of up to 80 bits; got %d", Name, len(key)*8)
	}
	var padded [cast5.KeySize]byte
	defer clear(padded[:])
	copy(padded[:], key)
	return cast5.NewCipher(padded[:])
}
