/* Handles that are none: freed, of another kind, or addresses of anything else.
 * Every function that is called on a handle must see it and be none the worse. */
#include <stdlib.h>

#include "calls.h"
#include "test.h"

enum { MOST_WRONG = 32 };

/* The addresses that are no handles at all. */
static size_t no_handles(void *wrong[MOST_WRONG], void *heap)
{
	static int static_data;
	int on_stack;
	size_t n = 0;
	const uintptr_t numbers[] = {
		1, 2, 7, 0xfff, 0x1000, UINTPTR_MAX, UINTPTR_MAX - 1, UINTPTR_MAX / 2 + 1,
		/* Go's own heap begins here. An address of it that is taken for a
		 * pointer makes the garbage collector abort the process. */
		0xc000000000, 0xc000000001, 0xc000000008, 0xc000001000, 0xc000002010, 0xc0000fff38,
		0xc000400000};
	for (size_t i = 0; i < COUNT(numbers); i++)
		wrong[n++] = (void *)numbers[i];
	wrong[n++] = (void *)&on_stack;
	wrong[n++] = &static_data;
	wrong[n++] = (void *)(uintptr_t)"a literal";
	wrong[n++] = (void *)(uintptr_t)hz_live_handles;
	wrong[n++] = heap;
	wrong[n++] = (char *)heap + 1;
	return n;
}

/* Makes enough garbage for several collections. */
static void collect_garbage(void)
{
	for (int i = 0; i < 300; i++) {
		hz_hash_context *contexts[64];
		contexts[0] = owner_make(HASH_CONTEXT);
		for (size_t j = 1; j < COUNT(contexts); j++)
			EXPECT_OK(hz_hash_context_copy(contexts[0], &contexts[j]));
		for (size_t j = 0; j < COUNT(contexts); j++)
			EXPECT_OK(hz_hash_context_free(contexts[j]));
	}
}

/* Makes the call on each of n handles that are wrong, then on the right one. */
static void call_on(const struct call *call, void *const *wrong, size_t n)
{
	struct arguments a;
	arguments_make(&a, call);
	void *right = a.v[0].p;
	for (size_t i = 0; i < n; i++) {
		test_note("%s on wrong handle %zu, %p", call->name, i, wrong[i]);
		a.v[0].p = wrong[i];
		EXPECT_STATUS(arguments_call(&a, call), HZ_ERR_INVALID_HANDLE);
		EXPECT_MESSAGE("expected a live hz_");
	}
	test_note("%s after wrong handles", call->name);
	a.v[0].p = right;
	EXPECT_OK(arguments_call(&a, call));
	arguments_free(&a, call);
}

static void with_no_handles(const struct call *call)
{
	if (call->owner == NO_OWNER)
		return;
	void *wrong[MOST_WRONG], *heap = malloc(16);
	call_on(call, wrong, no_handles(wrong, heap));
	free(heap);
}

static void test_no_handles(void)
{
	calls_each(with_no_handles);
	collect_garbage();
}

static void with_other_kinds(const struct call *call)
{
	if (call->owner == NO_OWNER)
		return;
	void *wrong[OWNERS];
	enum owner owners[OWNERS];
	size_t n = 0;
	for (enum owner owner = BACKEND; owner < OWNERS; owner++) {
		if (owner == call->owner)
			continue;
		owners[n] = owner;
		wrong[n++] = owner_make(owner);
	}
	call_on(call, wrong, n);
	for (size_t i = 0; i < n; i++)
		EXPECT_OK(owner_free(owners[i], wrong[i]));
}

static void test_other_kinds(void)
{
	calls_each(with_other_kinds);
}

/* Freed handles of all kinds, and an address inside a live one. */
static void with_freed(const struct call *call)
{
	if (call->owner == NO_OWNER)
		return;
	void *wrong[OWNERS + 1];
	size_t n = 0;
	for (enum owner owner = BACKEND; owner < OWNERS; owner++) {
		wrong[n] = owner_make(owner);
		EXPECT_OK(owner_free(owner, wrong[n++]));
	}
	void *live = owner_make(call->owner);
	wrong[n++] = (char *)live + 1;
	call_on(call, wrong, n);
	EXPECT_OK(owner_free(call->owner, live));
}

static void test_freed(void)
{
	calls_each(with_freed);
}

static void test_double_free(void)
{
	for (enum owner owner = BACKEND; owner < OWNERS; owner++) {
		void *handle = owner_make(owner);
		EXPECT_OK(owner_free(owner, handle));
		for (int again = 0; again < 3; again++) {
			EXPECT_STATUS(owner_free(owner, handle), HZ_ERR_INVALID_HANDLE);
			EXPECT_MESSAGE("was freed");
		}
	}
	EXPECT_SIZE(hz_live_handles(), 0);
}

/* A freed address is not given to the next handle at once. */
static void test_freed_stays_freed(void)
{
	void *freed = owner_make(HASH_CONTEXT);
	EXPECT_OK(owner_free(HASH_CONTEXT, freed));
	for (int i = 0; i < 1000; i++) {
		void *next = owner_make(HASH_CONTEXT);
		if (!CHECK(next != freed))
			return;
		EXPECT_OK(owner_free(HASH_CONTEXT, next));
	}
	EXPECT_STATUS(hz_hash_context_free(freed), HZ_ERR_INVALID_HANDLE);
}

static void test_live_handles(void)
{
	void *handles[OWNERS];
	size_t live = 0;
	for (enum owner owner = BACKEND; owner < OWNERS; owner++) {
		EXPECT_SIZE(hz_live_handles(), live++);
		handles[owner] = owner_make(owner);
	}
	for (enum owner owner = BACKEND; owner < OWNERS; owner++) {
		EXPECT_SIZE(hz_live_handles(), live--);
		EXPECT_OK(owner_free(owner, handles[owner]));
	}
	EXPECT_SIZE(hz_live_handles(), 0);
}

/* Contexts need no backend that is still open. */
static void test_contexts_outlive_backends(void)
{
	hz_backend *backend = owner_make(BACKEND), *second = owner_make(BACKEND);
	CHECK(backend != second);
	hz_hash_context *context;
	EXPECT_OK(hz_create_hash_ctx(backend, HZ_HASH_SHA256, &context));
	EXPECT_OK(hz_backend_free(backend));
	bool supported;
	EXPECT_OK(hz_hash_supported(second, HZ_HASH_SHA256, &supported));
	CHECK(supported);
	EXPECT_OK(hz_backend_free(second));
	EXPECT_OK(hz_hash_context_update(context, (const uint8_t *)"abc", 3));
	EXPECT_OK(hz_hash_context_free(context));
}

int main(void)
{
	static const struct test tests[] = {
		TEST(test_no_handles),
		TEST(test_other_kinds),
		TEST(test_freed),
		TEST(test_double_free),
		TEST(test_freed_stays_freed),
		TEST(test_live_handles),
		TEST(test_contexts_outlive_backends),
	};
	return RUN_TESTS(tests);
}
