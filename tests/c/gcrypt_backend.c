/*
 * The library checks parameters and states, holds back what does not fill a block,
 * keeps the limits and compares MACs; so all that is here is which of
 * libgcrypt's functions does what.
 */
#include "gcrypt_backend.h"

#include <stdio.h>
#include <string.h>

#include "gcrypt_parts.h"

hz_status gcrypt_status(gcry_error_t error)
{
	if (error == 0)
		return HZ_OK;
	char text[128];
	(void)snprintf(text, sizeof text, "libgcrypt: %s", gcry_strerror(error));
	hz_set_error_message(text);
	return gcry_err_code(error) == GPG_ERR_ENOMEM ? HZ_ERR_OUT_OF_MEMORY : HZ_ERR_INTERNAL;
}

static hz_status write_text(const char *text, char *out, size_t out_cap, size_t *out_len)
{
	*out_len = strlen(text);
	if (*out_len < out_cap) {
		memcpy(out, text, *out_len + 1);
		return HZ_OK;
	}
	++*out_len;
	return HZ_ERR_BUFFER_TOO_SMALL;
}

static hz_status backend_name(char *out, size_t out_cap, size_t *out_len, void *user_data)
{
	(void)user_data;
	return write_text("gcrypt", out, out_cap, out_len);
}

static hz_status backend_description(char *out, size_t out_cap, size_t *out_len, void *user_data)
{
	char text[64];
	(void)user_data;
	(void)snprintf(text, sizeof text, "libgcrypt %s", gcry_check_version(NULL));
	return write_text(text, out, out_cap, out_len);
}

static hz_status backend_provides(hz_interface which, bool *out, void *user_data)
{
	(void)user_data;
	*out = which == HZ_INTERFACE_CIPHER || which == HZ_INTERFACE_HASH || which == HZ_INTERFACE_HMAC;
	return HZ_OK;
}

static const hz_backend_methods backend = {
	.size = sizeof backend, .name = backend_name, .description = backend_description,
	.provides = backend_provides, .cipher_supported = gcrypt_cipher_supported,
	.create_symmetric_encryption_ctx = gcrypt_create_encryption,
	.create_symmetric_decryption_ctx = gcrypt_create_decryption, .hash_supported = gcrypt_hash_supported,
	.create_hash_ctx = gcrypt_create_hash,
	.hmac_supported = gcrypt_hmac_supported, .create_hmac_ctx = gcrypt_create_hmac};

hz_status gcrypt_register(void)
{
	if (gcry_check_version(GCRYPT_VERSION) == NULL) {
		hz_set_error_message("libgcrypt is older than " GCRYPT_VERSION);
		return HZ_ERR_LOAD;
	}
	/* The pages that it can lock hold a few contexts only. */
	(void)gcry_control(GCRYCTL_DISABLE_SECMEM, 0);
	(void)gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0);
	return hz_backend_register(&backend, NULL);
}
