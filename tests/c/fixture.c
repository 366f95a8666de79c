#include "fixture.h"

#include "test.h"

#define ROW(n) n, n + 1, n + 2, n + 3, n + 4, n + 5, n + 6, n + 7
#define ROWS(n) ROW(n), ROW(n + 8), ROW(n + 16), ROW(n + 24), ROW(n + 32), ROW(n + 40), ROW(n + 48), ROW(n + 56)

const uint8_t some_bytes[256] = {ROWS(0), ROWS(64), ROWS(128), ROWS(192)};

hz_backend *open_backend(void)
{
	hz_backend *backend;
	EXPECT_OK(hz_default_backend(&backend));
	return backend;
}

hz_cipher cipher_of(hz_cipher_algorithm algorithm, size_t key_len)
{
	hz_cipher cipher = {
		.size = sizeof cipher, .algorithm = algorithm, .key = some_bytes, .key_len = key_len};
	return cipher;
}

hz_mode mode_of(hz_cipher_mode mode, size_t iv_len)
{
	hz_mode parameters = {
		.size = sizeof parameters, .mode = mode, .iv = some_bytes + 64, .iv_len = iv_len};
	return parameters;
}

hz_cipher_context *new_cipher_context(hz_operation operation, hz_cipher cipher, const hz_mode *mode)
{
	hz_backend *backend = open_backend();
	hz_cipher_context *context;
	EXPECT_OK(operation == HZ_OPERATION_ENCRYPT
			? hz_create_symmetric_encryption_ctx(backend, &cipher, mode, &context)
			: hz_create_symmetric_decryption_ctx(backend, &cipher, mode, &context));
	EXPECT_OK(hz_backend_free(backend));
	return context;
}

hz_hash_context *new_hash_context(hz_hash_algorithm algorithm)
{
	hz_backend *backend = open_backend();
	hz_hash_context *context;
	EXPECT_OK(hz_create_hash_ctx(backend, algorithm, &context));
	EXPECT_OK(hz_backend_free(backend));
	return context;
}

hz_hmac_context *new_hmac_context(hz_hash_algorithm algorithm)
{
	hz_backend *backend = open_backend();
	hz_hmac_context *context;
	EXPECT_OK(hz_create_hmac_ctx(backend, some_bytes, 32, algorithm, &context));
	EXPECT_OK(hz_backend_free(backend));
	return context;
}

hz_aead *new_aead(hz_aead_algorithm algorithm, size_t key_len)
{
	hz_backend *backend = open_backend();
	hz_aead *aead;
	EXPECT_OK(hz_create_aead(backend, algorithm, some_bytes, key_len, 0, &aead));
	EXPECT_OK(hz_backend_free(backend));
	return aead;
}

static hz_cipher_context *new_aes_context(hz_operation operation, hz_mode mode)
{
	return new_cipher_context(operation, cipher_of(HZ_CIPHER_AES, 16), &mode);
}

hz_cipher_context *new_cbc_context(hz_operation operation)
{
	return new_aes_context(operation, mode_of(HZ_MODE_CBC, 16));
}

hz_cipher_context *new_ctr_context(void)
{
	return new_aes_context(HZ_OPERATION_ENCRYPT, mode_of(HZ_MODE_CTR, 16));
}

hz_cipher_context *new_gcm_encryption(void)
{
	return new_aes_context(HZ_OPERATION_ENCRYPT, mode_of(HZ_MODE_GCM, 12));
}

hz_cipher_context *new_gcm_decryption(const uint8_t *tag)
{
	hz_mode mode = mode_of(HZ_MODE_GCM, 12);
	mode.tag = tag;
	mode.tag_len = HZ_MAX_TAG_SIZE;
	return new_aes_context(HZ_OPERATION_DECRYPT, mode);
}

void gcm_tag(const uint8_t *data, size_t n, uint8_t tag[HZ_MAX_TAG_SIZE])
{
	hz_cipher_context *context = new_gcm_encryption();
	uint8_t out[sizeof some_bytes];
	size_t length;
	EXPECT_OK(hz_cipher_context_update(context, data, n, out, sizeof out, &length));
	EXPECT_OK(hz_cipher_context_finalize(context, out, sizeof out, &length));
	EXPECT_OK(hz_cipher_context_tag(context, tag, HZ_MAX_TAG_SIZE, &length));
	EXPECT_OK(hz_cipher_context_free(context));
}
