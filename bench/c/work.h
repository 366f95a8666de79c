/* What operations are done on, the same bytes as in bench/python/work.py and bench/ruby/work.rb. */
#ifndef BENCH_WORK_H
#define BENCH_WORK_H

#include "subject.h"

/* One thread's share of an operation on messages of one size. */
struct job {
	const struct operation *operation;
	bool same_key;
	bool in_loop; /* a batch that the library has no call for */
	struct work work;
	uint8_t *data;
	uint8_t *out;
	const uint8_t **messages;
	size_t *lengths;
};

/* Prepares an operation of the subject; NULL if it has none of the name. */
struct job *job_new(const struct subject *subject, const char *name, size_t size);
void job_free(struct job *job);

/* Does the operation for the given time, from 0 on, which decides on key and nonce; what is
 * written begins at job->out. Returns its length. */
size_t job_run(struct job *job, size_t time);

/* Whether the subject has an operation, as a call or in a loop. */
bool has(const struct subject *subject, const char *name);

#endif
