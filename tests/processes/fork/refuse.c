/*
 * Runs a command that the kernel refuses something, as sandboxes do.
 *
 * usage: refuse [memfd] [create] -- COMMAND...
 *
 * memfd is memfd_create; create is a file that open would make.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define REFUSE(reason) BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (reason))
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
/* Goes on if it is so, and skips the next n instructions if not. */
#define IF_CALL(number, n) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (number), 0, (n))
#define IF_FLAGS(flags, n) BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (flags), 0, (n))

static struct sock_filter no_memfd[] = {
	LOAD(nr),
	IF_CALL(SYS_memfd_create, 1),
	REFUSE(ENOSYS),
	ALLOW,
};

/* The C library opens files with openat alone. */
static struct sock_filter no_create[] = {
	LOAD(nr),
	IF_CALL(SYS_openat, 3),
	LOAD(args[2]),
	IF_FLAGS(O_CREAT, 1),
	REFUSE(EROFS),
	ALLOW,
};

static int refuse(struct sock_filter *filter, size_t length)
{
	struct sock_fprog program = {.len = (unsigned short)length, .filter = filter};
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

int main(int count, char **arguments)
{
	int i = 1;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
		perror("refuse: prctl");
		return 1;
	}
	for (; i < count && strcmp(arguments[i], "--") != 0; i++) {
		int failed = -1;
		if (strcmp(arguments[i], "memfd") == 0)
			failed = refuse(no_memfd, sizeof no_memfd / sizeof no_memfd[0]);
		else if (strcmp(arguments[i], "create") == 0)
			failed = refuse(no_create, sizeof no_create / sizeof no_create[0]);
		else
			errno = EINVAL;
		if (failed != 0) {
			(void)fprintf(stderr, "refuse: %s: %s\n", arguments[i], strerror(errno));
			return 1;
		}
	}
	if (i + 1 >= count) {
		(void)fprintf(stderr, "usage: refuse [memfd] [create] -- COMMAND...\n");
		return 2;
	}
	(void)execvp(arguments[i + 1], arguments + i + 1);
	perror(arguments[i + 1]);
	return 127;
}
