/* The copy of the core that a forked child loads, where the system does not give
 * what it is made of: memory files, temporary files, the core's own file. */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "child.h"
#include "test.h"

/* ---- What stands between the library and the system ---- */

/* Refused at first: a memory file, once there, serves all children. */
static bool refuse_memory_files = true, refuse_temporary_files;
static int memory_files, temporary_files;

int memfd_create(const char *name, unsigned flags)
{
	memory_files++;
	if (refuse_memory_files) {
		errno = ENOSYS;
		return -1;
	}
	return (int)syscall(SYS_memfd_create, name, flags);
}

int mkostemp(char *path, int flags)
{
	temporary_files++;
	if (refuse_temporary_files) {
		errno = EROFS;
		return -1;
	}
	int (*make)(char *, int);
	*(void **)&make = dlsym(RTLD_NEXT, "mkostemp");
	return make(path, flags);
}

/* ---- The tests ---- */

static char core_folder[] = "/tmp/hazmat-test-XXXXXX", core[sizeof core_folder + 20];

static void use(void)
{
	hz_backend *backend;
	EXPECT_OK(hz_default_backend(&backend));
	EXPECT_OK(hz_backend_free(backend));
}

static size_t entries(const char *folder)
{
	size_t n = 0;
	DIR *files = opendir(folder);
	while (files != NULL && readdir(files) != NULL)
		n++;
	CHECK(files != NULL && closedir(files) == 0);
	return n;
}

static void use_temporary_file(void)
{
	use();
	EXPECT_SIZE((size_t)temporary_files, 1);
}

/* It is in TMPDIR, and gone once it is loaded. */
static void test_temporary_file(void)
{
	char folder[] = "/tmp/hazmat-test-XXXXXX";
	CHECK(mkdtemp(folder) != NULL);
	CHECK(setenv("TMPDIR", folder, 1) == 0);
	in_child(use_temporary_file);
	in_child_of(raw_fork, use_temporary_file);
	EXPECT_SIZE(entries(folder), 2); /* . and .. */
	CHECK(rmdir(folder) == 0);
}

static void use_another_folder(void)
{
	use();
	CHECK(temporary_files > 1);
}

static void test_tmpdir_that_is_no_use(void)
{
	CHECK(setenv("TMPDIR", "/no such folder", 1) == 0);
	in_child(use_another_folder);
	CHECK(unsetenv("TMPDIR") == 0);
}

/* A status, not a hang; and it works once the system is kinder. */
static void use_nothing(void)
{
	hz_backend *backend;
	for (int again = 0; again < 2; again++) {
		EXPECT_STATUS(hz_default_backend(&backend), HZ_ERR_LOAD);
		EXPECT_MESSAGE("copy", "memfd_create", strerror(ENOSYS), strerror(EROFS), "TMPDIR");
		CHECK(backend == NULL);
	}
	refuse_memory_files = false;
	use();
}

static void test_no_copy(void)
{
	refuse_temporary_files = true;
	in_child(use_nothing);
	in_child_of(raw_fork, use_nothing);
	refuse_temporary_files = false;
}

/* The core is the file that the parent loaded, also when that is gone: an upgrade
 * under a running server. */
static void test_core_that_is_removed(void)
{
	CHECK(unlink(core) == 0 && rmdir(core_folder) == 0);
	in_child(use);
	in_child_of(raw_fork, use);
}

static void close_all_and_use(void)
{
	hz_backend *backend;
	for (int fd = 3; fd < 256; fd++)
		(void)close(fd);
	refuse_memory_files = false;
	EXPECT_STATUS(hz_default_backend(&backend), HZ_ERR_LOAD);
	EXPECT_MESSAGE("copy", strerror(ENOENT));
}

/* Then a daemon cannot close all its files. */
static void test_core_that_is_removed_and_closed(void)
{
	in_child(close_all_and_use);
}

static void use_memory_file(void)
{
	temporary_files = 0;
	use();
	CHECK(memory_files > 0);
	EXPECT_SIZE((size_t)temporary_files, 0);
}

/* The parent makes it when it forks, and its children share it. */
static void test_memory_file(void)
{
	refuse_memory_files = false;
	in_child(use_memory_file);
	in_child_of(raw_fork, use_memory_file);
}

int main(void)
{
	static const struct test tests[] = {
		TEST(test_temporary_file),
		TEST(test_tmpdir_that_is_no_use),
		TEST(test_no_copy),
		TEST(test_core_that_is_removed),
		TEST(test_core_that_is_removed_and_closed),
		TEST(test_memory_file),
	};
	/* A core of this test's own, in use before the first fork. */
	char command[200];
	if (mkdtemp(core_folder) == NULL)
		return 1;
	(void)snprintf(core, sizeof core, "%s/libhazmat-core.so", core_folder);
	(void)snprintf(command, sizeof command, "cp " TEST_CORE " %s", core);
	if (system(command) != 0 || setenv("HAZMAT_CORE", core, 1) != 0)
		return 1;
	use();
	return RUN_TESTS(tests);
}
