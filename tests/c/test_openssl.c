/* The openssl backend, alone and in the default one, here and in forked children;
 * and the libcrypto under it, without a header of OpenSSL's. */
#include <stdlib.h>
#include <string.h>

#include "child.h"
#include "fixture.h"
#include "test.h"
#include "vectors.h"

static hz_backend *openssl, *list;

/* Whirlpool of nothing: of the legacy provider, and native has none. */
static const uint8_t whirlpool[4] = {0x19, 0xfa, 0x61, 0xd7};

/* Camellia-128 in CBC of a block of zeros, key and vector all zeros. */
static const uint8_t camellia[4] = {0x3d, 0x02, 0x80, 0x25};

static void use(hz_backend *backend)
{
	hz_hash_context *hash;
	uint8_t out[HZ_MAX_DIGEST_SIZE], zeros[16] = {0};
	size_t n;
	if (!EXPECT_OK(hz_create_hash_ctx(backend, HZ_HASH_WHIRLPOOL, &hash)))
		return;
	EXPECT_OK(hz_hash_context_finalize(hash, out, sizeof out, &n));
	EXPECT_BYTES(out, whirlpool, sizeof whirlpool);
	EXPECT_OK(hz_hash_context_free(hash));

	hz_cipher cipher = cipher_of(HZ_CIPHER_CAMELLIA, 16);
	hz_mode mode = mode_of(HZ_MODE_CBC, 16);
	cipher.key = mode.iv = zeros;
	hz_cipher_context *context;
	if (!EXPECT_OK(hz_create_symmetric_encryption_ctx(backend, &cipher, &mode, &context)))
		return;
	EXPECT_OK(hz_cipher_context_update(context, zeros, sizeof zeros, out, sizeof out, &n));
	EXPECT_BYTES(out, camellia, sizeof camellia);
	EXPECT_OK(hz_cipher_context_free(context));
}

/* With handles of the process that this one was forked from, and with new ones. */
static void use_all(void)
{
	use(openssl);
	use(list);
	hz_backend *again;
	EXPECT_OK(hz_backend_open("native,openssl", &again));
	use(again);
	EXPECT_OK(hz_backend_free(again));
}

static void use_all_in_child(void)
{
	use_all();
	in_child(use_all);
}

static void test_here(void)
{
	EXPECT_OK(hz_backend_open("openssl", &openssl));
	list = open_backend();
	char name[32];
	size_t n;
	EXPECT_OK(hz_backend_name(list, name, sizeof name, &n));
	EXPECT_TEXT(name, "native,openssl");
	use_all();
}

static void test_children(void)
{
	in_child(use_all_in_child);
	in_child_of(raw_fork, use_all_in_child);
	use_all();
}

/* ---- Its libcrypto ---- */

/* Writes the address of a function to a pointer to one. */
static void find_function(void *function, const char *name)
{
	void *address = NULL;
	EXPECT_OK(hz_openssl_symbol(openssl, name, &address));
	memcpy(function, &address, sizeof address);
}

static void test_symbols(void)
{
	const void *(*sha256)(void);
	int (*digest)(const void *data, size_t n, uint8_t *md, unsigned *size, const void *type, void *engine);
	uint8_t theirs[HZ_MAX_DIGEST_SIZE], ours[HZ_MAX_DIGEST_SIZE];
	unsigned size;
	size_t n;
	hz_hash_context *context;
	find_function(&sha256, "EVP_sha256");
	find_function(&digest, "EVP_Digest");
	CHECK(digest(some_bytes, sizeof some_bytes, theirs, &size, sha256(), NULL) == 1);
	EXPECT_OK(hz_create_hash_ctx(openssl, HZ_HASH_SHA256, &context));
	EXPECT_OK(hz_hash_context_update(context, some_bytes, sizeof some_bytes));
	EXPECT_OK(hz_hash_context_finalize(context, ours, sizeof ours, &n));
	EXPECT_OK(hz_hash_context_free(context));
	if (EXPECT_SIZE(n, size))
		EXPECT_BYTES(ours, theirs, n);
}

static void test_symbols_that_are_none(void)
{
	void *address = &address;
	EXPECT_STATUS(hz_openssl_symbol(openssl, "EVP_nothing", &address), HZ_ERR_INVALID_ARGUMENT);
	EXPECT_MESSAGE("EVP_nothing");
	CHECK(address == NULL);
	EXPECT_STATUS(hz_openssl_symbol(openssl, "", &address), HZ_ERR_INVALID_ARGUMENT);
	hz_backend *native;
	EXPECT_OK(hz_backend_open("native", &native));
	EXPECT_STATUS(hz_openssl_symbol(native, "EVP_sha256", &address),
		HZ_ERR_UNSUPPORTED_INTERFACE);
	EXPECT_OK(hz_backend_free(native));
}

/* ---- Adapters: ARIA, which has no code of ours, and a mode that has none ---- */

static const hz_cipher_algorithm aria = 0x80000a01;
static const hz_cipher_mode my_gcm = 0x80000a02;

/* user_data is the name of libcrypto's function. */
static hz_status aria_adapter(hz_backend *backend, const hz_cipher *cipher, const hz_mode *mode,
	hz_operation operation, void **object, void *user_data)
{
	void *address;
	void *(*evp_cipher)(void);
	(void)cipher, (void)mode, (void)operation;
	hz_status status = hz_openssl_symbol(backend, user_data, &address);
	if (status != HZ_OK)
		return status;
	memcpy(&evp_cipher, &address, sizeof address);
	*object = evp_cipher();
	return HZ_OK;
}

static hz_cipher_context *new_aria(const struct vector *v, hz_operation operation, struct bytes tag)
{
	struct bytes key = vector_bytes(v, "key"), iv = vector_bytes(v, "iv"), aad = vector_bytes(v, "aad");
	hz_cipher cipher = {.size = sizeof cipher, .algorithm = aria, .key = key.at, .key_len = key.n};
	hz_mode mode = {.size = sizeof mode, .mode = HZ_MODE_CTR, .iv = iv.at, .iv_len = iv.n};
	hz_cipher_context *context;
	if (strcmp(vector_text(v, "mode"), "GCM") == 0)
		mode.mode = my_gcm;
	if (operation == HZ_OPERATION_DECRYPT) {
		mode.tag = tag.at;
		mode.tag_len = tag.n;
	}
	EXPECT_OK((operation == HZ_OPERATION_ENCRYPT ? hz_create_symmetric_encryption_ctx
		: hz_create_symmetric_decryption_ctx)(openssl, &cipher, &mode, &context));
	if (aad.n > 0)
		EXPECT_OK(hz_cipher_context_authenticate_additional_data(context, aad.at, aad.n));
	return context;
}

static void run_way(hz_cipher_context *context, struct bytes in, struct bytes want)
{
	uint8_t out[512];
	size_t total = 0, turn = 0, n;
	if (!CHECK(in.n > 0 && in.n <= sizeof out - HZ_MAX_BLOCK_SIZE) || !EXPECT_SIZE(in.n, want.n))
		return;
	while (in.n > 0) {
		struct bytes piece = vectors_piece(&in, false, &turn);
		EXPECT_OK(hz_cipher_context_update(context, piece.at, piece.n, out + total, sizeof out - total, &n));
		total += n;
	}
	if (EXPECT_SIZE(total, want.n))
		EXPECT_BYTES(out, want.at, total);
}

static void run_aria(const struct vector *v)
{
	struct bytes plaintext = vector_bytes(v, "plaintext"), ciphertext = vector_bytes(v, "ciphertext"),
		want = vector_bytes(v, "tag");
	uint8_t tag[HZ_MAX_TAG_SIZE];
	size_t n;
	hz_cipher_context *context = new_aria(v, HZ_OPERATION_ENCRYPT, want);
	run_way(context, plaintext, ciphertext);
	EXPECT_OK(hz_cipher_context_finalize(context, NULL, 0, &n));
	if (want.n > 0) {
		EXPECT_OK(hz_cipher_context_tag(context, tag, sizeof tag, &n));
		if (EXPECT_SIZE(n, want.n))
			EXPECT_BYTES(tag, want.at, n);
	}
	EXPECT_OK(hz_cipher_context_free(context));

	context = new_aria(v, HZ_OPERATION_DECRYPT, want);
	run_way(context, ciphertext, plaintext);
	EXPECT_OK(hz_cipher_context_finalize(context, NULL, 0, &n));
	EXPECT_OK(hz_cipher_context_free(context));
	if (want.n == 0)
		return;
	tag[0] ^= 1;
	context = new_aria(v, HZ_OPERATION_DECRYPT, (struct bytes){tag, sizeof tag});
	run_way(context, ciphertext, plaintext);
	EXPECT_STATUS(hz_cipher_context_finalize(context, NULL, 0, &n), HZ_ERR_INVALID_TAG);
	EXPECT_OK(hz_cipher_context_free(context));
}

static void use_aria(void)
{
	EXPECT_SIZE(vectors_each("backends/openssl/testdata", run_aria), 3);
}

static void test_adapters(void)
{
	static char ctr[] = "EVP_aria_256_ctr", gcm[] = "EVP_aria_256_gcm", none[] = "EVP_aria_256_none";
	EXPECT_OK(hz_register_cipher_adapter(openssl, aria, HZ_MODE_CTR, aria_adapter, ctr));
	EXPECT_OK(hz_register_cipher_adapter(openssl, aria, my_gcm, aria_adapter, gcm));
	EXPECT_STATUS(hz_register_cipher_adapter(openssl, aria, my_gcm, aria_adapter, gcm),
		HZ_ERR_ALREADY_REGISTERED);
	use_aria();
	in_child(use_aria);
	/* What the adapter fails with is what the caller gets. */
	EXPECT_OK(hz_register_cipher_adapter(openssl, aria, HZ_MODE_ECB, aria_adapter, none));
	hz_cipher cipher = cipher_of(aria, 32);
	hz_mode mode = mode_of(HZ_MODE_ECB, 0);
	hz_cipher_context *context;
	EXPECT_STATUS(hz_create_symmetric_encryption_ctx(openssl, &cipher, &mode, &context),
		HZ_ERR_INVALID_ARGUMENT);
	EXPECT_MESSAGE("EVP_aria_256_none");
}

/* ---- The environment ---- */

/* Go itself does not see what is set after the process began. */
static void test_environment(void)
{
	hz_backend *backend;
	char name[32];
	size_t n;
	CHECK(setenv("HAZMAT_BACKEND", "openssl,native", 1) == 0);
	EXPECT_OK(hz_default_backend(&backend));
	EXPECT_OK(hz_backend_name(backend, name, sizeof name, &n));
	EXPECT_TEXT(name, "openssl,native");
	EXPECT_OK(hz_backend_free(backend));

	CHECK(setenv("HAZMAT_BACKEND", "nothing", 1) == 0);
	EXPECT_STATUS(hz_default_backend(&backend), HZ_ERR_UNKNOWN_BACKEND);
	EXPECT_MESSAGE("HAZMAT_BACKEND", "nothing", "native", "openssl");
	CHECK(unsetenv("HAZMAT_BACKEND") == 0);
}

/* In a child, whose openssl is not open yet. */
static void use_no_libcrypto(void)
{
	hz_backend *backend;
	CHECK(setenv("HAZMAT_OPENSSL", "/nowhere/libcrypto.so", 1) == 0);
	EXPECT_STATUS(hz_backend_open("openssl", &backend), HZ_ERR_LOAD);
	EXPECT_MESSAGE("HAZMAT_OPENSSL", "/nowhere/libcrypto.so");
	EXPECT_STATUS(hz_default_backend(&backend), HZ_ERR_LOAD);
	EXPECT_MESSAGE("HAZMAT_OPENSSL", "/nowhere/libcrypto.so");
	EXPECT_OK(hz_backend_open("native", &backend));
	EXPECT_OK(hz_backend_free(backend));
}

static void test_free(void)
{
	EXPECT_OK(hz_backend_free(openssl));
	EXPECT_OK(hz_backend_free(list));
	EXPECT_SIZE(hz_live_handles(), 0);
}

static void test_bad_path(void)
{
	in_child(use_no_libcrypto);
}

int main(void)
{
	static const struct test tests[] = {
		TEST(test_here),
		TEST(test_children),
		TEST(test_symbols),
		TEST(test_symbols_that_are_none),
		TEST(test_adapters),
		TEST(test_environment),
		TEST(test_free),
		TEST(test_bad_path),
	};
	return RUN_TESTS(tests);
}
