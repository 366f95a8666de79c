/* What the library is doing in the parent when it forks. */
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "forks.h"

hz_backend *parents_backend;

static const uint8_t zeros[32];

/* Contexts in mid-stream. The hash has had "a" of "abc". */
static hz_hash_context *parents_hash;
static hz_hmac_context *parents_hmac;
static hz_cipher_context *parents_cipher;

/* ---- Adapters ---- */

static const hz_cipher_algorithm adapted = (hz_cipher_algorithm)HZ_PRIVATE_ALGORITHMS;
static const hz_cipher_algorithm blocking = (hz_cipher_algorithm)HZ_PRIVATE_ALGORITHMS + 1;

static sem_t is_inside, may_leave;

static hz_cipher_context *new_ctr(hz_backend *backend)
{
	hz_cipher cipher = {.size = sizeof cipher, .algorithm = HZ_CIPHER_AES, .key = zeros, .key_len = 16};
	hz_mode mode = {.size = sizeof mode, .mode = HZ_MODE_CTR, .iv = zeros, .iv_len = 16};
	hz_cipher_context *context;
	must_be_ok(hz_create_symmetric_encryption_ctx(backend, &cipher, &mode, &context), "creating a CTR encryption");
	return context;
}

static hz_status adapter(hz_backend *backend, const hz_cipher *cipher, const hz_mode *mode,
	hz_operation operation, void **object, void *user_data)
{
	(void)mode, (void)operation, (void)user_data;
	if (cipher->algorithm == blocking) {
		(void)sem_post(&is_inside);
		while (sem_wait(&may_leave) != 0)
			;
	}
	*object = new_ctr(backend);
	return HZ_OK;
}

static void register_adapters(void)
{
	hz_backend *native;
	must_be_ok(hz_backend_open("native", &native), "opening the native backend");
	must_be_ok(hz_register_cipher_adapter(native, adapted, HZ_MODE_NONE, adapter, NULL), "registering");
	must_be_ok(hz_register_cipher_adapter(native, blocking, HZ_MODE_NONE, adapter, NULL), "registering");
	must_be_ok(hz_backend_free(native), "freeing a backend");
}

static void use_adapter(hz_cipher_algorithm algorithm)
{
	hz_backend *native;
	hz_cipher cipher = {.size = sizeof cipher, .algorithm = algorithm, .key = zeros, .key_len = 16};
	hz_cipher_context *context;
	/* AES-128 of a block of zeros under a key of zeros, which is CTR's first. */
	static const uint8_t want[] = {0x66, 0xe9, 0x4b, 0xd4, 0xef, 0x8a, 0x2c, 0x3b, 0x88, 0x4c, 0xfa, 0x59, 0xca, 0x34, 0x2b, 0x2e};
	uint8_t out[16];
	size_t n;
	must_be_ok(hz_backend_open("native", &native), "opening the native backend");
	must_be_ok(hz_create_symmetric_encryption_ctx(native, &cipher, NULL, &context), "using an adapter");
	must_be_ok(hz_cipher_context_update(context, zeros, 16, out, sizeof out, &n), "using what an adapter made");
	must(n == 16 && memcmp(out, want, 16) == 0, "the answer of what an adapter made");
	must_be_ok(hz_cipher_context_free(context), "freeing what an adapter made");
	must_be_ok(hz_backend_free(native), "freeing a backend");
}

/* ---- Threads ---- */

static pthread_t threads[2];
static size_t thread_count;
static bool stop;

static bool stopped(void)
{
	return __atomic_load_n(&stop, __ATOMIC_RELAXED);
}

/* Keeps Go's collector and its goroutines at work. */
static void *makes_garbage(void *unused)
{
	while (!stopped())
		make_garbage(parents_backend);
	return unused;
}

/* One call takes tens of milliseconds, so a fork finds it under way. It takes the time
 * that the children leave: on Linux a thread has a priority of its own. */
static void *hashes(void *unused)
{
	enum { SIZE = 64 << 20 };
	uint8_t *data = calloc(1, SIZE), digest[HZ_MAX_DIGEST_SIZE];
	hz_hash_context *context;
	size_t n;
	must(data != NULL, "calloc");
	must(setpriority(PRIO_PROCESS, 0, 19) == 0, "setpriority");
	must_be_ok(hz_create_hash_ctx(parents_backend, HZ_HASH_SHA256, &context), "creating a hash");
	while (!stopped())
		must_be_ok(hz_hash_context_update(context, data, SIZE), "hashing in a thread");
	must_be_ok(hz_hash_context_finalize(context, digest, sizeof digest, &n), "ending a hash");
	must_be_ok(hz_hash_context_free(context), "freeing a hash");
	free(data);
	return unused;
}

/* In a callback, inside a call, until it may leave. */
static void *blocks(void *unused)
{
	use_adapter(blocking);
	return unused;
}

static void start(void *(*run)(void *))
{
	must(pthread_create(&threads[thread_count++], NULL, run, NULL) == 0, "pthread_create");
}

/* ---- States ---- */

static void use(void)
{
	parents_backend = NULL;
	must_be_ok(hz_default_backend(&parents_backend), "opening the default backend");
	register_adapters();
	use_adapter(adapted);
	must_be_ok(hz_create_hash_ctx(parents_backend, HZ_HASH_SHA256, &parents_hash), "creating a hash");
	must_be_ok(hz_hash_context_update(parents_hash, (const uint8_t *)"a", 1), "hashing");
	must_be_ok(hz_create_hmac_ctx(parents_backend, zeros, 32, HZ_HASH_SHA256, &parents_hmac), "creating an HMAC");
	parents_cipher = new_ctr(parents_backend);
	make_garbage(parents_backend);
}

static void use_and_remove(void)
{
	use();
	must(unlink(getenv("HAZMAT_CORE")) == 0, "removing the core");
}

static void be_busy(void)
{
	use();
	start(makes_garbage);
	start(makes_garbage);
}

static void be_inside(void)
{
	use();
	must(sem_init(&is_inside, 0, 0) == 0 && sem_init(&may_leave, 0, 0) == 0, "sem_init");
	start(hashes);
	start(blocks);
	while (sem_wait(&is_inside) != 0)
		;
}

static void do_nothing(void)
{
}

void enter_state(const char *name)
{
	static const struct {
		const char *name;
		void (*enter)(void);
	} states[] = {
		{"imported", do_nothing},
		{"used", use},
		{"removed", use_and_remove},
		{"busy", be_busy},
		{"inside", be_inside},
	};
	for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
		if (strcmp(name, states[i].name) == 0) {
			states[i].enter();
			return;
		}
	}
	give_up("no such state");
}

static void must_be_stale(hz_status status, const char *at)
{
	must(status == HZ_ERR_STALE_HANDLE && strstr(hz_error_message(), "fork") != NULL, at);
}

void check_inherited(void)
{
	uint8_t out[16];
	size_t n;
	if (parents_backend == NULL)
		return;
	say("step", "an adapter of the parent");
	use_adapter(adapted);
	say("step", "contexts of the parent");
	must_be_stale(hz_hash_context_update(parents_hash, zeros, 1), "a hash must be stale");
	must_be_stale(hz_hmac_context_update(parents_hmac, zeros, 1), "an HMAC must be stale");
	must_be_stale(hz_cipher_context_update(parents_cipher, zeros, 1, out, sizeof out, &n), "a cipher must be stale");
	must_be_stale(hz_cipher_context_free(parents_cipher), "freeing must be stale");
}

void leave_state(void)
{
	static const uint8_t abc[] = {0xba, 0x78, 0x16, 0xbf};
	uint8_t digest[HZ_MAX_DIGEST_SIZE];
	size_t n;
	if (parents_backend == NULL)
		return;
	__atomic_store_n(&stop, true, __ATOMIC_RELAXED);
	(void)sem_post(&may_leave);
	for (size_t i = 0; i < thread_count; i++)
		must(pthread_join(threads[i], NULL) == 0, "pthread_join");
	must_be_ok(hz_hash_context_update(parents_hash, (const uint8_t *)"bc", 2), "the parent's hash");
	must_be_ok(hz_hash_context_finalize(parents_hash, digest, sizeof digest, &n), "the parent's hash");
	must(n == 32 && memcmp(digest, abc, sizeof abc) == 0, "the digest of the parent's hash");
	must_be_ok(hz_hash_context_free(parents_hash), "freeing the parent's hash");
	must_be_ok(hz_hmac_context_free(parents_hmac), "freeing the parent's HMAC");
	must_be_ok(hz_cipher_context_free(parents_cipher), "freeing the parent's cipher");
	must_be_ok(hz_backend_free(parents_backend), "freeing the parent's backend");
	must(hz_live_handles() == 0, "live handles at the end");
}
