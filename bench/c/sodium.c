/* libsodium, which has one way to do each thing. */
#include "subject.h"

#include <sodium.h>

static void start(const char *style)
{
	(void)style;
	MUST(sodium_init() >= 0);
	MUST(crypto_aead_aes256gcm_is_available());
}

static const char *version(void)
{
	static char line[64];
	snprintf(line, sizeof line, "libsodium %s", sodium_version_string());
	return line;
}

static size_t sha256(struct work *work)
{
	MUST(crypto_hash_sha256(work->out, work->data, work->length) == 0);
	return crypto_hash_sha256_BYTES;
}

static size_t sha512(struct work *work)
{
	MUST(crypto_hash_sha512(work->out, work->data, work->length) == 0);
	return crypto_hash_sha512_BYTES;
}

static size_t blake2b(struct work *work)
{
	MUST(crypto_generichash(work->out, crypto_generichash_BYTES_MAX, work->data, work->length, NULL, 0) == 0);
	return crypto_generichash_BYTES_MAX;
}

static size_t hmac_sha256(struct work *work)
{
	MUST(crypto_auth_hmacsha256(work->out, work->data, work->length, work->key) == 0);
	return crypto_auth_hmacsha256_BYTES;
}

static size_t gcm(struct work *work)
{
	unsigned long long n;
	MUST(crypto_aead_aes256gcm_encrypt(work->out, &n, work->data, work->length, NULL, 0, NULL,
		work->nonce, work->key) == 0);
	return (size_t)n;
}

static void gcm_prepare(struct work *work)
{
	work->state = sodium_malloc(crypto_aead_aes256gcm_statebytes());
	MUST(work->state != NULL);
	MUST(crypto_aead_aes256gcm_beforenm(work->state, work->key) == 0);
}

static size_t gcm_same(struct work *work)
{
	unsigned long long n;
	MUST(crypto_aead_aes256gcm_encrypt_afternm(work->out, &n, work->data, work->length, NULL, 0, NULL,
		work->nonce, work->state) == 0);
	return (size_t)n;
}

static void gcm_release(struct work *work)
{
	sodium_free(work->state);
}

static size_t chacha(struct work *work)
{
	unsigned long long n;
	MUST(crypto_aead_chacha20poly1305_ietf_encrypt(work->out, &n, work->data, work->length, NULL, 0, NULL,
		work->nonce, work->key) == 0);
	return (size_t)n;
}

static const struct operation operations[] = {
	{ "sha256", NULL, sha256, NULL },
	{ "sha512", NULL, sha512, NULL },
	{ "blake2b", NULL, blake2b, NULL },
	{ "hmac-sha256:new", NULL, hmac_sha256, NULL },
	{ "hmac-sha256:same", NULL, hmac_sha256, NULL },
	{ "aes-256-gcm:new", NULL, gcm, NULL },
	{ "aes-256-gcm:same", gcm_prepare, gcm_same, gcm_release },
	{ "chacha20-poly1305:new", NULL, chacha, NULL },
	{ "chacha20-poly1305:same", NULL, chacha, NULL },
	{ NULL, NULL, NULL, NULL },
};

const struct subject bench_subject = { start, version, operations };
