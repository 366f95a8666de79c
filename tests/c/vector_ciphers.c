#include "vector_runs.h"

#include <stdlib.h>
#include <string.h>

#include "tally.h"
#include "test.h"

/* ---- Ciphers ---- */

/* A context for a case; NULL, and counted, if it is not supported. */
static hz_cipher_context *begin(const struct vector *v, hz_operation operation, struct tally *tally)
{
	struct bytes key = vector_bytes(v, "key"), iv = vector_bytes(v, "iv"),
		nonce = vector_bytes(v, "nonce"), tag = vector_bytes(v, "tag");
	hz_cipher cipher = {.size = sizeof cipher, .key = key.at, .key_len = key.n, .nonce = nonce.at,
		.nonce_len = nonce.n};
	hz_mode mode = {.size = sizeof mode, .iv = iv.at, .iv_len = iv.n};
	hz_cipher_context *context;
	const char *mode_name = vector_text(v, "mode");
	bool has_mode = mode_name[0] != '\0';
	EXPECT_OK(hz_cipher_by_name(vector_text(v, "cipher"), &cipher.algorithm));
	if (has_mode)
		EXPECT_OK(hz_mode_by_name(mode_name, &mode.mode));
	if (operation == HZ_OPERATION_DECRYPT) {
		mode.tag = tag.at;
		mode.tag_len = tag.n;
	}
	if (tag.n > 0)
		mode.min_tag_length = (uint32_t)tag.n;
	hz_status status = (operation == HZ_OPERATION_ENCRYPT ? hz_create_symmetric_encryption_ctx
		: hz_create_symmetric_decryption_ctx)(vector_backend, &cipher, has_mode ? &mode : NULL, &context);
	if (status == HZ_ERR_UNSUPPORTED_CIPHER)
		tally->unsupported++;
	else
		EXPECT_OK(status);
	return context;
}

/* Puts all of in through the context; returns what came out, to be freed. */
static struct bytes process(hz_cipher_context *context, struct bytes in, bool whole)
{
	size_t room = in.n + HZ_MAX_BLOCK_SIZE, turn = 0, total = 0, n;
	uint8_t *out = malloc(room);
	do {
		struct bytes piece = vectors_piece(&in, whole, &turn);
		EXPECT_OK(hz_cipher_context_update(context, piece.at, piece.n, out + total, room - total, &n));
		total += n;
	} while (in.n > 0);
	return (struct bytes){out, total};
}

static void expect_bytes(struct bytes got, struct bytes want)
{
	if (EXPECT_SIZE(got.n, want.n))
		EXPECT_BYTES(got.at, want.at, want.n);
	free((void *)(uintptr_t)got.at);
}

/* XTS takes a message in one update. */
static bool has_pieces(const struct vector *v)
{
	return strcmp(vector_text(v, "mode"), "XTS") != 0;
}

void run_cipher(const struct vector *v)
{
	static const struct {
		hz_operation operation;
		const char *in, *out;
	} ways[] = {{HZ_OPERATION_ENCRYPT, "plaintext", "ciphertext"},
		{HZ_OPERATION_DECRYPT, "ciphertext", "plaintext"}};
	struct tally *tally = tally_of("", vector_text(v, "cipher"), vector_text(v, "mode"));
	for (size_t i = 0; i < COUNT(ways); i++) {
		for (int whole = has_pieces(v) ? 0 : 1; whole < 2; whole++) {
			hz_cipher_context *context = begin(v, ways[i].operation, tally);
			size_t n;
			if (context == NULL)
				return;
			expect_bytes(process(context, vector_bytes(v, ways[i].in), whole),
				vector_bytes(v, ways[i].out));
			EXPECT_OK(hz_cipher_context_finalize(context, NULL, 0, &n));
			EXPECT_OK(hz_cipher_context_free(context));
		}
	}
	tally->run++;
}

/* ---- Authenticated ciphers ---- */

static void authenticate(hz_cipher_context *context, struct bytes aad, bool whole)
{
	size_t turn = 0;
	while (aad.n > 0) {
		struct bytes piece = vectors_piece(&aad, whole, &turn);
		EXPECT_OK(hz_cipher_context_authenticate_additional_data(context, piece.at, piece.n));
	}
}

static void encrypt_aead(const struct vector *v, hz_cipher_context *context, bool whole)
{
	struct bytes want = vector_bytes(v, "tag");
	uint8_t tag[HZ_MAX_TAG_SIZE];
	size_t n;
	authenticate(context, vector_bytes(v, "aad"), whole);
	expect_bytes(process(context, vector_bytes(v, "plaintext"), whole), vector_bytes(v, "ciphertext"));
	EXPECT_OK(hz_cipher_context_finalize(context, NULL, 0, &n));
	EXPECT_OK(hz_cipher_context_tag(context, tag, sizeof tag, &n));
	EXPECT_BYTES(tag, want.at, want.n);
}

static void decrypt_aead(const struct vector *v, hz_cipher_context *context, bool whole, bool valid)
{
	size_t n;
	authenticate(context, vector_bytes(v, "aad"), whole);
	struct bytes got = process(context, vector_bytes(v, "ciphertext"), whole);
	EXPECT_STATUS(hz_cipher_context_finalize(context, NULL, 0, &n), valid ? HZ_OK : HZ_ERR_INVALID_TAG);
	if (valid)
		EXPECT_BYTES(got.at, vector_bytes(v, "plaintext").at, got.n);
	free((void *)(uintptr_t)got.at);
}

void run_aead(const struct vector *v)
{
	bool valid = strcmp(vector_text(v, "result"), "valid") == 0;
	struct tally *tally = tally_of("", vector_text(v, "cipher"), vector_text(v, "mode"));
	for (int whole = 0; whole < 2; whole++) {
		hz_cipher_context *context = begin(v, HZ_OPERATION_DECRYPT, tally);
		if (context == NULL)
			return;
		decrypt_aead(v, context, whole, valid);
		EXPECT_OK(hz_cipher_context_free(context));
		if (!valid)
			continue;
		context = begin(v, HZ_OPERATION_ENCRYPT, tally);
		encrypt_aead(v, context, whole);
		EXPECT_OK(hz_cipher_context_free(context));
	}
	tally->run++;
}
