package backends

import (
	"crypto/rand"
	"crypto/subtle"
)

// ConstantTimeCompare reports whether a and b are equal, in a time that
// depends on their lengths and not on their contents. Safe for use by several
// threads.
//
//hz:export
func ConstantTimeCompare(a, b []byte) bool {
	return subtle.ConstantTimeCompare(a, b) == 1
}

// RandomBytes fills dst with bytes from the operating system's random number
// generator, fit for keys. A forked child gets bytes of its own. Safe for use
// by several threads.
//
//hz:export
func RandomBytes(dst []byte) error {
	_, err := rand.Read(dst)
	return err
}
