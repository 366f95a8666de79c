package engine

import (
	"fmt"

	"github.com/hazmat/hazmat/backends"
)

// Pair is a cipher and the mode it works in.
type Pair struct {
	Cipher backends.CipherAlgorithm
	Mode   backends.CipherMode
}

// String names the pair for the text of an error, such as "AES-CBC" or "RC4".
func (p Pair) String() string {
	cipher := nameOr(p.Cipher.Name(), "cipher", p.Cipher)
	if p.Mode == backends.ModeNone {
		return cipher
	}
	return cipher + "-" + nameOr(p.Mode.Name(), "mode", p.Mode)
}

// HashName names a hash function for the text of an error.
func HashName(algorithm backends.HashAlgorithm) string {
	return nameOr(algorithm.Name(), "hash function", algorithm)
}

// AEADName names an AEAD algorithm for the text of an error.
func AEADName(algorithm backends.AEADAlgorithm) string {
	return nameOr(algorithm.Name(), "AEAD", algorithm)
}

// nameOr returns name, or what there is to say of a code without one.
func nameOr[Code ~uint32](name, kind string, code Code) string {
	if name != "" {
		return name
	}
	return fmt.Sprintf("%s %#x", kind, uint32(code))
}
