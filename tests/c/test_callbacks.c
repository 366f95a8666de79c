/* Functions of ours that the library calls: what they are given, what they may do
 * meanwhile, and how they fail. */
#include "adapter.h"
#include "fixture.h"
#include "test.h"

/* ---- A context, which passes to the backend ---- */

static hz_cipher_context *inner;

static hz_status give_context(struct script *script, void **object)
{
	char name[32];
	size_t n;
	EXPECT_OK(hz_backend_name(script->backend, name, sizeof name, &n));
	EXPECT_TEXT(name, "native");
	EXPECT_SIZE(script->cipher->size, sizeof(hz_cipher));
	EXPECT_SIZE(script->cipher->key_len, 21);
	EXPECT_BYTES(script->cipher->key, some_bytes, 21);
	EXPECT_SIZE(script->cipher->nonce_len, 0);
	CHECK(script->mode == NULL || script->mode->mode == HZ_MODE_NONE);
	EXPECT_SIZE(script->operation, HZ_OPERATION_DECRYPT);
	CHECK(pthread_equal(script->thread, pthread_self()) != 0);
	*object = inner = new_ctr_context();
	return HZ_OK;
}

static void test_context(void)
{
	static struct script script = {.act = give_context};
	hz_cipher_context *context, *reference = new_ctr_context();
	uint8_t got[40], want[40];
	size_t n;
	EXPECT_OK(play(&script, &context));
	/* The handle that was given back is no more; what it stood for goes on. */
	EXPECT_STATUS(hz_cipher_context_finalize(inner, NULL, 0, &n), HZ_ERR_INVALID_HANDLE);
	EXPECT_STATUS(hz_cipher_context_free(inner), HZ_ERR_INVALID_HANDLE);
	EXPECT_SIZE(hz_live_handles(), 2);
	EXPECT_OK(hz_cipher_context_update(context, some_bytes, 40, got, sizeof got, &n));
	EXPECT_OK(hz_cipher_context_update(reference, some_bytes, 40, want, sizeof want, &n));
	EXPECT_BYTES(got, want, sizeof want);
	EXPECT_OK(hz_cipher_context_free(context));
	EXPECT_OK(hz_cipher_context_free(reference));
	EXPECT_SIZE(hz_live_handles(), 0);
	/* The handle that was lent is no more either. */
	EXPECT_STATUS(hz_backend_name(script.backend, NULL, 0, &n), HZ_ERR_INVALID_HANDLE);
	EXPECT_STATUS(hz_backend_free(script.backend), HZ_ERR_INVALID_HANDLE);
}

static hz_status give_nothing(struct script *script, void **object)
{
	(void)script;
	CHECK(*object == NULL); /* so it begins */
	return HZ_OK;
}

static void test_no_object(void)
{
	static struct script script = {.act = give_nothing};
	play_failure(&script, HZ_ERR_UNSUPPORTED_CIPHER);
	EXPECT_MESSAGE("has no", "0x8000");
}

/* ---- Failures ---- */

static hz_status fail_with_message(struct script *script, void **object)
{
	(void)script, (void)object;
	hz_set_error_message("no more\nof this");
	return HZ_ERR_CALLBACK;
}

static void test_failure_with_message(void)
{
	static struct script script = {.act = fail_with_message};
	play_failure(&script, HZ_ERR_CALLBACK);
	EXPECT_TEXT(hz_error_message(), "no more of this");
}

static hz_status fail_silently(struct script *script, void **object)
{
	(void)script, (void)object;
	return HZ_ERR_INVALID_KEY;
}

static void test_failure_without_message(void)
{
	static struct script script = {.act = fail_silently};
	hz_set_error_message("of something before");
	play_failure(&script, HZ_ERR_INVALID_KEY);
	EXPECT_MESSAGE("callback", hz_status_string(HZ_ERR_INVALID_KEY));
}

static hz_status fail_with_object(struct script *script, void **object)
{
	(void)script;
	*object = inner = new_ctr_context();
	return HZ_ERR_CALLBACK;
}

/* What a failing callback leaves as its object stays the caller's. */
static void test_failure_with_object(void)
{
	static struct script script = {.act = fail_with_object};
	hz_cipher_context *context;
	EXPECT_STATUS(play(&script, &context), HZ_ERR_CALLBACK);
	EXPECT_SIZE(hz_live_handles(), 1);
	EXPECT_OK(hz_cipher_context_free(inner));
	EXPECT_SIZE(hz_live_handles(), 0);
}

/* ---- Calls from a callback ---- */

static hz_status call_back(struct script *script, void **object)
{
	static struct script nested = {.act = give_context};
	hz_cipher_context *context;
	hz_backend *other = native_backend();
	EXPECT_OK(play(&nested, &context)); /* which registers another pair */
	EXPECT_STATUS(hz_register_cipher_adapter(script->backend, script->cipher->algorithm, HZ_MODE_NONE,
		script_adapter, script), HZ_ERR_ALREADY_REGISTERED);
	EXPECT_STATUS(hz_cipher_context_free((hz_cipher_context *)other), HZ_ERR_INVALID_HANDLE);
	EXPECT_OK(hz_backend_free(other));
	*object = context;
	return HZ_OK;
}

static void test_calls_from_a_callback(void)
{
	static struct script script = {.act = call_back};
	hz_cipher_context *context;
	uint8_t out[16];
	size_t n;
	EXPECT_OK(play(&script, &context));
	EXPECT_OK(hz_cipher_context_update(context, some_bytes, 16, out, sizeof out, &n));
	EXPECT_OK(hz_cipher_context_free(context));
	EXPECT_SIZE(hz_live_handles(), 0);
}

enum { DEPTH = 50 };

static hz_status recurse(struct script *script, void **object)
{
	if (script->calls == DEPTH)
		return give_context(script, object);
	return create_private(script->cipher->algorithm, (hz_cipher_context **)object);
}

static void test_recursion(void)
{
	static struct script script = {.act = recurse};
	hz_backend *backend = native_backend();
	hz_cipher_algorithm code = new_code();
	hz_cipher_context *context;
	EXPECT_OK(hz_register_cipher_adapter(backend, code, HZ_MODE_NONE, script_adapter, &script));
	EXPECT_OK(hz_backend_free(backend));
	EXPECT_OK(create_private(code, &context));
	EXPECT_SIZE(script.calls, DEPTH);
	EXPECT_OK(hz_cipher_context_free(context));
	EXPECT_SIZE(hz_live_handles(), 0);
}

/* ---- Registrations ---- */

static void test_registrations(void)
{
	static struct script script = {.act = give_nothing};
	hz_backend *backend = native_backend();
	hz_cipher_algorithm code = new_code();
	bool supported;
	EXPECT_OK(hz_cipher_supported(backend, code, HZ_MODE_NONE, &supported));
	CHECK(!supported);
	EXPECT_OK(hz_register_cipher_adapter(backend, code, HZ_MODE_NONE, script_adapter, &script));
	EXPECT_STATUS(hz_register_cipher_adapter(backend, code, HZ_MODE_NONE, script_adapter, &script),
		HZ_ERR_ALREADY_REGISTERED);
	EXPECT_MESSAGE("0x8000", "already registered");
	EXPECT_OK(hz_register_cipher_adapter(backend, HZ_CIPHER_AES, code, script_adapter, &script));
	EXPECT_STATUS(hz_register_cipher_adapter(backend, HZ_CIPHER_AES, HZ_MODE_CBC, script_adapter, &script),
		HZ_ERR_ALREADY_REGISTERED);
	EXPECT_MESSAGE("native", "AES-CBC");
	EXPECT_STATUS(hz_register_cipher_adapter(backend, 77, HZ_MODE_CBC, script_adapter, &script),
		HZ_ERR_INVALID_ARGUMENT);
	EXPECT_STATUS(hz_register_cipher_adapter(backend, HZ_CIPHER_AES, 77, script_adapter, &script),
		HZ_ERR_INVALID_ARGUMENT);
	EXPECT_OK(hz_cipher_supported(backend, code, HZ_MODE_NONE, &supported));
	CHECK(supported);
	EXPECT_SIZE(script.calls, 0);
	EXPECT_OK(hz_backend_free(backend));
	EXPECT_SIZE(hz_live_handles(), 0);
}

int main(void)
{
	static const struct test tests[] = {
		TEST(test_context),
		TEST(test_no_object),
		TEST(test_failure_with_message),
		TEST(test_failure_without_message),
		TEST(test_failure_with_object),
		TEST(test_calls_from_a_callback),
		TEST(test_recursion),
		TEST(test_registrations),
	};
	return RUN_TESTS(tests);
}
