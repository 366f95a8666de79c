/*
 * Every published vector of what the default backend supports, in one call and in
 * pieces. It prints how many each algorithm had, and fails if one had none. Then
 * the same through a backend that is an implementation in C. It runs in the root of
 * the tree.
 */
#include <stdio.h>

#include "fixture.h"
#include "forward.h"
#include "tally.h"
#include "test.h"
#include "vector_runs.h"

static const char *backend_name; /* NULL is the default one */
hz_backend *vector_backend;

static void open_named_backend(void)
{
	if (backend_name == NULL)
		vector_backend = open_backend();
	else
		EXPECT_OK(hz_backend_open(backend_name, &vector_backend));
}

static void run_folder(const char *folder, void (*run)(const struct vector *v))
{
	open_named_backend();
	CHECK(vectors_each(folder, run) > 0);
	EXPECT_OK(hz_backend_free(vector_backend));
	EXPECT_SIZE(hz_live_handles(), 0);
}

static void test_cipher(void)
{
	run_folder("testdata/vectors/cipher", run_cipher);
}

static void test_aead(void)
{
	run_folder("testdata/vectors/aead", run_aead);
}

static void test_hash(void)
{
	run_folder("testdata/vectors/hash", run_hash);
}

static void test_xof(void)
{
	run_folder("testdata/vectors/xof", run_xof);
}

static void test_hmac(void)
{
	run_folder("testdata/vectors/hmac", run_hmac);
}

static void test_all_supported_had_vectors(void)
{
	open_named_backend();
	tally_check(vector_backend);
	tally_print();
	tally_reset();
	EXPECT_OK(hz_backend_free(vector_backend));
}

static void test_through_an_implementation_in_c(void)
{
	static char name[] = "forward";
	backend_name = name;
	EXPECT_OK(hz_backend_register(&forward_backend, name));
	(void)printf("through an implementation in C:\n");
	test_cipher();
	test_aead();
	test_hash();
	test_xof();
	test_hmac();
	test_all_supported_had_vectors();
}

int main(void)
{
	static const struct test tests[] = {
		TEST(test_cipher),
		TEST(test_aead),
		TEST(test_hash),
		TEST(test_xof),
		TEST(test_hmac),
		TEST(test_all_supported_had_vectors),
		TEST(test_through_an_implementation_in_c),
	};
	return RUN_TESTS(tests);
}
