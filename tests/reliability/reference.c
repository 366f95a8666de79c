#include "reference.h"

#include <string.h>

#include "fixture.h"
#include "test.h"

uint8_t message[MESSAGE];

const hz_hash_algorithm hash_cases[HASHES] = {
	HZ_HASH_SHA256, HZ_HASH_SHAKE128, HZ_HASH_SHA3_256, HZ_HASH_BLAKE2B, HZ_HASH_MD5};

static uint8_t ciphertexts[CIPHERS][MESSAGE];

#define AES_MODE(mode_, kind_, iv_, i) \
	{.algorithm = HZ_CIPHER_AES, .mode = HZ_MODE_##mode_, .kind = (kind_), .key = 32, .iv = (iv_), \
		.block = 16, .ciphertext = ciphertexts[i]}

const struct cipher_case cipher_cases[CIPHERS] = {
	AES_MODE(GCM, AUTHENTICATED, 12, 0),
	AES_MODE(CBC, BLOCKS, 16, 1),
	AES_MODE(CTR, NONCE, 16, 2),
	AES_MODE(CFB, STREAM, 16, 3),
	{.algorithm = HZ_CIPHER_CHACHA20, .kind = NONCE, .key = 32, .nonce = 16, .ciphertext = ciphertexts[4]},
	{.algorithm = HZ_CIPHER_TRIPLE_DES, .mode = HZ_MODE_ECB, .kind = BLOCKS, .key = 24, .block = 8,
		.ciphertext = ciphertexts[5]},
	{.algorithm = HZ_CIPHER_ARC4, .kind = STREAM, .key = 16, .ciphertext = ciphertexts[6]},
};

const struct aead_case aead_cases[AEADS] = {
	{.algorithm = HZ_AEAD_AES_SIV, .key = 32, .nonce = 16, .is_vector = true},
	{.algorithm = HZ_AEAD_AES_GCM, .key = 32, .nonce = 12},
	{.algorithm = HZ_AEAD_CHACHA20_POLY1305, .key = 32, .nonce = 12},
};

static hz_backend *native(void)
{
	hz_backend *backend;
	EXPECT_OK(hz_backend_open("native", &backend));
	return backend;
}

/* ---- Ciphers ---- */

hz_cipher reference_cipher(const struct cipher_case *c)
{
	hz_cipher cipher = cipher_of(c->algorithm, c->key);
	cipher.nonce = some_bytes + 96;
	cipher.nonce_len = c->nonce;
	return cipher;
}

const hz_mode *reference_mode(const struct cipher_case *c, hz_mode *mode)
{
	*mode = mode_of(c->mode, c->iv);
	return c->mode == HZ_MODE_NONE ? NULL : mode;
}

/* Encrypts so many bytes, with so many bytes of additional data. */
static void encrypt(const struct cipher_case *c, size_t additional, size_t length, uint8_t *out,
	uint8_t *tag)
{
	hz_backend *backend = native();
	hz_cipher cipher = reference_cipher(c);
	hz_mode mode;
	hz_cipher_context *context;
	size_t n;
	EXPECT_OK(hz_create_symmetric_encryption_ctx(backend, &cipher, reference_mode(c, &mode), &context));
	if (tag != NULL)
		EXPECT_OK(hz_cipher_context_authenticate_additional_data(context, message, additional));
	EXPECT_OK(hz_cipher_context_update(context, message, length, out, MESSAGE, &n));
	if (tag != NULL) {
		EXPECT_OK(hz_cipher_context_finalize(context, NULL, 0, &n));
		EXPECT_OK(hz_cipher_context_tag(context, tag, HZ_MAX_TAG_SIZE, &n));
	}
	EXPECT_OK(hz_cipher_context_free(context));
	EXPECT_OK(hz_backend_free(backend));
}

void reference_start(void)
{
	uint32_t x = 1;
	for (size_t i = 0; i < MESSAGE; i++) {
		x = x * 1664525 + 1013904223; /* Numerical Recipes' generator */
		message[i] = (uint8_t)(x >> 24);
	}
	for (size_t i = 0; i < CIPHERS; i++)
		encrypt(&cipher_cases[i], 0, MESSAGE, ciphertexts[i], NULL);
}

const uint8_t *reference_tag(const struct cipher_case *c, size_t additional, size_t length)
{
	static struct {
		bool is_there;
		uint8_t tag[HZ_MAX_TAG_SIZE];
	} tags[MESSAGE + 1][MESSAGE + 1];
	uint8_t out[MESSAGE];
	if (!tags[additional][length].is_there)
		encrypt(c, additional, length, out, tags[additional][length].tag);
	tags[additional][length].is_there = true;
	return tags[additional][length].tag;
}

void reference_seal(const struct aead_case *c, bool is_list, size_t additional, size_t length, uint8_t *out)
{
	const uint8_t *const list[] = {message, message};
	const size_t lengths[] = {additional, additional};
	hz_aead *aead = new_aead(c->algorithm, c->key);
	size_t n;
	EXPECT_OK(is_list ? hz_aead_seal_vector(aead, message, length, list, lengths, 2, out, MESSAGE + TAG, &n)
			  : hz_aead_seal(aead, some_bytes, c->nonce, message, length, message, additional, out,
				    MESSAGE + TAG, &n));
	EXPECT_OK(hz_aead_free(aead));
}

/* ---- Hash functions ---- */

static hz_hash_context *hashed(hz_hash_algorithm algorithm, size_t length)
{
	hz_backend *backend = native();
	hz_hash_context *context;
	EXPECT_OK(hz_create_hash_ctx(backend, algorithm, &context));
	EXPECT_OK(hz_hash_context_update(context, message, length));
	EXPECT_OK(hz_backend_free(backend));
	return context;
}

struct digest {
	bool is_there;
	uint8_t bytes[HZ_MAX_DIGEST_SIZE];
};

static struct digest *kept(struct digest (*table)[MESSAGE + 1], hz_hash_algorithm algorithm, size_t length)
{
	size_t i = 0;
	while (hash_cases[i] != algorithm)
		i++;
	return &table[i][length];
}

const uint8_t *reference_digest(hz_hash_algorithm algorithm, size_t length)
{
	static struct digest digests[HASHES][MESSAGE + 1];
	struct digest *digest = kept(digests, algorithm, length);
	if (!digest->is_there) {
		hz_hash_context *context = hashed(algorithm, length);
		size_t n;
		EXPECT_OK(hz_hash_context_finalize(context, digest->bytes, sizeof digest->bytes, &n));
		EXPECT_OK(hz_hash_context_free(context));
		digest->is_there = true;
	}
	return digest->bytes;
}

const uint8_t *reference_mac(hz_hash_algorithm algorithm, size_t length)
{
	static struct digest macs[HASHES][MESSAGE + 1];
	struct digest *mac = kept(macs, algorithm, length);
	if (!mac->is_there) {
		hz_backend *backend = native();
		hz_hmac_context *context;
		size_t n;
		EXPECT_OK(hz_create_hmac_ctx(backend, some_bytes, 32, algorithm, &context));
		EXPECT_OK(hz_hmac_context_update(context, message, length));
		EXPECT_OK(hz_hmac_context_finalize(context, mac->bytes, sizeof mac->bytes, &n));
		EXPECT_OK(hz_hmac_context_free(context));
		EXPECT_OK(hz_backend_free(backend));
		mac->is_there = true;
	}
	return mac->bytes;
}

size_t reference_digest_size(hz_hash_algorithm algorithm)
{
	switch (algorithm) {
	case HZ_HASH_MD5:
		return 16;
	case HZ_HASH_BLAKE2B:
		return 64;
	default:
		return 32;
	}
}

bool reference_is_extendable(hz_hash_algorithm algorithm)
{
	return algorithm == HZ_HASH_SHAKE128;
}

void reference_squeeze(hz_hash_algorithm algorithm, size_t length, size_t offset, size_t n, uint8_t *out)
{
	hz_hash_context *context = hashed(algorithm, length);
	EXPECT_OK(hz_hash_context_squeeze(context, out, offset));
	EXPECT_OK(hz_hash_context_squeeze(context, out, n));
	EXPECT_OK(hz_hash_context_free(context));
}
