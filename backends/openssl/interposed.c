/*
 * Whether another library has taken the place of functions. A libcrypto that was
 * not linked with -Bsymbolic, as Debian's, calls its own functions by their
 * names. If the program is linked to another libcrypto of the same symbol
 * version, those names are the other's, and a mixture of the two crashes.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <link.h>

#include "libcrypto.h"

/* The functions that a library calls by name: what its procedure linkage table
 * is bound to. */
struct calls {
	const ElfW(Rela) *first;
	size_t count;
	const ElfW(Sym) *symbols;
};

/* What an entry of the dynamic section points at. The loader makes addresses of
 * them where it can write to the section. */
static const void *target(const struct link_map *map, ElfW(Addr) address)
{
	return (const void *)(address < map->l_addr ? map->l_addr + address : address);
}

static struct calls calls_of(const struct link_map *map)
{
	struct calls calls = { NULL, 0, NULL };
	for (const ElfW(Dyn) *entry = map->l_ld; entry->d_tag != DT_NULL; entry++) {
		switch (entry->d_tag) {
		case DT_JMPREL:
			calls.first = target(map, entry->d_un.d_ptr);
			break;
		case DT_PLTRELSZ:
			calls.count = entry->d_un.d_val / sizeof *calls.first;
			break;
		case DT_SYMTAB:
			calls.symbols = target(map, entry->d_un.d_ptr);
			break;
		case DT_PLTREL:
			if (entry->d_un.d_val != DT_RELA)
				return (struct calls){ NULL, 0, NULL };
			break;
		}
	}
	return calls.first == NULL || calls.symbols == NULL ? (struct calls){ NULL, 0, NULL } : calls;
}

const char *libcrypto_interposed(const struct link_map *map)
{
	struct calls calls = calls_of(map);
	for (size_t i = 0; i < calls.count; i++) {
		const ElfW(Sym) *symbol = &calls.symbols[calls.first[i].r_info >> (sizeof(ElfW(Addr)) == 8 ? 32 : 8)];
		const void *bound = *(void *const *)(map->l_addr + calls.first[i].r_offset);
		const void *own = (const void *)(map->l_addr + symbol->st_value);
		Dl_info there, here;
		/* One that was loaded before may be bound on the first call only. */
		if (symbol->st_shndx != SHN_UNDEF && bound != own &&
		    dladdr(bound, &there) != 0 && dladdr(own, &here) != 0 && there.dli_fbase != here.dli_fbase)
			return there.dli_fname;
	}
	return NULL;
}
