/*
 * What is measured: a library, as a plugin that the runner loads. Each plugin defines
 * bench_subject.
 */
#ifndef BENCH_SUBJECT_H
#define BENCH_SUBJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { KEY = 32, NONCE = 12, IV = 16, TAG = 16, DIGEST = 64 };

/* What an operation is done on. Each thread has one for each operation. */
struct work {
	const uint8_t *key; /* KEY bytes */
	const uint8_t *nonce; /* IV bytes, of which some algorithms take the first NONCE */
	const uint8_t *data;
	size_t length;
	/* Those of a batch: there are none in other operations. */
	size_t count;
	const uint8_t *const *messages;
	const size_t *lengths;
	const uint8_t *const *nonces;
	const size_t *nonce_lengths;
	uint8_t *out; /* large enough */
	void *state; /* what prepare made */
};

struct operation {
	/* The algorithm, and behind a colon the way. Where the key is the same, work.key never
	 * changes after prepare. */
	const char *name;
	/* Makes what is reused. May be NULL, and so may release. */
	void (*prepare)(struct work *work);
	/* Writes to work->out and returns the length. */
	size_t (*run)(struct work *work);
	void (*release)(struct work *work);
};

struct subject {
	/* Called once, before all else. */
	void (*start)(const char *style);
	/* A line that says which library it is. */
	const char *(*version)(void);
	/* Ends with one that has no name. A batch that is not among them is done in a loop. */
	const struct operation *operations;
};

extern const struct subject bench_subject;

static inline void must(bool ok, const char *what)
{
	if (!ok) {
		fprintf(stderr, "%s failed\n", what);
		exit(1);
	}
}

#define MUST(call) must((call), #call)

#endif
