package backendtest

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/hazmat/hazmat/backends"
)

// sealer is an algorithm of an AEADBackend, with parameters that are right.
type sealer struct {
	backend   backends.AEADBackend
	algorithm backends.AEADAlgorithm
	key       []byte
	tagLength int      // 0 is the full one
	vector    bool     // whether it is the calls with a list that are made
	inputs    [][]byte // a nonce and additional data, or the list
}

// newSealer returns a sealer with a key of the largest size. The algorithm may
// be one that there is not.
func newSealer(backend backends.AEADBackend, algorithm backends.AEADAlgorithm) sealer {
	random := newRandom()
	size, nonce := uint32(256), min(12, algorithm.MaxNonceSize())
	if sizes := algorithm.KeySizes(); len(sizes) > 0 {
		size = slices.Max(sizes)
	}
	return sealer{
		backend:   backend,
		algorithm: algorithm,
		key:       randomBytes(random, int(size/8)),
		inputs:    [][]byte{randomBytes(random, max(nonce, algorithm.MinNonceSize())), randomBytes(random, 21)},
	}
}

// withList returns a sealer that makes the calls with a list.
func (s sealer) withList(list ...[]byte) sealer {
	s.vector, s.inputs = true, list
	return s
}

// withInput returns a sealer in which one input is another.
func (s sealer) withInput(i int, data []byte) sealer {
	s.inputs = slices.Clone(s.inputs)
	s.inputs[i] = data
	return s
}

// message returns a message of some blocks and a bit.
func (s sealer) message() []byte { return randomBytes(newRandom(), 39) }

func (s sealer) tagSize() int {
	if s.tagLength == 0 {
		return backends.MaxTagSize
	}
	return s.tagLength
}

func (s sealer) tryCreate() (backends.AEAD, error) {
	return s.backend.CreateAEAD(s.algorithm, s.key, s.tagLength)
}

func (s sealer) create(t reporter) backends.AEAD {
	t.Helper()
	aead, err := s.tryCreate()
	must(t, "create "+s.algorithm.Name(), err)
	return aead
}

// messages returns a plaintext and its ciphertext, each by what takes it.
func (s sealer) messages(t reporter, aead backends.AEAD) map[backends.Operation][]byte {
	t.Helper()
	return map[backends.Operation][]byte{
		backends.OperationEncrypt: s.message(),
		backends.OperationDecrypt: s.seal(t, aead, s.message()),
	}
}

// call seals or opens a message.
func (s sealer) call(aead backends.AEAD, operation backends.Operation, dst, message []byte) (int, error) {
	switch {
	case s.vector && operation == backends.OperationEncrypt:
		return aead.(backends.VectorAEAD).SealVector(dst, message, s.inputs)
	case s.vector:
		return aead.(backends.VectorAEAD).OpenVector(dst, message, s.inputs)
	case operation == backends.OperationEncrypt:
		return aead.Seal(dst, s.inputs[0], message, s.inputs[1])
	}
	return aead.Open(dst, s.inputs[0], message, s.inputs[1])
}

// need returns how many bytes a call gives for a message.
func (s sealer) need(operation backends.Operation, length int) int {
	if operation == backends.OperationEncrypt {
		return length + s.tagSize()
	}
	return max(length-s.tagSize(), 0)
}

// run seals or opens a message, with the output in its place or elsewhere, and
// checks that nothing else is written to.
func (s sealer) run(t reporter, aead backends.AEAD, operation backends.Operation, message []byte, inPlace bool) []byte {
	t.Helper()
	need := s.need(operation, len(message))
	src, dst := newGuarded(len(message), message), newGuarded(need+5, nil)
	if inPlace {
		dst = newGuarded(max(need, len(message))+5, message)
		src.within = dst.within[:len(message)]
	}
	given := slices.Concat(s.inputs...)
	n, err := s.call(aead, operation, dst.within, src.within)
	what := fmt.Sprintf("operation %d with %d bytes", operation, len(message))
	if err != nil || n != need {
		t.Fatalf("%s: %d, %v; want %d", what, n, err, need)
	}
	dst.check(t, what, n)
	if !inPlace {
		src.check(t, "input of "+what, 0)
	}
	if !bytes.Equal(slices.Concat(s.inputs...), given) {
		t.Errorf("%s: nonce or additional data was written to", what)
	}
	return dst.within[:n]
}

func (s sealer) seal(t reporter, aead backends.AEAD, plaintext []byte) []byte {
	t.Helper()
	return s.run(t, aead, backends.OperationEncrypt, plaintext, false)
}

// roundTrip seals and opens a message and returns the ciphertext.
func (s sealer) roundTrip(t reporter, aead backends.AEAD, message []byte) []byte {
	t.Helper()
	ciphertext := s.seal(t, aead, message)
	if got := s.run(t, aead, backends.OperationDecrypt, ciphertext, false); !bytes.Equal(got, message) {
		t.Errorf("%d bytes sealed and opened: %x, want %x", len(message), got, message)
	}
	return ciphertext
}

// refused makes a call that must fail, write nothing and say that it has.
func (s sealer) refused(t reporter, aead backends.AEAD, operation backends.Operation, message []byte, what string, want backends.Status) {
	t.Helper()
	dst := newGuarded(s.need(operation, len(message)), nil)
	n, err := s.call(aead, operation, dst.within, message)
	what = fmt.Sprintf("%s, operation %d", what, operation)
	wantStatus(t, what, err, want)
	if n != 0 {
		t.Errorf("%s gave %d bytes", what, n)
	}
	dst.check(t, what, 0)
}

func testAEADs(t reporter, backend backends.AEADBackend) {
	t.Run("unsupported", func(t reporter) { testUnsupportedAEADs(t, backend) })
	cases := load(t, "sealed")
	for _, algorithm := range backends.AEADAlgorithms() {
		if !backend.AEADSupported(algorithm) {
			continue
		}
		s := newSealer(backend, algorithm)
		t.Run(algorithm.Name(), func(t reporter) {
			t.Run("facets", s.testFacets)
			t.Run("keys", s.testKeys)
			t.Run("tag lengths", s.testTagLengths)
			t.Run("nonces", s.testNonces)
			t.Run("states", s.testStates)
			t.Run("empty", s.testEmpty)
			s.testCalls(t)
			if algorithm == backends.AEADAESCCM {
				t.Run("limit", s.testLimit)
			}
			if algorithm == backends.AEADAESSIV {
				t.Run("list", s.testList)
			}
			t.Run("vectors", func(t reporter) { s.testVectors(t, ofAEAD(t, cases, algorithm)) })
			if *large {
				t.Run("large", s.testLarge)
			}
		})
	}
}

// testCalls checks what holds for the calls with a list as for those without.
func (s sealer) testCalls(t reporter) {
	t.Run("messages", s.testMessages)
	t.Run("buffers", s.testBuffers)
	t.Run("overlap", s.testOverlap)
	t.Run("authentication", s.testAuthentication)
	t.Run("concurrency", s.testConcurrency)
	t.Run("close", s.testClose)
}

// testUnsupportedAEADs asks for every algorithm that the backend does not have,
// and for codes that mean nothing.
func testUnsupportedAEADs(t reporter, backend backends.AEADBackend) {
	for _, algorithm := range slices.Concat(backends.AEADAlgorithms(), unlisted(backends.AEADAlgorithms())) {
		what := fmt.Sprintf("AEAD %#x", uint32(algorithm))
		if backend.AEADSupported(algorithm) {
			if algorithm.Name() == "" {
				t.Errorf("%s is said to be supported; there is no such thing", what)
			}
			continue
		}
		aead, err := newSealer(backend, algorithm).tryCreate()
		wantStatus(t, what, err, backends.ErrUnsupportedCipher)
		if aead != nil {
			t.Errorf("%s: an error and an object", what)
		}
	}
}

func (s sealer) testFacets(t reporter) {
	aead := s.create(t)
	defer aead.Close()
	if got := aead.Algorithm(); got != s.algorithm {
		t.Errorf("algorithm is %d, want %d", got, s.algorithm)
	}
	if got := aead.TagLength(); got != s.tagSize() {
		t.Errorf("tag length is %d, want %d", got, s.tagSize())
	}
	want := s.algorithm == backends.AEADAESSIV
	if _, got := aead.(backends.VectorAEAD); got != want {
		t.Errorf("takes a list of additional data: %t, want %t", got, want)
	}
}

// testStates uses the object after its end.
func (s sealer) testStates(t reporter) {
	aead := s.create(t)
	ciphertext := s.roundTrip(t, aead, s.message())
	aead.Close()
	for range 2 {
		subjects := []sealer{s}
		if s.algorithm == backends.AEADAESSIV {
			subjects = append(subjects, s.withList([]byte("a")))
		}
		for _, s := range subjects {
			s.refused(t, aead, backends.OperationEncrypt, s.message(), "after close", backends.ErrAlreadyFinalized)
			s.refused(t, aead, backends.OperationDecrypt, ciphertext, "after close", backends.ErrAlreadyFinalized)
		}
		if aead.Algorithm() != s.algorithm || aead.TagLength() != s.tagSize() {
			t.Errorf("after close: algorithm %d, tag length %d", aead.Algorithm(), aead.TagLength())
		}
		aead.Close()
	}
}
