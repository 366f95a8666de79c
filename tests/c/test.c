/* Threads of a test make checks at the same time, so each failure is one write
 * and the count is guarded. */
#include "test.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int failures;
static const char *running = "outside a test";
static __thread char note[200];

int test_failures(void)
{
	(void)pthread_mutex_lock(&lock);
	int n = failures;
	(void)pthread_mutex_unlock(&lock);
	return n;
}

void test_note(const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	(void)vsnprintf(note, sizeof note, format, arguments);
	va_end(arguments);
}

int test_run(const struct test *tests, size_t count)
{
	size_t failed = 0;
	for (size_t i = 0; i < count; i++) {
		int before = test_failures();
		running = tests[i].name;
		note[0] = '\0';
		tests[i].run();
		if (test_failures() != before)
			failed++;
	}
	(void)printf("%zu passed, %zu failed\n", count - failed, failed);
	(void)fflush(stdout);
	return failed == 0 ? 0 : 1;
}

static bool verdict(bool passed, const char *file, int line, const char *format, ...)
{
	if (passed)
		return true;
	char text[1000];
	va_list arguments;
	va_start(arguments, format);
	(void)vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	(void)pthread_mutex_lock(&lock);
	failures++;
	(void)pthread_mutex_unlock(&lock);
	(void)fprintf(stderr, "%s:%d: %s: %s%s%s\n", file, line, running, note, note[0] == '\0' ? "" : ": ",
		text);
	return false;
}

bool test_true(const char *file, int line, const char *what, bool passed)
{
	return verdict(passed, file, line, "expected %s, got the opposite", what);
}

bool test_status(const char *file, int line, const char *what, hz_status got, hz_status want)
{
	return verdict(got == want, file, line, "%s: expected %u (%s), got %u (%s); message \"%s\"", what,
		(unsigned)want, hz_status_string(want), (unsigned)got, hz_status_string(got), hz_error_message());
}

bool test_size(const char *file, int line, const char *what, size_t got, size_t want)
{
	return verdict(got == want, file, line, "%s: expected %zu, got %zu", what, want, got);
}

bool test_text(const char *file, int line, const char *what, const char *got, const char *want)
{
	bool passed = got != NULL && strcmp(got, want) == 0;
	return verdict(passed, file, line, "%s: expected \"%s\", got \"%s\"", what, want,
		got == NULL ? "(NULL)" : got);
}

static void hex(char *text, size_t size, const unsigned char *bytes, size_t n)
{
	text[0] = '\0';
	for (size_t i = 0; i < n && 2 * i + 3 <= size; i++)
		(void)sprintf(text + 2 * i, "%02x", bytes[i]);
}

bool test_bytes(const char *file, int line, const char *what, const void *got, const void *want,
	size_t n)
{
	if (n == 0 || memcmp(got, want, n) == 0)
		return true;
	const unsigned char *g = got, *w = want;
	size_t first = 0;
	while (g[first] == w[first])
		first++;
	char g_hex[65], w_hex[65];
	hex(g_hex, sizeof g_hex, g + first, n - first);
	hex(w_hex, sizeof w_hex, w + first, n - first);
	return verdict(false, file, line, "%s: expected %s, got %s at byte %zu of %zu", what, w_hex, g_hex,
		first, n);
}

bool test_message(const char *file, int line, const char *const *words)
{
	const char *message = hz_error_message(), *from = message;
	if (!verdict(strpbrk(message, "\n\r") == NULL, file, line, "expected one line, got \"%s\"", message))
		return false;
	for (; *words != NULL; words++) {
		const char *found = strstr(from, *words);
		if (!verdict(found != NULL, file, line, "expected \"%s\", got the message \"%s\"", *words, message))
			return false;
		from = found + strlen(*words);
	}
	return true;
}
