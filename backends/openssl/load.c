/* Finding libcrypto and its functions. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>

#include "libcrypto.h"

struct function {
	const char *name;
	size_t offset; /* of its pointer in struct libcrypto */
};

#define FUNCTION(result, name, parameters) { #name, offsetof(struct libcrypto, name) },
static const struct function functions[] = { LIBCRYPTO_FUNCTIONS(FUNCTION) };
static const struct function newer_functions[] = { LIBCRYPTO_NEWER_FUNCTIONS(FUNCTION) };

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* Sets the pointer of a function; false if it is not there. */
static bool find(struct libcrypto *lib, const struct function *function)
{
	void *address = dlsym(lib->handle, function->name);
	/* POSIX has the address of a function fit into a void pointer. */
	memcpy((char *)lib + function->offset, &address, sizeof address);
	return address != NULL;
}

/* Sets all pointers. */
static char *find_all(struct libcrypto *lib, const char *path)
{
	for (size_t i = 0; i < COUNT(functions); i++) {
		if (find(lib, &functions[i]))
			continue;
		if (i == 0)
			return libcrypto_error("%s is not OpenSSL's libcrypto: it has no %s", path, functions[i].name);
		return libcrypto_error("%s is %s, which has no %s; OpenSSL 3.0 or later is needed",
			path, libcrypto_version(lib), functions[i].name);
	}
	for (size_t i = 0; i < COUNT(newer_functions); i++)
		(void)find(lib, &newer_functions[i]);
	return NULL;
}

/* Makes the library context, with the default provider. That would come by
 * itself, but for another provider being loaded first.
 *
 * The first fetch of a process fills tables of the whole process. It is done here,
 * where no fork falls into it. */
static char *make_context(struct libcrypto *lib)
{
	unsigned long before = libcrypto_begin(lib);
	lib->context = lib->OSSL_LIB_CTX_new();
	bool ok = lib->context != NULL && lib->OSSL_PROVIDER_load(lib->context, "default") != NULL;
	if (ok)
		lib->EVP_MD_free(lib->EVP_MD_fetch(lib->context, "SHA2-256", NULL));
	else
		lib->OSSL_LIB_CTX_free(lib->context);
	return libcrypto_end(lib, before, ok, "cannot load the default provider");
}

/* Keeps the path that the loader found the library at, and checks what it was
 * bound to. */
static char *check_binding(struct libcrypto *lib)
{
	struct link_map *map = NULL;
	if (dlinfo(lib->handle, RTLD_DI_LINKMAP, &map) != 0)
		return libcrypto_error("%s", dlerror());
	const char *other = libcrypto_interposed(map);
	if (other != NULL)
		return libcrypto_error("%s cannot be used beside %s, which the program is linked to: it would call functions of that",
			map->l_name, other);
	lib->path = strdup(map->l_name);
	return lib->path == NULL ? libcrypto_out_of_memory : NULL;
}

struct libcrypto_made libcrypto_load(const char *path)
{
	const char *unfit = strchr(path, '/') == NULL ? NULL : libcrypto_unfit(path);
	if (unfit != NULL)
		return (struct libcrypto_made){ NULL, libcrypto_error("%s %s", path, unfit) };
	struct libcrypto *lib = calloc(1, sizeof *lib);
	if (lib == NULL)
		return (struct libcrypto_made){ NULL, libcrypto_out_of_memory };
	lib->handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	if (lib->handle == NULL) {
		free(lib);
		return (struct libcrypto_made){ NULL, libcrypto_error("%s", dlerror()) };
	}
	char *error = check_binding(lib);
	if (error == NULL)
		error = find_all(lib, lib->path);
	if (error == NULL)
		error = make_context(lib);
	if (error == NULL) {
		libcrypto_keep(lib);
		return (struct libcrypto_made){ lib, NULL };
	}
	(void)dlclose(lib->handle);
	free((char *)lib->path);
	free(lib);
	return (struct libcrypto_made){ NULL, error };
}

const char *libcrypto_version(const struct libcrypto *lib)
{
	return lib->OpenSSL_version(OPENSSL_VERSION);
}

void libcrypto_load_legacy(const struct libcrypto *lib)
{
	(void)libcrypto_begin(lib);
	(void)lib->OSSL_PROVIDER_load(lib->context, "legacy");
	libcrypto_forget(lib);
}

void *libcrypto_symbol(const struct libcrypto *lib, const char *name)
{
	/* dlsym looks into what libcrypto needs, too. */
	void *address = dlsym(lib->handle, name), *own = dlsym(lib->handle, functions[0].name);
	Dl_info found, libcrypto;
	if (address == NULL || dladdr(address, &found) == 0 || dladdr(own, &libcrypto) == 0)
		return NULL;
	return found.dli_fbase == libcrypto.dli_fbase ? address : NULL;
}
