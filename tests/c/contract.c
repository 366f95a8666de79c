#include "contract.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

#include "test.h"

bool contract_load(void)
{
	if (setenv("HAZMAT_CORE", TEST_CONTRACT_CORE, 1) == 0 && hz_load() == HZ_OK)
		return true;
	(void)fprintf(stderr, "%s\n", hz_error_message());
	return false;
}

void *contract_symbol(const char *name)
{
	void *core = dlopen(TEST_CONTRACT_CORE, RTLD_NOW | RTLD_NOLOAD);
	return core == NULL ? NULL : dlsym(core, name);
}

size_t contract_run(const char *name, char *out, size_t out_cap)
{
	size_t (*run)(uintptr_t, uintptr_t, size_t);
	*(void **)&run = contract_symbol("hz_core_contract");
	out[0] = '\0';
	if (!CHECK(run != NULL))
		return 0;
	size_t n = run((uintptr_t)name, (uintptr_t)out, out_cap - 1);
	out[n < out_cap ? n : out_cap - 1] = '\0';
	return n;
}

void contract_check(const char *name)
{
	char failure[1000];
	(void)contract_run(name, failure, sizeof failure);
	EXPECT_TEXT(failure, "");
	EXPECT_SIZE(hz_live_handles(), 0);
}
