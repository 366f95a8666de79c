/*
 * Lets both libraries run with glibc 2.27 and later, whatever they are built with.
 *
 * A linker asks for the newest version of a function that the building machine's
 * glibc has. Many got a new one only because glibc 2.34 put libpthread and libdl
 * into libc; the old ones stay. So each function below stands for the one of its
 * name inside the library, and jumps to the version that x86-64 began with. The
 * rest of what they call is older than 2.27, which brought memfd_create.
 */
#include <features.h>

#if defined(__GLIBC__) && defined(__x86_64__) && defined(__LP64__)

/* A section each, so that the linker can leave out what a library does not call. */
.macro function name
	.section .text.glibc_\name,"ax",@progbits
	.globl \name
	.hidden \name
	.type \name, @function
\name:
.endm

.macro old name, version
	function \name
	jmp *old_\name@GOTPCREL(%rip)
	.size \name, . - \name
	.symver old_\name, \name@\version
.endm

old dladdr, GLIBC_2.2.5
old dlclose, GLIBC_2.2.5
old dlerror, GLIBC_2.2.5
old dlinfo, GLIBC_2.3.3
old dlopen, GLIBC_2.2.5
old dlsym, GLIBC_2.2.5
old pthread_attr_getstack, GLIBC_2.2.5
old pthread_attr_getstacksize, GLIBC_2.2.5
old pthread_create, GLIBC_2.2.5
old pthread_getattr_np, GLIBC_2.2.5
old pthread_key_create, GLIBC_2.2.5
old pthread_setspecific, GLIBC_2.2.5
old pthread_sigmask, GLIBC_2.2.5

/* fstat(fd, status) is __fxstat(1, fd, status) in the headers before 2.33. */
function fstat
	movq %rsi, %rdx
	movl %edi, %esi
	movl $1, %edi
	jmp *__fxstat@GOTPCREL(%rip)
	.size fstat, . - fstat

#endif

	.section .note.GNU-stack,"",@progbits
