package backendtest

import (
	"bytes"
	"errors"
	"runtime"
	"sync"

	"github.com/hazmat/hazmat/backends"
)

var cipherFaults = []fault{
	{"a pair works that is said not to", "/Cipher/unsupported", func(b *broken) {
		b.cipherSupported = func(cipher backends.CipherAlgorithm, mode backends.CipherMode) bool {
			return mode != backends.ModeCBC && b.complete.CipherSupported(cipher, mode)
		}
	}},
	{"a pair does not work that is said to", "/Cipher/AES-XTS/facets", func(b *broken) {
		b.cipherSupported = func(cipher backends.CipherAlgorithm, mode backends.CipherMode) bool { return true }
	}},
	{"a pair is supported that there is not", "/Cipher/unsupported", func(b *broken) {
		b.cipherSupported = func(cipher backends.CipherAlgorithm, mode backends.CipherMode) bool {
			return cipher == backends.CipherARC4 || b.complete.CipherSupported(cipher, mode)
		}
	}},
	{"a second registration succeeds", "/Cipher/adapters", func(b *broken) {
		b.register = func(cipher backends.CipherAlgorithm, mode backends.CipherMode, adapter backends.CipherAdapter) error {
			return forgive(b.complete.RegisterCipherAdapter(cipher, mode, adapter), backends.ErrAlreadyRegistered)
		}
	}},
	{"an adapter's error is lost", "/Cipher/adapters", func(b *broken) {
		b.create = func(operation backends.Operation, cipher *backends.Cipher, mode *backends.Mode) (backends.CipherContext, error) {
			context, err := b.sound(operation, cipher, mode)
			if backends.StatusOf(err) == backends.ErrInternal {
				err = backends.ErrCallback
			}
			return context, err
		}
	}},
	{"a context in ECB has a tag", "/Cipher/AES-ECB/facets", func(b *broken) {
		b.create = func(operation backends.Operation, cipher *backends.Cipher, mode *backends.Mode) (backends.CipherContext, error) {
			context, err := b.sound(operation, cipher, mode)
			return &faultyAEAD{faultyCipher: faultyCipher{CipherContext: context}}, err
		}
	}},
	{"a context in CTR cannot begin again", "/Cipher/AES-CTR/facets", func(b *broken) {
		b.create = func(operation backends.Operation, cipher *backends.Cipher, mode *backends.Mode) (backends.CipherContext, error) {
			context, err := b.sound(operation, cipher, mode)
			return &faultyCipher{CipherContext: context}, err
		}
	}},
	{"a key of a wrong size is padded", "/Cipher/AES-ECB/keys", func(b *broken) {
		b.create = func(operation backends.Operation, cipher *backends.Cipher, mode *backends.Mode) (backends.CipherContext, error) {
			context, err := b.sound(operation, cipher, mode)
			if errors.Is(err, backends.ErrInvalidKey) {
				padded := *cipher
				padded.Key = append(bytes.Clone(cipher.Key), make([]byte, 32)...)[:32]
				return b.sound(operation, &padded, mode)
			}
			return context, err
		}
	}},
	{"a key is used after the call that it was given to", "/Cipher/AES-ECB/keys", func(b *broken) {
		b.create = func(operation backends.Operation, cipher *backends.Cipher, mode *backends.Mode) (backends.CipherContext, error) {
			if _, err := b.sound(operation, cipher, mode); err != nil {
				return nil, err
			}
			kept := *cipher
			return &lateContext{open: func() (backends.CipherContext, error) { return b.sound(operation, &kept, mode) }}, nil
		}
	}},
	{"a key is reversed", "/Cipher/AES-ECB/vectors", func(b *broken) {
		b.create = func(operation backends.Operation, cipher *backends.Cipher, mode *backends.Mode) (backends.CipherContext, error) {
			other := *cipher
			other.Key = reversed(cipher.Key)
			return b.sound(operation, &other, mode)
		}
	}},
	{"an initialization vector of a wrong size is padded", "/Cipher/AES-CBC/nonces", func(b *broken) {
		b.create = func(operation backends.Operation, cipher *backends.Cipher, mode *backends.Mode) (backends.CipherContext, error) {
			context, err := b.sound(operation, cipher, mode)
			if errors.Is(err, backends.ErrInvalidNonce) {
				padded := *mode
				padded.IV = append(bytes.Clone(mode.IV), make([]byte, 16)...)[:16]
				return b.sound(operation, cipher, &padded)
			}
			return context, err
		}
	}},
	{"a tag is ignored where there is none", "/Cipher/AES-ECB/no tag", func(b *broken) {
		b.create = func(operation backends.Operation, cipher *backends.Cipher, mode *backends.Mode) (backends.CipherContext, error) {
			untagged := *mode
			untagged.Tag = nil
			return b.sound(operation, cipher, &untagged)
		}
	}},
	{"updates are accepted after the end", "/Cipher/AES-ECB/states", func(b *broken) {
		b.cipher.update = func(c backends.CipherContext, dst, data []byte) (int, error) {
			n, err := c.Update(dst, data)
			return n, forgive(err, backends.ErrAlreadyFinalized)
		}
	}},
	{"a second finalize is accepted", "/Cipher/AES-ECB/states", func(b *broken) {
		b.cipher.finalize = func(c backends.CipherContext, dst []byte) (int, error) {
			n, err := c.Finalize(dst)
			return n, forgive(err, backends.ErrAlreadyFinalized)
		}
	}},
	{"a second close is a panic", "/Cipher/AES-ECB/states", func(b *broken) {
		b.cipher.closing = func(c backends.CipherContext) {
			if _, err := c.Finalize(nil); errors.Is(err, backends.ErrAlreadyFinalized) {
				panic("closed twice")
			}
		}
	}},
	{"an incomplete block is accepted", "/Cipher/AES-ECB/incomplete block", func(b *broken) {
		b.cipher.finalize = func(c backends.CipherContext, dst []byte) (int, error) {
			n, err := c.Finalize(dst)
			return n, forgive(err, backends.ErrIncompleteBlock)
		}
	}},
	{"nothing is padded to a block", "/Cipher/AES-ECB/empty", func(b *broken) {
		b.cipher.update = func(c backends.CipherContext, dst, data []byte) (int, error) {
			if len(data) == 0 {
				data = make([]byte, 16)
			}
			return c.Update(dst, data)
		}
	}},
	{"the size needed is not said", "/Cipher/AES-ECB/buffers", func(b *broken) {
		b.cipher.update = func(c backends.CipherContext, dst, data []byte) (int, error) {
			n, err := c.Update(dst, data)
			if err != nil {
				n = 0
			}
			return n, err
		}
	}},
	{"too small a buffer ends the context", "/Cipher/AES-ECB/buffers", func(b *broken) {
		b.cipher.update = func(c backends.CipherContext, dst, data []byte) (int, error) {
			n, err := c.Update(dst, data)
			if err != nil {
				c.Close()
			}
			return n, err
		}
	}},
	{"too small a buffer is written to", "/Cipher/AES-ECB/buffers", func(b *broken) {
		b.cipher.update = func(c backends.CipherContext, dst, data []byte) (int, error) {
			n, err := c.Update(dst, data)
			if err != nil {
				clear(dst)
			}
			return n, err
		}
	}},
	{"more is written than the output", "/Cipher/AES-ECB/splits", func(b *broken) {
		b.cipher.update = func(c backends.CipherContext, dst, data []byte) (int, error) {
			n, err := c.Update(dst, data)
			if n < len(dst) {
				dst[n] ^= 1
			}
			return n, err
		}
	}},
	{"the input is written to", "/Cipher/AES-ECB/splits", func(b *broken) {
		b.cipher.update = func(c backends.CipherContext, dst, data []byte) (int, error) {
			copied := bytes.Clone(data)
			n, err := c.Update(dst, copied)
			if len(data) > 0 {
				data[len(data)-1] ^= 1
			}
			return n, err
		}
	}},
	{"bytes held back are lost in place", "/Cipher/AES-ECB/splits", func(b *broken) {
		b.cipher.update = func(c backends.CipherContext, dst, data []byte) (int, error) {
			var n int
			for i := range data { // each read after those before it were written
				m, err := c.Update(dst[n:], []byte{data[i]})
				if err != nil {
					return n, err
				}
				n += m
			}
			return n, nil
		}
	}},
	{"an overlap is allowed", "/Cipher/AES-ECB/overlap", func(b *broken) {
		b.cipher.update = func(c backends.CipherContext, dst, data []byte) (int, error) {
			return c.Update(dst, bytes.Clone(data))
		}
	}},
	{"what is not written counts as an overlap", "/Cipher/AES-ECB/overlap", func(b *broken) {
		b.cipher.update = func(c backends.CipherContext, dst, data []byte) (int, error) {
			for i := range dst {
				if len(data) > 0 && i > 0 && &dst[i] == &data[0] {
					return 0, backends.ErrOverlap
				}
			}
			return c.Update(dst, data)
		}
	}},
	{"contexts share a buffer", "/Cipher/AES-ECB/concurrency", func(b *broken) {
		var mu sync.Mutex
		var shared []byte
		b.cipher.update = func(c backends.CipherContext, dst, data []byte) (int, error) {
			mu.Lock()
			shared = bytes.Clone(data)
			mu.Unlock()
			runtime.Gosched()
			mu.Lock()
			defer mu.Unlock()
			return c.Update(dst, shared)
		}
	}},
	{"a counter wraps", "/Cipher/AES-CTR/limit", func(b *broken) {
		b.cipher.update = func(c backends.CipherContext, dst, data []byte) (int, error) {
			n, err := c.Update(dst, data)
			if errors.Is(err, backends.ErrLimitExceeded) {
				if err := c.(backends.NonceCipherContext).ResetNonce(make([]byte, 16)); err != nil {
					return 0, err
				}
				return c.Update(dst, data)
			}
			return n, err
		}
	}},
	{"the limit is found after the data", "/Cipher/ChaCha20/limit", func(b *broken) {
		b.cipher.update = func(c backends.CipherContext, dst, data []byte) (int, error) {
			n, err := c.Update(dst, data)
			if errors.Is(err, backends.ErrLimitExceeded) {
				copy(dst, data)
			}
			return n, err
		}
	}},
	{"another nonce is ignored", "/Cipher/AES-CTR/reset", func(b *broken) {
		b.cipher.reset = func(c backends.NonceCipherContext, _ []byte) error { return nil }
	}},
	{"another nonce of a wrong size is ignored", "/Cipher/AES-CTR/reset", func(b *broken) {
		b.cipher.reset = func(c backends.NonceCipherContext, nonce []byte) error {
			return forgive(c.ResetNonce(nonce), backends.ErrInvalidNonce)
		}
	}},
	{"CTR is OFB", "/Cipher/AES-CTR/vectors", func(b *broken) {
		b.create = func(operation backends.Operation, cipher *backends.Cipher, mode *backends.Mode) (backends.CipherContext, error) {
			other := *mode
			other.Mode = backends.ModeOFB
			return b.sound(operation, cipher, &other)
		}
	}},
}

// lateContext is opened when it is first used.
type lateContext struct {
	backends.CipherContext
	open func() (backends.CipherContext, error)
}

func (c *lateContext) Update(dst, data []byte) (int, error) {
	if c.CipherContext == nil {
		context, err := c.open()
		if err != nil {
			return 0, err
		}
		c.CipherContext = context
	}
	return c.CipherContext.Update(dst, data)
}

func (c *lateContext) Close() {
	if c.CipherContext != nil {
		c.CipherContext.Close()
	}
}
