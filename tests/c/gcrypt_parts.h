/* What the files of the backend over libgcrypt have in common. */
#ifndef GCRYPT_PARTS_H
#define GCRYPT_PARTS_H

#include <gcrypt.h>

#include "hazmat.h"

/* libgcrypt's error as a status, with its text. */
hz_status gcrypt_status(gcry_error_t error);

/* As the functions of hz_backend_methods. */
hz_status gcrypt_cipher_supported(hz_cipher_algorithm cipher, hz_cipher_mode mode, bool *out,
	void *user_data);
hz_status gcrypt_create_encryption(const hz_cipher *cipher, const hz_mode *mode,
	hz_cipher_context **out, void *user_data);
hz_status gcrypt_create_decryption(const hz_cipher *cipher, const hz_mode *mode,
	hz_cipher_context **out, void *user_data);
hz_status gcrypt_hash_supported(hz_hash_algorithm algorithm, bool *out, void *user_data);
hz_status gcrypt_create_hash(hz_hash_algorithm algorithm, hz_hash_context **out, void *user_data);
hz_status gcrypt_hmac_supported(hz_hash_algorithm algorithm, bool *out, void *user_data);
hz_status gcrypt_create_hmac(const uint8_t *key, size_t key_len, hz_hash_algorithm algorithm,
	hz_hmac_context **out, void *user_data);

#endif
