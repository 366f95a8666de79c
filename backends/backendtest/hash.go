package backendtest

import (
	"bytes"
	"slices"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/internal/vectors"
)

// hasher opens hash contexts of one algorithm.
type hasher struct {
	backend   backends.HashBackend
	algorithm backends.HashAlgorithm
}

func (h hasher) open(t reporter) backends.HashContext {
	t.Helper()
	context, err := h.backend.CreateHashCtx(h.algorithm)
	must(t, "create "+h.algorithm.Name(), err)
	return context
}

// digest returns the digest of pieces.
func (h hasher) digest(t reporter, message [][]byte) []byte {
	t.Helper()
	context := h.open(t)
	defer context.Close()
	for _, piece := range message {
		must(t, "update", context.Update(piece))
	}
	return finalize(t, context, h.algorithm)
}

// finalizer is a context that gives a digest or MAC.
type finalizer interface {
	Finalize(dst []byte) (n int, err error)
}

// finalize returns the digest or MAC of a context.
func finalize(t reporter, context finalizer, algorithm backends.HashAlgorithm) []byte {
	t.Helper()
	dst := newGuarded(algorithm.DigestSize()+3, nil)
	n, err := context.Finalize(dst.within)
	must(t, "finalize", err)
	if n != algorithm.DigestSize() {
		t.Fatalf("finalize: %d bytes, want %d", n, algorithm.DigestSize())
	}
	dst.check(t, "finalize", n)
	return dst.within[:n]
}

func testHashes(t reporter, backend backends.HashBackend) {
	t.Run("unsupported", func(t reporter) {
		for _, algorithm := range slices.Concat(backends.HashAlgorithms(), unlisted(backends.HashAlgorithms())) {
			if !backend.HashSupported(algorithm) {
				_, err := backend.CreateHashCtx(algorithm)
				wantStatus(t, "create "+algorithm.Name(), err, backends.ErrUnsupportedHash)
			}
		}
	})
	hashVectors, xofVectors := load(t, "hash"), load(t, "xof")
	for _, algorithm := range backends.HashAlgorithms() {
		if !backend.HashSupported(algorithm) {
			continue
		}
		h := hasher{backend, algorithm}
		t.Run(algorithm.Name(), func(t reporter) {
			t.Run("states", h.testStates)
			t.Run("finalize", h.testFinalize)
			t.Run("copy", h.testCopy)
			if algorithm.Extendable() {
				t.Run("squeeze", h.testSqueeze)
				t.Run("vectors", func(t reporter) { h.testXOFVectors(t, xofVectors) })
			} else {
				t.Run("facets", h.testNoXOF)
				t.Run("vectors", func(t reporter) { h.testVectors(t, hashVectors) })
			}
			t.Run("splits", h.testSplits)
			t.Run("concurrency", func(t reporter) {
				testConcurrency(t, func(message []byte) []byte { return h.digest(t, pieces(message, 17)) })
			})
		})
	}
}

func (h hasher) testStates(t reporter) {
	calls := func(context backends.HashContext) map[string]error {
		_, finalize := context.Finalize(make([]byte, backends.MaxDigestSize))
		_, copied := context.Copy()
		errs := map[string]error{"update": context.Update([]byte("a")), "empty update": context.Update(nil),
			"finalize": finalize, "copy": copied}
		if xof, ok := context.(backends.XOFContext); ok {
			errs["squeeze"] = xof.Squeeze(make([]byte, 1))
		}
		return errs
	}
	for after, end := range map[string]func(backends.HashContext){
		"finalize": func(c backends.HashContext) { finalize(t, c, h.algorithm) },
		"close":    func(c backends.HashContext) { c.Close() },
	} {
		context := h.open(t)
		must(t, "update", context.Update([]byte("a")))
		end(context)
		for call, err := range calls(context) {
			wantStatus(t, call+" after "+after, err, backends.ErrAlreadyFinalized)
		}
		if got := context.Algorithm(); got != h.algorithm {
			t.Errorf("algorithm after %s: %d, want %d", after, got, h.algorithm)
		}
		context.Close()
		context.Close()
	}
}

// testFinalize checks that a buffer that is too small changes nothing.
func (h hasher) testFinalize(t reporter) {
	want := h.digest(t, [][]byte{[]byte("message")})
	context := h.open(t)
	defer context.Close()
	must(t, "update", context.Update([]byte("message")))
	testTooSmallDigest(t, context, h.algorithm, want)
}

// testTooSmallDigest finalizes into buffers that are too small, and then into
// one that is not.
func testTooSmallDigest(t reporter, context finalizer, algorithm backends.HashAlgorithm, want []byte) {
	t.Helper()
	size := algorithm.DigestSize()
	for _, room := range []int{0, 1, size - 1} {
		dst := newGuarded(room, nil)
		n, err := context.Finalize(dst.within)
		wantStatus(t, "finalize into too small a buffer", err, backends.ErrBufferTooSmall)
		if n != size {
			t.Errorf("finalize into %d bytes says that %d are needed, want %d", room, n, size)
		}
		dst.check(t, "finalize into too small a buffer", 0)
	}
	if got := finalize(t, context, algorithm); !bytes.Equal(got, want) {
		t.Errorf("after finalize into too small buffers: %x, want %x", got, want)
	}
}

func (h hasher) testNoXOF(t reporter) {
	context := h.open(t)
	defer context.Close()
	if _, ok := context.(backends.XOFContext); ok {
		t.Errorf("%s has a squeeze", h.algorithm.Name())
	}
	if got := context.Algorithm(); got != h.algorithm {
		t.Errorf("algorithm is %d, want %d", got, h.algorithm)
	}
}

// testCopy copies after each byte of a message of some blocks, and lets copy and
// original go on differently.
func (h hasher) testCopy(t reporter) {
	message := randomBytes(newRandom(), 2*h.algorithm.BlockSize()+3)
	const other = "something else"
	for i := range message {
		original := h.open(t)
		must(t, "update", original.Update(message[:i]))
		copied, err := original.Copy()
		must(t, "copy", err)
		must(t, "update of the original", original.Update(message[i:]))
		must(t, "update of the copy", copied.Update([]byte(other)))
		again, err := copied.Copy()
		must(t, "copy of the copy", err)
		got := [][]byte{finalize(t, original, h.algorithm)}
		original.Close()
		got = append(got, finalize(t, copied, h.algorithm))
		copied.Close()
		got = append(got, finalize(t, again, h.algorithm))
		again.Close()
		for j, rest := range [][]byte{message[i:], []byte(other), []byte(other)} {
			if want := h.digest(t, [][]byte{message[:i], rest}); !bytes.Equal(got[j], want) {
				t.Fatalf("copy after %d bytes, context %d: %x, want %x", i, j, got[j], want)
			}
		}
	}
}

func (h hasher) testSplits(t reporter) {
	random := newRandom()
	short, block, long := randomBytes(random, 20), randomBytes(random, 1+h.algorithm.BlockSize()), randomBytes(random, 20000)
	check := func(message []byte, splits ...[][]byte) {
		t.Helper()
		want := h.digest(t, [][]byte{message})
		for _, split := range splits {
			if got := h.digest(t, split); !bytes.Equal(got, want) {
				t.Fatalf("%d bytes in %d pieces: %x, want %x", len(message), len(split), got, want)
			}
		}
	}
	check(short, everySplit(short)...)
	check(block, evenSplits(block)...)
	for range 20 {
		check(long, randomSplit(random, long))
	}
}

func (h hasher) testVectors(t reporter, cases []vectors.Case) {
	random := newRandom()
	for _, c := range ofHash(t, cases, h.algorithm) {
		message, want := c.Message(), c.Bytes("digest")
		given := bytes.Clone(message)
		for _, split := range [][][]byte{{message}, randomSplit(random, message)} {
			if got := h.digest(t, split); !bytes.Equal(got, want) {
				t.Errorf("%s: in %d pieces: %x, want %x", c.Position(), len(split), got, want)
			}
		}
		if !bytes.Equal(message, given) {
			t.Errorf("%s: the message was written to", c.Position())
		}
	}
}
