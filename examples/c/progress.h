/*
 * One line on stderr about work that takes longer than two seconds, where stderr
 * is a terminal.
 */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stdint.h>

void begin_progress(const char *doing, uint64_t size);
/* Say that done bytes of size are through. Cheap enough for every chunk. */
void show_progress(uint64_t done);
/* Take the line away again, if there is one. */
void end_progress(void);

#endif
