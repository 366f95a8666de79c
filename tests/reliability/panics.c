/* A panic in each function of the core, as a defect of a backend would cause it. */
#include <stdio.h>
#include <string.h>

#include "calls.h"
#include "contract.h"
#include "rows.h"
#include "test.h"

static size_t panics;

/* Makes a function panic; the empty name ends that. */
static void panic_at(const char *name)
{
	void (*choose)(uintptr_t);
	*(void **)&choose = contract_symbol("hz_core_panic_at");
	if (CHECK(choose != NULL))
		choose((uintptr_t)name);
}

/* Whether a function is more than the front's own. The number of live handles is
 * the core's too, but is nothing that can fail. */
static bool is_of_core(const char *name)
{
	char symbol[200];
	(void)snprintf(symbol, sizeof symbol, "hz_core_%s", name + strlen("hz_"));
	return contract_symbol(symbol) != NULL && strcmp(name, "hz_live_handles") != 0;
}

static void expect_internal(hz_status status, const char *name)
{
	EXPECT_STATUS(status, HZ_ERR_INTERNAL);
	EXPECT_MESSAGE(name, "internal error", "injected");
	panics++;
}

/* Of a handle that was being freed nothing is left. */
static void panic_in_free(const struct call *call)
{
	void *handle = owner_make(call->owner);
	size_t live = hz_live_handles();
	panic_at(call->name);
	expect_internal(owner_free(call->owner, handle), call->name);
	panic_at("");
	EXPECT_SIZE(hz_live_handles(), live - 1);
	EXPECT_STATUS(owner_free(call->owner, handle), HZ_ERR_INVALID_HANDLE);
}

/* Every call on the context says so, and only freeing it is left. */
static void expect_dead(void *context, enum owner owner)
{
	for (size_t i = 0; i < call_count; i++) {
		if (calls[i].owner != owner || calls[i].frees)
			continue;
		struct arguments a;
		arguments_make(&a, &calls[i]);
		void *own = a.v[0].p;
		a.v[0].p = context;
		EXPECT_STATUS(arguments_call(&a, &calls[i]), HZ_ERR_INTERNAL);
		EXPECT_MESSAGE("is dead since an internal error");
		EXPECT_OK(owner_free(owner, own));
	}
}

static void panic_in_call(const struct call *call)
{
	struct arguments a;
	arguments_make(&a, call);
	panic_at(call->name);
	expect_internal(arguments_call(&a, call), call->name);
	panic_at("");
	if (call->owner != NO_OWNER && !owner_is_shared(call->owner))
		expect_dead(a.v[0].p, call->owner);
	if (call->owner != NO_OWNER)
		EXPECT_OK(owner_free(call->owner, a.v[0].p));
}

static void panic_in(const struct call *call)
{
	if (!is_of_core(call->name))
		return;
	if (call->frees)
		panic_in_free(call);
	else
		panic_in_call(call);
	/* The library is as it was. */
	struct arguments a;
	arguments_make(&a, call);
	EXPECT_OK(arguments_call(&a, call));
	arguments_free(&a, call);
}

static void test_every_function(void)
{
	calls_each(panic_in);
	CHECK(panics > call_count / 2);
	row(panics, "a panic in a function of the core, a different one each time");
}

int main(void)
{
	static const struct test tests[] = {TEST(test_every_function)};
	if (!contract_load())
		return 1;
	return RUN_TESTS(tests);
}
