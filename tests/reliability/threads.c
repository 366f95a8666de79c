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
	pthread_t threads[MOST_THREADS];
	CHECK(pthread_barrier_init(&start, NULL, (unsigned)thread_count) == 0);
	for (size_t i = 0; i < thread_count; i++)
		CHECK(pthread_create(&threads[i], NULL, makes_every_call, NULL) == 0);
	for (size_t i = 0; i < thread_count; i++)
		CHECK(pthread_join(threads[i], NULL) == 0);
	CHECK(pthread_barrier_destroy(&start) == 0);
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
		pthread_t threads[MOST_THREADS];
		EXPECT_OK(hz_backend_open(names[b], &backend));
		CHECK(pthread_barrier_init(&start, NULL, (unsigned)thread_count) == 0);
		for (size_t i = 0; i < thread_count; i++)
			CHECK(pthread_create(&threads[i], NULL, shares_backend, backend) == 0);
		for (size_t i = 0; i < thread_count; i++)
			CHECK(pthread_join(threads[i], NULL) == 0);
		CHECK(pthread_barrier_destroy(&start) == 0);
		EXPECT_OK(hz_backend_free(backend));
		EXPECT_SIZE(hz_live_handles(), 0);
		row(rounds * 20, "%zu threads at once hash, authenticate and encrypt with one handle of %s",
			thread_count, names[b]);
	}
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {TEST(test_every_call), TEST(test_shared_backends)};
	if (argc > 1)
		rounds = strtoul(argv[1], NULL, 10);
	if (argc > 2)
		thread_count = strtoul(argv[2], NULL, 10);
	if (thread_count < 1 || thread_count > MOST_THREADS)
		return 2;
	return RUN_TESTS(tests);
}
