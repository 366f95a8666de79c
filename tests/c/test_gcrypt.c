/* A whole backend in C, over libgcrypt: held to the contract that backends in Go
 * pass and to the published vectors, alone and in a list, also in forked children. */
#include <string.h>

#include "child.h"
#include "contract.h"
#include "fixture.h"
#include "gcrypt_backend.h"
#include "test.h"
#include "vector_suite.h"

static hz_backend *open_named(const char *name)
{
	hz_backend *backend;
	EXPECT_OK(hz_backend_open(name, &backend));
	return backend;
}

static void test_register(void)
{
	EXPECT_OK(gcrypt_register());
	EXPECT_STATUS(gcrypt_register(), HZ_ERR_ALREADY_REGISTERED);
	hz_backend *backend = open_named("gcrypt");
	char description[64];
	size_t n;
	EXPECT_OK(hz_backend_description(backend, description, sizeof description, &n));
	CHECK(strncmp(description, "libgcrypt 1.", 12) == 0);
	EXPECT_OK(hz_backend_free(backend));
}

static void test_contract(void)
{
	contract_check("gcrypt");
}

static void test_contract_of_a_list(void)
{
	contract_check("gcrypt,native");
}

static void test_vectors(void)
{
	vectors_check(open_named("gcrypt"));
}

static void test_vectors_of_a_list(void)
{
	vectors_check(open_named("gcrypt,native"));
}

/* libgcrypt has no CAST5 with keys of up to 80 bits; libcrypto has. */
static hz_status encrypt_cast5(const char *name, size_t key_len)
{
	hz_backend *backend = open_named(name);
	hz_cipher cipher = cipher_of(HZ_CIPHER_CAST5, key_len);
	hz_mode mode = mode_of(HZ_MODE_CBC, 8);
	hz_cipher_context *context;
	uint8_t out[16];
	size_t n;
	hz_status status = hz_create_symmetric_encryption_ctx(backend, &cipher, &mode, &context);
	if (status == HZ_OK) {
		EXPECT_OK(hz_cipher_context_update(context, some_bytes, 16, out, sizeof out, &n));
		EXPECT_SIZE(n, 16);
		EXPECT_OK(hz_cipher_context_finalize(context, NULL, 0, &n));
	}
	EXPECT_OK(hz_cipher_context_free(context));
	EXPECT_OK(hz_backend_free(backend));
	return status;
}

static void test_what_it_lacks(void)
{
	EXPECT_OK(encrypt_cast5("gcrypt", 16));
	EXPECT_STATUS(encrypt_cast5("gcrypt", 10), HZ_ERR_UNSUPPORTED_CIPHER);
	EXPECT_MESSAGE("libgcrypt", "key");
	EXPECT_OK(encrypt_cast5("gcrypt,openssl", 10));
}

static void use(void)
{
	static const uint8_t abc[4] = {0xba, 0x78, 0x16, 0xbf}; /* FIPS 180-4's example */
	hz_backend *backend = open_named("gcrypt,native");
	hz_hash_context *context;
	uint8_t digest[32];
	size_t n;
	EXPECT_OK(hz_create_hash_ctx(backend, HZ_HASH_SHA256, &context));
	EXPECT_OK(hz_hash_context_update(context, (const uint8_t *)"abc", 3));
	EXPECT_OK(hz_hash_context_finalize(context, digest, sizeof digest, &n));
	EXPECT_BYTES(digest, abc, sizeof abc);
	EXPECT_OK(hz_hash_context_free(context));
	EXPECT_OK(hz_backend_free(backend));
	EXPECT_OK(encrypt_cast5("gcrypt,openssl", 10));
	EXPECT_SIZE(hz_live_handles(), 0);
}

static void test_children(void)
{
	in_child(use);
	in_child_of(raw_fork, use);
	use();
}

int main(void)
{
	static const struct test tests[] = {
		TEST(test_register),
		TEST(test_contract),
		TEST(test_contract_of_a_list),
		TEST(test_vectors),
		TEST(test_vectors_of_a_list),
		TEST(test_what_it_lacks),
		TEST(test_children),
	};
	return contract_load() ? RUN_TESTS(tests) : 1;
}
