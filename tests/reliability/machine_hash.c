/* Operations on hash and HMAC contexts. */
#include <string.h>

#include "fixture.h"
#include "forward.h"
#include "reference.h"
#include "test.h"

/* The answer of a context whose message must go on. */
static hz_status if_not_open(const struct object *o)
{
	return IF(o->progress != OPEN, HZ_ERR_ALREADY_FINALIZED);
}

static hz_status if_ended(const struct object *o)
{
	return IF(o->progress == ENDED, HZ_ERR_ALREADY_FINALIZED);
}

/* A length of the message that is left. */
static struct input choose_data(struct machine *m, const struct object *o)
{
	return choose_input(m, message + o->length, MESSAGE - o->length);
}

/* Both kinds have these; what is called differs. */

static void check_algorithm(struct machine *m, struct target t, hz_status got, hz_hash_algorithm value)
{
	(void)machine_expect(m, got, t.status);
	machine_check(m, value == (got == HZ_OK ? t.object->algorithm : 0), "the algorithm, or 0");
}

static void check_update(struct machine *m, struct target t, struct input data, hz_status got)
{
	if (machine_expect(m, got, FIRST(t.status, data.status, if_not_open(t.object))))
		t.object->length += data.n;
}

static void check_finalize(struct machine *m, struct target t, const struct room *room, hz_status got,
	const uint8_t *want)
{
	struct object *o = t.object;
	bool succeeded = machine_expect(m, got,
		FIRST(room->no_length, t.status, room->no_buffer, if_not_open(o), room->too_small));
	if (succeeded) {
		machine_check_bytes(m, m->out, want, room->need);
		o->progress = ENDED;
	}
	room_after(m, room, got, room->need);
}

/* ---- Hash contexts ---- */

static void hash_free(struct machine *m, struct target t)
{
	if (machine_expect(m, hz_hash_context_free(t.handle), IF(t.handle != NULL, t.status)) && t.handle != NULL)
		machine_remove(m, t.object);
}

static void hash_algorithm(struct machine *m, struct target t)
{
	hz_hash_algorithm value = 99;
	hz_status got = hz_hash_context_algorithm(t.handle, &value);
	check_algorithm(m, t, got, value);
}

static void hash_update(struct machine *m, struct target t)
{
	struct input data = choose_data(m, t.object);
	check_update(m, t, data, hz_hash_context_update(t.handle, data.p, data.n));
}

static void hash_finalize(struct machine *m, struct target t)
{
	struct object *o = t.object;
	struct room room;
	choose_room(m, &room, reference_digest_size(o->algorithm));
	const uint8_t *want = reference_digest(o->algorithm, o->length);
	room_before(m);
	check_finalize(m, t, &room, hz_hash_context_finalize(t.handle, room.p, room.cap, room.used), want);
}

static void hash_copy(struct machine *m, struct target t)
{
	struct object copy = *t.object;
	struct place place;
	choose_place(m, &place);
	hz_status got = hz_hash_context_copy(t.handle, PLACE(place, hz_hash_context));
	place_after(m, &place, machine_expect(m, got, FIRST(place.status, t.status, if_ended(t.object))), copy);
}

static void hash_squeeze(struct machine *m, struct target t)
{
	struct object *o = t.object;
	uint8_t want[MESSAGE] = {0};
	size_t most = MESSAGE - o->given, n = choose(m, 64);
	if (n > most)
		n = most;
	memset(m->out, 0xA5, sizeof m->out);
	room_before(m);
	hz_status got = hz_hash_context_squeeze(t.handle, m->out, n);
	bool extends = reference_is_extendable(o->algorithm);
	if (machine_expect(m, got, FIRST(t.status, IF(!extends, HZ_ERR_NOT_APPLICABLE), if_ended(o)))) {
		reference_squeeze(o->algorithm, o->length, o->given, n, want);
		machine_check_bytes(m, m->out, want, n);
		o->progress = SQUEEZING;
		o->given += n;
	}
	size_t written = got == HZ_OK ? n : 0;
	machine_check_bytes(m, m->out + written, m->before + written, sizeof m->out - written);
}

/* Makes an implementation in C that forwards to a new context, which it owns. */
static void hash_new(struct machine *m, struct target unused)
{
	(void)unused;
	struct object object = {.owner = HASH_CONTEXT, .handles = 2, .is_forwarded = true,
		.algorithm = hash_cases[choose(m, HASHES)]};
	bool extends = reference_is_extendable(object.algorithm);
	hz_hash_context *inner = new_hash_context(object.algorithm);
	struct place place;
	choose_place(m, &place);
	hz_status got = hz_hash_context_new(extends ? &forward_xof : &forward_hash, inner,
		PLACE(place, hz_hash_context));
	place_after(m, &place, machine_expect(m, got, place.status), object);
	if (got != HZ_OK)
		EXPECT_OK(hz_hash_context_free(inner));
}

const struct operation hash_operations[] = {
	{"hz_hash_context_free", HASH_CONTEXT, hash_free, true},
	{"hz_hash_context_algorithm", HASH_CONTEXT, hash_algorithm, false},
	{"hz_hash_context_update", HASH_CONTEXT, hash_update, false},
	{"hz_hash_context_finalize", HASH_CONTEXT, hash_finalize, false},
	{"hz_hash_context_copy", HASH_CONTEXT, hash_copy, false},
	{"hz_hash_context_squeeze", HASH_CONTEXT, hash_squeeze, false},
	{"hz_hash_context_new", HASH_CONTEXT, hash_new, false},
};
const size_t hash_operation_count = COUNT(hash_operations);

/* ---- HMAC contexts ---- */

static void hmac_free(struct machine *m, struct target t)
{
	if (machine_expect(m, hz_hmac_context_free(t.handle), IF(t.handle != NULL, t.status)) && t.handle != NULL)
		machine_remove(m, t.object);
}

static void hmac_algorithm(struct machine *m, struct target t)
{
	hz_hash_algorithm value = 99;
	hz_status got = hz_hmac_context_algorithm(t.handle, &value);
	check_algorithm(m, t, got, value);
}

static void hmac_update(struct machine *m, struct target t)
{
	struct input data = choose_data(m, t.object);
	check_update(m, t, data, hz_hmac_context_update(t.handle, data.p, data.n));
}

static void hmac_finalize(struct machine *m, struct target t)
{
	struct object *o = t.object;
	struct room room;
	choose_room(m, &room, reference_digest_size(o->algorithm));
	const uint8_t *want = reference_mac(o->algorithm, o->length);
	room_before(m);
	check_finalize(m, t, &room, hz_hmac_context_finalize(t.handle, room.p, room.cap, room.used), want);
}

static void hmac_verify(struct machine *m, struct target t)
{
	struct object *o = t.object;
	uint8_t signature[HZ_MAX_DIGEST_SIZE];
	size_t n = reference_digest_size(o->algorithm);
	memcpy(signature, reference_mac(o->algorithm, o->length), n);
	bool is_right = choose(m, 2) == 0;
	if (!is_right && choose(m, 2) == 0)
		n--;
	else if (!is_right)
		signature[choose(m, (uint32_t)n)] ^= (uint8_t)(1 << choose(m, 8));
	hz_status got = hz_hmac_context_verify(t.handle, signature, n);
	hz_status want = FIRST(t.status, if_ended(o), IF(!is_right, HZ_ERR_INVALID_SIGNATURE));
	(void)machine_expect(m, got, want);
	if (t.status == HZ_OK)
		o->progress = ENDED;
}

static void hmac_copy(struct machine *m, struct target t)
{
	struct object copy = *t.object;
	struct place place;
	choose_place(m, &place);
	hz_status got = hz_hmac_context_copy(t.handle, PLACE(place, hz_hmac_context));
	place_after(m, &place, machine_expect(m, got, FIRST(place.status, t.status, if_ended(t.object))), copy);
}

static void hmac_new(struct machine *m, struct target unused)
{
	(void)unused;
	struct object object = {.owner = HMAC_CONTEXT, .handles = 2, .is_forwarded = true,
		.algorithm = HZ_HASH_SHA256};
	hz_hmac_context *inner = new_hmac_context(object.algorithm);
	struct place place;
	choose_place(m, &place);
	hz_status got = hz_hmac_context_new(&forward_hmac, inner, PLACE(place, hz_hmac_context));
	place_after(m, &place, machine_expect(m, got, place.status), object);
	if (got != HZ_OK)
		EXPECT_OK(hz_hmac_context_free(inner));
}

const struct operation hmac_operations[] = {
	{"hz_hmac_context_free", HMAC_CONTEXT, hmac_free, true},
	{"hz_hmac_context_algorithm", HMAC_CONTEXT, hmac_algorithm, false},
	{"hz_hmac_context_update", HMAC_CONTEXT, hmac_update, false},
	{"hz_hmac_context_finalize", HMAC_CONTEXT, hmac_finalize, false},
	{"hz_hmac_context_verify", HMAC_CONTEXT, hmac_verify, false},
	{"hz_hmac_context_copy", HMAC_CONTEXT, hmac_copy, false},
	{"hz_hmac_context_new", HMAC_CONTEXT, hmac_new, false},
};
const size_t hmac_operation_count = COUNT(hmac_operations);
