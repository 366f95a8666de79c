/* The size that a structure begins with: how callers built against another header
 * are told apart. */
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fixture.h"
#include "forward.h"
#include "test.h"

enum { LARGEST = 512 }; /* what a structure may ever grow to */

/* ---- Calls that take a structure; what they make is freed again ---- */

static hz_status with_cipher(const void *structure)
{
	hz_backend *backend = open_backend();
	hz_mode mode = mode_of(HZ_MODE_CBC, 16);
	hz_cipher_context *context;
	hz_status status = hz_create_symmetric_encryption_ctx(backend, structure, &mode, &context);
	CHECK((context == NULL) == (status != HZ_OK));
	EXPECT_OK(hz_cipher_context_free(context));
	EXPECT_OK(hz_backend_free(backend));
	return status;
}

static hz_status with_mode(const void *structure)
{
	hz_backend *backend = open_backend();
	hz_cipher cipher = cipher_of(HZ_CIPHER_AES, 16);
	hz_cipher_context *context;
	hz_status status = hz_create_symmetric_decryption_ctx(backend, &cipher, structure, &context);
	CHECK((context == NULL) == (status != HZ_OK));
	EXPECT_OK(hz_cipher_context_free(context));
	EXPECT_OK(hz_backend_free(backend));
	return status;
}

static hz_status with_backend_methods(const void *structure)
{
	hz_backend *backend;
	hz_status status = hz_backend_new(structure, NULL, &backend);
	CHECK((backend == NULL) == (status != HZ_OK));
	EXPECT_OK(hz_backend_free(backend));
	return status;
}

static hz_status with_aead_methods(const void *structure)
{
	hz_aead *aead;
	hz_status status = hz_aead_new(structure, NULL, &aead);
	CHECK((aead == NULL) == (status != HZ_OK));
	EXPECT_OK(hz_aead_free(aead));
	return status;
}

static hz_status with_cipher_methods(const void *structure)
{
	hz_cipher_context *context;
	hz_status status = hz_cipher_context_new(structure, NULL, &context);
	CHECK((context == NULL) == (status != HZ_OK));
	EXPECT_OK(hz_cipher_context_free(context));
	return status;
}

static hz_status with_hash_methods(const void *structure)
{
	hz_hash_context *context;
	hz_status status = hz_hash_context_new(structure, NULL, &context);
	CHECK((context == NULL) == (status != HZ_OK));
	EXPECT_OK(hz_hash_context_free(context));
	return status;
}

static hz_status with_hmac_methods(const void *structure)
{
	hz_hmac_context *context;
	hz_status status = hz_hmac_context_new(structure, NULL, &context);
	CHECK((context == NULL) == (status != HZ_OK));
	EXPECT_OK(hz_hmac_context_free(context));
	return status;
}

/* ---- The structures ---- */

static hz_cipher cipher;
static hz_mode mode;

static const struct structure {
	const char *name;
	size_t size;
	const void *good;
	hz_status (*call)(const void *structure);
} structures[] = {
	{"hz_cipher", sizeof cipher, &cipher, with_cipher},
	{"hz_mode", sizeof mode, &mode, with_mode},
	{"hz_backend_methods", sizeof forward_backend, &forward_backend, with_backend_methods},
	{"hz_aead_methods", sizeof forward_vector_sealer, &forward_vector_sealer, with_aead_methods},
	{"hz_cipher_context_methods", sizeof forward_aead, &forward_aead, with_cipher_methods},
	{"hz_hash_context_methods", sizeof forward_xof, &forward_xof, with_hash_methods},
	{"hz_hmac_context_methods", sizeof forward_hmac, &forward_hmac, with_hmac_methods},
};

/* Room for a structure of a newer header, and more. Functions of a caller must
 * stay, so it is static. */
static union {
	size_t size;
	uint8_t bytes[LARGEST + 16];
} room;

static void take(const struct structure *s, size_t size)
{
	memset(&room, 0, sizeof room);
	memcpy(&room, s->good, s->size);
	room.size = size;
	test_note("%s of size %zu", s->name, size);
}

static void test_wrong_sizes(void)
{
	for (size_t i = 0; i < COUNT(structures); i++) {
		const struct structure *s = &structures[i];
		const size_t wrong[] = {0, 1, sizeof(size_t), s->size - 1, LARGEST + 1, SIZE_MAX};
		for (size_t n = 0; n < COUNT(wrong); n++) {
			take(s, wrong[n]);
			EXPECT_STATUS(s->call(&room), HZ_ERR_INVALID_ARGUMENT);
			EXPECT_MESSAGE(".size is ", s->name);
		}
	}
	EXPECT_SIZE(hz_live_handles(), 0);
}

/* A larger one is fine as long as what is not known here is not set. */
static void test_larger_sizes(void)
{
	for (size_t i = 0; i < COUNT(structures); i++) {
		const struct structure *s = &structures[i];
		for (size_t size = s->size + 1; size <= LARGEST; size += 13) {
			take(s, size);
			EXPECT_OK(s->call(&room));
			room.bytes[size - 1] = 1;
			EXPECT_STATUS(s->call(&room), HZ_ERR_INVALID_ARGUMENT);
			EXPECT_MESSAGE("newer", s->name);
		}
		/* What lies behind the size is not looked at. */
		take(s, s->size);
		room.bytes[s->size] = 1;
		EXPECT_OK(s->call(&room));
	}
	EXPECT_SIZE(hz_live_handles(), 0);
}

/* Where memory ends with a structure, nothing beyond its size is read, and nothing
 * beyond the size field where the size is too small. */
static void test_nothing_read_beyond(void)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	uint8_t *memory = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (!CHECK(memory != MAP_FAILED) || !CHECK(mprotect(memory + page, page, PROT_NONE) == 0))
		return;
	for (size_t i = 0; i < COUNT(structures); i++) {
		const struct structure *s = &structures[i];
		const size_t only_size = sizeof only_size;
		test_note("%s", s->name);
		EXPECT_OK(s->call(memcpy(memory + page - s->size, s->good, s->size)));
		EXPECT_STATUS(s->call(memcpy(memory + page - sizeof only_size, &only_size, sizeof only_size)),
			HZ_ERR_INVALID_ARGUMENT);
	}
	/* The pages stay, as functions of a caller must. */
	EXPECT_SIZE(hz_live_handles(), 0);
}

int main(void)
{
	static const struct test tests[] = {
		TEST(test_wrong_sizes),
		TEST(test_larger_sizes),
		TEST(test_nothing_read_beyond),
	};
	cipher = cipher_of(HZ_CIPHER_AES, 16);
	mode = mode_of(HZ_MODE_CBC, 16);
	return RUN_TESTS(tests);
}
