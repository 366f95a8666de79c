/* Loads the core: once in each process, whatever it was forked from. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
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
};

/* Where the kernel has no MADV_WIPEONFORK (before Linux 4.14), the child
 * handler below clears the page. It misses children made by a raw system call. */
static struct front_page static_page;
struct front_page *front_page = &static_page;

/* How many cores were started by this process and those it was forked from.
 * It lives outside the page, so a child knows that Go's own file is taken: a
 * second dlopen of it would return the dead copy. */
static uint32_t generation;

void front_lock(void)
{
	(void)pthread_mutex_lock(&front_page->lock);
}

void front_unlock(void)
{
	(void)pthread_mutex_unlock(&front_page->lock);
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
	memset(front_page, 0, sizeof *front_page);
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
}

/* The path of the core, which may be set in the environment but not for a
 * program with raised privileges. */
static bool core_path(char *path, size_t size)
{
	const char *chosen = secure_getenv(front_library.core_variable);
	if (chosen != NULL && chosen[0] != '\0') {
		if ((size_t)snprintf(path, size, "%s", chosen) < size)
			return true;
		front_error("%s: the path in %s is too long", front_library.name, front_library.core_variable);
		return false;
	}
	Dl_info front;
	if (dladdr(&front_library, &front) == 0 || front.dli_fname == NULL) {
		front_error("%s: cannot tell where this library was loaded from; set %s to the path of %s",
			front_library.name, front_library.core_variable, front_library.core_file);
		return false;
	}
	const char *slash = strrchr(front.dli_fname, '/');
	int folder = slash == NULL ? 0 : (int)(slash - front.dli_fname + 1);
	if ((size_t)snprintf(path, size, "%.*s%s", folder, front.dli_fname, front_library.core_file) >= size) {
		front_error("%s: the path of %s is too long", front_library.name, front_library.core_file);
		return false;
	}
	return true;
}

/* Opens the core. All signals are blocked meanwhile, so that the threads that
 * Go starts never run a handler of the host's. */
static void *open_core(const char *path)
{
	void *core = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	if (core == NULL) {
		const char *reason = dlerror();
		front_error("%s: cannot load its core: %s; set %s to the path of %s", front_library.name,
			reason != NULL ? reason : path, front_library.core_variable, front_library.core_file);
	}
	return core;
}

/* Fills the table. */
static bool find_symbols(void *core, const char *path)
{
	void **slots = front_library.table;
	for (size_t i = 0; i < front_library.symbol_count; i++) {
		slots[i] = dlsym(core, front_library.symbols[i]);
		if (slots[i] == NULL) {
			front_error("%s: %s is not a core of this library: it has no %s; install both from one build",
				front_library.name, path, front_library.symbols[i]);
			return false;
		}
	}
	return true;
}

/* Opens a core that this process has not, and no process before it had. */
static void *open_fresh_core(const char *path)
{
	if (generation == 0) {
		front_copy_source(path);
		return open_core(path);
	}
	struct front_copy copy;
	if (!front_copy_take(&copy, generation))
		return NULL;
	void *core = open_core(copy.path);
	front_copy_release(&copy);
	return core;
}

static const void *load_locked(void)
{
	char path[4096];
	if (!core_path(path, sizeof path))
		return NULL;
	void *core = open_fresh_core(path);
	if (core == NULL || !find_symbols(core, path))
		return NULL;
	const struct core_link link = {
		.abi_hash = front_library.abi_hash,
		.set_error_message = front_set_error_message,
		.error_message = front_error_message,
		.generation = generation,
	};
	/* The core keeps the address. */
	static struct core_link kept;
	kept = link;
	if (front_library.start((uintptr_t)&kept) != 0)
		return NULL;
	generation++;
	front_restore();
	return front_library.table;
}

const void *front_load(void)
{
	sigset_t all, before;
	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, &before);
	front_lock();
	const void *table = front_page->table;
	if (table == NULL) {
		table = load_locked();
		__atomic_store_n(&front_page->table, table, __ATOMIC_RELEASE);
	}
	front_unlock();
	(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
	return table;
}
