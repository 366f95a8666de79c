/*
 * Extendable-output functions. Output in pieces needs EVP_DigestSqueeze, which
 * came with OpenSSL 3.3. Before that a context gives its output at once: so a
 * copy of it computes all from the beginning, at least twice as much each time
 * as the last, and what was computed is kept. All of a long output takes twice
 * its time and twice its memory.
 */
#include <stdlib.h>
#include <string.h>

#include "libcrypto.h"

/* Makes an XOF of a digest, which it owns; failing, the digest is freed. */
static struct libcrypto_made xof_of(const struct libcrypto *lib, struct libcrypto_made digest)
{
	if (digest.error != NULL)
		return digest;
	struct libcrypto_xof *xof = calloc(1, sizeof *xof);
	if (xof == NULL) {
		lib->EVP_MD_CTX_free(digest.object);
		return (struct libcrypto_made){ NULL, libcrypto_out_of_memory };
	}
	xof->digest = digest.object;
	return (struct libcrypto_made){ xof, NULL };
}

struct libcrypto_made libcrypto_xof_new(const struct libcrypto *lib, const EVP_MD *algorithm)
{
	return xof_of(lib, libcrypto_digest_new(lib, algorithm));
}

struct libcrypto_made libcrypto_xof_copy(const struct libcrypto *lib, const struct libcrypto_xof *xof)
{
	struct libcrypto_made made = xof_of(lib, libcrypto_digest_copy(lib, xof->digest));
	if (made.error == NULL) /* the output itself is computed again when it is needed */
		((struct libcrypto_xof *)made.object)->given = xof->given;
	return made;
}

/* Computes the output from its beginning. */
static char *compute(const struct libcrypto *lib, const struct libcrypto_xof *xof, unsigned char *out, size_t size)
{
	struct libcrypto_made copy = libcrypto_digest_copy(lib, xof->digest);
	if (copy.error != NULL)
		return copy.error;
	unsigned long before = libcrypto_begin(lib);
	bool ok = lib->EVP_DigestFinalXOF(copy.object, out, size) == 1;
	lib->EVP_MD_CTX_free(copy.object);
	return libcrypto_end(lib, before, ok, "cannot compute extendable output");
}

static void free_output(const struct libcrypto *lib, struct libcrypto_xof *xof)
{
	if (xof->output != NULL)
		lib->OPENSSL_cleanse(xof->output, xof->computed);
	free(xof->output);
	xof->output = NULL;
	xof->computed = 0;
}

char *libcrypto_xof_squeeze(const struct libcrypto *lib, struct libcrypto_xof *xof, unsigned char *out, size_t size)
{
	if (lib->EVP_DigestSqueeze != NULL) {
		unsigned long before = libcrypto_begin(lib);
		bool ok = lib->EVP_DigestSqueeze(xof->digest, out, size) == 1;
		return libcrypto_end(lib, before, ok, "cannot squeeze");
	}
	size_t end = xof->given + size;
	if (end > xof->computed) {
		size_t more = end > 2 * xof->computed ? end : 2 * xof->computed;
		free_output(lib, xof);
		xof->output = malloc(more);
		if (xof->output == NULL)
			return libcrypto_out_of_memory;
		xof->computed = more;
		char *error = compute(lib, xof, xof->output, more);
		if (error != NULL)
			return error;
	}
	memcpy(out, xof->output + xof->given, size);
	xof->given = end;
	return NULL;
}

void libcrypto_xof_free(const struct libcrypto *lib, struct libcrypto_xof *xof)
{
	free_output(lib, xof);
	lib->EVP_MD_CTX_free(xof->digest);
	free(xof);
}
