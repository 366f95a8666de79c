/* Loads the core: once in each process, whatever it was forked from. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "front.h"
#include "link.h"

struct front_page {
	const void *table; /* what front_loaded reads: NULL until the core is ready */
	pthread_mutex_t lock;
	void *refused;     /* what was opened last and is no core for this front, or NULL */
};

/* Where the kernel has no MADV_WIPEONFORK (before Linux 4.14), the child
 * handler below clears the page. It misses children made by a raw system call. */
static struct front_page static_page;
struct front_page *front_page = &static_page;

/* How many cores this process and those it was forked from have opened, and how
 * many of those started. They live outside the page, so a child knows that Go's
 * own file is taken: a second dlopen of it would return the dead copy. */
static uint32_t opened, started;

/* Absolute paths: this library's folder with a slash behind it, or nothing if it
 * cannot be told; the core's file; the file of page's refused. */
static char folder[PATH_MAX], core_file[PATH_MAX], refused_file[PATH_MAX];

/* Whether this thread is in front_restore(), with the lock held. */
static _Thread_local bool restoring;

/* How often this thread has the lock. What is called with it may come back here: a
 * callback of the host's may run its garbage collector, which frees handles, and a
 * library that is being loaded may fork. */
static _Thread_local unsigned locked;

/* What was blocked before front_hold_forks(). With the lock. */
static sigset_t blocked;

void front_lock(void)
{
	if (locked++ == 0)
		(void)pthread_mutex_lock(&front_page->lock);
}

void front_unlock(void)
{
	if (locked > 0 && --locked == 0)
		(void)pthread_mutex_unlock(&front_page->lock);
}

void front_hold_forks(void)
{
	sigset_t all, before;
	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, &before);
	front_lock();
	if (locked == 1)
		blocked = before;
}

void front_release_forks(void)
{
	sigset_t before = blocked;
	front_unlock();
	if (locked == 0)
		(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/* No fork may fall into a load, nor into a change of the lists. */
static void before_fork(void)
{
	front_lock();
	if (front_page->table != NULL)
		front_copy_prepare();
}

static void after_fork_in_parent(void)
{
	front_unlock();
}

static void after_fork_in_child(void)
{
	restoring = false;
	locked = 0;
	memset(front_page, 0, sizeof *front_page);
}

/* Found at once, because the path that the library was loaded by may begin at the
 * working folder, which the host may leave before its first call. */
static void find_folder(void)
{
	Dl_info front;
	char here[PATH_MAX] = "";
	if (dladdr(&front_library, &front) == 0 || front.dli_fname == NULL ||
		(front.dli_fname[0] != '/' && getcwd(here, sizeof here) == NULL))
		return;
	const char *slash = strrchr(front.dli_fname, '/');
	int length = slash == NULL ? 0 : (int)(slash - front.dli_fname + 1);
	if ((size_t)snprintf(folder, sizeof folder, "%s%s%.*s", here, here[0] == '\0' ? "" : "/", length,
			front.dli_fname) >= sizeof folder)
		folder[0] = '\0';
}

__attribute__((constructor)) static void set_up(void)
{
	size_t size = (size_t)sysconf(_SC_PAGESIZE);
	void *page = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (page != MAP_FAILED) {
		(void)madvise(page, size, MADV_WIPEONFORK);
		front_page = page;
	}
	(void)pthread_atfork(before_fork, after_fork_in_parent, after_fork_in_child);
	find_folder();
}

static void cannot_load(const char *path, const char *reason)
{
	front_error("%s: cannot load its core: %s: %s; set %s to the path of %s", front_library.name, path,
		reason, front_library.core_variable, front_library.core_file);
}

/* Finds the core's file, which may be named in the environment but not for a
 * program with raised privileges. */
static bool find_core_file(void)
{
	char path[PATH_MAX], found[PATH_MAX];
	const char *chosen = secure_getenv(front_library.core_variable);
	int length;
	if (chosen != NULL && chosen[0] != '\0') {
		length = snprintf(path, sizeof path, "%s", chosen);
	} else if (folder[0] != '\0') {
		length = snprintf(path, sizeof path, "%s%s", folder, front_library.core_file);
	} else {
		front_error("%s: cannot tell where this library was loaded from; set %s to the path of %s",
			front_library.name, front_library.core_variable, front_library.core_file);
		return false;
	}
	if ((size_t)length >= sizeof path) {
		front_error("%s: the path of its core, which %s may hold, is too long", front_library.name,
			front_library.core_variable);
		return false;
	}
	if (realpath(path, found) == NULL) {
		cannot_load(path, strerror(errno));
		return false;
	}
	memcpy(core_file, found, sizeof core_file);
	const char *reason = front_copy_source(core_file);
	if (reason != NULL)
		cannot_load(core_file, reason);
	return reason == NULL;
}

/* All signals are blocked meanwhile, so that the threads that Go starts never run
 * a handler of the host's. */
static void *open_library(const char *path)
{
	void *core = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	if (core == NULL) {
		/* The reason may begin with the path, which may be that of a copy. */
		const char *reason = dlerror();
		size_t length = strlen(path);
		if (reason == NULL)
			reason = "dlopen failed";
		else if (strncmp(reason, path, length) == 0 && strncmp(reason + length, ": ", 2) == 0)
			reason += length + 2;
		cannot_load(core_file, reason);
	}
	return core;
}

/* Fills the table. */
static bool find_symbols(void *core)
{
	void **slots = front_library.table;
	for (size_t i = 0; i < front_library.symbol_count; i++) {
		slots[i] = dlsym(core, front_library.symbols[i]);
		if (slots[i] == NULL) {
			front_error("%s: %s is not a core of this library: it has no %s; install both from one build",
				front_library.name, core_file, front_library.symbols[i]);
			return false;
		}
	}
	return true;
}

/* Opens the core, from a file that no process before this one has opened. What was
 * refused before is taken again: a Go library cannot be unloaded. */
static void *open_core_file(void)
{
	if (front_page->refused != NULL && strcmp(core_file, refused_file) == 0)
		return front_page->refused;
	if (opened == 0) {
		void *core = open_library(core_file);
		opened += core != NULL;
		return core;
	}
	struct front_copy copy;
	if (!front_copy_take(&copy, opened))
		return NULL;
	void *core = open_library(copy.path);
	opened += core != NULL;
	front_copy_release(&copy);
	return core;
}

static bool start_core(void)
{
	/* The core keeps the address. */
	static struct core_link link;
	link = (struct core_link){
		.abi_hash = front_library.abi_hash,
		.set_error_message = front_set_error_message,
		.error_message = front_error_message,
		.hold_forks = front_hold_forks,
		.release_forks = front_release_forks,
		.generation = started,
	};
	return front_library.start((uintptr_t)&link) == 0;
}

/* A Go library cannot be loaded by a running process under another C library than
 * glibc: musl does not give it the arguments that its start reads, and has no room for
 * its thread-local variables. */
static bool is_possible(void)
{
#ifdef __GLIBC__
	return true;
#else
	front_error("%s: cannot load its core: this system's C library is not glibc (golang.org/issue/54805); "
		"run the program on a system with glibc", front_library.name);
	return false;
#endif
}

static const void *load_locked(void)
{
	if (!is_possible())
		return NULL;
	/* A child copies what its parents started, wherever that is now. */
	if (started == 0 && !find_core_file())
		return NULL;
	void *core = open_core_file();
	if (core == NULL)
		return NULL;
	if (!find_symbols(core) || !start_core()) {
		front_page->refused = core;
		memcpy(refused_file, core_file, sizeof refused_file);
		return NULL;
	}
	started++;
	restoring = true;
	front_restore();
	restoring = false;
	return front_library.table;
}

const void *front_load(void)
{
	if (restoring)
		return front_library.table;
	front_hold_forks();
	const void *table = front_page->table;
	if (table == NULL) {
		table = load_locked();
		__atomic_store_n(&front_page->table, table, __ATOMIC_RELEASE);
	}
	front_release_forks();
	return table;
}

bool front_nothing_to_free(const void *handle, bool *stale)
{
	if (front_loaded() != NULL)
		return false;
	*stale = started > 0;
	if (*stale)
		front_error("handle %p is not known to this process, which was forked: contexts do not survive fork()",
			handle);
	else
		front_error("%p is not a handle: none has been made yet", handle);
	return true;
}
