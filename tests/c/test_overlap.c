/* An output begins where its input does, or apart from it; anything else is
 * refused and changes nothing. */
#include <string.h>

#include "fixture.h"
#include "test.h"

static const struct mode {
	hz_cipher_algorithm cipher;
	size_t key_len, nonce_len;
	hz_cipher_mode mode; /* or HZ_MODE_NONE */
	size_t iv_len;
} modes[] = {
	{HZ_CIPHER_AES, 16, 0, HZ_MODE_ECB, 0},
	{HZ_CIPHER_AES, 16, 0, HZ_MODE_CBC, 16},
	{HZ_CIPHER_AES, 16, 0, HZ_MODE_CTR, 16},
	{HZ_CIPHER_AES, 16, 0, HZ_MODE_OFB, 16},
	{HZ_CIPHER_AES, 16, 0, HZ_MODE_CFB, 16},
	{HZ_CIPHER_AES, 16, 0, HZ_MODE_GCM, 12},
	{HZ_CIPHER_TRIPLE_DES, 24, 0, HZ_MODE_CBC, 8},
	{HZ_CIPHER_ARC4, 16, 0, HZ_MODE_NONE, 0},
	{HZ_CIPHER_CHACHA20, 32, 16, HZ_MODE_NONE, 0},
};

static hz_cipher_context *new_context(const struct mode *m)
{
	hz_cipher cipher = cipher_of(m->cipher, m->key_len);
	hz_mode mode = mode_of(m->mode, m->iv_len);
	cipher.nonce = some_bytes;
	cipher.nonce_len = m->nonce_len;
	return new_cipher_context(HZ_OPERATION_ENCRYPT, cipher, m->mode == HZ_MODE_NONE ? NULL : &mode);
}

enum { LENGTH = 48, MIDDLE = 64, ROOM = 176 };

/* What the mode makes of LENGTH bytes after the first held ones. */
static void reference(const struct mode *m, size_t held, uint8_t *out, size_t *out_len)
{
	hz_cipher_context *context = new_context(m);
	size_t n;
	EXPECT_OK(hz_cipher_context_update(context, some_bytes + 200, held, out, ROOM, &n));
	EXPECT_OK(hz_cipher_context_update(context, some_bytes, LENGTH, out, ROOM, out_len));
	EXPECT_OK(hz_cipher_context_free(context));
}

/* Processes LENGTH bytes in the middle of a buffer into the same buffer, with the
 * output as many bytes behind them as offset says. */
static void at_offset(const struct mode *m, size_t held, int offset)
{
	uint8_t want[ROOM], buffer[ROOM], before[ROOM], held_out[ROOM];
	size_t want_len, n;
	reference(m, held, want, &want_len);
	memset(buffer, 0xA5, sizeof buffer);
	memcpy(buffer + MIDDLE, some_bytes, LENGTH);
	memcpy(before, buffer, sizeof buffer);
	uint8_t *in = buffer + MIDDLE, *out = in + offset;
	hz_cipher_context *context = new_context(m);
	EXPECT_OK(hz_cipher_context_update(context, some_bytes + 200, held, held_out, ROOM, &n));
	bool apart = offset >= LENGTH || -offset >= (int)want_len;
	if (offset != 0 && !apart) {
		EXPECT_STATUS(hz_cipher_context_update(context, in, LENGTH, out, want_len, &n), HZ_ERR_OVERLAP);
		EXPECT_SIZE(n, 0);
		EXPECT_BYTES(buffer, before, sizeof buffer);
		out = in;
	}
	EXPECT_OK(hz_cipher_context_update(context, in, LENGTH, out, want_len, &n));
	if (EXPECT_SIZE(n, want_len))
		EXPECT_BYTES(out, want, n);
	EXPECT_OK(hz_cipher_context_free(context));
}

static void test_update(void)
{
	for (size_t i = 0; i < COUNT(modes); i++) {
		const struct mode *m = &modes[i];
		for (size_t held = 0; held < 8; held += 7) {
			for (int offset = -LENGTH - 2; offset <= LENGTH + 2; offset++) {
				test_note("cipher %u mode %u, %zu bytes held back, output at %d", (unsigned)m->cipher,
					(unsigned)m->mode, held, offset);
				at_offset(m, held, offset);
			}
		}
	}
	EXPECT_SIZE(hz_live_handles(), 0);
}

/* Capacity that is not used may lie anywhere. */
static void test_unused_capacity(void)
{
	hz_cipher_context *context = new_cbc_context(HZ_OPERATION_ENCRYPT);
	uint8_t buffer[64];
	size_t n;
	memcpy(buffer + 16, some_bytes, 16);
	EXPECT_OK(hz_cipher_context_update(context, buffer + 16, 16, buffer, sizeof buffer, &n));
	EXPECT_SIZE(n, 16);
	EXPECT_BYTES(buffer + 16, some_bytes, 16);
	EXPECT_OK(hz_cipher_context_free(context));
}

/* Other functions read all of their input before they write. */
static void test_in_place_elsewhere(void)
{
	uint8_t tag[HZ_MAX_TAG_SIZE], digest[HZ_MAX_DIGEST_SIZE];
	size_t n;
	gcm_tag(NULL, 0, tag);
	hz_cipher_context *context = new_gcm_decryption(some_bytes);
	EXPECT_OK(hz_cipher_context_finalize_with_tag(context, tag, sizeof tag, tag, sizeof tag, &n));
	EXPECT_SIZE(n, 0);
	EXPECT_OK(hz_cipher_context_free(context));
	hz_hash_context *hash = new_hash_context(HZ_HASH_SHA512);
	memcpy(digest, some_bytes, sizeof digest);
	EXPECT_OK(hz_hash_context_update(hash, digest, sizeof digest));
	EXPECT_OK(hz_hash_context_finalize(hash, digest, sizeof digest, &n));
	EXPECT_SIZE(n, sizeof digest);
	EXPECT_OK(hz_hash_context_free(hash));
	EXPECT_SIZE(hz_live_handles(), 0);
}

int main(void)
{
	static const struct test tests[] = {
		TEST(test_update),
		TEST(test_unused_capacity),
		TEST(test_in_place_elsewhere),
	};
	return RUN_TESTS(tests);
}
