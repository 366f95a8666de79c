/*
 * A process that forks, and what it says of it: lines "child PID WORD VALUE" on
 * standard output, which ../watch.py reads and README.md lists.
 */
#ifndef FORKS_H
#define FORKS_H

#include <stdbool.h>
#include <stdint.h>

#include "hazmat.h"

/* Writes one line about this process, in one piece. */
__attribute__((format(printf, 2, 3))) void say(const char *word, const char *format, ...);

/* Says that this process failed at something, with the library's message, and ends it. */
_Noreturn void give_up(const char *at);

static inline void must(bool right, const char *at)
{
	if (!right)
		give_up(at);
}

static inline void must_be_ok(hz_status status, const char *at)
{
	must(status == HZ_OK, at);
}

/* What the library must answer anywhere: the known answers of standards. backend is
 * NULL for the default one. start is when the process was forked, in nanoseconds. */
void check_answers(hz_backend *backend, int64_t start);

/* The same where the copy that a forked process needs can be made nowhere: a status
 * and a text that says so. */
void check_refusal(int64_t start);

/* Creates and frees contexts until Go's collector has run several times. */
void make_garbage(hz_backend *backend);

/* The monotonic clock, in nanoseconds. */
int64_t now(void);

/* ---- What the library is doing in the parent when it forks ---- */

/* Brings this process into the state of that name. Ends the program if there is none. */
void enter_state(const char *name);

/* The backend that the parent opened, or NULL. */
extern hz_backend *parents_backend;

/* Checks what a child inherits: the backend and the adapter work, contexts are stale. */
void check_inherited(void);

/* Ends all that enter_state began, and checks that the parent took no harm. */
void leave_state(void);

#endif
