/*
 * Measures one library: does what a line on standard input says, and answers. The library
 * comes as a plugin and is not there before it is needed. bench/runners.py has the other end.
 *
 *   usage: runner PLUGIN STYLE
 *
 *   ready                            the same word
 *   first                            load it and hash 64 bytes; nanoseconds
 *   version                          a line
 *   list NAME...                     those that the library has
 *   output NAME SIZE                 a length, and behind the line that many bytes
 *   time NAME SIZE THREADS COUNT     nanoseconds for COUNT times in each thread
 *   fork                             nanoseconds from fork() to the child's first digest
 */
#include "work.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const struct subject *library;
static const char *plugin, *style;

static void load(void)
{
	void *file;
	if (library)
		return;
	file = dlopen(plugin, RTLD_NOW | RTLD_LOCAL);
	must(file != NULL, file ? plugin : dlerror());
	library = dlsym(file, "bench_subject");
	MUST(library != NULL);
	library->start(style);
}

static int64_t now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static struct job *job_of(const char *name, size_t size)
{
	struct job *job;
	load();
	job = job_new(library, name, size);
	must(job != NULL, name);
	return job;
}

static int64_t first(void)
{
	int64_t start = now();
	struct job *job = job_of("sha256", 64);
	int64_t end;
	job_run(job, 0);
	end = now();
	job_free(job);
	return end - start;
}

static void list(char *names)
{
	load();
	for (char *name = strtok(names, " \n"); name; name = strtok(NULL, " \n"))
		if (has(library, name))
			printf("%s ", name);
	printf("\n");
}

/* Twice: where keys and nonces are new each time, the second time differs. */
static void output(const char *name, size_t size)
{
	struct job *job = job_of(name, size);
	size_t length = job_run(job, 0);
	uint8_t *both = malloc(2 * length);
	MUST(both != NULL);
	memcpy(both, job->out, length);
	MUST(job_run(job, 1) == length);
	memcpy(both + length, job->out, length);
	printf("%zu\n", 2 * length);
	MUST(fwrite(both, 1, 2 * length, stdout) == 2 * length);
	free(both);
	job_free(job);
}

struct thread {
	pthread_t id;
	pthread_barrier_t *barrier;
	struct job *job;
	size_t count;
	int64_t start, end;
};

static void repeat(struct job *job, size_t count)
{
	for (size_t i = 0; i < count; i++)
		job_run(job, i);
}

static void *in_thread(void *argument)
{
	struct thread *thread = argument;
	repeat(thread->job, 1); /* what a thread's first call costs is not what is asked */
	pthread_barrier_wait(thread->barrier);
	thread->start = now();
	repeat(thread->job, thread->count);
	thread->end = now();
	return NULL;
}

enum { MOST_THREADS = 64 };

/* From the moment that the first thread begins to that when the last has done. */
static int64_t measure(const char *name, size_t size, size_t threads, size_t count)
{
	struct thread list[MOST_THREADS];
	pthread_barrier_t barrier;
	int64_t start = INT64_MAX, end = 0;
	MUST(threads >= 1 && threads <= MOST_THREADS);
	MUST(pthread_barrier_init(&barrier, NULL, (unsigned)threads) == 0);
	for (size_t i = 0; i < threads; i++) {
		list[i] = (struct thread){ .barrier = &barrier, .job = job_of(name, size), .count = count };
		MUST(pthread_create(&list[i].id, NULL, in_thread, &list[i]) == 0);
	}
	for (size_t i = 0; i < threads; i++) {
		pthread_join(list[i].id, NULL);
		start = list[i].start < start ? list[i].start : start;
		end = list[i].end > end ? list[i].end : end;
		job_free(list[i].job);
	}
	pthread_barrier_destroy(&barrier);
	return end - start;
}

static int64_t forked(void)
{
	struct job *job = job_of("sha256", 64);
	int64_t start, end;
	int ends[2], status;
	pid_t child;
	job_run(job, 0);
	MUST(pipe(ends) == 0);
	fflush(stdout);
	start = now();
	MUST((child = fork()) >= 0);
	if (child == 0) {
		job_run(job, 1);
		end = now();
		_exit(write(ends[1], &end, sizeof end) == sizeof end ? 0 : 1);
	}
	close(ends[1]);
	MUST(read(ends[0], &end, sizeof end) == sizeof end);
	MUST(waitpid(child, &status, 0) == child && status == 0);
	close(ends[0]);
	job_free(job);
	return end - start;
}

int main(int argc, char **argv)
{
	char line[4096], name[64];
	size_t size, threads, count;
	if (argc != 3) {
		fprintf(stderr, "usage: %s PLUGIN STYLE\n", argv[0]);
		return 2;
	}
	plugin = argv[1];
	style = argv[2];
	while (fgets(line, sizeof line, stdin)) {
		if (strcmp(line, "ready\n") == 0) {
			printf("ready\n");
		} else if (strcmp(line, "first\n") == 0) {
			printf("%lld\n", (long long)first());
		} else if (strcmp(line, "version\n") == 0) {
			load();
			printf("%s\n", library->version());
		} else if (strncmp(line, "list ", 5) == 0) {
			list(line + 5);
		} else if (sscanf(line, "output %63s %zu\n", name, &size) == 2) {
			output(name, size);
		} else if (sscanf(line, "time %63s %zu %zu %zu\n", name, &size, &threads, &count) == 4) {
			printf("%lld\n", (long long)measure(name, size, threads, count));
		} else if (strcmp(line, "fork\n") == 0) {
			printf("%lld\n", (long long)forked());
		} else {
			fprintf(stderr, "not a command: %s", line);
			return 2;
		}
		fflush(stdout);
	}
	return 0;
}
