/* What the library knows of algorithms, and names. */
#include <ctype.h>
#include <string.h>

#include "fixture.h"
#include "test.h"

enum { MOST = 64 };

typedef hz_status (*name_function)(uint32_t code, char *out, size_t cap, size_t *len);
typedef hz_status (*code_function)(const char *name, uint32_t *code);

/* The name of a code leads back to the code, whatever its case. */
static void there_and_back(uint32_t code, name_function name_of, code_function by_name)
{
	char name[32];
	size_t n;
	uint32_t found;
	test_note("code %u", (unsigned)code);
	EXPECT_OK(name_of(code, name, sizeof name, &n));
	EXPECT_SIZE(n, strlen(name));
	CHECK(n > 0);
	EXPECT_OK(by_name(name, &found));
	EXPECT_SIZE(found, code);
	for (size_t i = 0; i < n; i++)
		name[i] = (char)tolower((unsigned char)name[i]);
	EXPECT_OK(by_name(name, &found));
	EXPECT_SIZE(found, code);
	for (size_t i = 0; i < n; i++)
		name[i] = (char)toupper((unsigned char)name[i]);
	EXPECT_OK(by_name(name, &found));
	EXPECT_SIZE(found, code);
}

/* Codes that mean nothing have the empty name; names that mean nothing are refused. */
static void nothing(const uint32_t *codes, size_t count, name_function name_of, code_function by_name,
	hz_status refusal)
{
	const char *const names[] = {"", "AES ", " sha256", "no such thing", "AES\n", "\xC3\xA9"};
	char name[32];
	size_t n;
	for (size_t i = 0; i < count; i++) {
		test_note("code %u", (unsigned)codes[i]);
		EXPECT_OK(name_of(codes[i], name, sizeof name, &n));
		EXPECT_SIZE(n, 0);
		EXPECT_TEXT(name, "");
	}
	for (size_t i = 0; i < COUNT(names); i++) {
		uint32_t code = 1;
		test_note("name \"%s\"", names[i]);
		EXPECT_STATUS(by_name(names[i], &code), refusal);
		EXPECT_SIZE(code, 0);
		EXPECT_MESSAGE("is named \"");
	}
	uint32_t code;
	EXPECT_STATUS(by_name("AES\xFF", &code), HZ_ERR_INVALID_ARGUMENT);
	EXPECT_MESSAGE("name", "UTF-8");
}

static void test_ciphers(void)
{
	hz_cipher_algorithm codes[MOST];
	size_t count;
	EXPECT_OK(hz_cipher_algorithms(codes, MOST, &count));
	CHECK(count >= HZ_CIPHER_CHACHA20);
	for (size_t i = 0; i < count; i++) {
		CHECK(codes[i] > (i == 0 ? 0 : codes[i - 1]));
		there_and_back(codes[i], hz_cipher_algorithm_name, hz_cipher_by_name);
	}
	const uint32_t unknown[] = {0, 9999, HZ_PRIVATE_ALGORITHMS, UINT32_MAX};
	nothing(unknown, COUNT(unknown), hz_cipher_algorithm_name, hz_cipher_by_name,
		HZ_ERR_UNSUPPORTED_CIPHER);
}

static void test_modes(void)
{
	for (hz_cipher_mode mode = HZ_MODE_ECB; mode <= HZ_MODE_XTS; mode++)
		there_and_back(mode, hz_cipher_mode_name, hz_mode_by_name);
	const uint32_t unknown[] = {HZ_MODE_NONE, 9999, HZ_PRIVATE_ALGORITHMS, UINT32_MAX};
	nothing(unknown, COUNT(unknown), hz_cipher_mode_name, hz_mode_by_name, HZ_ERR_UNSUPPORTED_CIPHER);
}

static void test_aeads(void)
{
	hz_aead_algorithm codes[MOST];
	size_t count;
	EXPECT_OK(hz_aead_algorithms(codes, MOST, &count));
	CHECK(count >= HZ_AEAD_AES_GCM_SIV);
	for (size_t i = 0; i < count; i++) {
		CHECK(codes[i] > (i == 0 ? 0 : codes[i - 1]));
		there_and_back(codes[i], hz_aead_algorithm_name, hz_aead_by_name);
	}
	const uint32_t unknown[] = {0, 9999, HZ_PRIVATE_ALGORITHMS, UINT32_MAX};
	nothing(unknown, COUNT(unknown), hz_aead_algorithm_name, hz_aead_by_name, HZ_ERR_UNSUPPORTED_CIPHER);
}

static void test_hashes(void)
{
	hz_hash_algorithm codes[MOST];
	size_t count;
	EXPECT_OK(hz_hash_algorithms(codes, MOST, &count));
	CHECK(count >= HZ_HASH_SM3);
	for (size_t i = 0; i < count; i++) {
		CHECK(codes[i] > (i == 0 ? 0 : codes[i - 1]));
		there_and_back(codes[i], hz_hash_algorithm_name, hz_hash_by_name);
	}
	const uint32_t unknown[] = {0, 9999, UINT32_MAX};
	nothing(unknown, COUNT(unknown), hz_hash_algorithm_name, hz_hash_by_name, HZ_ERR_UNSUPPORTED_HASH);
}

static void test_interfaces(void)
{
	static const struct {
		hz_interface which;
		const char *name;
	} interfaces[] = {{HZ_INTERFACE_CIPHER, "CipherBackend"}, {HZ_INTERFACE_HASH, "HashBackend"},
		{HZ_INTERFACE_HMAC, "HMACBackend"}, {HZ_INTERFACE_AEAD, "AEADBackend"}, {0, ""}, {9999, ""}, {UINT32_MAX, ""}};
	hz_backend *backend = open_backend();
	for (size_t i = 0; i < COUNT(interfaces); i++) {
		char name[32];
		size_t n;
		bool provides;
		EXPECT_OK(hz_interface_name(interfaces[i].which, name, sizeof name, &n));
		EXPECT_TEXT(name, interfaces[i].name);
		EXPECT_OK(hz_backend_provides(backend, interfaces[i].which, &provides));
		CHECK(provides == (interfaces[i].name[0] != '\0'));
	}
	EXPECT_OK(hz_backend_free(backend));
}

static void test_cipher_facts(void)
{
	uint32_t sizes[MOST];
	hz_cipher_mode modes[MOST];
	size_t n;
	EXPECT_OK(hz_cipher_algorithm_block_size(HZ_CIPHER_AES, &n));
	EXPECT_SIZE(n, 16);
	EXPECT_OK(hz_cipher_algorithm_block_size(HZ_CIPHER_ARC4, &n));
	EXPECT_SIZE(n, 1);
	EXPECT_OK(hz_cipher_algorithm_nonce_size(HZ_CIPHER_CHACHA20, &n));
	EXPECT_SIZE(n, 16);
	EXPECT_OK(hz_cipher_algorithm_nonce_size(HZ_CIPHER_AES, &n));
	EXPECT_SIZE(n, 0);
	EXPECT_OK(hz_cipher_algorithm_key_sizes(HZ_CIPHER_AES, sizes, MOST, &n));
	EXPECT_SIZE(n, 4);
	EXPECT_BYTES(sizes, ((const uint32_t[]){128, 192, 256, 512}), 16);
	EXPECT_OK(hz_cipher_algorithm_key_sizes(HZ_CIPHER_BLOWFISH, sizes, MOST, &n));
	EXPECT_SIZE(n, 53);
	EXPECT_OK(hz_cipher_algorithm_modes(HZ_CIPHER_ARC4, modes, MOST, &n));
	EXPECT_SIZE(n, 1);
	EXPECT_SIZE(modes[0], HZ_MODE_NONE);
	/* An unknown code has nothing. */
	EXPECT_OK(hz_cipher_algorithm_block_size(99, &n));
	EXPECT_SIZE(n, 0);
	EXPECT_OK(hz_cipher_algorithm_key_sizes(99, NULL, 0, &n));
	EXPECT_SIZE(n, 0);
	EXPECT_OK(hz_cipher_algorithm_modes(99, NULL, 0, &n));
	EXPECT_SIZE(n, 0);
}

static void test_aead_facts(void)
{
	uint32_t sizes[MOST];
	size_t n;
	EXPECT_OK(hz_aead_algorithm_key_sizes(HZ_AEAD_AES_SIV, sizes, MOST, &n));
	EXPECT_SIZE(n, 3);
	EXPECT_BYTES(sizes, ((const uint32_t[]){256, 384, 512}), 12);
	EXPECT_OK(hz_aead_algorithm_tag_sizes(HZ_AEAD_AES_CCM, sizes, MOST, &n));
	EXPECT_SIZE(n, 7);
	EXPECT_BYTES(sizes, ((const uint32_t[]){4, 6, 8, 10, 12, 14, 16}), 28);
	EXPECT_OK(hz_aead_algorithm_min_nonce_size(HZ_AEAD_AES_CCM, &n));
	EXPECT_SIZE(n, 7);
	EXPECT_OK(hz_aead_algorithm_max_nonce_size(HZ_AEAD_AES_CCM, &n));
	EXPECT_SIZE(n, 13);
	/* An unknown code has nothing. */
	EXPECT_OK(hz_aead_algorithm_key_sizes(99, NULL, 0, &n));
	EXPECT_SIZE(n, 0);
	EXPECT_OK(hz_aead_algorithm_max_nonce_size(99, &n));
	EXPECT_SIZE(n, 0);
}

static void test_hash_facts(void)
{
	size_t n;
	bool extendable;
	EXPECT_OK(hz_hash_algorithm_digest_size(HZ_HASH_SHA384, &n));
	EXPECT_SIZE(n, 48);
	EXPECT_OK(hz_hash_algorithm_block_size(HZ_HASH_SHA384, &n));
	EXPECT_SIZE(n, 128);
	EXPECT_OK(hz_hash_algorithm_extendable(HZ_HASH_SHA384, &extendable));
	CHECK(!extendable);
	EXPECT_OK(hz_hash_algorithm_extendable(HZ_HASH_SHAKE256, &extendable));
	CHECK(extendable);
	EXPECT_OK(hz_hash_algorithm_digest_size(99, &n));
	EXPECT_SIZE(n, 0);
	EXPECT_OK(hz_hash_algorithm_extendable(99, &extendable));
	CHECK(!extendable);
}

/* Each backend is opened by its name, and the names are sorted. */
static void test_backends(void)
{
	char names[1024], name[256], last[256] = "";
	size_t length, n, count = 0;
	EXPECT_OK(hz_backend_names(names, sizeof names, &length));
	for (const char *next = names; next < names + length; next += strlen(next) + 1, count++) {
		hz_backend *backend;
		test_note("backend %s", next);
		EXPECT_OK(hz_backend_open(next, &backend));
		EXPECT_OK(hz_backend_name(backend, name, sizeof name, &n));
		EXPECT_TEXT(name, next);
		EXPECT_OK(hz_backend_description(backend, name, sizeof name, &n));
		CHECK(n > 0 && strchr(name, '\n') == NULL);
		EXPECT_OK(hz_backend_free(backend));
		CHECK(strcmp(last, next) < 0);
		(void)strcpy(last, next);
	}
	CHECK(count > 0);
	hz_backend *backend;
	EXPECT_STATUS(hz_backend_open("no such backend", &backend), HZ_ERR_UNKNOWN_BACKEND);
	EXPECT_MESSAGE("\"no such backend\"", "native");
	CHECK(backend == NULL);
	EXPECT_STATUS(hz_backend_open("Native", &backend), HZ_ERR_UNKNOWN_BACKEND);
	EXPECT_STATUS(hz_backend_open("", &backend), HZ_ERR_UNKNOWN_BACKEND);
	EXPECT_SIZE(hz_live_handles(), 0);
}

static void test_constant_time_compare(void)
{
	bool equal = false;
	EXPECT_OK(hz_constant_time_compare(some_bytes, 32, some_bytes, 32, &equal));
	CHECK(equal);
	EXPECT_OK(hz_constant_time_compare(some_bytes, 32, some_bytes + 1, 32, &equal));
	CHECK(!equal);
	EXPECT_OK(hz_constant_time_compare(some_bytes, 31, some_bytes, 32, &equal));
	CHECK(!equal);
	EXPECT_OK(hz_constant_time_compare(NULL, 0, some_bytes, 0, &equal));
	CHECK(equal);
}

static void test_random_bytes(void)
{
	uint8_t first[4096], second[4096];
	size_t zeros = 0;
	EXPECT_OK(hz_random_bytes(first, sizeof first));
	EXPECT_OK(hz_random_bytes(second, sizeof second));
	CHECK(memcmp(first, second, sizeof first) != 0);
	for (size_t i = 0; i < sizeof first; i++)
		zeros += first[i] == 0;
	CHECK(zeros < 100); /* 16 are expected */
}

int main(void)
{
	static const struct test tests[] = {
		TEST(test_ciphers),
		TEST(test_modes),
		TEST(test_aeads),
		TEST(test_hashes),
		TEST(test_interfaces),
		TEST(test_cipher_facts),
		TEST(test_aead_facts),
		TEST(test_hash_facts),
		TEST(test_backends),
		TEST(test_constant_time_compare),
		TEST(test_random_bytes),
	};
	return RUN_TESTS(tests);
}
