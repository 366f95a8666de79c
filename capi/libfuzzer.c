//go:build libfuzzer

/*
 * What code that Go's compiler instruments for libFuzzer calls (-d=libfuzzer). It must
 * be part of the same library, while libFuzzer is part of the program that loads it. So
 * these pass each call on.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>
#include <stdint.h>

#define LOCAL __attribute__((visibility("hidden")))

/* A jump, so that libFuzzer finds the caller's address where it looks for it. */
#define PASS_ON(name, parameters, arguments) \
	static void (*pass_##name) parameters; \
	__attribute__((constructor)) static void find_##name(void) \
	{ \
		*(void **)&pass_##name = dlsym(RTLD_DEFAULT, #name); \
	} \
	LOCAL void name parameters \
	{ \
		if (pass_##name != NULL) \
			pass_##name arguments; \
	}

PASS_ON(__sanitizer_cov_8bit_counters_init, (uint8_t *start, uint8_t *end), (start, end))
PASS_ON(__sanitizer_cov_pcs_init, (const uintptr_t *start, const uintptr_t *end), (start, end))
PASS_ON(__sanitizer_cov_trace_cmp1, (uint8_t a, uint8_t b), (a, b))
PASS_ON(__sanitizer_cov_trace_cmp2, (uint16_t a, uint16_t b), (a, b))
PASS_ON(__sanitizer_cov_trace_cmp4, (uint32_t a, uint32_t b), (a, b))
PASS_ON(__sanitizer_cov_trace_cmp8, (uint64_t a, uint64_t b), (a, b))
PASS_ON(__sanitizer_cov_trace_const_cmp1, (uint8_t a, uint8_t b), (a, b))
PASS_ON(__sanitizer_cov_trace_const_cmp2, (uint16_t a, uint16_t b), (a, b))
PASS_ON(__sanitizer_cov_trace_const_cmp4, (uint32_t a, uint32_t b), (a, b))
PASS_ON(__sanitizer_cov_trace_const_cmp8, (uint64_t a, uint64_t b), (a, b))
PASS_ON(__sanitizer_weak_hook_strcmp, (void *pc, const char *a, const char *b, int result), (pc, a, b, result))
