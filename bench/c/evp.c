/*
 * libcrypto's EVP, in one of three styles:
 *
 *   plain    as people write it: EVP_sha256() and the like, and a new context each time
 *            but where one key is kept
 *   fetched  the same, with the algorithm fetched once
 *   reused   the context is kept too
 */
#define OPENSSL_SUPPRESS_DEPRECATED /* HMAC_CTX is what people write */
#include "subject.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/params.h>

#include <string.h>

static bool fetched, reused;

static void start(const char *style)
{
	reused = strcmp(style, "reused") == 0;
	fetched = reused || strcmp(style, "fetched") == 0;
	MUST(fetched || strcmp(style, "plain") == 0);
}

static const char *version(void)
{
	return OpenSSL_version(OPENSSL_VERSION);
}

/* ---- Hash functions ---- */

struct hash {
	EVP_MD *md;
	EVP_MD_CTX *context;
};

static void hash_prepare(struct work *work, const char *name)
{
	struct hash *hash = calloc(1, sizeof *hash);
	MUST(hash != NULL);
	MUST((hash->md = EVP_MD_fetch(NULL, name, NULL)) != NULL);
	MUST((hash->context = EVP_MD_CTX_new()) != NULL);
	work->state = hash;
}

static void hash_release(struct work *work)
{
	struct hash *hash = work->state;
	EVP_MD_free(hash->md);
	EVP_MD_CTX_free(hash->context);
	free(hash);
}

static size_t hash_parts(struct work *work, const EVP_MD *md)
{
	EVP_MD_CTX *context = reused ? ((struct hash *)work->state)->context : EVP_MD_CTX_new();
	unsigned int n;
	MUST(context != NULL);
	MUST(EVP_DigestInit_ex2(context, md, NULL));
	MUST(EVP_DigestUpdate(context, work->data, work->length));
	MUST(EVP_DigestFinal_ex(context, work->out, &n));
	if (!reused)
		EVP_MD_CTX_free(context);
	return n;
}

static size_t hash_whole(struct work *work, const EVP_MD *md)
{
	unsigned int n;
	if (reused)
		return hash_parts(work, md);
	MUST(EVP_Digest(work->data, work->length, work->out, &n, md, NULL));
	return n;
}

static const EVP_MD *fetched_md(const struct work *work)
{
	return ((const struct hash *)work->state)->md;
}

#define HASH(function, way, plain) \
	static size_t function(struct work *work) { return way(work, fetched ? fetched_md(work) : plain()); }
HASH(sha256, hash_whole, EVP_sha256)
HASH(sha256_context, hash_parts, EVP_sha256)
HASH(sha512, hash_whole, EVP_sha512)
HASH(sha3_256, hash_whole, EVP_sha3_256)
HASH(blake2b, hash_whole, EVP_blake2b512)

static void sha256_prepare(struct work *work) { hash_prepare(work, "SHA256"); }
static void sha512_prepare(struct work *work) { hash_prepare(work, "SHA512"); }
static void sha3_256_prepare(struct work *work) { hash_prepare(work, "SHA3-256"); }
static void blake2b_prepare(struct work *work) { hash_prepare(work, "BLAKE2B-512"); }

/* ---- HMAC ---- */

struct hmac {
	HMAC_CTX *plain;
	EVP_MAC *mac;
	EVP_MAC_CTX *context;
};

static bool hmac_init(EVP_MAC_CTX *context, const uint8_t *key)
{
	OSSL_PARAM params[] = {
		OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, (char[]){ "SHA256" }, 0),
		OSSL_PARAM_construct_end(),
	};
	return EVP_MAC_init(context, key, KEY, params);
}

static void hmac_prepare(struct work *work)
{
	struct hmac *hmac = calloc(1, sizeof *hmac);
	MUST(hmac != NULL);
	MUST((hmac->plain = HMAC_CTX_new()) != NULL);
	MUST(HMAC_Init_ex(hmac->plain, work->key, KEY, EVP_sha256(), NULL));
	MUST((hmac->mac = EVP_MAC_fetch(NULL, "HMAC", NULL)) != NULL);
	MUST((hmac->context = EVP_MAC_CTX_new(hmac->mac)) != NULL);
	MUST(hmac_init(hmac->context, work->key));
	work->state = hmac;
}

static void hmac_release(struct work *work)
{
	struct hmac *hmac = work->state;
	HMAC_CTX_free(hmac->plain);
	EVP_MAC_CTX_free(hmac->context);
	EVP_MAC_free(hmac->mac);
	free(hmac);
}

static size_t mac(struct work *work, EVP_MAC_CTX *context)
{
	size_t n;
	MUST(EVP_MAC_update(context, work->data, work->length));
	MUST(EVP_MAC_final(context, work->out, &n, DIGEST));
	return n;
}

static size_t hmac_new(struct work *work)
{
	struct hmac *hmac = work->state;
	EVP_MAC_CTX *context;
	unsigned int n;
	size_t size;
	if (!fetched) {
		MUST(HMAC(EVP_sha256(), work->key, KEY, work->data, work->length, work->out, &n) != NULL);
		return n;
	}
	if (reused) {
		MUST(EVP_MAC_init(hmac->context, work->key, KEY, NULL));
		return mac(work, hmac->context);
	}
	MUST((context = EVP_MAC_CTX_new(hmac->mac)) != NULL);
	MUST(hmac_init(context, work->key));
	size = mac(work, context);
	EVP_MAC_CTX_free(context);
	return size;
}

static size_t hmac_same(struct work *work)
{
	struct hmac *hmac = work->state;
	EVP_MAC_CTX *context;
	unsigned int n;
	size_t size;
	if (!fetched) {
		MUST(HMAC_Init_ex(hmac->plain, NULL, 0, NULL, NULL));
		MUST(HMAC_Update(hmac->plain, work->data, work->length));
		MUST(HMAC_Final(hmac->plain, work->out, &n));
		return n;
	}
	if (reused) {
		MUST(EVP_MAC_init(hmac->context, NULL, 0, NULL));
		return mac(work, hmac->context);
	}
	MUST((context = EVP_MAC_CTX_dup(hmac->context)) != NULL);
	size = mac(work, context);
	EVP_MAC_CTX_free(context);
	return size;
}

/* ---- Ciphers ---- */

struct cipher {
	EVP_CIPHER *cipher;
	EVP_CIPHER_CTX *context;
	bool aead;
};

static void cipher_prepare(struct work *work, const char *name, bool aead)
{
	struct cipher *cipher = calloc(1, sizeof *cipher);
	MUST(cipher != NULL);
	cipher->aead = aead;
	MUST((cipher->cipher = EVP_CIPHER_fetch(NULL, name, NULL)) != NULL);
	MUST((cipher->context = EVP_CIPHER_CTX_new()) != NULL);
	MUST(EVP_EncryptInit_ex2(cipher->context, cipher->cipher, work->key, work->nonce, NULL));
	work->state = cipher;
}

static void cipher_release(struct work *work)
{
	struct cipher *cipher = work->state;
	EVP_CIPHER_free(cipher->cipher);
	EVP_CIPHER_CTX_free(cipher->context);
	free(cipher);
}

/* Encrypts in a context that has key and nonce. */
static size_t encrypt(struct work *work, EVP_CIPHER_CTX *context)
{
	int n, rest;
	MUST(EVP_CIPHER_CTX_set_padding(context, 0));
	MUST(EVP_EncryptUpdate(context, work->out, &n, work->data, (int)work->length));
	MUST(EVP_EncryptFinal_ex(context, work->out + n, &rest));
	if (!((struct cipher *)work->state)->aead)
		return (size_t)(n + rest);
	MUST(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, TAG, work->out + n + rest));
	return (size_t)(n + rest + TAG);
}

static size_t cipher_new(struct work *work, const EVP_CIPHER *plain)
{
	struct cipher *kept = work->state;
	EVP_CIPHER_CTX *context = reused ? kept->context : EVP_CIPHER_CTX_new();
	size_t n;
	MUST(context != NULL);
	MUST(EVP_EncryptInit_ex2(context, fetched ? kept->cipher : plain, work->key, work->nonce, NULL));
	n = encrypt(work, context);
	if (!reused)
		EVP_CIPHER_CTX_free(context);
	return n;
}

static size_t cipher_same(struct work *work)
{
	struct cipher *kept = work->state;
	MUST(EVP_EncryptInit_ex2(kept->context, NULL, NULL, work->nonce, NULL));
	return encrypt(work, kept->context);
}

static void gcm_prepare(struct work *work) { cipher_prepare(work, "AES-256-GCM", true); }
static void chacha_prepare(struct work *work) { cipher_prepare(work, "ChaCha20-Poly1305", true); }
static void cbc_prepare(struct work *work) { cipher_prepare(work, "AES-256-CBC", false); }
static void ctr_prepare(struct work *work) { cipher_prepare(work, "AES-256-CTR", false); }

static size_t gcm(struct work *work) { return cipher_new(work, EVP_aes_256_gcm()); }
static size_t chacha(struct work *work) { return cipher_new(work, EVP_chacha20_poly1305()); }
static size_t cbc(struct work *work) { return cipher_new(work, EVP_aes_256_cbc()); }
static size_t ctr(struct work *work) { return cipher_new(work, EVP_aes_256_ctr()); }

static const struct operation operations[] = {
	{ "sha256", sha256_prepare, sha256, hash_release },
	{ "sha256:context", sha256_prepare, sha256_context, hash_release },
	{ "sha512", sha512_prepare, sha512, hash_release },
	{ "sha3-256", sha3_256_prepare, sha3_256, hash_release },
	{ "blake2b", blake2b_prepare, blake2b, hash_release },
	{ "hmac-sha256:new", hmac_prepare, hmac_new, hmac_release },
	{ "hmac-sha256:same", hmac_prepare, hmac_same, hmac_release },
	{ "aes-256-gcm:new", gcm_prepare, gcm, cipher_release },
	{ "aes-256-gcm:same", gcm_prepare, cipher_same, cipher_release },
	{ "aes-256-gcm:context", gcm_prepare, gcm, cipher_release },
	{ "chacha20-poly1305:new", chacha_prepare, chacha, cipher_release },
	{ "chacha20-poly1305:same", chacha_prepare, cipher_same, cipher_release },
	{ "aes-256-cbc:new", cbc_prepare, cbc, cipher_release },
	{ "aes-256-cbc:same", cbc_prepare, cipher_same, cipher_release },
	{ "aes-256-ctr:new", ctr_prepare, ctr, cipher_release },
	{ "aes-256-ctr:same", ctr_prepare, cipher_same, cipher_release },
	{ NULL, NULL, NULL, NULL },
};

const struct subject bench_subject = { start, version, operations };
