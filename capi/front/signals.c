/* Makes the host's signal handlers safe for the small stacks that Go runs on. */
#define _GNU_SOURCE
#include <signal.h>
#include <string.h>

#include "front.h"

void front_fix_signal_handlers(void)
{
	for (int number = 1; number < _NSIG; number++) {
		struct sigaction action;
		if (sigaction(number, NULL, &action) != 0)
			continue;
		bool has_handler = (action.sa_flags & SA_SIGINFO) != 0 ||
			(action.sa_handler != SIG_DFL && action.sa_handler != SIG_IGN);
		if (!has_handler || (action.sa_flags & SA_ONSTACK) != 0)
			continue;
		action.sa_flags |= SA_ONSTACK;
		(void)sigaction(number, &action, NULL);
	}
}
