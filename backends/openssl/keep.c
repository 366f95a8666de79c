/*
 * What is never freed. Only Go refers to it, and leak checkers do not look into
 * Go's memory, so C remembers it too.
 */
#include <stdlib.h>

#include "libcrypto.h"

struct kept {
	const void *object;
	struct kept *next;
};

static struct kept *all;

void libcrypto_keep(const void *object)
{
	struct kept *kept = object == NULL ? NULL : malloc(sizeof *kept);
	if (kept == NULL)
		return;
	kept->object = object;
	kept->next = __atomic_load_n(&all, __ATOMIC_RELAXED);
	while (!__atomic_compare_exchange_n(&all, &kept->next, kept, true, __ATOMIC_RELEASE, __ATOMIC_RELAXED))
		;
}
