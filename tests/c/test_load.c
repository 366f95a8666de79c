/* Cores that cannot be loaded: a status and one line that says why, and a later
 * call that works once the reason is gone. The program runs in the root of the
 * tree; TEST_CORES is a folder of libraries that are no good. */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "child.h"
#include "test.h"

static void set_core(const char *path)
{
	CHECK(setenv("HAZMAT_CORE", path, 1) == 0);
}

/* All calls say that there is no core, and give nothing. */
static void expect_no_core(void)
{
	hz_backend *backend = (hz_backend *)&backend;
	size_t n = 1;
	bool answer = true;
	EXPECT_STATUS(hz_load(), HZ_ERR_LOAD);
	EXPECT_STATUS(hz_default_backend(&backend), HZ_ERR_LOAD);
	CHECK(backend == NULL);
	EXPECT_STATUS(hz_backend_names(NULL, 0, &n), HZ_ERR_LOAD);
	EXPECT_SIZE(n, 0);
	EXPECT_STATUS(hz_hash_algorithm_extendable(HZ_HASH_MD5, &answer), HZ_ERR_LOAD);
	CHECK(!answer);
	EXPECT_STATUS(hz_default_backend(NULL), HZ_ERR_LOAD);
	EXPECT_STATUS(hz_random_bytes(NULL, 0), HZ_ERR_LOAD);
	EXPECT_SIZE(hz_live_handles(), 0);
}

static void test_missing(void)
{
	set_core(TEST_CORES "/no such file.so");
	expect_no_core();
	EXPECT_MESSAGE("hazmat", "no such file.so", "HAZMAT_CORE");
	set_core("/");
	expect_no_core();
	EXPECT_MESSAGE("hazmat", "HAZMAT_CORE");
}

static void test_long_path(void)
{
	char path[2 * PATH_MAX];
	memset(path, 'x', sizeof path - 1);
	path[0] = '/';
	path[sizeof path - 1] = '\0';
	set_core(path);
	expect_no_core();
	EXPECT_MESSAGE("HAZMAT_CORE", "too long");
}

static void test_no_library(void)
{
	set_core("tests/c/test_load.c");
	expect_no_core();
	EXPECT_MESSAGE("hazmat", "test_load.c");
}

/* Copies the first bytes of the core. */
static void truncate_core(const char *to, size_t size)
{
	FILE *in = fopen(TEST_CORE, "rb"), *out = fopen(to, "wb");
	char *bytes = malloc(size + 1);
	CHECK(in != NULL && out != NULL && bytes != NULL);
	EXPECT_SIZE(fread(bytes, 1, size, in), size);
	EXPECT_SIZE(fwrite(bytes, 1, size, out), size);
	CHECK(fclose(in) == 0 && fclose(out) == 0);
	free(bytes);
}

/* The dynamic loader does not see that a file is cut short; the process would die
 * from SIGBUS. */
static void test_truncated(void)
{
	struct stat core;
	CHECK(stat(TEST_CORE, &core) == 0);
	const size_t whole = (size_t)core.st_size;
	const size_t sizes[] = {0, 1, 63, 64, 500, 4096, whole / 10, whole / 4, whole / 2, whole / 4 * 3,
		whole / 10 * 9};
	char folder[] = "/tmp/hazmat-test-XXXXXX", path[sizeof folder + 20];
	CHECK(mkdtemp(folder) != NULL);
	(void)snprintf(path, sizeof path, "%s/truncated.so", folder);
	set_core(path);
	for (size_t i = 0; i < COUNT(sizes); i++) {
		test_note("the first %zu of %zu bytes", sizes[i], whole);
		truncate_core(path, sizes[i]);
		expect_no_core();
		EXPECT_MESSAGE("hazmat", "truncated.so", "HAZMAT_CORE");
	}
	CHECK(unlink(path) == 0 && rmdir(folder) == 0);
}

static void test_no_core(void)
{
	set_core(TEST_CORES "/strange.so");
	expect_no_core();
	EXPECT_MESSAGE("strange.so", "is not a core", "hz_core_start");
}

static void test_core_that_does_not_start(void)
{
	set_core(TEST_CORES "/fake.so");
	expect_no_core();
	EXPECT_TEXT(hz_error_message(), "the fake core does not start");
}

/* A real core of another build. */
static void test_other_build(void)
{
	set_core(TEST_CORES "/other/libhazmat-core.so");
	for (int again = 0; again < 3; again++) {
		expect_no_core();
		EXPECT_MESSAGE("ABI hash", HZ_ABI_HASH, "0123456789abcdef", "build");
	}
}

/* Go runs in this process now, though the core was refused. A child must not call
 * into what is left of it. */
static void test_other_build_in_child(void)
{
	in_child(test_other_build);
	in_child_of(raw_fork, test_other_build);
}

static size_t open_files(void)
{
	size_t n = 0;
	DIR *files = opendir("/proc/self/fd");
	while (files != NULL && readdir(files) != NULL)
		n++;
	CHECK(files != NULL && closedir(files) == 0);
	return n;
}

/* How many pieces of cores are in memory. */
static size_t mapped_pieces(void)
{
	size_t n = 0;
	char line[1000];
	FILE *maps = fopen("/proc/self/maps", "r");
	while (maps != NULL && fgets(line, sizeof line, maps) != NULL)
		n += strstr(line, "libhazmat-core") != NULL;
	CHECK(maps != NULL && fclose(maps) == 0);
	return n;
}

static void fail_in_every_way(void)
{
	test_missing();
	test_no_library();
	test_no_core();
	test_core_that_does_not_start();
	test_other_build();
}

static void test_failures_leave_nothing_open(void)
{
	fail_in_every_way();
	size_t files = open_files();
	fail_in_every_way();
	EXPECT_SIZE(open_files(), files);
}

/* A core that was refused cannot be unloaded, but another try does not load it
 * once more. */
static void test_retries_load_nothing(void)
{
	test_other_build();
	size_t pieces = mapped_pieces();
	CHECK(pieces > 0);
	test_other_build();
	EXPECT_SIZE(mapped_pieces(), pieces);
}

/* Signals are blocked meanwhile, and only then. */
static void test_signal_mask_is_kept(void)
{
	sigset_t mask, after, rest;
	CHECK(sigemptyset(&mask) == 0 && sigaddset(&mask, SIGUSR2) == 0);
	CHECK(sigprocmask(SIG_SETMASK, &mask, &rest) == 0);
	test_missing();
	CHECK(sigprocmask(SIG_SETMASK, &rest, &after) == 0);
	for (int number = 1; number < SIGRTMAX; number++)
		CHECK(sigismember(&after, number) == sigismember(&mask, number));
}

/* A front that was found by a relative path, in a process that went elsewhere
 * since then, as daemons do. */
static void load_from_elsewhere(void)
{
	CHECK(unsetenv("HAZMAT_CORE") == 0);
	CHECK(chdir(TEST_CORES "/front") == 0);
	void *front = dlopen("./" TEST_FRONT, RTLD_NOW | RTLD_LOCAL);
	CHECK(chdir("/") == 0);
	if (!CHECK(front != NULL))
		return;
	hz_status (*load)(void);
	const char *(*message)(void);
	*(void **)&load = dlsym(front, "hz_load");
	*(void **)&message = dlsym(front, "hz_error_message");
	hz_status status = load();
	hz_set_error_message(message());
	EXPECT_OK(status);
}

static void test_relative_front(void)
{
	in_child(load_from_elsewhere);
}

/* A relative path is one from the working folder, also without a slash. */
static void load_relative_core(void)
{
	CHECK(chdir(TEST_CORES "/front") == 0);
	set_core("libhazmat-core.so");
	EXPECT_OK(hz_load());
}

static void test_relative_core(void)
{
	in_child(load_relative_core);
}

/* After all of that, and in this same process. */
static void test_the_right_core(void)
{
	hz_backend *backend;
	CHECK(unsetenv("HAZMAT_CORE") == 0);
	EXPECT_OK(hz_default_backend(&backend));
	EXPECT_OK(hz_backend_free(backend));
	set_core("/no such file.so"); /* too late to matter */
	EXPECT_OK(hz_load());
}

int main(void)
{
	static const struct test tests[] = {
		TEST(test_missing),
		TEST(test_long_path),
		TEST(test_no_library),
		TEST(test_truncated),
		TEST(test_no_core),
		TEST(test_core_that_does_not_start),
		TEST(test_relative_front),
		TEST(test_relative_core),
		TEST(test_other_build),
		TEST(test_other_build_in_child),
		TEST(test_failures_leave_nothing_open),
		TEST(test_retries_load_nothing),
		TEST(test_signal_mask_is_kept),
		TEST(test_the_right_core),
	};
	return RUN_TESTS(tests);
}
