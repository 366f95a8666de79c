/* Authenticated contexts: the order of calls, and tags that are right or wrong. */
#include <string.h>

#include "fixture.h"
#include "test.h"

enum { LENGTH = 50 };

/* An encryption with additional data, in several calls. */
static void encrypt(uint8_t *ciphertext, uint8_t tag[HZ_MAX_TAG_SIZE])
{
	hz_cipher_context *context = new_gcm_encryption();
	size_t n;
	EXPECT_OK(hz_cipher_context_authenticate_additional_data(context, some_bytes, 5));
	EXPECT_OK(hz_cipher_context_authenticate_additional_data(context, NULL, 0));
	EXPECT_OK(hz_cipher_context_authenticate_additional_data(context, some_bytes + 5, 20));
	EXPECT_STATUS(hz_cipher_context_tag(context, tag, HZ_MAX_TAG_SIZE, &n), HZ_ERR_NOT_YET_FINALIZED);
	EXPECT_OK(hz_cipher_context_update(context, some_bytes, 33, ciphertext, LENGTH, &n));
	EXPECT_SIZE(n, 33);
	EXPECT_STATUS(hz_cipher_context_authenticate_additional_data(context, some_bytes, 1),
		HZ_ERR_ALREADY_UPDATED);
	EXPECT_OK(hz_cipher_context_update(context, some_bytes + 33, LENGTH - 33, ciphertext + 33,
		LENGTH - 33, &n));
	EXPECT_OK(hz_cipher_context_finalize(context, NULL, 0, &n));
	EXPECT_OK(hz_cipher_context_tag(context, tag, HZ_MAX_TAG_SIZE, &n));
	EXPECT_SIZE(n, HZ_MAX_TAG_SIZE);
	EXPECT_STATUS(hz_cipher_context_authenticate_additional_data(context, some_bytes, 1),
		HZ_ERR_ALREADY_FINALIZED);
	EXPECT_STATUS(hz_cipher_context_finalize_with_tag(context, tag, 16, NULL, 0, &n),
		HZ_ERR_NOT_APPLICABLE);
	EXPECT_OK(hz_cipher_context_free(context));
}

/* A decryption up to its end. */
static hz_cipher_context *decryption(const uint8_t *ciphertext, const uint8_t *tag)
{
	hz_cipher_context *context = new_gcm_decryption(tag);
	uint8_t plaintext[LENGTH];
	size_t n;
	EXPECT_OK(hz_cipher_context_authenticate_additional_data(context, some_bytes, 25));
	EXPECT_OK(hz_cipher_context_update(context, ciphertext, LENGTH, plaintext, LENGTH, &n));
	EXPECT_BYTES(plaintext, some_bytes, LENGTH);
	EXPECT_STATUS(hz_cipher_context_tag(context, plaintext, LENGTH, &n), HZ_ERR_NOT_APPLICABLE);
	return context;
}

/* Nothing more can be had of it. */
static void expect_dead(hz_cipher_context *context)
{
	uint8_t out[64];
	size_t n;
	EXPECT_STATUS(hz_cipher_context_update(context, some_bytes, 16, out, sizeof out, &n),
		HZ_ERR_ALREADY_FINALIZED);
	EXPECT_STATUS(hz_cipher_context_finalize(context, out, sizeof out, &n), HZ_ERR_ALREADY_FINALIZED);
	EXPECT_STATUS(hz_cipher_context_finalize_with_tag(context, some_bytes, 16, out, sizeof out, &n),
		HZ_ERR_ALREADY_FINALIZED);
	EXPECT_STATUS(hz_cipher_context_authenticate_additional_data(context, some_bytes, 1),
		HZ_ERR_ALREADY_FINALIZED);
	EXPECT_OK(hz_cipher_context_free(context));
}

static void test_right_tag(void)
{
	uint8_t ciphertext[LENGTH], tag[HZ_MAX_TAG_SIZE];
	size_t n;
	encrypt(ciphertext, tag);
	hz_cipher_context *context = decryption(ciphertext, tag);
	EXPECT_OK(hz_cipher_context_finalize(context, NULL, 0, &n));
	expect_dead(context);
}

static void test_tag_at_the_end(void)
{
	uint8_t ciphertext[LENGTH], tag[HZ_MAX_TAG_SIZE];
	size_t n;
	encrypt(ciphertext, tag);
	hz_cipher_context *context = decryption(ciphertext, some_bytes);
	for (size_t length = 0; length < HZ_MAX_TAG_SIZE; length++) {
		EXPECT_STATUS(hz_cipher_context_finalize_with_tag(context, tag, length, NULL, 0, &n),
			HZ_ERR_INVALID_TAG_LENGTH);
	}
	EXPECT_OK(hz_cipher_context_finalize_with_tag(context, tag, sizeof tag, NULL, 0, &n));
	expect_dead(context);
}

static void test_wrong_tag(void)
{
	uint8_t ciphertext[LENGTH], tag[HZ_MAX_TAG_SIZE];
	size_t n;
	encrypt(ciphertext, tag);
	for (size_t bit = 0; bit < 8 * sizeof tag; bit += 7) {
		tag[bit / 8] ^= (uint8_t)(1 << bit % 8);
		hz_cipher_context *context = decryption(ciphertext, tag);
		EXPECT_STATUS(hz_cipher_context_finalize(context, NULL, 0, &n), HZ_ERR_INVALID_TAG);
		expect_dead(context);
		context = decryption(ciphertext, some_bytes);
		EXPECT_STATUS(hz_cipher_context_finalize_with_tag(context, tag, sizeof tag, NULL, 0, &n),
			HZ_ERR_INVALID_TAG);
		expect_dead(context);
		tag[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
}

/* The first bytes of a tag are enough where the caller says so, and no fewer. */
static void test_short_tags(void)
{
	uint8_t tag[HZ_MAX_TAG_SIZE];
	size_t n;
	gcm_tag(NULL, 0, tag);
	for (size_t length = HZ_MIN_TAG_SIZE; length <= HZ_MAX_TAG_SIZE; length++) {
		hz_mode mode = mode_of(HZ_MODE_GCM, 12);
		mode.tag = tag;
		mode.tag_len = length;
		mode.min_tag_length = (uint32_t)length;
		hz_cipher cipher = cipher_of(HZ_CIPHER_AES, 16);
		hz_cipher_context *context = new_cipher_context(HZ_OPERATION_DECRYPT, cipher, &mode);
		test_note("tag of %zu bytes", length);
		EXPECT_STATUS(hz_cipher_context_finalize_with_tag(context, tag, length - 1, NULL, 0, &n),
			HZ_ERR_INVALID_TAG_LENGTH);
		EXPECT_OK(hz_cipher_context_finalize(context, NULL, 0, &n));
		EXPECT_OK(hz_cipher_context_free(context));
	}
	EXPECT_SIZE(hz_live_handles(), 0);
}

int main(void)
{
	static const struct test tests[] = {
		TEST(test_right_tag),
		TEST(test_tag_at_the_end),
		TEST(test_wrong_tag),
		TEST(test_short_tags),
	};
	return RUN_TESTS(tests);
}
