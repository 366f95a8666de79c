/* One AEAD in several threads, and freed while they use it. */
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "test.h"

enum { THREADS = 4, SMALL = 50, LARGE = 1 << 20 };

static hz_aead *shared;
static bool is_over;

static hz_status seal_message(const uint8_t *in, size_t in_len, uint8_t *out, size_t *n)
{
	return hz_aead_seal(shared, some_bytes, 12, in, in_len, some_bytes, 20, out, in_len + HZ_MAX_TAG_SIZE, n);
}

static hz_status open_message(uint8_t *message, size_t length, size_t *n)
{
	return hz_aead_open(shared, some_bytes, 12, message, length, some_bytes, 20, message, length, n);
}

/* Seals and opens until the handle is freed. A call that has begun ends well. */
static void *works(void *unused)
{
	uint8_t *buffer = calloc(1, LARGE + HZ_MAX_TAG_SIZE);
	hz_status status = HZ_OK;
	size_t n = LARGE;
	while (CHECK(buffer != NULL) && status == HZ_OK) {
		status = seal_message(buffer, LARGE, buffer, &n);
		if (status == HZ_OK)
			status = open_message(buffer, n, &n);
		if (status == HZ_OK)
			EXPECT_SIZE(n, LARGE);
	}
	/* What comes at the last moment may find it closed. */
	if (status != HZ_ERR_ALREADY_FINALIZED)
		EXPECT_STATUS(status, HZ_ERR_INVALID_HANDLE);
	CHECK(__atomic_load_n(&is_over, __ATOMIC_ACQUIRE));
	free(buffer);
	return unused;
}

static void test_threads(void)
{
	pthread_t threads[THREADS];
	uint8_t want[SMALL + HZ_MAX_TAG_SIZE], got[sizeof want];
	size_t n;
	shared = new_aead(HZ_AEAD_AES_GCM, 16);
	is_over = false;
	EXPECT_OK(seal_message(some_bytes, SMALL, want, &n));
	for (size_t i = 0; i < THREADS; i++)
		CHECK(pthread_create(&threads[i], NULL, works, NULL) == 0);
	for (int i = 0; i < 100; i++) {
		EXPECT_OK(seal_message(some_bytes, SMALL, got, &n));
		EXPECT_BYTES(got, want, sizeof want);
		(void)sched_yield();
	}
	__atomic_store_n(&is_over, true, __ATOMIC_RELEASE);
	EXPECT_OK(hz_aead_free(shared));
	for (size_t i = 0; i < THREADS; i++)
		CHECK(pthread_join(threads[i], NULL) == 0);
	EXPECT_SIZE(hz_live_handles(), 0);
}

int main(void)
{
	static const struct test tests[] = {TEST(test_threads)};
	return RUN_TESTS(tests);
}
