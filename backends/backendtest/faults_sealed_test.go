package backendtest

import (
	"bytes"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/hazmat/hazmat/backends"
)

// Faults of objects in the calls without a list.
var sealedFaults = []fault{
	{"a tag length is not the one asked for", "/AEAD/AES-GCM/facets", func(b *broken) {
		b.aead.tagLength = func(backends.AEAD) int { return 12 }
	}},
	{"a nonce of a wrong size is padded", "/AEAD/ChaCha20-Poly1305/nonces", func(b *broken) {
		b.aead.seal = func(a backends.AEAD, dst, nonce, plaintext, aad []byte) (int, error) {
			return a.Seal(dst, append(bytes.Clone(nonce), make([]byte, 12)...)[:12], plaintext, aad)
		}
	}},
	{"an opening's nonce of a wrong size is a wrong tag", "/AEAD/AES-GCM/nonces", func(b *broken) {
		b.aead.open = func(a backends.AEAD, dst, nonce, ciphertext, aad []byte) (int, error) {
			n, err := a.Open(dst, nonce, ciphertext, aad)
			if errors.Is(err, backends.ErrInvalidNonce) {
				err = backends.ErrInvalidTag
			}
			return n, err
		}
	}},
	{"the end of a nonce is ignored", "/AEAD/AES-GCM/nonces", func(b *broken) {
		cut := func(nonce []byte) []byte {
			if len(nonce) > 12 && len(nonce) <= 128 {
				return nonce[:12]
			}
			return nonce
		}
		b.aead.seal = func(a backends.AEAD, dst, nonce, plaintext, aad []byte) (int, error) {
			return a.Seal(dst, cut(nonce), plaintext, aad)
		}
		b.aead.open = func(a backends.AEAD, dst, nonce, ciphertext, aad []byte) (int, error) {
			return a.Open(dst, cut(nonce), ciphertext, aad)
		}
	}},
	{"an object works after close", "/AEAD/AES-GCM/states", func(b *broken) {
		b.aead.closing = func(backends.AEAD) {}
	}},
	{"a second close of an object is a panic", "/AEAD/AES-GCM/states", func(b *broken) {
		b.aead.closing = func(a backends.AEAD) {
			if _, err := a.Seal(make([]byte, 20), make([]byte, 12), nil, nil); errors.Is(err, backends.ErrAlreadyFinalized) {
				panic("closed twice")
			}
			a.Close()
		}
	}},
	{"an empty message is refused", "/AEAD/AES-GCM/empty", func(b *broken) {
		b.aead.seal = func(a backends.AEAD, dst, nonce, plaintext, aad []byte) (int, error) {
			if len(plaintext) == 0 {
				return 0, backends.ErrInvalidArgument
			}
			return a.Seal(dst, nonce, plaintext, aad)
		}
	}},
	{"no additional data is not empty additional data", "/AEAD/AES-GCM/empty", func(b *broken) {
		b.aead.seal = func(a backends.AEAD, dst, nonce, plaintext, aad []byte) (int, error) {
			return a.Seal(dst, nonce, plaintext, none(aad))
		}
		b.aead.open = func(a backends.AEAD, dst, nonce, ciphertext, aad []byte) (int, error) {
			return a.Open(dst, nonce, ciphertext, none(aad))
		}
	}},
	{"the second message is another than the first", "/AEAD/AES-GCM/messages", func(b *broken) {
		var messages atomic.Uint32
		b.aead.seal = func(a backends.AEAD, dst, nonce, plaintext, aad []byte) (int, error) {
			return a.Seal(dst, nonce, plaintext, append(bytes.Clone(aad), byte(messages.Add(1))))
		}
	}},
	{"more is written than a ciphertext", "/AEAD/AES-GCM/messages", func(b *broken) {
		b.aead.seal = func(a backends.AEAD, dst, nonce, plaintext, aad []byte) (int, error) {
			n, err := a.Seal(dst, nonce, plaintext, aad)
			if n < len(dst) {
				dst[n] ^= 1
			}
			return n, err
		}
	}},
	{"an opening in place writes to the tag", "/AEAD/AES-GCM/messages", func(b *broken) {
		b.aead.open = func(a backends.AEAD, dst, nonce, ciphertext, aad []byte) (int, error) {
			n, err := a.Open(dst, nonce, bytes.Clone(ciphertext), aad)
			if n < len(dst) {
				clear(dst[n:])
			}
			return n, err
		}
	}},
	{"a nonce is counted up", "/AEAD/AES-GCM/messages", func(b *broken) {
		b.aead.seal = func(a backends.AEAD, dst, nonce, plaintext, aad []byte) (int, error) {
			n, err := a.Seal(dst, nonce, plaintext, aad)
			nonce[len(nonce)-1]++
			return n, err
		}
	}},
	{"the size needed for a ciphertext is not said", "/AEAD/AES-GCM/buffers", func(b *broken) {
		b.aead.seal = func(a backends.AEAD, dst, nonce, plaintext, aad []byte) (int, error) {
			n, err := a.Seal(dst, nonce, plaintext, aad)
			if err != nil {
				n = len(dst)
			}
			return n, err
		}
	}},
	{"too small a buffer for a ciphertext is written to", "/AEAD/AES-GCM/buffers", func(b *broken) {
		b.aead.seal = func(a backends.AEAD, dst, nonce, plaintext, aad []byte) (int, error) {
			n, err := a.Seal(dst, nonce, plaintext, aad)
			if errors.Is(err, backends.ErrBufferTooSmall) {
				clear(dst)
			}
			return n, err
		}
	}},
	{"a message is written to", "/AEAD/AES-GCM/messages", func(b *broken) {
		b.aead.seal = func(a backends.AEAD, dst, nonce, plaintext, aad []byte) (int, error) {
			n, err := a.Seal(dst, nonce, plaintext, aad)
			if err == nil && len(plaintext) > 0 && !overlaps(dst, plaintext) {
				clear(plaintext)
			}
			return n, err
		}
	}},
	{"a nonce of a wrong size clears the output", "/AEAD/AES-GCM/nonces", func(b *broken) {
		b.aead.seal = func(a backends.AEAD, dst, nonce, plaintext, aad []byte) (int, error) {
			n, err := a.Seal(dst, nonce, plaintext, aad)
			if err != nil {
				clear(dst)
			}
			return n, err
		}
	}},
	{"room for a tag is needed to open", "/AEAD/AES-GCM/messages", func(b *broken) {
		b.aead.open = func(a backends.AEAD, dst, nonce, ciphertext, aad []byte) (int, error) {
			if len(dst) < len(ciphertext) {
				return len(ciphertext), backends.ErrBufferTooSmall
			}
			return a.Open(dst, nonce, ciphertext, aad)
		}
	}},
	{"a plaintext is cut to fit", "/AEAD/AES-GCM/buffers", func(b *broken) {
		b.aead.open = func(a backends.AEAD, dst, nonce, ciphertext, aad []byte) (int, error) {
			plaintext := make([]byte, len(ciphertext))
			n, err := a.Open(plaintext, nonce, ciphertext, aad)
			return copy(dst, plaintext[:n]), err
		}
	}},
	{"a message may overlap its ciphertext", "/AEAD/AES-GCM/overlap", func(b *broken) {
		b.aead.seal = func(a backends.AEAD, dst, nonce, plaintext, aad []byte) (int, error) {
			return a.Seal(dst, nonce, bytes.Clone(plaintext), aad)
		}
	}},
	{"a ciphertext may overlap its message", "/AEAD/AES-GCM/overlap", func(b *broken) {
		b.aead.open = func(a backends.AEAD, dst, nonce, ciphertext, aad []byte) (int, error) {
			return a.Open(dst, nonce, bytes.Clone(ciphertext), aad)
		}
	}},
	{"a ciphertext may overlap the nonce", "/AEAD/AES-GCM/overlap", func(b *broken) {
		b.aead.seal = func(a backends.AEAD, dst, nonce, plaintext, aad []byte) (int, error) {
			return a.Seal(dst, bytes.Clone(nonce), plaintext, aad)
		}
	}},
	{"a plaintext may overlap the additional data", "/AEAD/AES-GCM/overlap", func(b *broken) {
		b.aead.open = func(a backends.AEAD, dst, nonce, ciphertext, aad []byte) (int, error) {
			return a.Open(dst, nonce, ciphertext, bytes.Clone(aad))
		}
	}},
	{"an overlap is found after the output", "/AEAD/AES-GCM/overlap", func(b *broken) {
		b.aead.seal = func(a backends.AEAD, dst, nonce, plaintext, aad []byte) (int, error) {
			n, err := a.Seal(dst, nonce, plaintext, aad)
			if errors.Is(err, backends.ErrOverlap) {
				clear(dst)
			}
			return n, err
		}
	}},
	{"room beyond a ciphertext counts as an overlap", "/AEAD/AES-GCM/overlap", func(b *broken) {
		b.aead.seal = func(a backends.AEAD, dst, nonce, plaintext, aad []byte) (int, error) {
			if overlaps(dst, aad) {
				return 0, backends.ErrOverlap
			}
			return a.Seal(dst, nonce, plaintext, aad)
		}
	}},
	{"nonce and additional data may not overlap", "/AEAD/AES-GCM/overlap", func(b *broken) {
		b.aead.seal = func(a backends.AEAD, dst, nonce, plaintext, aad []byte) (int, error) {
			if overlaps(nonce, aad) {
				return 0, backends.ErrOverlap
			}
			return a.Seal(dst, nonce, plaintext, aad)
		}
	}},
	{"a wrong tag of a ciphertext is accepted", "/AEAD/AES-GCM/authentication", func(b *broken) {
		b.aead.open = func(a backends.AEAD, dst, nonce, ciphertext, aad []byte) (int, error) {
			n, err := a.Open(dst, nonce, ciphertext, aad)
			return n, forgive(err, backends.ErrInvalidTag)
		}
	}},
	{"plaintext that is not authentic is given out", "/AEAD/AES-GCM/authentication", func(b *broken) {
		b.aead.open = func(a backends.AEAD, dst, nonce, ciphertext, aad []byte) (int, error) {
			n, err := a.Open(dst, nonce, ciphertext, aad)
			if errors.Is(err, backends.ErrInvalidTag) && len(ciphertext) > 16 {
				dst[len(ciphertext)-17] = 1
			}
			return n, err
		}
	}},
	{"what was there is left after a forgery", "/AEAD/AES-GCM/authentication", func(b *broken) {
		b.aead.open = func(a backends.AEAD, dst, nonce, ciphertext, aad []byte) (int, error) {
			before := bytes.Clone(dst)
			n, err := a.Open(dst, nonce, ciphertext, aad)
			if errors.Is(err, backends.ErrInvalidTag) {
				copy(dst, before)
			}
			return n, err
		}
	}},
	{"all of a buffer is zeroed after a forgery", "/AEAD/AES-GCM/authentication", func(b *broken) {
		b.aead.open = func(a backends.AEAD, dst, nonce, ciphertext, aad []byte) (int, error) {
			n, err := a.Open(dst, nonce, ciphertext, aad)
			if errors.Is(err, backends.ErrInvalidTag) {
				clear(dst)
			}
			return n, err
		}
	}},
	{"less than a tag is a panic", "/AEAD/AES-GCM/authentication", func(b *broken) {
		b.aead.open = func(a backends.AEAD, dst, nonce, ciphertext, aad []byte) (int, error) {
			_ = ciphertext[len(ciphertext)-16:]
			return a.Open(dst, nonce, ciphertext, aad)
		}
	}},
	{"a forgery ends the object", "/AEAD/AES-GCM/authentication", func(b *broken) {
		b.aead.open = func(a backends.AEAD, dst, nonce, ciphertext, aad []byte) (int, error) {
			n, err := a.Open(dst, nonce, ciphertext, aad)
			if errors.Is(err, backends.ErrInvalidTag) {
				a.Close()
			}
			return n, err
		}
	}},
	{"the additional data of a message is ignored", "/AEAD/AES-GCM/authentication", func(b *broken) {
		b.aead.seal = func(a backends.AEAD, dst, nonce, plaintext, _ []byte) (int, error) {
			return a.Seal(dst, nonce, plaintext, nil)
		}
		b.aead.open = func(a backends.AEAD, dst, nonce, ciphertext, _ []byte) (int, error) {
			return a.Open(dst, nonce, ciphertext, nil)
		}
	}},
	{"messages share a buffer", "/AEAD/AES-GCM/concurrency", func(b *broken) {
		var mu sync.Mutex
		var shared []byte
		b.aead.seal = func(a backends.AEAD, dst, nonce, plaintext, aad []byte) (int, error) {
			mu.Lock()
			shared = bytes.Clone(plaintext)
			mu.Unlock()
			runtime.Gosched()
			mu.Lock()
			defer mu.Unlock()
			return a.Seal(dst, nonce, shared, aad)
		}
	}},
	{"an object ended in the middle of a message is wrong", "/AEAD/AES-GCM/close", func(b *broken) {
		b.aead.seal = func(a backends.AEAD, dst, nonce, plaintext, aad []byte) (int, error) {
			n, err := a.Seal(dst, nonce, plaintext, aad)
			if errors.Is(err, backends.ErrAlreadyFinalized) {
				err = backends.ErrInternal
			}
			return n, err
		}
	}},
	{"a ciphertext is another than published", "/AEAD/AES-GCM/vectors", func(b *broken) {
		b.createAEAD = func(algorithm backends.AEADAlgorithm, key []byte, tagLength int) (backends.AEAD, error) {
			return b.aeads.CreateAEAD(algorithm, reversed(key), tagLength)
		}
	}},
	{"a published forgery is accepted", "/AEAD/ChaCha20-Poly1305/vectors", func(b *broken) {
		b.aead.open = func(a backends.AEAD, dst, nonce, ciphertext, aad []byte) (int, error) {
			n, err := a.Open(dst, nonce, ciphertext, aad)
			return n, forgive(err, backends.ErrInvalidTag)
		}
	}},
}

// none returns a byte for nothing at all.
func none(data []byte) []byte {
	if data == nil {
		return []byte{0}
	}
	return data
}
