/* The contract that all backends in Go are held to, for backends of the caller's
 * own: the suite is in a core that is built for tests only. */
#ifndef CONTRACT_H
#define CONTRACT_H

#include <stdbool.h>
#include <stddef.h>

/* Starts that core, and says why on stderr if it cannot. It must come before the
 * first call that needs a core. */
bool contract_load(void);

/* A function of that core, or NULL. */
void *contract_symbol(const char *name);

/* Runs the suite on the backend with a name, and writes the first failure to out.
 * Returns the failure's length, 0 if there is none. */
size_t contract_run(const char *name, char *out, size_t out_cap);

/* Checks that the backend with a name fails nothing, and that no handle is left. */
void contract_check(const char *name);

#endif
