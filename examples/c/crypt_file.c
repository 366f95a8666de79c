/*
 * Encrypts, decrypts and checks a file of any size in bounded memory. See
 * ../README.md for the commands and the format of the container.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <hazmat.h>

#include "files.h"

enum {
	CHUNK_SIZE = 64 * 1024,
	KEY_SIZE = 32,
	NONCE_SIZE = 12,
	TAG_SIZE = 16,
	DIGEST_SIZE = 32 /* of SHA-256, and so of HMAC over it */
};

/* The key file, as it is. One key does one job. */
struct keys {
	uint8_t cipher[KEY_SIZE];
	uint8_t mac[KEY_SIZE];
};

/* What is in memory of a file at any time. */
static uint8_t chunk[CHUNK_SIZE];

/* The text of a failure says which value broke which rule. */
static void must(hz_status status)
{
	if (status != HZ_OK)
		fail("%s", hz_error_message());
}

static hz_backend *default_backend(void)
{
	hz_backend *backend;

	must(hz_default_backend(&backend));
	return backend;
}

static struct keys read_keys(const char *path)
{
	struct input input = open_input(path, "reading the key");
	struct keys keys;

	if (input.size != sizeof keys)
		fail("%s: a key file has %zu bytes, not %" PRIu64, path, sizeof keys, input.size);
	read_all(&input, (uint8_t *)&keys, sizeof keys);
	close_input(&input);
	return keys;
}

static void print_hex(const char *name, const uint8_t *data, size_t size)
{
	printf("%s ", name);
	for (size_t i = 0; i < size; i++)
		printf("%02x", data[i]);
	putchar('\n');
}

static void parse_hex(const char *name, const char *text, uint8_t digest[DIGEST_SIZE])
{
	size_t digits = strspn(text, "0123456789abcdefABCDEF");

	if (digits != 2 * DIGEST_SIZE || text[digits] != '\0')
		fail("%s must be %d hexadecimal digits", name, 2 * DIGEST_SIZE);
	for (size_t i = 0; i < DIGEST_SIZE; i++)
		sscanf(text + 2 * i, "%2" SCNx8, &digest[i]);
}

/* The container: the nonce, as many bytes of ciphertext as the file has, the tag. */

static void write_authenticated(hz_hmac_context *mac, const uint8_t *data, size_t size)
{
	must(hz_hmac_context_update(mac, data, size));
	write_output(data, size);
}

static void encrypt(const char *key_path, const char *path, const char *container_path)
{
	struct keys keys = read_keys(key_path);
	struct input input = open_input(path, "encrypting");
	hz_backend *backend = default_backend();
	hz_cipher_context *cipher;
	hz_hash_context *hash;
	hz_hmac_context *mac;
	uint8_t nonce[NONCE_SIZE], tag[TAG_SIZE], digest[DIGEST_SIZE], code[DIGEST_SIZE];
	size_t size;

	/* GCM is broken by a nonce that comes twice with one key, so each file gets its own. */
	must(hz_random_bytes(nonce, sizeof nonce));
	must(hz_create_symmetric_encryption_ctx(backend,
		&(hz_cipher){ .size = sizeof(hz_cipher), .algorithm = HZ_CIPHER_AES,
			.key = keys.cipher, .key_len = sizeof keys.cipher },
		&(hz_mode){ .size = sizeof(hz_mode), .mode = HZ_MODE_GCM,
			.iv = nonce, .iv_len = sizeof nonce },
		&cipher));
	must(hz_create_hmac_ctx(backend, keys.mac, sizeof keys.mac, HZ_HASH_SHA256, &mac));
	must(hz_create_hash_ctx(backend, HZ_HASH_SHA256, &hash));
	explicit_bzero(&keys, sizeof keys);

	create_output(container_path);
	write_authenticated(mac, nonce, sizeof nonce);
	while ((size = read_some(&input, chunk, sizeof chunk)) > 0) {
		must(hz_hash_context_update(hash, chunk, size));
		must(hz_cipher_context_update(cipher, chunk, size, chunk, sizeof chunk, &size));
		write_authenticated(mac, chunk, size);
	}
	close_input(&input);
	must(hz_cipher_context_finalize(cipher, chunk, sizeof chunk, &size));
	must(hz_cipher_context_tag(cipher, tag, sizeof tag, &size));
	write_authenticated(mac, tag, sizeof tag);
	keep_output();

	must(hz_hash_context_finalize(hash, digest, sizeof digest, &size));
	must(hz_hmac_context_finalize(mac, code, sizeof code, &size));
	print_hex("sha256", digest, sizeof digest);
	print_hex("hmac-sha256", code, sizeof code);

	hz_cipher_context_free(cipher);
	hz_hash_context_free(hash);
	hz_hmac_context_free(mac);
	hz_backend_free(backend);
}

/* The output has no name until the tag was found right, so nobody takes it for the file before. */
static void decrypt(const char *key_path, const char *container_path, const char *path)
{
	struct keys keys = read_keys(key_path);
	struct input input = open_input(container_path, "decrypting");
	hz_backend *backend = default_backend();
	hz_cipher_context *cipher;
	uint8_t nonce[NONCE_SIZE], tag[TAG_SIZE];
	uint64_t left;
	size_t size;
	hz_status status;

	if (input.size < NONCE_SIZE + TAG_SIZE)
		fail("%s: a container has at least %d bytes, not %" PRIu64, container_path,
			NONCE_SIZE + TAG_SIZE, input.size);
	left = input.size - NONCE_SIZE - TAG_SIZE;
	seek_input(&input, NONCE_SIZE + left);
	read_all(&input, tag, sizeof tag);
	seek_input(&input, 0);
	read_all(&input, nonce, sizeof nonce);

	must(hz_create_symmetric_decryption_ctx(backend,
		&(hz_cipher){ .size = sizeof(hz_cipher), .algorithm = HZ_CIPHER_AES,
			.key = keys.cipher, .key_len = sizeof keys.cipher },
		&(hz_mode){ .size = sizeof(hz_mode), .mode = HZ_MODE_GCM,
			.iv = nonce, .iv_len = sizeof nonce, .tag = tag, .tag_len = sizeof tag },
		&cipher));
	explicit_bzero(&keys, sizeof keys);

	create_output(path);
	for (; left > 0; left -= size) {
		size = left < sizeof chunk ? (size_t)left : sizeof chunk;
		read_all(&input, chunk, size);
		must(hz_cipher_context_update(cipher, chunk, size, chunk, sizeof chunk, &size));
		write_output(chunk, size);
	}
	close_input(&input);
	status = hz_cipher_context_finalize(cipher, chunk, sizeof chunk, &size);
	if (status == HZ_ERR_INVALID_TAG)
		fail("%s: not authentic: it was changed, or the key is another", container_path);
	must(status);
	keep_output();

	hz_cipher_context_free(cipher);
	hz_backend_free(backend);
}

static void check(const char *key_path, const char *container_path, const char *path,
	const char *digest_text, const char *code_text)
{
	struct keys keys = read_keys(key_path);
	struct input input;
	hz_backend *backend = default_backend();
	hz_hash_context *hash;
	hz_hmac_context *mac;
	uint8_t expected_digest[DIGEST_SIZE], expected_code[DIGEST_SIZE], digest[DIGEST_SIZE];
	size_t size;
	hz_status status;

	parse_hex("SHA256", digest_text, expected_digest);
	parse_hex("HMAC", code_text, expected_code);

	must(hz_create_hmac_ctx(backend, keys.mac, sizeof keys.mac, HZ_HASH_SHA256, &mac));
	explicit_bzero(&keys, sizeof keys);
	input = open_input(container_path, "checking the HMAC");
	while ((size = read_some(&input, chunk, sizeof chunk)) > 0)
		must(hz_hmac_context_update(mac, chunk, size));
	close_input(&input);
	/* In constant time, which memcmp() is not. */
	status = hz_hmac_context_verify(mac, expected_code, sizeof expected_code);
	if (status == HZ_ERR_INVALID_SIGNATURE)
		fail("%s: the HMAC differs", container_path);
	must(status);

	must(hz_create_hash_ctx(backend, HZ_HASH_SHA256, &hash));
	input = open_input(path, "checking the SHA-256");
	while ((size = read_some(&input, chunk, sizeof chunk)) > 0)
		must(hz_hash_context_update(hash, chunk, size));
	close_input(&input);
	must(hz_hash_context_finalize(hash, digest, sizeof digest, &size));
	if (memcmp(digest, expected_digest, sizeof digest) != 0)
		fail("%s: the SHA-256 differs", path);

	hz_hmac_context_free(mac);
	hz_hash_context_free(hash);
	hz_backend_free(backend);
}

static void make_key(const char *path)
{
	struct keys keys;
	FILE *file;

	must(hz_random_bytes((uint8_t *)&keys, sizeof keys));
	file = fopen(path, "wbx"); /* x: never over a key that is there */
	if (!file)
		fail("%s: %s", path, strerror(errno));
	if (fwrite(&keys, sizeof keys, 1, file) != 1 || fclose(file) != 0)
		fail("%s: %s", path, strerror(errno));
	explicit_bzero(&keys, sizeof keys);
}

int main(int count, char **arguments)
{
	const char *command = count > 1 ? arguments[1] : "";

	umask(077); /* keys and plaintexts are for their owner */
	if (count == 3 && strcmp(command, "keygen") == 0) {
		make_key(arguments[2]);
	} else if (count == 5 && strcmp(command, "encrypt") == 0) {
		encrypt(arguments[2], arguments[3], arguments[4]);
	} else if (count == 5 && strcmp(command, "decrypt") == 0) {
		decrypt(arguments[2], arguments[3], arguments[4]);
	} else if (count == 7 && strcmp(command, "check") == 0) {
		check(arguments[2], arguments[3], arguments[4], arguments[5], arguments[6]);
	} else {
		fputs("usage: crypt_file keygen KEY\n"
		      "       crypt_file encrypt KEY FILE CONTAINER\n"
		      "       crypt_file decrypt KEY CONTAINER FILE\n"
		      "       crypt_file check KEY CONTAINER FILE SHA256 HMAC\n", stderr);
		return 2;
	}
	if (fflush(stdout) != 0)
		fail("standard output: %s", strerror(errno));
	return EXIT_SUCCESS;
}
