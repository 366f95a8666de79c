#include "vector_runs.h"

#include <stdlib.h>
#include <string.h>

#include "tally.h"
#include "test.h"

enum { MOST_TEXTS = 3 };

/* Seals or opens a message of a case, whose additional data is a list if it has no
 * nonce. */
static hz_status process(hz_aead *aead, const struct vector *v, hz_operation operation, struct bytes in,
	uint8_t *out, size_t room, size_t *n)
{
	static const char *const names[MOST_TEXTS] = {"aad", "aad2", "aad3"};
	struct bytes nonce = vector_bytes(v, "nonce"), aad = vector_bytes(v, "aad");
	const uint8_t *texts[MOST_TEXTS];
	size_t lengths[MOST_TEXTS], count = 0;
	if (vector_text(v, "nonce") != NULL)
		return (operation == HZ_OPERATION_ENCRYPT ? hz_aead_seal : hz_aead_open)(
			aead, nonce.at, nonce.n, in.at, in.n, aad.at, aad.n, out, room, n);
	for (; count < MOST_TEXTS && vector_text(v, names[count]) != NULL; count++) {
		struct bytes text = vector_bytes(v, names[count]);
		texts[count] = text.at;
		lengths[count] = text.n;
	}
	return (operation == HZ_OPERATION_ENCRYPT ? hz_aead_seal_vector : hz_aead_open_vector)(
		aead, in.at, in.n, texts, lengths, count, out, room, n);
}

/* Turns one field into the other, elsewhere or in place. */
static void turn(hz_aead *aead, const struct vector *v, hz_operation operation, const char *from,
	const char *to, bool in_place)
{
	struct bytes in = vector_bytes(v, from), want = vector_bytes(v, to);
	bool valid = strcmp(vector_text(v, "result"), "valid") == 0;
	size_t room = in.n + HZ_MAX_TAG_SIZE, n;
	uint8_t *out = malloc(room);
	if (!CHECK(out != NULL))
		return;
	memset(out, 0xA5, room);
	if (in_place && in.n > 0)
		in.at = memcpy(out, in.at, in.n);
	hz_status status = process(aead, v, operation, in, out, room, &n);
	if (valid) {
		EXPECT_OK(status);
		if (EXPECT_SIZE(n, want.n))
			EXPECT_BYTES(out, want.at, n);
	} else {
		EXPECT_STATUS(status, HZ_ERR_INVALID_TAG);
		EXPECT_SIZE(n, 0);
		size_t tag_length = strtoul(vector_text(v, "tag-length"), NULL, 10);
		for (size_t i = 0; in.n > tag_length && i < in.n - tag_length; i++)
			CHECK(out[i] == 0);
	}
	free(out);
}

void run_sealed(const struct vector *v)
{
	struct tally *tally = tally_of("AEAD ", vector_text(v, "algorithm"), "");
	struct bytes key = vector_bytes(v, "key");
	hz_aead_algorithm algorithm;
	hz_aead *aead;
	EXPECT_OK(hz_aead_by_name(vector_text(v, "algorithm"), &algorithm));
	hz_status status = hz_create_aead(vector_backend, algorithm, key.at, key.n,
		strtoul(vector_text(v, "tag-length"), NULL, 10), &aead);
	if (status == HZ_ERR_UNSUPPORTED_CIPHER || status == HZ_ERR_UNSUPPORTED_INTERFACE) {
		tally->unsupported++;
		return;
	}
	EXPECT_OK(status);
	for (int in_place = 0; in_place < 2; in_place++) {
		turn(aead, v, HZ_OPERATION_DECRYPT, "ciphertext", "plaintext", in_place);
		if (strcmp(vector_text(v, "result"), "valid") == 0)
			turn(aead, v, HZ_OPERATION_ENCRYPT, "plaintext", "ciphertext", in_place);
	}
	EXPECT_OK(hz_aead_free(aead));
	tally->run++;
}
