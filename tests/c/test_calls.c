/* Every function: that it is in the table of calls, that it succeeds, and what it
 * says to NULL in place of each address. */
#include <stdio.h>
#include <string.h>

#include "calls.h"
#include "test.h"

/* The committed list of what the library exports, a "name@@VERSION" a line. */
static const char symbols[] = "tests/c/symbols.txt";

static bool in_table(const char *name)
{
	for (size_t i = 0; i < call_count; i++) {
		if (strcmp(calls[i].name, name) == 0)
			return true;
	}
	return false;
}

static void test_table_is_complete(void)
{
	FILE *file = fopen(symbols, "r");
	if (!CHECK(file != NULL))
		return;
	char name[200];
	size_t count = 0;
	while (fscanf(file, "%199[^@]%*[^\n] ", name) == 1) {
		count++;
		test_note("%s", name);
		CHECK(in_table(name));
	}
	test_note("%s", symbols);
	EXPECT_SIZE(call_count, count);
	(void)fclose(file);
}

static void succeed(const struct call *call)
{
	struct arguments a;
	arguments_make(&a, call);
	EXPECT_OK(arguments_call(&a, call));
	arguments_free(&a, call);
}

static void test_every_call_succeeds(void)
{
	calls_each(succeed);
}

/* Makes the call with NULL for argument i, which is an address. */
static void call_with_null(struct arguments *a, const struct call *call, size_t i, hz_status want)
{
	union value good = a->v[i];
	test_note("%s with NULL for argument %zu", call->name, i + 1);
	if (call->kinds[i] == FUNCTION)
		a->v[i].function = NULL;
	else
		a->v[i].p = NULL;
	EXPECT_STATUS(arguments_call(a, call), want);
	if (want != HZ_OK)
		EXPECT_MESSAGE("NULL");
	a->v[i] = good;
}

/* NULL for each address that must be there. */
static void refuse_null(const struct call *call)
{
	struct arguments a, control;
	arguments_make(&control, call);
	EXPECT_OK(arguments_call(&control, call));
	arguments_make(&a, call);
	for (size_t i = 0; call->kinds[i] != NONE; i++) {
		switch (call->kinds[i]) {
		case CODE:
		case LENGTH:
		case CAPACITY:
		case OPTIONAL:
			break;
		case HANDLE:
			call_with_null(&a, call, i, call->frees ? HZ_OK : HZ_ERR_NULL_POINTER);
			break;
		default:
			call_with_null(&a, call, i, HZ_ERR_NULL_POINTER);
		}
	}
	/* None of that changed anything. */
	test_note("%s after NULLs", call->name);
	EXPECT_OK(arguments_call(&a, call));
	arguments_compare(&a, &control, call);
	arguments_free(&a, call);
	arguments_free(&control, call);
}

static void test_null(void)
{
	calls_each(refuse_null);
}

/* NULL for each address that need not be there. */
static void accept_null(const struct call *call)
{
	for (size_t i = 0; call->kinds[i] != NONE; i++) {
		if (call->kinds[i] != OPTIONAL)
			continue;
		struct arguments a;
		arguments_make(&a, call);
		a.cipher.algorithm = HZ_CIPHER_ARC4; /* which takes no mode */
		call_with_null(&a, call, i, HZ_OK);
		arguments_free(&a, call);
	}
}

static void test_null_that_may_be(void)
{
	calls_each(accept_null);
}

int main(void)
{
	static const struct test tests[] = {
		TEST(test_table_is_complete),
		TEST(test_every_call_succeeds),
		TEST(test_null),
		TEST(test_null_that_may_be),
	};
	return RUN_TESTS(tests);
}
