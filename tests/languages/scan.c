#include "scan.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <unistd.h>

enum { PIECE = 16, PIECES = SECRET_SIZE / PIECE, CHUNK = 1 << 20 };

/* What may lie over a byte of the secret, and by what its place is changed. */
static const uint8_t pads[] = {0, 0x36, 0x5c};
static const uint8_t swaps[] = {0, 3, 7};

/* Memory of its own, which holds what was read and is not looked at itself. */
static uint8_t *chunk;

static void fail(const char *what)
{
	perror(what);
	exit(2);
}

void secret_make(struct secret *secret)
{
	if (getrandom(secret, sizeof *secret, 0) != (ssize_t)sizeof *secret)
		fail("getrandom");
}

/* One byte at a time, so that no register ever holds more of it. */
static uint8_t byte_of(const struct secret *secret, size_t i)
{
	volatile const uint8_t *mask = secret->mask, *masked = secret->masked;
	return (uint8_t)(mask[i] ^ masked[i]);
}

void secret_reveal(const struct secret *secret, uint8_t out[SECRET_SIZE])
{
	volatile uint8_t *to = out;
	for (size_t i = 0; i < SECRET_SIZE; i++)
		to[i] = byte_of(secret, i);
}

void secret_wipe(uint8_t out[SECRET_SIZE])
{
	explicit_bzero(out, SECRET_SIZE);
}

static bool is_piece(const struct secret *secret, const uint8_t *at, size_t first, uint8_t pad, uint8_t swap)
{
	for (size_t i = 0; i < PIECE; i++) {
		if (at[i] != (byte_of(secret, first + (i ^ swap)) ^ pad))
			return false;
	}
	return true;
}

/* Returns how many pieces begin in the first bytes of the chunk. */
static size_t count_in_chunk(const struct secret *secret, size_t starts, const bool *likely, const char *region)
{
	size_t found = 0;
	for (size_t i = 0; i < starts; i++) {
		if (!likely[chunk[i] << 8 | chunk[i + 1]])
			continue;
		for (size_t piece = 0; piece < PIECES; piece++) {
			for (size_t v = 0; v < sizeof pads * sizeof swaps; v++) {
				uint8_t pad = pads[v / sizeof swaps], swap = swaps[v % sizeof swaps];
				if (!is_piece(secret, chunk + i, piece * PIECE, pad, swap))
					continue;
				found++;
				if (region != NULL)
					(void)fprintf(stderr, "bytes from %zu on, pad %#x, swap %u: %s", piece * PIECE, pad, swap, region);
			}
		}
	}
	return found;
}

static size_t count_in_region(const struct secret *secret, int memory, size_t from, size_t to, const bool *likely,
	const char *region)
{
	size_t found = 0;
	while (from + PIECE <= to) {
		size_t length = to - from < CHUNK ? to - from : CHUNK;
		ssize_t n = pread(memory, chunk, length, (off_t)from);
		if (n < PIECE)
			return found; /* it is gone by now */
		size_t starts = (size_t)n - PIECE + 1;
		found += count_in_chunk(secret, starts, likely, region);
		from += starts;
	}
	return found;
}

size_t secret_count(const struct secret *secret, int say)
{
	static bool likely[1 << 16]; /* whether a piece may begin with these two bytes */
	size_t found = 0, from, to;
	char line[1000];
	if (chunk == NULL)
		chunk = mmap(NULL, CHUNK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	FILE *maps = fopen("/proc/self/maps", "r");
	int memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
	if (chunk == MAP_FAILED || maps == NULL || memory < 0)
		fail("/proc/self/mem");
	memset(likely, 0, sizeof likely);
	for (size_t v = 0; v < sizeof pads * sizeof swaps; v++) {
		uint8_t pad = pads[v / sizeof swaps], swap = swaps[v % sizeof swaps];
		for (size_t first = 0; first < SECRET_SIZE; first += PIECE)
			likely[(byte_of(secret, first + swap) ^ pad) << 8 | (byte_of(secret, first + (1 ^ swap)) ^ pad)] = true;
	}
	while (fgets(line, sizeof line, maps) != NULL) {
		if (sscanf(line, "%zx-%zx rw", &from, &to) != 2 || strstr(line, " rw") == NULL)
			continue;
		/* The kernel may have made one region of the chunk and its neighbours. */
		size_t hole = (size_t)chunk;
		bool inside = from <= hole && hole < to;
		found += count_in_region(secret, memory, from, inside ? hole : to, likely, say ? line : NULL);
		if (inside)
			found += count_in_region(secret, memory, hole + CHUNK, to, likely, say ? line : NULL);
	}
	(void)fclose(maps);
	(void)close(memory);
	return found;
}
