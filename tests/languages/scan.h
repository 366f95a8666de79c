/*
 * Looks for a secret in the memory of the process itself.
 *
 * Built as a library of its own too, which the programs in Python and Ruby load.
 */
#ifndef SCAN_H
#define SCAN_H

#include <stddef.h>
#include <stdint.h>

enum { SECRET_SIZE = 32 };

/* Random bytes that are in memory only under a mask of other random bytes. */
struct secret {
	uint8_t mask[SECRET_SIZE], masked[SECRET_SIZE];
};

void secret_make(struct secret *secret);

/* Writes the secret to memory that secret_wipe is given when it is over. */
void secret_reveal(const struct secret *secret, uint8_t out[SECRET_SIZE]);
void secret_wipe(uint8_t out[SECRET_SIZE]);

/*
 * Returns at how many places that may be written to a piece of the secret of 16
 * bytes is found: as it is, with HMAC's pads on it (RFC 2104), or with the bytes of
 * its words of 32 or 64 bits swapped, as SHA-2 reads them. Where to say so, each is
 * told on standard error.
 */
size_t secret_count(const struct secret *secret, int say);

#endif
