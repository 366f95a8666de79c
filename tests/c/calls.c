#include "calls.h"

#include <stdio.h>
#include <string.h>

#include "fixture.h"
#include "forward.h"
#include "test.h"

/* Each function behind one signature. */
#define INVOKE(function, ...) \
	static hz_status call_##function(const union value *v) { return function(__VA_ARGS__); }
/* One that has no status, or no arguments, succeeds if a condition holds. */
#define INVOKE_IF(function, condition) \
	static hz_status call_##function(const union value *v) \
	{ \
		(void)v; \
		return (condition) ? HZ_OK : HZ_ERR_INTERNAL; \
	}

INVOKE_IF(hz_version, strcmp(hz_version(), HZ_VERSION) == 0)
INVOKE_IF(hz_max_block_size, hz_max_block_size() == HZ_MAX_BLOCK_SIZE)
INVOKE_IF(hz_max_key_size, hz_max_key_size() == HZ_MAX_KEY_SIZE)
INVOKE_IF(hz_max_digest_size, hz_max_digest_size() == HZ_MAX_DIGEST_SIZE)
INVOKE_IF(hz_max_tag_size, hz_max_tag_size() == HZ_MAX_TAG_SIZE)
INVOKE_IF(hz_min_tag_size, hz_min_tag_size() == HZ_MIN_TAG_SIZE)
INVOKE_IF(hz_min_gcm_nonce_size, hz_min_gcm_nonce_size() == HZ_MIN_GCM_NONCE_SIZE)
INVOKE_IF(hz_max_gcm_nonce_size, hz_max_gcm_nonce_size() == HZ_MAX_GCM_NONCE_SIZE)
INVOKE_IF(hz_private_algorithms, hz_private_algorithms() == HZ_PRIVATE_ALGORITHMS)
INVOKE_IF(hz_abi_version, hz_abi_version() == HZ_ABI_VERSION)
INVOKE_IF(hz_abi_hash, strcmp(hz_abi_hash(), HZ_ABI_HASH) == 0)
INVOKE_IF(hz_status_string, strcmp(hz_status_string(HZ_OK), "success") == 0)
INVOKE_IF(hz_error_message, strlen(hz_error_message()) < 512)
INVOKE_IF(hz_set_error_message, (hz_set_error_message(v[0].p), true))
INVOKE_IF(hz_live_handles, hz_live_handles() < 1000)
INVOKE_IF(hz_load, hz_load() == HZ_OK)
INVOKE_IF(hz_fix_signal_handlers, hz_fix_signal_handlers() == HZ_OK)

INVOKE(hz_aead_algorithm_name, v[0].code, v[1].p, v[2].n, v[3].p)
INVOKE(hz_aead_algorithm_key_sizes, v[0].code, v[1].p, v[2].n, v[3].p)
INVOKE(hz_aead_algorithm_min_nonce_size, v[0].code, v[1].p)
INVOKE(hz_aead_algorithm_max_nonce_size, v[0].code, v[1].p)
INVOKE(hz_aead_algorithm_tag_sizes, v[0].code, v[1].p, v[2].n, v[3].p)
INVOKE(hz_aead_by_name, v[0].p, v[1].p)
INVOKE(hz_aead_algorithms, v[0].p, v[1].n, v[2].p)
INVOKE(hz_interface_name, v[0].code, v[1].p, v[2].n, v[3].p)
INVOKE(hz_cipher_algorithm_name, v[0].code, v[1].p, v[2].n, v[3].p)
INVOKE(hz_cipher_algorithm_block_size, v[0].code, v[1].p)
INVOKE(hz_cipher_algorithm_key_sizes, v[0].code, v[1].p, v[2].n, v[3].p)
INVOKE(hz_cipher_algorithm_nonce_size, v[0].code, v[1].p)
INVOKE(hz_cipher_algorithm_modes, v[0].code, v[1].p, v[2].n, v[3].p)
INVOKE(hz_cipher_mode_name, v[0].code, v[1].p, v[2].n, v[3].p)
INVOKE(hz_hash_algorithm_name, v[0].code, v[1].p, v[2].n, v[3].p)
INVOKE(hz_hash_algorithm_digest_size, v[0].code, v[1].p)
INVOKE(hz_hash_algorithm_block_size, v[0].code, v[1].p)
INVOKE(hz_hash_algorithm_extendable, v[0].code, v[1].p)
INVOKE(hz_cipher_by_name, v[0].p, v[1].p)
INVOKE(hz_mode_by_name, v[0].p, v[1].p)
INVOKE(hz_hash_by_name, v[0].p, v[1].p)
INVOKE(hz_cipher_algorithms, v[0].p, v[1].n, v[2].p)
INVOKE(hz_hash_algorithms, v[0].p, v[1].n, v[2].p)
INVOKE(hz_backend_open, v[0].p, v[1].p)
INVOKE(hz_backend_names, v[0].p, v[1].n, v[2].p)
INVOKE(hz_default_backend, v[0].p)
INVOKE(hz_constant_time_compare, v[0].p, v[1].n, v[2].p, v[3].n, v[4].p)
INVOKE(hz_random_bytes, v[0].p, v[1].n)
INVOKE(hz_backend_register, v[0].p, v[1].p)
INVOKE(hz_aead_algorithm_of, v[0].p, v[1].p)
INVOKE(hz_aead_tag_length, v[0].p, v[1].p)
INVOKE(hz_aead_seal, v[0].p, v[1].p, v[2].n, v[3].p, v[4].n, v[5].p, v[6].n, v[7].p, v[8].n, v[9].p)
INVOKE(hz_aead_open, v[0].p, v[1].p, v[2].n, v[3].p, v[4].n, v[5].p, v[6].n, v[7].p, v[8].n, v[9].p)
INVOKE(hz_seal_many, v[0].p, v[1].p, v[2].p, v[3].n, v[4].p, v[5].p, v[6].n, v[7].p,
	v[8].p, v[9].n, v[10].p, v[11].n, v[12].p)
INVOKE(hz_open_many, v[0].p, v[1].p, v[2].p, v[3].n, v[4].p, v[5].p, v[6].n, v[7].p,
	v[8].p, v[9].n, v[10].p, v[11].n, v[12].p)
INVOKE(hz_hash, v[0].p, v[1].code, v[2].p, v[3].n, v[4].p, v[5].n, v[6].p)
INVOKE(hz_hmac, v[0].p, v[1].p, v[2].n, v[3].code, v[4].p, v[5].n, v[6].p, v[7].n, v[8].p)
INVOKE(hz_encrypt, v[0].p, v[1].p, v[2].p, v[3].p, v[4].n, v[5].p, v[6].n, v[7].p)
INVOKE(hz_decrypt, v[0].p, v[1].p, v[2].p, v[3].p, v[4].n, v[5].p, v[6].n, v[7].p)
INVOKE(hz_seal, v[0].p, v[1].code, v[2].p, v[3].n, v[4].p, v[5].n, v[6].p, v[7].n,
	v[8].p, v[9].n, v[10].p, v[11].n, v[12].p)
INVOKE(hz_open, v[0].p, v[1].code, v[2].p, v[3].n, v[4].p, v[5].n, v[6].p, v[7].n,
	v[8].p, v[9].n, v[10].p, v[11].n, v[12].p)
INVOKE(hz_hash_many, v[0].p, v[1].code, v[2].p, v[3].p, v[4].n, v[5].p, v[6].n, v[7].p)
INVOKE(hz_hmac_many, v[0].p, v[1].p, v[2].n, v[3].code, v[4].p, v[5].p, v[6].n, v[7].p, v[8].n, v[9].p)
INVOKE(hz_aead_seal_vector, v[0].p, v[1].p, v[2].n, v[3].p, v[4].p, v[5].n, v[6].p, v[7].n, v[8].p)
INVOKE(hz_aead_open_vector, v[0].p, v[1].p, v[2].n, v[3].p, v[4].p, v[5].n, v[6].p, v[7].n, v[8].p)
INVOKE(hz_aead_free, v[0].p)
INVOKE(hz_aead_new, v[0].p, v[1].p, v[2].p)
INVOKE(hz_aead_supported, v[0].p, v[1].code, v[2].p)
INVOKE(hz_create_aead, v[0].p, v[1].code, v[2].p, v[3].n, v[4].n, v[5].p)
INVOKE(hz_backend_name, v[0].p, v[1].p, v[2].n, v[3].p)
INVOKE(hz_backend_description, v[0].p, v[1].p, v[2].n, v[3].p)
INVOKE(hz_backend_provides, v[0].p, v[1].code, v[2].p)
INVOKE(hz_cipher_supported, v[0].p, v[1].code, v[2].code, v[3].p)
INVOKE(hz_register_cipher_adapter, v[0].p, v[1].code, v[2].code, v[3].function, v[4].p)
INVOKE(hz_create_symmetric_encryption_ctx, v[0].p, v[1].p, v[2].p, v[3].p)
INVOKE(hz_create_symmetric_decryption_ctx, v[0].p, v[1].p, v[2].p, v[3].p)
INVOKE(hz_hash_supported, v[0].p, v[1].code, v[2].p)
INVOKE(hz_create_hash_ctx, v[0].p, v[1].code, v[2].p)
INVOKE(hz_hmac_supported, v[0].p, v[1].code, v[2].p)
INVOKE(hz_create_hmac_ctx, v[0].p, v[1].p, v[2].n, v[3].code, v[4].p)
INVOKE(hz_openssl_version_text, v[0].p, v[1].p, v[2].n, v[3].p)
INVOKE(hz_openssl_symbol, v[0].p, v[1].p, v[2].p)
INVOKE(hz_backend_free, v[0].p)
INVOKE(hz_backend_new, v[0].p, v[1].p, v[2].p)
INVOKE(hz_cipher_context_update, v[0].p, v[1].p, v[2].n, v[3].p, v[4].n, v[5].p)
INVOKE(hz_cipher_context_finalize, v[0].p, v[1].p, v[2].n, v[3].p)
INVOKE(hz_cipher_context_authenticate_additional_data, v[0].p, v[1].p, v[2].n)
INVOKE(hz_cipher_context_tag, v[0].p, v[1].p, v[2].n, v[3].p)
INVOKE(hz_cipher_context_finalize_with_tag, v[0].p, v[1].p, v[2].n, v[3].p, v[4].n, v[5].p)
INVOKE(hz_cipher_context_reset_nonce, v[0].p, v[1].p, v[2].n)
INVOKE(hz_cipher_context_free, v[0].p)
INVOKE(hz_cipher_context_new, v[0].p, v[1].p, v[2].p)
INVOKE(hz_hash_context_algorithm, v[0].p, v[1].p)
INVOKE(hz_hash_context_update, v[0].p, v[1].p, v[2].n)
INVOKE(hz_hash_context_finalize, v[0].p, v[1].p, v[2].n, v[3].p)
INVOKE(hz_hash_context_copy, v[0].p, v[1].p)
INVOKE(hz_hash_context_squeeze, v[0].p, v[1].p, v[2].n)
INVOKE(hz_hash_context_free, v[0].p)
INVOKE(hz_hash_context_new, v[0].p, v[1].p, v[2].p)
INVOKE(hz_hmac_context_algorithm, v[0].p, v[1].p)
INVOKE(hz_hmac_context_update, v[0].p, v[1].p, v[2].n)
INVOKE(hz_hmac_context_finalize, v[0].p, v[1].p, v[2].n, v[3].p)
INVOKE(hz_hmac_context_verify, v[0].p, v[1].p, v[2].n)
INVOKE(hz_hmac_context_copy, v[0].p, v[1].p)
INVOKE(hz_hmac_context_free, v[0].p)
INVOKE(hz_hmac_context_new, v[0].p, v[1].p, v[2].p)

/* ---- What is particular ---- */

static void *cbc(void)
{
	return new_cbc_context(HZ_OPERATION_ENCRYPT);
}

static void *ctr(void)
{
	return new_ctr_context();
}

static void *gcm(void)
{
	return new_gcm_encryption();
}

static void *gcm_finalized(void)
{
	hz_cipher_context *context = new_gcm_encryption();
	size_t length;
	EXPECT_OK(hz_cipher_context_finalize(context, NULL, 0, &length));
	return context;
}

static void *gcm_decryption(void)
{
	return new_gcm_decryption(some_bytes);
}

static void *openssl(void)
{
	hz_backend *backend;
	EXPECT_OK(hz_backend_open("openssl", &backend));
	return backend;
}

static void *shake(void)
{
	return new_hash_context(HZ_HASH_SHAKE128);
}

static void *siv(void)
{
	return new_aead(HZ_AEAD_AES_SIV, 32);
}

static void take_tag(struct arguments *a)
{
	gcm_tag(NULL, 0, a->input);
	a->v[2].n = HZ_MAX_TAG_SIZE;
}

static void take_nonce(struct arguments *a)
{
	a->v[2].n = 16;
}

static void take_short_nonce(struct arguments *a)
{
	a->v[2].n = 12;
}

/* What the functions that open are to open: half of it is the tag. */
static void take_sealed(struct arguments *a)
{
	uint8_t sealed[sizeof a->input];
	take_short_nonce(a);
	EXPECT_OK(hz_aead_seal(a->v[0].p, a->input, 12, some_bytes, 16, a->input, sizeof a->input, sealed,
		sizeof sealed, &a->used));
	a->v[1].p = a->v[5].p = (void *)(uintptr_t)some_bytes;
	memcpy(a->input, sealed, sizeof sealed);
}

static void take_sealed_vector(struct arguments *a)
{
	EXPECT_OK(hz_aead_seal_vector(a->v[0].p, some_bytes, 16, a->list, a->lengths, COUNT(a->list),
		a->input, sizeof a->input, &a->used));
}

static void take_sealed_message(struct arguments *a)
{
	uint8_t sealed[sizeof a->input];
	EXPECT_OK(hz_seal(a->v[0].p, HZ_AEAD_AES_GCM, some_bytes, 32, some_bytes, 32, some_bytes, 16, some_bytes, 32,
		sealed, sizeof sealed, &a->used));
	a->v[2].p = a->v[4].p = a->v[8].p = (void *)(uintptr_t)some_bytes;
	memcpy(a->input, sealed, sizeof sealed);
}

static void take_sealed_list(struct arguments *a)
{
	EXPECT_OK(hz_seal_many(a->v[0].p, a->list, a->lengths, 2, a->list, a->lengths, 2, a->list, a->lengths, 2,
		a->sealed[0], sizeof a->sealed, &a->used));
	for (size_t i = 0; i < COUNT(a->sealed_list); i++) {
		a->sealed_list[i] = a->sealed[i];
		a->sealed_lengths[i] = sizeof a->sealed[i];
	}
	a->v[4].p = a->sealed_list;
	a->v[5].p = a->sealed_lengths;
}

static void take_signature(struct arguments *a)
{
	hz_hmac_context *copy;
	EXPECT_OK(hz_hmac_context_copy(a->v[0].p, &copy));
	EXPECT_OK(hz_hmac_context_finalize(copy, a->input, sizeof a->input, &a->v[2].n));
	EXPECT_OK(hz_hmac_context_free(copy));
}

static void take_mode(struct arguments *a)
{
	a->v[2].p = &a->mode;
}

static hz_status no_object(hz_backend *backend, const hz_cipher *cipher, const hz_mode *mode,
	hz_operation operation, void **object, void *user_data)
{
	(void)backend, (void)cipher, (void)mode, (void)operation, (void)user_data;
	*object = NULL;
	return HZ_OK;
}

/* A pair can be registered once. */
static void take_private_pair(struct arguments *a)
{
	static uint32_t pairs;
	a->v[1].code = (uint32_t)HZ_PRIVATE_ALGORITHMS + __atomic_fetch_add(&pairs, 1, __ATOMIC_RELAXED);
	a->v[2].code = HZ_MODE_NONE;
	a->v[3].function = no_object;
}

/* The names of a cipher, a mode and a hash function; also codes that a test of
 * the table can tell from one another. */
static void take_cipher_name(struct arguments *a)
{
	a->v[0].p = memcpy(a->input, "AES", 4);
}

static void take_aead_name(struct arguments *a)
{
	a->v[0].p = memcpy(a->input, "AES-GCM", 8);
}

static void take_mode_name(struct arguments *a)
{
	a->v[0].p = memcpy(a->input, "CBC", 4);
}

static void take_hash_name(struct arguments *a)
{
	a->v[0].p = memcpy(a->input, "sha256", 7);
}

static void take_backend_name(struct arguments *a)
{
	a->v[0].p = memcpy(a->input, "native", 7);
}

static void take_symbol_name(struct arguments *a)
{
	a->v[1].p = memcpy(a->input, "EVP_sha256", 11);
}

/* A tag of full length. */
static void take_tag_length(struct arguments *a)
{
	a->v[4].n = 0;
}

static void take_sha256(struct arguments *a)
{
	a->v[1].code = HZ_HASH_SHA256;
}

static void take_sha256_behind_key(struct arguments *a)
{
	a->v[3].code = HZ_HASH_SHA256;
}

static void take_aes_cbc(struct arguments *a)
{
	a->v[1].code = HZ_CIPHER_AES;
	a->v[2].code = HZ_MODE_CBC;
}

static void take_backend(struct arguments *a)
{
	a->v[0].p = (void *)(uintptr_t)&forward_backend;
}

/* A name can be registered once, and is the backend's for ever. */
static void take_backend_of_new_name(struct arguments *a)
{
	static char names[100][8];
	static int count;
	int i = __atomic_fetch_add(&count, 1, __ATOMIC_RELAXED);
	take_backend(a);
	(void)snprintf(names[i], sizeof names[i], "call-%d", i);
	a->v[1].p = names[i];
}

static void take_sealer(struct arguments *a)
{
	a->v[0].p = (void *)(uintptr_t)&forward_sealer;
}

static void take_cipher(struct arguments *a)
{
	a->v[0].p = (void *)(uintptr_t)&forward_cipher;
}

static void take_hash(struct arguments *a)
{
	a->v[0].p = (void *)(uintptr_t)&forward_hash;
}

static void take_hmac(struct arguments *a)
{
	a->v[0].p = (void *)(uintptr_t)&forward_hmac;
}

/* ---- The table, in the order of the header ---- */

#define ENTRY(function) .name = #function, .invoke = call_##function
#define BYTES_OUT BUFFER, CAPACITY, USED
#define TEXT_OUT TEXT_BUFFER, CAPACITY, USED
#define LIST_OUT LIST_BUFFER, CAPACITY, USED

const struct call calls[] = {
	{ENTRY(hz_version)},
	{ENTRY(hz_max_block_size)},
	{ENTRY(hz_max_key_size)},
	{ENTRY(hz_max_digest_size)},
	{ENTRY(hz_max_tag_size)},
	{ENTRY(hz_min_tag_size)},
	{ENTRY(hz_min_gcm_nonce_size)},
	{ENTRY(hz_max_gcm_nonce_size)},
	{ENTRY(hz_private_algorithms)},
	{ENTRY(hz_abi_version)},
	{ENTRY(hz_abi_hash)},
	{ENTRY(hz_error_message)},
	{ENTRY(hz_set_error_message), .kinds = {OPTIONAL}},
	{ENTRY(hz_status_string)},
	{ENTRY(hz_load)},
	{ENTRY(hz_live_handles)},
	{ENTRY(hz_fix_signal_handlers)},
	{ENTRY(hz_aead_algorithm_name), .kinds = {CODE, TEXT_OUT}},
	{ENTRY(hz_aead_algorithm_key_sizes), .kinds = {CODE, LIST_OUT}},
	{ENTRY(hz_aead_algorithm_min_nonce_size), .kinds = {CODE, SIZE_RESULT}},
	{ENTRY(hz_aead_algorithm_max_nonce_size), .kinds = {CODE, SIZE_RESULT}},
	{ENTRY(hz_aead_algorithm_tag_sizes), .kinds = {CODE, LIST_OUT}},
	{ENTRY(hz_aead_by_name), .kinds = {TEXT, CODE_RESULT}, .adjust = take_aead_name},
	{ENTRY(hz_aead_algorithms), .kinds = {LIST_OUT}},
	{ENTRY(hz_interface_name), .kinds = {CODE, TEXT_OUT}},
	{ENTRY(hz_cipher_algorithm_name), .kinds = {CODE, TEXT_OUT}},
	{ENTRY(hz_cipher_algorithm_block_size), .kinds = {CODE, SIZE_RESULT}},
	{ENTRY(hz_cipher_algorithm_key_sizes), .kinds = {CODE, LIST_OUT}},
	{ENTRY(hz_cipher_algorithm_nonce_size), .kinds = {CODE, SIZE_RESULT}},
	{ENTRY(hz_cipher_algorithm_modes), .kinds = {CODE, LIST_OUT}},
	{ENTRY(hz_cipher_mode_name), .kinds = {CODE, TEXT_OUT}},
	{ENTRY(hz_hash_algorithm_name), .kinds = {CODE, TEXT_OUT}},
	{ENTRY(hz_hash_algorithm_digest_size), .kinds = {CODE, SIZE_RESULT}},
	{ENTRY(hz_hash_algorithm_block_size), .kinds = {CODE, SIZE_RESULT}},
	{ENTRY(hz_hash_algorithm_extendable), .kinds = {CODE, BOOL_RESULT}},
	{ENTRY(hz_cipher_by_name), .kinds = {TEXT, CODE_RESULT}, .adjust = take_cipher_name},
	{ENTRY(hz_mode_by_name), .kinds = {TEXT, CODE_RESULT}, .adjust = take_mode_name},
	{ENTRY(hz_hash_by_name), .kinds = {TEXT, CODE_RESULT}, .adjust = take_hash_name},
	{ENTRY(hz_cipher_algorithms), .kinds = {LIST_OUT}},
	{ENTRY(hz_hash_algorithms), .kinds = {LIST_OUT}},
	{ENTRY(hz_backend_open), .kinds = {TEXT, HANDLE_RESULT}, .makes = BACKEND,
		.adjust = take_backend_name},
	{ENTRY(hz_backend_names), .kinds = {BYTES_OUT}},
	{ENTRY(hz_default_backend), .kinds = {HANDLE_RESULT}, .makes = BACKEND},
	{ENTRY(hz_constant_time_compare), .kinds = {INPUT, LENGTH, INPUT, LENGTH, BOOL_RESULT}},
	{ENTRY(hz_random_bytes), .kinds = {FILLED, LENGTH}, .random = true},
	{ENTRY(hz_backend_register), .kinds = {METHODS, OPTIONAL}, .lasts = true,
		.adjust = take_backend_of_new_name},

	{ENTRY(hz_aead_algorithm_of), .owner = AEAD, .kinds = {HANDLE, CODE_RESULT}},
	{ENTRY(hz_aead_tag_length), .owner = AEAD, .kinds = {HANDLE, SIZE_RESULT}},
	{ENTRY(hz_aead_seal), .owner = AEAD,
		.kinds = {HANDLE, INPUT, LENGTH, INPUT, LENGTH, INPUT, LENGTH, BYTES_OUT},
		.adjust = take_short_nonce, .empty = {[1] = HZ_ERR_INVALID_NONCE}},
	{ENTRY(hz_aead_open), .owner = AEAD,
		.kinds = {HANDLE, INPUT, LENGTH, INPUT, LENGTH, INPUT, LENGTH, BYTES_OUT},
		.adjust = take_sealed,
		.empty = {[1] = HZ_ERR_INVALID_NONCE, [3] = HZ_ERR_INVALID_TAG, [5] = HZ_ERR_INVALID_TAG}},
	{ENTRY(hz_aead_seal_vector), .owner = AEAD, .self = siv,
		.kinds = {HANDLE, INPUT, LENGTH, LIST_IN, LENGTHS, LENGTH, BYTES_OUT},
		.empty = {[1] = HZ_ERR_INVALID_ARGUMENT}},
	{ENTRY(hz_aead_open_vector), .owner = AEAD, .self = siv,
		.kinds = {HANDLE, INPUT, LENGTH, LIST_IN, LENGTHS, LENGTH, BYTES_OUT},
		.adjust = take_sealed_vector,
		.empty = {[1] = HZ_ERR_INVALID_TAG, [3] = HZ_ERR_INVALID_TAG, [4] = HZ_ERR_INVALID_TAG}},
	{ENTRY(hz_seal_many), .owner = AEAD,
		.kinds = {HANDLE, LIST_IN, LENGTHS, LENGTH, LIST_IN, LENGTHS, LENGTH, LIST_IN, LENGTHS, LENGTH, BYTES_OUT},
		.empty = {[1] = HZ_ERR_INVALID_ARGUMENT, [2] = HZ_ERR_INVALID_ARGUMENT,
			[4] = HZ_ERR_INVALID_ARGUMENT, [5] = HZ_ERR_INVALID_ARGUMENT}},
	{ENTRY(hz_open_many), .owner = AEAD,
		.kinds = {HANDLE, LIST_IN, LENGTHS, LENGTH, LIST_IN, LENGTHS, LENGTH, LIST_IN, LENGTHS, LENGTH, BYTES_OUT},
		.adjust = take_sealed_list,
		.empty = {[1] = HZ_ERR_INVALID_ARGUMENT, [2] = HZ_ERR_INVALID_ARGUMENT,
			[4] = HZ_ERR_INVALID_ARGUMENT, [5] = HZ_ERR_INVALID_ARGUMENT,
			[7] = HZ_ERR_INVALID_TAG, [8] = HZ_ERR_INVALID_TAG}},
	{ENTRY(hz_aead_free), .owner = AEAD, .kinds = {HANDLE}, .frees = true},
	{ENTRY(hz_aead_new), .kinds = {METHODS, OPTIONAL, HANDLE_RESULT}, .makes = AEAD,
		.adjust = take_sealer},

	{ENTRY(hz_aead_supported), .owner = BACKEND, .kinds = {HANDLE, CODE, BOOL_RESULT}},
	{ENTRY(hz_create_aead), .owner = BACKEND,
		.kinds = {HANDLE, CODE, INPUT, LENGTH, LENGTH, HANDLE_RESULT}, .makes = AEAD,
		.adjust = take_tag_length, .empty = {[2] = HZ_ERR_INVALID_KEY}},
	{ENTRY(hz_backend_name), .owner = BACKEND, .kinds = {HANDLE, TEXT_OUT}},
	{ENTRY(hz_backend_description), .owner = BACKEND, .kinds = {HANDLE, TEXT_OUT}},
	{ENTRY(hz_backend_provides), .owner = BACKEND, .kinds = {HANDLE, CODE, BOOL_RESULT}},
	{ENTRY(hz_cipher_supported), .owner = BACKEND, .kinds = {HANDLE, CODE, CODE, BOOL_RESULT},
		.adjust = take_aes_cbc},
	{ENTRY(hz_register_cipher_adapter), .owner = BACKEND,
		.kinds = {HANDLE, CODE, CODE, FUNCTION, OPTIONAL}, .lasts = true, .adjust = take_private_pair},
	{ENTRY(hz_create_symmetric_encryption_ctx), .owner = BACKEND,
		.kinds = {HANDLE, CIPHER, OPTIONAL, HANDLE_RESULT}, .makes = CIPHER_CONTEXT,
		.adjust = take_mode},
	{ENTRY(hz_create_symmetric_decryption_ctx), .owner = BACKEND,
		.kinds = {HANDLE, CIPHER, OPTIONAL, HANDLE_RESULT}, .makes = CIPHER_CONTEXT,
		.adjust = take_mode},
	{ENTRY(hz_hash_supported), .owner = BACKEND, .kinds = {HANDLE, CODE, BOOL_RESULT}},
	{ENTRY(hz_create_hash_ctx), .owner = BACKEND, .kinds = {HANDLE, CODE, HANDLE_RESULT},
		.makes = HASH_CONTEXT, .adjust = take_sha256},
	{ENTRY(hz_hmac_supported), .owner = BACKEND, .kinds = {HANDLE, CODE, BOOL_RESULT}},
	{ENTRY(hz_create_hmac_ctx), .owner = BACKEND, .kinds = {HANDLE, INPUT, LENGTH, CODE, HANDLE_RESULT},
		.makes = HMAC_CONTEXT, .adjust = take_sha256_behind_key},
	{ENTRY(hz_hash), .owner = BACKEND, .kinds = {HANDLE, CODE, INPUT, LENGTH, BYTES_OUT},
		.adjust = take_sha256},
	{ENTRY(hz_hmac), .owner = BACKEND, .kinds = {HANDLE, INPUT, LENGTH, CODE, INPUT, LENGTH, BYTES_OUT},
		.adjust = take_sha256_behind_key},
	{ENTRY(hz_encrypt), .owner = BACKEND, .kinds = {HANDLE, CIPHER, OPTIONAL, INPUT, LENGTH, BYTES_OUT},
		.adjust = take_mode},
	{ENTRY(hz_decrypt), .owner = BACKEND, .kinds = {HANDLE, CIPHER, OPTIONAL, INPUT, LENGTH, BYTES_OUT},
		.adjust = take_mode},
	{ENTRY(hz_seal), .owner = BACKEND,
		.kinds = {HANDLE, CODE, INPUT, LENGTH, INPUT, LENGTH, INPUT, LENGTH, INPUT, LENGTH, BYTES_OUT},
		.empty = {[2] = HZ_ERR_INVALID_KEY, [4] = HZ_ERR_INVALID_NONCE}},
	{ENTRY(hz_open), .owner = BACKEND,
		.kinds = {HANDLE, CODE, INPUT, LENGTH, INPUT, LENGTH, INPUT, LENGTH, INPUT, LENGTH, BYTES_OUT},
		.adjust = take_sealed_message,
		.empty = {[2] = HZ_ERR_INVALID_KEY, [4] = HZ_ERR_INVALID_NONCE, [6] = HZ_ERR_INVALID_TAG,
			[8] = HZ_ERR_INVALID_TAG}},
	{ENTRY(hz_hash_many), .owner = BACKEND,
		.kinds = {HANDLE, CODE, LIST_IN, LENGTHS, LENGTH, BYTES_OUT}, .adjust = take_sha256},
	{ENTRY(hz_hmac_many), .owner = BACKEND,
		.kinds = {HANDLE, INPUT, LENGTH, CODE, LIST_IN, LENGTHS, LENGTH, BYTES_OUT},
		.adjust = take_sha256_behind_key},
	{ENTRY(hz_openssl_version_text), .owner = BACKEND, .self = openssl, .needs = "openssl",
		.kinds = {HANDLE, TEXT_OUT}},
	{ENTRY(hz_openssl_symbol), .owner = BACKEND, .self = openssl, .needs = "openssl",
		.kinds = {HANDLE, TEXT, ADDRESS_RESULT}, .adjust = take_symbol_name},
	{ENTRY(hz_backend_free), .owner = BACKEND, .kinds = {HANDLE}, .frees = true},
	{ENTRY(hz_backend_new), .kinds = {METHODS, OPTIONAL, HANDLE_RESULT}, .makes = BACKEND,
		.adjust = take_backend},

	{ENTRY(hz_cipher_context_update), .owner = CIPHER_CONTEXT, .self = cbc,
		.kinds = {HANDLE, INPUT, LENGTH, BYTES_OUT}},
	{ENTRY(hz_cipher_context_finalize), .owner = CIPHER_CONTEXT, .self = gcm,
		.kinds = {HANDLE, BYTES_OUT}},
	{ENTRY(hz_cipher_context_authenticate_additional_data), .owner = CIPHER_CONTEXT, .self = gcm,
		.kinds = {HANDLE, INPUT, LENGTH}},
	{ENTRY(hz_cipher_context_tag), .owner = CIPHER_CONTEXT, .self = gcm_finalized,
		.kinds = {HANDLE, BYTES_OUT}},
	{ENTRY(hz_cipher_context_finalize_with_tag), .owner = CIPHER_CONTEXT, .self = gcm_decryption,
		.kinds = {HANDLE, INPUT, LENGTH, BYTES_OUT}, .adjust = take_tag,
		.empty = {[1] = HZ_ERR_INVALID_TAG_LENGTH}},
	{ENTRY(hz_cipher_context_reset_nonce), .owner = CIPHER_CONTEXT, .self = ctr,
		.kinds = {HANDLE, INPUT, LENGTH}, .adjust = take_nonce, .empty = {[1] = HZ_ERR_INVALID_NONCE}},
	{ENTRY(hz_cipher_context_free), .owner = CIPHER_CONTEXT, .kinds = {HANDLE}, .frees = true},
	{ENTRY(hz_cipher_context_new), .kinds = {METHODS, OPTIONAL, HANDLE_RESULT}, .makes = CIPHER_CONTEXT,
		.adjust = take_cipher},

	{ENTRY(hz_hash_context_algorithm), .owner = HASH_CONTEXT, .kinds = {HANDLE, CODE_RESULT}},
	{ENTRY(hz_hash_context_update), .owner = HASH_CONTEXT, .kinds = {HANDLE, INPUT, LENGTH}},
	{ENTRY(hz_hash_context_finalize), .owner = HASH_CONTEXT, .kinds = {HANDLE, BYTES_OUT}},
	{ENTRY(hz_hash_context_copy), .owner = HASH_CONTEXT, .kinds = {HANDLE, HANDLE_RESULT},
		.makes = HASH_CONTEXT},
	{ENTRY(hz_hash_context_squeeze), .owner = HASH_CONTEXT, .self = shake,
		.kinds = {HANDLE, FILLED, LENGTH}},
	{ENTRY(hz_hash_context_free), .owner = HASH_CONTEXT, .kinds = {HANDLE}, .frees = true},
	{ENTRY(hz_hash_context_new), .kinds = {METHODS, OPTIONAL, HANDLE_RESULT}, .makes = HASH_CONTEXT,
		.adjust = take_hash},

	{ENTRY(hz_hmac_context_algorithm), .owner = HMAC_CONTEXT, .kinds = {HANDLE, CODE_RESULT}},
	{ENTRY(hz_hmac_context_update), .owner = HMAC_CONTEXT, .kinds = {HANDLE, INPUT, LENGTH}},
	{ENTRY(hz_hmac_context_finalize), .owner = HMAC_CONTEXT, .kinds = {HANDLE, BYTES_OUT}},
	{ENTRY(hz_hmac_context_verify), .owner = HMAC_CONTEXT, .kinds = {HANDLE, INPUT, LENGTH},
		.adjust = take_signature, .empty = {[1] = HZ_ERR_INVALID_SIGNATURE}},
	{ENTRY(hz_hmac_context_copy), .owner = HMAC_CONTEXT, .kinds = {HANDLE, HANDLE_RESULT},
		.makes = HMAC_CONTEXT},
	{ENTRY(hz_hmac_context_free), .owner = HMAC_CONTEXT, .kinds = {HANDLE}, .frees = true},
	{ENTRY(hz_hmac_context_new), .kinds = {METHODS, OPTIONAL, HANDLE_RESULT}, .makes = HMAC_CONTEXT,
		.adjust = take_hmac},
};

const size_t call_count = COUNT(calls);
