/*
 * Loads the core and prints the status and the error message, as one line.
 *
 * usage: load [fork]: in a forked child of a process that has loaded it
 */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hazmat.h"

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "fork") == 0) {
		hz_status status = hz_load();
		pid_t child = status == HZ_OK ? fork() : -1;
		if (child != 0)
			return status == HZ_OK && waitpid(child, NULL, 0) == child ? 0 : 1;
	}
	hz_status status = hz_load();
	(void)printf("%s: %s\n", hz_status_string(status), status == HZ_OK ? "" : hz_error_message());
	(void)fflush(stdout);
	return 0;
}
