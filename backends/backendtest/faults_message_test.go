package backendtest

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/backends/native"
)

// whole is a backend with all there is.
type whole interface {
	complete
	backends.AEADBackend
	backends.MessageBackend
}

// brokenMessages is a backend with a fault in what it does with whole messages.
type brokenMessages struct {
	whole
	hash     func(b whole, dst []byte, algorithm backends.HashAlgorithm, data []byte) (int, error)
	hashMany func(b whole, dst []byte, algorithm backends.HashAlgorithm, messages [][]byte) (int, error)
	hmacMany func(b whole, dst, key []byte, algorithm backends.HashAlgorithm, messages [][]byte) (int, error)
	encrypt  func(b whole, dst []byte, cipher *backends.Cipher, mode *backends.Mode, data []byte) (int, error)
	open     func(b whole, dst []byte, algorithm backends.AEADAlgorithm, key, nonce, ciphertext, additionalData []byte) (int, error)
	batch    faultyBatch
}

func (b *brokenMessages) HashMessage(dst []byte, algorithm backends.HashAlgorithm, data []byte) (int, error) {
	if b.hash != nil {
		return b.hash(b.whole, dst, algorithm, data)
	}
	return b.whole.HashMessage(dst, algorithm, data)
}

func (b *brokenMessages) HashMany(dst []byte, algorithm backends.HashAlgorithm, messages [][]byte) (int, error) {
	if b.hashMany != nil {
		return b.hashMany(b.whole, dst, algorithm, messages)
	}
	return b.whole.HashMany(dst, algorithm, messages)
}

func (b *brokenMessages) HMACMany(dst, key []byte, algorithm backends.HashAlgorithm, messages [][]byte) (int, error) {
	if b.hmacMany != nil {
		return b.hmacMany(b.whole, dst, key, algorithm, messages)
	}
	return b.whole.HMACMany(dst, key, algorithm, messages)
}

func (b *brokenMessages) EncryptMessage(dst []byte, cipher *backends.Cipher, mode *backends.Mode, data []byte) (int, error) {
	if b.encrypt != nil {
		return b.encrypt(b.whole, dst, cipher, mode, data)
	}
	return b.whole.EncryptMessage(dst, cipher, mode, data)
}

func (b *brokenMessages) OpenMessage(dst []byte, algorithm backends.AEADAlgorithm, key, nonce, ciphertext, additionalData []byte) (int, error) {
	if b.open != nil {
		return b.open(b.whole, dst, algorithm, key, nonce, ciphertext, additionalData)
	}
	return b.whole.OpenMessage(dst, algorithm, key, nonce, ciphertext, additionalData)
}

func (b *brokenMessages) CreateAEAD(algorithm backends.AEADAlgorithm, key []byte, tagLength int) (backends.AEAD, error) {
	aead, err := b.whole.CreateAEAD(algorithm, key, tagLength)
	if err != nil {
		return nil, err
	}
	fault := b.batch
	fault.BatchAEAD = aead.(backends.BatchAEAD)
	return &fault, nil
}

// manyCall is SealMany or OpenMany of an object.
type manyCall func(aead backends.BatchAEAD, dst []byte, nonces, messages, additionalData [][]byte) (int, error)

type faultyBatch struct {
	backends.BatchAEAD
	seal, open manyCall
}

func (f *faultyBatch) SealMany(dst []byte, nonces, plaintexts, additionalData [][]byte) (int, error) {
	if f.seal != nil {
		return f.seal(f.BatchAEAD, dst, nonces, plaintexts, additionalData)
	}
	return f.BatchAEAD.SealMany(dst, nonces, plaintexts, additionalData)
}

func (f *faultyBatch) OpenMany(dst []byte, nonces, ciphertexts, additionalData [][]byte) (int, error) {
	if f.open != nil {
		return f.open(f.BatchAEAD, dst, nonces, ciphertexts, additionalData)
	}
	return f.BatchAEAD.OpenMany(dst, nonces, ciphertexts, additionalData)
}

var messageFaults = []struct {
	name, found string
	broken      brokenMessages
}{
	{"a long message is cut", "/hash/sha256", brokenMessages{
		hash: func(b whole, dst []byte, algorithm backends.HashAlgorithm, data []byte) (int, error) {
			return b.HashMessage(dst, algorithm, data[:min(len(data), 999)])
		}}},
	{"too small a buffer has no size", "/hash/md5", brokenMessages{
		hash: func(b whole, dst []byte, algorithm backends.HashAlgorithm, data []byte) (int, error) {
			n, err := b.HashMessage(dst, algorithm, data)
			if err != nil {
				n = 0
			}
			return n, err
		}}},
	{"two digests are swapped", "/hash/sha1", brokenMessages{
		hashMany: func(b whole, dst []byte, algorithm backends.HashAlgorithm, messages [][]byte) (int, error) {
			messages = slices.Clone(messages)
			if len(messages) > 5 {
				messages[4], messages[5] = messages[5], messages[4]
			}
			return b.HashMany(dst, algorithm, messages)
		}}},
	{"digests are written over messages", "/hash/sha512", brokenMessages{
		hashMany: func(b whole, dst []byte, algorithm backends.HashAlgorithm, messages [][]byte) (int, error) {
			copies := make([][]byte, len(messages))
			for i, message := range messages {
				copies[i] = bytes.Clone(message)
			}
			return b.HashMany(dst, algorithm, copies)
		}}},
	{"the key of one HMAC is another", "/hmac/sha256 with 32 bytes", brokenMessages{
		hmacMany: func(b whole, dst, key []byte, algorithm backends.HashAlgorithm, messages [][]byte) (int, error) {
			if len(key) == 32 {
				key = append(bytes.Clone(key[1:]), key[0])
			}
			return b.HMACMany(dst, key, algorithm, messages)
		}}},
	{"an incomplete block leaves what was done", "/cipher/AES-CBC", brokenMessages{
		encrypt: func(b whole, dst []byte, cipher *backends.Cipher, mode *backends.Mode, data []byte) (int, error) {
			n, err := b.EncryptMessage(dst, cipher, mode, data)
			if backends.StatusOf(err) == backends.ErrIncompleteBlock {
				copy(dst, data)
			}
			return n, err
		}}},
	{"a forgery is given out", "/aead/AES-GCM/whole", brokenMessages{
		open: func(b whole, dst []byte, algorithm backends.AEADAlgorithm, key, nonce, ciphertext, additionalData []byte) (int, error) {
			n, err := b.OpenMessage(dst, algorithm, key, nonce, ciphertext, additionalData)
			if err != nil {
				copy(dst, ciphertext[:len(ciphertext)-16])
			}
			return n, err
		}}},
	{"all have the first text", "/aead/AES-GCM/many", brokenMessages{batch: faultyBatch{
		seal: func(aead backends.BatchAEAD, dst []byte, nonces, plaintexts, additionalData [][]byte) (int, error) {
			if len(additionalData) > 1 {
				additionalData = additionalData[:1]
			}
			return aead.SealMany(dst, nonces, plaintexts, additionalData)
		}}}},
	{"a batch with a forgery is given out", "/aead/ChaCha20-Poly1305/many wrong", brokenMessages{batch: faultyBatch{
		open: func(aead backends.BatchAEAD, dst []byte, nonces, ciphertexts, additionalData [][]byte) (int, error) {
			n, err := aead.OpenMany(dst, nonces, ciphertexts, additionalData)
			if backends.StatusOf(err) == backends.ErrInvalidTag {
				dst[0] = 1
			}
			return n, err
		}}}},
	{"missing nonces are empty", "/aead/AES-GCM/many wrong", brokenMessages{batch: faultyBatch{
		seal: func(aead backends.BatchAEAD, dst []byte, nonces, plaintexts, additionalData [][]byte) (int, error) {
			return aead.SealMany(dst, nonces, plaintexts[:min(len(nonces), len(plaintexts))], additionalData)
		}}}},
}

func TestMessageFaultsAreFound(t *testing.T) {
	sound := native.New().(whole)
	r := newRecorder("")
	testMessages(r, sound)
	if failed := r.failed(); failed != "" {
		t.Errorf("no fault: %s", failed)
	}
	for _, fault := range messageFaults {
		t.Run(fault.name, func(t *testing.T) {
			fault.broken.whole = sound
			r := newRecorder(fault.found)
			testMessages(r, &fault.broken)
			if failed := r.failed(); !strings.HasPrefix(failed, fault.found+": ") {
				t.Errorf("%s has not found it; the first failure is %q", fault.found, failed)
			}
		})
	}
}
