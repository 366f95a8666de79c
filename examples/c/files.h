/*
 * Files as the example needs them: an input that is read in pieces, and an output
 * that appears whole or not at all. Every failure ends the program with one line
 * on stderr and exit code 1.
 */
#ifndef FILES_H
#define FILES_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct input {
	const char *path;
	FILE *stream;
	uint64_t size;
	uint64_t done;
};

/* Print a line to stderr, remove an unfinished output and end the program. */
_Noreturn void fail(const char *format, ...);

/* Open a regular file; anything else is a failure. A progress line says what is being done. */
struct input open_input(const char *path, const char *doing);
/* Read up to size bytes; fewer only at the end of the file. */
size_t read_some(struct input *input, uint8_t *data, size_t size);
/* Read size bytes; fewer are a failure. */
void read_all(struct input *input, uint8_t *data, size_t size);
void seek_input(struct input *input, uint64_t offset);
void close_input(struct input *input);

/* Begin a file under a temporary name in the folder of path, for its owner's eyes only. */
void create_output(const char *path);
void write_output(const uint8_t *data, size_t size);
/* Give the output its name, which replaces what had that name before. */
void keep_output(void);

#endif
