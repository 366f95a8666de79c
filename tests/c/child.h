/* Forked children that make checks. */
#ifndef CHILD_H
#define CHILD_H

#include <sys/types.h>

/* Runs a function in a child process and checks that it ends by itself, soon, and
 * that no check in it fails. A child that hangs is killed. */
void in_child(void (*run)(void));

/* The same with another way to fork. */
void in_child_of(pid_t (*fork_function)(void), void (*run)(void));

/* The system call itself: none of what the C library does around it. */
pid_t raw_fork(void);

#endif
