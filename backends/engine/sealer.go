package engine

import (
	"math"
	"sync"

	"github.com/hazmat/hazmat/backends"
)

// Sealer is an algorithm for authenticated encryption in one call, with a key.
// Any number of goroutines use it at once.
type Sealer interface {
	// MaxText returns how many bytes a plaintext or a text of additional data
	// may have. No longer ones come.
	MaxText() int

	// Seal encrypts plaintext into dst, which has room for just that and the
	// tag, and begins where plaintext does or does not overlap it.
	Seal(dst, nonce, plaintext, additionalData []byte) error

	// Open decrypts ciphertext, which is at least as long as a tag, into dst,
	// which has room for just that without the tag, and begins where
	// ciphertext does or does not overlap it. It reports whether ciphertext is
	// authentic; if it is not, what it left in dst does not matter.
	Open(dst, nonce, ciphertext, additionalData []byte) (bool, error)

	// Close wipes and releases the key. It is called once, when nobody uses
	// the Sealer any more.
	Close()
}

// VectorSealer is a Sealer of AES-SIV. The others' methods are not called: a
// nonce is the last of the additional data.
type VectorSealer interface {
	Sealer

	// SealVector is Seal with a list of additional data.
	SealVector(dst, plaintext []byte, additionalData [][]byte) error

	// OpenVector is Open with a list of additional data.
	OpenVector(dst, ciphertext []byte, additionalData [][]byte) (bool, error)
}

// maxVector is how many texts of additional data AES-SIV takes (RFC 5297,
// section 2.6: S2V takes 127 strings, of which the plaintext is one).
const maxVector = 126

// NewAEAD returns an algorithm with a key, around a Sealer, which it owns from
// then on. It is a backends.VectorAEAD for AES-SIV, whose Sealer is a
// VectorSealer. One that is alone is called on the caller's thread only.
func NewAEAD(algorithm backends.AEADAlgorithm, tagLength int, sealer Sealer, alone bool) backends.BatchAEAD {
	a := &aead{
		algorithm: algorithm, tagLength: tagLength, sealer: sealer, alone: alone,
		minNonce: algorithm.MinNonceSize(), maxNonce: algorithm.MaxNonceSize(), maxText: sealer.MaxText(),
	}
	if algorithm == backends.AEADAESSIV {
		return &vectorAEAD{a}
	}
	return a
}

type aead struct {
	algorithm          backends.AEADAlgorithm
	tagLength          int // bytes
	minNonce, maxNonce int // bytes
	maxText            int // bytes
	alone              bool

	// closing is held for writing by Close, so that no key is wiped or freed
	// in the middle of a message.
	closing sync.RWMutex
	sealer  Sealer // nil once the object is closed
}

func (a *aead) Algorithm() backends.AEADAlgorithm { return a.algorithm }

func (a *aead) TagLength() int { return a.tagLength }

func (a *aead) Seal(dst, nonce, plaintext, additionalData []byte) (int, error) {
	a.closing.RLock()
	defer a.closing.RUnlock()
	if err := a.checkNonce(nonce); err != nil {
		return 0, err
	}
	n := len(plaintext) + a.tagLength
	if need, err := a.checkSeal(dst, plaintext, len(nonce)); err != nil {
		return need, err
	}
	if err := a.checkOthers(dst[:n], nonce, additionalData); err != nil {
		return 0, err
	}
	if a.algorithm != backends.AEADAESSIV {
		return sealed(dst[:n], a.sealer.Seal(dst[:n], nonce, plaintext, additionalData))
	}
	vector := [][]byte{additionalData, nonce} // RFC 5297, section 3
	return sealed(dst[:n], a.sealer.(VectorSealer).SealVector(dst[:n], plaintext, vector))
}

func (a *aead) Open(dst, nonce, ciphertext, additionalData []byte) (int, error) {
	a.closing.RLock()
	defer a.closing.RUnlock()
	if err := a.checkNonce(nonce); err != nil {
		return 0, err
	}
	n := len(ciphertext) - a.tagLength
	if need, err := a.checkOpen(dst, ciphertext, len(nonce)); err != nil {
		return need, err
	}
	if err := a.checkOthers(dst[:n], nonce, additionalData); err != nil {
		return 0, err
	}
	if a.algorithm != backends.AEADAESSIV {
		ok, err := a.sealer.Open(dst[:n], nonce, ciphertext, additionalData)
		return opened(dst[:n], ok, err)
	}
	vector := [][]byte{additionalData, nonce}
	ok, err := a.sealer.(VectorSealer).OpenVector(dst[:n], ciphertext, vector)
	return opened(dst[:n], ok, err)
}

func (a *aead) Close() {
	a.closing.Lock()
	defer a.closing.Unlock()
	if a.sealer != nil {
		a.sealer.Close()
		a.sealer = nil
	}
}

// checkNonce checks that the object is open, and a nonce.
func (a *aead) checkNonce(nonce []byte) error {
	if a.sealer == nil {
		return errClosed()
	}
	if len(nonce) < a.minNonce || len(nonce) > a.maxNonce {
		return backends.Errorf(backends.ErrInvalidNonce, "nonce of %s has %d bytes; allowed: %s",
			a.algorithm.Name(), len(nonce), listRange(a.minNonce, a.maxNonce))
	}
	return nil
}

// checkSeal checks the message and the output of Seal.
func (a *aead) checkSeal(dst, plaintext []byte, nonceSize int) (int, error) {
	if err := a.checkPlaintext(len(plaintext), nonceSize); err != nil {
		return 0, err
	}
	return checkBuffers(dst, plaintext, len(plaintext)+a.tagLength)
}

// checkOpen checks the message and the output of Open.
func (a *aead) checkOpen(dst, ciphertext []byte, nonceSize int) (int, error) {
	least := a.tagLength
	if a.algorithm == backends.AEADAESSIV {
		least++ // an empty plaintext is never sealed
	}
	if len(ciphertext) < least {
		return 0, backends.Errorf(backends.ErrInvalidTag, "ciphertext has %d bytes; one of %s has at least %d",
			len(ciphertext), a.algorithm.Name(), least)
	}
	n := len(ciphertext) - a.tagLength
	if err := a.checkPlaintext(n, nonceSize); err != nil {
		return 0, err
	}
	return checkBuffers(dst, ciphertext, n)
}

// checkPlaintext checks the length of a plaintext, in bytes, against what its
// algorithm can process under one nonce.
func (a *aead) checkPlaintext(n, nonceSize int) error {
	limit := uint64(math.MaxInt64)
	switch a.algorithm {
	case backends.AEADAESGCM:
		limit = maxGCMData
	case backends.AEADChaCha20Poly1305, backends.AEADXChaCha20Poly1305:
		limit = 1<<38 - 64 // RFC 8439, section 2.8
	case backends.AEADAESGCMSIV:
		limit = 1 << 36 // RFC 8452, section 6
	case backends.AEADAESCCM:
		// NIST SP 800-38C, appendix A.1: what is left of 15 bytes counts the
		// plaintext's.
		if bits := 8 * (15 - nonceSize); bits < 63 {
			limit = 1<<bits - 1
		}
	case backends.AEADAESSIV:
		if n == 0 { // libcrypto has no way to encrypt nothing
			return backends.Errorf(backends.ErrInvalidArgument, "plaintext of %s is empty", a.algorithm.Name())
		}
	}
	if limit = min(limit, uint64(a.maxText)); uint64(n) > limit {
		return limitExceeded("plaintext", n, limit)
	}
	return nil
}

// checkOthers checks a text of additional data, and that dst overlaps neither
// it nor the nonce.
func (a *aead) checkOthers(dst, nonce, additionalData []byte) error {
	if n := len(additionalData); n > a.maxText {
		return limitExceeded("additional data", n, uint64(a.maxText))
	}
	for _, other := range [...][]byte{nonce, additionalData} {
		if overlap(dst, other) {
			return backends.Errorf(backends.ErrOverlap,
				"the %d output bytes overlap the nonce or the additional data", len(dst))
		}
	}
	return nil
}

// sealed is what Seal returns once its work is done.
func sealed(dst []byte, err error) (int, error) {
	if err != nil {
		clear(dst)
		return 0, err
	}
	return len(dst), nil
}

// opened is what Open returns once its work is done.
func opened(dst []byte, ok bool, err error) (int, error) {
	if err == nil && !ok {
		err = errNotAuthentic()
	}
	return sealed(dst, err)
}

// vectorAEAD is AES-SIV.
type vectorAEAD struct{ *aead }

func (a *vectorAEAD) SealVector(dst, plaintext []byte, additionalData [][]byte) (int, error) {
	a.closing.RLock()
	defer a.closing.RUnlock()
	n := len(plaintext) + a.tagLength
	if need, err := a.checkSeal(dst, plaintext, 0); err != nil {
		return need, err
	}
	if err := a.checkVector(dst[:n], additionalData); err != nil {
		return 0, err
	}
	return sealed(dst[:n], a.sealer.(VectorSealer).SealVector(dst[:n], plaintext, additionalData))
}

func (a *vectorAEAD) OpenVector(dst, ciphertext []byte, additionalData [][]byte) (int, error) {
	a.closing.RLock()
	defer a.closing.RUnlock()
	n := len(ciphertext) - a.tagLength
	if need, err := a.checkOpen(dst, ciphertext, 0); err != nil {
		return need, err
	}
	if err := a.checkVector(dst[:n], additionalData); err != nil {
		return 0, err
	}
	ok, err := a.sealer.(VectorSealer).OpenVector(dst[:n], ciphertext, additionalData)
	return opened(dst[:n], ok, err)
}

// checkVector checks that the object is open, and a list of additional data.
func (a *vectorAEAD) checkVector(dst []byte, additionalData [][]byte) error {
	if a.sealer == nil {
		return errClosed()
	}
	if n := len(additionalData); n > maxVector {
		return backends.Errorf(backends.ErrLimitExceeded, "there are %d texts of additional data; allowed: at most %d", n, maxVector)
	}
	for _, text := range additionalData {
		if err := a.checkOthers(dst, nil, text); err != nil {
			return err
		}
	}
	return nil
}
