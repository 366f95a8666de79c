/* Ciphers. */
#include "libcrypto.h"

const EVP_CIPHER *libcrypto_cipher_fetch(const struct libcrypto *lib, const char *name)
{
	(void)libcrypto_begin(lib);
	const EVP_CIPHER *cipher = lib->EVP_CIPHER_fetch(lib->context, name, NULL);
	libcrypto_forget(lib);
	return cipher;
}

struct libcrypto_cipher_facts libcrypto_cipher_facts(const struct libcrypto *lib, const EVP_CIPHER *cipher)
{
	return (struct libcrypto_cipher_facts){
		.block_size = lib->EVP_CIPHER_get_block_size(cipher),
		.key_size = lib->EVP_CIPHER_get_key_length(cipher),
		.iv_size = lib->EVP_CIPHER_get_iv_length(cipher),
		.mode = lib->EVP_CIPHER_get_mode(cipher),
		.flags = lib->EVP_CIPHER_get_flags(cipher),
	};
}

/* Sets what the cipher has other defaults for, then key and initialization
 * vector. All in one call where there is nothing to set. */
static bool start(const struct libcrypto *lib, EVP_CIPHER_CTX *context, const EVP_CIPHER *cipher, bool encrypt,
	const unsigned char *key, size_t key_size, const unsigned char *iv, size_t iv_size)
{
	bool other_key = lib->EVP_CIPHER_get_key_length(cipher) != (int)key_size;
	bool other_iv = lib->EVP_CIPHER_get_iv_length(cipher) != (int)iv_size;
	if (other_key || other_iv) {
		if (lib->EVP_CipherInit_ex2(context, cipher, NULL, NULL, encrypt, NULL) != 1)
			return false;
		if (other_key && lib->EVP_CIPHER_CTX_set_key_length(context, (int)key_size) != 1)
			return false;
		if (other_iv && lib->EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_IVLEN, (int)iv_size, NULL) != 1)
			return false;
		cipher = NULL;
	}
	return lib->EVP_CipherInit_ex2(context, cipher, key, iv, encrypt, NULL) == 1;
}

struct libcrypto_made libcrypto_cipher_new(const struct libcrypto *lib, const EVP_CIPHER *cipher, bool encrypt,
	const unsigned char *key, size_t key_size, const unsigned char *iv, size_t iv_size)
{
	unsigned long before = libcrypto_begin(lib);
	EVP_CIPHER_CTX *context = lib->EVP_CIPHER_CTX_new();
	bool padded = lib->EVP_CIPHER_get_block_size(cipher) > 1;
	bool ok = context != NULL && start(lib, context, cipher, encrypt, key, key_size, iv, iv_size) &&
		(!padded || lib->EVP_CIPHER_CTX_set_padding(context, 0) == 1);
	if (!ok) {
		lib->EVP_CIPHER_CTX_free(context);
		context = NULL;
	}
	return (struct libcrypto_made){ context, libcrypto_end(lib, before, ok, "cannot begin a cipher") };
}

char *libcrypto_cipher_reset(const struct libcrypto *lib, EVP_CIPHER_CTX *context, const unsigned char *iv)
{
	unsigned long before = libcrypto_begin(lib);
	bool ok = lib->EVP_CipherInit_ex2(context, NULL, NULL, iv, -1, NULL) == 1;
	return libcrypto_end(lib, before, ok, "cannot set a nonce");
}

char *libcrypto_cipher_update(const struct libcrypto *lib, EVP_CIPHER_CTX *context, unsigned char *out, const unsigned char *in, size_t size)
{
	unsigned long before = libcrypto_begin(lib);
	bool ok = true;
	while (ok && size > 0) {
		int piece = size < LIBCRYPTO_PIECE ? (int)size : LIBCRYPTO_PIECE, written = 0;
		ok = lib->EVP_CipherUpdate(context, out, &written, in, piece) == 1 && (out == NULL || written == piece);
		out = out == NULL ? NULL : out + piece;
		in += piece;
		size -= (size_t)piece;
	}
	return libcrypto_end(lib, before, ok, "cannot process data");
}

/* Ends a message in a stream mode, which has given all its output before. */
static bool finish(const struct libcrypto *lib, EVP_CIPHER_CTX *context)
{
	unsigned char none[32]; /* room for a block of any cipher */
	int written = 0;
	return lib->EVP_CipherFinal_ex(context, none, &written) == 1 && written == 0;
}

char *libcrypto_cipher_tag(const struct libcrypto *lib, EVP_CIPHER_CTX *context, unsigned char *tag, size_t size)
{
	unsigned long before = libcrypto_begin(lib);
	bool ok = finish(lib, context) && lib->EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, (int)size, tag) == 1;
	return libcrypto_end(lib, before, ok, "cannot make a tag");
}

/*
 * libcrypto compares with CRYPTO_memcmp, in constant time. It does not tell a
 * wrong tag from a failure of its own; neither is an authentic message.
 */
bool libcrypto_cipher_verify(const struct libcrypto *lib, EVP_CIPHER_CTX *context, const unsigned char *tag, size_t size)
{
	(void)libcrypto_begin(lib);
	bool ok = lib->EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, (int)size, (void *)tag) == 1 && finish(lib, context);
	libcrypto_forget(lib);
	return ok;
}

void libcrypto_cipher_free(const struct libcrypto *lib, EVP_CIPHER_CTX *context)
{
	lib->EVP_CIPHER_CTX_free(context);
}
