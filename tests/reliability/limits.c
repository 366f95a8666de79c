/* The ends of what a message may be: nothing at all, and the last byte that a mode
 * takes under one nonce. */
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include "fixture.h"
#include "rows.h"
#include "test.h"

static const char *const names[] = {"native", "openssl"};
enum { BACKENDS = 2 };

static hz_backend *backends[BACKENDS];

/* ---- Nothing at all ---- */

static size_t messages;

/* What a backend gave; n is 0 of one that does not have the algorithm. */
struct outcome {
	uint8_t bytes[HZ_MAX_DIGEST_SIZE];
	size_t n;
};

static void expect_same(const struct outcome outcomes[BACKENDS])
{
	if (outcomes[0].n > 0 && outcomes[1].n > 0 && EXPECT_SIZE(outcomes[0].n, outcomes[1].n))
		EXPECT_BYTES(outcomes[0].bytes, outcomes[1].bytes, outcomes[0].n);
}

static void hash_nothing(hz_hash_algorithm algorithm)
{
	struct outcome outcomes[BACKENDS] = {{{0}, 0}};
	for (size_t b = 0; b < BACKENDS; b++) {
		hz_hash_context *context;
		bool supported;
		EXPECT_OK(hz_hash_supported(backends[b], algorithm, &supported));
		if (!supported)
			continue;
		EXPECT_OK(hz_create_hash_ctx(backends[b], algorithm, &context));
		EXPECT_OK(hz_hash_context_update(context, NULL, 0));
		EXPECT_OK(hz_hash_context_update(context, some_bytes, 0));
		EXPECT_OK(hz_hash_context_finalize(context, outcomes[b].bytes, HZ_MAX_DIGEST_SIZE, &outcomes[b].n));
		EXPECT_OK(hz_hash_context_free(context));
		messages++;
	}
	expect_same(outcomes);
}

static void authenticate_nothing(hz_hash_algorithm algorithm)
{
	struct outcome outcomes[BACKENDS] = {{{0}, 0}};
	for (size_t b = 0; b < BACKENDS; b++) {
		hz_hmac_context *context;
		bool supported;
		EXPECT_OK(hz_hmac_supported(backends[b], algorithm, &supported));
		if (!supported)
			continue;
		EXPECT_OK(hz_create_hmac_ctx(backends[b], NULL, 0, algorithm, &context));
		EXPECT_OK(hz_hmac_context_update(context, NULL, 0));
		EXPECT_OK(hz_hmac_context_finalize(context, outcomes[b].bytes, HZ_MAX_DIGEST_SIZE, &outcomes[b].n));
		EXPECT_OK(hz_hmac_context_free(context));
		messages++;
	}
	expect_same(outcomes);
}

static void test_hash_nothing(void)
{
	hz_hash_algorithm algorithms[64];
	size_t n;
	EXPECT_OK(hz_hash_algorithms(algorithms, COUNT(algorithms), &n));
	for (size_t i = 0; i < n; i++) {
		test_note("hash function %u", (unsigned)algorithms[i]);
		hash_nothing(algorithms[i]);
		authenticate_nothing(algorithms[i]);
	}
	CHECK(messages > 0);
	row(messages, "a message of no bytes, hashed and authenticated by every function of both backends");
}

/* A key and what else the pair takes. */
static hz_cipher cipher_for(hz_cipher_algorithm algorithm, hz_cipher_mode mode)
{
	uint32_t sizes[64];
	size_t n, largest;
	hz_cipher cipher = cipher_of(algorithm, 0);
	EXPECT_OK(hz_cipher_algorithm_key_sizes(algorithm, sizes, COUNT(sizes), &n));
	largest = sizes[n - 1] / 8;
	cipher.key_len = algorithm == HZ_CIPHER_AES && mode != HZ_MODE_XTS ? 32 : largest;
	cipher.nonce = some_bytes;
	EXPECT_OK(hz_cipher_algorithm_nonce_size(algorithm, &cipher.nonce_len));
	return cipher;
}

static hz_mode mode_for(hz_cipher_algorithm algorithm, hz_cipher_mode mode)
{
	size_t block;
	EXPECT_OK(hz_cipher_algorithm_block_size(algorithm, &block));
	return mode_of(mode, mode == HZ_MODE_ECB ? 0 : block);
}

static bool has_cipher(hz_backend *backend, hz_cipher_algorithm algorithm, hz_cipher_mode mode)
{
	bool supported;
	EXPECT_OK(hz_cipher_supported(backend, algorithm, mode, &supported));
	return supported;
}

static void encrypt_nothing(hz_cipher_algorithm algorithm, hz_cipher_mode which)
{
	hz_cipher cipher = cipher_for(algorithm, which);
	hz_mode mode = mode_for(algorithm, which);
	struct outcome outcomes[BACKENDS] = {{{0}, 0}};
	for (size_t b = 0; b < BACKENDS; b++) {
		hz_cipher_context *context;
		size_t n = 99;
		if (!has_cipher(backends[b], algorithm, which))
			continue;
		EXPECT_OK(hz_create_symmetric_encryption_ctx(backends[b], &cipher,
			which == HZ_MODE_NONE ? NULL : &mode, &context));
		if (which == HZ_MODE_GCM)
			EXPECT_OK(hz_cipher_context_authenticate_additional_data(context, NULL, 0));
		EXPECT_OK(hz_cipher_context_update(context, NULL, 0, NULL, 0, &n));
		EXPECT_SIZE(n, 0);
		EXPECT_OK(hz_cipher_context_update(context, some_bytes, 0, outcomes[b].bytes, 1, &n));
		EXPECT_SIZE(n, 0);
		EXPECT_OK(hz_cipher_context_finalize(context, NULL, 0, &n));
		EXPECT_SIZE(n, 0);
		if (which == HZ_MODE_GCM)
			EXPECT_OK(hz_cipher_context_tag(context, outcomes[b].bytes, HZ_MAX_TAG_SIZE, &n));
		outcomes[b].n = HZ_MAX_TAG_SIZE;
		EXPECT_OK(hz_cipher_context_free(context));
		messages++;
	}
	expect_same(outcomes);
}

static void test_encrypt_nothing(void)
{
	hz_cipher_algorithm algorithms[64];
	size_t n;
	EXPECT_OK(hz_cipher_algorithms(algorithms, COUNT(algorithms), &n));
	messages = 0;
	for (size_t i = 0; i < n; i++) {
		hz_cipher_mode modes[64];
		size_t count;
		EXPECT_OK(hz_cipher_algorithm_modes(algorithms[i], modes, COUNT(modes), &count));
		for (size_t j = 0; j < count; j++) {
			test_note("cipher %u, mode %u", (unsigned)algorithms[i], (unsigned)modes[j]);
			encrypt_nothing(algorithms[i], modes[j]);
		}
	}
	CHECK(messages > 0);
	row(messages, "a message of no bytes, encrypted by every pair of both backends");
}

/* ---- The last byte ---- */

static hz_status update(hz_cipher_context *context, size_t n)
{
	static uint8_t out[256];
	size_t written = 0;
	hz_status status = hz_cipher_context_update(context, some_bytes, n, out, sizeof out, &written);
	EXPECT_SIZE(written, status == HZ_OK ? n : 0);
	return status;
}

/* Walks to a limit so many bytes away, then starts anew under another nonce. */
static void walk_to(size_t limit, hz_cipher_context *context, const uint8_t *nonce)
{
	EXPECT_STATUS(update(context, limit + 1), HZ_ERR_LIMIT_EXCEEDED);
	EXPECT_OK(update(context, limit - 1));
	EXPECT_STATUS(update(context, 2), HZ_ERR_LIMIT_EXCEEDED);
	EXPECT_OK(update(context, 1));
	EXPECT_STATUS(update(context, 1), HZ_ERR_LIMIT_EXCEEDED);
	EXPECT_MESSAGE("0");
	EXPECT_OK(update(context, 0));
	EXPECT_OK(hz_cipher_context_reset_nonce(context, nonce, 16));
	EXPECT_OK(update(context, limit));
	EXPECT_STATUS(update(context, 1), HZ_ERR_LIMIT_EXCEEDED);
	EXPECT_OK(hz_cipher_context_reset_nonce(context, some_bytes, 16));
	EXPECT_OK(update(context, limit + 1));
	EXPECT_OK(hz_cipher_context_free(context));
}

static void test_counters(void)
{
	uint8_t last[16], first[16] = {0xff, 0xff, 0xff, 0xff};
	memset(last, 0xff, sizeof last);
	for (size_t b = 0; b < BACKENDS; b++) {
		hz_cipher_context *context;
		hz_cipher aes = cipher_of(HZ_CIPHER_AES, 32), chacha = cipher_of(HZ_CIPHER_CHACHA20, 32);
		hz_mode mode = mode_of(HZ_MODE_CTR, sizeof last);
		for (size_t blocks = 1; blocks < 4; blocks++) {
			test_note("AES-CTR by %s, %zu blocks", names[b], blocks);
			last[15] = (uint8_t)(0x100 - blocks);
			mode.iv = last;
			EXPECT_OK(hz_create_symmetric_encryption_ctx(backends[b], &aes, &mode, &context));
			walk_to(16 * blocks, context, last);
			test_note("ChaCha20 by %s, %zu blocks", names[b], blocks);
			first[0] = (uint8_t)(0x100 - blocks); /* little endian */
			chacha.nonce = first;
			chacha.nonce_len = sizeof first;
			EXPECT_OK(hz_create_symmetric_encryption_ctx(backends[b], &chacha, NULL, &context));
			walk_to(64 * blocks, context, first);
		}
	}
	row(12, "a counter (CTR of 128 bits, ChaCha20 of 32) walked to its end, and not over it");
}

/* GCM's limits are 64 GiB and 2 EiB away. So what goes over them is refused, and
 * nothing has changed; reaching them is in the tests of package engine. */
static void test_gcm(void)
{
	const size_t limit = ((size_t)1 << 36) - 32, additional = ((size_t)1 << 61) - 1;
	void *space = mmap(NULL, limit + 1, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (!CHECK(space != MAP_FAILED))
		return;
	for (size_t b = 0; b < BACKENDS; b++) {
		hz_cipher cipher = cipher_of(HZ_CIPHER_AES, 16);
		hz_mode mode = mode_of(HZ_MODE_GCM, 12);
		hz_cipher_context *context;
		uint8_t tag[HZ_MAX_TAG_SIZE], want[HZ_MAX_TAG_SIZE];
		size_t n;
		test_note("AES-GCM by %s", names[b]);
		EXPECT_OK(hz_create_symmetric_encryption_ctx(backends[b], &cipher, &mode, &context));
		EXPECT_STATUS(hz_cipher_context_authenticate_additional_data(context, space, additional + 1),
			HZ_ERR_LIMIT_EXCEEDED);
		EXPECT_STATUS(hz_cipher_context_update(context, space, limit + 1, space, limit + 1, &n),
			HZ_ERR_LIMIT_EXCEEDED);
		EXPECT_OK(hz_cipher_context_authenticate_additional_data(context, NULL, 0));
		EXPECT_OK(update(context, 1));
		EXPECT_STATUS(hz_cipher_context_update(context, space, limit, space, limit, &n), HZ_ERR_LIMIT_EXCEEDED);
		EXPECT_SIZE(n, 0);
		EXPECT_OK(hz_cipher_context_finalize(context, NULL, 0, &n));
		EXPECT_OK(hz_cipher_context_tag(context, tag, sizeof tag, &n));
		gcm_tag(some_bytes, 1, want);
		EXPECT_BYTES(tag, want, sizeof tag);
		EXPECT_OK(hz_cipher_context_free(context));
	}
	CHECK(munmap(space, limit + 1) == 0);
	row(6, "more than GCM takes of data or additional data is refused before any is processed");
}

static void test_data_unit(void)
{
	enum { UNIT = 16 << 20 };
	void *space = mmap(NULL, UNIT + 1, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (!CHECK(space != MAP_FAILED))
		return;
	for (size_t b = 0; b < BACKENDS; b++) {
		hz_cipher cipher = cipher_of(HZ_CIPHER_AES, 64);
		hz_mode mode = mode_of(HZ_MODE_XTS, 16);
		hz_cipher_context *context;
		size_t n;
		test_note("AES-XTS by %s", names[b]);
		if (!has_cipher(backends[b], cipher.algorithm, mode.mode))
			continue;
		EXPECT_OK(hz_create_symmetric_encryption_ctx(backends[b], &cipher, &mode, &context));
		EXPECT_STATUS(update(context, 15), HZ_ERR_INCOMPLETE_BLOCK);
		EXPECT_STATUS(hz_cipher_context_update(context, space, UNIT + 1, space, UNIT + 1, &n),
			HZ_ERR_LIMIT_EXCEEDED);
		EXPECT_OK(hz_cipher_context_update(context, space, UNIT, space, UNIT, &n));
		EXPECT_SIZE(n, UNIT);
		EXPECT_STATUS(update(context, 16), HZ_ERR_ALREADY_UPDATED);
		EXPECT_OK(hz_cipher_context_free(context));
		row(1, "a data unit of XTS of 16 MiB, and none of a byte more, by the %s backend", names[b]);
	}
	CHECK(munmap(space, UNIT + 1) == 0);
}

int main(void)
{
	static const struct test tests[] = {
		TEST(test_hash_nothing),
		TEST(test_encrypt_nothing),
		TEST(test_counters),
		TEST(test_gcm),
		TEST(test_data_unit),
	};
	for (size_t b = 0; b < BACKENDS; b++) {
		if (hz_backend_open(names[b], &backends[b]) != HZ_OK) {
			(void)fprintf(stderr, "%s\n", hz_error_message());
			return 1;
		}
	}
	int status = RUN_TESTS(tests);
	for (size_t b = 0; b < BACKENDS; b++)
		(void)hz_backend_free(backends[b]);
	return hz_live_handles() == 0 ? status : 1;
}
