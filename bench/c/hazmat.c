/* hazmat, by what a program in C would call: an operation is one call where there is one. */
#include "subject.h"

#include <hazmat.h>

static hz_backend *backend;

static void check(hz_status status, const char *what)
{
	if (status != HZ_OK) {
		fprintf(stderr, "%s: %s\n", what, hz_error_message());
		exit(1);
	}
}

#define CHECK(call) check((call), #call)

static void start(const char *style)
{
	(void)style; /* the backend is the environment's choice */
	CHECK(hz_default_backend(&backend));
}

static const char *version(void)
{
	static char line[256];
	char name[128];
	size_t n;
	CHECK(hz_backend_name(backend, name, sizeof name, &n));
	snprintf(line, sizeof line, "hazmat %s, backend %s", hz_version(), name);
	return line;
}

static size_t hash(struct work *work, hz_hash_algorithm algorithm)
{
	size_t n;
	CHECK(hz_hash(backend, algorithm, work->data, work->length, work->out, DIGEST, &n));
	return n;
}

static size_t sha256(struct work *work) { return hash(work, HZ_HASH_SHA256); }
static size_t sha512(struct work *work) { return hash(work, HZ_HASH_SHA512); }
static size_t sha3_256(struct work *work) { return hash(work, HZ_HASH_SHA3_256); }
static size_t blake2b(struct work *work) { return hash(work, HZ_HASH_BLAKE2B); }

static size_t sha256_context(struct work *work)
{
	hz_hash_context *context;
	size_t n;
	CHECK(hz_create_hash_ctx(backend, HZ_HASH_SHA256, &context));
	CHECK(hz_hash_context_update(context, work->data, work->length));
	CHECK(hz_hash_context_finalize(context, work->out, DIGEST, &n));
	CHECK(hz_hash_context_free(context));
	return n;
}

static size_t sha256_batch(struct work *work)
{
	size_t n;
	CHECK(hz_hash_many(backend, HZ_HASH_SHA256, work->messages, work->lengths, work->count,
		work->out, work->count * DIGEST, &n));
	return n;
}

static size_t hmac_sha256(struct work *work)
{
	size_t n;
	CHECK(hz_hmac(backend, work->key, KEY, HZ_HASH_SHA256, work->data, work->length, work->out, DIGEST, &n));
	return n;
}

static size_t hmac_sha256_batch(struct work *work)
{
	size_t n;
	CHECK(hz_hmac_many(backend, work->key, KEY, HZ_HASH_SHA256, work->messages, work->lengths, work->count,
		work->out, work->count * DIGEST, &n));
	return n;
}

static hz_cipher aes(const struct work *work)
{
	return (hz_cipher){ .size = sizeof(hz_cipher), .algorithm = HZ_CIPHER_AES, .key = work->key, .key_len = KEY };
}

static size_t encrypt(struct work *work, hz_cipher_mode mode_code)
{
	hz_cipher cipher = aes(work);
	hz_mode mode = { .size = sizeof mode, .mode = mode_code, .iv = work->nonce, .iv_len = IV };
	size_t n;
	CHECK(hz_encrypt(backend, &cipher, &mode, work->data, work->length, work->out, work->length, &n));
	return n;
}

static size_t aes_cbc(struct work *work) { return encrypt(work, HZ_MODE_CBC); }
static size_t aes_ctr(struct work *work) { return encrypt(work, HZ_MODE_CTR); }

static void ctr_prepare(struct work *work)
{
	hz_cipher cipher = aes(work);
	hz_mode mode = { .size = sizeof mode, .mode = HZ_MODE_CTR, .iv = work->nonce, .iv_len = IV };
	hz_cipher_context *context;
	CHECK(hz_create_symmetric_encryption_ctx(backend, &cipher, &mode, &context));
	work->state = context;
}

static size_t aes_ctr_same(struct work *work)
{
	size_t n;
	CHECK(hz_cipher_context_reset_nonce(work->state, work->nonce, IV));
	CHECK(hz_cipher_context_update(work->state, work->data, work->length, work->out, work->length, &n));
	return n;
}

static void ctr_release(struct work *work)
{
	CHECK(hz_cipher_context_free(work->state));
}

static size_t gcm_context(struct work *work)
{
	hz_cipher cipher = aes(work);
	hz_mode mode = { .size = sizeof mode, .mode = HZ_MODE_GCM, .iv = work->nonce, .iv_len = NONCE };
	hz_cipher_context *context;
	size_t n, rest, tag;
	CHECK(hz_create_symmetric_encryption_ctx(backend, &cipher, &mode, &context));
	CHECK(hz_cipher_context_update(context, work->data, work->length, work->out, work->length, &n));
	CHECK(hz_cipher_context_finalize(context, NULL, 0, &rest));
	CHECK(hz_cipher_context_tag(context, work->out + n, TAG, &tag));
	CHECK(hz_cipher_context_free(context));
	return n + tag;
}

static size_t seal(struct work *work, hz_aead_algorithm algorithm)
{
	size_t n;
	CHECK(hz_seal(backend, algorithm, work->key, KEY, work->nonce, NONCE, work->data, work->length, NULL, 0,
		work->out, work->length + TAG, &n));
	return n;
}

static size_t gcm(struct work *work) { return seal(work, HZ_AEAD_AES_GCM); }
static size_t chacha(struct work *work) { return seal(work, HZ_AEAD_CHACHA20_POLY1305); }

static void aead_prepare(struct work *work, hz_aead_algorithm algorithm)
{
	hz_aead *aead;
	CHECK(hz_create_aead(backend, algorithm, work->key, KEY, TAG, &aead));
	work->state = aead;
}

static void gcm_prepare(struct work *work) { aead_prepare(work, HZ_AEAD_AES_GCM); }
static void chacha_prepare(struct work *work) { aead_prepare(work, HZ_AEAD_CHACHA20_POLY1305); }

static size_t aead_seal(struct work *work)
{
	size_t n;
	CHECK(hz_aead_seal(work->state, work->nonce, NONCE, work->data, work->length, NULL, 0,
		work->out, work->length + TAG, &n));
	return n;
}

static size_t gcm_batch(struct work *work)
{
	size_t n;
	CHECK(hz_seal_many(work->state, work->nonces, work->nonce_lengths, work->count,
		work->messages, work->lengths, work->count, NULL, NULL, 0,
		work->out, work->length + work->count * TAG, &n));
	return n;
}

static void aead_release(struct work *work)
{
	CHECK(hz_aead_free(work->state));
}

static const struct operation operations[] = {
	{ "sha256", NULL, sha256, NULL },
	{ "sha256:context", NULL, sha256_context, NULL },
	{ "sha256:batch", NULL, sha256_batch, NULL },
	{ "sha512", NULL, sha512, NULL },
	{ "sha3-256", NULL, sha3_256, NULL },
	{ "blake2b", NULL, blake2b, NULL },
	{ "hmac-sha256:new", NULL, hmac_sha256, NULL },
	{ "hmac-sha256:same", NULL, hmac_sha256, NULL },
	{ "hmac-sha256:batch", NULL, hmac_sha256_batch, NULL },
	{ "aes-256-gcm:new", NULL, gcm, NULL },
	{ "aes-256-gcm:same", gcm_prepare, aead_seal, aead_release },
	{ "aes-256-gcm:context", NULL, gcm_context, NULL },
	{ "aes-256-gcm:batch", gcm_prepare, gcm_batch, aead_release },
	{ "chacha20-poly1305:new", NULL, chacha, NULL },
	{ "chacha20-poly1305:same", chacha_prepare, aead_seal, aead_release },
	{ "aes-256-cbc:new", NULL, aes_cbc, NULL },
	{ "aes-256-cbc:same", NULL, aes_cbc, NULL },
	{ "aes-256-ctr:new", NULL, aes_ctr, NULL },
	{ "aes-256-ctr:same", ctr_prepare, aes_ctr_same, ctr_release },
	{ NULL, NULL, NULL, NULL },
};

const struct subject bench_subject = { start, version, operations };
