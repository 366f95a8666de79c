/* Reads testdata/vectors; its README tells the format. */
#ifndef VECTORS_H
#define VECTORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bytes {
	const uint8_t *at;
	size_t n;
};

/* One case of a file. */
struct vector;

/* Calls run for every case of every file in a folder; returns how many there were.
 * A file that cannot be read, or breaks the format, is a failed check. */
size_t vectors_each(const char *folder, void (*run)(const struct vector *vector));

/* The text of a field, or NULL if the case has none of that name. */
const char *vector_text(const struct vector *vector, const char *name);

/* The bytes of a field that is in hexadecimal; none if the case has no such field.
 * Valid while the case is run. */
struct bytes vector_bytes(const struct vector *vector, const char *name);

/* Takes the next piece off bytes: all of them, or a few more or less each turn.
 * *turn is 0 at first. */
struct bytes vectors_piece(struct bytes *left, bool whole, size_t *turn);

#endif
