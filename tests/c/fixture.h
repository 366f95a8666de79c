/* Handles and parameters that tests begin with. */
#ifndef FIXTURE_H
#define FIXTURE_H

#include "hazmat.h"

/* 0, 1, 2, ...: keys, nonces and messages are parts of it. */
extern const uint8_t some_bytes[256];

/* The default backend; to be freed. */
hz_backend *open_backend(void);

/* Parameters with a key and an initialization vector of so many bytes. */
hz_cipher cipher_of(hz_cipher_algorithm algorithm, size_t key_len);
hz_mode mode_of(hz_cipher_mode mode, size_t iv_len);

/* New contexts; to be freed. They are NULL, after a failed check, if the default
 * backend does not make them. A NULL mode is none. */
hz_cipher_context *new_cipher_context(hz_operation operation, hz_cipher cipher, const hz_mode *mode);
hz_hash_context *new_hash_context(hz_hash_algorithm algorithm);
hz_hmac_context *new_hmac_context(hz_hash_algorithm algorithm);
hz_aead *new_aead(hz_aead_algorithm algorithm, size_t key_len);

/* AES-128 in CBC, CTR and GCM. A GCM decryption expects tag, 16 bytes. */
hz_cipher_context *new_cbc_context(hz_operation operation);
hz_cipher_context *new_ctr_context(void);
hz_cipher_context *new_gcm_encryption(void);
hz_cipher_context *new_gcm_decryption(const uint8_t *tag);

/* The tag of a GCM encryption of n bytes of data. */
void gcm_tag(const uint8_t *data, size_t n, uint8_t tag[HZ_MAX_TAG_SIZE]);

#endif
