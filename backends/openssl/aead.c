/* Authenticated encryption of a whole message. */
#include "libcrypto.h"

/* Empty input has an address all the same: a NULL means something else. */
static const unsigned char nothing[1];

/* Sets what comes before the message. CCM has to know the lengths of tag and
 * message first (NIST SP 800-38C, section 6.1), and the tag itself. */
static bool begin(const struct libcrypto *lib, EVP_CIPHER_CTX *context, const struct libcrypto_aead *aead, bool encrypt,
	const struct libcrypto_bytes *nonce, size_t size, unsigned char *tag)
{
	int length = 0;
	if (lib->EVP_CipherInit_ex2(context, aead->cipher, NULL, NULL, encrypt, NULL) != 1)
		return false;
	/* What a cipher says its nonces have by default is wrong of CCM. */
	if (nonce->size > 0 && lib->EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_IVLEN, (int)nonce->size, NULL) != 1)
		return false;
	if (aead->counted && lib->EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, aead->tag_size, encrypt ? NULL : tag) != 1)
		return false;
	if (lib->EVP_CipherInit_ex2(context, NULL, aead->key, nonce->size > 0 ? nonce->data : NULL, -1, NULL) != 1)
		return false;
	if (aead->counted)
		return lib->EVP_CipherUpdate(context, NULL, &length, NULL, (int)size) == 1;
	return encrypt || lib->EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, aead->tag_size, tag) == 1;
}

/* Gives data to a cipher; what comes out is counted. In pieces, unless the
 * cipher wants each text whole, even an empty one. */
static bool update(const struct libcrypto *lib, EVP_CIPHER_CTX *context, bool whole, unsigned char *out, size_t *written,
	const unsigned char *in, size_t size)
{
	bool ok = true;
	if (size == 0 && !whole)
		return true;
	do {
		int piece = whole || size < LIBCRYPTO_PIECE ? (int)size : LIBCRYPTO_PIECE, length = 0;
		ok = lib->EVP_CipherUpdate(context, out == NULL ? NULL : out + *written, &length, size > 0 ? in : nothing, piece) == 1;
		if (out != NULL && ok)
			*written += (size_t)length;
		in += piece;
		size -= (size_t)piece;
	} while (ok && size > 0);
	return ok;
}

struct libcrypto_sealed libcrypto_aead_crypt(const struct libcrypto *lib, struct libcrypto_aead aead, bool encrypt,
	struct libcrypto_bytes nonce, const unsigned char *additional, const size_t *additional_sizes, size_t additional_count,
	unsigned char *out, const unsigned char *in, size_t size, unsigned char *tag)
{
	unsigned long before = libcrypto_begin(lib);
	EVP_CIPHER_CTX *context = lib->EVP_CIPHER_CTX_new();
	bool ok = context != NULL && begin(lib, context, &aead, encrypt, &nonce, size, tag);
	for (size_t i = 0; ok && i < additional_count; i++) {
		ok = update(lib, context, aead.whole, NULL, NULL, additional, additional_sizes[i]);
		additional += additional_sizes[i];
	}
	bool begun = ok;
	unsigned char none[32]; /* room for a block of any cipher */
	size_t written = 0;
	int last = 0;
	if (out == NULL)
		out = none;
	/* OCB holds back what does not fill a block until the end. */
	ok = ok && update(lib, context, aead.whole, out, &written, in, size) &&
		lib->EVP_CipherFinal_ex(context, size > 0 ? out + written : none, &last) == 1 && written + (size_t)last == size &&
		(!encrypt || lib->EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, aead.tag_size, tag) == 1);
	lib->EVP_CIPHER_CTX_free(context);
	if (begun && !encrypt) {
		/* It compares tags with CRYPTO_memcmp, in constant time, and does not tell a
		 * wrong one from a failure of its own; neither is an authentic message. */
		libcrypto_forget(lib);
		return (struct libcrypto_sealed){ .ok = ok };
	}
	return (struct libcrypto_sealed){ .ok = ok, .error = libcrypto_end(lib, before, ok, "cannot process a message") };
}
