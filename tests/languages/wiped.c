/*
 * Keys in the memory of the process: there while a context is in use, and nowhere
 * once it is freed.
 *
 * usage: wiped ROUNDS
 */
#include <stdlib.h>

#include "hazmat.h"
#include "rows.h"
#include "scan.h"
#include "test.h"

struct kind {
	const char *name;
	hz_cipher_algorithm cipher; /* or else hash or aead */
	hz_cipher_mode mode;
	size_t iv_len;
	bool decrypts;
	bool resets; /* whether it may begin again with another nonce */
	hz_hash_algorithm hash;
	hz_aead_algorithm aead;
};

static const struct kind kinds[] = {
	{.name = "AES-256 in ECB", .cipher = HZ_CIPHER_AES, .mode = HZ_MODE_ECB},
	{.name = "AES-256 in CBC", .cipher = HZ_CIPHER_AES, .mode = HZ_MODE_CBC, .iv_len = 16},
	{.name = "AES-256 in CBC, decryption", .cipher = HZ_CIPHER_AES, .mode = HZ_MODE_CBC, .iv_len = 16, .decrypts = true},
	{.name = "AES-256 in CTR", .cipher = HZ_CIPHER_AES, .mode = HZ_MODE_CTR, .iv_len = 16, .resets = true},
	{.name = "AES-256 in OFB", .cipher = HZ_CIPHER_AES, .mode = HZ_MODE_OFB, .iv_len = 16},
	{.name = "AES-256 in CFB", .cipher = HZ_CIPHER_AES, .mode = HZ_MODE_CFB, .iv_len = 16},
	{.name = "AES-256 in GCM", .cipher = HZ_CIPHER_AES, .mode = HZ_MODE_GCM, .iv_len = 12},
	{.name = "AES-256 in GCM, decryption", .cipher = HZ_CIPHER_AES, .mode = HZ_MODE_GCM, .iv_len = 12, .decrypts = true},
	{.name = "ChaCha20", .cipher = HZ_CIPHER_CHACHA20, .resets = true},
	{.name = "HMAC over SHA-256", .hash = HZ_HASH_SHA256},
	{.name = "HMAC over SHA-512", .hash = HZ_HASH_SHA512},
	{.name = "HMAC over SHA3-256", .hash = HZ_HASH_SHA3_256},
	{.name = "HMAC over BLAKE2b", .hash = HZ_HASH_BLAKE2B},
	{.name = "HMAC over MD5", .hash = HZ_HASH_MD5},
	{.name = "AES-256-GCM in one shot", .aead = HZ_AEAD_AES_GCM},
	{.name = "ChaCha20-Poly1305", .aead = HZ_AEAD_CHACHA20_POLY1305},
	{.name = "XChaCha20-Poly1305", .aead = HZ_AEAD_XCHACHA20_POLY1305},
	{.name = "AES-256-CCM", .aead = HZ_AEAD_AES_CCM},
	{.name = "AES-256-OCB3", .aead = HZ_AEAD_AES_OCB3},
};

static size_t rounds = 1;
static const uint8_t zeros[5000];
static uint8_t key[SECRET_SIZE], out[sizeof zeros + HZ_MAX_BLOCK_SIZE];

static hz_cipher_context *new_cipher(hz_backend *backend, const struct kind *kind)
{
	hz_cipher cipher = {.size = sizeof cipher, .algorithm = kind->cipher, .key = key, .key_len = sizeof key};
	hz_mode mode = {.size = sizeof mode, .mode = kind->mode, .iv = zeros, .iv_len = kind->iv_len};
	hz_cipher_context *context;
	if (kind->mode == HZ_MODE_NONE) {
		cipher.nonce = zeros;
		cipher.nonce_len = 16;
	}
	if (kind->mode == HZ_MODE_GCM && kind->decrypts) {
		mode.tag = zeros;
		mode.tag_len = HZ_MAX_TAG_SIZE;
	}
	EXPECT_OK(kind->decrypts ? hz_create_symmetric_decryption_ctx(backend, &cipher, &mode, &context)
				 : hz_create_symmetric_encryption_ctx(backend, &cipher, &mode, &context));
	return context;
}

/* Each of these returns at how many places the key was while the context was in use. */

static size_t with_cipher(hz_backend *backend, const struct kind *kind, const struct secret *secret)
{
	size_t n;
	hz_cipher_context *context = new_cipher(backend, kind);
	secret_wipe(key);
	EXPECT_OK(hz_cipher_context_update(context, zeros, sizeof zeros, out, sizeof out, &n));
	if (kind->resets) {
		EXPECT_OK(hz_cipher_context_reset_nonce(context, zeros, 16));
		EXPECT_OK(hz_cipher_context_update(context, zeros, sizeof zeros, out, sizeof out, &n));
	}
	size_t found = secret_count(secret, 0);
	EXPECT_OK(hz_cipher_context_free(context));
	return found;
}

static size_t with_hmac(hz_backend *backend, const struct kind *kind, const struct secret *secret)
{
	size_t n;
	hz_hmac_context *context, *copy;
	EXPECT_OK(hz_create_hmac_ctx(backend, key, sizeof key, kind->hash, &context));
	secret_wipe(key);
	EXPECT_OK(hz_hmac_context_update(context, zeros, sizeof zeros));
	EXPECT_OK(hz_hmac_context_copy(context, &copy));
	EXPECT_OK(hz_hmac_context_finalize(copy, out, sizeof out, &n));
	size_t found = secret_count(secret, 0);
	EXPECT_OK(hz_hmac_context_free(context));
	EXPECT_OK(hz_hmac_context_free(copy));
	return found;
}

static size_t with_aead(hz_backend *backend, const struct kind *kind, const struct secret *secret)
{
	size_t n, nonce_len = kind->aead == HZ_AEAD_XCHACHA20_POLY1305 ? 24 : 12;
	hz_aead *aead;
	EXPECT_OK(hz_create_aead(backend, kind->aead, key, sizeof key, HZ_MAX_TAG_SIZE, &aead));
	secret_wipe(key);
	EXPECT_OK(hz_aead_seal(aead, zeros, nonce_len, zeros, sizeof zeros, zeros, 20, out, sizeof out, &n));
	out[0] ^= 1;
	EXPECT_STATUS(hz_aead_open(aead, zeros, nonce_len, out, n, zeros, 20, out, sizeof out, &n), HZ_ERR_INVALID_TAG);
	size_t found = secret_count(secret, 0);
	EXPECT_OK(hz_aead_free(aead));
	return found;
}

static size_t with(hz_backend *backend, const struct kind *kind, const struct secret *secret)
{
	if (kind->cipher != 0)
		return with_cipher(backend, kind, secret);
	return kind->aead != 0 ? with_aead(backend, kind, secret) : with_hmac(backend, kind, secret);
}

static bool is_supported(hz_backend *backend, const struct kind *kind)
{
	bool supported = true;
	if (kind->aead != 0)
		EXPECT_OK(hz_aead_supported(backend, kind->aead, &supported));
	return supported;
}

static void look(hz_backend *backend, const struct kind *kind, const char *backend_name)
{
	struct secret secret;
	test_note("%s: %s", backend_name, kind->name);
	secret_make(&secret);
	secret_reveal(&secret, key);
	size_t found = with(backend, kind, &secret);
	CHECK(found > 0); /* or else looking for it shows nothing */
	EXPECT_SIZE(secret_count(&secret, 1), 0);
}

static void look_at(const char *name)
{
	hz_backend *backend;
	EXPECT_OK(hz_backend_open(name, &backend));
	for (size_t k = 0; k < COUNT(kinds); k++) {
		if (!is_supported(backend, &kinds[k]))
			continue;
		for (size_t i = 0; i < rounds; i++)
			look(backend, &kinds[k], name);
		row(rounds, "C, %s: the key of %s is nowhere once its context is freed", name, kinds[k].name);
	}
	EXPECT_OK(hz_backend_free(backend));
	EXPECT_SIZE(hz_live_handles(), 0);
}

static void test_native(void)
{
	look_at("native");
}

static void test_openssl(void)
{
	look_at("openssl");
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {TEST(test_native), TEST(test_openssl)};
	if (argc > 1)
		rounds = strtoul(argv[1], NULL, 10);
	return RUN_TESTS(tests);
}
