// Package engine turns the primitives of a cryptographic library into the
// contexts of package backends. Everything that does not depend on the library
// is here, once for every backend: the checks of parameters, the states of a
// context and their errors, the buffering of partial blocks, the limits of
// modes, the registry of adapters.
//
// A backend brings primitives, which are small: [Crypter], [NonceCrypter] and
// [AEAD] for ciphers, [Hash] and [XOF] for hash functions and HMAC. It embeds
// [Ciphers] and [Hashes], which hold tables of them and carry the methods of
// backends.CipherBackend, backends.HashBackend and backends.HMACBackend.
//
// The engine calls a primitive by the rules its interface states, so that a
// primitive checks nothing again: lengths fit, buffers are in place or apart,
// nothing comes after the end of a message. An error from a primitive is the
// library's own failure. It ends the context, and what was written is zeroed.
//
// Contexts implement the interfaces that they have methods for and no others:
// a context in CBC is no backends.AEADCipherContext. Callers find out by type
// assertion.
package engine
