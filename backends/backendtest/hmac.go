package backendtest

import (
	"bytes"
	"slices"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/internal/vectors"
)

// macer opens HMAC contexts over one hash function.
type macer struct {
	backend   backends.HMACBackend
	algorithm backends.HashAlgorithm
}

func (m macer) open(t reporter, key []byte, message ...[]byte) backends.HMACContext {
	t.Helper()
	context, err := m.backend.CreateHMACCtx(key, m.algorithm)
	must(t, "create HMAC over "+m.algorithm.Name(), err)
	for _, piece := range message {
		must(t, "update", context.Update(piece))
	}
	return context
}

func (m macer) mac(t reporter, key []byte, message ...[]byte) []byte {
	t.Helper()
	context := m.open(t, key, message...)
	defer context.Close()
	return finalize(t, context, m.algorithm)
}

func testHMACs(t reporter, backend backends.HMACBackend) {
	t.Run("unsupported", func(t reporter) {
		for _, algorithm := range slices.Concat(backends.HashAlgorithms(), unlisted(backends.HashAlgorithms())) {
			if !backend.HMACSupported(algorithm) {
				_, err := backend.CreateHMACCtx([]byte("key"), algorithm)
				wantStatus(t, "create HMAC over "+algorithm.Name(), err, backends.ErrUnsupportedHash)
			} else if algorithm.Extendable() {
				t.Errorf("HMAC over %s is said to be supported; there is no such thing", algorithm.Name())
			}
		}
	})
	cases := load(t, "hmac")
	for _, algorithm := range backends.HashAlgorithms() {
		if !backend.HMACSupported(algorithm) || algorithm.Extendable() {
			continue
		}
		m := macer{backend, algorithm}
		t.Run(algorithm.Name(), func(t reporter) {
			t.Run("states", m.testStates)
			t.Run("finalize", m.testFinalize)
			t.Run("verify", m.testVerify)
			t.Run("copy", m.testCopy)
			t.Run("keys", m.testKeys)
			t.Run("vectors", func(t reporter) { m.testVectors(t, cases) })
			t.Run("splits", m.testSplits)
			t.Run("concurrency", func(t reporter) {
				testConcurrency(t, func(message []byte) []byte { return m.mac(t, message[:32], message) })
			})
		})
	}
}

func (m macer) testStates(t reporter) {
	for after, end := range map[string]func(backends.HMACContext){
		"finalize": func(c backends.HMACContext) { finalize(t, c, m.algorithm) },
		"verify":   func(c backends.HMACContext) { must(t, "verify", c.Verify(m.mac(t, []byte("key")))) },
		"verify of a wrong signature": func(c backends.HMACContext) {
			wantStatus(t, "verify", c.Verify([]byte("wrong")), backends.ErrInvalidSignature)
		},
		"close": func(c backends.HMACContext) { c.Close() },
	} {
		context := m.open(t, []byte("key"))
		end(context)
		_, finalized := context.Finalize(make([]byte, backends.MaxDigestSize))
		_, copied := context.Copy()
		for call, err := range map[string]error{
			"update":   context.Update([]byte("a")),
			"finalize": finalized,
			"verify":   context.Verify(m.mac(t, []byte("key"))),
			"copy":     copied,
		} {
			wantStatus(t, call+" after "+after, err, backends.ErrAlreadyFinalized)
		}
		if got := context.Algorithm(); got != m.algorithm {
			t.Errorf("algorithm after %s: %d, want %d", after, got, m.algorithm)
		}
		context.Close()
		context.Close()
	}
}

func (m macer) testFinalize(t reporter) {
	context := m.open(t, []byte("key"), []byte("message"))
	defer context.Close()
	testTooSmallDigest(t, context, m.algorithm, m.mac(t, []byte("key"), []byte("message")))
}

// testVerify verifies the right signature, each with one bit wrong, and each of
// another length, its own beginnings among them.
func (m macer) testVerify(t reporter) {
	key, message := []byte("key"), []byte("message")
	mac := m.mac(t, key, message)
	verify := func(signature []byte) error {
		context := m.open(t, key, message)
		defer context.Close()
		return context.Verify(signature)
	}
	wantStatus(t, "verify", verify(mac), backends.OK)
	for bit := range 8 * len(mac) {
		wrong := bytes.Clone(mac)
		wrong[bit/8] ^= 1 << (bit % 8)
		wantStatus(t, "verify with a wrong bit", verify(wrong), backends.ErrInvalidSignature)
	}
	for n := range mac {
		wantStatus(t, "verify of a beginning", verify(mac[:n]), backends.ErrInvalidSignature)
	}
	wantStatus(t, "verify of NULL", verify(nil), backends.ErrInvalidSignature)
	wantStatus(t, "verify with a byte more", verify(append(bytes.Clone(mac), 0)), backends.ErrInvalidSignature)
	wantStatus(t, "verify of twice the MAC", verify(append(bytes.Clone(mac), mac...)), backends.ErrInvalidSignature)
}

func (m macer) testCopy(t reporter) {
	key, message, other := []byte("key"), randomBytes(newRandom(), 2*m.algorithm.BlockSize()+3), []byte("something else")
	for i := range message {
		original := m.open(t, key, message[:i])
		copied, err := original.Copy()
		must(t, "copy", err)
		must(t, "update of the original", original.Update(message[i:]))
		got := finalize(t, original, m.algorithm)
		original.Close()
		if want := m.mac(t, key, message); !bytes.Equal(got, want) {
			t.Fatalf("original copied after %d bytes: %x, want %x", i, got, want)
		}
		must(t, "update of the copy", copied.Update(other))
		must(t, "verify of the copy", copied.Verify(m.mac(t, key, message[:i], other)))
		copied.Close()
	}
}

// testKeys checks keys of the lengths that matter to HMAC, that they are not
// written to, and that they are not needed any more once the context is there.
// A key shorter than a block is as good as with zeroes after it, one longer as
// good as its digest (RFC 2104, section 2).
func (m macer) testKeys(t reporter) {
	block := m.algorithm.BlockSize()
	message := []byte("message")
	seen := map[string]int{}
	// The digest of Whirlpool is as long as its block.
	lengths := []int{0, 1, m.algorithm.DigestSize(), block - 1, block, block + 1, 2*block + 1, 1000}
	slices.Sort(lengths)
	for _, n := range slices.Compact(lengths) {
		key := bytes.Repeat([]byte{0x6b}, n)
		given := bytes.Clone(key)
		context := m.open(t, given)
		if !bytes.Equal(given, key) {
			t.Errorf("key of %d bytes was written to", n)
		}
		clear(given)
		must(t, "update", context.Update(message))
		got := finalize(t, context, m.algorithm)
		context.Close()
		if want := m.mac(t, key, message); !bytes.Equal(got, want) {
			t.Errorf("key of %d bytes that is cleared after use: %x, want %x", n, got, want)
		}
		if other, ok := seen[string(got)]; ok {
			t.Errorf("keys of %d and %d bytes give the same MAC", other, n)
		}
		seen[string(got)] = n
		if n < block {
			if padded := m.mac(t, append(key, make([]byte, block-n)...), message); !bytes.Equal(padded, got) {
				t.Errorf("key of %d bytes padded to a block: %x, want %x", n, padded, got)
			}
		}
	}
}

func (m macer) testSplits(t reporter) {
	random := newRandom()
	message := randomBytes(random, 1+m.algorithm.BlockSize())
	want := m.mac(t, []byte("key"), message)
	for _, split := range evenSplits(message) {
		if got := m.mac(t, []byte("key"), split...); !bytes.Equal(got, want) {
			t.Fatalf("in %d pieces: %x, want %x", len(split), got, want)
		}
	}
}

func (m macer) testVectors(t reporter, cases []vectors.Case) {
	random := newRandom()
	for _, c := range ofHash(t, cases, m.algorithm) {
		key, message, want := c.Bytes("key"), c.Bytes("message"), c.Bytes("mac")
		for _, split := range [][][]byte{{message}, randomSplit(random, message)} {
			got := m.mac(t, key, split...)
			if !bytes.HasPrefix(got, want) {
				t.Errorf("%s: in %d pieces: %x, want %x", c.Position(), len(split), got, want)
			}
			context := m.open(t, key, split...)
			wantStatus(t, c.Position()+": verify", context.Verify(got), backends.OK)
			context.Close()
		}
	}
}
