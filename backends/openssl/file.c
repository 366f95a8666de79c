/*
 * What the loader does not see to. A pipe it waits for. And it maps what the
 * headers of a file say, without a look at its length; where that falls short
 * the process dies from SIGBUS. All else that may be wrong it finds out itself.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <link.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "libcrypto.h"

static bool is_cut_short(int file, size_t size)
{
	ElfW(Ehdr) header;
	if (pread(file, &header, sizeof header, 0) != (ssize_t)sizeof header ||
	    memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 || header.e_phentsize != sizeof(ElfW(Phdr)))
		return false;
	for (size_t i = 0; i < header.e_phnum; i++) {
		ElfW(Phdr) segment;
		off_t place = (off_t)(header.e_phoff + i * sizeof segment);
		if (pread(file, &segment, sizeof segment, place) != (ssize_t)sizeof segment)
			return true;
		if (segment.p_type == PT_LOAD && (segment.p_offset > size || segment.p_filesz > size - segment.p_offset))
			return true;
	}
	return false;
}

const char *libcrypto_unfit(const char *path)
{
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (file < 0)
		return NULL;
	struct stat status;
	const char *reason = NULL;
	if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode))
		reason = "is no regular file";
	else if (is_cut_short(file, (size_t)status.st_size))
		reason = "is cut short";
	(void)close(file);
	return reason;
}
