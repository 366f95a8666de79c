#include "child.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "test.h"

enum { SECONDS = 60, POLLS = 500 /* a second */ };

pid_t raw_fork(void)
{
	return (pid_t)syscall(SYS_fork);
}

/* Waits for the child to end, or ends it: it may be in a load, which no other
 * signal interrupts. Returns what waitpid says. */
static int end_of(pid_t pid)
{
	const struct timespec poll = {.tv_nsec = 1000000000 / POLLS};
	int status = -1;
	for (int i = 0; i < SECONDS * POLLS; i++) {
		if (waitpid(pid, &status, WNOHANG) == pid)
			return status;
		(void)nanosleep(&poll, NULL);
	}
	CHECK(kill(pid, SIGKILL) == 0);
	(void)waitpid(pid, &status, 0);
	return status;
}

void in_child_of(pid_t (*fork_function)(void), void (*run)(void))
{
	pid_t pid = fork_function();
	if (!CHECK(pid >= 0))
		return;
	if (pid == 0) {
		int before = test_failures();
		/* What is killed takes its own children along. */
		(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
		run();
		_exit(test_failures() == before ? 0 : 1);
	}
	int status = end_of(pid);
	CHECK(!WIFSIGNALED(status)); /* by SIGKILL if it hung */
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

void in_child(void (*run)(void))
{
	in_child_of(fork, run);
}
