/* What is wrong with the file of a library that the dynamic loader does not tell. */
#define _GNU_SOURCE
#include <elf.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "front.h"

#if UINTPTR_MAX == UINT64_MAX
typedef Elf64_Ehdr file_header;
typedef Elf64_Phdr segment_header;
#else
typedef Elf32_Ehdr file_header;
typedef Elf32_Phdr segment_header;
#endif

/* The header of the library that this is linked into; the linker's own name for it. */
__attribute__((visibility("hidden"))) extern const file_header __ehdr_start;

/*
 * The dynamic loader maps what the headers of the file tell it to without a look at
 * the length of the file. Where that falls short, of a download or a full disk, the
 * process dies from SIGBUS.
 */
static bool is_cut_short(int fd, const file_header *header)
{
	struct stat status;
	if (fstat(fd, &status) != 0 || header->e_phentsize != sizeof(segment_header))
		return false;
	uint64_t size = (uint64_t)status.st_size;
	for (uint64_t i = 0; i < header->e_phnum; i++) {
		segment_header segment;
		off_t at = (off_t)(header->e_phoff + i * sizeof segment);
		if (pread(fd, &segment, sizeof segment, at) != (ssize_t)sizeof segment)
			return true;
		if (segment.p_type == PT_LOAD &&
			(segment.p_offset > size || segment.p_filesz > size - segment.p_offset))
			return true;
	}
	return false;
}

/* The dynamic loader passes over a library of another processor, and then says that
 * there is no such file. */
static bool is_foreign(const file_header *header)
{
	return header->e_ident[EI_CLASS] != __ehdr_start.e_ident[EI_CLASS] ||
		header->e_ident[EI_DATA] != __ehdr_start.e_ident[EI_DATA] ||
		header->e_machine != __ehdr_start.e_machine;
}

const char *front_file_fault(int fd)
{
	struct statvfs system;
	file_header header;
	if (fstatvfs(fd, &system) == 0 && (system.f_flag & ST_NOEXEC) != 0)
		return "its file system is mounted noexec, so put it elsewhere";
	if (pread(fd, &header, sizeof header, 0) != (ssize_t)sizeof header || memcmp(header.e_ident, ELFMAG, SELFMAG) != 0)
		return NULL;
	if (is_foreign(&header))
		return "it is for another kind of processor, so install the one for this";
	return is_cut_short(fd, &header) ? "the file is cut short" : NULL;
}
