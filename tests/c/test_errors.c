/* The text of a failure: one line that names the value and the rule, and no secret. */
#include <string.h>

#include "fixture.h"
#include "test.h"

static hz_backend *backend;

/* ---- Calls that fail ---- */

static hz_status create(hz_cipher cipher, const hz_mode *mode)
{
	hz_cipher_context *context;
	return hz_create_symmetric_decryption_ctx(backend, &cipher, mode, &context);
}

static hz_status aes_key(void)
{
	hz_mode mode = mode_of(HZ_MODE_CBC, 16);
	return create(cipher_of(HZ_CIPHER_AES, 17), &mode);
}

static hz_status blowfish_key(void)
{
	hz_mode mode = mode_of(HZ_MODE_ECB, 0);
	return create(cipher_of(HZ_CIPHER_BLOWFISH, 57), &mode);
}

static hz_status cbc_iv(void)
{
	hz_mode mode = mode_of(HZ_MODE_CBC, 8);
	return create(cipher_of(HZ_CIPHER_AES, 16), &mode);
}

static hz_status gcm_nonce(void)
{
	hz_mode mode = mode_of(HZ_MODE_GCM, 7);
	return create(cipher_of(HZ_CIPHER_AES, 16), &mode);
}

static hz_status chacha_nonce(void)
{
	hz_cipher cipher = cipher_of(HZ_CIPHER_CHACHA20, 32);
	cipher.nonce = some_bytes;
	cipher.nonce_len = 12;
	return create(cipher, NULL);
}

static hz_status short_tag(void)
{
	hz_mode mode = mode_of(HZ_MODE_GCM, 12);
	mode.tag = some_bytes;
	mode.tag_len = 3;
	return create(cipher_of(HZ_CIPHER_AES, 16), &mode);
}

static hz_status unknown_pair(void)
{
	hz_mode mode = mode_of(77, 16);
	return create(cipher_of(HZ_CIPHER_AES, 16), &mode);
}

static hz_status unknown_hash(void)
{
	hz_hash_context *context;
	return hz_create_hash_ctx(backend, 4660, &context);
}

static hz_status unknown_name(void)
{
	hz_hash_algorithm algorithm;
	return hz_hash_by_name("sha-9", &algorithm);
}

static hz_status name_of_two_lines(void)
{
	hz_hash_algorithm algorithm;
	return hz_hash_by_name("two\nlines", &algorithm);
}

static hz_status null_with_length(void)
{
	bool equal;
	return hz_constant_time_compare(some_bytes, 3, NULL, 7, &equal);
}

static hz_status small_text(void)
{
	char name[4];
	size_t n;
	return hz_hash_algorithm_name(HZ_HASH_SHA256, name, sizeof name, &n);
}

static hz_status other_handle(void)
{
	hz_hash_context *context = new_hash_context(HZ_HASH_SHA256);
	hz_status status = hz_hmac_context_update((hz_hmac_context *)context, NULL, 0);
	(void)hz_hash_context_free(context);
	return status;
}

static hz_status freed_handle(void)
{
	hz_hash_context *context = new_hash_context(HZ_HASH_SHA256);
	(void)hz_hash_context_free(context);
	return hz_hash_context_update(context, NULL, 0);
}

static hz_status no_adapter(void)
{
	return hz_register_cipher_adapter(backend, HZ_PRIVATE_ALGORITHMS, HZ_MODE_NONE, NULL, NULL);
}

/* ---- Their texts ---- */

static void test_texts(void)
{
	static const struct {
		hz_status (*fails)(void);
		hz_status status;
		const char *words[5];
	} cases[] = {
		{aes_key, HZ_ERR_INVALID_KEY, {"key", "AES-CBC", "136 bits", "128, 192, 256"}},
		{blowfish_key, HZ_ERR_INVALID_KEY, {"key", "Blowfish-ECB", "456 bits", "32 to 448"}},
		{cbc_iv, HZ_ERR_INVALID_NONCE, {"initialization vector", "AES-CBC", "8 bytes", "16"}},
		{gcm_nonce, HZ_ERR_INVALID_NONCE, {"nonce", "AES-GCM", "7 bytes", "8 to 128"}},
		{chacha_nonce, HZ_ERR_INVALID_NONCE, {"nonce", "ChaCha20", "12 bytes", "16"}},
		{short_tag, HZ_ERR_INVALID_TAG_LENGTH, {"tag", "3 bytes", "16"}},
		{unknown_pair, HZ_ERR_UNSUPPORTED_CIPHER, {"has no", "AES", "0x4d"}},
		{unknown_hash, HZ_ERR_UNSUPPORTED_HASH, {"has no", "0x1234"}},
		{unknown_name, HZ_ERR_UNSUPPORTED_HASH, {"hash function", "\"sha-9\""}},
		{name_of_two_lines, HZ_ERR_UNSUPPORTED_HASH, {"\"two\\nlines\""}},
		{null_with_length, HZ_ERR_NULL_POINTER, {"b is NULL", "b_len", "7"}},
		{small_text, HZ_ERR_BUFFER_TOO_SMALL, {"out_cap", "4", "7", "needed"}},
		{other_handle, HZ_ERR_INVALID_HANDLE, {"hz_hash_context", "expected a live hz_hmac_context"}},
		{freed_handle, HZ_ERR_INVALID_HANDLE, {"was freed", "expected a live hz_hash_context"}},
		{no_adapter, HZ_ERR_NULL_POINTER, {"adapter", "NULL"}},
	};
	backend = open_backend();
	for (size_t i = 0; i < COUNT(cases); i++) {
		test_note("case %zu", i);
		EXPECT_STATUS(cases[i].fails(), cases[i].status);
		(void)test_message(__FILE__, __LINE__, cases[i].words);
	}
	EXPECT_OK(hz_backend_free(backend));
	EXPECT_SIZE(hz_live_handles(), 0);
}

/* Keys, messages, tags and MACs that are refused are not shown. */
static void test_no_secrets(void)
{
	static const char secret[] = "Sesame-open-thyself!";
	const uint8_t *bytes = (const uint8_t *)secret;
	hz_mode mode = mode_of(HZ_MODE_CBC, 16);
	hz_cipher cipher = cipher_of(HZ_CIPHER_AES, sizeof secret);
	cipher.key = bytes;
	backend = open_backend();
	EXPECT_STATUS(create(cipher, &mode), HZ_ERR_INVALID_KEY);
	EXPECT_OK(hz_backend_free(backend));
	CHECK(strstr(hz_error_message(), "esame") == NULL);
	CHECK(strstr(hz_error_message(), "536573616d65") == NULL); /* in hexadecimal */
	hz_hmac_context *hmac = new_hmac_context(HZ_HASH_SHA256);
	EXPECT_STATUS(hz_hmac_context_verify(hmac, bytes, sizeof secret), HZ_ERR_INVALID_SIGNATURE);
	EXPECT_OK(hz_hmac_context_free(hmac));
	CHECK(strstr(hz_error_message(), "esame") == NULL);
	EXPECT_SIZE(hz_live_handles(), 0);
}

int main(void)
{
	static const struct test tests[] = {
		TEST(test_texts),
		TEST(test_no_secrets),
	};
	return RUN_TESTS(tests);
}
