/* The answers that any process must get. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "forks.h"

void say(const char *word, const char *format, ...)
{
	char value[1024], line[1200];
	va_list arguments;
	va_start(arguments, format);
	(void)vsnprintf(value, sizeof value, format, arguments);
	va_end(arguments);
	int n = snprintf(line, sizeof line, "child %d %s %s\n", (int)getpid(), word, value);
	if (write(STDOUT_FILENO, line, (size_t)n) != n)
		_exit(3);
}

void give_up(const char *at)
{
	say("failed", "%s: %s", at, hz_error_message());
	_exit(1);
}

int64_t now(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

static void say_first(int64_t start)
{
	say("first", "%lld", (long long)((now() - start) / 1000));
}

/* ---- Bytes as hexadecimal digits ---- */

static size_t from_hex(const char *hex, uint8_t *bytes)
{
	size_t n = strlen(hex) / 2;
	for (size_t i = 0; i < n; i++)
		must(sscanf(hex + 2 * i, "%2hhx", &bytes[i]) == 1, "parsing an answer");
	return n;
}

static void must_equal(const uint8_t *got, size_t got_len, const char *want, const char *at)
{
	uint8_t bytes[128];
	size_t n = from_hex(want, bytes);
	must(got_len == n && memcmp(got, bytes, n) == 0, at);
}

/* ---- The answers ---- */

static void check_hash(hz_backend *backend, hz_hash_algorithm algorithm, const void *data, size_t n, const char *want)
{
	hz_hash_context *context;
	uint8_t digest[HZ_MAX_DIGEST_SIZE];
	size_t length;
	must_be_ok(hz_create_hash_ctx(backend, algorithm, &context), "creating a hash");
	must_be_ok(hz_hash_context_update(context, data, n), "hashing");
	must_be_ok(hz_hash_context_finalize(context, digest, sizeof digest, &length), "ending a hash");
	must_be_ok(hz_hash_context_free(context), "freeing a hash");
	must_equal(digest, length, want, "digest");
}

/* FIPS 180-4's examples: "abc", and a million times "a". */
static void check_short_hash(hz_backend *backend)
{
	check_hash(backend, HZ_HASH_SHA256, "abc", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void check_long_hash(hz_backend *backend)
{
	enum { MILLION = 1000000 };
	char *data = malloc(MILLION);
	must(data != NULL, "malloc");
	memset(data, 'a', MILLION);
	check_hash(backend, HZ_HASH_SHA256, data, MILLION, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
	free(data);
}

/* GB/T 32905-2016, example 1. It comes from libcrypto, as Go has no SM3. */
static void check_libcrypto(hz_backend *backend)
{
	check_hash(backend, HZ_HASH_SM3, "abc", 3, "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
}

/* RFC 4231, test case 2. */
static void check_hmac(hz_backend *backend)
{
	static const char data[] = "what do ya want for nothing?";
	hz_hmac_context *context;
	uint8_t code[HZ_MAX_DIGEST_SIZE];
	size_t length;
	must_be_ok(hz_create_hmac_ctx(backend, (const uint8_t *)"Jefe", 4, HZ_HASH_SHA256, &context), "creating an HMAC");
	must_be_ok(hz_hmac_context_update(context, (const uint8_t *)data, sizeof data - 1), "HMAC");
	must_be_ok(hz_hmac_context_finalize(context, code, sizeof code, &length), "ending an HMAC");
	must_be_ok(hz_hmac_context_free(context), "freeing an HMAC");
	must_equal(code, length, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", "HMAC");
}

/* McGrew and Viega, The Galois/Counter Mode of Operation, test case 4. */
static const char key_hex[] = "feffe9928665731c6d6a8f9467308308";
static const char nonce_hex[] = "cafebabefacedbaddecaf888";
static const char aad_hex[] = "feedfacedeadbeeffeedfacedeadbeefabaddad2";
static const char plaintext_hex[] =
	"d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
	"1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39";
static const char ciphertext_hex[] =
	"42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e"
	"21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091";
static const char tag_hex[] = "5bc94fbc3221a5db94fae95ae7121a47";

static hz_cipher_context *new_gcm(hz_backend *backend, hz_operation operation)
{
	uint8_t key[16], nonce[12], tag[16], aad[20];
	hz_cipher cipher = {.size = sizeof cipher, .algorithm = HZ_CIPHER_AES, .key = key, .key_len = from_hex(key_hex, key)};
	hz_mode mode = {.size = sizeof mode, .mode = HZ_MODE_GCM, .iv = nonce, .iv_len = from_hex(nonce_hex, nonce)};
	hz_cipher_context *context;
	if (operation == HZ_OPERATION_ENCRYPT) {
		must_be_ok(hz_create_symmetric_encryption_ctx(backend, &cipher, &mode, &context), "creating a GCM encryption");
	} else {
		mode.tag = tag;
		mode.tag_len = from_hex(tag_hex, tag);
		must_be_ok(hz_create_symmetric_decryption_ctx(backend, &cipher, &mode, &context), "creating a GCM decryption");
	}
	must_be_ok(hz_cipher_context_authenticate_additional_data(context, aad, from_hex(aad_hex, aad)), "GCM's data");
	return context;
}

static void check_gcm(hz_backend *backend)
{
	uint8_t in[60], out[60], tag[HZ_MAX_TAG_SIZE];
	size_t n, length;
	hz_cipher_context *encryption = new_gcm(backend, HZ_OPERATION_ENCRYPT);
	n = from_hex(plaintext_hex, in);
	must_be_ok(hz_cipher_context_update(encryption, in, n, out, sizeof out, &length), "encrypting");
	must_equal(out, length, ciphertext_hex, "GCM's ciphertext");
	must_be_ok(hz_cipher_context_finalize(encryption, NULL, 0, &length), "ending an encryption");
	must_be_ok(hz_cipher_context_tag(encryption, tag, sizeof tag, &length), "getting a tag");
	must_equal(tag, length, tag_hex, "GCM's tag");
	must_be_ok(hz_cipher_context_free(encryption), "freeing an encryption");

	hz_cipher_context *decryption = new_gcm(backend, HZ_OPERATION_DECRYPT);
	n = from_hex(ciphertext_hex, in);
	must_be_ok(hz_cipher_context_update(decryption, in, n, out, sizeof out, &length), "decrypting");
	must_be_ok(hz_cipher_context_finalize(decryption, NULL, 0, &n), "ending a decryption");
	must_equal(out, length, plaintext_hex, "GCM's plaintext");
	must_be_ok(hz_cipher_context_free(decryption), "freeing a decryption");
}

static void send_random_bytes(void)
{
	uint8_t bytes[32];
	char hex[2 * sizeof bytes + 1];
	must_be_ok(hz_random_bytes(bytes, sizeof bytes), "random bytes");
	for (size_t i = 0; i < sizeof bytes; i++)
		(void)sprintf(hex + 2 * i, "%02x", bytes[i]);
	say("random", "%s", hex);
}

/* About 5 kB of Go's heap each: several collections with GOGC=1. */
void make_garbage(hz_backend *backend)
{
	for (int i = 0; i < 800; i++)
		must_be_ok(hz_cipher_context_free(new_gcm(backend, HZ_OPERATION_ENCRYPT)), "freeing an encryption");
}

void check_answers(hz_backend *backend, int64_t start)
{
	bool open = backend == NULL;
	say("step", "the first call");
	if (open)
		must_be_ok(hz_default_backend(&backend), "opening the default backend");
	check_short_hash(backend);
	say_first(start);
	say("step", "hashing");
	check_long_hash(backend);
	say("step", "HMAC");
	check_hmac(backend);
	say("step", "GCM");
	check_gcm(backend);
	say("step", "libcrypto");
	check_libcrypto(backend);
	say("step", "random bytes");
	send_random_bytes();
	say("step", "garbage");
	make_garbage(backend);
	check_short_hash(backend);
	if (open)
		must_be_ok(hz_backend_free(backend), "freeing a backend");
}

void check_refusal(int64_t start)
{
	say("step", "the first call");
	for (int again = 0; again < 2; again++) {
		hz_backend *backend;
		must(hz_default_backend(&backend) == HZ_ERR_LOAD, "a call that must be HZ_ERR_LOAD");
		must(backend == NULL, "a failed call gave a backend");
		must(strstr(hz_error_message(), "memfd_create") != NULL && strstr(hz_error_message(), "TMPDIR") != NULL,
			"a text that names memfd_create and TMPDIR");
	}
	say_first(start);
}
