/* The host's signal handlers, which must run on a stack of their own once Go runs
 * in the process. */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "test.h"

static volatile sig_atomic_t caught;

static void catch(int number)
{
	caught = number;
}

static void catch_with_information(int number, siginfo_t *information, void *context)
{
	(void)information, (void)context;
	caught = number;
}

static struct sigaction action_of(int number)
{
	struct sigaction action;
	CHECK(sigaction(number, NULL, &action) == 0);
	return action;
}

static void install(int number, struct sigaction action)
{
	CHECK(sigaction(number, &action, NULL) == 0);
}

/* The host's handlers, as they are without the library. */
static void install_all(void)
{
	struct sigaction plain = {.sa_handler = catch, .sa_flags = SA_RESTART};
	struct sigaction informed = {.sa_sigaction = catch_with_information,
		.sa_flags = SA_SIGINFO | SA_NODEFER};
	struct sigaction masked = {.sa_handler = catch, .sa_flags = 0};
	struct sigaction ready = {.sa_handler = catch, .sa_flags = SA_ONSTACK | SA_NOCLDSTOP};
	struct sigaction ignored = {.sa_handler = SIG_IGN};
	struct sigaction standard = {.sa_handler = SIG_DFL};
	CHECK(sigaddset(&masked.sa_mask, SIGINT) == 0 && sigaddset(&masked.sa_mask, SIGRTMIN + 3) == 0);
	install(SIGUSR1, plain);
	install(SIGUSR2, informed);
	install(SIGTERM, masked);
	install(SIGCHLD, ready);
	install(SIGHUP, ignored);
	install(SIGWINCH, standard);
	install(SIGRTMIN + 5, plain);
}

/* The handler is on a stack of its own, and nothing else has changed. */
static void expect_added(int number, struct sigaction before)
{
	struct sigaction after = action_of(number);
	test_note("signal %d", number);
	EXPECT_SIZE((size_t)after.sa_flags, (size_t)(before.sa_flags | SA_ONSTACK));
	CHECK(after.sa_handler == before.sa_handler);
	for (int other = 1; other <= SIGRTMAX; other++)
		CHECK(sigismember(&after.sa_mask, other) == sigismember(&before.sa_mask, other));
}

static void expect_unchanged(int number, struct sigaction before)
{
	struct sigaction after = action_of(number);
	test_note("signal %d", number);
	EXPECT_SIZE((size_t)after.sa_flags, (size_t)before.sa_flags);
	CHECK(after.sa_handler == before.sa_handler);
}

static void fix(void)
{
	static const int handled[] = {SIGUSR1, SIGUSR2, SIGTERM, SIGCHLD};
	struct sigaction before[65];
	install_all();
	for (int number = 1; number <= SIGRTMAX; number++) {
		if (sigaction(number, NULL, &before[number]) != 0)
			memset(&before[number], 0, sizeof before[number]);
	}
	EXPECT_OK(hz_fix_signal_handlers());
	for (size_t i = 0; i < COUNT(handled); i++)
		expect_added(handled[i], before[handled[i]]);
	expect_added(SIGRTMIN + 5, before[SIGRTMIN + 5]);
	expect_unchanged(SIGHUP, before[SIGHUP]);
	expect_unchanged(SIGWINCH, before[SIGWINCH]);
	EXPECT_OK(hz_fix_signal_handlers()); /* a second time changes nothing */
	expect_added(SIGUSR1, before[SIGUSR1]);
}

static void test_before_the_core(void)
{
	fix();
}

/* Starting the core adds the flag to what is there. */
static void test_start(void)
{
	install_all();
	struct sigaction before = action_of(SIGUSR1), ignored = action_of(SIGHUP);
	EXPECT_OK(hz_load());
	expect_added(SIGUSR1, before);
	expect_unchanged(SIGHUP, ignored);
}

static void test_after_the_core(void)
{
	fix();
}

/* The host's handlers still run, and no other does in their place. */
static void test_handlers_run(void)
{
	static const int numbers[] = {SIGUSR1, SIGUSR2, SIGTERM, SIGCHLD};
	uint8_t bytes[16];
	fix();
	for (size_t i = 0; i < COUNT(numbers); i++) {
		test_note("signal %d", numbers[i]);
		caught = 0;
		CHECK(raise(numbers[i]) == 0);
		EXPECT_SIZE((size_t)caught, (size_t)numbers[i]);
		EXPECT_OK(hz_random_bytes(bytes, sizeof bytes));
	}
}

int main(void)
{
	static const struct test tests[] = {
		TEST(test_before_the_core),
		TEST(test_start),
		TEST(test_after_the_core),
		TEST(test_handlers_run),
	};
	return RUN_TESTS(tests);
}
