#include "child.h"

#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test.h"

enum { SECONDS = 30 };

pid_t raw_fork(void)
{
	return (pid_t)syscall(SYS_fork);
}

void in_child_of(pid_t (*fork_function)(void), void (*run)(void))
{
	pid_t pid = fork_function();
	if (!CHECK(pid >= 0))
		return;
	if (pid == 0) {
		int before = test_failures();
		(void)alarm(SECONDS);
		run();
		_exit(test_failures() == before ? 0 : 1);
	}
	int status;
	pid_t waited = waitpid(pid, &status, 0);
	if (!CHECK(waited == pid))
		return;
	CHECK(!WIFSIGNALED(status)); /* by SIGALRM if it hung */
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

void in_child(void (*run)(void))
{
	in_child_of(fork, run);
}
