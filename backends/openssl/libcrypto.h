/*
 * libcrypto as this backend sees it: loaded, not linked. Every function here is
 * one whole operation, so that Go crosses into C once, and so that the thread's
 * error queue is read on the thread that it was filled on.
 *
 * What can fail returns an error: NULL, or a text to be given to
 * libcrypto_free_error. Whatever it is, the thread's error queue is afterwards
 * as it was before.
 */
#ifndef HAZMAT_LIBCRYPTO_H
#define HAZMAT_LIBCRYPTO_H

#include <stdbool.h>
#include <stddef.h>

#include "libcrypto_api.h"

typedef struct ossl_lib_ctx_st OSSL_LIB_CTX;
typedef struct ossl_provider_st OSSL_PROVIDER;
typedef struct evp_md_st EVP_MD;
typedef struct evp_md_ctx_st EVP_MD_CTX;
typedef struct evp_mac_st EVP_MAC;
typedef struct evp_mac_ctx_st EVP_MAC_CTX;
typedef struct evp_cipher_st EVP_CIPHER;
typedef struct evp_cipher_ctx_st EVP_CIPHER_CTX;

#define LIBCRYPTO_MEMBER(type, name) type name;
typedef struct ossl_param_st { LIBCRYPTO_PARAM_MEMBERS(LIBCRYPTO_MEMBER) } OSSL_PARAM;

#define LIBCRYPTO_ENUMERATOR(name, value) name = value,
enum { LIBCRYPTO_CONSTANTS(LIBCRYPTO_ENUMERATOR) };

struct libcrypto {
	void *handle;          /* of dlopen */
	OSSL_LIB_CTX *context; /* our own, so that the host's default stays as it is */
	const char *path;      /* that the loader found it at */
#define LIBCRYPTO_POINTER(result, name, parameters) result (*name) parameters;
	LIBCRYPTO_FUNCTIONS(LIBCRYPTO_POINTER)
	LIBCRYPTO_NEWER_FUNCTIONS(LIBCRYPTO_POINTER)
};

/* libcrypto takes lengths as int. Longer input goes in pieces, of whole blocks
 * of any size. */
enum { LIBCRYPTO_PIECE = 1 << 30 };

/* What a function returns that makes something: it, or an error. */
struct libcrypto_made {
	void *object;
	char *error;
};

/* errors.c */

/* The error of memory that the system did not give. */
extern char *const libcrypto_out_of_memory;

/* Frees the text of an error; NULL is no error. */
void libcrypto_free_error(char *error);

/* Makes an error as printf does. */
__attribute__((format(printf, 1, 2))) char *libcrypto_error(const char *format, ...);

/* Begins a series of calls into libcrypto, and returns what its end needs. */
unsigned long libcrypto_begin(const struct libcrypto *lib);

/* Ends the calls. If they were not all right the error is what could not be
 * done, and what libcrypto says of it. */
char *libcrypto_end(const struct libcrypto *lib, unsigned long before, bool ok, const char *what);

/* Ends calls whose errors are of no interest. */
void libcrypto_forget(const struct libcrypto *lib);

/* keep.c */

/* Remembers an object that is never freed; NULL is none. */
void libcrypto_keep(const void *object);

/* file.c */

/* Why a file must not be given to the loader; NULL if it may, or is missing. */
const char *libcrypto_unfit(const char *path);

/* interposed.c */

/* The path of another library whose functions a library calls in the place of
 * its own; NULL if it calls its own. */
struct link_map;
const char *libcrypto_interposed(const struct link_map *map);

/* load.c */

/* Loads the libcrypto at a path, or of a file name that the loader searches
 * for. What is made is a struct libcrypto, which is never freed. */
struct libcrypto_made libcrypto_load(const char *path);

/* libcrypto's text of its version. */
const char *libcrypto_version(const struct libcrypto *lib);

/* Loads the legacy provider. Without it its algorithms are not found. */
void libcrypto_load_legacy(const struct libcrypto *lib);

/* The address of a function or variable of libcrypto, NULL if it has none of
 * that name. */
void *libcrypto_symbol(const struct libcrypto *lib, const char *name);

/* digest.c */

/* An algorithm, NULL if there is none of that name, or with another size of
 * digest. The size of an extendable-output function is 0. */
const EVP_MD *libcrypto_digest_fetch(const struct libcrypto *lib, const char *name, size_t size);

struct libcrypto_made libcrypto_digest_new(const struct libcrypto *lib, const EVP_MD *algorithm);
struct libcrypto_made libcrypto_digest_copy(const struct libcrypto *lib, const EVP_MD_CTX *digest);
char *libcrypto_digest_update(const struct libcrypto *lib, EVP_MD_CTX *digest, const unsigned char *data, size_t size);
/* Writes the digest, and frees the context whether it can or not. */
char *libcrypto_digest_finish(const struct libcrypto *lib, EVP_MD_CTX *digest, unsigned char *out);
void libcrypto_digest_free(const struct libcrypto *lib, EVP_MD_CTX *digest);

/* xof.c */

/* An extendable-output function at work on one message. */
struct libcrypto_xof {
	EVP_MD_CTX *digest;
	/* Only where there is no EVP_DigestSqueeze: all output that was computed
	 * so far, and how much of it was given. */
	unsigned char *output;
	size_t computed, given;
};

struct libcrypto_made libcrypto_xof_new(const struct libcrypto *lib, const EVP_MD *algorithm);
struct libcrypto_made libcrypto_xof_copy(const struct libcrypto *lib, const struct libcrypto_xof *xof);
char *libcrypto_xof_squeeze(const struct libcrypto *lib, struct libcrypto_xof *xof, unsigned char *out, size_t size);
void libcrypto_xof_free(const struct libcrypto *lib, struct libcrypto_xof *xof);

/* hmac.c */

/* HMAC over a hash function, with a key of no meaning, to make others of; NULL
 * if there is none. */
const EVP_MAC_CTX *libcrypto_hmac_fetch(const struct libcrypto *lib, const char *digest);

struct libcrypto_made libcrypto_hmac_new(const struct libcrypto *lib, const EVP_MAC_CTX *model, const unsigned char *key, size_t size);
struct libcrypto_made libcrypto_hmac_copy(const struct libcrypto *lib, const EVP_MAC_CTX *mac);
char *libcrypto_hmac_update(const struct libcrypto *lib, EVP_MAC_CTX *mac, const unsigned char *data, size_t size);
/* Writes the MAC, and frees the context whether it can or not. */
char *libcrypto_hmac_finish(const struct libcrypto *lib, EVP_MAC_CTX *mac, unsigned char *out, size_t size);
void libcrypto_hmac_free(const struct libcrypto *lib, EVP_MAC_CTX *mac);

/* cipher.c */

/* What a cipher says of itself; sizes are in bytes. */
struct libcrypto_cipher_facts {
	int block_size, key_size, iv_size, mode;
	unsigned long flags;
};

/* A cipher in a mode, NULL if there is none of that name. */
const EVP_CIPHER *libcrypto_cipher_fetch(const struct libcrypto *lib, const char *name);
struct libcrypto_cipher_facts libcrypto_cipher_facts(const struct libcrypto *lib, const EVP_CIPHER *cipher);

/* A context without padding. The sizes of key and initialization vector are set
 * where the cipher has others by default. */
struct libcrypto_made libcrypto_cipher_new(const struct libcrypto *lib, const EVP_CIPHER *cipher, bool encrypt,
	const unsigned char *key, size_t key_size, const unsigned char *iv, size_t iv_size);
/* Begins again under the same key. */
char *libcrypto_cipher_reset(const struct libcrypto *lib, EVP_CIPHER_CTX *context, const unsigned char *iv);
/* Processes as many bytes as it is given, of whole blocks in a block mode. If
 * out is NULL they are additional data. */
char *libcrypto_cipher_update(const struct libcrypto *lib, EVP_CIPHER_CTX *context, unsigned char *out, const unsigned char *in, size_t size);
/* Ends an encryption and writes its tag. */
char *libcrypto_cipher_tag(const struct libcrypto *lib, EVP_CIPHER_CTX *context, unsigned char *tag, size_t size);
/* Ends a decryption, and tells whether the tag is the message's. */
bool libcrypto_cipher_verify(const struct libcrypto *lib, EVP_CIPHER_CTX *context, const unsigned char *tag, size_t size);
void libcrypto_cipher_free(const struct libcrypto *lib, EVP_CIPHER_CTX *context);

/* aead.c */

struct libcrypto_bytes {
	const unsigned char *data;
	size_t size;
};

/* An algorithm for authenticated encryption, with a key. */
struct libcrypto_aead {
	const EVP_CIPHER *cipher;
	const unsigned char *key; /* as long as the cipher's */
	int tag_size;
	bool counted; /* the lengths of tag and message are set before it (CCM) */
	bool whole;   /* each text goes in one piece, of at most INT_MAX bytes, and an empty one counts */
};

/* Whether a message was processed, or is authentic, and why it was not if that
 * is not its own fault. */
struct libcrypto_sealed {
	bool ok;
	char *error;
};

/* Encrypts or decrypts a message of a size in bytes from in to out, both of
 * which may be NULL if it is empty. The tag is written, or compared. Texts of
 * additional data stand one behind the other. A nonce of size 0 is none. */
struct libcrypto_sealed libcrypto_aead_crypt(const struct libcrypto *lib, struct libcrypto_aead aead, bool encrypt,
	struct libcrypto_bytes nonce, const unsigned char *additional, const size_t *additional_sizes, size_t additional_count,
	unsigned char *out, const unsigned char *in, size_t size, unsigned char *tag);

#endif
