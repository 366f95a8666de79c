/*
 * Copies of the core's file. The dynamic loader tells libraries apart by path
 * and by inode, so each core of a line of processes needs a file of its own.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "front.h"

/* A descriptor, and what it must still lead to: a daemon may have closed all
 * descriptors, and something else may have got the number. */
struct known_file {
	int fd;
	dev_t device;
	ino_t inode;
};

/* The core's own file, and the copy for children of this process. */
static struct known_file source = {.fd = -1}, prepared = {.fd = -1};
static const char *source_path;

static bool still_there(const struct known_file *file)
{
	struct stat status;
	return file->fd >= 0 && fstat(file->fd, &status) == 0 && status.st_dev == file->device &&
		status.st_ino == file->inode;
}

static void keep(struct known_file *file, int fd)
{
	struct stat status;
	if (fd >= 0 && fstat(fd, &status) == 0)
		*file = (struct known_file){fd, status.st_dev, status.st_ino};
	else
		file->fd = -1;
}

/* Out of the way of programs that count on the lowest numbers. */
static int moved_up(int fd)
{
	int high = fcntl(fd, F_DUPFD_CLOEXEC, 64);
	if (high < 0)
		return fd;
	(void)close(fd);
	return high;
}

const char *front_copy_source(const char *path)
{
	struct stat status;
	if (still_there(&source))
		(void)close(source.fd);
	source_path = path;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	keep(&source, fd < 0 ? -1 : moved_up(fd));
	if (source.fd < 0 || fstat(source.fd, &status) != 0)
		return strerror(errno);
	if (!S_ISREG(status.st_mode))
		return "not a file";
	return front_file_fault(source.fd);
}

static bool copy_bytes(int from, int to)
{
	struct stat status;
	if (fstat(from, &status) != 0)
		return false;
	off_t offset = 0;
	while (offset < status.st_size) {
		ssize_t n = sendfile(to, from, &offset, (size_t)(status.st_size - offset));
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
	}
	return true;
}

/* Copies the core's file to fd, which it closes if that fails. */
static int filled(int fd)
{
	bool opened = !still_there(&source);
	int from = opened ? open(source_path, O_RDONLY | O_CLOEXEC) : source.fd;
	bool done = from >= 0 && copy_bytes(from, fd);
	int reason = errno;
	if (opened && from >= 0)
		(void)close(from);
	if (done)
		return fd;
	(void)close(fd);
	errno = reason;
	return -1;
}

static int memory_copy(void)
{
	int fd = memfd_create(front_library.core_file, MFD_CLOEXEC);
	return fd < 0 ? -1 : filled(moved_up(fd));
}

/* A file system that is mounted noexec gives files that cannot be loaded. */
static bool is_noexec(const char *folder)
{
	struct statvfs system;
	if (statvfs(folder, &system) != 0 || (system.f_flag & ST_NOEXEC) == 0)
		return false;
	errno = EACCES;
	return true;
}

/* For a kernel or a sandbox that refuses memfd_create. */
static int disk_copy(char *path, size_t size)
{
	const char *folders[] = {secure_getenv("TMPDIR"), "/tmp", "/dev/shm", "/var/tmp"};
	for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
		if (folders[i] == NULL || is_noexec(folders[i]) ||
			(size_t)snprintf(path, size, "%s/%s.XXXXXX", folders[i], front_library.core_file) >= size)
			continue;
		int fd = mkostemp(path, O_CLOEXEC);
		if (fd < 0)
			continue;
		if (filled(fd) >= 0)
			return fd;
		(void)unlink(path);
	}
	return -1;
}

void front_copy_prepare(void)
{
	if (!still_there(&prepared))
		keep(&prepared, memory_copy());
}

bool front_copy_take(struct front_copy *copy, uint32_t generation)
{
	copy->on_disk = false;
	copy->fd = still_there(&prepared) ? prepared.fd : memory_copy();
	prepared.fd = -1;
	int reason = errno;
	if (copy->fd >= 0) {
		/* More slashes with each generation: descriptor numbers come again,
		 * and the loader compares paths first. */
		int slashes = (int)generation;
		char more[1024];
		if (slashes < (int)sizeof more) {
			memset(more, '/', sizeof more);
			(void)snprintf(copy->path, sizeof copy->path, "/proc/self/fd/%.*s%d", slashes, more, copy->fd);
			return true;
		}
		(void)close(copy->fd);
	}
	copy->fd = disk_copy(copy->path, sizeof copy->path);
	copy->on_disk = copy->fd >= 0;
	if (!copy->on_disk)
		front_error("%s: cannot make the copy of its core that a forked process needs: memfd_create: %s; "
			"a temporary file: %s; let one of them work, or set TMPDIR to a folder that can be written to and "
			"is not mounted noexec",
			front_library.name, strerror(reason), strerror(errno));
	return copy->on_disk;
}

void front_copy_release(struct front_copy *copy)
{
	if (copy->on_disk)
		(void)unlink(copy->path);
	(void)close(copy->fd);
}
