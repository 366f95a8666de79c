package openssl

import (
	"bytes"
	"flag"
	"fmt"
	"testing"
	"time"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/backends/engine"
	"github.com/hazmat/hazmat/backends/native"
)

var (
	seed     = flag.Uint64("hazmat.seed", 0, "seed of the first differential test; 0 takes the time")
	duration = flag.Duration("hazmat.differential", 2*time.Second, "how long the differential test goes on")
)

// complete is a backend with everything.
type complete interface {
	backends.CipherBackend
	backends.HashBackend
	backends.HMACBackend
}

// TestDifferential has native and openssl do the same, chosen at random, and
// compares what comes of it. Each case has a seed of its own, which the failure
// names.
func TestDifferential(t *testing.T) {
	first := *seed
	if first == 0 {
		first = uint64(time.Now().UnixNano())
	}
	t.Logf("first seed: -hazmat.seed=%d", first)
	n, o := native.New().(complete), newSystem(t)
	cases := uint64(0)
	for end := time.Now().Add(*duration); time.Now().Before(end) && !t.Failed(); cases++ {
		compare(t, first+cases, n, o)
	}
	t.Logf("%d cases", cases)
}

func FuzzDifferential(f *testing.F) {
	for seed := range uint64(64) {
		f.Add(seed)
	}
	n, o := native.New().(complete), newSystem(f)
	f.Fuzz(func(t *testing.T, seed uint64) { compare(t, seed, n, o) })
}

// session is something that any backend can do. It takes what it does at random
// from a source, and returns all that came of it, errors by their status.
type session func(random, complete) string

// compare runs the case of a seed on two backends.
func compare(t *testing.T, seed uint64, a, b complete) {
	t.Helper()
	r := newRandom(seed)
	choose := []func(random, complete, complete) (string, session){randomCipher, randomHash, randomHMAC}[r.IntN(3)]
	what, run := choose(r, a, b)
	if run == nil {
		return // the two have no such thing in common
	}
	state := r.Uint64()
	if got, want := run(newRandom(state), b), run(newRandom(state), a); got != want {
		t.Errorf("-hazmat.seed=%d: %s\n%s: %s\n%s: %s", seed, what, b.Name(), got, a.Name(), want)
	}
}

// length returns a length in bytes: mostly short, now and then long.
func (r random) length() int {
	return r.IntN(1 << r.IntN(17))
}

// randomCipher chooses a pair that both backends have, with all parameters.
func randomCipher(r random, a, b complete) (string, session) {
	algorithms := backends.CipherAlgorithms()
	algorithm := algorithms[r.IntN(len(algorithms))]
	modes := algorithm.Modes()
	pair := engine.Pair{Cipher: algorithm, Mode: modes[r.IntN(len(modes))]}
	if !a.CipherSupported(pair.Cipher, pair.Mode) || !b.CipherSupported(pair.Cipher, pair.Mode) {
		return "", nil
	}
	sizes := algorithm.KeySizes()
	size := sizes[r.IntN(len(sizes))] // of AES also one that is not allowed here
	if algorithm == backends.CipherCAST5 && size <= 80 {
		return "", nil // native lacks them
	}
	cipher := backends.Cipher{Algorithm: algorithm, Key: r.bytes(int(size / 8)), Nonce: r.bytes(algorithm.NonceSize())}
	mode := backends.Mode{Mode: pair.Mode}
	switch mode.Mode {
	case backends.ModeNone, backends.ModeECB:
	case backends.ModeGCM:
		mode.IV = r.bytes(7 + r.IntN(123)) // 7 and 129 are not allowed
		mode.MinTagLength = uint32(r.IntN(18))
	default:
		mode.IV = r.bytes(algorithm.BlockSize())
	}
	if r.IntN(8) == 0 && len(mode.IV) == 16 {
		copy(mode.IV, bytes.Repeat([]byte{0xff}, 15)) // near the end of a counter
	}
	if r.IntN(8) == 0 && len(cipher.Nonce) == 16 {
		copy(cipher.Nonce, []byte{0xf0, 0xff, 0xff, 0xff})
	}
	return fmt.Sprintf("%s, key of %d bits, %d bytes of iv", pair, size, len(mode.IV)), func(r random, backend complete) string {
		return runCipher(r, backend, cipher, mode)
	}
}

// runCipher processes one message in pieces.
func runCipher(r random, backend complete, cipher backends.Cipher, mode backends.Mode) string {
	create := backend.CreateSymmetricEncryptionCtx
	if r.IntN(2) == 0 {
		create = backend.CreateSymmetricDecryptionCtx
		if mode.Mode == backends.ModeGCM {
			mode.Tag = r.bytes(3 + r.IntN(15))
		}
	}
	var log transcript
	context, err := create(&cipher, &mode)
	if log.status("create", err); err != nil {
		return log.String()
	}
	defer context.Close()
	aead, authenticated := context.(backends.AEADCipherContext)
	for range r.IntN(3) {
		if authenticated {
			log.status("aad", aead.AuthenticateAdditionalData(r.bytes(r.length())))
		}
	}
	for range 1 + r.IntN(6) {
		data := r.bytes(r.length())
		dst := make([]byte, len(data)+backends.MaxBlockSize-r.IntN(2)*r.IntN(20)%(len(data)+1))
		if r.IntN(3) == 0 { // in place
			dst = append(data, make([]byte, backends.MaxBlockSize)...)
			data = dst[:len(data)]
		}
		n, err := context.Update(dst, data)
		log.output("update", dst, n, err)
		if nonce, ok := context.(backends.NonceCipherContext); ok && r.IntN(4) == 0 {
			log.status("reset", nonce.ResetNonce(r.bytes(16-r.IntN(2)*8)))
		}
	}
	dst := make([]byte, backends.MaxBlockSize)
	n, err := context.Finalize(dst)
	log.output("finalize", dst, n, err)
	if authenticated {
		n, err := aead.Tag(dst)
		log.output("tag", dst, n, err)
	}
	return log.String()
}

// transcript is what came of calls.
type transcript struct{ bytes.Buffer }

func (l *transcript) status(call string, err error) {
	fmt.Fprintf(l, "%s: %v; ", call, backends.StatusOf(err))
}

func (l *transcript) output(call string, dst []byte, n int, err error) {
	l.status(call, err)
	if err == nil {
		fmt.Fprintf(l, "%x; ", dst[:n])
	} else {
		fmt.Fprintf(l, "%d; ", n)
	}
}

// randomHash chooses a hash function, which may be an XOF.
func randomHash(r random, a, b complete) (string, session) {
	algorithms := backends.HashAlgorithms()
	algorithm := algorithms[r.IntN(len(algorithms))]
	if !a.HashSupported(algorithm) || !b.HashSupported(algorithm) {
		return "", nil
	}
	return algorithm.Name(), func(r random, backend complete) string {
		context, err := backend.CreateHashCtx(algorithm)
		if err != nil {
			return err.Error()
		}
		var log transcript
		all := []backends.HashContext{context}
		for range 2 + r.IntN(10) {
			context := all[r.IntN(len(all))]
			xof, extendable := context.(backends.XOFContext)
			switch r.IntN(6) {
			case 0:
				copied, err := context.Copy()
				if log.status("copy", err); err == nil {
					all = append(all, copied)
				}
			case 1:
				dst := make([]byte, backends.MaxDigestSize-r.IntN(2)*r.IntN(64))
				n, err := context.Finalize(dst)
				log.output("finalize", dst, n, err)
			case 2:
				if extendable {
					dst := make([]byte, r.length())
					log.output("squeeze", dst, len(dst), xof.Squeeze(dst))
				}
			default:
				log.status("update", context.Update(r.bytes(r.length())))
			}
		}
		for _, context := range all {
			context.Close()
		}
		return log.String()
	}
}

// randomHMAC chooses a hash function and a key.
func randomHMAC(r random, a, b complete) (string, session) {
	algorithms := backends.HashAlgorithms()
	algorithm := algorithms[r.IntN(len(algorithms))]
	if !a.HMACSupported(algorithm) || !b.HMACSupported(algorithm) {
		return "", nil
	}
	key := r.bytes(r.length())
	return fmt.Sprintf("HMAC over %s, key of %d bytes", algorithm.Name(), len(key)), func(r random, backend complete) string {
		context, err := backend.CreateHMACCtx(key, algorithm)
		if err != nil {
			return err.Error()
		}
		defer context.Close()
		var log transcript
		for range r.IntN(5) {
			log.status("update", context.Update(r.bytes(r.length())))
		}
		copied, err := context.Copy()
		log.status("copy", err)
		defer copied.Close()
		dst := make([]byte, backends.MaxDigestSize)
		n, err := context.Finalize(dst)
		log.output("finalize", dst, n, err)
		log.status("verify", copied.Verify(dst[:n]))
		return log.String()
	}
}
