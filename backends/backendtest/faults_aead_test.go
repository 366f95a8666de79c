package backendtest

import (
	"errors"

	"github.com/hazmat/hazmat/backends"
)

var aeadFaults = []fault{
	{"a wrong tag is accepted", "/Cipher/AES-GCM/authentication", func(b *broken) {
		b.cipher.finalize = func(c backends.CipherContext, dst []byte) (int, error) {
			n, err := c.Finalize(dst)
			return n, forgive(err, backends.ErrInvalidTag)
		}
	}},
	{"a wrong tag at the end is accepted", "/Cipher/AES-GCM/finalize with tag", func(b *broken) {
		b.cipher.end = func(c backends.AEADCipherContext, dst, tag []byte) (int, error) {
			n, err := c.FinalizeWithTag(dst, tag)
			return n, forgive(err, backends.ErrInvalidTag)
		}
	}},
	{"a forgery is accepted", "/Cipher/AES-GCM/vectors", func(b *broken) {
		b.cipher.finalize = func(c backends.CipherContext, dst []byte) (int, error) {
			n, err := c.Finalize(dst)
			return n, forgive(err, backends.ErrInvalidTag)
		}
	}},
	{"a tag can be tried again", "/Cipher/AES-GCM/authentication", func(b *broken) {
		b.cipher.end = func(c backends.AEADCipherContext, dst, tag []byte) (int, error) {
			n, err := c.FinalizeWithTag(dst, tag)
			if errors.Is(err, backends.ErrAlreadyFinalized) {
				err = backends.ErrInvalidTag
			}
			return n, err
		}
	}},
	{"a tag of one byte is accepted", "/Cipher/AES-GCM/tag lengths", func(b *broken) {
		b.create = func(operation backends.Operation, cipher *backends.Cipher, mode *backends.Mode) (backends.CipherContext, error) {
			if operation == backends.OperationDecrypt && len(mode.Tag) == 1 {
				lenient := *mode
				lenient.Tag, lenient.MinTagLength = make([]byte, 16), 16
				return b.sound(operation, cipher, &lenient)
			}
			return b.sound(operation, cipher, mode)
		}
	}},
	{"a tag shorter than the minimum is accepted", "/Cipher/AES-GCM/tag lengths", func(b *broken) {
		b.create = func(operation backends.Operation, cipher *backends.Cipher, mode *backends.Mode) (backends.CipherContext, error) {
			lenient := *mode
			if mode.MinTagLength > 4 && mode.MinTagLength < 17 {
				lenient.MinTagLength = 4
			}
			return b.sound(operation, cipher, &lenient)
		}
	}},
	{"a short tag at the end is accepted", "/Cipher/AES-GCM/finalize with tag", func(b *broken) {
		b.cipher.end = func(c backends.AEADCipherContext, dst, tag []byte) (int, error) {
			n, err := c.FinalizeWithTag(dst, tag)
			return n, forgive(err, backends.ErrInvalidTagLength)
		}
	}},
	{"a decryption needs no tag", "/Cipher/AES-GCM/tag lengths", func(b *broken) {
		b.create = func(operation backends.Operation, cipher *backends.Cipher, mode *backends.Mode) (backends.CipherContext, error) {
			if operation == backends.OperationDecrypt && mode.Tag == nil && mode.Mode == backends.ModeGCM {
				tagged := *mode
				tagged.Tag = make([]byte, 16)
				return b.sound(operation, cipher, &tagged)
			}
			return b.sound(operation, cipher, mode)
		}
	}},
	{"additional data is accepted late", "/Cipher/AES-GCM/additional data", func(b *broken) {
		b.cipher.aad = func(c backends.AEADCipherContext, data []byte) error {
			return forgive(c.AuthenticateAdditionalData(data), backends.ErrAlreadyUpdated)
		}
	}},
	{"additional data is ignored", "/Cipher/AES-GCM/authentication", func(b *broken) {
		b.cipher.aad = func(c backends.AEADCipherContext, data []byte) error { return c.AuthenticateAdditionalData(nil) }
	}},
	{"there is a tag before the end", "/Cipher/AES-GCM/tag", func(b *broken) {
		b.cipher.tag = func(c backends.AEADCipherContext, dst []byte) (int, error) {
			n, err := c.Tag(dst)
			return n, forgive(err, backends.ErrNotYetFinalized)
		}
	}},
	{"a decryption gives its tag", "/Cipher/AES-GCM/tag", func(b *broken) {
		b.cipher.tag = func(c backends.AEADCipherContext, dst []byte) (int, error) {
			n, err := c.Tag(dst)
			if errors.Is(err, backends.ErrNotApplicable) {
				return copy(dst, make([]byte, backends.MaxTagSize)), nil
			}
			return n, err
		}
	}},
	{"a tag is cut to fit", "/Cipher/AES-GCM/tag", func(b *broken) {
		b.cipher.tag = func(c backends.AEADCipherContext, dst []byte) (int, error) {
			tag := make([]byte, backends.MaxTagSize)
			n, err := c.Tag(tag)
			return copy(dst, tag[:n]), err
		}
	}},
}
