/* HMAC. */
#include "libcrypto.h"

const EVP_MAC_CTX *libcrypto_hmac_fetch(const struct libcrypto *lib, const char *digest)
{
	(void)libcrypto_begin(lib);
	OSSL_PARAM parameters[] = {
		{ "digest", OSSL_PARAM_UTF8_STRING, (void *)digest, 0, 0 },
		{ NULL, 0, NULL, 0, 0 },
	};
	EVP_MAC *hmac = lib->EVP_MAC_fetch(lib->context, "HMAC", NULL);
	EVP_MAC_CTX *model = hmac == NULL ? NULL : lib->EVP_MAC_CTX_new(hmac);
	/* OpenSSL 3.0 cannot copy a context that has no key. */
	if (model != NULL && lib->EVP_MAC_init(model, (const unsigned char *)"", 0, parameters) != 1) {
		lib->EVP_MAC_CTX_free(model);
		model = NULL;
	}
	lib->EVP_MAC_free(hmac); /* the context holds on to it */
	libcrypto_forget(lib);
	libcrypto_keep(model);
	return model;
}

struct libcrypto_made libcrypto_hmac_new(const struct libcrypto *lib, const EVP_MAC_CTX *model, const unsigned char *key, size_t size)
{
	unsigned long before = libcrypto_begin(lib);
	EVP_MAC_CTX *mac = lib->EVP_MAC_CTX_dup(model);
	/* A NULL would mean the key that the model has. */
	bool ok = mac != NULL && lib->EVP_MAC_init(mac, size == 0 ? (const unsigned char *)"" : key, size, NULL) == 1;
	if (!ok) {
		lib->EVP_MAC_CTX_free(mac);
		mac = NULL;
	}
	return (struct libcrypto_made){ mac, libcrypto_end(lib, before, ok, "cannot begin an HMAC") };
}

struct libcrypto_made libcrypto_hmac_copy(const struct libcrypto *lib, const EVP_MAC_CTX *mac)
{
	unsigned long before = libcrypto_begin(lib);
	EVP_MAC_CTX *copy = lib->EVP_MAC_CTX_dup(mac);
	return (struct libcrypto_made){ copy, libcrypto_end(lib, before, copy != NULL, "cannot copy an HMAC") };
}

char *libcrypto_hmac_update(const struct libcrypto *lib, EVP_MAC_CTX *mac, const unsigned char *data, size_t size)
{
	unsigned long before = libcrypto_begin(lib);
	bool ok = lib->EVP_MAC_update(mac, data, size) == 1;
	return libcrypto_end(lib, before, ok, "cannot update an HMAC");
}

char *libcrypto_hmac_finish(const struct libcrypto *lib, EVP_MAC_CTX *mac, unsigned char *out, size_t size)
{
	unsigned long before = libcrypto_begin(lib);
	size_t written = 0;
	bool ok = lib->EVP_MAC_final(mac, out, &written, size) == 1 && written == size;
	lib->EVP_MAC_CTX_free(mac);
	return libcrypto_end(lib, before, ok, "cannot finish an HMAC");
}

void libcrypto_hmac_free(const struct libcrypto *lib, EVP_MAC_CTX *mac)
{
	lib->EVP_MAC_CTX_free(mac);
}
