/* The openssl backend, alone and in the default one, here and in forked children. */
#include <stdlib.h>
#include <string.h>

#include "child.h"
#include "fixture.h"
#include "test.h"

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
		TEST(test_environment),
		TEST(test_free),
		TEST(test_bad_path),
	};
	return RUN_TESTS(tests);
}
