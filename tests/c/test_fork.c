/* What a forked child finds: backends and adapters that work, contexts that say
 * what became of them. Heavier tests of fork() are elsewhere; this takes moments. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "calls.h"
#include "child.h"
#include "fixture.h"
#include "test.h"

/* Handles of the parent. */
static hz_backend *backend, *freed_backend;
static void *contexts[OWNERS];

static const hz_cipher_algorithm private_code = (hz_cipher_algorithm)HZ_PRIVATE_ALGORITHMS + 1000;

static hz_status adapter(hz_backend *given, const hz_cipher *cipher, const hz_mode *mode,
	hz_operation operation, void **object, void *user_data)
{
	(void)given, (void)cipher, (void)mode, (void)operation;
	*(pid_t *)user_data = getpid();
	*object = new_ctr_context();
	return HZ_OK;
}

static pid_t called_in;

static void use_adapter(void)
{
	hz_cipher cipher = cipher_of(private_code, 5);
	hz_cipher_context *context;
	uint8_t out[16];
	size_t n;
	hz_backend *native;
	EXPECT_OK(hz_backend_open("native", &native));
	EXPECT_OK(hz_create_symmetric_encryption_ctx(native, &cipher, NULL, &context));
	EXPECT_OK(hz_backend_free(native));
	CHECK(called_in == getpid());
	EXPECT_OK(hz_cipher_context_update(context, some_bytes, 16, out, sizeof out, &n));
	EXPECT_OK(hz_cipher_context_free(context));
}

static void use_backend(void)
{
	char name[64];
	size_t n;
	hz_hash_context *context;
	uint8_t digest[32];
	EXPECT_OK(hz_backend_name(backend, name, sizeof name, &n));
	EXPECT_OK(hz_create_hash_ctx(backend, HZ_HASH_SHA256, &context));
	EXPECT_OK(hz_hash_context_update(context, some_bytes, 100));
	EXPECT_OK(hz_hash_context_finalize(context, digest, sizeof digest, &n));
	EXPECT_OK(hz_hash_context_free(context));
}

/* Makes garbage for several collections: what is left of a Go runtime whose threads
 * are gone still answers, until it needs one of them. */
static void work_hard(void)
{
	for (int i = 0; i < 20000; i++) {
		hz_hash_context *context;
		EXPECT_OK(hz_create_hash_ctx(backend, HZ_HASH_SHA512, &context));
		EXPECT_OK(hz_hash_context_free(context));
	}
}

/* Every method of contexts, on those of the parent. */
static void expect_stale_contexts(void)
{
	for (size_t c = 0; c < call_count; c++) {
		const struct call *call = &calls[c];
		if (call->owner == NO_OWNER || call->owner == BACKEND)
			continue;
		struct arguments a;
		test_note("%s", call->name);
		arguments_make(&a, call);
		void *own = a.v[0].p;
		a.v[0].p = contexts[call->owner];
		EXPECT_STATUS(arguments_call(&a, call), HZ_ERR_STALE_HANDLE);
		EXPECT_MESSAGE("fork");
		EXPECT_OK(owner_free(call->owner, own));
	}
}

static void look_around(void)
{
	size_t n;
	EXPECT_SIZE(hz_live_handles(), 0); /* of the core that is not started yet */
	EXPECT_OK(hz_load());
	EXPECT_SIZE(hz_live_handles(), 1);
	use_backend();
	use_adapter();
	work_hard();
	expect_stale_contexts();
	EXPECT_STATUS(hz_backend_name(freed_backend, NULL, 0, &n), HZ_ERR_STALE_HANDLE);
	/* Nothing new is where something of the parent was. */
	for (int i = 0; i < 1000; i++) {
		void *context = owner_make(HASH_CONTEXT);
		for (enum owner owner = AEAD; owner < OWNERS; owner++)
			CHECK(context != contexts[owner]);
		EXPECT_OK(owner_free(HASH_CONTEXT, context));
	}
	EXPECT_OK(hz_backend_free(backend));
	EXPECT_STATUS(hz_backend_free(backend), HZ_ERR_INVALID_HANDLE);
	EXPECT_SIZE(hz_live_handles(), 0);
}

static void make_handles(void)
{
	backend = open_backend();
	freed_backend = open_backend();
	EXPECT_OK(hz_backend_free(freed_backend));
	for (enum owner owner = AEAD; owner < OWNERS; owner++)
		contexts[owner] = owner_make(owner);
}

static void free_handles(void)
{
	EXPECT_OK(hz_backend_free(backend));
	for (enum owner owner = AEAD; owner < OWNERS; owner++)
		EXPECT_OK(owner_free(owner, contexts[owner]));
	EXPECT_SIZE(hz_live_handles(), 0);
}

/* Runs first: nothing is loaded yet. */
static void use_backend_of_its_own(void)
{
	make_handles();
	use_backend();
	free_handles();
}

static void test_child_before_the_first_call(void)
{
	in_child(use_backend_of_its_own);
	in_child_of(raw_fork, use_backend_of_its_own);
}

static void test_child(void)
{
	make_handles();
	in_child(look_around);
	in_child(look_around); /* whom the first one left alone */
	use_backend();
	EXPECT_OK(hz_hash_context_update(contexts[HASH_CONTEXT], some_bytes, 10));
	free_handles();
}

/* A child that only drops what it has of its parent needs no core for that. */
static void drop_all(void)
{
	EXPECT_OK(hz_backend_free(backend));
	EXPECT_STATUS(hz_backend_free(backend), HZ_ERR_STALE_HANDLE);
	EXPECT_STATUS(hz_backend_free(freed_backend), HZ_ERR_STALE_HANDLE);
	for (enum owner owner = AEAD; owner < OWNERS; owner++) {
		EXPECT_STATUS(owner_free(owner, contexts[owner]), HZ_ERR_STALE_HANDLE);
		EXPECT_MESSAGE("fork");
	}
	FILE *maps = fopen("/proc/self/maps", "r");
	char line[1000];
	while (maps != NULL && fgets(line, sizeof line, maps) != NULL)
		CHECK(strstr(line, "memfd") == NULL); /* where its core would be */
	CHECK(maps != NULL && fclose(maps) == 0);
	EXPECT_OK(hz_load());
	EXPECT_SIZE(hz_live_handles(), 0);
}

static void test_child_that_drops_all(void)
{
	make_handles();
	in_child(drop_all);
	in_child_of(raw_fork, drop_all);
	free_handles();
}

static void test_raw_child(void)
{
	make_handles();
	in_child_of(raw_fork, look_around);
	use_backend();
	free_handles();
}

/* ---- Generations ---- */

static int depth;

static void descend(void)
{
	use_backend();
	use_adapter();
	work_hard();
	EXPECT_STATUS(hz_hash_context_update(contexts[HASH_CONTEXT], some_bytes, 1), HZ_ERR_STALE_HANDLE);
	hz_hash_context *own = new_hash_context(HZ_HASH_SHA256);
	if (--depth > 0) {
		contexts[HASH_CONTEXT] = own;
		in_child_of(depth % 2 == 0 ? fork : raw_fork, descend);
	}
	EXPECT_OK(hz_hash_context_free(own));
}

static void test_generations(void)
{
	make_handles();
	depth = 4;
	in_child(descend);
	use_backend();
	free_handles();
}

/* Generations that do not use the library are none to it. */
static void idle(void)
{
	in_child(look_around);
}

static void test_idle_generation(void)
{
	make_handles();
	in_child(idle);
	free_handles();
}

/* ---- Randomness ---- */

static int ends[2];

static void send_random_bytes(void)
{
	uint8_t bytes[32];
	EXPECT_OK(hz_random_bytes(bytes, sizeof bytes));
	CHECK(write(ends[1], bytes, sizeof bytes) == (ssize_t)sizeof bytes);
}

static void test_random_bytes_differ(void)
{
	uint8_t bytes[5][32];
	if (!CHECK(pipe(ends) == 0))
		return;
	for (size_t i = 0; i + 1 < COUNT(bytes); i++) {
		in_child(send_random_bytes);
		CHECK(read(ends[0], bytes[i], sizeof bytes[i]) == (ssize_t)sizeof bytes[i]);
	}
	EXPECT_OK(hz_random_bytes(bytes[COUNT(bytes) - 1], sizeof bytes[0]));
	for (size_t i = 0; i < COUNT(bytes); i++) {
		for (size_t j = 0; j < i; j++)
			CHECK(memcmp(bytes[i], bytes[j], sizeof bytes[i]) != 0);
	}
	CHECK(close(ends[0]) == 0 && close(ends[1]) == 0);
}

/* A daemon closes all files, and forks. */
static void close_and_use(void)
{
	for (int fd = 3; fd < 256; fd++)
		(void)close(fd);
	use_adapter();
	in_child(use_adapter);
}

static void test_closed_files(void)
{
	in_child(close_and_use);
}

static void test_register_adapter(void)
{
	hz_backend *native;
	EXPECT_OK(hz_backend_open("native", &native));
	EXPECT_OK(hz_register_cipher_adapter(native, private_code, HZ_MODE_NONE, adapter, &called_in));
	EXPECT_OK(hz_backend_free(native));
	use_adapter();
}

int main(void)
{
	static const struct test tests[] = {
		TEST(test_child_before_the_first_call),
		TEST(test_register_adapter),
		TEST(test_child),
		TEST(test_raw_child),
		TEST(test_child_that_drops_all),
		TEST(test_generations),
		TEST(test_idle_generation),
		TEST(test_random_bytes_differ),
		TEST(test_closed_files),
	};
	return RUN_TESTS(tests);
}
