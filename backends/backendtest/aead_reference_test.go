package backendtest

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"sync"
	"unsafe"

	"golang.org/x/crypto/chacha20poly1305"

	"github.com/hazmat/hazmat/backends"
)

// reference is an AEADBackend that does what the contract says, for faults to
// be planted in. With stand-ins it has AES-CCM and AES-SIV too, with all that
// their calls do but another cipher inside, so that their vectors fail.
type reference struct {
	backends.Backend
	standIns bool
}

func (r reference) AEADSupported(algorithm backends.AEADAlgorithm) bool {
	switch algorithm {
	case backends.AEADAESGCM, backends.AEADChaCha20Poly1305, backends.AEADXChaCha20Poly1305:
		return true
	case backends.AEADAESCCM, backends.AEADAESSIV:
		return r.standIns
	}
	return false
}

func (r reference) CreateAEAD(algorithm backends.AEADAlgorithm, key []byte, tagLength int) (backends.AEAD, error) {
	if !r.AEADSupported(algorithm) {
		return nil, backends.Errorf(backends.ErrUnsupportedCipher, "no AEAD %d", algorithm)
	}
	switch {
	case !slices.Contains(algorithm.KeySizes(), uint32(8*len(key))):
		return nil, backends.Errorf(backends.ErrInvalidKey, "key has %d bits", 8*len(key))
	case tagLength == 0:
		tagLength = backends.MaxTagSize
	case tagLength < 0 || !slices.Contains(algorithm.TagSizes(), uint32(tagLength)):
		return nil, backends.Errorf(backends.ErrInvalidTagLength, "tag of %d bytes", tagLength)
	}
	a := &referenceAEAD{algorithm: algorithm, key: slices.Clone(key), tagLength: tagLength}
	if algorithm == backends.AEADAESSIV {
		return &referenceVectorAEAD{a}, nil
	}
	return a, nil
}

type referenceAEAD struct {
	algorithm backends.AEADAlgorithm
	tagLength int
	mu        sync.RWMutex // held for writing to end it
	key       []byte       // nil once it has ended
}

func (a *referenceAEAD) Algorithm() backends.AEADAlgorithm { return a.algorithm }
func (a *referenceAEAD) TagLength() int                    { return a.tagLength }

func (a *referenceAEAD) Close() {
	a.mu.Lock()
	defer a.mu.Unlock()
	clear(a.key)
	a.key = nil
}

func (a *referenceAEAD) Seal(dst, nonce, plaintext, aad []byte) (int, error) {
	return a.process(dst, plaintext, [][]byte{aad, nonce}, true, true)
}

func (a *referenceAEAD) Open(dst, nonce, ciphertext, aad []byte) (int, error) {
	return a.process(dst, ciphertext, [][]byte{aad, nonce}, true, false)
}

type referenceVectorAEAD struct{ *referenceAEAD }

func (a referenceVectorAEAD) SealVector(dst, plaintext []byte, list [][]byte) (int, error) {
	return a.process(dst, plaintext, list, false, true)
}

func (a referenceVectorAEAD) OpenVector(dst, ciphertext []byte, list [][]byte) (int, error) {
	return a.process(dst, ciphertext, list, false, false)
}

// process seals or opens a message. The last text is the nonce if there is one.
func (a *referenceAEAD) process(dst, message []byte, texts [][]byte, hasNonce, seal bool) (int, error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	need := len(message) + a.tagLength
	if !seal {
		need = len(message) - a.tagLength
	}
	if err := a.check(message, texts, hasNonce, seal); err != nil {
		return 0, err
	}
	if len(dst) < need {
		return need, backends.Errorf(backends.ErrBufferTooSmall, "%d bytes are needed", need)
	}
	dst = dst[:need]
	if need > 0 && len(message) > 0 && &dst[0] != &message[0] && overlaps(dst, message) ||
		slices.ContainsFunc(texts, func(text []byte) bool { return overlaps(dst, text) }) {
		return 0, backends.Errorf(backends.ErrOverlap, "buffers overlap")
	}
	c := core{a.key, a.tagLength, a.algorithm}
	if seal {
		return copy(dst, c.seal(message, texts)), nil
	}
	plaintext, ok := c.open(message, texts)
	if !ok {
		clear(dst)
		return 0, backends.Errorf(backends.ErrInvalidTag, "not authentic")
	}
	return copy(dst, plaintext), nil
}

func (a *referenceAEAD) check(message []byte, texts [][]byte, hasNonce, seal bool) error {
	length := len(message)
	if !seal {
		length -= a.tagLength
	}
	nonce := 0
	if hasNonce {
		nonce = len(texts[1])
	}
	switch {
	case a.key == nil:
		return backends.Errorf(backends.ErrAlreadyFinalized, "ended")
	case hasNonce && (nonce < a.algorithm.MinNonceSize() || nonce > a.algorithm.MaxNonceSize()):
		return backends.Errorf(backends.ErrInvalidNonce, "nonce of %d bytes", nonce)
	case len(texts) > maxTexts:
		return backends.Errorf(backends.ErrLimitExceeded, "%d texts", len(texts))
	case a.algorithm == backends.AEADAESCCM && nonce == 13 && length >= 1<<16:
		return backends.Errorf(backends.ErrLimitExceeded, "%d bytes", length)
	case length < 0:
		return backends.Errorf(backends.ErrInvalidTag, "shorter than a tag")
	case a.algorithm == backends.AEADAESSIV && length == 0 && seal:
		return backends.Errorf(backends.ErrInvalidArgument, "nothing to seal")
	case a.algorithm == backends.AEADAESSIV && length == 0:
		return backends.Errorf(backends.ErrInvalidTag, "nothing is sealed")
	}
	return nil
}

func overlaps(a, b []byte) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	first, second := uintptr(unsafe.Pointer(&a[0])), uintptr(unsafe.Pointer(&b[0]))
	return first < second+uintptr(len(b)) && second < first+uintptr(len(a))
}

// core is what is inside: Go's AEADs, or a stand-in.
type core struct {
	key       []byte
	tagLength int
	algorithm backends.AEADAlgorithm
}

func (c core) aead(nonceSize int) cipher.AEAD {
	var aead cipher.AEAD
	var err error
	switch c.algorithm {
	case backends.AEADChaCha20Poly1305:
		aead, err = chacha20poly1305.New(c.key)
	case backends.AEADXChaCha20Poly1305:
		aead, err = chacha20poly1305.NewX(c.key)
	case backends.AEADAESGCM:
		var block cipher.Block
		if block, err = aes.NewCipher(c.key); err == nil {
			aead, err = cipher.NewGCMWithNonceSize(block, nonceSize)
		}
	}
	if err != nil {
		panic(err)
	}
	return aead
}

func (c core) standsIn() bool {
	return c.algorithm == backends.AEADAESCCM || c.algorithm == backends.AEADAESSIV
}

func (c core) seal(plaintext []byte, texts [][]byte) []byte {
	if c.standsIn() {
		tag := c.tag(plaintext, texts)
		ciphertext := c.crypt(tag, plaintext)
		if c.algorithm == backends.AEADAESSIV {
			return slices.Concat(tag, ciphertext)
		}
		return append(ciphertext, tag...)
	}
	aad, nonce := texts[0], texts[1]
	return c.aead(len(nonce)).Seal(nil, nonce, plaintext, aad)
}

func (c core) open(ciphertext []byte, texts [][]byte) ([]byte, bool) {
	if c.standsIn() {
		body := len(ciphertext) - c.tagLength
		rest, tag := ciphertext[:body], ciphertext[body:]
		if c.algorithm == backends.AEADAESSIV {
			tag, rest = ciphertext[:c.tagLength], ciphertext[c.tagLength:]
		}
		plaintext := c.crypt(tag, rest)
		return plaintext, hmac.Equal(tag, c.tag(plaintext, texts))
	}
	aad, nonce := texts[0], texts[1]
	plaintext, err := c.aead(len(nonce)).Open(nil, nonce, ciphertext, aad)
	return plaintext, err == nil
}

// tag is the stand-in's: an HMAC over everything, with its length.
func (c core) tag(plaintext []byte, texts [][]byte) []byte {
	mac := hmac.New(sha256.New, c.key)
	for _, text := range append(slices.Clone(texts), plaintext) {
		mac.Write(binary.BigEndian.AppendUint64(nil, uint64(len(text))))
		mac.Write(text)
	}
	mac.Write([]byte{byte(c.tagLength)})
	return mac.Sum(nil)[:c.tagLength]
}

// crypt is the stand-in's cipher: AES in CTR from where the tag says.
func (c core) crypt(tag, data []byte) []byte {
	key := sha256.Sum256(c.key)
	block, err := aes.NewCipher(key[:])
	if err != nil {
		panic(err)
	}
	iv := make([]byte, aes.BlockSize)
	copy(iv, tag)
	output := make([]byte, len(data))
	cipher.NewCTR(block, iv).XORKeyStream(output, data)
	return output
}
