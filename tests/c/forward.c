#include "forward.h"

#include <string.h>

/* ---- Cipher contexts ---- */

static void cipher_free(void *inner)
{
	(void)hz_cipher_context_free(inner);
}

static hz_status cipher_update(const uint8_t *data, size_t data_len, uint8_t *dst, size_t dst_cap,
	size_t *dst_len, void *inner)
{
	return hz_cipher_context_update(inner, data, data_len, dst, dst_cap, dst_len);
}

static hz_status cipher_finalize(uint8_t *dst, size_t dst_cap, size_t *dst_len, void *inner)
{
	return hz_cipher_context_finalize(inner, dst, dst_cap, dst_len);
}

static hz_status aead_authenticate(const uint8_t *data, size_t data_len, void *inner)
{
	return hz_cipher_context_authenticate_additional_data(inner, data, data_len);
}

static hz_status aead_tag(uint8_t *dst, size_t dst_cap, size_t *dst_len, void *inner)
{
	return hz_cipher_context_tag(inner, dst, dst_cap, dst_len);
}

static hz_status aead_finalize(const uint8_t *tag, size_t tag_len, uint8_t *dst, size_t dst_cap,
	size_t *dst_len, void *inner)
{
	return hz_cipher_context_finalize_with_tag(inner, tag, tag_len, dst, dst_cap, dst_len);
}

static hz_status nonce_reset(const uint8_t *nonce, size_t nonce_len, void *inner)
{
	return hz_cipher_context_reset_nonce(inner, nonce, nonce_len);
}

const hz_cipher_context_methods forward_cipher = {
	.size = sizeof forward_cipher, .free = cipher_free, .update = cipher_update,
	.finalize = cipher_finalize};

const hz_cipher_context_methods forward_aead = {
	.size = sizeof forward_aead, .free = cipher_free, .update = cipher_update,
	.finalize = cipher_finalize, .authenticate_additional_data = aead_authenticate, .tag = aead_tag,
	.finalize_with_tag = aead_finalize};

const hz_cipher_context_methods forward_nonce = {
	.size = sizeof forward_nonce, .free = cipher_free, .update = cipher_update,
	.finalize = cipher_finalize, .reset_nonce = nonce_reset};

/* ---- Hash contexts ---- */

static void hash_free(void *inner)
{
	(void)hz_hash_context_free(inner);
}

static hz_status hash_algorithm(hz_hash_algorithm *out, void *inner)
{
	return hz_hash_context_algorithm(inner, out);
}

static hz_status hash_update(const uint8_t *data, size_t data_len, void *inner)
{
	return hz_hash_context_update(inner, data, data_len);
}

static hz_status hash_finalize(uint8_t *dst, size_t dst_cap, size_t *dst_len, void *inner)
{
	return hz_hash_context_finalize(inner, dst, dst_cap, dst_len);
}

static hz_status xof_squeeze(uint8_t *dst, size_t dst_len, void *inner)
{
	return hz_hash_context_squeeze(inner, dst, dst_len);
}

static hz_status hash_copy(hz_hash_context **out, void *inner)
{
	hz_hash_context *copy;
	hz_status status = hz_hash_context_copy(inner, &copy);
	return status != HZ_OK ? status : hz_hash_context_new(&forward_hash, copy, out);
}

static hz_status xof_copy(hz_hash_context **out, void *inner)
{
	hz_hash_context *copy;
	hz_status status = hz_hash_context_copy(inner, &copy);
	return status != HZ_OK ? status : hz_hash_context_new(&forward_xof, copy, out);
}

const hz_hash_context_methods forward_hash = {
	.size = sizeof forward_hash, .free = hash_free, .algorithm = hash_algorithm, .update = hash_update,
	.finalize = hash_finalize, .copy = hash_copy};

const hz_hash_context_methods forward_xof = {
	.size = sizeof forward_xof, .free = hash_free, .algorithm = hash_algorithm, .update = hash_update,
	.finalize = hash_finalize, .copy = xof_copy, .squeeze = xof_squeeze};

/* ---- HMAC contexts ---- */

static void hmac_free(void *inner)
{
	(void)hz_hmac_context_free(inner);
}

static hz_status hmac_algorithm(hz_hash_algorithm *out, void *inner)
{
	return hz_hmac_context_algorithm(inner, out);
}

static hz_status hmac_update(const uint8_t *data, size_t data_len, void *inner)
{
	return hz_hmac_context_update(inner, data, data_len);
}

static hz_status hmac_finalize(uint8_t *dst, size_t dst_cap, size_t *dst_len, void *inner)
{
	return hz_hmac_context_finalize(inner, dst, dst_cap, dst_len);
}

static hz_status hmac_verify(const uint8_t *signature, size_t signature_len, void *inner)
{
	return hz_hmac_context_verify(inner, signature, signature_len);
}

static hz_status hmac_copy(hz_hmac_context **out, void *inner)
{
	hz_hmac_context *copy;
	hz_status status = hz_hmac_context_copy(inner, &copy);
	return status != HZ_OK ? status : hz_hmac_context_new(&forward_hmac, copy, out);
}

const hz_hmac_context_methods forward_hmac = {
	.size = sizeof forward_hmac, .free = hmac_free, .algorithm = hmac_algorithm, .update = hmac_update,
	.finalize = hmac_finalize, .verify = hmac_verify, .copy = hmac_copy};

/* ---- The backend ---- */

static hz_status write_text(const char *text, char *out, size_t out_cap, size_t *out_len)
{
	size_t length = strlen(text);
	if (out_cap < length + 1) {
		*out_len = length + 1;
		return HZ_ERR_BUFFER_TOO_SMALL;
	}
	memcpy(out, text, length + 1);
	*out_len = length;
	return HZ_OK;
}

static hz_status backend_name(char *out, size_t out_cap, size_t *out_len, void *name)
{
	return write_text(name == NULL ? "forward" : name, out, out_cap, out_len);
}

static hz_status backend_description(char *out, size_t out_cap, size_t *out_len, void *name)
{
	(void)name;
	return write_text("forwards to the native backend", out, out_cap, out_len);
}

static hz_status backend_provides(hz_interface which, bool *out, void *name)
{
	(void)name;
	*out = which >= HZ_INTERFACE_CIPHER && which <= HZ_INTERFACE_AEAD;
	return HZ_OK;
}

static hz_status native(hz_backend **out)
{
	return hz_backend_open("native", out);
}

static hz_status cipher_supported(hz_cipher_algorithm cipher, hz_cipher_mode mode, bool *out, void *name)
{
	(void)name;
	hz_backend *inner;
	hz_status status = native(&inner);
	if (status == HZ_OK)
		status = hz_cipher_supported(inner, cipher, mode, out);
	(void)hz_backend_free(inner);
	return status;
}

static const hz_cipher_context_methods *methods_of(hz_cipher_mode mode)
{
	if (mode == HZ_MODE_GCM)
		return &forward_aead;
	return mode == HZ_MODE_CTR ? &forward_nonce : &forward_cipher;
}

typedef hz_status (*create_function)(hz_backend *, const hz_cipher *, const hz_mode *, hz_cipher_context **);

static hz_status create_cipher(create_function create, const hz_cipher *cipher, const hz_mode *mode,
	hz_cipher_context **out)
{
	hz_backend *inner;
	hz_cipher_context *context = NULL;
	hz_status status = native(&inner);
	if (status == HZ_OK)
		status = create(inner, cipher, mode, &context);
	(void)hz_backend_free(inner);
	if (status != HZ_OK)
		return status;
	const hz_cipher_context_methods *methods = methods_of(mode == NULL ? HZ_MODE_NONE : mode->mode);
	if (cipher->algorithm == HZ_CIPHER_CHACHA20)
		methods = &forward_nonce;
	return hz_cipher_context_new(methods, context, out);
}

static hz_status create_encryption(const hz_cipher *cipher, const hz_mode *mode,
	hz_cipher_context **out, void *name)
{
	(void)name;
	return create_cipher(hz_create_symmetric_encryption_ctx, cipher, mode, out);
}

static hz_status create_decryption(const hz_cipher *cipher, const hz_mode *mode,
	hz_cipher_context **out, void *name)
{
	(void)name;
	return create_cipher(hz_create_symmetric_decryption_ctx, cipher, mode, out);
}

static hz_status hash_supported(hz_hash_algorithm algorithm, bool *out, void *name)
{
	(void)name;
	hz_backend *inner;
	hz_status status = native(&inner);
	if (status == HZ_OK)
		status = hz_hash_supported(inner, algorithm, out);
	(void)hz_backend_free(inner);
	return status;
}

static hz_status create_hash(hz_hash_algorithm algorithm, hz_hash_context **out, void *name)
{
	(void)name;
	hz_backend *inner;
	hz_hash_context *context = NULL;
	bool extendable = false;
	hz_status status = native(&inner);
	if (status == HZ_OK)
		status = hz_create_hash_ctx(inner, algorithm, &context);
	if (status == HZ_OK)
		status = hz_hash_algorithm_extendable(algorithm, &extendable);
	(void)hz_backend_free(inner);
	if (status != HZ_OK)
		return status;
	return hz_hash_context_new(extendable ? &forward_xof : &forward_hash, context, out);
}

static hz_status hmac_supported(hz_hash_algorithm algorithm, bool *out, void *name)
{
	(void)name;
	hz_backend *inner;
	hz_status status = native(&inner);
	if (status == HZ_OK)
		status = hz_hmac_supported(inner, algorithm, out);
	(void)hz_backend_free(inner);
	return status;
}

static hz_status create_hmac(const uint8_t *key, size_t key_len, hz_hash_algorithm algorithm,
	hz_hmac_context **out, void *name)
{
	(void)name;
	hz_backend *inner;
	hz_hmac_context *context = NULL;
	hz_status status = native(&inner);
	if (status == HZ_OK)
		status = hz_create_hmac_ctx(inner, key, key_len, algorithm, &context);
	(void)hz_backend_free(inner);
	return status != HZ_OK ? status : hz_hmac_context_new(&forward_hmac, context, out);
}

/* The native backend has no AES-SIV, which has functions of its own. */
static hz_status aead_supported(hz_aead_algorithm algorithm, bool *out, void *name)
{
	(void)name;
	hz_backend *inner;
	hz_status status = hz_default_backend(&inner);
	if (status == HZ_OK)
		status = hz_aead_supported(inner, algorithm, out);
	(void)hz_backend_free(inner);
	return status;
}

static hz_status create_aead(hz_aead_algorithm algorithm, const uint8_t *key, size_t key_len,
	size_t tag_length, hz_aead **out, void *name)
{
	(void)name;
	hz_backend *inner;
	hz_aead *aead = NULL;
	hz_status status = hz_default_backend(&inner);
	if (status == HZ_OK)
		status = hz_create_aead(inner, algorithm, key, key_len, tag_length, &aead);
	(void)hz_backend_free(inner);
	if (status != HZ_OK)
		return status;
	return hz_aead_new(algorithm == HZ_AEAD_AES_SIV ? &forward_vector_sealer : &forward_sealer, aead, out);
}

const hz_backend_methods forward_backend = {
	.size = sizeof forward_backend, .name = backend_name, .description = backend_description,
	.provides = backend_provides, .aead_supported = aead_supported, .create_aead = create_aead,
	.cipher_supported = cipher_supported,
	.create_symmetric_encryption_ctx = create_encryption,
	.create_symmetric_decryption_ctx = create_decryption, .hash_supported = hash_supported,
	.create_hash_ctx = create_hash, .hmac_supported = hmac_supported, .create_hmac_ctx = create_hmac};
