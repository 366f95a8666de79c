package backendtest

import (
	"bytes"
	"errors"
	"slices"

	"github.com/hazmat/hazmat/backends"
)

// Faults of what makes the objects, and of what AES-CCM and AES-SIV have of
// their own.
var sealedParamFaults = []fault{
	{"an AEAD works that is said not to", "/AEAD/unsupported", func(b *broken) {
		b.aeadSupported = func(algorithm backends.AEADAlgorithm) bool { return algorithm != backends.AEADAESGCM }
	}},
	{"an AEAD is supported that there is not", "/AEAD/unsupported", func(b *broken) {
		b.aeadSupported = func(algorithm backends.AEADAlgorithm) bool { return algorithm == 0 || b.aeads.AEADSupported(algorithm) }
	}},
	{"an AEAD does not work that is said to", "/AEAD/AES-GCM-SIV/facets", func(b *broken) {
		b.aeadSupported = func(backends.AEADAlgorithm) bool { return true }
	}},
	{"AES-GCM takes a list", "/AEAD/AES-GCM/facets", func(b *broken) {
		b.createAEAD = func(algorithm backends.AEADAlgorithm, key []byte, tagLength int) (backends.AEAD, error) {
			aead, err := b.aeads.CreateAEAD(algorithm, key, tagLength)
			return &faultyVectorSealer{faultySealer: faultySealer{AEAD: aead}}, err
		}
	}},
	{"AES-SIV takes no list", "/AEAD/AES-SIV/facets", func(b *broken) {
		b.createAEAD = func(algorithm backends.AEADAlgorithm, key []byte, tagLength int) (backends.AEAD, error) {
			aead, err := b.aeads.CreateAEAD(algorithm, key, tagLength)
			return &faultySealer{AEAD: aead}, err
		}
	}},
	{"an AEAD's key of a wrong size is padded", "/AEAD/AES-GCM/keys", func(b *broken) {
		b.createAEAD = func(algorithm backends.AEADAlgorithm, key []byte, tagLength int) (backends.AEAD, error) {
			return b.aeads.CreateAEAD(algorithm, append(bytes.Clone(key), make([]byte, 32)...)[:32], tagLength)
		}
	}},
	{"an AEAD has one key size only", "/AEAD/AES-GCM/keys", func(b *broken) {
		b.createAEAD = func(algorithm backends.AEADAlgorithm, key []byte, tagLength int) (backends.AEAD, error) {
			if len(key) != 32 {
				return nil, backends.Errorf(backends.ErrInvalidKey, "key has %d bits", 8*len(key))
			}
			return b.aeads.CreateAEAD(algorithm, key, tagLength)
		}
	}},
	{"an AEAD's key is used after the call", "/AEAD/AES-GCM/keys", func(b *broken) {
		b.createAEAD = func(algorithm backends.AEADAlgorithm, key []byte, tagLength int) (backends.AEAD, error) {
			aead, err := b.aeads.CreateAEAD(algorithm, key, tagLength)
			if aead, ok := aead.(*referenceAEAD); ok {
				aead.key = key
			}
			return aead, err
		}
	}},
	{"the error of a wrong key tells it", "/AEAD/AES-GCM/keys", func(b *broken) {
		b.createAEAD = func(algorithm backends.AEADAlgorithm, key []byte, tagLength int) (backends.AEAD, error) {
			aead, err := b.aeads.CreateAEAD(algorithm, key, tagLength)
			if errors.Is(err, backends.ErrInvalidKey) {
				err = backends.Errorf(backends.ErrInvalidKey, "key %x has %d bits", key, 8*len(key))
			}
			return aead, err
		}
	}},
	{"any tag length is the full one", "/AEAD/AES-GCM/tag lengths", func(b *broken) {
		b.createAEAD = func(algorithm backends.AEADAlgorithm, key []byte, _ int) (backends.AEAD, error) {
			return b.aeads.CreateAEAD(algorithm, key, 0)
		}
	}},
	{"a short tag is the beginning of a long one", "/AEAD/AES-CCM/tag lengths", func(b *broken) {
		b.aead.seal = func(a backends.AEAD, dst, nonce, plaintext, aad []byte) (int, error) {
			n, err := a.Seal(dst, nonce, plaintext, aad)
			whole, _ := b.aeads.CreateAEAD(backends.AEADAESCCM, newSealer(b, backends.AEADAESCCM).key, 0)
			cut := make([]byte, len(plaintext)+16)
			if _, long := whole.Seal(cut, nonce, plaintext, aad); long == nil {
				copy(dst[:n], cut)
			}
			return n, err
		}
		b.aead.open = func(a backends.AEAD, dst, nonce, ciphertext, aad []byte) (int, error) {
			n := max(len(ciphertext)-a.TagLength(), 0)
			return copy(dst, newSealer(b, backends.AEADAESCCM).message()[:n]), nil
		}
	}},
	{"AES-CCM goes on past its limit", "/AEAD/AES-CCM/limit", func(b *broken) {
		b.aead.seal = func(a backends.AEAD, dst, nonce, plaintext, aad []byte) (int, error) {
			n, err := a.Seal(dst, nonce, plaintext, aad)
			if errors.Is(err, backends.ErrLimitExceeded) {
				return a.Seal(dst, nonce[:12], plaintext, aad)
			}
			return n, err
		}
	}},
	{"the limit of AES-CCM is a wrong tag", "/AEAD/AES-CCM/limit", func(b *broken) {
		b.aead.open = func(a backends.AEAD, dst, nonce, ciphertext, aad []byte) (int, error) {
			n, err := a.Open(dst, nonce, ciphertext, aad)
			if errors.Is(err, backends.ErrLimitExceeded) {
				err = backends.ErrInvalidTag
			}
			return n, err
		}
	}},
	{"the limit of AES-CCM is one for all nonces", "/AEAD/AES-CCM/limit", func(b *broken) {
		b.aead.seal = func(a backends.AEAD, dst, nonce, plaintext, aad []byte) (int, error) {
			if len(plaintext) >= 1<<16 {
				return 0, backends.ErrLimitExceeded
			}
			return a.Seal(dst, nonce, plaintext, aad)
		}
	}},
	{"AES-SIV seals nothing", "/AEAD/AES-SIV/empty", func(b *broken) {
		b.aead.sealList = func(a backends.VectorAEAD, dst, plaintext []byte, list [][]byte) (int, error) {
			n, err := a.SealVector(dst, plaintext, list)
			return n, forgive(err, backends.ErrInvalidArgument)
		}
	}},
	{"a list works after close", "/AEAD/AES-SIV/states", func(b *broken) {
		b.aead.sealList = func(a backends.VectorAEAD, dst, plaintext []byte, list [][]byte) (int, error) {
			n, err := a.SealVector(dst, plaintext, list)
			return n, forgive(err, backends.ErrAlreadyFinalized)
		}
	}},
	{"the nonce is the first text", "/AEAD/AES-SIV/list/nonce", func(b *broken) {
		b.aead.sealList, b.aead.openList = changed(func(list [][]byte) [][]byte {
			list = slices.Clone(list)
			slices.Reverse(list)
			return list
		})
	}},
	{"the order of a list is ignored", "/AEAD/AES-SIV/list/texts", func(b *broken) {
		b.aead.sealList, b.aead.openList = changed(func(list [][]byte) [][]byte {
			list = slices.Clone(list)
			slices.SortFunc(list, bytes.Compare)
			return list
		})
	}},
	{"empty texts are dropped", "/AEAD/AES-SIV/list/texts", func(b *broken) {
		b.aead.sealList, b.aead.openList = changed(func(list [][]byte) [][]byte {
			if len(list) > maxTexts {
				return list
			}
			return slices.DeleteFunc(slices.Clone(list), func(text []byte) bool { return len(text) == 0 })
		})
	}},
	{"no list is a list of nothing", "/AEAD/AES-SIV/list/texts", func(b *broken) {
		b.aead.sealList, b.aead.openList = changed(func(list [][]byte) [][]byte {
			if len(list) == 0 {
				return [][]byte{nil}
			}
			return list
		})
	}},
	{"the texts of a list are joined", "/AEAD/AES-SIV/list/texts", func(b *broken) {
		b.aead.sealList, b.aead.openList = changed(func(list [][]byte) [][]byte { return [][]byte{slices.Concat(list...)} })
	}},
	{"a list has no end", "/AEAD/AES-SIV/list/texts", func(b *broken) {
		b.aead.sealList, b.aead.openList = changed(func(list [][]byte) [][]byte {
			if len(list) > maxTexts {
				return list[:maxTexts-2]
			}
			return list
		})
	}},
	{"a text may overlap the ciphertext", "/AEAD/AES-SIV/list/overlap", func(b *broken) {
		b.aead.sealList, b.aead.openList = changed(func(list [][]byte) [][]byte {
			list = slices.Clone(list)
			for i := range list {
				list[i] = bytes.Clone(list[i])
			}
			return list
		})
	}},
	{"only the first text is authenticated", "/AEAD/AES-SIV/list/authentication", func(b *broken) {
		b.aead.sealList, b.aead.openList = changed(func(list [][]byte) [][]byte { return list[:1] })
	}},
	{"a forgery with a list is given out", "/AEAD/AES-SIV/list/authentication", func(b *broken) {
		b.aead.openList = func(a backends.VectorAEAD, dst, ciphertext []byte, list [][]byte) (int, error) {
			n, err := a.OpenVector(dst, ciphertext, list)
			if errors.Is(err, backends.ErrInvalidTag) && len(ciphertext) > 16 {
				dst[0] = 1
			}
			return n, err
		}
	}},
}

// changed returns calls to which another list is given.
func changed(change func([][]byte) [][]byte) (seal, open listCall) {
	seal = func(a backends.VectorAEAD, dst, plaintext []byte, list [][]byte) (int, error) {
		return a.SealVector(dst, plaintext, change(list))
	}
	open = func(a backends.VectorAEAD, dst, ciphertext []byte, list [][]byte) (int, error) {
		return a.OpenVector(dst, ciphertext, change(list))
	}
	return seal, open
}
