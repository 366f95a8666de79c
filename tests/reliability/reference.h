/*
 * What the library's answers must be: each is computed once, by a new context of the
 * native backend in as few calls as can be, and kept.
 */
#ifndef REFERENCE_H
#define REFERENCE_H

#include "machine.h"

/* The stream that every message begins like. */
extern uint8_t message[MESSAGE];

/* The hash functions that the machine uses. */
enum { HASHES = 5 };
extern const hz_hash_algorithm hash_cases[HASHES];

enum cipher_kind { BLOCKS, STREAM, NONCE, AUTHENTICATED };

/* The ciphers that it uses. */
struct cipher_case {
	hz_cipher_algorithm algorithm;
	hz_cipher_mode mode;
	enum cipher_kind kind;
	size_t key, nonce, iv, block; /* bytes */
	uint8_t *ciphertext;          /* of the whole message */
};
enum { CIPHERS = 7 };
extern const struct cipher_case cipher_cases[CIPHERS];

/* The algorithms for messages as a whole. */
struct aead_case {
	hz_aead_algorithm algorithm;
	size_t key, nonce; /* bytes */
	bool is_vector;
};
enum { AEADS = 3, TAG = HZ_MAX_TAG_SIZE };
extern const struct aead_case aead_cases[AEADS];

/* Computes the ciphertexts. Before all others, and in the process that forks. */
void reference_start(void);

/* The parameters of a cipher; a mode where there is one, else NULL. */
hz_cipher reference_cipher(const struct cipher_case *c);
const hz_mode *reference_mode(const struct cipher_case *c, hz_mode *mode);

/* The digest or MAC of the first length bytes of the message, and its size. */
const uint8_t *reference_digest(hz_hash_algorithm algorithm, size_t length);
const uint8_t *reference_mac(hz_hash_algorithm algorithm, size_t length);
size_t reference_digest_size(hz_hash_algorithm algorithm);
bool reference_is_extendable(hz_hash_algorithm algorithm);

/* n bytes, from offset on, of what follows length bytes of the message. */
void reference_squeeze(hz_hash_algorithm algorithm, size_t length, size_t offset, size_t n, uint8_t *out);

/* The tag of a GCM message of length bytes with additional bytes of the same stream. */
const uint8_t *reference_tag(const struct cipher_case *c, size_t additional, size_t length);

/* The first length bytes of the message sealed with the first bytes of it as
 * additional data, twice if the latter are a list. */
void reference_seal(const struct aead_case *c, bool is_list, size_t additional, size_t length, uint8_t *out);

#endif
