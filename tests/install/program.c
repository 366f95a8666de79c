/* A program that uses hazmat from where it is installed; it is C99 and C++11. It
 * prints the version and the SHA-256 of "abc". */
#include <hazmat.h>
#include <stdio.h>
#include <string.h>

static int fail(const char *what)
{
	fprintf(stderr, "%s: %s\n", what, hz_error_message());
	return 1;
}

int main(void)
{
	hz_backend *backend;
	hz_hash_context *context;
	uint8_t digest[HZ_MAX_DIGEST_SIZE];
	size_t length;
	if (strcmp(hz_abi_hash(), HZ_ABI_HASH) != 0)
		return fail("the header is of another build than the library");
	if (hz_default_backend(&backend) != HZ_OK)
		return fail("hz_default_backend");
	if (hz_create_hash_ctx(backend, HZ_HASH_SHA256, &context) != HZ_OK)
		return fail("hz_create_hash_ctx");
	if (hz_hash_context_update(context, (const uint8_t *)"abc", 3) != HZ_OK)
		return fail("hz_hash_context_update");
	if (hz_hash_context_finalize(context, digest, sizeof digest, &length) != HZ_OK)
		return fail("hz_hash_context_finalize");
	hz_hash_context_free(context);
	hz_backend_free(backend);
	printf("%s ", hz_version());
	for (size_t i = 0; i < length; i++)
		printf("%02x", digest[i]);
	printf("\n");
	return hz_live_handles() == 0 ? 0 : fail("handles are left");
}
