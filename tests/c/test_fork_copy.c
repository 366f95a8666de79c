/* The copy of the core that a forked child loads, where the system does not give
 * what it is made of: memory files, temporary files, the core's own file. */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "child.h"
#include "test.h"

/* ---- What stands between the library and the system ---- */

/* Refused at first: a memory file, once there, serves all children. */
static bool refuse_memory_files = true, refuse_temporary_files;
static bool all_is_noexec;
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

int statvfs(const char *path, struct statvfs *system)
{
	int (*ask)(const char *, struct statvfs *);
	*(void **)&ask = dlsym(RTLD_NEXT, "statvfs");
	int failed = ask(path, system);
	if (failed == 0 && all_is_noexec)
		system->f_flag |= ST_NOEXEC;
	return failed;
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

/* In mounts of this process's own, which may be had without being root. */
static void mount_noexec(const char *folder)
{
	if ((unshare(CLONE_NEWNS) == 0 || unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0) &&
		mount("none", "/", "none", MS_REC | MS_PRIVATE, NULL) == 0)
		(void)mount("none", folder, "tmpfs", MS_NOEXEC, NULL);
}

/* A folder that can be written to and is mounted noexec. Containers, which may mount
 * nothing, have such a /dev/shm and most systems such a /run/lock. */
static const char *noexec_folder(const char *own)
{
	const char *folders[] = {own, "/dev/shm", "/run/lock"};
	mount_noexec(own);
	for (size_t i = 0; i < COUNT(folders); i++) {
		struct statvfs system;
		if (statvfs(folders[i], &system) == 0 && (system.f_flag & ST_NOEXEC) != 0 && access(folders[i], W_OK) == 0)
			return folders[i];
	}
	test_note("neither root's rights nor user namespaces to mount a folder noexec, and none that is");
	return NULL;
}

static char *mount_point;

/* It is not even tried: a file would be made there, and could not be loaded. */
static void use_beside_noexec(void)
{
	const char *folder = noexec_folder(mount_point);
	if (!CHECK(folder != NULL) || !CHECK(setenv("TMPDIR", folder, 1) == 0))
		return;
	use_temporary_file();
}

static void test_tmpdir_that_is_noexec(void)
{
	char folder[] = "/tmp/hazmat-test-XXXXXX";
	mount_point = mkdtemp(folder);
	if (CHECK(mount_point != NULL)) {
		in_child(use_beside_noexec);
		CHECK(rmdir(folder) == 0);
	}
}

static void use_where_all_is_noexec(void)
{
	hz_backend *backend;
	EXPECT_STATUS(hz_default_backend(&backend), HZ_ERR_LOAD);
	EXPECT_MESSAGE("copy", "memfd_create", strerror(ENOSYS), strerror(EACCES), "noexec");
	EXPECT_SIZE((size_t)temporary_files, 0);
}

static void test_all_folders_noexec(void)
{
	all_is_noexec = true;
	in_child(use_where_all_is_noexec);
	all_is_noexec = false;
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
		TEST(test_tmpdir_that_is_noexec),
		TEST(test_all_folders_noexec),
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
