package backendtest

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/hazmat/hazmat/backends"
)

// testMessages holds the calls for whole messages to what contexts give, which
// the other tests hold to published vectors.
func testMessages(t reporter, backend backends.MessageBackend) {
	if b, ok := backend.(backends.HashBackend); ok && backend.Provides(backends.InterfaceHash) {
		t.Run("hash", func(t reporter) { testHashMessages(t, backend, b) })
	}
	if b, ok := backend.(backends.HMACBackend); ok && backend.Provides(backends.InterfaceHMAC) {
		t.Run("hmac", func(t reporter) { testHMACMessages(t, backend, b) })
	}
	if b, ok := backend.(backends.CipherBackend); ok && backend.Provides(backends.InterfaceCipher) {
		t.Run("cipher", func(t reporter) { testCipherMessages(t, backend, b) })
	}
	if b, ok := backend.(backends.AEADBackend); ok && backend.Provides(backends.InterfaceAEAD) {
		t.Run("aead", func(t reporter) { testAEADMessages(t, backend, b) })
	}
}

// messageSizes are around the blocks of hash functions, and one that is spread
// over processors if there are many.
var messageSizes = []int{0, 1, 55, 56, 63, 64, 65, 111, 112, 127, 128, 129, 1000, 20000}

// sampleMessages returns a message of each size.
func sampleMessages() [][]byte {
	var messages [][]byte
	for _, size := range messageSizes {
		messages = append(messages, randomBytes(newRandom(), size))
	}
	return messages
}

func testHashMessages(t reporter, backend backends.MessageBackend, contexts backends.HashBackend) {
	messages := sampleMessages()
	for _, algorithm := range slices.Concat(backends.HashAlgorithms(), unlisted(backends.HashAlgorithms())) {
		whole := func(dst, data []byte) (int, error) { return backend.HashMessage(dst, algorithm, data) }
		many := func(dst []byte, messages [][]byte) (int, error) { return backend.HashMany(dst, algorithm, messages) }
		if !contexts.HashSupported(algorithm) {
			testUnsupportedDigest(t, algorithm, whole, many)
			continue
		}
		h := hasher{contexts, algorithm}
		t.Run(algorithm.Name(), func(t reporter) {
			testDigests(t, algorithm, messages, func(data []byte) []byte { return h.digest(t, [][]byte{data}) }, whole, many)
		})
	}
}

func testHMACMessages(t reporter, backend backends.MessageBackend, contexts backends.HMACBackend) {
	messages := sampleMessages()
	for _, algorithm := range slices.Concat(backends.HashAlgorithms(), unlisted(backends.HashAlgorithms())) {
		for _, size := range []int{0, 32, 200} {
			key := randomBytes(newRandom(), size)
			whole := func(dst, data []byte) (int, error) { return backend.HMACMessage(dst, key, algorithm, data) }
			many := func(dst []byte, messages [][]byte) (int, error) {
				return backend.HMACMany(dst, key, algorithm, messages)
			}
			if !contexts.HMACSupported(algorithm) {
				testUnsupportedDigest(t, algorithm, whole, many)
				continue
			}
			m := macer{contexts, algorithm}
			t.Run(fmt.Sprintf("%s with %d bytes", algorithm.Name(), size), func(t reporter) {
				testDigests(t, algorithm, messages, func(data []byte) []byte { return m.mac(t, key, data) }, whole, many)
			})
		}
	}
}

func testUnsupportedDigest(t reporter, algorithm backends.HashAlgorithm,
	whole func(dst, data []byte) (int, error), many func(dst []byte, messages [][]byte) (int, error),
) {
	t.Helper()
	dst := newGuarded(backends.MaxDigestSize, nil)
	_, err := whole(dst.within, nil)
	wantStatus(t, "digest by "+algorithm.Name(), err, backends.ErrUnsupportedHash)
	_, err = many(dst.within, nil)
	wantStatus(t, "digests by "+algorithm.Name(), err, backends.ErrUnsupportedHash)
	dst.check(t, "digest by nothing", 0)
}

// testDigests compares digests of whole messages with those that contexts give.
func testDigests(t reporter, algorithm backends.HashAlgorithm, messages [][]byte, want func(data []byte) []byte,
	whole func(dst, data []byte) (int, error), many func(dst []byte, messages [][]byte) (int, error),
) {
	size := algorithm.DigestSize()
	var all []byte
	for _, data := range messages {
		digest := want(data)
		all = append(all, digest...)
		dst := newGuarded(size+3, nil)
		n, err := whole(dst.within, data)
		if err != nil || !bytes.Equal(dst.within[:n], digest) {
			t.Fatalf("%d bytes: %x, %v; want %x", len(data), dst.within[:n], err, digest)
		}
		dst.check(t, "digest", n)
	}
	dst := newGuarded(len(all)+3, nil)
	n, err := many(dst.within, messages)
	if err != nil || !bytes.Equal(dst.within[:n], all) {
		t.Fatalf("many: %x, %v; want %x", dst.within[:n], err, all)
	}
	dst.check(t, "digests", n)
	if n, err := many(nil, nil); n != 0 || err != nil {
		t.Errorf("no messages: %d, %v", n, err)
	}
	for what, call := range map[string]func(dst []byte) (int, error){
		"digest":  func(dst []byte) (int, error) { return whole(dst, messages[3]) },
		"digests": func(dst []byte) (int, error) { return many(dst, messages[3:4]) },
	} {
		dst := newGuarded(size-1, nil)
		n, err := call(dst.within)
		wantStatus(t, what+" into too small a buffer", err, backends.ErrBufferTooSmall)
		if n != size {
			t.Errorf("%s into %d bytes says that %d are needed, want %d", what, size-1, n, size)
		}
		dst.check(t, what, 0)
	}
	place := newGuarded(2*size, nil)
	_, err = many(place.within, [][]byte{messages[3], place.within[size : size+1]})
	wantStatus(t, "digests over a message", err, backends.ErrOverlap)
	place.check(t, "digests over a message", 0)
}

func testCipherMessages(t reporter, backend backends.MessageBackend, contexts backends.CipherBackend) {
	for _, cipher := range backends.CipherAlgorithms() {
		for _, mode := range cipher.Modes() {
			s := newSubject(contexts, cipher, mode)
			t.Run(s.name(), func(t reporter) { s.testWhole(t, backend) })
		}
	}
	for what, call := range wholeCiphers(backend, nil, nil) {
		_, err := call(nil, nil)
		wantStatus(t, what+" without a cipher", err, backends.ErrNullPointer)
	}
}

// wholeCiphers returns the calls that encrypt and decrypt.
func wholeCiphers(backend backends.MessageBackend, cipher *backends.Cipher, mode *backends.Mode) map[string]func(dst, data []byte) (int, error) {
	return map[string]func(dst, data []byte) (int, error){
		"encrypt": func(dst, data []byte) (int, error) { return backend.EncryptMessage(dst, cipher, mode, data) },
		"decrypt": func(dst, data []byte) (int, error) { return backend.DecryptMessage(dst, cipher, mode, data) },
	}
}

// testWhole encrypts and decrypts messages in one call.
func (s subject) testWhole(t reporter, backend backends.MessageBackend) {
	calls := wholeCiphers(backend, &s.cipher, &s.mode)
	message := s.message()
	if !s.backend.CipherSupported(s.cipher.Algorithm, s.mode.Mode) {
		for what, call := range calls {
			_, err := call(make([]byte, len(message)), message)
			wantStatus(t, what, err, backends.ErrUnsupportedCipher)
		}
		return
	}
	if s.authenticated() {
		_, err := calls["encrypt"](make([]byte, len(message)), message)
		wantStatus(t, "encrypt in an authenticated mode", err, backends.ErrInvalidArgument)
		return
	}
	ciphertext, _ := s.encrypt(t, [][]byte{message})
	for what, c := range map[string]struct{ in, want []byte }{"encrypt": {message, ciphertext}, "decrypt": {ciphertext, message}} {
		for _, inPlace := range []bool{false, true} {
			src, dst := newGuarded(len(c.in), c.in), newGuarded(len(c.in)+5, nil)
			if inPlace {
				dst = newGuarded(len(c.in)+5, c.in)
				src.within = dst.within[:len(c.in)]
			}
			n, err := calls[what](dst.within, src.within)
			if err != nil || !bytes.Equal(dst.within[:n], c.want) {
				t.Fatalf("%s, in place %t: %x, %v; want %x", what, inPlace, dst.within[:n], err, c.want)
			}
			dst.check(t, what, n)
		}
		dst := newGuarded(len(c.in)-1, nil)
		n, err := calls[what](dst.within, c.in)
		wantStatus(t, what+" into too small a buffer", err, backends.ErrBufferTooSmall)
		if n != len(c.in) {
			t.Errorf("%s into too small a buffer: %d, want %d", what, n, len(c.in))
		}
		dst.check(t, what, 0)
		place := newGuarded(len(c.in)+1, c.in)
		_, err = calls[what](place.within[1:], place.within[:len(c.in)])
		wantStatus(t, what+" over itself", err, backends.ErrOverlap)
		if s.blockwise() {
			dst := newGuarded(len(c.in), nil)
			_, err := calls[what](dst.within, c.in[1:])
			wantStatus(t, what+" of an incomplete block", err, backends.ErrIncompleteBlock)
			if !bytes.Equal(dst.within[:len(c.in)-1], make([]byte, len(c.in)-1)) {
				t.Errorf("%s of an incomplete block left %x", what, dst.within)
			}
		}
	}
	s.cipher.Key = s.cipher.Key[:1]
	for what, call := range wholeCiphers(backend, &s.cipher, &s.mode) {
		_, err := call(make([]byte, len(message)), message)
		wantStatus(t, what+" with a short key", err, backends.ErrInvalidKey)
	}
}
