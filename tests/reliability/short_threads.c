/* Threads that make a few calls and end: nothing may be left of them. Usage:
 * short_threads COUNT. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "rows.h"
#include "test.h"

enum {
	AT_ONCE = 8,
	WARM_UP = 1000,            /* threads, until Go's heap and the allocator's arenas have their size */
	MOST_GROWTH_KB = 8 * 1024, /* less than 1 kB for each of 10,000 */
	MOST_OF_GO = 32            /* threads that Go starts of its own; one left of each of ours would be 1,000 */
};

static size_t count = 1000;

static void *makes_calls(void *unused)
{
	uint8_t out[32];
	size_t n;
	hz_hash_context *hash = new_hash_context(HZ_HASH_SHA256);
	hz_cipher_context *cipher = new_gcm_encryption();
	EXPECT_OK(hz_hash_context_update(hash, some_bytes, 100));
	EXPECT_OK(hz_cipher_context_update(cipher, some_bytes, 32, out, sizeof out, &n));
	EXPECT_OK(hz_cipher_context_free(cipher));
	EXPECT_STATUS(hz_cipher_context_free(cipher), HZ_ERR_INVALID_HANDLE); /* leaves a text */
	EXPECT_OK(hz_hash_context_free(hash));
	return unused;
}

static void run_threads(size_t n)
{
	for (size_t i = 0; i < n; i += AT_ONCE) {
		pthread_t threads[AT_ONCE];
		for (size_t j = 0; j < AT_ONCE; j++)
			CHECK(pthread_create(&threads[j], NULL, makes_calls, NULL) == 0);
		for (size_t j = 0; j < AT_ONCE; j++)
			CHECK(pthread_join(threads[j], NULL) == 0);
	}
}

/* A number of what the kernel knows of this process. */
static size_t of_process(const char *field)
{
	char line[256];
	size_t value = 0;
	FILE *file = fopen("/proc/self/status", "r");
	if (!CHECK(file != NULL))
		return 0;
	while (fgets(line, sizeof line, file) != NULL) {
		if (strncmp(line, field, strlen(field)) == 0)
			value = strtoul(line + strlen(field), NULL, 10);
	}
	(void)fclose(file);
	CHECK(value > 0);
	return value;
}

static void test_no_growth(void)
{
	run_threads(WARM_UP);
	size_t memory = of_process("VmRSS:"), threads = of_process("Threads:");
	run_threads(count);
	size_t memory_after = of_process("VmRSS:"), threads_after = of_process("Threads:");
	test_note("from %zu kB and %zu threads to %zu kB and %zu threads", memory, threads, memory_after,
		threads_after);
	CHECK(memory_after < memory + MOST_GROWTH_KB);
	CHECK(threads_after <= threads + MOST_OF_GO);
	EXPECT_SIZE(hz_live_handles(), 0);
	row(count, "a thread that makes calls and ends; RSS from %zu to %zu kB, threads from %zu to %zu", memory,
		memory_after, threads, threads_after);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {TEST(test_no_growth)};
	if (argc > 1)
		count = strtoul(argv[1], NULL, 10);
	return RUN_TESTS(tests);
}
