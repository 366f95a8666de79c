/*
 * Updates of more than 2 GiB, which no 32 bit number holds, and messages that come byte
 * by byte. Usage: long_messages short|full.
 *
 * The input is memory that was never written, so that the kernel has one page of zeros
 * for all of it; the output is a window of 1 MiB that is there again and again. So both
 * take next to no memory, and at the end the window has the last of the ciphertext.
 */
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fixture.h"
#include "rows.h"
#include "test.h"

enum { WINDOW = 1 << 20, DIGEST = 32 };

static const size_t huge = ((size_t)1 << 31) + 1, megabytes = 10000000;

static const uint8_t *zeros;
static uint8_t *window;
static bool in_full;

static bool map_memory(void)
{
	size_t size = huge + WINDOW - huge % WINDOW;
	int file = memfd_create("window", MFD_CLOEXEC);
	void *in = mmap(NULL, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	void *out = mmap(NULL, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (!CHECK(file >= 0 && in != MAP_FAILED && out != MAP_FAILED && ftruncate(file, WINDOW) == 0))
		return false;
	for (uint8_t *at = out; at < (uint8_t *)out + size; at += WINDOW) {
		if (!CHECK(mmap(at, WINDOW, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, file, 0) == at))
			return false;
	}
	zeros = in;
	window = out;
	return close(file) == 0;
}

/* What a message gave. */
struct result {
	uint8_t digest[DIGEST]; /* or MAC, or the digest of the window */
	uint8_t tag[HZ_MAX_TAG_SIZE];
};

/* Processes so many zeros in pieces. */
typedef void (*process)(hz_backend *backend, size_t length, size_t piece, struct result *result);

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

static void hash_of(hz_backend *backend, const uint8_t *data, size_t length, size_t piece, uint8_t *digest)
{
	hz_hash_context *context;
	size_t n;
	EXPECT_OK(hz_create_hash_ctx(backend, HZ_HASH_SHA256, &context));
	for (size_t at = 0; at < length; at += n) {
		n = smaller(piece, length - at);
		EXPECT_OK(hz_hash_context_update(context, data + at, n));
	}
	EXPECT_OK(hz_hash_context_finalize(context, digest, DIGEST, &n));
	EXPECT_OK(hz_hash_context_free(context));
}

static void hash(hz_backend *backend, size_t length, size_t piece, struct result *result)
{
	hash_of(backend, zeros, length, piece, result->digest);
}

static void authenticate(hz_backend *backend, size_t length, size_t piece, struct result *result)
{
	hz_hmac_context *context;
	size_t n;
	EXPECT_OK(hz_create_hmac_ctx(backend, some_bytes, 32, HZ_HASH_SHA256, &context));
	for (size_t at = 0; at < length; at += n) {
		n = smaller(piece, length - at);
		EXPECT_OK(hz_hmac_context_update(context, zeros + at, n));
	}
	EXPECT_OK(hz_hmac_context_finalize(context, result->digest, DIGEST, &n));
	EXPECT_OK(hz_hmac_context_free(context));
}

static void encrypt(hz_backend *backend, hz_mode mode, size_t length, size_t piece, struct result *result)
{
	hz_cipher cipher = cipher_of(HZ_CIPHER_AES, 32);
	hz_cipher_context *context;
	size_t n, written;
	EXPECT_OK(hz_create_symmetric_encryption_ctx(backend, &cipher, &mode, &context));
	for (size_t at = 0; at < length; at += n) {
		n = smaller(piece, length - at);
		EXPECT_OK(hz_cipher_context_update(context, zeros + at, n, window + at, n, &written));
		if (!EXPECT_SIZE(written, n))
			break;
	}
	EXPECT_OK(hz_cipher_context_finalize(context, NULL, 0, &n));
	if (mode.mode == HZ_MODE_GCM)
		EXPECT_OK(hz_cipher_context_tag(context, result->tag, sizeof result->tag, &n));
	EXPECT_OK(hz_cipher_context_free(context));
	hash_of(backend, window, WINDOW, WINDOW, result->digest);
}

static void ctr(hz_backend *backend, size_t length, size_t piece, struct result *result)
{
	encrypt(backend, mode_of(HZ_MODE_CTR, 16), length, piece, result);
}

static void gcm(hz_backend *backend, size_t length, size_t piece, struct result *result)
{
	encrypt(backend, mode_of(HZ_MODE_GCM, 12), length, piece, result);
}

static const struct operation {
	const char *name;
	process run;
	bool in_short;
} operations[] = {
	{"SHA-256", hash, true},
	{"HMAC-SHA-256", authenticate, false},
	{"AES-256-CTR", ctr, false},
	{"AES-256-GCM", gcm, true},
};

static struct result result_of(const struct operation *operation, const char *name, size_t length, size_t piece)
{
	struct result result = {{0}, {0}};
	hz_backend *backend;
	EXPECT_OK(hz_backend_open(name, &backend));
	memset(window, 0, WINDOW);
	operation->run(backend, length, piece, &result);
	EXPECT_OK(hz_backend_free(backend));
	return result;
}

/* A message by both backends, in pieces, must give what it gives in larger ones. */
static void compare(size_t length, size_t piece, size_t control, const char *how)
{
	static const char *const names[] = {"native", "openssl"};
	for (size_t i = 0; i < COUNT(operations); i++) {
		if (!in_full && !operations[i].in_short)
			continue;
		struct result want = result_of(&operations[i], "native", length, control);
		for (size_t b = 0; b < COUNT(names); b++) {
			test_note("%s, %s", operations[i].name, names[b]);
			struct result got = result_of(&operations[i], names[b], length, piece);
			EXPECT_BYTES(got.digest, want.digest, sizeof want.digest);
			EXPECT_BYTES(got.tag, want.tag, sizeof want.tag);
			row(1, "%s by the %s backend, %s", operations[i].name, names[b], how);
		}
	}
	EXPECT_SIZE(hz_live_handles(), 0);
}

static void test_huge_updates(void)
{
	compare(huge, huge, WINDOW, "2 GiB and a byte in one update");
}

static void test_updates_of_a_byte(void)
{
	compare(megabytes, 1, megabytes, "10 MB in updates of a byte");
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {TEST(test_huge_updates), TEST(test_updates_of_a_byte)};
	in_full = argc > 1 && strcmp(argv[1], "full") == 0;
	if (!map_memory())
		return 1;
	return RUN_TESTS(tests);
}
