/* A cipher adapter that does what a test tells it to. */
#ifndef ADAPTER_H
#define ADAPTER_H

#include <pthread.h>

#include "hazmat.h"

/* What the adapter is to do, and what it was called with. Registrations are for
 * ever, so scripts are static. */
struct script {
	hz_status (*act)(struct script *script, void **object);
	size_t calls;
	hz_backend *backend;
	const hz_cipher *cipher;
	const hz_mode *mode;
	hz_operation operation;
	pthread_t thread;
};

/* The adapter; user_data is its script. */
hz_status script_adapter(hz_backend *backend, const hz_cipher *cipher, const hz_mode *mode,
	hz_operation operation, void **object, void *user_data);

/* The native backend, which adapters are registered with; to be freed. */
hz_backend *native_backend(void);

/* A cipher that nobody has registered yet. */
hz_cipher_algorithm new_code(void);

/* Makes a decryption context with a cipher and a key of 21 bytes. */
hz_status create_private(hz_cipher_algorithm algorithm, hz_cipher_context **context);

/* Registers a script under a code of its own and makes a context with it. */
hz_status play(struct script *script, hz_cipher_context **context);

/* The same for a script that fails, after which no handle may be left. */
void play_failure(struct script *script, hz_status want);

#endif
