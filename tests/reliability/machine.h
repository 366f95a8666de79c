/*
 * A machine that makes calls, one after another, as choices tell it: on handles that
 * are right, freed, of another kind, stale or no handles at all, with arguments that
 * are right or wrong. It keeps a model of every object, from which it knows what each
 * call must answer: the status, the bytes, what is left untouched, and how many
 * handles are live afterwards.
 *
 * Every message is how one and the same stream of bytes begins, so that what a
 * context gives depends on lengths only (reference.h).
 */
#ifndef MACHINE_H
#define MACHINE_H

#include "calls.h"

enum {
	MESSAGE = 512,      /* the longest message, in bytes */
	MOST_OBJECTS = 48,
	REMEMBERED = 128,   /* freed handles; the library tells 8,192 from others, but
	                     * there are more than the machine frees itself */
	GUARD = 16          /* bytes behind an output that must stay as they are */
};

/* Where choices come from: a generator, or bytes until there are none. */
struct choices {
	uint64_t state;
	const uint8_t *bytes;
	size_t left;
};

enum progress { OPEN, SQUEEZING, ENDED };

/* What is known of one live object. */
struct object {
	enum owner owner;
	void *handle;
	size_t handles;    /* that are live because of it: of an implementation in C, two */
	bool is_forwarded; /* it is such an implementation */
	bool survives;     /* fork() */

	enum progress progress;
	size_t length;     /* of the message so far, in bytes */
	size_t given;      /* of the output so far, in bytes */

	hz_hash_algorithm algorithm;

	const struct cipher_case *cipher;
	const struct aead_case *aead;

	hz_operation operation;
	size_t additional; /* data, in bytes */
	bool is_updated;
	uint8_t tag[HZ_MAX_TAG_SIZE];
};

struct machine {
	struct choices choices;
	const char *origin; /* of the choices, for texts of failures */
	size_t step;
	const char *operation;
	bool is_child;      /* of a process that had handles */

	struct object objects[MOST_OBJECTS];
	size_t count;
	size_t live;        /* handles */

	struct {
		void *handle;
		hz_status status; /* the answer to it */
	} freed[REMEMBERED]; /* a ring */
	size_t freed_count;

	uint8_t out[MESSAGE + 64 + GUARD], before[MESSAGE + 64 + GUARD];
};

/* ---- For programs ---- */

/* Begins with nothing live. origin stays the caller's. */
void machine_start(struct machine *m, struct choices choices, const char *origin);
/* Makes one call; false if there is nothing to choose any more or something was not
 * as it must be, which is then a failed check. */
bool machine_step(struct machine *m);
/* To be called in a forked child, first. */
void machine_is_child(struct machine *m);
/* Frees what is left. */
void machine_stop(struct machine *m);

/* ---- For operations ---- */

/* The handle of a call: that of an object, or one that is wrong, for which status is
 * the answer and object one that is never looked at again. */
struct target {
	void *handle;
	struct object *object;
	hz_status status;
};

struct operation {
	const char *name;
	enum owner owner;
	void (*run)(struct machine *m, struct target target);
	bool frees; /* the handle; the first of each kind does */
};

extern const struct operation backend_operations[], hash_operations[], hmac_operations[],
	cipher_operations[], aead_operations[];
extern const size_t backend_operation_count, hash_operation_count, hmac_operation_count,
	cipher_operation_count, aead_operation_count;

/* A number below n, which is not 0. */
uint32_t choose(struct machine *m, uint32_t n);

/* Takes a new object in, or lets one go. */
void machine_add(struct machine *m, struct object object);
void machine_remove(struct machine *m, struct object *object);

/* Checks the status of a call; true if both are HZ_OK. */
bool machine_expect(struct machine *m, hz_status got, hz_status want);
/* Checks anything else. */
void machine_check(struct machine *m, bool passed, const char *what);
void machine_check_bytes(struct machine *m, const uint8_t *got, const uint8_t *want, size_t n);

/* The first of several statuses that is none of success. */
#define FIRST(...) \
	machine_first((const hz_status[]){__VA_ARGS__}, sizeof(hz_status[]){__VA_ARGS__} / sizeof(hz_status))
hz_status machine_first(const hz_status *statuses, size_t n);
#define IF(condition, status) ((condition) ? (hz_status)(status) : HZ_OK)

/* An input: the next bytes of a stream, or one that is wrong. */
struct input {
	const uint8_t *p;
	size_t n;
	hz_status status;
};
/* At most so many bytes of what is at next. */
struct input choose_input(struct machine *m, const uint8_t *next, size_t most);

/* Where an output of so many bytes goes: at m->out, or it is wrong. */
struct room {
	uint8_t *p;
	size_t cap;
	size_t *used, length;
	size_t need;
	hz_status no_length, no_buffer, too_small;
};
void choose_room(struct machine *m, struct room *room, size_t need);
/* Moves the input to where the output goes, or to where it overlaps that, and returns
 * the answer to that. */
hz_status move_input(struct machine *m, struct input *data, const struct room *room);
/* Keeps what is at m->out, just before the call. */
void room_before(struct machine *m);
/* Checks what came of the call: the length, and that only n bytes were written. */
void room_after(struct machine *m, const struct room *room, hz_status status, size_t n);

/* A result that is a handle: where it goes, which may be nowhere. */
struct place {
	void *handle;
	bool is_missing;
	hz_status status;
};
void choose_place(struct machine *m, struct place *place);
#define PLACE(place, type) ((place).is_missing ? NULL : (type **)(void *)&(place).handle)
/* Takes in the object if the call succeeded; checks that there is none if it failed. */
void place_after(struct machine *m, const struct place *place, bool succeeded, struct object object);

#endif
