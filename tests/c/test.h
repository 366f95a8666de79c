/*
 * A test is a function that makes checks. A check that fails says where, what was
 * expected and what was got, and the test goes on. A program lists its tests and
 * ends with one line: how many passed and how many failed.
 */
#ifndef TEST_H
#define TEST_H

#include <stdbool.h>
#include <stddef.h>

#include "hazmat.h"

struct test {
	const char *name;
	void (*run)(void);
};

#define TEST(function) {#function, function}
#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define RUN_TESTS(tests) test_run((tests), COUNT(tests))

/* Runs the tests; returns what main should. */
int test_run(const struct test *tests, size_t count);

/* Says what the checks that follow are about, for the text of a failure. The
 * calling thread's own; each test begins with none. */
#if defined(__GNUC__)
__attribute__((format(printf, 1, 2)))
#endif
void test_note(const char *format, ...);

/* The number of failed checks so far, in all threads. */
int test_failures(void);

#define CHECK(condition) test_true(__FILE__, __LINE__, #condition, (condition))
#define EXPECT_STATUS(got, want) test_status(__FILE__, __LINE__, #got, (got), (want))
#define EXPECT_OK(got) EXPECT_STATUS(got, HZ_OK)
#define EXPECT_SIZE(got, want) test_size(__FILE__, __LINE__, #got, (got), (want))
#define EXPECT_TEXT(got, want) test_text(__FILE__, __LINE__, #got, (got), (want))
#define EXPECT_BYTES(got, want, n) test_bytes(__FILE__, __LINE__, #got, (got), (want), (n))
/* The calling thread's error message is one line that has these words, in this order. */
#define EXPECT_MESSAGE(...) test_message(__FILE__, __LINE__, (const char *[]){__VA_ARGS__, NULL})

/* Each returns whether the check passed. */
bool test_true(const char *file, int line, const char *what, bool passed);
bool test_status(const char *file, int line, const char *what, hz_status got, hz_status want);
bool test_size(const char *file, int line, const char *what, size_t got, size_t want);
bool test_text(const char *file, int line, const char *what, const char *got, const char *want);
bool test_bytes(const char *file, int line, const char *what, const void *got, const void *want,
	size_t n);
bool test_message(const char *file, int line, const char *const *words);

#endif
