/* Hash functions. */
#include "libcrypto.h"

const EVP_MD *libcrypto_digest_fetch(const struct libcrypto *lib, const char *name, size_t size)
{
	(void)libcrypto_begin(lib);
	EVP_MD *algorithm = lib->EVP_MD_fetch(lib->context, name, NULL);
	if (algorithm != NULL && size != 0 && lib->EVP_MD_get_size(algorithm) != (int)size) {
		lib->EVP_MD_free(algorithm);
		algorithm = NULL;
	}
	libcrypto_forget(lib);
	return algorithm;
}

/* A context on which a call was made, which was all right or not; that it is
 * NULL is not. */
static struct libcrypto_made made(const struct libcrypto *lib, unsigned long before, EVP_MD_CTX *digest, bool ok, const char *what)
{
	if (!ok) {
		lib->EVP_MD_CTX_free(digest);
		digest = NULL;
	}
	return (struct libcrypto_made){ digest, libcrypto_end(lib, before, ok, what) };
}

struct libcrypto_made libcrypto_digest_new(const struct libcrypto *lib, const EVP_MD *algorithm)
{
	unsigned long before = libcrypto_begin(lib);
	EVP_MD_CTX *digest = lib->EVP_MD_CTX_new();
	bool ok = digest != NULL && lib->EVP_DigestInit_ex2(digest, algorithm, NULL) == 1;
	return made(lib, before, digest, ok, "cannot begin a digest");
}

struct libcrypto_made libcrypto_digest_copy(const struct libcrypto *lib, const EVP_MD_CTX *digest)
{
	unsigned long before = libcrypto_begin(lib);
	EVP_MD_CTX *copy = lib->EVP_MD_CTX_new();
	bool ok = copy != NULL && lib->EVP_MD_CTX_copy_ex(copy, digest) == 1;
	return made(lib, before, copy, ok, "cannot copy a digest");
}

char *libcrypto_digest_update(const struct libcrypto *lib, EVP_MD_CTX *digest, const unsigned char *data, size_t size)
{
	unsigned long before = libcrypto_begin(lib);
	bool ok = lib->EVP_DigestUpdate(digest, data, size) == 1;
	return libcrypto_end(lib, before, ok, "cannot update a digest");
}

char *libcrypto_digest_finish(const struct libcrypto *lib, EVP_MD_CTX *digest, unsigned char *out)
{
	unsigned long before = libcrypto_begin(lib);
	bool ok = lib->EVP_DigestFinal_ex(digest, out, NULL) == 1;
	lib->EVP_MD_CTX_free(digest);
	return libcrypto_end(lib, before, ok, "cannot finish a digest");
}

void libcrypto_digest_free(const struct libcrypto *lib, EVP_MD_CTX *digest)
{
	lib->EVP_MD_CTX_free(digest);
}
