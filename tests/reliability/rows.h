/* Lines for the report: what was done, and how often. */
#ifndef ROWS_H
#define ROWS_H

#include <stddef.h>

/* What was done so often since the last row, or since the program began. Checks that
 * failed meanwhile are its failures. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void row(size_t count, const char *format, ...);

#endif
