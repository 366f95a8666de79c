/* Hash and HMAC contexts: what they make, and their states. */
#include <string.h>

#include "fixture.h"
#include "test.h"

/* FIPS 180-2, appendix B.1: SHA-256 of "abc". */
static const uint8_t abc_digest[32] = {0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40,
	0xde, 0x5d, 0xae, 0x22, 0x23, 0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17, 0x7a, 0x9c, 0xb4, 0x10, 0xff,
	0x61, 0xf2, 0x00, 0x15, 0xad};

static void hash(const char *text, uint8_t digest[32])
{
	hz_hash_context *context = new_hash_context(HZ_HASH_SHA256);
	size_t n;
	EXPECT_OK(hz_hash_context_update(context, (const uint8_t *)text, strlen(text)));
	EXPECT_OK(hz_hash_context_finalize(context, digest, 32, &n));
	EXPECT_SIZE(n, 32);
	EXPECT_OK(hz_hash_context_free(context));
}

static void test_digest(void)
{
	uint8_t digest[32];
	hash("abc", digest);
	EXPECT_BYTES(digest, abc_digest, 32);
}

static void test_finalized(void)
{
	hz_hash_context *context = new_hash_context(HZ_HASH_SHA256), *copy;
	uint8_t digest[32];
	size_t n;
	hz_hash_algorithm algorithm;
	EXPECT_OK(hz_hash_context_finalize(context, digest, sizeof digest, &n));
	EXPECT_STATUS(hz_hash_context_update(context, some_bytes, 1), HZ_ERR_ALREADY_FINALIZED);
	EXPECT_STATUS(hz_hash_context_finalize(context, digest, sizeof digest, &n),
		HZ_ERR_ALREADY_FINALIZED);
	EXPECT_STATUS(hz_hash_context_copy(context, &copy), HZ_ERR_ALREADY_FINALIZED);
	CHECK(copy == NULL);
	EXPECT_OK(hz_hash_context_algorithm(context, &algorithm));
	EXPECT_SIZE(algorithm, HZ_HASH_SHA256);
	EXPECT_OK(hz_hash_context_free(context));
}

static void test_copies_are_independent(void)
{
	hz_hash_context *context = new_hash_context(HZ_HASH_SHA256), *copy;
	uint8_t digest[32], want[32];
	size_t n;
	EXPECT_OK(hz_hash_context_update(context, (const uint8_t *)"ab", 2));
	EXPECT_OK(hz_hash_context_copy(context, &copy));
	EXPECT_OK(hz_hash_context_update(copy, (const uint8_t *)"c", 1));
	EXPECT_OK(hz_hash_context_update(context, (const uint8_t *)"d", 1));
	EXPECT_OK(hz_hash_context_free(context));
	EXPECT_OK(hz_hash_context_finalize(copy, digest, sizeof digest, &n));
	hash("abc", want);
	EXPECT_BYTES(digest, want, 32);
	EXPECT_OK(hz_hash_context_free(copy));
	EXPECT_SIZE(hz_live_handles(), 0);
}

static void test_squeeze(void)
{
	hz_hash_context *context = new_hash_context(HZ_HASH_SHAKE128), *copy;
	uint8_t whole[100], parts[100], after[20];
	size_t n;
	EXPECT_OK(hz_hash_context_update(context, some_bytes, 100));
	EXPECT_OK(hz_hash_context_copy(context, &copy));
	EXPECT_OK(hz_hash_context_squeeze(context, whole, sizeof whole));
	EXPECT_OK(hz_hash_context_squeeze(copy, parts, 1));
	EXPECT_OK(hz_hash_context_squeeze(copy, NULL, 0));
	EXPECT_OK(hz_hash_context_squeeze(copy, parts + 1, 99));
	EXPECT_BYTES(parts, whole, sizeof whole);
	EXPECT_STATUS(hz_hash_context_update(context, some_bytes, 1), HZ_ERR_ALREADY_FINALIZED);
	EXPECT_STATUS(hz_hash_context_finalize(context, after, sizeof after, &n), HZ_ERR_ALREADY_FINALIZED);
	EXPECT_OK(hz_hash_context_free(copy));
	EXPECT_OK(hz_hash_context_copy(context, &copy));
	EXPECT_OK(hz_hash_context_squeeze(context, whole, 20));
	EXPECT_OK(hz_hash_context_squeeze(copy, after, 20));
	EXPECT_BYTES(after, whole, 20);
	EXPECT_OK(hz_hash_context_free(copy));
	EXPECT_OK(hz_hash_context_free(context));
	context = new_hash_context(HZ_HASH_SHA256);
	EXPECT_STATUS(hz_hash_context_squeeze(context, after, sizeof after), HZ_ERR_NOT_APPLICABLE);
	EXPECT_OK(hz_hash_context_free(context));
}

/* The digest of an extendable-output function is how its output begins. */
static void test_digest_of_shake(void)
{
	static const struct {
		hz_hash_algorithm algorithm;
		size_t size;
	} shakes[] = {{HZ_HASH_SHAKE128, 32}, {HZ_HASH_SHAKE256, 64}};
	for (size_t i = 0; i < COUNT(shakes); i++) {
		hz_hash_context *context = new_hash_context(shakes[i].algorithm), *copy;
		uint8_t digest[64], output[64];
		size_t n;
		EXPECT_OK(hz_hash_context_copy(context, &copy));
		EXPECT_OK(hz_hash_context_finalize(context, digest, sizeof digest, &n));
		EXPECT_SIZE(n, shakes[i].size);
		EXPECT_OK(hz_hash_context_squeeze(copy, output, n));
		EXPECT_BYTES(digest, output, n);
		EXPECT_STATUS(hz_hash_context_squeeze(context, output, 1), HZ_ERR_ALREADY_FINALIZED);
		EXPECT_OK(hz_hash_context_free(context));
		EXPECT_OK(hz_hash_context_free(copy));
	}
}

static void test_unsupported(void)
{
	hz_backend *backend = open_backend();
	hz_hash_context *context;
	hz_hmac_context *hmac;
	const hz_hash_algorithm unknown[] = {0, 99, UINT32_MAX};
	for (size_t i = 0; i < COUNT(unknown); i++) {
		bool supported = true;
		EXPECT_STATUS(hz_create_hash_ctx(backend, unknown[i], &context), HZ_ERR_UNSUPPORTED_HASH);
		EXPECT_STATUS(hz_create_hmac_ctx(backend, some_bytes, 16, unknown[i], &hmac),
			HZ_ERR_UNSUPPORTED_HASH);
		EXPECT_OK(hz_hash_supported(backend, unknown[i], &supported));
		CHECK(!supported);
		EXPECT_OK(hz_hmac_supported(backend, unknown[i], &supported));
		CHECK(!supported);
	}
	EXPECT_STATUS(hz_create_hmac_ctx(backend, some_bytes, 16, HZ_HASH_SHAKE256, &hmac),
		HZ_ERR_UNSUPPORTED_HASH);
	CHECK(hmac == NULL);
	EXPECT_OK(hz_backend_free(backend));
	EXPECT_SIZE(hz_live_handles(), 0);
}

/* ---- HMAC ---- */

static void expect_hmac_finalized(hz_hmac_context *context)
{
	uint8_t mac[32];
	size_t n;
	hz_hmac_context *copy;
	hz_hash_algorithm algorithm;
	EXPECT_STATUS(hz_hmac_context_update(context, some_bytes, 1), HZ_ERR_ALREADY_FINALIZED);
	EXPECT_STATUS(hz_hmac_context_finalize(context, mac, sizeof mac, &n), HZ_ERR_ALREADY_FINALIZED);
	EXPECT_STATUS(hz_hmac_context_verify(context, mac, sizeof mac), HZ_ERR_ALREADY_FINALIZED);
	EXPECT_STATUS(hz_hmac_context_copy(context, &copy), HZ_ERR_ALREADY_FINALIZED);
	CHECK(copy == NULL);
	EXPECT_OK(hz_hmac_context_algorithm(context, &algorithm));
	EXPECT_SIZE(algorithm, HZ_HASH_SHA256);
	EXPECT_OK(hz_hmac_context_free(context));
}

/* The MAC of n bytes. */
static void make_mac(size_t length, uint8_t mac[32])
{
	hz_hmac_context *context = new_hmac_context(HZ_HASH_SHA256);
	size_t n;
	EXPECT_OK(hz_hmac_context_update(context, some_bytes, length));
	EXPECT_OK(hz_hmac_context_finalize(context, mac, 32, &n));
	EXPECT_SIZE(n, 32);
	expect_hmac_finalized(context);
}

/* Verifies so many bytes at signature as the MAC of 100 bytes. */
static void expect_verdict(const uint8_t *signature, size_t length, hz_status want)
{
	hz_hmac_context *context = new_hmac_context(HZ_HASH_SHA256);
	EXPECT_OK(hz_hmac_context_update(context, some_bytes, 60));
	EXPECT_OK(hz_hmac_context_update(context, some_bytes + 60, 40));
	EXPECT_STATUS(hz_hmac_context_verify(context, signature, length), want);
	expect_hmac_finalized(context);
}

static void test_verify(void)
{
	uint8_t mac[33] = {0};
	make_mac(100, mac);
	expect_verdict(mac, 32, HZ_OK);
	expect_verdict(mac, 31, HZ_ERR_INVALID_SIGNATURE);
	expect_verdict(mac, 33, HZ_ERR_INVALID_SIGNATURE);
	expect_verdict(NULL, 0, HZ_ERR_INVALID_SIGNATURE);
	for (size_t bit = 0; bit < 256; bit += 17) {
		mac[bit / 8] ^= (uint8_t)(1 << bit % 8);
		expect_verdict(mac, 32, HZ_ERR_INVALID_SIGNATURE);
		mac[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
}

static void test_hmac_copies_are_independent(void)
{
	hz_hmac_context *context = new_hmac_context(HZ_HASH_SHA256), *copy;
	uint8_t mac[32], want[32];
	size_t n;
	make_mac(50, want);
	EXPECT_OK(hz_hmac_context_update(context, some_bytes, 40));
	EXPECT_OK(hz_hmac_context_copy(context, &copy));
	EXPECT_OK(hz_hmac_context_update(context, some_bytes, 40));
	EXPECT_OK(hz_hmac_context_free(context));
	EXPECT_OK(hz_hmac_context_update(copy, some_bytes + 40, 10));
	EXPECT_OK(hz_hmac_context_finalize(copy, mac, sizeof mac, &n));
	EXPECT_BYTES(mac, want, 32);
	EXPECT_OK(hz_hmac_context_free(copy));
	EXPECT_SIZE(hz_live_handles(), 0);
}

int main(void)
{
	static const struct test tests[] = {
		TEST(test_digest),
		TEST(test_finalized),
		TEST(test_copies_are_independent),
		TEST(test_squeeze),
		TEST(test_digest_of_shake),
		TEST(test_unsupported),
		TEST(test_verify),
		TEST(test_hmac_copies_are_independent),
	};
	return RUN_TESTS(tests);
}
