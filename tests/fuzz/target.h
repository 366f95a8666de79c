/* What libFuzzer calls (llvm.org/docs/LibFuzzer.html), and replay.c without it. */
#ifndef TARGET_H
#define TARGET_H

#include <stddef.h>
#include <stdint.h>

/* Once, first. */
int LLVMFuzzerInitialize(int *argc, char ***argv);
/* For each input. A failure aborts the process. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
