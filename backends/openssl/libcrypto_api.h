/*
 * What is used of libcrypto. It is never linked, and its headers are not needed:
 * this list is all that is known of it here. The struct of function pointers,
 * the code that fills it, and the test that holds every line against OpenSSL's
 * own headers are all made of it.
 */
#ifndef HAZMAT_LIBCRYPTO_API_H
#define HAZMAT_LIBCRYPTO_API_H

/* F(result, name, parameters): functions of every libcrypto since 3.0. */
#define LIBCRYPTO_FUNCTIONS(F) \
	F(const char *, OpenSSL_version, (int)) \
	F(OSSL_LIB_CTX *, OSSL_LIB_CTX_new, (void)) \
	F(void, OSSL_LIB_CTX_free, (OSSL_LIB_CTX *)) \
	F(OSSL_PROVIDER *, OSSL_PROVIDER_load, (OSSL_LIB_CTX *, const char *)) \
	F(void, OPENSSL_cleanse, (void *, size_t)) \
	F(unsigned long, ERR_peek_last_error, (void)) \
	F(unsigned long, ERR_peek_last_error_all, (const char **, int *, const char **, const char **, int *)) \
	F(unsigned long, ERR_get_error_all, (const char **, int *, const char **, const char **, int *)) \
	F(void, ERR_error_string_n, (unsigned long, char *, size_t)) \
	F(int, ERR_set_mark, (void)) \
	F(int, ERR_pop_to_mark, (void)) \
	F(EVP_MD *, EVP_MD_fetch, (OSSL_LIB_CTX *, const char *, const char *)) \
	F(void, EVP_MD_free, (EVP_MD *)) \
	F(int, EVP_MD_get_size, (const EVP_MD *)) \
	F(EVP_MD_CTX *, EVP_MD_CTX_new, (void)) \
	F(void, EVP_MD_CTX_free, (EVP_MD_CTX *)) \
	F(int, EVP_MD_CTX_copy_ex, (EVP_MD_CTX *, const EVP_MD_CTX *)) \
	F(int, EVP_DigestInit_ex2, (EVP_MD_CTX *, const EVP_MD *, const OSSL_PARAM *)) \
	F(int, EVP_DigestUpdate, (EVP_MD_CTX *, const void *, size_t)) \
	F(int, EVP_DigestFinal_ex, (EVP_MD_CTX *, unsigned char *, unsigned int *)) \
	F(int, EVP_DigestFinalXOF, (EVP_MD_CTX *, unsigned char *, size_t)) \
	F(EVP_MAC *, EVP_MAC_fetch, (OSSL_LIB_CTX *, const char *, const char *)) \
	F(void, EVP_MAC_free, (EVP_MAC *)) \
	F(EVP_MAC_CTX *, EVP_MAC_CTX_new, (EVP_MAC *)) \
	F(void, EVP_MAC_CTX_free, (EVP_MAC_CTX *)) \
	F(EVP_MAC_CTX *, EVP_MAC_CTX_dup, (const EVP_MAC_CTX *)) \
	F(int, EVP_MAC_init, (EVP_MAC_CTX *, const unsigned char *, size_t, const OSSL_PARAM *)) \
	F(int, EVP_MAC_update, (EVP_MAC_CTX *, const unsigned char *, size_t)) \
	F(int, EVP_MAC_final, (EVP_MAC_CTX *, unsigned char *, size_t *, size_t)) \
	F(EVP_CIPHER *, EVP_CIPHER_fetch, (OSSL_LIB_CTX *, const char *, const char *)) \
	F(int, EVP_CIPHER_get_block_size, (const EVP_CIPHER *)) \
	F(int, EVP_CIPHER_get_iv_length, (const EVP_CIPHER *)) \
	F(int, EVP_CIPHER_get_key_length, (const EVP_CIPHER *)) \
	F(int, EVP_CIPHER_get_mode, (const EVP_CIPHER *)) \
	F(unsigned long, EVP_CIPHER_get_flags, (const EVP_CIPHER *)) \
	F(EVP_CIPHER_CTX *, EVP_CIPHER_CTX_new, (void)) \
	F(void, EVP_CIPHER_CTX_free, (EVP_CIPHER_CTX *)) \
	F(int, EVP_CIPHER_CTX_set_key_length, (EVP_CIPHER_CTX *, int)) \
	F(int, EVP_CIPHER_CTX_set_padding, (EVP_CIPHER_CTX *, int)) \
	F(int, EVP_CIPHER_CTX_ctrl, (EVP_CIPHER_CTX *, int, int, void *)) \
	F(int, EVP_CipherInit_ex2, (EVP_CIPHER_CTX *, const EVP_CIPHER *, const unsigned char *, const unsigned char *, int, const OSSL_PARAM *)) \
	F(int, EVP_CipherUpdate, (EVP_CIPHER_CTX *, unsigned char *, int *, const unsigned char *, int)) \
	F(int, EVP_CipherFinal_ex, (EVP_CIPHER_CTX *, unsigned char *, int *))

/* Functions that a libcrypto may lack; their pointers are NULL then. */
#define LIBCRYPTO_NEWER_FUNCTIONS(F) \
	F(int, EVP_DigestSqueeze, (EVP_MD_CTX *, unsigned char *, size_t)) /* 3.3 */

/* C(name, value): constants. */
#define LIBCRYPTO_CONSTANTS(C) \
	C(OPENSSL_VERSION, 0) \
	C(ERR_TXT_STRING, 2) \
	C(OSSL_PARAM_UTF8_STRING, 4) \
	C(EVP_CTRL_AEAD_SET_IVLEN, 0x9) \
	C(EVP_CTRL_AEAD_GET_TAG, 0x10) \
	C(EVP_CTRL_AEAD_SET_TAG, 0x11) \
	C(EVP_CIPH_STREAM_CIPHER, 0) \
	C(EVP_CIPH_ECB_MODE, 1) \
	C(EVP_CIPH_CBC_MODE, 2) \
	C(EVP_CIPH_CFB_MODE, 3) \
	C(EVP_CIPH_OFB_MODE, 4) \
	C(EVP_CIPH_CTR_MODE, 5) \
	C(EVP_CIPH_GCM_MODE, 6) \
	C(EVP_CIPH_XTS_MODE, 0x10001) \
	C(EVP_CIPH_VARIABLE_LENGTH, 0x8) \
	C(EVP_CIPH_FLAG_CTS, 0x4000) \
	C(EVP_CIPH_FLAG_AEAD_CIPHER, 0x200000)

/* M(type, name): the members of OSSL_PARAM, in their order. */
#define LIBCRYPTO_PARAM_MEMBERS(M) \
	M(const char *, key) \
	M(unsigned int, data_type) \
	M(void *, data) \
	M(size_t, data_size) \
	M(size_t, return_size)

#endif
