/* Operations on cipher contexts. */
#include <string.h>

#include "fixture.h"
#include "forward.h"
#include "reference.h"
#include "test.h"

static hz_status if_ended(const struct object *o)
{
	return IF(o->progress == ENDED, HZ_ERR_ALREADY_FINALIZED);
}

/* The answer of a context that is not of a kind. */
static hz_status unless(const struct object *o, enum cipher_kind kind)
{
	return IF(o->cipher->kind != kind, HZ_ERR_NOT_APPLICABLE);
}

static void cipher_free(struct machine *m, struct target t)
{
	if (machine_expect(m, hz_cipher_context_free(t.handle), IF(t.handle != NULL, t.status)) && t.handle != NULL)
		machine_remove(m, t.object);
}

/* The bytes that an update with n more must give. */
static size_t due(const struct object *o, size_t n)
{
	size_t all = o->length + n;
	if (o->cipher->kind == BLOCKS)
		all -= all % o->cipher->block;
	return all - o->given;
}

static void cipher_update(struct machine *m, struct target t)
{
	struct object *o = t.object;
	bool encrypts = o->operation != HZ_OPERATION_DECRYPT;
	const uint8_t *from = encrypts ? message : o->cipher->ciphertext;
	const uint8_t *to = encrypts ? o->cipher->ciphertext : message;
	struct input data = choose_input(m, from + o->length, MESSAGE - o->length);
	struct room room;
	choose_room(m, &room, data.status == HZ_OK ? due(o, data.n) : 0);
	hz_status overlap = move_input(m, &data, &room);
	room_before(m);
	hz_status got = hz_cipher_context_update(t.handle, data.p, data.n, room.p, room.cap, room.used);
	if (machine_expect(m, got,
			FIRST(room.no_length, t.status, data.status, room.no_buffer, if_ended(o), room.too_small, overlap))) {
		machine_check_bytes(m, m->out, to + o->given, room.need);
		o->length += data.n;
		o->given += room.need;
		o->is_updated = true;
	}
	room_after(m, &room, got, room.need);
}

/* What ending the message says; it ends, whatever that is. */
static hz_status verdict(const struct object *o, const uint8_t *tag)
{
	switch (o->cipher->kind) {
	case BLOCKS:
		return IF(o->length != o->given, HZ_ERR_INCOMPLETE_BLOCK);
	case AUTHENTICATED:
		return IF(o->operation == HZ_OPERATION_DECRYPT &&
				memcmp(tag, reference_tag(o->cipher, o->additional, o->length), HZ_MAX_TAG_SIZE) != 0,
			HZ_ERR_INVALID_TAG);
	default:
		return HZ_OK;
	}
}

static void cipher_finalize(struct machine *m, struct target t)
{
	struct object *o = t.object;
	struct room room;
	choose_room(m, &room, 0);
	room_before(m);
	hz_status got = hz_cipher_context_finalize(t.handle, room.p, room.cap, room.used);
	hz_status refused = FIRST(room.no_length, t.status, room.no_buffer, if_ended(o));
	(void)machine_expect(m, got, FIRST(refused, verdict(o, o->tag)));
	if (refused == HZ_OK)
		o->progress = ENDED;
	room_after(m, &room, got, 0);
}

static void cipher_authenticate(struct machine *m, struct target t)
{
	struct object *o = t.object;
	struct input data = choose_input(m, message + o->additional, MESSAGE - o->additional);
	hz_status got = hz_cipher_context_authenticate_additional_data(t.handle, data.p, data.n);
	if (machine_expect(m, got,
			FIRST(t.status, unless(o, AUTHENTICATED), data.status, if_ended(o),
				IF(o->is_updated, HZ_ERR_ALREADY_UPDATED))))
		o->additional += data.n;
}

static void cipher_tag(struct machine *m, struct target t)
{
	struct object *o = t.object;
	struct room room;
	choose_room(m, &room, HZ_MAX_TAG_SIZE);
	room_before(m);
	hz_status got = hz_cipher_context_tag(t.handle, room.p, room.cap, room.used);
	if (machine_expect(m, got,
			FIRST(room.no_length, t.status, unless(o, AUTHENTICATED), room.no_buffer,
				IF(o->operation == HZ_OPERATION_DECRYPT, HZ_ERR_NOT_APPLICABLE),
				IF(o->progress != ENDED, HZ_ERR_NOT_YET_FINALIZED), room.too_small)))
		machine_check_bytes(m, m->out, reference_tag(o->cipher, o->additional, o->length), room.need);
	room_after(m, &room, got, room.need);
}

static void cipher_finalize_with_tag(struct machine *m, struct target t)
{
	struct object *o = t.object;
	struct room room;
	uint8_t tag[HZ_MAX_TAG_SIZE + 1] = {0};
	size_t n = HZ_MAX_TAG_SIZE;
	if (o->cipher->kind == AUTHENTICATED)
		memcpy(tag, reference_tag(o->cipher, o->additional, o->length), HZ_MAX_TAG_SIZE);
	if (choose(m, 4) == 0)
		tag[choose(m, HZ_MAX_TAG_SIZE)] ^= (uint8_t)(1 << choose(m, 8));
	if (choose(m, 4) == 0)
		n = choose(m, sizeof tag + 1);
	choose_room(m, &room, 0);
	room_before(m);
	hz_status got = hz_cipher_context_finalize_with_tag(t.handle, tag, n, room.p, room.cap, room.used);
	hz_status refused = FIRST(room.no_length, t.status, unless(o, AUTHENTICATED), room.no_buffer,
		IF(o->operation != HZ_OPERATION_DECRYPT, HZ_ERR_NOT_APPLICABLE), if_ended(o),
		IF(n != HZ_MAX_TAG_SIZE, HZ_ERR_INVALID_TAG_LENGTH));
	(void)machine_expect(m, got, FIRST(refused, verdict(o, tag)));
	if (refused == HZ_OK)
		o->progress = ENDED;
	room_after(m, &room, got, 0);
}

/* With the nonce of before, so that the ciphertext is the same again. */
static void cipher_reset_nonce(struct machine *m, struct target t)
{
	struct object *o = t.object;
	bool is_ciphers = o->cipher->nonce > 0;
	size_t size = is_ciphers ? o->cipher->nonce : o->cipher->iv, n = size;
	hz_mode mode;
	const uint8_t *nonce = is_ciphers ? reference_cipher(o->cipher).nonce : mode_of(HZ_MODE_CTR, size).iv;
	(void)reference_mode(o->cipher, &mode);
	if (choose(m, 4) == 0)
		n = choose(m, 20);
	hz_status got = hz_cipher_context_reset_nonce(t.handle, nonce, n);
	if (machine_expect(m, got,
			FIRST(t.status, unless(o, NONCE), if_ended(o), IF(n != size, HZ_ERR_INVALID_NONCE)))) {
		o->length = 0;
		o->given = 0;
	}
}

/* Makes an implementation in C that forwards to a new context, which it owns. */
static void cipher_new(struct machine *m, struct target unused)
{
	static const hz_cipher_context_methods *const methods[] = {
		[BLOCKS] = &forward_cipher, [STREAM] = &forward_cipher, [NONCE] = &forward_nonce,
		[AUTHENTICATED] = &forward_aead};
	(void)unused;
	struct object object = {.owner = CIPHER_CONTEXT, .handles = 2, .is_forwarded = true,
		.cipher = &cipher_cases[choose(m, CIPHERS)], .operation = HZ_OPERATION_ENCRYPT};
	hz_mode mode;
	const hz_mode *with = reference_mode(object.cipher, &mode);
	hz_cipher_context *inner = new_cipher_context(object.operation, reference_cipher(object.cipher), with);
	struct place place;
	choose_place(m, &place);
	hz_status got = hz_cipher_context_new(methods[object.cipher->kind], inner, PLACE(place, hz_cipher_context));
	place_after(m, &place, machine_expect(m, got, place.status), object);
	if (got != HZ_OK)
		EXPECT_OK(hz_cipher_context_free(inner));
}

const struct operation cipher_operations[] = {
	{"hz_cipher_context_free", CIPHER_CONTEXT, cipher_free, true},
	{"hz_cipher_context_update", CIPHER_CONTEXT, cipher_update, false},
	{"hz_cipher_context_finalize", CIPHER_CONTEXT, cipher_finalize, false},
	{"hz_cipher_context_authenticate_additional_data", CIPHER_CONTEXT, cipher_authenticate, false},
	{"hz_cipher_context_tag", CIPHER_CONTEXT, cipher_tag, false},
	{"hz_cipher_context_finalize_with_tag", CIPHER_CONTEXT, cipher_finalize_with_tag, false},
	{"hz_cipher_context_reset_nonce", CIPHER_CONTEXT, cipher_reset_nonce, false},
	{"hz_cipher_context_new", CIPHER_CONTEXT, cipher_new, false},
};
const size_t cipher_operation_count = COUNT(cipher_operations);
