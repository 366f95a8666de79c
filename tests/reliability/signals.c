/*
 * A storm of signals while the library encrypts and hashes. Usage:
 * signals SECONDS RUNS [unfixed], each run in a process of its own. With unfixed, what
 * hz_fix_signal_handlers() is for is left undone, to see what it prevents.
 */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "child.h"
#include "fixture.h"
#include "forward.h"
#include "rows.h"
#include "test.h"

enum { WORKERS = 4, LARGE = 1 << 16, STACK = 6000 };

static const int signals[] = {SIGUSR1, SIGCHLD, SIGALRM, SIGPROF};

/* When the host installs its handlers, and how. */
static const struct way {
	const char *name;
	bool before; /* the first call */
	int flags;
	bool fixed;  /* by hz_fix_signal_handlers() */
} ways[] = {
	{"handlers from before the first call, without SA_ONSTACK", true, 0, false},
	{"handlers from before the first call, with SA_ONSTACK", true, SA_ONSTACK, false},
	{"handlers from after the first call, with SA_ONSTACK", false, SA_ONSTACK, false},
	{"handlers from after the first call, without SA_ONSTACK but with hz_fix_signal_handlers()", false, 0,
		true},
	{"the same without hz_fix_signal_handlers()", false, 0, false},
};

static const struct way *way;
static double seconds = 1;

/* Shared with the process that counts. */
static struct counts {
	size_t caught[65];
	size_t messages;
} *counts;

static bool over;
static pthread_t workers[WORKERS];

/* Uses what Go's own stacks do not have. */
static void catch(int number)
{
	volatile unsigned char deep[STACK];
	for (size_t i = 0; i < sizeof deep; i++)
		deep[i] = 0xDB;
	(void)__atomic_fetch_add(&counts->caught[number], 1, __ATOMIC_RELAXED);
}

static void install(void)
{
	for (size_t i = 0; i < COUNT(signals); i++) {
		struct sigaction action = {.sa_handler = catch, .sa_flags = SA_RESTART | way->flags};
		CHECK(sigaction(signals[i], &action, NULL) == 0);
	}
	if (way->fixed)
		EXPECT_OK(hz_fix_signal_handlers());
}

/* ---- Work ---- */

struct results {
	uint8_t ciphertext[LARGE], tag[HZ_MAX_TAG_SIZE], digest[32];
};

static uint8_t plaintext[LARGE];

static void seal(struct results *results)
{
	hz_cipher_context *context = new_gcm_encryption();
	size_t n, half = LARGE / 2;
	EXPECT_OK(hz_cipher_context_update(context, plaintext, half, results->ciphertext, half, &n));
	EXPECT_OK(hz_cipher_context_update(context, plaintext + half, half, results->ciphertext + half, half, &n));
	EXPECT_OK(hz_cipher_context_finalize(context, NULL, 0, &n));
	EXPECT_OK(hz_cipher_context_tag(context, results->tag, sizeof results->tag, &n));
	EXPECT_OK(hz_cipher_context_free(context));
}

/* In small pieces, by an implementation in C: so there are calls of Go in C in Go. */
static void hash(struct results *results)
{
	hz_hash_context *context;
	size_t n;
	EXPECT_OK(hz_hash_context_new(&forward_hash, new_hash_context(HZ_HASH_SHA256), &context));
	for (size_t i = 0; i < LARGE; i += 1024)
		EXPECT_OK(hz_hash_context_update(context, plaintext + i, 1024));
	EXPECT_OK(hz_hash_context_finalize(context, results->digest, sizeof results->digest, &n));
	EXPECT_OK(hz_hash_context_free(context));
}

static void *works(void *want)
{
	struct results *got = malloc(sizeof *got);
	if (!CHECK(got != NULL))
		return NULL;
	int failures = test_failures();
	while (!__atomic_load_n(&over, __ATOMIC_RELAXED) && test_failures() == failures) {
		seal(got);
		hash(got);
		EXPECT_BYTES(got, want, sizeof *got);
		(void)__atomic_fetch_add(&counts->messages, 2, __ATOMIC_RELAXED);
	}
	free(got);
	return NULL;
}

/* ---- The storm ---- */

static void start_timer(int which, suseconds_t microseconds)
{
	struct itimerval timer = {{0, microseconds}, {0, microseconds}};
	CHECK(setitimer(which, &timer, NULL) == 0);
}

static double now(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void storm(void)
{
	const struct timespec pause = {.tv_nsec = 100000};
	double end = now() + seconds;
	start_timer(ITIMER_REAL, 700);
	start_timer(ITIMER_PROF, 1000);
	for (size_t i = 0; now() < end; i++) {
		for (size_t w = 0; w < WORKERS; w++)
			CHECK(pthread_kill(workers[w], signals[(i + w) % 2]) == 0);
		CHECK(kill(getpid(), signals[i % 2]) == 0);
		(void)nanosleep(&pause, NULL);
	}
	start_timer(ITIMER_REAL, 0);
	start_timer(ITIMER_PROF, 0);
}

static void run(void)
{
	static struct results want;
	if (way->before)
		install();
	seal(&want);
	hash(&want);
	if (!way->before)
		install();
	for (size_t w = 0; w < WORKERS; w++)
		CHECK(pthread_create(&workers[w], NULL, works, &want) == 0);
	storm();
	__atomic_store_n(&over, true, __ATOMIC_RELAXED);
	for (size_t w = 0; w < WORKERS; w++)
		CHECK(pthread_join(workers[w], NULL) == 0);
	EXPECT_SIZE(hz_live_handles(), 0);
}

static size_t runs = COUNT(ways) - 1;
static size_t first_way;

static void test_storm(void)
{
	memset(plaintext, 0x5A, sizeof plaintext);
	counts = mmap(NULL, sizeof *counts, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (!CHECK(counts != MAP_FAILED))
		return;
	for (size_t w = first_way; w < COUNT(ways) - (first_way == 0); w++) {
		size_t times = first_way > 0 ? runs : runs / (COUNT(ways) - 1);
		memset(counts, 0, sizeof *counts);
		way = &ways[w];
		for (size_t i = 0; i < times; i++)
			in_child(run);
		size_t all = 0;
		for (size_t i = 0; i < COUNT(signals); i++) {
			test_note("%s: signal %d", way->name, signals[i]);
			CHECK(counts->caught[signals[i]] > 0);
			all += counts->caught[signals[i]];
		}
		CHECK(counts->messages > 0);
		row(times, "a storm of %.0f s: %s; %zu signals, %zu messages", seconds, way->name, all,
			counts->messages);
	}
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {TEST(test_storm)};
	if (argc > 1)
		seconds = strtod(argv[1], NULL);
	if (argc > 2)
		runs = strtoul(argv[2], NULL, 10);
	if (argc > 3 && strcmp(argv[3], "unfixed") == 0)
		first_way = COUNT(ways) - 1;
	return RUN_TESTS(tests);
}
