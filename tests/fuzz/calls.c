/* A fuzz target: bytes choose calls on handles, and the machine knows each answer. */
#include <stdlib.h>

#include "machine.h"
#include "reference.h"
#include "target.h"
#include "test.h"

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc, (void)argv;
	reference_start();
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct machine machine;
	if (size == 0)
		return 0;
	machine_start(&machine, (struct choices){.bytes = data, .left = size}, "this input");
	while (machine_step(&machine))
		continue;
	machine_stop(&machine);
	if (test_failures() > 0)
		abort();
	return 0;
}
