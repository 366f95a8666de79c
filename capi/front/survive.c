/* What survives fork(): handles that have a name, and calls that are made again. */
#include <stdlib.h>
#include <string.h>

#include "front.h"

/*
 * Both lists only ever change by one store, so a child that was forked without
 * the lock, by a raw system call, still finds them whole.
 */
struct named_handle {
	struct named_handle *next;
	uintptr_t handle; /* 0 once it is forgotten */
	uint32_t kind;
	char name[FRONT_NAME_SIZE];
};

struct kept_call {
	struct kept_call *next;
	front_replay replay;
	char name[FRONT_NAME_SIZE];
	max_align_t arguments[];
};

static struct named_handle *handles;
static struct kept_call *first_call, **last_call = &first_call;

static void copy_name(char to[FRONT_NAME_SIZE], const char *name)
{
	size_t length = strlen(name);
	if (length >= FRONT_NAME_SIZE)
		length = FRONT_NAME_SIZE - 1;
	memcpy(to, name, length);
	to[length] = '\0';
}

bool front_remember(uint32_t kind, uintptr_t handle, const char *name)
{
	front_lock();
	struct named_handle *entry = handles;
	while (entry != NULL && entry->handle != 0)
		entry = entry->next;
	bool is_new = entry == NULL;
	if (is_new)
		entry = malloc(sizeof *entry);
	if (entry != NULL) {
		entry->kind = kind;
		copy_name(entry->name, name);
		__atomic_store_n(&entry->handle, handle, __ATOMIC_RELEASE);
	}
	if (entry != NULL && is_new) {
		entry->next = handles;
		__atomic_store_n(&handles, entry, __ATOMIC_RELEASE);
	}
	front_unlock();
	return entry != NULL;
}

bool front_forget(uintptr_t handle)
{
	bool found = false;
	front_lock();
	for (struct named_handle *entry = handles; entry != NULL; entry = entry->next) {
		if (entry->handle == handle) {
			__atomic_store_n(&entry->handle, 0, __ATOMIC_RELEASE);
			found = true;
		}
	}
	front_unlock();
	return found;
}

bool front_keep(front_replay replay, const char *name, const void *arguments, size_t size)
{
	struct kept_call *entry = malloc(sizeof *entry + size);
	if (entry == NULL)
		return false;
	entry->next = NULL;
	entry->replay = replay;
	copy_name(entry->name, name);
	memcpy(entry->arguments, arguments, size);
	front_lock();
	__atomic_store_n(last_call, entry, __ATOMIC_RELEASE);
	last_call = &entry->next;
	front_unlock();
	return true;
}

/*
 * Calls first: a handle may be of a backend that a call registers.
 *
 * A handle or a call that cannot be made again is left out: using the handle
 * says that it is stale, using what the call would have made says what is
 * missing. Failing here would take the whole library from the child.
 */
void front_restore(void)
{
	for (struct kept_call *entry = first_call; entry != NULL; entry = entry->next)
		(void)entry->replay(entry->name, entry->arguments);
	for (struct named_handle *entry = handles; entry != NULL; entry = entry->next) {
		if (entry->handle != 0)
			(void)front_library.reopen(entry->kind, entry->handle, entry->name);
	}
	front_set_error_message("");
}
