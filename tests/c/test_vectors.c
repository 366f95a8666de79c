/*
 * Every published vector of what the default backend supports, in one call and in
 * pieces. It prints how many each algorithm had, and fails if one had none. Then
 * the same through a backend that is an implementation in C. It runs in the root of
 * the tree.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "forward.h"
#include "tally.h"
#include "test.h"
#include "vectors.h"

static const char *backend_name; /* NULL is the default one */
static hz_backend *backend;

/* ---- Pieces ---- */

/* Takes the next piece off bytes: all of them, or a few more or less each time. */
static struct bytes next_piece(struct bytes *left, bool whole, size_t *turn)
{
	static const size_t sizes[] = {1, 15, 16, 17, 3, 64, 5, 128};
	size_t n = sizes[(*turn)++ % COUNT(sizes)];
	struct bytes piece = {left->at, whole || n > left->n ? left->n : n};
	left->at += piece.n;
	left->n -= piece.n;
	return piece;
}

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
		: hz_create_symmetric_decryption_ctx)(backend, &cipher, has_mode ? &mode : NULL, &context);
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
		struct bytes piece = next_piece(&in, whole, &turn);
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

static void run_cipher(const struct vector *v)
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
		struct bytes piece = next_piece(&aad, whole, &turn);
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

static void run_aead(const struct vector *v)
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
	hz_status status = hz_create_hash_ctx(backend, hash_of(v), &context);
	if (status == HZ_ERR_UNSUPPORTED_HASH) {
		tally->unsupported++;
		return NULL;
	}
	EXPECT_OK(status);
	for (long times = repeat == NULL ? 1 : strtol(repeat, NULL, 10); times > 0; times--) {
		struct bytes message = vector_bytes(v, "message");
		size_t turn = 0;
		do {
			struct bytes piece = next_piece(&message, whole, &turn);
			EXPECT_OK(hz_hash_context_update(context, piece.at, piece.n));
		} while (message.n > 0);
	}
	return context;
}

static void run_hash(const struct vector *v)
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

static void run_xof(const struct vector *v)
{
	struct tally *tally = tally_of("", vector_text(v, "hash"), "");
	struct bytes want = vector_bytes(v, "digest");
	for (int whole = 0; whole < 2; whole++) {
		hz_hash_context *context = hashed(v, whole, tally);
		uint8_t *output = malloc(want.n + 1);
		struct bytes left = {output, want.n};
		size_t turn = 0;
		while (context != NULL && left.n > 0) {
			struct bytes piece = next_piece(&left, whole, &turn);
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

static void run_hmac(const struct vector *v)
{
	struct tally *tally = tally_of("HMAC-", vector_text(v, "hash"), "");
	struct bytes key = vector_bytes(v, "key"), want = vector_bytes(v, "mac");
	uint8_t mac[HZ_MAX_DIGEST_SIZE];
	size_t n;
	for (int whole = 0; whole < 2; whole++) {
		hz_hmac_context *context, *copy;
		hz_status status = hz_create_hmac_ctx(backend, key.at, key.n, hash_of(v), &context);
		if (status == HZ_ERR_UNSUPPORTED_HASH) {
			tally->unsupported++;
			return;
		}
		EXPECT_OK(status);
		struct bytes message = vector_bytes(v, "message");
		size_t turn = 0;
		while (message.n > 0) {
			struct bytes piece = next_piece(&message, whole, &turn);
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

/* ---- The tests ---- */

static void open_named_backend(void)
{
	if (backend_name == NULL)
		backend = open_backend();
	else
		EXPECT_OK(hz_backend_open(backend_name, &backend));
}

static void run_folder(const char *folder, void (*run)(const struct vector *v))
{
	open_named_backend();
	CHECK(vectors_each(folder, run) > 0);
	EXPECT_OK(hz_backend_free(backend));
	EXPECT_SIZE(hz_live_handles(), 0);
}

static void test_cipher(void)
{
	run_folder("testdata/vectors/cipher", run_cipher);
}

static void test_aead(void)
{
	run_folder("testdata/vectors/aead", run_aead);
}

static void test_hash(void)
{
	run_folder("testdata/vectors/hash", run_hash);
}

static void test_xof(void)
{
	run_folder("testdata/vectors/xof", run_xof);
}

static void test_hmac(void)
{
	run_folder("testdata/vectors/hmac", run_hmac);
}

static void test_all_supported_had_vectors(void)
{
	open_named_backend();
	tally_check(backend);
	tally_print();
	tally_reset();
	EXPECT_OK(hz_backend_free(backend));
}

static void test_through_an_implementation_in_c(void)
{
	static char name[] = "forward";
	backend_name = name;
	EXPECT_OK(hz_backend_register(&forward_backend, name));
	(void)printf("through an implementation in C:\n");
	test_cipher();
	test_aead();
	test_hash();
	test_xof();
	test_hmac();
	test_all_supported_had_vectors();
}

int main(void)
{
	static const struct test tests[] = {
		TEST(test_cipher),
		TEST(test_aead),
		TEST(test_hash),
		TEST(test_xof),
		TEST(test_hmac),
		TEST(test_all_supported_had_vectors),
		TEST(test_through_an_implementation_in_c),
	};
	return RUN_TESTS(tests);
}
