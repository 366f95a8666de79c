#include "vector_runs.h"

#include <stdlib.h>

#include "tally.h"
#include "test.h"

/* ---- Hash functions ---- */

static hz_hash_algorithm hash_of(const struct vector *v)
{
	hz_hash_algorithm algorithm;
	EXPECT_OK(hz_hash_by_name(vector_text(v, "hash"), &algorithm));
	return algorithm;
}

/* A context that has read the message; NULL, and counted, if it is not supported. */
static hz_hash_context *hashed(const struct vector *v, bool whole, struct tally *tally)
{
	const char *repeat = vector_text(v, "repeat");
	hz_hash_context *context;
	hz_status status = hz_create_hash_ctx(vector_backend, hash_of(v), &context);
	if (status == HZ_ERR_UNSUPPORTED_HASH) {
		tally->unsupported++;
		return NULL;
	}
	EXPECT_OK(status);
	for (long times = repeat == NULL ? 1 : strtol(repeat, NULL, 10); times > 0; times--) {
		struct bytes message = vector_bytes(v, "message");
		size_t turn = 0;
		do {
			struct bytes piece = vectors_piece(&message, whole, &turn);
			EXPECT_OK(hz_hash_context_update(context, piece.at, piece.n));
		} while (message.n > 0);
	}
	return context;
}

void run_hash(const struct vector *v)
{
	struct tally *tally = tally_of("", vector_text(v, "hash"), "");
	struct bytes want = vector_bytes(v, "digest");
	uint8_t digest[HZ_MAX_DIGEST_SIZE];
	size_t n;
	for (int whole = 0; whole < 2; whole++) {
		hz_hash_context *context = hashed(v, whole, tally);
		if (context == NULL)
			return;
		EXPECT_OK(hz_hash_context_finalize(context, digest, sizeof digest, &n));
		if (EXPECT_SIZE(n, want.n))
			EXPECT_BYTES(digest, want.at, n);
		EXPECT_OK(hz_hash_context_free(context));
	}
	tally->run++;
}

void run_xof(const struct vector *v)
{
	struct tally *tally = tally_of("", vector_text(v, "hash"), "");
	struct bytes want = vector_bytes(v, "digest");
	for (int whole = 0; whole < 2; whole++) {
		hz_hash_context *context = hashed(v, whole, tally);
		uint8_t *output = malloc(want.n + 1);
		struct bytes left = {output, want.n};
		size_t turn = 0;
		while (context != NULL && left.n > 0) {
			struct bytes piece = vectors_piece(&left, whole, &turn);
			EXPECT_OK(hz_hash_context_squeeze(context, output + (piece.at - output), piece.n));
		}
		if (context != NULL)
			EXPECT_BYTES(output, want.at, want.n);
		free(output);
		if (context == NULL)
			return;
		EXPECT_OK(hz_hash_context_free(context));
	}
	tally->run++;
}

void run_hmac(const struct vector *v)
{
	struct tally *tally = tally_of("HMAC-", vector_text(v, "hash"), "");
	struct bytes key = vector_bytes(v, "key"), want = vector_bytes(v, "mac");
	uint8_t mac[HZ_MAX_DIGEST_SIZE];
	size_t n;
	for (int whole = 0; whole < 2; whole++) {
		hz_hmac_context *context, *copy;
		hz_status status = hz_create_hmac_ctx(vector_backend, key.at, key.n, hash_of(v), &context);
		if (status == HZ_ERR_UNSUPPORTED_HASH) {
			tally->unsupported++;
			return;
		}
		EXPECT_OK(status);
		struct bytes message = vector_bytes(v, "message");
		size_t turn = 0;
		while (message.n > 0) {
			struct bytes piece = vectors_piece(&message, whole, &turn);
			EXPECT_OK(hz_hmac_context_update(context, piece.at, piece.n));
		}
		EXPECT_OK(hz_hmac_context_copy(context, &copy));
		EXPECT_OK(hz_hmac_context_finalize(context, mac, sizeof mac, &n));
		EXPECT_BYTES(mac, want.at, want.n);
		/* The first bytes of a MAC do not pass for all of it. */
		EXPECT_STATUS(hz_hmac_context_verify(copy, want.at, want.n),
			want.n == n ? HZ_OK : HZ_ERR_INVALID_SIGNATURE);
		EXPECT_OK(hz_hmac_context_free(context));
		EXPECT_OK(hz_hmac_context_free(copy));
	}
	tally->run++;
}
