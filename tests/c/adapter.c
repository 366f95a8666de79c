#include "adapter.h"

#include "fixture.h"
#include "test.h"

hz_status script_adapter(hz_backend *backend, const hz_cipher *cipher, const hz_mode *mode,
	hz_operation operation, void **object, void *user_data)
{
	struct script *script = user_data;
	script->calls++;
	script->backend = backend;
	script->cipher = cipher;
	script->mode = mode;
	script->operation = operation;
	script->thread = pthread_self();
	return script->act(script, object);
}

hz_backend *native_backend(void)
{
	hz_backend *backend;
	EXPECT_OK(hz_backend_open("native", &backend));
	return backend;
}

hz_cipher_algorithm new_code(void)
{
	static uint32_t codes;
	return (hz_cipher_algorithm)HZ_PRIVATE_ALGORITHMS + codes++;
}

hz_status create_private(hz_cipher_algorithm algorithm, hz_cipher_context **context)
{
	hz_backend *backend = native_backend();
	hz_cipher cipher = cipher_of(algorithm, 21);
	hz_status status = hz_create_symmetric_decryption_ctx(backend, &cipher, NULL, context);
	EXPECT_OK(hz_backend_free(backend));
	return status;
}

hz_status play(struct script *script, hz_cipher_context **context)
{
	hz_backend *backend = native_backend();
	hz_cipher_algorithm code = new_code();
	EXPECT_OK(hz_register_cipher_adapter(backend, code, HZ_MODE_NONE, script_adapter, script));
	EXPECT_OK(hz_backend_free(backend));
	hz_status status = create_private(code, context);
	EXPECT_SIZE(script->calls, 1);
	CHECK((*context == NULL) == (status != HZ_OK));
	return status;
}

void play_failure(struct script *script, hz_status want)
{
	hz_cipher_context *context;
	EXPECT_STATUS(play(script, &context), want);
	EXPECT_SIZE(hz_live_handles(), 0);
}
