/* The contract that all backends in Go are held to, for one in C. */
#include "contract.h"
#include "forward.h"
#include "test.h"

static void test_native(void)
{
	contract_check("native");
}

/* So that a suite that finds nothing wrong with anything is seen. */
static void test_no_backend(void)
{
	char failure[1000];
	CHECK(contract_run("there is none", failure, sizeof failure) > 0);
}

static void test_implementation_in_c(void)
{
	static char name[] = "forward";
	EXPECT_OK(hz_backend_register(&forward_backend, name));
	contract_check(name);
}

int main(void)
{
	static const struct test tests[] = {
		TEST(test_native),
		TEST(test_no_backend),
		TEST(test_implementation_in_c),
	};
	return contract_load() ? RUN_TESTS(tests) : 1;
}
