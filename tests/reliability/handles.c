/* Random calls on handles, and now and then a fork after which others go on. Usage:
 * handles CALLS [SEED [FORKS]]. A seed that fails fails again. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "child.h"
#include "machine.h"
#include "reference.h"
#include "rows.h"
#include "test.h"

enum { CALLS_OF_CHILD = 500 };

static size_t steps = 100000, forks = 10;
static uint64_t seed;
static struct machine machine;

static void run_child(void)
{
	machine_is_child(&machine);
	for (int i = 0; i < CALLS_OF_CHILD && machine_step(&machine); i++)
		continue;
	machine_stop(&machine);
}

static void test_random_calls(void)
{
	static char origin[40];
	(void)snprintf(origin, sizeof origin, "seed %" PRIu64, seed);
	reference_start();
	machine_start(&machine, (struct choices){.state = seed}, origin);
	for (size_t i = 0; i < steps && machine_step(&machine); i++) {
		if (forks > 0 && i % (steps / forks + 1) == steps / forks)
			in_child(run_child);
	}
	machine_stop(&machine);
	row(machine.step, "random calls on handles, %s", origin);
	if (forks > 0)
		row(forks, "a forked child makes %d more of them", CALLS_OF_CHILD);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {TEST(test_random_calls)};
	struct timespec now;
	(void)clock_gettime(CLOCK_REALTIME, &now);
	seed = (uint64_t)now.tv_sec << 20 | (uint64_t)now.tv_nsec >> 10;
	if (argc > 1)
		steps = strtoul(argv[1], NULL, 10);
	if (argc > 2)
		seed = strtoul(argv[2], NULL, 10);
	if (argc > 3)
		forks = strtoul(argv[3], NULL, 10);
	return RUN_TESTS(tests);
}
