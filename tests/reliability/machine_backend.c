/* Operations on backends, and the ones that make handles from them. */
#include <string.h>

#include "fixture.h"
#include "forward.h"
#include "reference.h"
#include "test.h"

static void backend_free(struct machine *m, struct target t)
{
	if (machine_expect(m, hz_backend_free(t.handle), IF(t.handle != NULL, t.status)) && t.handle != NULL)
		machine_remove(m, t.object);
}

static void backend_open(struct machine *m, struct target unused)
{
	static const struct {
		const char *name;
		hz_status status;
	} names[] = {
		{"native", HZ_OK}, {"openssl", HZ_OK}, {"native,openssl", HZ_OK},
		{"", HZ_ERR_UNKNOWN_BACKEND}, {"nothing", HZ_ERR_UNKNOWN_BACKEND},
		{"native,native", HZ_ERR_INVALID_ARGUMENT}, {"native,", HZ_ERR_INVALID_ARGUMENT},
		{"native\xFF", HZ_ERR_INVALID_ARGUMENT}, {NULL, HZ_ERR_NULL_POINTER}};
	(void)unused;
	size_t i = choose(m, COUNT(names));
	struct place place;
	choose_place(m, &place);
	hz_status got = hz_backend_open(names[i].name, PLACE(place, hz_backend));
	place_after(m, &place, machine_expect(m, got, FIRST(place.status, names[i].status)),
		(struct object){.owner = BACKEND, .handles = 1, .survives = true});
}

static void backend_default(struct machine *m, struct target unused)
{
	(void)unused;
	struct place place;
	choose_place(m, &place);
	hz_status got = hz_default_backend(PLACE(place, hz_backend));
	place_after(m, &place, machine_expect(m, got, place.status),
		(struct object){.owner = BACKEND, .handles = 1, .survives = true});
}

/* An implementation in C, which forwards to the native backend. */
static void backend_new(struct machine *m, struct target unused)
{
	(void)unused;
	struct place place;
	choose_place(m, &place);
	hz_status got = hz_backend_new(&forward_backend, NULL, PLACE(place, hz_backend));
	place_after(m, &place, machine_expect(m, got, place.status),
		(struct object){.owner = BACKEND, .handles = 1, .is_forwarded = true});
}

static void backend_provides(struct machine *m, struct target t)
{
	hz_interface which = choose(m, 6);
	bool answer = true;
	hz_status got = hz_backend_provides(t.handle, which, &answer);
	(void)machine_expect(m, got, t.status);
	bool is_one = which >= HZ_INTERFACE_CIPHER && which <= HZ_INTERFACE_HMAC;
	machine_check(m, got == HZ_OK ? !is_one || answer : !answer, "the interfaces that all provide");
}

static void check_answer(struct machine *m, struct target t, hz_status got, bool answer, bool want)
{
	(void)machine_expect(m, got, t.status);
	machine_check(m, answer == (got == HZ_OK && want), "whether an algorithm is supported");
}

/* An algorithm, or a code that means none. */
static hz_hash_algorithm choose_hash(struct machine *m, bool *is_one)
{
	*is_one = choose(m, 16) != 0;
	return *is_one ? hash_cases[choose(m, HASHES)] : 0x7FFFFF00 + choose(m, 256);
}

static void hash_supported(struct machine *m, struct target t)
{
	bool want, answer = true;
	hz_hash_algorithm algorithm = choose_hash(m, &want);
	hz_status got = hz_hash_supported(t.handle, algorithm, &answer);
	check_answer(m, t, got, answer, want);
}

static void hmac_supported(struct machine *m, struct target t)
{
	bool is_one, answer = true;
	hz_hash_algorithm algorithm = choose_hash(m, &is_one);
	hz_status got = hz_hmac_supported(t.handle, algorithm, &answer);
	check_answer(m, t, got, answer, is_one && !reference_is_extendable(algorithm));
}

static void cipher_supported(struct machine *m, struct target t)
{
	const struct cipher_case *c = &cipher_cases[choose(m, CIPHERS)];
	hz_cipher_mode mode = choose(m, 8) == 0 ? 0x7FFFFF00 + choose(m, 256) : c->mode;
	bool answer = true;
	hz_status got = hz_cipher_supported(t.handle, c->algorithm, mode, &answer);
	check_answer(m, t, got, answer, mode == c->mode);
}

/* How many handles a context of a backend is. */
static size_t handles_of(struct target t)
{
	return t.object->is_forwarded ? 2 : 1;
}

static void create_hash(struct machine *m, struct target t)
{
	bool is_one;
	hz_hash_algorithm algorithm = choose_hash(m, &is_one);
	struct object object = {.owner = HASH_CONTEXT, .handles = handles_of(t), .algorithm = algorithm,
		.is_forwarded = t.object->is_forwarded};
	struct place place;
	choose_place(m, &place);
	hz_status got = hz_create_hash_ctx(t.handle, algorithm, PLACE(place, hz_hash_context));
	hz_status want = FIRST(place.status, t.status, IF(!is_one, HZ_ERR_UNSUPPORTED_HASH));
	place_after(m, &place, machine_expect(m, got, want), object);
}

static void create_hmac(struct machine *m, struct target t)
{
	bool is_one;
	hz_hash_algorithm algorithm = choose_hash(m, &is_one);
	is_one = is_one && !reference_is_extendable(algorithm);
	const uint8_t *key = choose(m, 16) == 0 ? NULL : some_bytes;
	struct object object = {.owner = HMAC_CONTEXT, .handles = handles_of(t), .algorithm = algorithm,
		.is_forwarded = t.object->is_forwarded};
	struct place place;
	choose_place(m, &place);
	hz_status got = hz_create_hmac_ctx(t.handle, key, 32, algorithm, PLACE(place, hz_hmac_context));
	hz_status want = FIRST(place.status, t.status, IF(key == NULL, HZ_ERR_NULL_POINTER),
		IF(!is_one, HZ_ERR_UNSUPPORTED_HASH));
	place_after(m, &place, machine_expect(m, got, want), object);
}

/* Makes one of the parameters wrong, and returns the answer to that. */
static hz_status spoil(struct machine *m, const struct cipher_case *c, hz_cipher *cipher, hz_mode *mode,
	bool has_mode)
{
	switch (choose(m, 32)) {
	case 0:
		cipher->size = choose(m, sizeof *cipher);
		return HZ_ERR_INVALID_ARGUMENT;
	case 1:
		mode->size = choose(m, 8) + 513;
		return IF(has_mode, HZ_ERR_INVALID_ARGUMENT);
	case 2:
		cipher->key = NULL;
		return HZ_ERR_NULL_POINTER;
	case 3:
		cipher->key_len = choose(m, 4);
		return HZ_ERR_INVALID_KEY;
	case 4:
		mode->iv_len = choose(m, 2) == 0 ? c->iv + 117 : 1;
		return IF(has_mode, HZ_ERR_INVALID_NONCE);
	case 5:
		cipher->nonce_len = c->nonce + 1;
		return HZ_ERR_INVALID_NONCE;
	case 6:
		cipher->algorithm = 0x7FFFFF00 + choose(m, 256);
		return HZ_ERR_UNSUPPORTED_CIPHER;
	case 7:
		mode->mode = 0x7FFFFF00 + choose(m, 256);
		return IF(has_mode, HZ_ERR_UNSUPPORTED_CIPHER);
	case 8:
		mode->min_tag_length = c->kind == AUTHENTICATED ? 17 : 4;
		return IF(has_mode, HZ_ERR_INVALID_TAG_LENGTH);
	default:
		return HZ_OK;
	}
}

static void create_cipher(struct machine *m, struct target t, hz_operation operation)
{
	const struct cipher_case *c = &cipher_cases[choose(m, CIPHERS)];
	struct object object = {.owner = CIPHER_CONTEXT, .handles = handles_of(t), .cipher = c,
		.operation = operation, .is_forwarded = t.object->is_forwarded};
	hz_cipher cipher = reference_cipher(c);
	hz_mode mode;
	const hz_mode *with = reference_mode(c, &mode);
	if (operation == HZ_OPERATION_DECRYPT && c->kind == AUTHENTICATED) {
		/* The tag of some message, which the one to come may be or not. */
		memcpy(object.tag, reference_tag(c, 0, choose(m, 3) * 16), sizeof object.tag);
		mode.tag = object.tag;
		mode.tag_len = sizeof object.tag;
	}
	hz_status spoilt = spoil(m, c, &cipher, &mode, with != NULL);
	struct place place;
	choose_place(m, &place);
	hz_cipher_context **out = PLACE(place, hz_cipher_context);
	hz_status got = operation == HZ_OPERATION_DECRYPT
		? hz_create_symmetric_decryption_ctx(t.handle, &cipher, with, out)
		: hz_create_symmetric_encryption_ctx(t.handle, &cipher, with, out);
	place_after(m, &place, machine_expect(m, got, FIRST(place.status, t.status, spoilt)), object);
}

static void create_encryption(struct machine *m, struct target t)
{
	create_cipher(m, t, HZ_OPERATION_ENCRYPT);
}

static void create_decryption(struct machine *m, struct target t)
{
	create_cipher(m, t, HZ_OPERATION_DECRYPT);
}

/* The native backend has no AES-SIV, so which there is depends on the backend. */
static bool has_aead(hz_backend *backend, hz_aead_algorithm algorithm)
{
	bool answer = false;
	return hz_aead_supported(backend, algorithm, &answer) == HZ_OK && answer;
}

static void aead_supported(struct machine *m, struct target t)
{
	const struct aead_case *c = &aead_cases[choose(m, AEADS)];
	bool is_one = choose(m, 4) != 0, answer = true;
	hz_status got = hz_aead_supported(t.handle, is_one ? c->algorithm : 99, &answer);
	if (c->is_vector && is_one)
		(void)machine_expect(m, got, t.status);
	else
		check_answer(m, t, got, answer, is_one);
}

static void create_aead(struct machine *m, struct target t)
{
	const struct aead_case *c = &aead_cases[choose(m, AEADS)];
	struct object object = {.owner = AEAD, .handles = handles_of(t), .aead = c,
		.is_forwarded = t.object->is_forwarded};
	size_t key_len = choose(m, 16) == 0 ? choose(m, 16) : c->key, tag_length = choose(m, 8) == 0 ? 3 : 0;
	bool supported = t.status == HZ_OK && has_aead(t.handle, c->algorithm);
	struct place place;
	choose_place(m, &place);
	hz_status got = hz_create_aead(t.handle, c->algorithm, some_bytes, key_len, tag_length, PLACE(place, hz_aead));
	hz_status want = FIRST(place.status, t.status, IF(!supported, HZ_ERR_UNSUPPORTED_CIPHER),
		IF(key_len != c->key, HZ_ERR_INVALID_KEY), IF(tag_length != 0, HZ_ERR_INVALID_TAG_LENGTH));
	place_after(m, &place, machine_expect(m, got, want), object);
}

const struct operation backend_operations[] = {
	{"hz_backend_free", BACKEND, backend_free, true},
	{"hz_backend_open", BACKEND, backend_open, false},
	{"hz_default_backend", BACKEND, backend_default, false},
	{"hz_backend_new", BACKEND, backend_new, false},
	{"hz_backend_provides", BACKEND, backend_provides, false},
	{"hz_hash_supported", BACKEND, hash_supported, false},
	{"hz_hmac_supported", BACKEND, hmac_supported, false},
	{"hz_cipher_supported", BACKEND, cipher_supported, false},
	{"hz_create_hash_ctx", BACKEND, create_hash, false},
	{"hz_create_hmac_ctx", BACKEND, create_hmac, false},
	{"hz_create_symmetric_encryption_ctx", BACKEND, create_encryption, false},
	{"hz_create_symmetric_decryption_ctx", BACKEND, create_decryption, false},
	{"hz_aead_supported", BACKEND, aead_supported, false},
	{"hz_create_aead", BACKEND, create_aead, false},
	/* Most of what there is should come from here. */
	{"hz_create_hash_ctx", BACKEND, create_hash, false},
	{"hz_create_symmetric_encryption_ctx", BACKEND, create_encryption, false},
	{"hz_create_symmetric_decryption_ctx", BACKEND, create_decryption, false},
};
const size_t backend_operation_count = COUNT(backend_operations);
