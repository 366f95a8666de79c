package openssl

import (
	"fmt"
	"testing"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/backends/engine"
	"github.com/hazmat/hazmat/backends/native"
)

// each runs a benchmark on native and on openssl, the one beside the other.
func each(b *testing.B, run func(*testing.B, complete)) {
	for _, backend := range []complete{native.New().(complete), newSystem(b)} {
		b.Run(backend.Name(), func(b *testing.B) {
			b.ReportAllocs()
			run(b, backend)
		})
	}
}

func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		newSystem(b)
	}
}

// benchmarkSmall hashes 64 bytes, from the creation of a context to its end.
func benchmarkSmall[C interface {
	Update([]byte) error
	Finalize([]byte) (int, error)
	Close()
}](b *testing.B, create func(complete) (C, error)) {
	each(b, func(b *testing.B, backend complete) {
		data := make([]byte, 64)
		for b.Loop() {
			context, err := create(backend)
			if err != nil {
				b.Fatal(err)
			}
			if err := context.Update(data); err != nil {
				b.Fatal(err)
			}
			if _, err := context.Finalize(data); err != nil {
				b.Fatal(err)
			}
			context.Close()
		}
	})
}

func BenchmarkSmallHash(b *testing.B) {
	benchmarkSmall(b, func(backend complete) (backends.HashContext, error) {
		return backend.CreateHashCtx(backends.HashSHA256)
	})
}

func BenchmarkSmallHMAC(b *testing.B) {
	key := make([]byte, 32)
	benchmarkSmall(b, func(backend complete) (backends.HMACContext, error) {
		return backend.CreateHMACCtx(key, backends.HashSHA256)
	})
}

func BenchmarkHashUpdate(b *testing.B) {
	for _, algorithm := range []backends.HashAlgorithm{backends.HashMD5, backends.HashSHA1, backends.HashSHA256,
		backends.HashSHA512, backends.HashSHA3_256, backends.HashBLAKE2b} {
		for _, size := range []int{64, 1 << 20} {
			b.Run(fmt.Sprintf("%s/%d", algorithm.Name(), size), func(b *testing.B) {
				each(b, func(b *testing.B, backend complete) {
					context, err := backend.CreateHashCtx(algorithm)
					if err != nil {
						b.Fatal(err)
					}
					data := make([]byte, size)
					b.SetBytes(int64(size))
					for b.Loop() {
						if err := context.Update(data); err != nil {
							b.Fatal(err)
						}
					}
				})
			})
		}
	}
}

// benchmarkCiphers runs a benchmark for each pair that a backend has.
func benchmarkCiphers(b *testing.B, run func(*testing.B, complete, *backends.Cipher, *backends.Mode)) {
	for _, algorithm := range backends.CipherAlgorithms() {
		for _, mode := range algorithm.Modes() {
			pair := engine.Pair{Cipher: algorithm, Mode: mode}
			b.Run(pair.String(), func(b *testing.B) {
				each(b, func(b *testing.B, backend complete) {
					if !backend.CipherSupported(algorithm, mode) {
						b.Skip("not supported")
					}
					r := newRandom(1)
					m := &backends.Mode{Mode: mode}
					if mode != backends.ModeECB && mode != backends.ModeNone {
						m.IV = r.bytes(algorithm.BlockSize())
					}
					key := 16
					switch {
					case mode == backends.ModeXTS, algorithm == backends.CipherChaCha20:
						key = 32
					}
					run(b, backend, &backends.Cipher{Algorithm: algorithm, Key: r.bytes(key), Nonce: make([]byte, algorithm.NonceSize())}, m)
				})
			})
		}
	}
}

func BenchmarkCipherUpdate(b *testing.B) {
	benchmarkCiphers(b, func(b *testing.B, backend complete, cipher *backends.Cipher, mode *backends.Mode) {
		data := make([]byte, 1<<20)
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			context, err := backend.CreateSymmetricEncryptionCtx(cipher, mode)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := context.Update(data, data); err != nil {
				b.Fatal(err)
			}
			context.Close()
		}
	})
}

func BenchmarkSmallCipher(b *testing.B) {
	benchmarkCiphers(b, func(b *testing.B, backend complete, cipher *backends.Cipher, mode *backends.Mode) {
		data := make([]byte, 64)
		for b.Loop() {
			context, err := backend.CreateSymmetricEncryptionCtx(cipher, mode)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := context.Update(data, data); err != nil {
				b.Fatal(err)
			}
			context.Close()
		}
	})
}
