/* Output buffers of every size, and inputs of no bytes. */
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "calls.h"
#include "fixture.h"
#include "test.h"

/* The address behind a page of an argument's own, where no memory is. */
static uint8_t *end_of_memory(size_t which)
{
	static uint8_t *ends[MOST_ARGUMENTS];
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	if (ends[which] == NULL) {
		uint8_t *memory =
			mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		CHECK(memory != MAP_FAILED && mprotect(memory + page, page, PROT_NONE) == 0);
		ends[which] = memory + page;
	}
	return ends[which];
}

static bool is_buffer(enum kind kind)
{
	return kind == BUFFER || kind == TEXT_BUFFER || kind == LIST_BUFFER;
}

/* Where the buffer of a call is, or MOST_ARGUMENTS. */
static size_t buffer_of(const struct call *call)
{
	size_t i = 0;
	while (i < MOST_ARGUMENTS && !is_buffer(call->kinds[i]))
		i++;
	return i;
}

/* Tries all capacities below what the control call has used, which change
 * nothing, then exactly that. */
static void try_capacities(const struct call *call)
{
	struct arguments a, control;
	size_t i = buffer_of(call);
	if (i == MOST_ARGUMENTS)
		return;
	arguments_make(&control, call);
	EXPECT_OK(arguments_call(&control, call));
	size_t needed = control.used + (call->kinds[i] == TEXT_BUFFER ? 1 : 0);
	arguments_make(&a, call);
	void *room = a.v[i].p;
	for (size_t capacity = 0; capacity < needed; capacity++) {
		test_note("%s with a buffer of %zu", call->name, capacity);
		a.v[i].p = capacity == 0 ? NULL : room;
		a.v[i + 1].n = capacity;
		EXPECT_STATUS(arguments_call(&a, call), HZ_ERR_BUFFER_TOO_SMALL);
		EXPECT_SIZE(a.used, needed);
		EXPECT_MESSAGE("needed");
	}
	test_note("%s with a buffer of %zu, which is enough", call->name, needed);
	a.v[i].p = needed == 0 ? NULL : room;
	a.v[i + 1].n = needed;
	EXPECT_OK(arguments_call(&a, call));
	arguments_compare(&a, &control, call);
	arguments_free(&a, call);
	arguments_free(&control, call);
}

static void test_every_capacity(void)
{
	calls_each(try_capacities);
}

/* Where the length of the input or of the room at argument i is. */
static size_t length_of(const struct call *call, size_t i)
{
	return call->kinds[i] == LIST_IN ? i + 2 : i + 1;
}

static bool is_list(const struct call *call, size_t i)
{
	return call->kinds[i] == LIST_IN || call->kinds[i] == LENGTHS;
}

/* The bytes at argument i are lent to the backend, in full length. Texts and
 * lists are copied, and no more is looked at than they need. */
static bool is_lent(const struct call *call, size_t i)
{
	return call->kinds[i] == INPUT || call->kinds[i] == FILLED || call->kinds[i] == LIST_IN ||
		(call->kinds[i] == BUFFER && call->owner != NO_OWNER);
}

/* Lengths that no memory has. */
static void try_impossible_lengths(const struct call *call)
{
	const size_t impossible[] = {SIZE_MAX, SIZE_MAX - 1, SIZE_MAX / 2 + 1};
	for (size_t i = 0; call->kinds[i] != NONE; i++) {
		if (!is_lent(call, i))
			continue;
		struct arguments a;
		arguments_make(&a, call);
		size_t good = a.v[length_of(call, i)].n;
		for (size_t n = 0; n < COUNT(impossible); n++) {
			test_note("%s with %zu bytes for argument %zu", call->name, impossible[n], i + 1);
			a.v[length_of(call, i)].n = impossible[n];
			EXPECT_STATUS(arguments_call(&a, call), HZ_ERR_INVALID_ARGUMENT);
		}
		a.v[length_of(call, i)].n = good;
		EXPECT_OK(arguments_call(&a, call));
		arguments_free(&a, call);
	}
}

static void test_impossible_lengths(void)
{
	calls_each(try_impossible_lengths);
}

/* An input or output of no bytes is at any address. */
static void try_nothing(const struct call *call)
{
	void *const addresses[] = {NULL, (void *)1, (void *)0xc000000000, (void *)UINTPTR_MAX};
	for (size_t i = 0; call->kinds[i] != NONE; i++) {
		if (call->kinds[i] != INPUT && call->kinds[i] != FILLED && !is_list(call, i))
			continue;
		for (size_t n = 0; n < COUNT(addresses); n++) {
			struct arguments a;
			arguments_make(&a, call);
			test_note("%s with nothing at %p for argument %zu", call->name, addresses[n], i + 1);
			a.v[i].p = addresses[n];
			a.v[length_of(call, i)].n = 0;
			EXPECT_STATUS(arguments_call(&a, call), call->empty[i]);
			arguments_free(&a, call);
		}
	}
}

static void test_nothing_at_any_address(void)
{
	calls_each(try_nothing);
}

/* Buffers that end where memory ends: not a byte beyond them is touched. */
static void try_end_of_memory(const struct call *call)
{
	struct arguments a, control;
	size_t room = buffer_of(call);
	arguments_make(&control, call);
	EXPECT_OK(arguments_call(&control, call));
	arguments_make(&a, call);
	for (size_t i = 0; call->kinds[i] != NONE; i++) {
		if (call->kinds[i] == INPUT)
			a.v[i].p = memcpy(end_of_memory(i) - a.v[i + 1].n, a.v[i].p, a.v[i + 1].n);
		else if (call->kinds[i] == FILLED)
			a.v[i].p = end_of_memory(i) - a.v[i + 1].n;
		else if (call->kinds[i] == LIST_IN)
			a.v[i].p = memcpy(end_of_memory(i) - sizeof a.list, a.v[i].p, sizeof a.list);
		else if (call->kinds[i] == LENGTHS)
			a.v[i].p = memcpy(end_of_memory(i) - sizeof a.lengths, a.v[i].p, sizeof a.lengths);
	}
	if (room < MOST_ARGUMENTS) {
		size_t unit = call->kinds[room] == LIST_BUFFER ? sizeof(uint32_t) : 1;
		a.v[room + 1].n = control.used + (call->kinds[room] == TEXT_BUFFER ? 1 : 0);
		a.v[room].p = end_of_memory(room) - unit * a.v[room + 1].n;
	}
	EXPECT_OK(call->invoke(a.v));
	if (room < MOST_ARGUMENTS)
		EXPECT_SIZE(a.used, control.used);
	arguments_free(&a, call);
	arguments_free(&control, call);
}

static void test_end_of_memory(void)
{
	calls_each(try_end_of_memory);
}

/* Parameters of a key without bytes, and bytes without an address. */
static void test_parameters(void)
{
	hz_backend *backend = open_backend();
	hz_cipher cipher = cipher_of(HZ_CIPHER_CHACHA20, 32);
	hz_cipher_context *context;
	cipher.nonce = NULL;
	cipher.nonce_len = 16;
	EXPECT_STATUS(hz_create_symmetric_encryption_ctx(backend, &cipher, NULL, &context),
		HZ_ERR_NULL_POINTER);
	EXPECT_MESSAGE("cipher.nonce", "NULL", "16");
	cipher.nonce_len = 0;
	EXPECT_STATUS(hz_create_symmetric_encryption_ctx(backend, &cipher, NULL, &context),
		HZ_ERR_INVALID_NONCE);
	cipher = cipher_of(HZ_CIPHER_AES, 16);
	cipher.key = NULL;
	hz_mode mode = mode_of(HZ_MODE_GCM, 12);
	EXPECT_STATUS(hz_create_symmetric_encryption_ctx(backend, &cipher, &mode, &context),
		HZ_ERR_NULL_POINTER);
	EXPECT_MESSAGE("cipher.key", "NULL", "16");
	cipher = cipher_of(HZ_CIPHER_AES, 0);
	EXPECT_STATUS(hz_create_symmetric_encryption_ctx(backend, &cipher, &mode, &context),
		HZ_ERR_INVALID_KEY);
	cipher = cipher_of(HZ_CIPHER_AES, SIZE_MAX);
	EXPECT_STATUS(hz_create_symmetric_encryption_ctx(backend, &cipher, &mode, &context),
		HZ_ERR_INVALID_ARGUMENT);
	cipher = cipher_of(HZ_CIPHER_AES, 16);
	mode.iv = NULL;
	EXPECT_STATUS(hz_create_symmetric_encryption_ctx(backend, &cipher, &mode, &context),
		HZ_ERR_NULL_POINTER);
	EXPECT_MESSAGE("mode.iv", "NULL", "12");
	mode = mode_of(HZ_MODE_GCM, 12);
	mode.tag_len = 16;
	EXPECT_STATUS(hz_create_symmetric_decryption_ctx(backend, &cipher, &mode, &context),
		HZ_ERR_NULL_POINTER);
	EXPECT_MESSAGE("mode.tag", "NULL", "16");
	CHECK(context == NULL);
	EXPECT_OK(hz_backend_free(backend));
	EXPECT_SIZE(hz_live_handles(), 0);
}

int main(void)
{
	static const struct test tests[] = {
		TEST(test_every_capacity),
		TEST(test_impossible_lengths),
		TEST(test_nothing_at_any_address),
		TEST(test_end_of_memory),
		TEST(test_parameters),
	};
	return RUN_TESTS(tests);
}
