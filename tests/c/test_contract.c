/* The contract that all backends in Go are held to, for one in C: the suite is in
 * a core that is built for tests only. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

#include "forward.h"
#include "test.h"

/* Writes the first failure and returns its length, 0 if there is none. */
typedef size_t (*contract)(uintptr_t name, uintptr_t out, size_t out_cap);

static contract find_contract(void)
{
	contract check = NULL;
	void *core = dlopen(TEST_CONTRACT_CORE, RTLD_NOW | RTLD_NOLOAD);
	if (CHECK(core != NULL))
		*(void **)&check = dlsym(core, "hz_core_contract");
	CHECK(check != NULL);
	return check;
}

static void test_backend(const char *name)
{
	contract check = find_contract();
	char failure[1000] = "";
	if (check == NULL)
		return;
	size_t n = check((uintptr_t)name, (uintptr_t)failure, sizeof failure - 1);
	failure[n < sizeof failure ? n : sizeof failure - 1] = '\0';
	EXPECT_TEXT(failure, "");
	EXPECT_SIZE(hz_live_handles(), 0);
}

/* So that a suite that finds nothing wrong with anything is seen. */
static void test_no_backend(void)
{
	contract check = find_contract();
	static const char name[] = "there is none";
	char failure[1000] = "";
	CHECK(check != NULL && check((uintptr_t)name, (uintptr_t)failure, sizeof failure - 1) > 0);
}

static void test_native(void)
{
	test_backend("native");
}

static void test_implementation_in_c(void)
{
	static char name[] = "forward";
	EXPECT_OK(hz_backend_register(&forward_backend, name));
	test_backend(name);
}

int main(void)
{
	static const struct test tests[] = {
		TEST(test_native),
		TEST(test_no_backend),
		TEST(test_implementation_in_c),
	};
	if (setenv("HAZMAT_CORE", TEST_CONTRACT_CORE, 1) != 0 || hz_load() != HZ_OK) {
		(void)fprintf(stderr, "%s\n", hz_error_message());
		return 1;
	}
	return RUN_TESTS(tests);
}
