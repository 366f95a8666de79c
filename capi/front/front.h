/*
 * The front's runtime: what the generated file of public functions is built on.
 * It knows no function of the API; front_library tells it what it needs.
 *
 * A Go runtime does not survive fork(). So the core, which holds one, is not
 * linked but loaded by the first call of each process, and a forked child loads
 * a copy of its own. See docs/processes.md.
 */
#ifndef HAZMAT_FRONT_H
#define HAZMAT_FRONT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Room for the name of a handle that survives fork(), with its NUL. */
#define FRONT_NAME_SIZE 1024

/* What is particular to one library. */
struct front_library {
	const char *name;            /* for error texts */
	const char *core_file;       /* the core's file name, beside the front's */
	const char *core_variable;   /* environment variable with another path */
	const char *abi_hash;
	const char *const *symbols;  /* the core's functions, in the order of table */
	size_t symbol_count;
	void *table;                 /* struct of symbol_count function pointers */
	uint32_t (*start)(uintptr_t link); /* first call to a new core; 0 is success */
	/* Makes a handle usable that was made before a fork; 0 is success. */
	uint32_t (*reopen)(uint32_t kind, uintptr_t handle, const char *name);
};

extern const struct front_library front_library;

/*
 * One page that the kernel fills with zeros in a forked child, however it was
 * forked. An unlocked mutex of the C library is all zeros too.
 */
struct front_page;
extern struct front_page *front_page;

/* The table if the core is loaded in this process, or NULL. The first member
 * of the page. */
static inline const void *front_loaded(void)
{
	return __atomic_load_n((const void *const *)(const void *)front_page, __ATOMIC_ACQUIRE);
}

/* Loads the core into this process; NULL, with the error message set, if that
 * fails. */
const void *front_load(void);

/* The table, loaded first if need be. This is all that the front costs a call. */
static inline const void *front_core(void)
{
	const void *table = front_loaded();
	return __builtin_expect(table != NULL, 1) ? table : front_load();
}

/* Reports whether no core is loaded here, so that no handle can be live, and sets
 * the error message of a call that frees one: starting a core just to say so would
 * burden every forked child that drops its parent's objects. *stale tells whether
 * the handle may be one of the parent's. */
bool front_nothing_to_free(const void *handle, bool *stale);

/* The calling thread's error message. */
const char *front_error_message(void);
void front_set_error_message(const char *text);

/* Sets the calling thread's error message as printf does. */
__attribute__((format(printf, 1, 2))) void front_error(const char *format, ...);

/* Guards the lists below and loading; no fork falls between the two. The thread that
 * has the lock may take it again. */
void front_lock(void);
void front_unlock(void);

/* The same for what takes long, with the signals of this thread blocked: a handler of
 * the host's that forks would wait for its own thread. */
void front_hold_forks(void);
void front_release_forks(void);

/* Remembers a handle by its name until it is forgotten; false if there is no
 * memory. */
bool front_remember(uint32_t kind, uintptr_t handle, const char *name);
/* Reports whether the handle was remembered. */
bool front_forget(uintptr_t handle);

/* Keeps a call on the handle named name, to be made again by replay in every
 * forked child; false if there is no memory. */
typedef uint32_t (*front_replay)(const char *name, const void *arguments);
bool front_keep(front_replay replay, const char *name, const void *arguments, size_t size);

/* Makes all that was remembered and kept again, in a new core. With the lock. */
void front_restore(void);

/* A file that dlopen takes for another library than the ones loaded before. */
struct front_copy {
	int fd;           /* -1 if there is none */
	char path[4096];  /* for dlopen, or empty */
	bool on_disk;     /* path is to be removed once loaded */
};

/* Opens the core's file, so that copies can be made of it later even if it is
 * removed meanwhile. Returns what is wrong with the file, or NULL. path must stay. */
const char *front_copy_source(const char *path);
/* Makes the copy that the children of this process will load, so that they
 * share its memory. With the lock. */
void front_copy_prepare(void);
/* The copy for this process; false, with the error message set, if none can be
 * made. generation must differ from those of all processes before it. */
bool front_copy_take(struct front_copy *copy, uint32_t generation);
void front_copy_release(struct front_copy *copy);

/* What is wrong with the file of a library, if the dynamic loader would not say so or
 * not survive it; or NULL. */
const char *front_file_fault(int fd);

/* Adds SA_ONSTACK to all signal handlers. */
void front_fix_signal_handlers(void);

#endif
