/* Implementations of the caller's own: what of them is refused, what is made of
 * what they say, and when they end. */
#include <string.h>

#include "child.h"
#include "fixture.h"
#include "forward.h"
#include "test.h"

/* ---- Tables that lack functions ---- */

static void test_missing_functions(void)
{
	hz_cipher_context *cipher;
	hz_hash_context *hash;
	hz_hmac_context *hmac;
	hz_backend *backend;
	hz_cipher_context_methods no_update = forward_cipher;
	hz_hash_context_methods no_copy = forward_hash;
	hz_hmac_context_methods no_verify = forward_hmac;
	hz_backend_methods no_name = forward_backend;
	no_update.update = NULL;
	EXPECT_STATUS(hz_cipher_context_new(&no_update, NULL, &cipher), HZ_ERR_NULL_POINTER);
	EXPECT_MESSAGE("methods.update", "NULL");
	no_copy.copy = NULL;
	EXPECT_STATUS(hz_hash_context_new(&no_copy, NULL, &hash), HZ_ERR_NULL_POINTER);
	EXPECT_MESSAGE("methods.copy", "NULL");
	no_verify.verify = NULL;
	EXPECT_STATUS(hz_hmac_context_new(&no_verify, NULL, &hmac), HZ_ERR_NULL_POINTER);
	EXPECT_MESSAGE("methods.verify", "NULL");
	no_name.name = NULL;
	EXPECT_STATUS(hz_backend_new(&no_name, NULL, &backend), HZ_ERR_NULL_POINTER);
	EXPECT_MESSAGE("methods.name", "NULL");
	EXPECT_STATUS(hz_backend_register(&no_name, NULL), HZ_ERR_NULL_POINTER);
	EXPECT_MESSAGE("backend.name", "NULL");
	CHECK(cipher == NULL && hash == NULL && hmac == NULL && backend == NULL);
}

/* Of the functions of one interface there are all or none. */
static void test_half_an_interface(void)
{
	hz_cipher_context *cipher;
	hz_backend *backend;
	hz_cipher_context_methods half_aead = forward_aead;
	hz_backend_methods half_hash = forward_backend;
	half_aead.tag = NULL;
	EXPECT_STATUS(hz_cipher_context_new(&half_aead, NULL, &cipher), HZ_ERR_NULL_POINTER);
	EXPECT_MESSAGE("methods.tag", "AEADCipherContext");
	half_hash.create_hash_ctx = NULL;
	EXPECT_STATUS(hz_backend_new(&half_hash, NULL, &backend), HZ_ERR_NULL_POINTER);
	EXPECT_MESSAGE("methods.create_hash_ctx", "HashBackend");
	CHECK(cipher == NULL && backend == NULL);
}

/* What it lacks altogether its handles do not have. */
static void test_no_interface(void)
{
	static hz_backend_methods only_hash;
	hz_backend *backend;
	hz_hmac_context *hmac;
	bool supported;
	only_hash = forward_backend;
	only_hash.hmac_supported = NULL;
	only_hash.create_hmac_ctx = NULL;
	EXPECT_OK(hz_backend_new(&only_hash, NULL, &backend));
	EXPECT_OK(hz_hash_supported(backend, HZ_HASH_SHA256, &supported));
	CHECK(supported);
	EXPECT_STATUS(hz_create_hmac_ctx(backend, NULL, 0, HZ_HASH_SHA256, &hmac),
		HZ_ERR_UNSUPPORTED_INTERFACE);
	EXPECT_MESSAGE("HMACBackend");
	EXPECT_OK(hz_backend_free(backend));
	hz_cipher_context *context;
	EXPECT_OK(hz_cipher_context_new(&forward_cipher, NULL, &context));
	EXPECT_STATUS(hz_cipher_context_reset_nonce(context, some_bytes, 16), HZ_ERR_NOT_APPLICABLE);
	EXPECT_OK(hz_cipher_context_free(context));
}

/* ---- A hash context that does what a test tells it to ---- */

static struct {
	int ended;
	hz_status status;
	size_t length;
	hz_hash_context *own, *copied;
} plan;

static void plan_free(void *user_data)
{
	CHECK(user_data == &plan);
	plan.ended++;
}

static hz_status plan_algorithm(hz_hash_algorithm *out, void *user_data)
{
	(void)user_data;
	*out = 77;
	return plan.status;
}

static hz_status plan_update(const uint8_t *data, size_t data_len, void *user_data)
{
	(void)user_data;
	CHECK((data == NULL) == (data_len == 0));
	if (plan.status != HZ_OK)
		hz_set_error_message("as planned");
	return plan.status;
}

static hz_status plan_finalize(uint8_t *dst, size_t dst_cap, size_t *dst_len, void *user_data)
{
	(void)user_data;
	memset(dst, 0x5A, dst_cap);
	*dst_len = plan.length;
	return plan.status;
}

static hz_status plan_copy(hz_hash_context **out, void *user_data)
{
	(void)user_data;
	*out = plan.copied;
	return plan.status;
}

static const hz_hash_context_methods planned = {.size = sizeof planned, .free = plan_free,
	.algorithm = plan_algorithm, .update = plan_update, .finalize = plan_finalize, .copy = plan_copy};

static void new_plan(void)
{
	memset(&plan, 0, sizeof plan);
	EXPECT_OK(hz_hash_context_new(&planned, &plan, &plan.own));
}

static void end_plan(void)
{
	EXPECT_SIZE((size_t)plan.ended, 0);
	EXPECT_OK(hz_hash_context_free(plan.own));
	EXPECT_SIZE((size_t)plan.ended, 1);
	EXPECT_STATUS(hz_hash_context_free(plan.own), HZ_ERR_INVALID_HANDLE);
	EXPECT_SIZE((size_t)plan.ended, 1);
	EXPECT_SIZE(hz_live_handles(), 0);
}

static void test_free_is_called_once(void)
{
	new_plan();
	hz_hash_algorithm algorithm;
	EXPECT_OK(hz_hash_context_algorithm(plan.own, &algorithm));
	EXPECT_SIZE(algorithm, 77);
	end_plan();
}

static void test_failures_pass(void)
{
	new_plan();
	plan.status = HZ_ERR_LIMIT_EXCEEDED;
	EXPECT_STATUS(hz_hash_context_update(plan.own, some_bytes, 10), HZ_ERR_LIMIT_EXCEEDED);
	EXPECT_TEXT(hz_error_message(), "as planned");
	plan.status = 12345; /* no status of the library's */
	EXPECT_STATUS(hz_hash_context_update(plan.own, some_bytes, 10), 12345);
	end_plan();
}

/* More bytes than there was room for. */
static void test_lengths_that_are_lies(void)
{
	uint8_t digest[32];
	size_t n;
	const size_t lies[] = {sizeof digest + 1, SIZE_MAX, SIZE_MAX / 2 + 1};
	for (size_t i = 0; i < COUNT(lies); i++) {
		new_plan();
		plan.length = lies[i];
		EXPECT_STATUS(hz_hash_context_finalize(plan.own, digest, sizeof digest, &n), HZ_ERR_CALLBACK);
		EXPECT_SIZE(n, 0);
		end_plan();
	}
	new_plan();
	plan.length = 48;
	plan.status = HZ_ERR_BUFFER_TOO_SMALL;
	EXPECT_STATUS(hz_hash_context_finalize(plan.own, digest, sizeof digest, &n),
		HZ_ERR_BUFFER_TOO_SMALL);
	EXPECT_SIZE(n, 48);
	end_plan();
}

/* Handles that are none, or of another kind. */
static void test_handles_that_are_none(void)
{
	static int static_data;
	hz_hash_context *copy;
	void *const none[] = {NULL, (void *)1, (void *)0xc000000000, &static_data};
	new_plan();
	for (size_t i = 0; i < COUNT(none); i++) {
		test_note("%p", none[i]);
		plan.copied = none[i];
		EXPECT_STATUS(hz_hash_context_copy(plan.own, &copy), HZ_ERR_CALLBACK);
		EXPECT_MESSAGE("copy");
		CHECK(copy == NULL);
	}
	plan.copied = (hz_hash_context *)new_hmac_context(HZ_HASH_SHA256);
	EXPECT_STATUS(hz_hash_context_copy(plan.own, &copy), HZ_ERR_CALLBACK);
	plan.copied = plan.own; /* which is in use at this moment */
	EXPECT_STATUS(hz_hash_context_copy(plan.own, &copy), HZ_ERR_BUSY);
	plan.copied = new_hash_context(HZ_HASH_SHA256);
	EXPECT_OK(hz_hash_context_copy(plan.own, &copy));
	EXPECT_OK(hz_hash_context_update(copy, some_bytes, 3));
	EXPECT_OK(hz_hash_context_free(copy));
	end_plan();
}

/* ---- Backends ---- */

static void use_registered(void)
{
	hz_backend *backend;
	hz_hash_context *context;
	uint8_t digest[32];
	size_t n;
	EXPECT_OK(hz_backend_open("in-c", &backend));
	EXPECT_OK(hz_create_hash_ctx(backend, HZ_HASH_SHA256, &context));
	EXPECT_OK(hz_hash_context_finalize(context, digest, sizeof digest, &n));
	EXPECT_OK(hz_hash_context_free(context));
	EXPECT_OK(hz_backend_free(backend));
	EXPECT_SIZE(hz_live_handles(), 0);
}

static void test_register(void)
{
	static char name[] = "in-c";
	EXPECT_OK(hz_backend_register(&forward_backend, name));
	EXPECT_STATUS(hz_backend_register(&forward_backend, name), HZ_ERR_ALREADY_REGISTERED);
	EXPECT_MESSAGE("in-c");
	use_registered();
	in_child(use_registered);
	in_child_of(raw_fork, use_registered);
}

static void test_names_that_are_refused(void)
{
	static char empty[] = "", comma[] = "a,b", line[] = "a\nb", native[] = "native", huge[5000];
	memset(huge, 'x', sizeof huge - 1);
	char *const names[] = {empty, comma, line, huge};
	for (size_t i = 0; i < COUNT(names); i++) {
		EXPECT_STATUS(hz_backend_register(&forward_backend, names[i]), HZ_ERR_INVALID_ARGUMENT);
		EXPECT_MESSAGE("name");
	}
	EXPECT_STATUS(hz_backend_register(&forward_backend, native), HZ_ERR_ALREADY_REGISTERED);
}

/* A handle that is not registered under any name is the process's own; also one
 * whose name happens to be that of another backend. */
static hz_backend *unregistered, *namesake;

static void use_unregistered(void)
{
	bool supported;
	EXPECT_STATUS(hz_hash_supported(unregistered, HZ_HASH_SHA256, &supported), HZ_ERR_STALE_HANDLE);
	EXPECT_STATUS(hz_hash_supported(namesake, HZ_HASH_SHA256, &supported), HZ_ERR_STALE_HANDLE);
}

static void test_unregistered_backends(void)
{
	static char name[] = "never registered", native[] = "native";
	bool supported;
	EXPECT_OK(hz_backend_new(&forward_backend, name, &unregistered));
	EXPECT_OK(hz_backend_new(&forward_backend, native, &namesake));
	EXPECT_OK(hz_hash_supported(unregistered, HZ_HASH_SHA256, &supported));
	CHECK(supported);
	in_child(use_unregistered);
	EXPECT_OK(hz_backend_free(unregistered));
	EXPECT_OK(hz_backend_free(namesake));
	EXPECT_SIZE(hz_live_handles(), 0);
}

int main(void)
{
	static const struct test tests[] = {
		TEST(test_missing_functions),
		TEST(test_half_an_interface),
		TEST(test_no_interface),
		TEST(test_free_is_called_once),
		TEST(test_failures_pass),
		TEST(test_lengths_that_are_lies),
		TEST(test_handles_that_are_none),
		TEST(test_register),
		TEST(test_names_that_are_refused),
		TEST(test_unregistered_backends),
	};
	return RUN_TESTS(tests);
}
