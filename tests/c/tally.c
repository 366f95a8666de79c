#include "tally.h"

#include <stdio.h>
#include <string.h>

#include "test.h"

static struct tally tallies[256];

struct tally *tally_of(const char *kind, const char *name, const char *mode)
{
	char whole[sizeof tallies[0].name];
	size_t i = 0;
	(void)snprintf(whole, sizeof whole, "%s%s%s%s", kind, name, mode[0] == '\0' ? "" : "-", mode);
	while (i < COUNT(tallies) - 1 && tallies[i].name[0] != '\0' && strcmp(tallies[i].name, whole) != 0)
		i++;
	(void)strcpy(tallies[i].name, whole);
	return &tallies[i];
}

static void check(const struct tally *tally, bool supported)
{
	test_note("%s", tally->name);
	CHECK((tally->run > 0) == supported);
}

static void check_cipher(hz_backend *backend, hz_cipher_algorithm cipher)
{
	hz_cipher_mode modes[32];
	char name[32], mode_name[32];
	size_t count, n;
	bool supported;
	EXPECT_OK(hz_cipher_algorithm_name(cipher, name, sizeof name, &n));
	EXPECT_OK(hz_cipher_algorithm_modes(cipher, modes, COUNT(modes), &count));
	for (size_t i = 0; i < count; i++) {
		EXPECT_OK(hz_cipher_mode_name(modes[i], mode_name, sizeof mode_name, &n));
		EXPECT_OK(hz_cipher_supported(backend, cipher, modes[i], &supported));
		check(tally_of("", name, mode_name), supported);
	}
}

static void check_hash(hz_backend *backend, hz_hash_algorithm hash)
{
	char name[32];
	size_t n;
	bool supported;
	EXPECT_OK(hz_hash_algorithm_name(hash, name, sizeof name, &n));
	EXPECT_OK(hz_hash_supported(backend, hash, &supported));
	check(tally_of("", name, ""), supported);
	EXPECT_OK(hz_hmac_supported(backend, hash, &supported));
	check(tally_of("HMAC-", name, ""), supported);
}

static void check_aead(hz_backend *backend, hz_aead_algorithm aead)
{
	char name[32];
	size_t n;
	bool supported;
	EXPECT_OK(hz_aead_algorithm_name(aead, name, sizeof name, &n));
	EXPECT_OK(hz_backend_provides(backend, HZ_INTERFACE_AEAD, &supported));
	if (supported)
		EXPECT_OK(hz_aead_supported(backend, aead, &supported));
	check(tally_of("AEAD ", name, ""), supported);
}

void tally_check(hz_backend *backend)
{
	uint32_t codes[64];
	size_t count;
	EXPECT_OK(hz_cipher_algorithms(codes, COUNT(codes), &count));
	for (size_t i = 0; i < count; i++)
		check_cipher(backend, codes[i]);
	EXPECT_OK(hz_hash_algorithms(codes, COUNT(codes), &count));
	for (size_t i = 0; i < count; i++)
		check_hash(backend, codes[i]);
	EXPECT_OK(hz_aead_algorithms(codes, COUNT(codes), &count));
	for (size_t i = 0; i < count; i++)
		check_aead(backend, codes[i]);
	CHECK(tallies[COUNT(tallies) - 1].name[0] == '\0'); /* there was room for all */
}

void tally_print(void)
{
	for (const struct tally *t = tallies; t->name[0] != '\0'; t++) {
		if (t->run + t->unsupported == 0)
			continue;
		(void)printf("%-23s %4zu vectors", t->name, t->run);
		if (t->unsupported > 0)
			(void)printf(", %zu not supported", t->unsupported);
		(void)printf("\n");
	}
}

void tally_reset(void)
{
	memset(tallies, 0, sizeof tallies);
}
