#include "progress.h"

#include <stdbool.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static const double patience = 2.0, interval = 0.2; /* seconds */

static struct {
	const char *doing;
	uint64_t size;
	double next; /* when to show the line again */
	bool visible;
} progress;

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

void begin_progress(const char *doing, uint64_t size)
{
	progress.doing = doing;
	progress.size = size;
	progress.next = now() + patience;
}

void show_progress(uint64_t done)
{
	if (now() < progress.next || !isatty(STDERR_FILENO))
		return;
	progress.next = now() + interval;
	progress.visible = true;
	fprintf(stderr, "\r\033[K%s: %.0f of %.0f MB", progress.doing, (double)done / 1e6,
		(double)progress.size / 1e6);
}

void end_progress(void)
{
	if (progress.visible)
		fputs("\r\033[K", stderr);
	progress.visible = false;
}
