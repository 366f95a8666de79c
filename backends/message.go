package backends

// MessageBackend is a backend that does whole operations in one call, for
// messages that are in memory as a whole. Every backend has it for the
// interfaces that it provides: what it gives is what their contexts would give,
// and so are its errors. A call keeps nothing.
//
//hz:export
//hz:flat
//hz:sealed
//hz:missing ErrUnsupportedInterface
type MessageBackend interface {
	Backend

	// HashMessage writes the digest of data to dst and returns its length.
	// Errors are those of [HashBackend.CreateHashCtx] and
	// [HashContext.Finalize].
	//
	//hz:name hash
	//hz:cap MaxDigestSize
	HashMessage(dst []byte, algorithm HashAlgorithm, data []byte) (n int, err error)

	// HMACMessage writes the HMAC of data under key to dst and returns its
	// length. Errors are those of [HMACBackend.CreateHMACCtx] and
	// [HMACContext.Finalize].
	//
	//hz:name hmac
	//hz:cap MaxDigestSize
	HMACMessage(dst, key []byte, algorithm HashAlgorithm, data []byte) (n int, err error)

	// EncryptMessage encrypts data to dst and returns its length, which is that
	// of data: in ECB and CBC, data is whole blocks. The bytes written and data
	// must begin at the same place in memory, or not overlap at all. Errors are
	// those of [CipherBackend.CreateSymmetricEncryptionCtx] and of its context;
	// dst is zeroed then, and in an authenticated mode it is
	// [ErrInvalidArgument], since that is for [MessageBackend.SealMessage].
	//
	//hz:name encrypt
	//hz:cap len(data)
	EncryptMessage(dst []byte, cipher *Cipher, mode *Mode, data []byte) (n int, err error)

	// DecryptMessage is [MessageBackend.EncryptMessage] the other way round.
	//
	//hz:name decrypt
	//hz:cap len(data)
	DecryptMessage(dst []byte, cipher *Cipher, mode *Mode, data []byte) (n int, err error)

	// SealMessage is [AEAD.Seal] under a key that is for this message only.
	// Errors are also those of [AEADBackend.CreateAEAD].
	//
	//hz:name seal
	//hz:cap len(plaintext)+MaxTagSize
	SealMessage(dst []byte, algorithm AEADAlgorithm, key, nonce, plaintext, additionalData []byte) (n int, err error)

	// OpenMessage is [AEAD.Open] under a key that is for this message only.
	// Errors are also those of [AEADBackend.CreateAEAD].
	//
	//hz:name open
	//hz:cap len(ciphertext)
	OpenMessage(dst []byte, algorithm AEADAlgorithm, key, nonce, ciphertext, additionalData []byte) (n int, err error)

	// HashMany writes the digest of each of messages to dst, one behind the
	// other, and returns their length together. Many messages are spread over
	// the processors. The digests must not overlap the messages ([ErrOverlap]).
	// Errors are those of [MessageBackend.HashMessage]; dst is zeroed then.
	//
	//hz:name hash_many
	//hz:cap count(messages)*MaxDigestSize
	HashMany(dst []byte, algorithm HashAlgorithm, messages [][]byte) (n int, err error)

	// HMACMany is [MessageBackend.HashMany] with the HMAC of each message under
	// key.
	//
	//hz:name hmac_many
	//hz:cap count(messages)*MaxDigestSize
	HMACMany(dst, key []byte, algorithm HashAlgorithm, messages [][]byte) (n int, err error)
}

// BatchAEAD is an AEAD that does many messages in one call, spread over the
// processors where that pays. Every AEAD of a backend has it.
//
//hz:export
//hz:sealed
//hz:missing ErrNotApplicable
type BatchAEAD interface {
	AEAD

	// SealMany is [AEAD.Seal] for each of plaintexts, with the nonce and the
	// additional data in the same place of their lists. It writes the
	// ciphertexts to dst, one behind the other, and returns their length
	// together. A list of additional data may also have one text, for all
	// messages, or none. Any other number of nonces or texts is
	// [ErrInvalidArgument]. What is written must not overlap what is read
	// ([ErrOverlap]). The first message that fails ends the call with its
	// error; dst is zeroed then.
	//
	//hz:name seal_many
	//hz:cap len(plaintexts)+count(plaintexts)*MaxTagSize
	SealMany(dst []byte, nonces, plaintexts, additionalData [][]byte) (n int, err error)

	// OpenMany is [AEAD.Open] for each of ciphertexts, with lists as
	// [BatchAEAD.SealMany] takes them. If one of them is not authentic none is
	// given out.
	//
	//hz:name open_many
	//hz:cap len(ciphertexts)
	OpenMany(dst []byte, nonces, ciphertexts, additionalData [][]byte) (n int, err error)
}
