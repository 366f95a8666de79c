/* Errors, and the thread's queue of them, which we share with the host. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "libcrypto.h"

static char out_of_memory[] = "out of memory";
char *const libcrypto_out_of_memory = out_of_memory;

enum { TEXT_SIZE = 1024 }; /* the longest text of an error, with its NUL */

void libcrypto_free_error(char *error)
{
	if (error != libcrypto_out_of_memory)
		free(error);
}

char *libcrypto_error(const char *format, ...)
{
	char *text = malloc(TEXT_SIZE);
	if (text == NULL)
		return libcrypto_out_of_memory;
	va_list arguments;
	va_start(arguments, format);
	(void)vsnprintf(text, TEXT_SIZE, format, arguments);
	va_end(arguments);
	return text;
}

/*
 * Errors that the host left in the queue are the host's, and stay. They are
 * told from ours by a mark, which costs something, so it is only set when there
 * are any.
 */
unsigned long libcrypto_begin(const struct libcrypto *lib)
{
	unsigned long before = lib->ERR_peek_last_error();
	if (before != 0)
		(void)lib->ERR_set_mark();
	return before;
}

void libcrypto_forget(const struct libcrypto *lib)
{
	(void)lib->ERR_pop_to_mark(); /* without a mark it empties the queue, as it was before */
}

/* Appends an entry of the queue to a text. */
static void append(const struct libcrypto *lib, char *text, unsigned long code, const char *data, int flags)
{
	char what[256];
	lib->ERR_error_string_n(code, what, sizeof what);
	size_t length = strlen(text);
	bool has_data = data != NULL && (flags & ERR_TXT_STRING) != 0 && data[0] != '\0';
	(void)snprintf(text + length, TEXT_SIZE - length, has_data ? "; %s: %s" : "; %s", what, data);
}

/* Takes the errors that calls have left, and makes one of them. */
static char *failure(const struct libcrypto *lib, unsigned long before, const char *what)
{
	char *text = libcrypto_error("libcrypto: %s", what);
	bool room = text != libcrypto_out_of_memory;
	const char *data = NULL;
	int flags = 0;
	unsigned long code;
	if (before != 0) {
		/* The queue gives its oldest entries first, which are the host's; of
		 * ours only the last can be seen. */
		code = lib->ERR_peek_last_error_all(NULL, NULL, NULL, &data, &flags);
		if (code != before && room)
			append(lib, text, code, data, flags);
		(void)lib->ERR_pop_to_mark();
		return text;
	}
	while ((code = lib->ERR_get_error_all(NULL, NULL, NULL, &data, &flags)) != 0) {
		if (room)
			append(lib, text, code, data, flags);
	}
	return text;
}

char *libcrypto_end(const struct libcrypto *lib, unsigned long before, bool ok, const char *what)
{
	if (!ok)
		return failure(lib, before, what);
	if (before != 0)
		(void)lib->ERR_pop_to_mark();
	return NULL;
}
