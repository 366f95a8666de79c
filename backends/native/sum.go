package native

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha3"
	"crypto/sha512"

	"golang.org/x/crypto/blake2b"
	"golang.org/x/crypto/blake2s"

	"github.com/hazmat/hazmat/backends"
)

// sums are the hash functions that have a form for a message as a whole, whose
// state is never on the heap. Each fills dst.
var sums = map[backends.HashAlgorithm]func(dst, data []byte){
	backends.HashMD5:        func(dst, data []byte) { sum := md5.Sum(data); copy(dst, sum[:]) },
	backends.HashSHA1:       func(dst, data []byte) { sum := sha1.Sum(data); copy(dst, sum[:]) },
	backends.HashSHA224:     func(dst, data []byte) { sum := sha256.Sum224(data); copy(dst, sum[:]) },
	backends.HashSHA256:     func(dst, data []byte) { sum := sha256.Sum256(data); copy(dst, sum[:]) },
	backends.HashSHA384:     func(dst, data []byte) { sum := sha512.Sum384(data); copy(dst, sum[:]) },
	backends.HashSHA512:     func(dst, data []byte) { sum := sha512.Sum512(data); copy(dst, sum[:]) },
	backends.HashSHA512_224: func(dst, data []byte) { sum := sha512.Sum512_224(data); copy(dst, sum[:]) },
	backends.HashSHA512_256: func(dst, data []byte) { sum := sha512.Sum512_256(data); copy(dst, sum[:]) },
	backends.HashSHA3_224:   func(dst, data []byte) { sum := sha3.Sum224(data); copy(dst, sum[:]) },
	backends.HashSHA3_256:   func(dst, data []byte) { sum := sha3.Sum256(data); copy(dst, sum[:]) },
	backends.HashSHA3_384:   func(dst, data []byte) { sum := sha3.Sum384(data); copy(dst, sum[:]) },
	backends.HashSHA3_512:   func(dst, data []byte) { sum := sha3.Sum512(data); copy(dst, sum[:]) },
	backends.HashBLAKE2b:    func(dst, data []byte) { sum := blake2b.Sum512(data); copy(dst, sum[:]) },
	backends.HashBLAKE2s:    func(dst, data []byte) { sum := blake2s.Sum256(data); copy(dst, sum[:]) },
}
