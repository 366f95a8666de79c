/* Everything that a callback may give back where a cipher context is expected. */
#include "adapter.h"
#include "fixture.h"
#include "test.h"

static void *garbage;

static hz_status give_garbage(struct script *script, void **object)
{
	(void)script;
	*object = garbage;
	return HZ_OK;
}

static void test_garbage(void)
{
	static int static_data;
	int on_stack;
	void *const addresses[] = {(void *)1, (void *)0xc000000000, (void *)0xc000002010,
		(void *)UINTPTR_MAX, &static_data, (void *)&on_stack};
	static struct script scripts[COUNT(addresses)];
	for (size_t i = 0; i < COUNT(addresses); i++) {
		test_note("object %p", addresses[i]);
		garbage = addresses[i];
		scripts[i].act = give_garbage;
		play_failure(&scripts[i], HZ_ERR_INVALID_ARGUMENT);
		EXPECT_MESSAGE("CipherContext");
	}
}

static hz_status give_freed(struct script *script, void **object)
{
	(void)script;
	*object = new_ctr_context();
	EXPECT_OK(hz_cipher_context_free(*object));
	return HZ_OK;
}

static void test_freed_context(void)
{
	static struct script script = {.act = give_freed};
	play_failure(&script, HZ_ERR_INVALID_ARGUMENT);
}

static hz_status give_hash_context(struct script *script, void **object)
{
	(void)script;
	*object = new_hash_context(HZ_HASH_SHA256);
	return HZ_OK;
}

static void test_other_kind(void)
{
	static struct script script = {.act = give_hash_context};
	play_failure(&script, HZ_ERR_INVALID_ARGUMENT);
	EXPECT_MESSAGE("CipherContext");
}

static hz_status give_backend(struct script *script, void **object)
{
	(void)script;
	*object = native_backend();
	return HZ_OK;
}

static void test_backend(void)
{
	static struct script script = {.act = give_backend};
	play_failure(&script, HZ_ERR_INVALID_ARGUMENT);
}

static hz_status give_borrowed(struct script *script, void **object)
{
	*object = script->backend;
	return HZ_OK;
}

static void test_borrowed_backend(void)
{
	static struct script script = {.act = give_borrowed};
	play_failure(&script, HZ_ERR_INVALID_ARGUMENT);
	size_t n;
	EXPECT_STATUS(hz_backend_name(script.backend, NULL, 0, &n), HZ_ERR_INVALID_HANDLE);
}

static hz_status free_borrowed(struct script *script, void **object)
{
	size_t n;
	EXPECT_OK(hz_backend_free(script->backend));
	EXPECT_STATUS(hz_backend_name(script->backend, NULL, 0, &n), HZ_ERR_INVALID_HANDLE);
	*object = script->backend;
	return HZ_OK;
}

static void test_borrowed_backend_that_is_freed(void)
{
	static struct script script = {.act = free_borrowed};
	play_failure(&script, HZ_ERR_INVALID_ARGUMENT);
}

int main(void)
{
	static const struct test tests[] = {
		TEST(test_garbage),
		TEST(test_freed_context),
		TEST(test_other_kind),
		TEST(test_backend),
		TEST(test_borrowed_backend),
		TEST(test_borrowed_backend_that_is_freed),
	};
	return RUN_TESTS(tests);
}
