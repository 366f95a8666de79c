/* Cipher contexts: what they make, their states, and the parameters they take. */
#include <string.h>

#include "fixture.h"
#include "test.h"

/* NIST SP 800-38A, section F.2.1, the first two blocks. */
static const uint8_t nist_key[16] = {0x2b, 0x7e, 0x15, 0x16, 0x28, 0xae, 0xd2, 0xa6, 0xab, 0xf7, 0x15,
	0x88, 0x09, 0xcf, 0x4f, 0x3c};
static const uint8_t nist_plaintext[32] = {0x6b, 0xc1, 0xbe, 0xe2, 0x2e, 0x40, 0x9f, 0x96, 0xe9, 0x3d,
	0x7e, 0x11, 0x73, 0x93, 0x17, 0x2a, 0xae, 0x2d, 0x8a, 0x57, 0x1e, 0x03, 0xac, 0x9c, 0x9e, 0xb7,
	0x6f, 0xac, 0x45, 0xaf, 0x8e, 0x51};
static const uint8_t nist_ciphertext[32] = {0x76, 0x49, 0xab, 0xac, 0x81, 0x19, 0xb2, 0x46, 0xce, 0xe9,
	0x8e, 0x9b, 0x12, 0xe9, 0x19, 0x7d, 0x50, 0x86, 0xcb, 0x9b, 0x50, 0x72, 0x19, 0xee, 0x95, 0xdb,
	0x11, 0x3a, 0x91, 0x76, 0x78, 0xb2};

static hz_cipher_context *nist_context(hz_operation operation)
{
	hz_cipher cipher = cipher_of(HZ_CIPHER_AES, 16);
	hz_mode mode = mode_of(HZ_MODE_CBC, 16);
	cipher.key = nist_key;
	mode.iv = some_bytes; /* as it happens, the one of section F.2.1 */
	return new_cipher_context(operation, cipher, &mode);
}

static void test_cbc_in_both_directions(void)
{
	uint8_t out[48];
	size_t n;
	hz_cipher_context *context = nist_context(HZ_OPERATION_ENCRYPT);
	EXPECT_OK(hz_cipher_context_update(context, nist_plaintext, 32, out, sizeof out, &n));
	EXPECT_SIZE(n, 32);
	EXPECT_BYTES(out, nist_ciphertext, 32);
	EXPECT_OK(hz_cipher_context_finalize(context, out, sizeof out, &n));
	EXPECT_SIZE(n, 0);
	EXPECT_OK(hz_cipher_context_free(context));
	context = nist_context(HZ_OPERATION_DECRYPT);
	EXPECT_OK(hz_cipher_context_update(context, nist_ciphertext, 32, out, sizeof out, &n));
	EXPECT_BYTES(out, nist_plaintext, 32);
	EXPECT_OK(hz_cipher_context_finalize(context, out, sizeof out, &n));
	EXPECT_OK(hz_cipher_context_free(context));
}

static void test_blocks_are_held_back(void)
{
	uint8_t out[48];
	size_t n;
	hz_cipher_context *context = nist_context(HZ_OPERATION_ENCRYPT);
	EXPECT_OK(hz_cipher_context_update(context, nist_plaintext, 15, out, 0, &n));
	EXPECT_SIZE(n, 0);
	EXPECT_OK(hz_cipher_context_update(context, nist_plaintext + 15, 16, out, 16, &n));
	EXPECT_SIZE(n, 16);
	EXPECT_OK(hz_cipher_context_update(context, nist_plaintext + 31, 1, out + 16, 16, &n));
	EXPECT_SIZE(n, 16);
	EXPECT_BYTES(out, nist_ciphertext, 32);
	EXPECT_OK(hz_cipher_context_free(context));
}

/* Every function of a context that is finalized. */
static void expect_finalized(hz_cipher_context *context)
{
	uint8_t out[48];
	size_t n;
	EXPECT_STATUS(hz_cipher_context_update(context, some_bytes, 16, out, sizeof out, &n),
		HZ_ERR_ALREADY_FINALIZED);
	EXPECT_STATUS(hz_cipher_context_finalize(context, out, sizeof out, &n), HZ_ERR_ALREADY_FINALIZED);
	EXPECT_MESSAGE("finalized");
	EXPECT_OK(hz_cipher_context_free(context));
}

static void test_finalize(void)
{
	uint8_t out[48];
	size_t n;
	hz_cipher_context *context = nist_context(HZ_OPERATION_ENCRYPT);
	EXPECT_OK(hz_cipher_context_finalize(context, out, sizeof out, &n));
	expect_finalized(context);
}

static void test_incomplete_block(void)
{
	uint8_t out[48];
	size_t n;
	hz_cipher_context *context = nist_context(HZ_OPERATION_DECRYPT);
	EXPECT_OK(hz_cipher_context_update(context, nist_ciphertext, 17, out, sizeof out, &n));
	EXPECT_STATUS(hz_cipher_context_finalize(context, out, sizeof out, &n), HZ_ERR_INCOMPLETE_BLOCK);
	EXPECT_MESSAGE("multiple of the block length", "16", "1");
	expect_finalized(context);
}

static void test_reset_nonce(void)
{
	uint8_t first[40], second[40], again[40];
	size_t n;
	hz_cipher_context *context = new_ctr_context();
	EXPECT_OK(hz_cipher_context_update(context, some_bytes, 40, first, sizeof first, &n));
	EXPECT_OK(hz_cipher_context_reset_nonce(context, some_bytes, 16));
	EXPECT_OK(hz_cipher_context_update(context, some_bytes, 40, second, sizeof second, &n));
	CHECK(memcmp(first, second, sizeof first) != 0);
	EXPECT_OK(hz_cipher_context_reset_nonce(context, some_bytes + 64, 16));
	EXPECT_STATUS(hz_cipher_context_reset_nonce(context, some_bytes, 15), HZ_ERR_INVALID_NONCE);
	EXPECT_MESSAGE("15", "16");
	EXPECT_OK(hz_cipher_context_update(context, some_bytes, 40, again, sizeof again, &n));
	EXPECT_BYTES(again, first, sizeof first);
	EXPECT_OK(hz_cipher_context_finalize(context, NULL, 0, &n));
	EXPECT_STATUS(hz_cipher_context_reset_nonce(context, some_bytes, 16), HZ_ERR_ALREADY_FINALIZED);
	EXPECT_OK(hz_cipher_context_free(context));
}

/* What a context of another mode does not have. */
static void test_not_applicable(void)
{
	uint8_t out[48];
	size_t n;
	hz_cipher_context *context = nist_context(HZ_OPERATION_ENCRYPT);
	EXPECT_STATUS(hz_cipher_context_reset_nonce(context, some_bytes, 16), HZ_ERR_NOT_APPLICABLE);
	EXPECT_STATUS(hz_cipher_context_tag(context, out, sizeof out, &n), HZ_ERR_NOT_APPLICABLE);
	EXPECT_STATUS(hz_cipher_context_authenticate_additional_data(context, some_bytes, 1),
		HZ_ERR_NOT_APPLICABLE);
	EXPECT_STATUS(hz_cipher_context_finalize_with_tag(context, some_bytes, 16, out, sizeof out, &n),
		HZ_ERR_NOT_APPLICABLE);
	EXPECT_OK(hz_cipher_context_free(context));
}

/* A counter that would come back to 0 is stopped before. */
static void test_counter_limit(void)
{
	hz_cipher cipher = cipher_of(HZ_CIPHER_CHACHA20, 32);
	uint8_t nonce[16] = {0xff, 0xff, 0xff, 0xff}, out[65];
	size_t n;
	cipher.nonce = nonce;
	cipher.nonce_len = sizeof nonce;
	hz_cipher_context *context = new_cipher_context(HZ_OPERATION_ENCRYPT, cipher, NULL);
	EXPECT_STATUS(hz_cipher_context_update(context, some_bytes, 65, out, sizeof out, &n),
		HZ_ERR_LIMIT_EXCEEDED);
	EXPECT_MESSAGE("65", "64");
	EXPECT_OK(hz_cipher_context_update(context, some_bytes, 64, out, sizeof out, &n));
	EXPECT_STATUS(hz_cipher_context_update(context, some_bytes, 1, out, sizeof out, &n),
		HZ_ERR_LIMIT_EXCEEDED);
	EXPECT_OK(hz_cipher_context_free(context));
}

/* Every combination of a wrong parameter and its status. */
static void test_parameters(void)
{
	static const struct {
		hz_cipher_algorithm cipher;
		size_t key_len, nonce_len;
		hz_cipher_mode mode;
		size_t iv_len, tag_len;
		uint32_t min_tag_length;
		hz_status encrypt, decrypt;
	} cases[] = {
		{HZ_CIPHER_AES, 15, 0, HZ_MODE_CBC, 16, 0, 0, HZ_ERR_INVALID_KEY, HZ_ERR_INVALID_KEY},
		{HZ_CIPHER_AES, 33, 0, HZ_MODE_CTR, 16, 0, 0, HZ_ERR_INVALID_KEY, HZ_ERR_INVALID_KEY},
		{HZ_CIPHER_AES, 64, 0, HZ_MODE_CBC, 16, 0, 0, HZ_ERR_INVALID_KEY, HZ_ERR_INVALID_KEY},
		{HZ_CIPHER_AES, 16, 0, HZ_MODE_CBC, 15, 0, 0, HZ_ERR_INVALID_NONCE, HZ_ERR_INVALID_NONCE},
		{HZ_CIPHER_AES, 16, 0, HZ_MODE_ECB, 16, 0, 0, HZ_ERR_INVALID_NONCE, HZ_ERR_INVALID_NONCE},
		{HZ_CIPHER_AES, 16, 16, HZ_MODE_CBC, 16, 0, 0, HZ_ERR_INVALID_NONCE, HZ_ERR_INVALID_NONCE},
		{HZ_CIPHER_AES, 16, 0, HZ_MODE_GCM, 7, 16, 0, HZ_ERR_INVALID_NONCE, HZ_ERR_INVALID_NONCE},
		{HZ_CIPHER_AES, 16, 0, HZ_MODE_GCM, 129, 16, 0, HZ_ERR_INVALID_NONCE, HZ_ERR_INVALID_NONCE},
		{HZ_CIPHER_AES, 16, 0, HZ_MODE_GCM, 128, 0, 0, HZ_OK, HZ_ERR_INVALID_TAG_LENGTH},
		{HZ_CIPHER_AES, 16, 0, HZ_MODE_GCM, 8, 16, 0, HZ_ERR_INVALID_TAG_LENGTH, HZ_OK},
		{HZ_CIPHER_AES, 16, 0, HZ_MODE_GCM, 12, 15, 0, HZ_ERR_INVALID_TAG_LENGTH,
			HZ_ERR_INVALID_TAG_LENGTH},
		{HZ_CIPHER_AES, 16, 0, HZ_MODE_GCM, 12, 17, 4, HZ_ERR_INVALID_TAG_LENGTH,
			HZ_ERR_INVALID_TAG_LENGTH},
		{HZ_CIPHER_AES, 16, 0, HZ_MODE_GCM, 12, 4, 4, HZ_ERR_INVALID_TAG_LENGTH, HZ_OK},
		{HZ_CIPHER_AES, 16, 0, HZ_MODE_GCM, 12, 1, 1, HZ_ERR_INVALID_TAG_LENGTH,
			HZ_ERR_INVALID_TAG_LENGTH},
		{HZ_CIPHER_AES, 16, 0, HZ_MODE_GCM, 12, 16, 17, HZ_ERR_INVALID_TAG_LENGTH,
			HZ_ERR_INVALID_TAG_LENGTH},
		{HZ_CIPHER_AES, 16, 0, HZ_MODE_CBC, 16, 16, 0, HZ_ERR_INVALID_TAG_LENGTH,
			HZ_ERR_INVALID_TAG_LENGTH},
		{HZ_CIPHER_CHACHA20, 32, 12, HZ_MODE_NONE, 0, 0, 0, HZ_ERR_INVALID_NONCE, HZ_ERR_INVALID_NONCE},
		{HZ_CIPHER_CHACHA20, 16, 16, HZ_MODE_NONE, 0, 0, 0, HZ_ERR_INVALID_KEY, HZ_ERR_INVALID_KEY},
		{HZ_CIPHER_AES, 16, 0, HZ_MODE_NONE, 0, 0, 0, HZ_ERR_UNSUPPORTED_CIPHER,
			HZ_ERR_UNSUPPORTED_CIPHER},
		{HZ_CIPHER_ARC4, 16, 0, HZ_MODE_CBC, 16, 0, 0, HZ_ERR_UNSUPPORTED_CIPHER,
			HZ_ERR_UNSUPPORTED_CIPHER},
		{0, 16, 0, HZ_MODE_CBC, 16, 0, 0, HZ_ERR_UNSUPPORTED_CIPHER, HZ_ERR_UNSUPPORTED_CIPHER},
		{HZ_CIPHER_AES, 16, 0, 99, 16, 0, 0, HZ_ERR_UNSUPPORTED_CIPHER, HZ_ERR_UNSUPPORTED_CIPHER},
		{UINT32_MAX, 16, 0, UINT32_MAX, 16, 0, 0, HZ_ERR_UNSUPPORTED_CIPHER, HZ_ERR_UNSUPPORTED_CIPHER},
	};
	hz_backend *backend = open_backend();
	for (size_t i = 0; i < COUNT(cases); i++) {
		hz_cipher cipher = cipher_of(cases[i].cipher, cases[i].key_len);
		hz_mode mode = mode_of(cases[i].mode, cases[i].iv_len);
		cipher.nonce = some_bytes;
		cipher.nonce_len = cases[i].nonce_len;
		mode.tag = some_bytes;
		mode.tag_len = cases[i].tag_len;
		mode.min_tag_length = cases[i].min_tag_length;
		hz_cipher_context *context;
		test_note("case %zu", i);
		EXPECT_STATUS(hz_create_symmetric_encryption_ctx(backend, &cipher, &mode, &context),
			cases[i].encrypt);
		CHECK((context == NULL) == (cases[i].encrypt != HZ_OK));
		EXPECT_OK(hz_cipher_context_free(context));
		EXPECT_STATUS(hz_create_symmetric_decryption_ctx(backend, &cipher, &mode, &context),
			cases[i].decrypt);
		CHECK((context == NULL) == (cases[i].decrypt != HZ_OK));
		EXPECT_OK(hz_cipher_context_free(context));
	}
	EXPECT_OK(hz_backend_free(backend));
	EXPECT_SIZE(hz_live_handles(), 0);
}

int main(void)
{
	static const struct test tests[] = {
		TEST(test_cbc_in_both_directions),
		TEST(test_blocks_are_held_back),
		TEST(test_finalize),
		TEST(test_incomplete_block),
		TEST(test_reset_nonce),
		TEST(test_not_applicable),
		TEST(test_counter_limit),
		TEST(test_parameters),
	};
	return RUN_TESTS(tests);
}
