package native

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"math/rand/v2"
	"testing"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/backends/engine"
)

// gcmMessage is what one message is made of.
type gcmMessage struct{ key, nonce, aad, plaintext []byte }

func randomBytes(random *rand.Rand, n int) []byte {
	data := make([]byte, n)
	for i := range data {
		data[i] = byte(random.Uint32())
	}
	return data
}

// checkGCM encrypts and decrypts m in pieces, which are as long as next says,
// and compares all with Go's GCM in one shot.
func checkGCM(t *testing.T, m gcmMessage, next func() int) {
	t.Helper()
	block, err := aes.NewCipher(m.key)
	if err != nil {
		t.Fatal(err)
	}
	oneShot, err := cipher.NewGCMWithNonceSize(block, len(m.nonce))
	if err != nil {
		t.Fatal(err)
	}
	sealed := oneShot.Seal(nil, m.nonce, m.plaintext, m.aad)
	ciphertext, tag := sealed[:len(m.plaintext)], sealed[len(m.plaintext):]

	run := func(operation backends.Operation, input, want []byte) {
		t.Helper()
		block, err := aes.NewCipher(m.key) // a context wipes its block
		if err != nil {
			t.Fatal(err)
		}
		made, err := newGCM(block, engine.Params{Operation: operation, Nonce: m.nonce, Tag: tag, MinTagLength: 16})
		if err != nil {
			t.Fatal(err)
		}
		context := made.(backends.AEADCipherContext)
		for rest := m.aad; len(rest) > 0; {
			n := min(next(), len(rest))
			if err := context.AuthenticateAdditionalData(rest[:n]); err != nil {
				t.Fatal(err)
			}
			rest = rest[n:]
		}
		output := bytes.Clone(input)
		for rest := output; len(rest) > 0; {
			n := min(next(), len(rest))
			if _, err := context.Update(rest[:n], rest[:n]); err != nil {
				t.Fatal(err)
			}
			rest = rest[n:]
		}
		if _, err := context.Finalize(nil); err != nil {
			t.Fatalf("operation %d: %v; key %x nonce %x, %d bytes, %d additional",
				operation, err, m.key, m.nonce, len(m.plaintext), len(m.aad))
		}
		if operation == backends.OperationEncrypt {
			got := make([]byte, 16)
			if _, err := context.Tag(got); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, tag) {
				t.Fatalf("tag %x, want %x; key %x nonce %x, %d bytes, %d additional",
					got, tag, m.key, m.nonce, len(m.plaintext), len(m.aad))
			}
		}
		if !bytes.Equal(output, want) {
			t.Fatalf("operation %d: wrong output; key %x nonce %x, %d bytes", operation, m.key, m.nonce, len(m.plaintext))
		}
	}
	run(backends.OperationEncrypt, m.plaintext, ciphertext)
	run(backends.OperationDecrypt, ciphertext, m.plaintext)
}

// atOnce takes each input in one piece.
func atOnce() int { return 1 << 30 }

func TestGCMEveryLength(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for n := range 600 {
		m := gcmMessage{randomBytes(random, 16), randomBytes(random, 12), randomBytes(random, n%50), randomBytes(random, n)}
		checkGCM(t, m, atOnce)
		checkGCM(t, m, func() int { return 1 + random.IntN(40) })
	}
}

func TestGCMEverySplit(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	m := gcmMessage{randomBytes(random, 32), randomBytes(random, 12), randomBytes(random, 21), randomBytes(random, 200)}
	for cut := 1; cut < 200; cut++ {
		checkGCM(t, m, func() int { return cut })
	}
}

func TestGCMEveryNonceLength(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	for n := backends.MinGCMNonceSize; n <= backends.MaxGCMNonceSize; n++ {
		checkGCM(t, gcmMessage{randomBytes(random, 24), randomBytes(random, n), nil, randomBytes(random, 100)}, atOnce)
	}
}

// TestGCMLarge meets the sizes around the buffer and the chunk, with every
// number of blocks in the buffer before them.
func TestGCMLarge(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 10))
	pieces := []int{1, 15, 16, 17, 500, ghashBuffer - 1, ghashBuffer, ghashBuffer + 1, ghashBuffer + 16, 5000,
		ghashChunk - 1, ghashChunk, ghashChunk + 1, 2*ghashChunk + 17, 3 * ghashChunk}
	for _, n := range pieces {
		for _, aad := range []int{0, 16, ghashBuffer, ghashBuffer + 33, 2*ghashChunk + 1} {
			m := gcmMessage{randomBytes(random, 16), randomBytes(random, 12), randomBytes(random, aad), randomBytes(random, n)}
			checkGCM(t, m, atOnce)
		}
	}
	m := gcmMessage{randomBytes(random, 16), randomBytes(random, 12), randomBytes(random, 70000), randomBytes(random, 400000)}
	for range 20 {
		checkGCM(t, m, func() int { return pieces[random.IntN(len(pieces))] })
	}
}

// TestGCMCounterWrap encrypts under a nonce whose J0 ends in a number that
// wraps after a few blocks, without a carry into the other 96 bits.
func TestGCMCounterWrap(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 12))
	for before := range uint32(12) {
		key := randomBytes(random, 16)
		block, err := aes.NewCipher(key)
		if err != nil {
			t.Fatal(err)
		}
		h := make([]byte, 16)
		block.Encrypt(h, h)
		j0 := randomBytes(random, 16)
		binary.BigEndian.PutUint32(j0[12:], -before)
		// J0 of a nonce N of one block is (N H + L) H; undo that.
		inverse := invert(loadElement(h))
		nonce := make([]byte, 16)
		loadElement(j0).mul(inverse).add(element{0, 128}).mul(inverse).store(nonce)
		for _, n := range []int{0, 16, 40, 150, 400} {
			m := gcmMessage{key, nonce, nil, randomBytes(random, n)}
			checkGCM(t, m, atOnce)
			checkGCM(t, m, func() int { return 16 })
			checkGCM(t, m, func() int { return 7 })
		}
	}
}

// invert returns the element whose product with a is one: a^(2^128 - 2).
func invert(a element) element {
	result := element{1 << 63, 0}
	for range 127 {
		a = a.square()
		result = result.mul(a)
	}
	return result
}

func FuzzStreamingGCM(f *testing.F) {
	f.Add(make([]byte, 16), make([]byte, 12), []byte("header"), []byte("message"), 1, uint64(5))
	f.Add(make([]byte, 32), make([]byte, 128), []byte{}, []byte("m"), 5000, uint64(300))
	f.Fuzz(func(t *testing.T, key, nonce, aad, plaintext []byte, repeat int, piece uint64) {
		switch len(key) {
		case 16, 24, 32:
		default:
			key = make([]byte, 16)
		}
		if len(nonce) < backends.MinGCMNonceSize || len(nonce) > backends.MaxGCMNonceSize {
			nonce = make([]byte, 12)
		}
		if repeat < 1 || repeat*len(plaintext) > 4*ghashChunk {
			repeat = 1
		}
		random := rand.New(rand.NewPCG(piece, 0))
		m := gcmMessage{key, nonce, aad, bytes.Repeat(plaintext, repeat)}
		checkGCM(t, m, func() int { return 1 + random.IntN(int(piece%ghashChunk)+1) })
	})
}
