/* How many vectors each algorithm had. */
#ifndef TALLY_H
#define TALLY_H

#include "hazmat.h"

struct tally {
	char name[40];
	size_t run, unsupported;
};

/* The tally of an algorithm, new or not: kind is "", "HMAC-" or "AEAD ", mode may be "". */
struct tally *tally_of(const char *kind, const char *name, const char *mode);

/* Checks that every algorithm that the backend says it supports has been run, and
 * no other. */
void tally_check(hz_backend *backend);

/* Prints all tallies. */
void tally_print(void);

/* Begins again with none. */
void tally_reset(void);

#endif
