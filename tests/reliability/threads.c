/* Many threads at once, each with contexts of its own on backends that all share.
 * Usage: threads ROUNDS [THREADS]. */
#include <pthread.h>
#include <stdlib.h>

#include "calls.h"
#include "fixture.h"
#include "rows.h"
#include "test.h"

enum { MOST_THREADS = 64 };

static size_t rounds = 10, thread_count = MOST_THREADS;
static pthread_barrier_t start;

/* Runs one function in all threads, which begin at once. */
static void in_threads(void *(*run)(void *), void *argument)
{
	pthread_t threads[MOST_THREADS];
	CHECK(pthread_barrier_init(&start, NULL, (unsigned)thread_count) == 0);
	for (size_t i = 0; i < thread_count; i++)
		CHECK(pthread_create(&threads[i], NULL, run, argument) == 0);
	for (size_t i = 0; i < thread_count; i++)
		CHECK(pthread_join(threads[i], NULL) == 0);
	CHECK(pthread_barrier_destroy(&start) == 0);
}

static void make(const struct call *call)
{
	struct arguments a;
	arguments_make(&a, call);
	EXPECT_OK(arguments_call(&a, call));
	arguments_free(&a, call);
}

/* Every function of the library, which opens the default backend, one object for all,
 * wherever it needs one. */
static void *makes_every_call(void *unused)
{
	(void)pthread_barrier_wait(&start);
	for (size_t round = 0; round < rounds; round++) {
		for (size_t i = 0; i < call_count; i++) {
			if (round == 0 || !calls[i].lasts)
				make(&calls[i]);
		}
	}
	return unused;
}

static void test_every_call(void)
{
	in_threads(makes_every_call, NULL);
	EXPECT_SIZE(hz_live_handles(), 0);
	row(rounds, "%zu threads at once make each of the %zu calls", thread_count, call_count);
}

/* One backend handle in all threads. */
static void *shares_backend(void *backend)
{
	(void)pthread_barrier_wait(&start);
	for (size_t i = 0; i < rounds * 20; i++) {
		hz_hmac_context *hmac;
		hz_hash_context *hash;
		hz_cipher_context *context;
		hz_cipher cipher = cipher_of(HZ_CIPHER_AES, 32);
		hz_mode mode = mode_of(HZ_MODE_GCM, 12);
		uint8_t out[sizeof some_bytes];
		size_t n;
		EXPECT_OK(hz_create_hash_ctx(backend, HZ_HASH_SHA256, &hash));
		EXPECT_OK(hz_create_hmac_ctx(backend, some_bytes, 32, HZ_HASH_SHA256, &hmac));
		EXPECT_OK(hz_create_symmetric_encryption_ctx(backend, &cipher, &mode, &context));
		EXPECT_OK(hz_hash_context_update(hash, some_bytes, sizeof some_bytes));
		EXPECT_OK(hz_hmac_context_update(hmac, some_bytes, sizeof some_bytes));
		EXPECT_OK(hz_cipher_context_update(context, some_bytes, sizeof some_bytes, out, sizeof out, &n));
		EXPECT_OK(hz_hash_context_free(hash));
		EXPECT_OK(hz_hmac_context_free(hmac));
		EXPECT_OK(hz_cipher_context_free(context));
	}
	return NULL;
}

static void test_shared_backends(void)
{
	static const char *const names[] = {"native", "openssl", "native,openssl"};
	for (size_t b = 0; b < COUNT(names); b++) {
		hz_backend *backend;
		EXPECT_OK(hz_backend_open(names[b], &backend));
		in_threads(shares_backend, backend);
		EXPECT_OK(hz_backend_free(backend));
		EXPECT_SIZE(hz_live_handles(), 0);
		row(rounds * 20, "%zu threads at once hash, authenticate and encrypt with one handle of %s",
			thread_count, names[b]);
	}
}

/* One key in all threads, which seal and open messages of their own with it. */
static void *shares_key(void *aead)
{
	(void)pthread_barrier_wait(&start);
	for (size_t i = 0; i < rounds * 20; i++) {
		uint8_t sealed[sizeof some_bytes + HZ_MAX_TAG_SIZE], opened[sizeof some_bytes];
		size_t length = i % sizeof some_bytes, n;
		EXPECT_OK(hz_aead_seal(aead, some_bytes, 12, some_bytes, length, NULL, 0, sealed, sizeof sealed, &n));
		EXPECT_OK(hz_aead_open(aead, some_bytes, 12, sealed, n, NULL, 0, opened, sizeof opened, &n));
		if (EXPECT_SIZE(n, length))
			EXPECT_BYTES(opened, some_bytes, n);
	}
	return NULL;
}

static void test_shared_key(void)
{
	hz_aead *aead = new_aead(HZ_AEAD_AES_GCM, 32);
	in_threads(shares_key, aead);
	EXPECT_OK(hz_aead_free(aead));
	EXPECT_SIZE(hz_live_handles(), 0);
	row(rounds * 20, "%zu threads at once seal and open with one key", thread_count);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(test_every_call), TEST(test_shared_backends), TEST(test_shared_key)};
	if (argc > 1)
		rounds = strtoul(argv[1], NULL, 10);
	if (argc > 2)
		thread_count = strtoul(argv[2], NULL, 10);
	if (thread_count < 1 || thread_count > MOST_THREADS)
		return 2;
	return RUN_TESTS(tests);
}
