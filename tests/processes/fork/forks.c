/*
 * Forks children, each of which checks that the library works in it.
 *
 * usage: forks WAY STATE COUNT answers|refusal
 *
 * WAY is how to fork, STATE what the library is doing meanwhile, and COUNT how many
 * children there are. The last word is what the library must give them.
 */
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "forks.h"

/* A child of every NESTED-th is a parent too, down to DEPTH. */
enum { NESTED = 20, DEPTH = 3 };

extern char **environ;

static int64_t fork_time;
static bool want_refusal;

/* ---- Ways to fork ---- */

/* The system call itself: none of what the C library does around it. */
static pid_t raw_fork(void)
{
#ifdef SYS_fork
	return (pid_t)syscall(SYS_fork);
#else
	return (pid_t)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
#endif
}

/* This program again, as one that only checks. */
static char **new_program(void)
{
	static char time_text[32], program[] = "forks", word[] = "fresh";
	static char *arguments[] = {program, word, time_text, NULL};
	(void)snprintf(time_text, sizeof time_text, "%lld", (long long)fork_time);
	return arguments;
}

static pid_t vfork_and_exec(void)
{
	char **arguments = new_program();
	pid_t pid = vfork();
	if (pid == 0) {
		(void)execv("/proc/self/exe", arguments);
		_exit(127);
	}
	return pid;
}

static pid_t spawn(void)
{
	pid_t pid;
	return posix_spawn(&pid, "/proc/self/exe", NULL, NULL, new_program(), environ) == 0 ? pid : -1;
}

typedef pid_t (*fork_function)(void);

static fork_function way(const char *name)
{
	static const struct {
		const char *name;
		fork_function fork;
	} ways[] = {
		{"fork", fork},
		{"raw", raw_fork},
		{"_Fork", _Fork},
		{"vfork", vfork_and_exec},
		{"spawn", spawn},
	};
	for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
		if (strcmp(name, ways[i].name) == 0)
			return ways[i].fork;
	}
	give_up("no such way to fork");
}

/* ---- Parents and children ---- */

static void wait_for(pid_t pid)
{
	int status;
	while (waitpid(pid, &status, 0) < 0)
		must(errno == EINTR, "waitpid");
	if (status != 0)
		say("ended", "%d with %s %d", (int)pid, WIFSIGNALED(status) ? "signal" : "status",
			WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
}

static void check(void)
{
	if (want_refusal) {
		check_refusal(fork_time);
		return;
	}
	check_answers(parents_backend, fork_time);
	check_inherited();
}

static void fork_children(fork_function fork_one, int count, int depth)
{
	for (int i = 0; i < count; i++) {
		fork_time = now();
		pid_t pid = fork_one();
		must(pid >= 0, "forking");
		if (pid > 0) {
			wait_for(pid);
			continue;
		}
		say("begin", "%d", depth);
		check();
		if (i % NESTED == 0 && depth < DEPTH) {
			say("step", "a child of its own");
			fork_children(fork_one, 1, depth + 1);
		}
		say("done", "%s", "");
		/* One in two runs what is to be run at the end of a process. */
		if (i % 2 == 0)
			exit(0);
		_exit(0);
	}
}

static void be_fresh(const char *time)
{
	fork_time = atoll(time);
	say("begin", "1");
	check();
	say("done", "%s", "");
}

int main(int count, char **arguments)
{
	if (count == 3 && strcmp(arguments[1], "fresh") == 0) {
		be_fresh(arguments[2]);
		return 0;
	}
	if (count != 5) {
		(void)fprintf(stderr, "usage: forks WAY STATE COUNT answers|refusal\n");
		return 2;
	}
	want_refusal = strcmp(arguments[4], "refusal") == 0;
	enter_state(arguments[2]);
	fork_children(way(arguments[1]), atoi(arguments[3]), 1);
	leave_state();
	return 0;
}
