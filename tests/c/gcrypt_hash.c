/* HashBackend and HMACBackend over gcry_md_*. The user_data of contexts is a
 * gcry_md_hd_t. */
#include "gcrypt_parts.h"

#include <string.h>

/* By our codes. */
static const int gcrypt_hashes[] = {
	[HZ_HASH_MD5] = GCRY_MD_MD5,
	[HZ_HASH_SHA1] = GCRY_MD_SHA1,
	[HZ_HASH_SHA224] = GCRY_MD_SHA224,
	[HZ_HASH_SHA256] = GCRY_MD_SHA256,
	[HZ_HASH_SHA384] = GCRY_MD_SHA384,
	[HZ_HASH_SHA512] = GCRY_MD_SHA512,
	[HZ_HASH_SHA512_224] = GCRY_MD_SHA512_224,
	[HZ_HASH_SHA512_256] = GCRY_MD_SHA512_256,
	[HZ_HASH_SHA3_224] = GCRY_MD_SHA3_224,
	[HZ_HASH_SHA3_256] = GCRY_MD_SHA3_256,
	[HZ_HASH_SHA3_384] = GCRY_MD_SHA3_384,
	[HZ_HASH_SHA3_512] = GCRY_MD_SHA3_512,
	[HZ_HASH_SHAKE128] = GCRY_MD_SHAKE128,
	[HZ_HASH_SHAKE256] = GCRY_MD_SHAKE256,
	[HZ_HASH_BLAKE2B] = GCRY_MD_BLAKE2B_512,
	[HZ_HASH_BLAKE2S] = GCRY_MD_BLAKE2S_256,
	[HZ_HASH_RIPEMD160] = GCRY_MD_RMD160,
	[HZ_HASH_WHIRLPOOL] = GCRY_MD_WHIRLPOOL,
	[HZ_HASH_SM3] = GCRY_MD_SM3,
};
enum { HASHES = sizeof gcrypt_hashes / sizeof gcrypt_hashes[0] };

static void md_free(void *md)
{
	gcry_md_close(md); /* which wipes it */
}

static hz_status md_algorithm(hz_hash_algorithm *out, void *md)
{
	int gcrypt = gcry_md_get_algo(md);
	for (*out = 1; *out < HASHES; ++*out) {
		if (gcrypt_hashes[*out] == gcrypt)
			return HZ_OK;
	}
	return HZ_ERR_INTERNAL;
}

static hz_status md_update(const uint8_t *data, size_t data_len, void *md)
{
	gcry_md_write(md, data, data_len);
	return HZ_OK;
}

static hz_status md_finalize(uint8_t *dst, size_t dst_cap, size_t *dst_len, void *md)
{
	*dst_len = gcry_md_get_algo_dlen(gcry_md_get_algo(md));
	if (*dst_len > dst_cap)
		return HZ_ERR_BUFFER_TOO_SMALL;
	memcpy(dst, gcry_md_read(md, 0), *dst_len);
	return HZ_OK;
}

static hz_status md_copy(gcry_md_hd_t md, gcry_md_hd_t *copy)
{
	*copy = NULL;
	return gcrypt_status(gcry_md_copy(copy, md));
}

static hz_status xof_squeeze(uint8_t *dst, size_t dst_len, void *md)
{
	return gcrypt_status(gcry_md_extract(md, 0, dst, dst_len));
}

/* It has no length of its own: what there is room for is wanted. */
static hz_status xof_finalize(uint8_t *dst, size_t dst_cap, size_t *dst_len, void *md)
{
	*dst_len = dst_cap;
	return xof_squeeze(dst, dst_cap, md);
}

static hz_status hash_new(gcry_md_hd_t md, hz_hash_context **out);

static hz_status hash_copy(hz_hash_context **out, void *md)
{
	gcry_md_hd_t copy;
	hz_status status = md_copy(md, &copy);
	return status != HZ_OK ? status : hash_new(copy, out);
}

static const hz_hash_context_methods hash_methods = {
	.size = sizeof hash_methods, .free = md_free, .algorithm = md_algorithm, .update = md_update,
	.finalize = md_finalize, .copy = hash_copy};

static const hz_hash_context_methods xof_methods = {
	.size = sizeof xof_methods, .free = md_free, .algorithm = md_algorithm, .update = md_update,
	.finalize = xof_finalize, .copy = hash_copy, .squeeze = xof_squeeze};

/* A context that owns md, also if it fails. */
static hz_status hash_new(gcry_md_hd_t md, hz_hash_context **out)
{
	bool extendable = gcry_md_get_algo_dlen(gcry_md_get_algo(md)) == 0;
	hz_status status = hz_hash_context_new(extendable ? &xof_methods : &hash_methods, md, out);
	if (status != HZ_OK)
		md_free(md);
	return status;
}

hz_status gcrypt_hash_supported(hz_hash_algorithm algorithm, bool *out, void *user_data)
{
	(void)user_data;
	*out = algorithm > 0 && algorithm < HASHES && gcry_md_test_algo(gcrypt_hashes[algorithm]) == 0;
	return HZ_OK;
}

hz_status gcrypt_create_hash(hz_hash_algorithm algorithm, hz_hash_context **out, void *user_data)
{
	gcry_md_hd_t md;
	(void)user_data;
	hz_status status = gcrypt_status(gcry_md_open(&md, gcrypt_hashes[algorithm], 0));
	return status != HZ_OK ? status : hash_new(md, out);
}

static const hz_hmac_context_methods hmac_methods;

static hz_status hmac_new(gcry_md_hd_t md, hz_hmac_context **out)
{
	hz_status status = hz_hmac_context_new(&hmac_methods, md, out);
	if (status != HZ_OK)
		md_free(md);
	return status;
}

static hz_status hmac_copy(hz_hmac_context **out, void *md)
{
	gcry_md_hd_t copy;
	hz_status status = md_copy(md, &copy);
	return status != HZ_OK ? status : hmac_new(copy, out);
}

static hz_status hmac_verify(const uint8_t *signature, size_t signature_len, void *md)
{
	uint8_t mac[HZ_MAX_DIGEST_SIZE];
	size_t n;
	bool equal;
	hz_status status = md_finalize(mac, sizeof mac, &n, md);
	if (status == HZ_OK)
		status = hz_constant_time_compare(mac, n, signature, signature_len, &equal);
	if (status != HZ_OK || equal)
		return status;
	hz_set_error_message("MAC does not match");
	return HZ_ERR_INVALID_SIGNATURE;
}

static const hz_hmac_context_methods hmac_methods = {
	.size = sizeof hmac_methods, .free = md_free, .algorithm = md_algorithm, .update = md_update,
	.finalize = md_finalize, .verify = hmac_verify, .copy = hmac_copy};

/* Extendable-output functions have no HMAC. */
hz_status gcrypt_hmac_supported(hz_hash_algorithm algorithm, bool *out, void *user_data)
{
	hz_status status = gcrypt_hash_supported(algorithm, out, user_data);
	*out = *out && gcry_md_get_algo_dlen(gcrypt_hashes[algorithm]) != 0;
	return status;
}

hz_status gcrypt_create_hmac(const uint8_t *key, size_t key_len, hz_hash_algorithm algorithm,
	hz_hmac_context **out, void *user_data)
{
	gcry_md_hd_t md;
	(void)user_data;
	hz_status status = gcrypt_status(gcry_md_open(&md, gcrypt_hashes[algorithm], GCRY_MD_FLAG_HMAC));
	if (status != HZ_OK)
		return status;
	status = gcrypt_status(gcry_md_setkey(md, key, key_len));
	if (status == HZ_OK)
		return hmac_new(md, out);
	md_free(md);
	return status;
}
