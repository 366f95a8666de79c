/* Every published vector, with the default backend and through a backend that is an
 * implementation in C. It runs in the root of the tree. */
#include "fixture.h"
#include "forward.h"
#include "test.h"
#include "vector_suite.h"

static void test_default_backend(void)
{
	vectors_check(open_backend());
}

static void test_implementation_in_c(void)
{
	static char name[] = "forward";
	hz_backend *backend;
	EXPECT_OK(hz_backend_register(&forward_backend, name));
	EXPECT_OK(hz_backend_open(name, &backend));
	vectors_check(backend);
}

int main(void)
{
	static const struct test tests[] = {
		TEST(test_default_backend),
		TEST(test_implementation_in_c),
	};
	return RUN_TESTS(tests);
}
