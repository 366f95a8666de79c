package backendtest

import (
	"bytes"
	"errors"

	"github.com/hazmat/hazmat/backends"
)

var hashFaults = []fault{
	{"an interface is provided that is not there", "/Backend", func(b *broken) {
		b.provides = func(backends.Interface) bool { return true }
	}},
	{"a hash function works that is said not to", "/Hash/unsupported", func(b *broken) {
		b.hashSupported = func(algorithm backends.HashAlgorithm) bool { return algorithm != backends.HashSHA256 }
	}},
	{"a digest is wrong", "/Hash/md5/vectors", func(b *broken) {
		b.hash.finalize = func(c backends.HashContext, dst []byte) (int, error) {
			n, err := c.Finalize(dst)
			if err == nil {
				dst[3] ^= 0x10
			}
			return n, err
		}
	}},
	{"a hash context goes on after the end", "/Hash/md5/states", func(b *broken) {
		b.hash.update = func(c backends.HashContext, data []byte) error {
			return forgive(c.Update(data), backends.ErrAlreadyFinalized)
		}
	}},
	{"a digest is cut to fit", "/Hash/md5/finalize", func(b *broken) {
		b.hash.finalize = func(c backends.HashContext, dst []byte) (int, error) {
			n, err := c.Finalize(dst)
			if errors.Is(err, backends.ErrBufferTooSmall) {
				whole := make([]byte, backends.MaxDigestSize)
				_, err = c.Finalize(whole)
				return copy(dst, whole), err
			}
			return n, err
		}
	}},
	{"too small a buffer ends the hash context", "/Hash/md5/finalize", func(b *broken) {
		b.hash.finalize = func(c backends.HashContext, dst []byte) (int, error) {
			n, err := c.Finalize(dst)
			if err != nil {
				c.Close()
			}
			return n, err
		}
	}},
	{"a digest is longer than its length", "/Hash/md5/finalize", func(b *broken) {
		b.hash.finalize = func(c backends.HashContext, dst []byte) (int, error) {
			n, err := c.Finalize(dst)
			if err == nil && n < len(dst) {
				dst[n] = 0
			}
			return n, err
		}
	}},
	{"the size needed is not said", "/Hash/md5/finalize", func(b *broken) {
		b.hash.finalize = func(c backends.HashContext, dst []byte) (int, error) {
			n, err := c.Finalize(dst)
			if err != nil {
				n = 0
			}
			return n, err
		}
	}},
	{"a copy is the original", "/Hash/md5/copy", func(b *broken) {
		b.hash.copied = func(c backends.HashContext) (backends.HashContext, error) { return c, nil }
	}},
	{"an empty piece counts as a byte", "/Hash/md5/splits", func(b *broken) {
		b.hash.update = func(c backends.HashContext, data []byte) error {
			if len(data) == 0 {
				data = []byte{0}
			}
			return c.Update(data)
		}
	}},
	{"a message is written to", "/Hash/md5/vectors", func(b *broken) {
		b.hash.update = func(c backends.HashContext, data []byte) error {
			err := c.Update(data)
			clear(data)
			return err
		}
	}},
	{"each squeeze begins again", "/Hash/shake128/squeeze", func(b *broken) {
		b.squeeze = func(c backends.XOFContext, dst []byte) error {
			copied, err := c.Copy()
			if err != nil {
				return err
			}
			return copied.(backends.XOFContext).Squeeze(dst)
		}
	}},
	{"a message goes on after a squeeze", "/Hash/shake128/squeeze", func(b *broken) {
		b.hash.update = func(c backends.HashContext, data []byte) error {
			return forgive(c.Update(data), backends.ErrAlreadyFinalized)
		}
	}},
	{"any signature verifies", "/HMAC/md5/verify", func(b *broken) {
		b.hmac.verify = func(c backends.HMACContext, signature []byte) error {
			return forgive(c.Verify(signature), backends.ErrInvalidSignature)
		}
	}},
	{"the beginning of a signature verifies", "/HMAC/md5/verify", func(b *broken) {
		b.hmac.verify = func(c backends.HMACContext, signature []byte) error {
			mac := make([]byte, backends.MaxDigestSize)
			n, err := c.Finalize(mac)
			if err == nil && (len(signature) == 0 || !bytes.HasPrefix(mac[:n], signature)) {
				err = backends.ErrInvalidSignature
			}
			return err
		}
	}},
	{"a signature can be tried again", "/HMAC/md5/states", func(b *broken) {
		b.hmac.verify = func(c backends.HMACContext, signature []byte) error {
			copied, err := c.Copy()
			if err != nil {
				return err
			}
			return copied.Verify(signature)
		}
	}},
	{"an HMAC copy is the original", "/HMAC/md5/copy", func(b *broken) {
		b.hmac.copied = func(c backends.HMACContext) (backends.HMACContext, error) { return c, nil }
	}},
	{"a key is cut", "/HMAC/md5/keys", func(b *broken) {
		b.createHMAC = func(key []byte, algorithm backends.HashAlgorithm) (backends.HMACContext, error) {
			return b.complete.CreateHMACCtx(key[:min(16, len(key))], algorithm)
		}
	}},
	{"a key is reversed", "/HMAC/md5/vectors", func(b *broken) {
		b.createHMAC = func(key []byte, algorithm backends.HashAlgorithm) (backends.HMACContext, error) {
			return b.complete.CreateHMACCtx(reversed(key), algorithm)
		}
	}},
}

// forgive takes one status for success.
func forgive(err error, status backends.Status) error {
	if errors.Is(err, status) {
		return nil
	}
	return err
}

func reversed(data []byte) []byte {
	data = bytes.Clone(data)
	for i, j := 0, len(data)-1; i < j; i, j = i+1, j-1 {
		data[i], data[j] = data[j], data[i]
	}
	return data
}
