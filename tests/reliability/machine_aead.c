/* Operations on AEADs: a key, with which each message is sealed or opened as a whole. */
#include <string.h>

#include "fixture.h"
#include "forward.h"
#include "reference.h"
#include "test.h"

enum { MOST = MESSAGE - TAG, ADDITIONAL = 32 /* bytes, at most */ };

static void aead_free(struct machine *m, struct target t)
{
	if (machine_expect(m, hz_aead_free(t.handle), IF(t.handle != NULL, t.status)) && t.handle != NULL)
		machine_remove(m, t.object);
}

static void aead_algorithm(struct machine *m, struct target t)
{
	hz_aead_algorithm value = 99;
	hz_status got = hz_aead_algorithm_of(t.handle, &value);
	(void)machine_expect(m, got, t.status);
	machine_check(m, value == (got == HZ_OK ? t.object->aead->algorithm : 0), "the algorithm, or 0");
}

static void aead_tag_length(struct machine *m, struct target t)
{
	size_t value = 99;
	hz_status got = hz_aead_tag_length(t.handle, &value);
	(void)machine_expect(m, got, t.status);
	machine_check(m, value == (got == HZ_OK ? TAG : 0), "the length of the tag, or 0");
}

/* What both directions and both forms of additional data have in common. */
struct message_call {
	struct input data;       /* what is sealed or opened */
	struct input additional;
	size_t nonce;            /* bytes */
	bool is_list;
	struct room room;
	hz_status overlap;
	const uint8_t *list[2];
	size_t lengths[2];
};

static void choose_additional(struct machine *m, struct message_call *call, const struct object *o, bool is_list)
{
	call->is_list = is_list;
	call->additional = choose_input(m, message, ADDITIONAL);
	call->nonce = choose(m, 16) == 0 ? o->aead->nonce + 300 : o->aead->nonce;
	for (size_t i = 0; i < COUNT(call->list); i++) {
		call->list[i] = call->additional.p;
		call->lengths[i] = call->additional.n;
	}
}

/* The answer to all that is wrong before the message is looked at. AES-SIV takes any
 * nonce, but none that is no text. */
static hz_status refusal(const struct message_call *call, struct target t)
{
	const struct aead_case *c = t.object->aead;
	return FIRST(call->room.no_length, t.status,
		IF(call->is_list && !c->is_vector, HZ_ERR_NOT_APPLICABLE), call->data.status,
		call->additional.status, call->room.no_buffer,
		IF(!call->is_list && !c->is_vector && call->nonce != c->nonce, HZ_ERR_INVALID_NONCE));
}

static void seal_message(struct machine *m, struct target t, bool is_list)
{
	static const uint8_t nonce[400];
	const struct aead_case *c = t.object->aead;
	struct message_call call;
	uint8_t want[MESSAGE + TAG];
	choose_additional(m, &call, t.object, is_list);
	call.data = choose_input(m, message, MOST);
	size_t n = call.data.status == HZ_OK ? call.data.n : 0, additional = call.additional.n;
	choose_room(m, &call.room, n + TAG);
	call.overlap = move_input(m, &call.data, &call.room);
	room_before(m);
	const uint8_t *with = call.nonce == c->nonce ? some_bytes : nonce;
	const struct room *room = &call.room;
	hz_status got = is_list
		? hz_aead_seal_vector(t.handle, call.data.p, call.data.n, call.list, call.lengths, COUNT(call.list),
			  room->p, room->cap, room->used)
		: hz_aead_seal(t.handle, with, call.nonce, call.data.p, call.data.n, call.additional.p,
			  call.additional.n, room->p, room->cap, room->used);
	if (machine_expect(m, got,
			FIRST(refusal(&call, t), IF(c->is_vector && n == 0, HZ_ERR_INVALID_ARGUMENT),
				room->too_small, call.overlap)) &&
		call.nonce == c->nonce) {
		reference_seal(c, is_list, additional, n, want);
		machine_check_bytes(m, m->out, want, n + TAG);
	}
	room_after(m, room, got, n + TAG);
}

static void aead_seal(struct machine *m, struct target t)
{
	seal_message(m, t, false);
}

static void aead_seal_vector(struct machine *m, struct target t)
{
	seal_message(m, t, true);
}

/* Opens what is authentic, or was until a bit was changed, or is too short. */
static void open_message(struct machine *m, struct target t, bool is_list)
{
	const struct aead_case *c = t.object->aead;
	struct message_call call;
	uint8_t sealed[MESSAGE + TAG];
	size_t least = c->is_vector ? 1 : 0, n = least + choose(m, 64);
	choose_additional(m, &call, t.object, is_list && c->is_vector);
	call.is_list = is_list;
	call.nonce = c->nonce;
	if (call.additional.status != HZ_OK)
		call.additional = (struct input){message, 0, HZ_OK};
	reference_seal(c, is_list && c->is_vector, call.additional.n, n, sealed);
	for (size_t i = 0; i < COUNT(call.list); i++) {
		call.list[i] = call.additional.p;
		call.lengths[i] = call.additional.n;
	}
	bool is_authentic = choose(m, 3) != 0, is_short = choose(m, 16) == 0;
	if (!is_authentic)
		sealed[choose(m, (uint32_t)(n + TAG))] ^= (uint8_t)(1 << choose(m, 8));
	call.data = (struct input){sealed, is_short ? choose(m, (uint32_t)(least + TAG)) : n + TAG, HZ_OK};
	choose_room(m, &call.room, n);
	call.overlap = move_input(m, &call.data, &call.room);
	room_before(m);
	const struct room *room = &call.room;
	hz_status got = is_list
		? hz_aead_open_vector(t.handle, call.data.p, call.data.n, call.list, call.lengths, COUNT(call.list),
			  room->p, room->cap, room->used)
		: hz_aead_open(t.handle, some_bytes, call.nonce, call.data.p, call.data.n, call.additional.p,
			  call.additional.n, room->p, room->cap, room->used);
	hz_status refused = FIRST(refusal(&call, t), IF(is_short, HZ_ERR_INVALID_TAG), room->too_small, call.overlap);
	if (machine_expect(m, got, FIRST(refused, IF(!is_authentic, HZ_ERR_INVALID_TAG))))
		machine_check_bytes(m, m->out, message, n);
	if (refused == HZ_OK && got == HZ_ERR_INVALID_TAG)
		memset(m->before, 0, n); /* plaintext that is not authentic */
	room_after(m, room, got, n);
}

static void aead_open(struct machine *m, struct target t)
{
	open_message(m, t, false);
}

static void aead_open_vector(struct machine *m, struct target t)
{
	open_message(m, t, true);
}

/* Makes an implementation in C that forwards to a new key, which it owns. */
static void aead_new(struct machine *m, struct target unused)
{
	(void)unused;
	struct object object = {.owner = AEAD, .handles = 2, .is_forwarded = true,
		.aead = &aead_cases[choose(m, AEADS)]};
	hz_aead *inner = new_aead(object.aead->algorithm, object.aead->key);
	struct place place;
	choose_place(m, &place);
	hz_status got = hz_aead_new(object.aead->is_vector ? &forward_vector_sealer : &forward_sealer, inner,
		PLACE(place, hz_aead));
	place_after(m, &place, machine_expect(m, got, place.status), object);
	if (got != HZ_OK)
		EXPECT_OK(hz_aead_free(inner));
}

const struct operation aead_operations[] = {
	{"hz_aead_free", AEAD, aead_free, true},
	{"hz_aead_algorithm_of", AEAD, aead_algorithm, false},
	{"hz_aead_tag_length", AEAD, aead_tag_length, false},
	{"hz_aead_seal", AEAD, aead_seal, false},
	{"hz_aead_open", AEAD, aead_open, false},
	{"hz_aead_seal_vector", AEAD, aead_seal_vector, false},
	{"hz_aead_open_vector", AEAD, aead_open_vector, false},
	{"hz_aead_new", AEAD, aead_new, false},
};
const size_t aead_operation_count = COUNT(aead_operations);
