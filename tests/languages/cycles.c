/*
 * Contexts that are made, used and freed, over and over: the process must not grow.
 *
 * usage: cycles COUNT
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "hazmat.h"
#include "rows.h"
#include "test.h"

/* What memory may differ by from one time to another, in bytes. */
enum { ROOM = 2 << 20 };

static size_t cycles = 100000;
static const uint8_t zeros[64];
static uint8_t out[128];
static size_t used;

static void cipher(hz_backend *backend, hz_cipher_algorithm algorithm, hz_cipher_mode mode_code, size_t iv_len)
{
	hz_cipher parameters = {.size = sizeof parameters, .algorithm = algorithm, .key = zeros, .key_len = 32};
	hz_mode mode = {.size = sizeof mode, .mode = mode_code, .iv = zeros, .iv_len = iv_len};
	hz_cipher_context *context;
	if (mode_code == HZ_MODE_NONE) {
		parameters.nonce = zeros;
		parameters.nonce_len = 16;
	}
	EXPECT_OK(hz_create_symmetric_encryption_ctx(backend, &parameters, &mode, &context));
	EXPECT_OK(hz_cipher_context_update(context, zeros, sizeof zeros, out, sizeof out, &used));
	EXPECT_OK(hz_cipher_context_finalize(context, out, sizeof out, &used));
	EXPECT_OK(hz_cipher_context_free(context));
}

static void hash(hz_backend *backend, hz_hash_algorithm algorithm)
{
	hz_hash_context *context, *copy;
	EXPECT_OK(hz_create_hash_ctx(backend, algorithm, &context));
	EXPECT_OK(hz_hash_context_update(context, zeros, sizeof zeros));
	EXPECT_OK(hz_hash_context_copy(context, &copy));
	EXPECT_OK(hz_hash_context_finalize(context, out, sizeof out, &used));
	EXPECT_OK(hz_hash_context_free(context));
	EXPECT_OK(hz_hash_context_free(copy));
}

static void hmac(hz_backend *backend)
{
	hz_hmac_context *context;
	EXPECT_OK(hz_create_hmac_ctx(backend, zeros, 32, HZ_HASH_SHA256, &context));
	EXPECT_OK(hz_hmac_context_update(context, zeros, sizeof zeros));
	EXPECT_STATUS(hz_hmac_context_verify(context, zeros, 32), HZ_ERR_INVALID_SIGNATURE);
	EXPECT_OK(hz_hmac_context_free(context));
}

static void failures(hz_backend *backend)
{
	hz_backend *another;
	hz_hash_context *context;
	EXPECT_STATUS(hz_create_hash_ctx(backend, HZ_PRIVATE_ALGORITHMS, &context), HZ_ERR_UNSUPPORTED_HASH);
	EXPECT_STATUS(hz_backend_open("no such backend", &another), HZ_ERR_UNKNOWN_BACKEND);
	EXPECT_OK(hz_default_backend(&another));
	EXPECT_OK(hz_backend_free(another));
}

static void cycle(hz_backend *backend, size_t number)
{
	switch (number % 8) {
	case 0:
		cipher(backend, HZ_CIPHER_AES, HZ_MODE_CBC, 16);
		break;
	case 1:
		cipher(backend, HZ_CIPHER_AES, HZ_MODE_CTR, 16);
		break;
	case 2:
		cipher(backend, HZ_CIPHER_AES, HZ_MODE_GCM, 12);
		break;
	case 3:
		cipher(backend, HZ_CIPHER_CHACHA20, HZ_MODE_NONE, 0);
		break;
	case 4:
		hash(backend, HZ_HASH_SHA256);
		break;
	case 5:
		hash(backend, HZ_HASH_SHAKE128);
		break;
	case 6:
		hmac(backend);
		break;
	default:
		failures(backend);
	}
}

/* The memory that the process has, in bytes. */
static size_t resident(void)
{
	size_t pages = 0;
	FILE *statm = fopen("/proc/self/statm", "r");
	CHECK(statm != NULL && fscanf(statm, "%*u %zu", &pages) == 1 && fclose(statm) == 0);
	return pages * (size_t)sysconf(_SC_PAGESIZE);
}

/* Returns the most, or least, that the process had at ten times during some cycles. */
static size_t run(hz_backend *backend, size_t count, bool most)
{
	size_t extreme = most ? 0 : SIZE_MAX;
	for (size_t i = 0; i < count; i++) {
		cycle(backend, i);
		if (i % (count / 10 + 1) != 0)
			continue;
		size_t now = resident();
		if (most ? now > extreme : now < extreme)
			extreme = now;
	}
	return extreme;
}

/* What leaks only ever grows; the garbage of a collector comes and goes. So the
 * least at the end is held against the most near the beginning. */
static void test_cycles(void)
{
	static const char *const names[] = {"native", "openssl"};
	for (size_t i = 0; i < COUNT(names); i++) {
		hz_backend *backend;
		test_note("%s", names[i]);
		EXPECT_OK(hz_backend_open(names[i], &backend));
		(void)run(backend, cycles / 10, true);
		size_t before = run(backend, cycles / 5, true);
		(void)run(backend, cycles / 2, true);
		size_t after = run(backend, cycles / 5, false);
		if (!CHECK(after <= before + ROOM))
			(void)fprintf(stderr, "from %zu to %zu bytes in %zu cycles\n", before, after, cycles * 9 / 10);
		EXPECT_OK(hz_backend_free(backend));
		EXPECT_SIZE(hz_live_handles(), 0);
		row(cycles, "C, %s: contexts are made, used and freed, without growth", names[i]);
	}
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {TEST(test_cycles)};
	if (argc > 1)
		cycles = strtoul(argv[1], NULL, 10);
	return RUN_TESTS(tests);
}
