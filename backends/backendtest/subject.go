package backendtest

import (
	"fmt"
	"slices"

	"github.com/hazmat/hazmat/backends"
)

var operations = []backends.Operation{backends.OperationEncrypt, backends.OperationDecrypt}

// subject is a cipher in a mode, with parameters that are right.
type subject struct {
	backend backends.CipherBackend
	cipher  backends.Cipher
	mode    backends.Mode
	aad     []byte // for an authenticated mode
}

// newSubject returns a subject with a key of the largest size, which every
// backend with the pair has. The pair may be one that there is not.
func newSubject(backend backends.CipherBackend, cipher backends.CipherAlgorithm, mode backends.CipherMode) subject {
	random := newRandom()
	size := uint32(128)
	if sizes := keySizes(cipher, mode); len(sizes) > 0 {
		size = slices.Max(sizes)
	}
	s := subject{
		backend: backend,
		cipher:  backends.Cipher{Algorithm: cipher, Key: randomBytes(random, int(size/8)), Nonce: randomBytes(random, cipher.NonceSize())},
		mode:    backends.Mode{Mode: mode},
	}
	switch mode {
	case backends.ModeNone, backends.ModeECB:
	case backends.ModeGCM:
		s.mode.IV = randomBytes(random, 12)
		s.aad = randomBytes(random, 21)
	default:
		s.mode.IV = randomBytes(random, cipher.BlockSize())
	}
	// Counters are far from their end.
	if len(s.cipher.Nonce) > 0 {
		s.cipher.Nonce[3] = 0
	}
	return s
}

// keySizes returns the key sizes of a pair, in bits.
func keySizes(cipher backends.CipherAlgorithm, mode backends.CipherMode) []uint32 {
	switch {
	case mode == backends.ModeXTS:
		return []uint32{256, 512}
	case cipher == backends.CipherAES:
		return []uint32{128, 192, 256}
	}
	return cipher.KeySizes()
}

func (s subject) name() string {
	if s.mode.Mode == backends.ModeNone {
		return s.cipher.Algorithm.Name()
	}
	return s.cipher.Algorithm.Name() + "-" + s.mode.Mode.Name()
}

func (s subject) blockSize() int { return s.cipher.Algorithm.BlockSize() }

// nonce returns the nonce of the cipher or of the mode.
func (s subject) nonce() []byte {
	if len(s.cipher.Nonce) > 0 {
		return s.cipher.Nonce
	}
	return s.mode.IV
}

// withNonce returns the subject with another nonce.
func (s subject) withNonce(nonce []byte) subject {
	if len(s.cipher.Nonce) > 0 {
		s.cipher.Nonce = nonce
	} else {
		s.mode.IV = nonce
	}
	return s
}

// message returns a message of some whole blocks.
func (s subject) message() []byte { return randomBytes(newRandom(), max(3*s.blockSize(), 40)) }

func (s subject) authenticated() bool { return s.mode.Mode == backends.ModeGCM }
func (s subject) blockwise() bool {
	return s.mode.Mode == backends.ModeECB || s.mode.Mode == backends.ModeCBC
}
func (s subject) wholeUnit() bool { return s.mode.Mode == backends.ModeXTS }
func (s subject) resettable() bool {
	return s.mode.Mode == backends.ModeCTR || s.cipher.Algorithm == backends.CipherChaCha20
}

// create returns the method that makes a context for an operation.
func create(backend backends.CipherBackend, operation backends.Operation) func(*backends.Cipher, *backends.Mode) (backends.CipherContext, error) {
	if operation == backends.OperationDecrypt {
		return backend.CreateSymmetricDecryptionCtx
	}
	return backend.CreateSymmetricEncryptionCtx
}

// tryOpen returns a new context. A decryption that needs a tag gets one of
// zeroes if the subject has none.
func (s subject) tryOpen(operation backends.Operation) (backends.CipherContext, error) {
	if operation == backends.OperationDecrypt && s.authenticated() && s.mode.Tag == nil {
		s.mode.Tag = make([]byte, backends.MaxTagSize)
	}
	return create(s.backend, operation)(&s.cipher, &s.mode)
}

func (s subject) open(t reporter, operation backends.Operation) backends.CipherContext {
	t.Helper()
	context, err := s.tryOpen(operation)
	must(t, fmt.Sprintf("create %s for operation %d", s.name(), operation), err)
	return context
}

// openAEAD is open for an authenticated mode. The context has got the
// additional data.
func (s subject) openAEAD(t reporter, operation backends.Operation) backends.AEADCipherContext {
	t.Helper()
	aead, ok := s.open(t, operation).(backends.AEADCipherContext)
	if !ok {
		t.Fatalf("%s is no authenticated context", s.name())
	}
	must(t, "additional data", aead.AuthenticateAdditionalData(s.aad))
	return aead
}

// end finalizes a context. The tag that a decryption expects need not be right.
func (s subject) end(t reporter, context backends.CipherContext) {
	t.Helper()
	if _, err := context.Finalize(nil); backends.StatusOf(err) != backends.ErrInvalidTag {
		must(t, "finalize", err)
	}
}

// encrypt returns the encryption of pieces, and the tag in an authenticated
// mode.
func (s subject) encrypt(t reporter, pieces [][]byte) (ciphertext, tag []byte) {
	t.Helper()
	return s.run(t, backends.OperationEncrypt, pieces, false)
}

// decrypt returns the decryption of pieces.
func (s subject) decrypt(t reporter, pieces [][]byte, tag []byte) []byte {
	t.Helper()
	s.mode.Tag = tag
	plaintext, _ := s.run(t, backends.OperationDecrypt, pieces, false)
	return plaintext
}

// run processes pieces, with the output in the place of the input or elsewhere,
// and returns the output, and the tag of an encryption in an authenticated mode.
func (s subject) run(t reporter, operation backends.Operation, pieces [][]byte, inPlace bool) (output, tag []byte) {
	t.Helper()
	context := s.open(t, operation)
	defer context.Close()
	if s.authenticated() {
		must(t, "additional data", context.(backends.AEADCipherContext).AuthenticateAdditionalData(s.aad))
	}
	d := newDriver(s, context)
	for _, piece := range pieces {
		output = append(output, d.update(t, piece, inPlace)...)
	}
	dst := newGuarded(backends.MaxBlockSize, nil)
	n, err := context.Finalize(dst.within)
	must(t, "finalize", err)
	dst.check(t, "finalize", n)
	output = append(output, dst.within[:n]...)
	if s.authenticated() && operation == backends.OperationEncrypt {
		tag = make([]byte, backends.MaxTagSize)
		n, err := context.(backends.AEADCipherContext).Tag(tag)
		must(t, "tag", err)
		tag = tag[:n]
	}
	return output, tag
}

// driver updates a context and knows how much it must give.
type driver struct {
	context backends.CipherContext
	unit    int // bytes that output comes in
	held    int // bytes that the context holds back
}

func newDriver(s subject, context backends.CipherContext) *driver {
	if s.blockwise() {
		return &driver{context, s.blockSize(), 0}
	}
	return &driver{context, 1, 0}
}

// need returns how many bytes an update with length bytes gives.
func (d *driver) need(length int) int { return (d.held + length) / d.unit * d.unit }

// update returns what the context gives for data.
func (d *driver) update(t reporter, data []byte, inPlace bool) []byte {
	t.Helper()
	need := d.need(len(data))
	src := newGuarded(len(data), data)
	dst := newGuarded(need+5, nil)
	if inPlace {
		dst = newGuarded(max(need, len(data))+5, data)
		src.within = dst.within[:len(data)]
	}
	n, err := d.context.Update(dst.within, src.within)
	if err != nil || n != need {
		t.Fatalf("update with %d bytes: %d, %v; want %d", len(data), n, err, need)
	}
	dst.check(t, "update", n)
	if !inPlace {
		src.check(t, "input of update", 0)
	}
	d.held += len(data) - n
	return dst.within[:n]
}
