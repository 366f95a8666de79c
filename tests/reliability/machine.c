#include "machine.h"

#include <string.h>

#include "reference.h"
#include "test.h"

enum { PATTERN = 0xA5 };

/* ---- Objects ---- */

void machine_add(struct machine *m, struct object object)
{
	m->live += object.handles;
	m->objects[m->count++] = object;
}

void machine_remove(struct machine *m, struct object *object)
{
	m->live -= object->handles;
	size_t i = m->freed_count++ % REMEMBERED;
	m->freed[i].handle = object->handle;
	m->freed[i].status = HZ_ERR_INVALID_HANDLE;
	*object = m->objects[--m->count];
}

static bool is_live(const struct machine *m, const void *handle)
{
	for (size_t i = 0; i < m->count; i++) {
		if (m->objects[i].handle == handle)
			return true;
	}
	return false;
}

/* One of the objects of a kind, or of all others; NULL if there is none. */
static struct object *some_object(struct machine *m, enum owner owner, bool is_right)
{
	uint32_t first = choose(m, MOST_OBJECTS);
	for (size_t i = 0; i < m->count; i++) {
		struct object *object = &m->objects[(first + i) % m->count];
		if ((object->owner == owner) == is_right)
			return object;
	}
	return NULL;
}

/* An address that is no handle. */
static void *wild(struct machine *m)
{
	static uint64_t static_data;
	switch (choose(m, 6)) {
	case 0:
		return (void *)(uintptr_t)(1 + choose(m, 4096));
	case 1: /* where Go's own heap begins */
		return (void *)(uintptr_t)(0xc000000000 + choose(m, 1 << 22));
	case 2:
		return m->count == 0 ? (char *)&static_data : (char *)m->objects[choose(m, (uint32_t)m->count)].handle + 1;
	case 3:
		return m->out + choose(m, sizeof m->out);
	case 4:
		return (void *)(UINTPTR_MAX - choose(m, 4096));
	default:
		return (void *)((uintptr_t)choose(m, 65536) << 32 | (uintptr_t)choose(m, 65536) << 16);
	}
}

/* The answer to a handle that is none: a child takes what it does not know for one
 * of its parent's. */
static hz_status unknown(const struct machine *m)
{
	return m->is_child ? HZ_ERR_STALE_HANDLE : HZ_ERR_INVALID_HANDLE;
}

/* One of a kind: to be freed rather one whose message has ended, for other calls
 * rather one that goes on. */
static struct object *right_object(struct machine *m, const struct operation *operation)
{
	struct object *object = NULL;
	for (int tries = 0; tries < 2; tries++) {
		object = some_object(m, operation->owner, true);
		if (object == NULL || (object->progress == ENDED) == operation->frees)
			break;
	}
	return object;
}

static struct target choose_target(struct machine *m, const struct operation *operation)
{
	/* What a wrong handle is taken for, so that operations need not ask. */
	static struct object nobody;
	struct target target = {.object = &nobody, .status = unknown(m)};
	struct object *object = NULL;
	nobody = (struct object){.owner = operation->owner, .cipher = &cipher_cases[0],
		.aead = &aead_cases[0], .algorithm = hash_cases[0]};
	switch (choose(m, 16)) {
	case 0:
		target.status = HZ_ERR_NULL_POINTER;
		return target;
	case 1:
		target.handle = wild(m);
		if (is_live(m, target.handle) || target.handle == NULL)
			target.handle = &nobody;
		return target;
	case 2:
		if (m->freed_count > 0) {
			size_t all = m->freed_count < REMEMBERED ? m->freed_count : REMEMBERED;
			size_t i = choose(m, (uint32_t)all);
			target.handle = m->freed[i].handle;
			target.status = m->freed[i].status;
			return target;
		}
		break;
	case 3:
		object = some_object(m, operation->owner, false);
		if (object != NULL) {
			target.handle = object->handle;
			target.status = HZ_ERR_INVALID_HANDLE;
			return target;
		}
		break;
	default:
		object = right_object(m, operation);
	}
	if (object == NULL) {
		target.handle = &nobody;
		return target;
	}
	return (struct target){.handle = object->handle, .object = object};
}

/* ---- Arguments ---- */

struct input choose_input(struct machine *m, const uint8_t *at, size_t most)
{
	struct input input = {.p = at, .n = choose(m, 48)};
	if (choose(m, 8) == 0)
		input.n = choose(m, MESSAGE);
	if (input.n > most)
		input.n = most;
	switch (choose(m, 24)) {
	case 0:
		input.p = NULL;
		input.status = IF(input.n > 0, HZ_ERR_NULL_POINTER);
		break;
	case 1:
		input.n = SIZE_MAX - choose(m, 4096);
		input.status = HZ_ERR_INVALID_ARGUMENT;
		break;
	case 2:
		input.n = 0;
		input.p = wild(m); /* which is not looked at */
		break;
	default:
		break;
	}
	return input;
}

void choose_room(struct machine *m, struct room *room, size_t need)
{
	*room = (struct room){.p = m->out, .cap = need + choose(m, 32), .need = need, .length = SIZE_MAX};
	room->used = &room->length;
	switch (choose(m, 24)) {
	case 0:
		room->cap = need / 2;
		room->too_small = IF(need > 0, HZ_ERR_BUFFER_TOO_SMALL);
		break;
	case 1:
		room->p = NULL;
		room->no_buffer = IF(room->cap > 0, HZ_ERR_NULL_POINTER);
		break;
	case 2:
		room->used = NULL;
		room->no_length = HZ_ERR_NULL_POINTER;
		break;
	default:
		break;
	}
	memset(m->out, PATTERN, sizeof m->out);
}

hz_status move_input(struct machine *m, struct input *data, const struct room *room)
{
	size_t shift = choose(m, 4);
	if (shift > 1 || data->status != HZ_OK || room->p == NULL || data->n + shift > room->cap || data->n == 0)
		return HZ_OK;
	memcpy(m->out + shift, data->p, data->n);
	data->p = m->out + shift;
	return IF(shift == 1 && room->need > 1, HZ_ERR_OVERLAP);
}

void room_before(struct machine *m)
{
	memcpy(m->before, m->out, sizeof m->out);
}

void room_after(struct machine *m, const struct room *room, hz_status status, size_t n)
{
	if (status != HZ_OK)
		n = 0;
	machine_check_bytes(m, m->out + n, m->before + n, sizeof m->out - n);
	if (room->used != NULL) {
		size_t want = status == HZ_ERR_BUFFER_TOO_SMALL ? room->need : n;
		machine_check(m, room->length == want, "the length of the output");
	}
}

void choose_place(struct machine *m, struct place *place)
{
	*place = (struct place){.handle = m, .is_missing = choose(m, 64) == 0};
	place->status = IF(place->is_missing, HZ_ERR_NULL_POINTER);
}

void place_after(struct machine *m, const struct place *place, bool succeeded, struct object object)
{
	if (succeeded) {
		machine_check(m, place->handle != NULL && !is_live(m, place->handle), "a new handle");
		object.handle = place->handle;
		machine_add(m, object);
	} else if (!place->is_missing) {
		machine_check(m, place->handle == NULL, "no handle");
	}
}

/* ---- The machine ---- */

void machine_start(struct machine *m, struct choices choices, const char *origin)
{
	memset(m, 0, sizeof *m);
	m->choices = choices;
	m->origin = origin;
	m->operation = "at the beginning";
}

static const struct {
	const struct operation *operations;
	const size_t *count;
} kinds[] = {
	{backend_operations, &backend_operation_count},
	{hash_operations, &hash_operation_count},
	{hmac_operations, &hmac_operation_count},
	{cipher_operations, &cipher_operation_count},
	{aead_operations, &aead_operation_count},
};

/* The first operation of each kind is the one that frees. */
static const struct operation *choose_operation(struct machine *m)
{
	size_t kind = choose(m, COUNT(kinds));
	bool is_full = m->count + 2 > MOST_OBJECTS;
	return &kinds[kind].operations[is_full ? 0 : choose(m, (uint32_t)*kinds[kind].count)];
}

bool machine_step(struct machine *m)
{
	if (m->choices.bytes != NULL && m->choices.left == 0)
		return false;
	int failures = test_failures();
	const struct operation *operation = choose_operation(m);
	m->step++;
	m->operation = operation->name;
	operation->run(m, choose_target(m, operation));
	machine_check(m, hz_live_handles() == m->live, "as many live handles as objects need");
	if (test_failures() == failures)
		return true;
	test_note("%s", "");
	return false;
}

void machine_is_child(struct machine *m)
{
	m->operation = "after the fork";
	m->is_child = true;
	for (size_t i = m->count; i-- > 0;) {
		if (!m->objects[i].survives)
			machine_remove(m, &m->objects[i]);
	}
	for (size_t i = 0; i < REMEMBERED; i++)
		m->freed[i].status = HZ_ERR_STALE_HANDLE;
	machine_check(m, hz_load() == HZ_OK, "a core in the child");
	machine_check(m, hz_live_handles() == m->live, "the handles that survive");
}

void machine_stop(struct machine *m)
{
	m->operation = "at the end";
	while (m->count > 0) {
		struct object *object = &m->objects[m->count - 1];
		(void)machine_expect(m, owner_free(object->owner, object->handle), HZ_OK);
		machine_remove(m, object);
	}
	machine_check(m, hz_live_handles() == 0, "no live handle in the end");
}
