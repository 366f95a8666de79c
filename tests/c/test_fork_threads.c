/* A fork in the middle of other threads' calls. */
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "child.h"
#include "fixture.h"
#include "test.h"

static hz_backend *backend;
static bool stop;

/* Calls of every length: with a lock of the library's, of Go's or of malloc's held. */
static void use(void)
{
	hz_hash_context *context, *copy;
	uint8_t digest[32];
	size_t n;
	EXPECT_OK(hz_create_hash_ctx(backend, HZ_HASH_SHA256, &context));
	EXPECT_OK(hz_hash_context_update(context, some_bytes, sizeof some_bytes));
	EXPECT_OK(hz_hash_context_copy(context, &copy));
	EXPECT_OK(hz_hash_context_finalize(copy, digest, sizeof digest, &n));
	EXPECT_OK(hz_hash_context_free(copy));
	EXPECT_OK(hz_hash_context_free(context));
}

static void *works(void *unused)
{
	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
		use();
		free(malloc(1000));
	}
	return unused;
}

static void test_fork_among_calls(void)
{
	pthread_t threads[3];
	backend = open_backend();
	for (size_t i = 0; i < COUNT(threads); i++)
		CHECK(pthread_create(&threads[i], NULL, works, NULL) == 0);
	for (int i = 0; i < 30; i++)
		in_child(use);
	__atomic_store_n(&stop, true, __ATOMIC_RELAXED);
	for (size_t i = 0; i < COUNT(threads); i++)
		CHECK(pthread_join(threads[i], NULL) == 0);
	EXPECT_OK(hz_backend_free(backend));
	EXPECT_SIZE(hz_live_handles(), 0);
}

/* ---- The first call ---- */

static long microseconds;

static void wait_a_little(void)
{
	const struct timespec delay = {.tv_nsec = microseconds * 1000};
	(void)nanosleep(&delay, NULL);
}

static void *loads(void *unused)
{
	wait_a_little();
	EXPECT_OK(hz_load());
	return unused;
}

static void use_default(void)
{
	backend = open_backend();
	use();
	EXPECT_OK(hz_backend_free(backend));
}

static void fork_into_a_load(void)
{
	pthread_t thread;
	CHECK(pthread_create(&thread, NULL, loads, NULL) == 0);
	for (int i = 0; i < 3; i++)
		in_child(use_default);
	CHECK(pthread_join(thread, NULL) == 0);
	use_default();
}

/* A load takes about two milliseconds, which some of the forks fall into. */
static void test_fork_into_a_load(void)
{
	for (microseconds = 0; microseconds < 600; microseconds += 60)
		in_child(fork_into_a_load);
}

/* ---- The first use of libcrypto ---- */

/* Whirlpool is in its legacy provider, a library of its own. */
static void use_libcrypto(void)
{
	hz_hash_context *context;
	hz_backend *opened = open_backend();
	EXPECT_OK(hz_create_hash_ctx(opened, HZ_HASH_WHIRLPOOL, &context));
	EXPECT_OK(hz_hash_context_free(context));
	EXPECT_OK(hz_backend_free(opened));
}

static void *uses_libcrypto(void *unused)
{
	use_libcrypto();
	return unused;
}

static void fork_into_a_load_of_libcrypto(void)
{
	pthread_t thread;
	EXPECT_OK(hz_load());
	CHECK(pthread_create(&thread, NULL, uses_libcrypto, NULL) == 0);
	wait_a_little();
	in_child(use_libcrypto);
	CHECK(pthread_join(thread, NULL) == 0);
}

/* It takes a few milliseconds. A child that began in the midst of it would have a
 * library that is loaded by half. */
static void test_fork_into_a_load_of_libcrypto(void)
{
	for (microseconds = 0; microseconds < 4000; microseconds += 100)
		in_child(fork_into_a_load_of_libcrypto);
}

int main(void)
{
	static const struct test tests[] = {
		TEST(test_fork_into_a_load), /* before anything is loaded */
		TEST(test_fork_into_a_load_of_libcrypto),
		TEST(test_fork_among_calls),
	};
	return RUN_TESTS(tests);
}
