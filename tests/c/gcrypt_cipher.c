/* CipherBackend over gcry_cipher_*. */
#include "gcrypt_parts.h"

#include <stdlib.h>
#include <string.h>

static const struct cipher_row {
	hz_cipher_algorithm algorithm;
	size_t key_len; /* bytes; 0 is any */
	int gcrypt;
} cipher_rows[] = {
	{HZ_CIPHER_AES, 16, GCRY_CIPHER_AES128},
	{HZ_CIPHER_AES, 24, GCRY_CIPHER_AES192},
	{HZ_CIPHER_AES, 32, GCRY_CIPHER_AES256},
	{HZ_CIPHER_CAMELLIA, 16, GCRY_CIPHER_CAMELLIA128},
	{HZ_CIPHER_CAMELLIA, 24, GCRY_CIPHER_CAMELLIA192},
	{HZ_CIPHER_CAMELLIA, 32, GCRY_CIPHER_CAMELLIA256},
	{HZ_CIPHER_TRIPLE_DES, 0, GCRY_CIPHER_3DES},
	{HZ_CIPHER_BLOWFISH, 0, GCRY_CIPHER_BLOWFISH},
	{HZ_CIPHER_CAST5, 0, GCRY_CIPHER_CAST5},
	{HZ_CIPHER_IDEA, 0, GCRY_CIPHER_IDEA},
	{HZ_CIPHER_SEED, 0, GCRY_CIPHER_SEED},
	{HZ_CIPHER_SM4, 0, GCRY_CIPHER_SM4},
	{HZ_CIPHER_ARC4, 0, GCRY_CIPHER_ARCFOUR},
	{HZ_CIPHER_CHACHA20, 0, GCRY_CIPHER_CHACHA20},
};

/* By our codes. */
static const int gcrypt_modes[] = {
	[HZ_MODE_NONE] = GCRY_CIPHER_MODE_STREAM,
	[HZ_MODE_ECB] = GCRY_CIPHER_MODE_ECB,
	[HZ_MODE_CBC] = GCRY_CIPHER_MODE_CBC,
	[HZ_MODE_CTR] = GCRY_CIPHER_MODE_CTR,
	[HZ_MODE_OFB] = GCRY_CIPHER_MODE_OFB,
	[HZ_MODE_CFB] = GCRY_CIPHER_MODE_CFB,
	[HZ_MODE_CFB8] = GCRY_CIPHER_MODE_CFB8,
	[HZ_MODE_GCM] = GCRY_CIPHER_MODE_GCM,
	[HZ_MODE_XTS] = GCRY_CIPHER_MODE_XTS,
};
enum { MODES = sizeof gcrypt_modes / sizeof gcrypt_modes[0] };

/* The row of a cipher with a key of a length, or, if that is 0, with any. */
static const struct cipher_row *find_cipher(hz_cipher_algorithm algorithm, size_t key_len)
{
	for (size_t i = 0; i < sizeof cipher_rows / sizeof cipher_rows[0]; i++) {
		const struct cipher_row *row = &cipher_rows[i];
		if (row->algorithm == algorithm && (key_len == 0 || row->key_len == 0 || row->key_len == key_len))
			return row;
	}
	return NULL;
}

/* A cipher at work: all that differs between directions and modes. */
struct cipher_state {
	gcry_cipher_hd_t handle;
	gcry_error_t (*crypt)(gcry_cipher_hd_t, void *out, size_t out_len, const void *in, size_t in_len);
	gcry_error_t (*set_nonce)(gcry_cipher_hd_t, const void *nonce, size_t nonce_len);
};

static void cipher_free(void *user_data)
{
	struct cipher_state *state = user_data;
	gcry_cipher_close(state->handle); /* which wipes it */
	free(state);
}

static hz_status cipher_update(const uint8_t *data, size_t data_len, uint8_t *dst, size_t dst_cap,
	size_t *dst_len, void *user_data)
{
	struct cipher_state *state = user_data;
	*dst_len = data_len;
	return gcrypt_status(state->crypt(state->handle, dst, dst_cap, data, data_len));
}

static hz_status cipher_finalize(uint8_t *dst, size_t dst_cap, size_t *dst_len, void *user_data)
{
	(void)dst, (void)dst_cap, (void)user_data;
	*dst_len = 0;
	return HZ_OK;
}

static hz_status cipher_authenticate(const uint8_t *data, size_t data_len, void *user_data)
{
	struct cipher_state *state = user_data;
	return gcrypt_status(gcry_cipher_authenticate(state->handle, data, data_len));
}

static hz_status cipher_tag(uint8_t *dst, size_t dst_cap, size_t *dst_len, void *user_data)
{
	struct cipher_state *state = user_data;
	(void)dst_cap; /* room for the whole tag */
	*dst_len = HZ_MAX_TAG_SIZE;
	return gcrypt_status(gcry_cipher_gettag(state->handle, dst, HZ_MAX_TAG_SIZE));
}

/* gcry_cipher_checktag does not take all of the lengths that a tag may have here. */
static hz_status cipher_finalize_with_tag(const uint8_t *tag, size_t tag_len, uint8_t *dst,
	size_t dst_cap, size_t *dst_len, void *user_data)
{
	struct cipher_state *state = user_data;
	uint8_t own[HZ_MAX_TAG_SIZE];
	bool equal;
	(void)dst, (void)dst_cap;
	*dst_len = 0;
	hz_status status = gcrypt_status(gcry_cipher_gettag(state->handle, own, sizeof own));
	if (status == HZ_OK)
		status = hz_constant_time_compare(own, tag_len, tag, tag_len, &equal);
	if (status != HZ_OK || equal)
		return status;
	hz_set_error_message("authentication tag does not match");
	return HZ_ERR_INVALID_TAG;
}

static hz_status cipher_reset_nonce(const uint8_t *nonce, size_t nonce_len, void *user_data)
{
	struct cipher_state *state = user_data;
	return gcrypt_status(state->set_nonce(state->handle, nonce, nonce_len));
}

static const hz_cipher_context_methods plain_methods = {
	.size = sizeof plain_methods, .free = cipher_free, .update = cipher_update,
	.finalize = cipher_finalize};

static const hz_cipher_context_methods nonce_methods = {
	.size = sizeof nonce_methods, .free = cipher_free, .update = cipher_update,
	.finalize = cipher_finalize, .reset_nonce = cipher_reset_nonce};

static const hz_cipher_context_methods aead_methods = {
	.size = sizeof aead_methods, .free = cipher_free, .update = cipher_update,
	.finalize = cipher_finalize, .authenticate_additional_data = cipher_authenticate,
	.tag = cipher_tag, .finalize_with_tag = cipher_finalize_with_tag};

static const hz_cipher_context_methods *methods_of(hz_cipher_algorithm cipher, hz_cipher_mode mode)
{
	if (mode == HZ_MODE_GCM)
		return &aead_methods;
	return mode == HZ_MODE_CTR || cipher == HZ_CIPHER_CHACHA20 ? &nonce_methods : &plain_methods;
}

hz_status gcrypt_cipher_supported(hz_cipher_algorithm cipher, hz_cipher_mode mode, bool *out,
	void *user_data)
{
	hz_cipher_mode modes[MODES];
	size_t count;
	(void)user_data;
	*out = false;
	const struct cipher_row *row = find_cipher(cipher, 0);
	if (row == NULL || mode >= MODES || gcry_cipher_test_algo(row->gcrypt) != 0)
		return HZ_OK;
	/* libgcrypt runs any block cipher in any mode, also where no standard does. */
	hz_status status = hz_cipher_algorithm_modes(cipher, modes, MODES, &count);
	for (size_t i = 0; status == HZ_OK && i < count; i++)
		*out = *out || modes[i] == mode;
	return status;
}

/* RFC 2144, section 2.5: up to 80 bits CAST5 has 12 rounds, which libgcrypt has not. */
static bool lacks_key(const hz_cipher *cipher)
{
	return cipher->algorithm == HZ_CIPHER_CAST5 && cipher->key_len <= 10;
}

static gcry_error_t set_key(gcry_cipher_hd_t handle, const hz_cipher *cipher)
{
	/* Other backends do not refuse the keys that are weak in a cipher either. */
	gcry_error_t error = gcry_cipher_ctl(handle, GCRYCTL_SET_ALLOW_WEAK_KEY, NULL, 1);
	if (error != 0)
		return error;
	if (cipher->algorithm == HZ_CIPHER_CAST5) {
		/* libgcrypt takes 128 bits; RFC 2144, section 2.5, fills shorter keys with zeros. */
		uint8_t key[16] = {0};
		memcpy(key, cipher->key, cipher->key_len);
		error = gcry_cipher_setkey(handle, key, sizeof key);
		explicit_bzero(key, sizeof key);
	} else {
		error = gcry_cipher_setkey(handle, cipher->key, cipher->key_len);
	}
	/* A weak key that it may take it takes, and says so. */
	return gcry_err_code(error) == GPG_ERR_WEAK_KEY ? 0 : error;
}

static hz_status cipher_create(const hz_cipher *cipher, const hz_mode *params, hz_operation operation,
	hz_cipher_context **out)
{
	hz_cipher_mode mode = params == NULL ? HZ_MODE_NONE : params->mode;
	const uint8_t *nonce = mode == HZ_MODE_NONE ? cipher->nonce : params->iv;
	size_t nonce_len = mode == HZ_MODE_NONE ? cipher->nonce_len : params->iv_len;
	/* A key of XTS is two. */
	size_t key_len = mode == HZ_MODE_XTS ? cipher->key_len / 2 : cipher->key_len;
	const struct cipher_row *row = find_cipher(cipher->algorithm, key_len);
	if (row == NULL || lacks_key(cipher)) {
		hz_set_error_message("libgcrypt has this cipher, but not with a key of this size");
		return HZ_ERR_UNSUPPORTED_CIPHER;
	}
	struct cipher_state *state = calloc(1, sizeof *state);
	if (state == NULL)
		return HZ_ERR_OUT_OF_MEMORY;
	state->crypt = operation == HZ_OPERATION_ENCRYPT ? gcry_cipher_encrypt : gcry_cipher_decrypt;
	state->set_nonce = mode == HZ_MODE_CTR ? gcry_cipher_setctr : gcry_cipher_setiv;
	gcry_error_t error = gcry_cipher_open(&state->handle, row->gcrypt, gcrypt_modes[mode], 0);
	if (error == 0)
		error = set_key(state->handle, cipher);
	if (error == 0 && nonce_len > 0)
		error = state->set_nonce(state->handle, nonce, nonce_len);
	hz_status status = gcrypt_status(error);
	if (status == HZ_OK)
		status = hz_cipher_context_new(methods_of(cipher->algorithm, mode), state, out);
	if (status != HZ_OK)
		cipher_free(state);
	return status;
}

hz_status gcrypt_create_encryption(const hz_cipher *cipher, const hz_mode *mode,
	hz_cipher_context **out, void *user_data)
{
	(void)user_data;
	return cipher_create(cipher, mode, HZ_OPERATION_ENCRYPT, out);
}

hz_status gcrypt_create_decryption(const hz_cipher *cipher, const hz_mode *mode,
	hz_cipher_context **out, void *user_data)
{
	(void)user_data;
	return cipher_create(cipher, mode, HZ_OPERATION_DECRYPT, out);
}
