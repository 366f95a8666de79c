/* The size that a structure of parameters begins with: how callers built against
 * another header are told apart. */
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fixture.h"
#include "test.h"

enum { LARGEST = 512 }; /* what a structure may ever grow to */

typedef hz_status (*create)(hz_backend *, const hz_cipher *, const hz_mode *, hz_cipher_context **);

static const create creates[] = {
	hz_create_symmetric_encryption_ctx, hz_create_symmetric_decryption_ctx};

/* Room for a structure of a newer header, and one byte more. */
union room {
	hz_cipher cipher;
	hz_mode mode;
	size_t size;
	uint8_t bytes[LARGEST + 16];
};

/* Tries one structure with many sizes; call makes a context with it. */
static void try_sizes(union room *room, size_t known, const char *name, hz_backend *backend,
	hz_status (*call)(hz_backend *, const union room *, hz_cipher_context **))
{
	const size_t wrong[] = {0, 1, sizeof(size_t), known - 1, LARGEST + 1, SIZE_MAX};
	hz_cipher_context *context;
	for (size_t i = 0; i < COUNT(wrong); i++) {
		test_note("%s of size %zu", name, wrong[i]);
		room->size = wrong[i];
		EXPECT_STATUS(call(backend, room, &context), HZ_ERR_INVALID_ARGUMENT);
		EXPECT_MESSAGE(".size is ", name);
		CHECK(context == NULL);
	}
	for (size_t size = known; size <= LARGEST; size++) {
		test_note("%s of size %zu with zeros", name, size);
		room->size = size;
		EXPECT_OK(call(backend, room, &context));
		EXPECT_OK(hz_cipher_context_free(context));
		if (size == known)
			continue;
		test_note("%s of size %zu with more in it", name, size);
		room->bytes[size - 1] = 1;
		EXPECT_STATUS(call(backend, room, &context), HZ_ERR_INVALID_ARGUMENT);
		EXPECT_MESSAGE("newer", name);
		CHECK(context == NULL);
		room->bytes[size - 1] = 0;
	}
	/* What lies behind the size is not looked at. */
	room->size = known;
	room->bytes[known] = 1;
	EXPECT_OK(call(backend, room, &context));
	EXPECT_OK(hz_cipher_context_free(context));
}

static hz_status with_cipher(hz_backend *backend, const union room *room, hz_cipher_context **context)
{
	hz_mode mode = mode_of(HZ_MODE_CBC, 16);
	return creates[0](backend, &room->cipher, &mode, context);
}

static hz_status with_mode(hz_backend *backend, const union room *room, hz_cipher_context **context)
{
	hz_cipher cipher = cipher_of(HZ_CIPHER_AES, 16);
	return creates[1](backend, &cipher, &room->mode, context);
}

static void test_cipher_sizes(void)
{
	union room room;
	hz_backend *backend = open_backend();
	memset(&room, 0, sizeof room);
	room.cipher = cipher_of(HZ_CIPHER_AES, 16);
	try_sizes(&room, sizeof(hz_cipher), "hz_cipher", backend, with_cipher);
	EXPECT_OK(hz_backend_free(backend));
	EXPECT_SIZE(hz_live_handles(), 0);
}

static void test_mode_sizes(void)
{
	union room room;
	hz_backend *backend = open_backend();
	memset(&room, 0, sizeof room);
	room.mode = mode_of(HZ_MODE_CBC, 16);
	try_sizes(&room, sizeof(hz_mode), "hz_mode", backend, with_mode);
	EXPECT_OK(hz_backend_free(backend));
	EXPECT_SIZE(hz_live_handles(), 0);
}

/* Structures that end where memory ends: nothing beyond the size is read, and
 * nothing beyond the size field where the size is too small. */
static void test_nothing_read_beyond(void)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	uint8_t *memory = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (!CHECK(memory != MAP_FAILED) || !CHECK(mprotect(memory + page, page, PROT_NONE) == 0))
		return;
	hz_backend *backend = open_backend();
	hz_cipher cipher = cipher_of(HZ_CIPHER_AES, 16);
	hz_mode mode = mode_of(HZ_MODE_CBC, 16);
	hz_cipher_context *context;
	for (size_t i = 0; i < COUNT(creates); i++) {
		size_t *size = (void *)(memory + page - sizeof *size);
		*size = sizeof *size;
		EXPECT_STATUS(creates[i](backend, (void *)size, &mode, &context), HZ_ERR_INVALID_ARGUMENT);
		EXPECT_STATUS(creates[i](backend, &cipher, (void *)size, &context), HZ_ERR_INVALID_ARGUMENT);
		EXPECT_OK(creates[i](backend, memcpy(memory + page - sizeof cipher, &cipher, sizeof cipher),
			&mode, &context));
		EXPECT_OK(hz_cipher_context_free(context));
		EXPECT_OK(creates[i](backend, &cipher,
			memcpy(memory + page - sizeof mode, &mode, sizeof mode), &context));
		EXPECT_OK(hz_cipher_context_free(context));
	}
	EXPECT_OK(hz_backend_free(backend));
	CHECK(munmap(memory, 2 * page) == 0);
}

int main(void)
{
	static const struct test tests[] = {
		TEST(test_cipher_sizes),
		TEST(test_mode_sizes),
		TEST(test_nothing_read_beyond),
	};
	return RUN_TESTS(tests);
}
