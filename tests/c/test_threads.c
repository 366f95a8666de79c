/* Several threads: a first call that all make at once, a backend that all share,
 * and a context that belongs to one. */
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "calls.h"
#include "fixture.h"
#include "forward.h"
#include "test.h"

enum { THREADS = 8 };

static pthread_barrier_t start;

/* Runs one function in many threads, which all begin at once. */
static void in_threads(void *(*run)(void *), void *argument)
{
	pthread_t threads[THREADS];
	CHECK(pthread_barrier_init(&start, NULL, THREADS) == 0);
	for (size_t i = 0; i < THREADS; i++)
		CHECK(pthread_create(&threads[i], NULL, run, argument) == 0);
	for (size_t i = 0; i < THREADS; i++)
		CHECK(pthread_join(threads[i], NULL) == 0);
	CHECK(pthread_barrier_destroy(&start) == 0);
}

static void *makes_first_call(void *unused)
{
	(void)pthread_barrier_wait(&start);
	hz_backend *backend;
	EXPECT_OK(hz_default_backend(&backend));
	EXPECT_OK(hz_backend_free(backend));
	return unused;
}

static void test_first_call(void)
{
	in_threads(makes_first_call, NULL);
	EXPECT_SIZE(hz_live_handles(), 0);
}

static void hash(hz_backend *backend, uint8_t digest[32])
{
	hz_hash_context *context;
	size_t n;
	EXPECT_OK(hz_create_hash_ctx(backend, HZ_HASH_SHA256, &context));
	EXPECT_OK(hz_hash_context_update(context, some_bytes, sizeof some_bytes));
	EXPECT_OK(hz_hash_context_finalize(context, digest, 32, &n));
	EXPECT_OK(hz_hash_context_free(context));
}

static void *shares_backend(void *backend)
{
	uint8_t want[32], got[32];
	hash(backend, want);
	(void)pthread_barrier_wait(&start);
	for (int i = 0; i < 200; i++) {
		hash(backend, got);
		EXPECT_BYTES(got, want, sizeof want);
	}
	return NULL;
}

static void test_shared_backend(void)
{
	hz_backend *backend = open_backend();
	in_threads(shares_backend, backend);
	EXPECT_OK(hz_backend_free(backend));
	EXPECT_SIZE(hz_live_handles(), 0);
}

/* ---- One context, two threads ---- */

/* An update that takes long. */
struct work {
	enum owner owner;
	void *context;
	uint8_t *data;
	size_t length;
	hz_status status;
	bool done;
};

static hz_status update(const struct work *work, size_t length)
{
	size_t n;
	switch (work->owner) {
	case CIPHER_CONTEXT:
		return hz_cipher_context_update(work->context, work->data, length, work->data, length, &n);
	case HASH_CONTEXT:
		return hz_hash_context_update(work->context, work->data, length);
	default:
		return hz_hmac_context_update(work->context, work->data, length);
	}
}

static void *works(void *argument)
{
	struct work *work = argument;
	/* The one that looks whether this has begun may be in the way. */
	do
		work->status = update(work, work->length);
	while (work->status == HZ_ERR_BUSY);
	__atomic_store_n(&work->done, true, __ATOMIC_RELEASE);
	return NULL;
}

/* Something slow. */
static void *slow_context(enum owner owner)
{
	hz_mode mode = mode_of(HZ_MODE_CBC, 8);
	switch (owner) {
	case CIPHER_CONTEXT:
		return new_cipher_context(HZ_OPERATION_ENCRYPT, cipher_of(HZ_CIPHER_TRIPLE_DES, 24), &mode);
	case HASH_CONTEXT:
		return new_hash_context(HZ_HASH_RIPEMD160);
	default:
		return new_hmac_context(HZ_HASH_RIPEMD160);
	}
}

/* Makes the call on a context that is at work. Returns false if the work was over
 * too soon to tell. */
static bool call_while_busy(const struct call *call, size_t length)
{
	struct work work = {.owner = call->owner, .context = slow_context(call->owner), .length = length};
	struct arguments a;
	pthread_t thread;
	work.data = calloc(length, 1);
	arguments_make(&a, call);
	void *idle = a.v[0].p;
	a.v[0].p = work.context;
	CHECK(work.data != NULL && pthread_create(&thread, NULL, works, &work) == 0);
	/* An update of nothing changes nothing, and tells when work is under way. */
	hz_status before = HZ_OK, after;
	while (before == HZ_OK && !__atomic_load_n(&work.done, __ATOMIC_ACQUIRE)) {
		(void)sched_yield();
		before = update(&work, 0);
	}
	hz_status status = arguments_call(&a, call);
	after = status == HZ_ERR_BUSY ? HZ_ERR_BUSY : update(&work, 0);
	CHECK(pthread_join(thread, NULL) == 0);
	free(work.data);
	bool told = before == HZ_ERR_BUSY && after == HZ_ERR_BUSY;
	if (told) {
		EXPECT_STATUS(status, HZ_ERR_BUSY);
		EXPECT_OK(work.status);
		EXPECT_OK(update(&work, 0)); /* it is free again, and as it was */
	}
	if (status == HZ_OK && call->makes != NO_OWNER)
		(void)owner_free(call->makes, a.result.handle);
	(void)owner_free(call->owner, work.context);
	EXPECT_OK(owner_free(call->owner, idle));
	return told;
}

static void test_busy(void)
{
	size_t length = 1 << 20;
	for (size_t c = 0; c < call_count; c++) {
		if (calls[c].owner == NO_OWNER || owner_is_shared(calls[c].owner))
			continue;
		test_note("%s", calls[c].name);
		bool told = call_while_busy(&calls[c], length);
		while (!told && length < (size_t)1 << 28) {
			length *= 2;
			told = call_while_busy(&calls[c], length);
		}
		CHECK(told);
	}
	EXPECT_SIZE(hz_live_handles(), 0);
}

/* ---- A shared handle that is freed while a thread is inside ---- */

enum { INSIDE = 1, RETURNED, ENDED };

/* What has happened to an AEAD, in the order it must happen in. */
static int progress;

static void lag(void)
{
	const struct timespec while_another_ends_it = {.tv_nsec = 100000000};
	(void)nanosleep(&while_another_ends_it, NULL);
}

static hz_status slow_seal(const uint8_t *nonce, size_t nonce_len, const uint8_t *plaintext,
	size_t plaintext_len, const uint8_t *data, size_t data_len, uint8_t *dst, size_t dst_cap,
	size_t *dst_len, void *unused)
{
	(void)nonce, (void)nonce_len, (void)plaintext, (void)plaintext_len, (void)data, (void)data_len;
	(void)dst, (void)dst_cap, (void)unused;
	__atomic_store_n(&progress, INSIDE, __ATOMIC_SEQ_CST);
	lag();
	EXPECT_SIZE((size_t)__atomic_exchange_n(&progress, RETURNED, __ATOMIC_SEQ_CST), INSIDE);
	*dst_len = 0;
	return HZ_OK;
}

static void end(void *unused)
{
	(void)unused;
	EXPECT_SIZE((size_t)__atomic_exchange_n(&progress, ENDED, __ATOMIC_SEQ_CST), RETURNED);
}

static void *seals(void *aead)
{
	uint8_t out[HZ_MAX_TAG_SIZE];
	size_t n;
	EXPECT_OK(hz_aead_seal(aead, some_bytes, 12, NULL, 0, NULL, 0, out, sizeof out, &n));
	return NULL;
}

/* The free of an implementation in C is called last, also where the handle is freed
 * meanwhile. */
static void test_freed_in_use(void)
{
	hz_aead_methods methods = forward_sealer;
	hz_aead *aead;
	pthread_t thread;
	methods.seal = slow_seal;
	methods.free = end;
	EXPECT_OK(hz_aead_new(&methods, NULL, &aead));
	CHECK(pthread_create(&thread, NULL, seals, aead) == 0);
	while (__atomic_load_n(&progress, __ATOMIC_SEQ_CST) != INSIDE)
		(void)sched_yield();
	EXPECT_OK(hz_aead_free(aead));
	EXPECT_STATUS(hz_aead_free(aead), HZ_ERR_INVALID_HANDLE);
	CHECK(pthread_join(thread, NULL) == 0);
	EXPECT_SIZE((size_t)progress, ENDED);
	EXPECT_SIZE(hz_live_handles(), 0);
}

int main(void)
{
	static const struct test tests[] = {
		TEST(test_first_call), /* before all others */
		TEST(test_shared_backend),
		TEST(test_busy),
		TEST(test_freed_in_use),
	};
	return RUN_TESTS(tests);
}
