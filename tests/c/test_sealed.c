/* AEADs: messages sealed and opened in one call, forgeries, buffers that overlap or
 * are too small, and lists of additional data. */
#include <string.h>

#include "fixture.h"
#include "test.h"

enum { LENGTH = 50, SEALED = LENGTH + HZ_MAX_TAG_SIZE, NONCE = 12, DATA = 20, PATTERN = 0xA5 };

static const uint8_t *const nonce = some_bytes + 100, *const data = some_bytes + 120;

static hz_status seal_message(hz_aead *aead, const uint8_t *in, size_t in_len, uint8_t *out, size_t room,
	size_t *n)
{
	return hz_aead_seal(aead, nonce, NONCE, in, in_len, data, DATA, out, room, n);
}

static hz_status open_message(hz_aead *aead, const uint8_t *in, size_t in_len, uint8_t *out, size_t room,
	size_t *n)
{
	return hz_aead_open(aead, nonce, NONCE, in, in_len, data, DATA, out, room, n);
}

static void sealed_message(hz_aead *aead, uint8_t out[SEALED])
{
	size_t n;
	EXPECT_OK(seal_message(aead, some_bytes, LENGTH, out, SEALED, &n));
	EXPECT_SIZE(n, SEALED);
}

static void expect_filled(const uint8_t *at, size_t n, uint8_t value)
{
	uint8_t want[2 * SEALED];
	memset(want, value, sizeof want);
	EXPECT_BYTES(at, want, n);
}

/* ---- One algorithm after the other ---- */

static const struct algorithm {
	hz_aead_algorithm code;
	size_t key_len;
} algorithms[] = {
	{HZ_AEAD_AES_GCM, 16},
	{HZ_AEAD_CHACHA20_POLY1305, 32},
	{HZ_AEAD_AES_CCM, 16},
	{HZ_AEAD_AES_OCB3, 16},
	{HZ_AEAD_AES_SIV, 32},
	{HZ_AEAD_AES_GCM_SIV, 16},
};

/* Runs a test with each algorithm that has nonces of 12 bytes. What libcrypto must be
 * there for, and is too old, is left out. */
static void each(void (*run)(hz_aead *aead))
{
	hz_backend *backend = open_backend();
	size_t count = 0;
	for (size_t i = 0; i < COUNT(algorithms); i++) {
		bool supported;
		hz_aead *aead;
		EXPECT_OK(hz_aead_supported(backend, algorithms[i].code, &supported));
		if (!supported)
			continue;
		test_note("algorithm %u", (unsigned)algorithms[i].code);
		EXPECT_OK(hz_create_aead(backend, algorithms[i].code, some_bytes, algorithms[i].key_len, 0, &aead));
		run(aead);
		EXPECT_OK(hz_aead_free(aead));
		count++;
	}
	CHECK(count >= 2); /* that are Go's own */
	EXPECT_OK(hz_backend_free(backend));
	EXPECT_SIZE(hz_live_handles(), 0);
}

static void there_and_back(hz_aead *aead)
{
	uint8_t sealed[SEALED], opened[SEALED];
	size_t n;
	EXPECT_OK(hz_aead_tag_length(aead, &n));
	EXPECT_SIZE(n, HZ_MAX_TAG_SIZE);
	sealed_message(aead, sealed);
	EXPECT_OK(open_message(aead, sealed, SEALED, opened, LENGTH, &n));
	if (EXPECT_SIZE(n, LENGTH))
		EXPECT_BYTES(opened, some_bytes, LENGTH);
	memcpy(opened, sealed, SEALED);
	EXPECT_OK(open_message(aead, opened, SEALED, opened, SEALED, &n));
	EXPECT_BYTES(opened, some_bytes, LENGTH);
	EXPECT_OK(seal_message(aead, opened, LENGTH, opened, SEALED, &n));
	EXPECT_BYTES(opened, sealed, SEALED);
}

static void test_there_and_back(void)
{
	each(there_and_back);
}

/* Nothing is left where the plaintext would be, and nothing behind it touched. */
static void expect_forged(hz_aead *aead, const uint8_t *ciphertext, bool in_place)
{
	uint8_t out[2 * SEALED];
	size_t n;
	memset(out, PATTERN, sizeof out);
	EXPECT_STATUS(open_message(aead, in_place ? memcpy(out, ciphertext, SEALED) : ciphertext, SEALED, out,
			in_place ? SEALED : LENGTH, &n),
		HZ_ERR_INVALID_TAG);
	EXPECT_SIZE(n, 0);
	expect_filled(out, LENGTH, 0);
	if (in_place)
		EXPECT_BYTES(out + LENGTH, ciphertext + LENGTH, SEALED - LENGTH);
	else
		expect_filled(out + LENGTH, SEALED, PATTERN);
}

static void forge(hz_aead *aead)
{
	uint8_t sealed[SEALED], out[SEALED];
	size_t n;
	sealed_message(aead, sealed);
	for (size_t bit = 0; bit < 8 * (size_t)SEALED; bit += 5) {
		sealed[bit / 8] ^= (uint8_t)(1 << bit % 8);
		expect_forged(aead, sealed, false);
		expect_forged(aead, sealed, true);
		sealed[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	EXPECT_STATUS(hz_aead_open(aead, nonce, NONCE, sealed, SEALED, data, DATA - 1, out, SEALED, &n),
		HZ_ERR_INVALID_TAG);
	EXPECT_STATUS(hz_aead_open(aead, nonce + 1, NONCE, sealed, SEALED, data, DATA, out, SEALED, &n),
		HZ_ERR_INVALID_TAG);
	for (size_t length = 0; length <= HZ_MAX_TAG_SIZE; length++)
		EXPECT_STATUS(open_message(aead, sealed, length, out, SEALED, &n), HZ_ERR_INVALID_TAG);
	EXPECT_OK(open_message(aead, sealed, SEALED, out, SEALED, &n)); /* it is none the worse */
}

static void test_forgeries(void)
{
	each(forge);
}

/* ---- Buffers ---- */

static void too_small(hz_aead *aead)
{
	uint8_t sealed[SEALED], out[SEALED];
	size_t n;
	sealed_message(aead, sealed);
	memset(out, PATTERN, sizeof out);
	for (size_t room = 0; room < SEALED; room++) {
		EXPECT_STATUS(seal_message(aead, some_bytes, LENGTH, room == 0 ? NULL : out, room, &n),
			HZ_ERR_BUFFER_TOO_SMALL);
		EXPECT_SIZE(n, SEALED);
		if (room >= LENGTH)
			continue;
		EXPECT_STATUS(open_message(aead, sealed, SEALED, room == 0 ? NULL : out, room, &n),
			HZ_ERR_BUFFER_TOO_SMALL);
		EXPECT_SIZE(n, LENGTH);
	}
	expect_filled(out, SEALED, PATTERN);
}

static void test_too_small(void)
{
	each(too_small);
}

/* An output that begins inside of the message, or message inside of the output. */
static void overlap(hz_aead *aead)
{
	uint8_t buffer[3 * SEALED], before[3 * SEALED];
	uint8_t *middle = buffer + SEALED;
	size_t n;
	memset(buffer, PATTERN, sizeof buffer);
	sealed_message(aead, middle);
	memcpy(before, buffer, sizeof buffer);
	for (int offset = -SEALED; offset <= SEALED; offset++) {
		bool seals = offset >= LENGTH || offset <= -SEALED || offset == 0;
		bool opens = offset >= SEALED || offset <= -LENGTH || offset == 0;
		test_note("output at %d", offset);
		EXPECT_STATUS(seal_message(aead, middle, LENGTH, middle + offset, SEALED, &n),
			seals ? HZ_OK : HZ_ERR_OVERLAP);
		if (!seals)
			EXPECT_BYTES(buffer, before, sizeof buffer);
		memcpy(buffer, before, sizeof buffer);
		EXPECT_STATUS(open_message(aead, middle, SEALED, middle + offset, LENGTH, &n),
			opens ? HZ_OK : HZ_ERR_OVERLAP);
		if (!opens)
			EXPECT_BYTES(buffer, before, sizeof buffer);
		memcpy(buffer, before, sizeof buffer);
	}
	/* The nonce and the additional data are no place to write to. */
	EXPECT_STATUS(hz_aead_seal(aead, buffer, NONCE, some_bytes, LENGTH, data, DATA, buffer + NONCE - 1, SEALED, &n),
		HZ_ERR_OVERLAP);
	EXPECT_STATUS(hz_aead_seal(aead, nonce, NONCE, some_bytes, LENGTH, buffer, DATA, buffer, SEALED, &n),
		HZ_ERR_OVERLAP);
	EXPECT_BYTES(buffer, before, sizeof buffer);
}

static void test_overlap(void)
{
	each(overlap);
}

/* ---- Parameters ---- */

static void test_parameters(void)
{
	hz_backend *backend = open_backend();
	hz_aead *aead;
	uint8_t out[SEALED];
	size_t n;
	EXPECT_STATUS(hz_create_aead(backend, 9999, some_bytes, 16, 0, &aead), HZ_ERR_UNSUPPORTED_CIPHER);
	CHECK(aead == NULL);
	EXPECT_STATUS(hz_create_aead(backend, HZ_AEAD_AES_GCM, some_bytes, 17, 0, &aead), HZ_ERR_INVALID_KEY);
	EXPECT_MESSAGE("136", "128");
	EXPECT_STATUS(hz_create_aead(backend, HZ_AEAD_AES_GCM, some_bytes, 16, 12, &aead), HZ_ERR_INVALID_TAG_LENGTH);
	EXPECT_MESSAGE("12");
	EXPECT_STATUS(hz_create_aead(backend, HZ_AEAD_AES_GCM, some_bytes, 16, SIZE_MAX, &aead),
		HZ_ERR_INVALID_ARGUMENT);
	EXPECT_OK(hz_create_aead(backend, HZ_AEAD_AES_GCM, some_bytes, 16, 16, &aead));
	EXPECT_STATUS(hz_aead_seal(aead, nonce, 7, some_bytes, LENGTH, data, DATA, out, sizeof out, &n),
		HZ_ERR_INVALID_NONCE);
	EXPECT_MESSAGE("7 bytes", "8", "128");
	EXPECT_OK(hz_aead_free(aead));
	EXPECT_OK(hz_backend_free(backend));
	EXPECT_SIZE(hz_live_handles(), 0);
}

/* ---- Lists ---- */

enum { MOST_TEXTS = 126 };

static hz_status seal_list(hz_aead *aead, const uint8_t *const *texts, const size_t *lengths, size_t count,
	uint8_t out[SEALED])
{
	size_t n;
	return hz_aead_seal_vector(aead, some_bytes, LENGTH, texts, lengths, count, out, SEALED, &n);
}

static void check_lists(hz_aead *aead)
{
	const uint8_t *texts[MOST_TEXTS + 1] = {data, data + 5};
	size_t lengths[MOST_TEXTS + 1] = {5, 7};
	uint8_t none[SEALED], other[SEALED], opened[SEALED];
	size_t n;
	EXPECT_OK(seal_list(aead, NULL, NULL, 0, none));
	EXPECT_OK(seal_list(aead, (const uint8_t *const *)1, (const size_t *)1, 0, other));
	EXPECT_BYTES(other, none, SEALED);
	/* One that is empty is not none, wherever it is. */
	texts[0] = NULL;
	lengths[0] = 0;
	EXPECT_OK(seal_list(aead, texts, lengths, 1, other));
	CHECK(memcmp(other, none, SEALED) != 0);
	texts[0] = data;
	lengths[0] = 5;
	EXPECT_STATUS(hz_aead_open_vector(aead, none, SEALED, texts, lengths, 2, opened, SEALED, &n),
		HZ_ERR_INVALID_TAG);
	expect_filled(opened, LENGTH, 0);
	EXPECT_OK(hz_aead_open_vector(aead, none, SEALED, NULL, NULL, 0, opened, SEALED, &n));
	EXPECT_BYTES(opened, some_bytes, LENGTH);
	/* What seal makes of its nonce (RFC 5297, section 3). */
	EXPECT_OK(hz_aead_seal(aead, texts[1], lengths[1], some_bytes, LENGTH, texts[0], lengths[0], none,
		SEALED, &n));
	EXPECT_OK(seal_list(aead, texts, lengths, 2, other));
	EXPECT_BYTES(other, none, SEALED);
	for (size_t i = 2; i < COUNT(texts); i++) {
		texts[i] = data + i;
		lengths[i] = i % 3;
	}
	EXPECT_OK(seal_list(aead, texts, lengths, MOST_TEXTS, other));
	EXPECT_STATUS(seal_list(aead, texts, lengths, MOST_TEXTS + 1, other), HZ_ERR_LIMIT_EXCEEDED);
	EXPECT_MESSAGE("127", "126");
	/* Items that are wrong are named. */
	lengths[3] = SIZE_MAX;
	EXPECT_STATUS(seal_list(aead, texts, lengths, 5, other), HZ_ERR_INVALID_ARGUMENT);
	EXPECT_MESSAGE("item 3");
	texts[3] = NULL;
	lengths[3] = 1;
	EXPECT_STATUS(seal_list(aead, texts, lengths, 5, other), HZ_ERR_NULL_POINTER);
	EXPECT_MESSAGE("item 3");
	texts[3] = other;
	EXPECT_STATUS(seal_list(aead, texts, lengths, 5, other), HZ_ERR_OVERLAP);
}

static void test_lists(void)
{
	hz_backend *backend = open_backend();
	bool supported;
	hz_aead *aead;
	EXPECT_OK(hz_aead_supported(backend, HZ_AEAD_AES_SIV, &supported));
	if (supported) {
		EXPECT_OK(hz_create_aead(backend, HZ_AEAD_AES_SIV, some_bytes, 32, 0, &aead));
		check_lists(aead);
		EXPECT_OK(hz_aead_free(aead));
	}
	/* Others have none. */
	uint8_t out[SEALED];
	EXPECT_OK(hz_create_aead(backend, HZ_AEAD_AES_GCM, some_bytes, 32, 0, &aead));
	EXPECT_STATUS(seal_list(aead, NULL, NULL, 0, out), HZ_ERR_NOT_APPLICABLE);
	EXPECT_OK(hz_aead_free(aead));
	EXPECT_OK(hz_backend_free(backend));
	EXPECT_SIZE(hz_live_handles(), 0);
}

int main(void)
{
	static const struct test tests[] = {
		TEST(test_there_and_back),
		TEST(test_forgeries),
		TEST(test_too_small),
		TEST(test_overlap),
		TEST(test_parameters),
		TEST(test_lists),
	};
	return RUN_TESTS(tests);
}
