package native

import (
	"crypto/cipher"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/backends/engine"
)

// blockMode is an engine.Crypter made of one of Go's block modes.
type blockMode struct {
	mode  cipher.BlockMode
	block cipher.Block
}

func newCBC(block cipher.Block, p engine.Params) (backends.CipherContext, error) {
	newMode := cipher.NewCBCEncrypter
	if p.Operation == backends.OperationDecrypt {
		newMode = cipher.NewCBCDecrypter
	}
	return engine.NewBlockContext(&blockMode{newMode(block, p.Nonce), block}, block.BlockSize()), nil
}

func (m *blockMode) Crypt(dst, src []byte) error {
	m.mode.CryptBlocks(dst, src)
	return nil
}

func (m *blockMode) Close() {
	wipe(m.mode)
	wipe(m.block)
}

// ecb is electronic codebook, which Go leaves out so that nobody takes it for
// encryption (NIST SP 800-38A, section 6.1).
type ecb struct {
	block cipher.Block
	crypt func(dst, src []byte) // a method of block
}

func newECB(block cipher.Block, p engine.Params) (backends.CipherContext, error) {
	crypt := block.Encrypt
	if p.Operation == backends.OperationDecrypt {
		crypt = block.Decrypt
	}
	return engine.NewBlockContext(&ecb{block, crypt}, block.BlockSize()), nil
}

func (m *ecb) Crypt(dst, src []byte) error {
	size := m.block.BlockSize()
	for len(src) > 0 {
		m.crypt(dst, src)
		dst, src = dst[size:], src[size:]
	}
	return nil
}

func (m *ecb) Close() { wipe(m.block) }

// stream is an engine.Crypter made of one of Go's stream modes or ciphers.
type stream struct {
	cipher.Stream
	block cipher.Block // under the mode; nil for a stream cipher
}

func newOFB(block cipher.Block, p engine.Params) (backends.CipherContext, error) {
	//lint:ignore SA1019 an unauthenticated mode, here for those who still need it
	return engine.NewStreamContext(&stream{cipher.NewOFB(block, p.Nonce), block}), nil
}

func newCFB(block cipher.Block, p engine.Params) (backends.CipherContext, error) {
	//lint:ignore SA1019 an unauthenticated mode, here for those who still need it
	newMode := cipher.NewCFBEncrypter
	if p.Operation == backends.OperationDecrypt {
		//lint:ignore SA1019 as above
		newMode = cipher.NewCFBDecrypter
	}
	return engine.NewStreamContext(&stream{newMode(block, p.Nonce), block}), nil
}

func (s *stream) Crypt(dst, src []byte) error {
	s.XORKeyStream(dst, src)
	return nil
}

func (s *stream) Close() {
	wipe(s.Stream)
	wipe(s.block)
}

// ctr is counter mode, which can begin again.
type ctr struct{ stream }

func newCTR(block cipher.Block, p engine.Params) (backends.CipherContext, error) {
	return engine.NewNonceContext(&ctr{stream{startCTR(block, p.Nonce), block}}, p), nil
}

func (c *ctr) Reset(nonce []byte) error {
	wipe(c.Stream) // that of AES has a copy of the block
	c.Stream = startCTR(c.block, nonce)
	return nil
}

// startCTR returns the keystream of a block cipher from a counter block on. Go's
// AES passes a copy of the block over the stack here (Go 1.26).
func startCTR(block cipher.Block, counter []byte) cipher.Stream {
	scrubStack() // first, as a stack that grows is copied
	defer scrubStack()
	return cipher.NewCTR(block, counter)
}
