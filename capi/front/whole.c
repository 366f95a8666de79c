/* Whether the file of a library is all there. */
#define _GNU_SOURCE
#include <elf.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "front.h"

#if UINTPTR_MAX == UINT64_MAX
typedef Elf64_Ehdr file_header;
typedef Elf64_Phdr segment_header;
#else
typedef Elf32_Ehdr file_header;
typedef Elf32_Phdr segment_header;
#endif

/*
 * The dynamic loader maps what the headers of the file tell it to without a look at
 * the length of the file. Where that falls short, of a download or a full disk, the
 * process dies from SIGBUS. All else that may be wrong the loader finds itself.
 */
bool front_is_cut_short(int fd)
{
	struct stat status;
	file_header header;
	if (fstat(fd, &status) != 0 || pread(fd, &header, sizeof header, 0) != (ssize_t)sizeof header ||
		memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 || header.e_phentsize != sizeof(segment_header))
		return false;
	uint64_t size = (uint64_t)status.st_size;
	for (uint64_t i = 0; i < header.e_phnum; i++) {
		segment_header segment;
		off_t at = (off_t)(header.e_phoff + i * sizeof segment);
		if (pread(fd, &segment, sizeof segment, at) != (ssize_t)sizeof segment)
			return true;
		if (segment.p_type == PT_LOAD &&
			(segment.p_offset > size || segment.p_filesz > size - segment.p_offset))
			return true;
	}
	return false;
}
