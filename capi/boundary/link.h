/*
 * What the front tells the core when it starts it. Both sides are built from
 * one tree; the ABI hash, which is compared first, covers the generated part.
 */
#ifndef HAZMAT_LINK_H
#define HAZMAT_LINK_H

#include <stdint.h>

struct core_link {
	/* The fingerprint of the API that the front was generated from. */
	const char *abi_hash;
	/* Keeps a text as the calling thread's error message. */
	void (*set_error_message)(const char *text);
	/* The calling thread's error message. */
	const char *(*error_message)(void);
	/* Between these the host's forks wait, and no handler of its signals runs in the
	 * thread that calls both. May be nested. */
	void (*hold_forks)(void);
	void (*release_forks)(void);
	/* How many cores were started before this one by this process and the
	 * processes it was forked from. */
	uint32_t generation;
};

#endif
