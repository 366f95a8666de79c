/* Runs a fuzz target on each file of a folder, without libFuzzer. Usage: replay
 * FOLDER. */
#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "rows.h"
#include "target.h"

enum { LONGEST = 1 << 16 };

/* What is being run is told before, as a failure ends the process. */
static int run_file(const char *path)
{
	static uint8_t input[LONGEST];
	FILE *file = fopen(path, "rb");
	if (file == NULL)
		return -1;
	size_t size = fread(input, 1, sizeof input, file);
	(void)fclose(file);
	return LLVMFuzzerTestOneInput(input, size);
}

int main(int argc, char **argv)
{
	size_t count = 0;
	DIR *folder = argc == 2 ? opendir(argv[1]) : NULL;
	if (folder == NULL || LLVMFuzzerInitialize(&argc, &argv) != 0)
		return 2;
	for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
		char path[4096];
		if (entry->d_name[0] == '.')
			continue;
		(void)snprintf(path, sizeof path, "%s/%s", argv[1], entry->d_name);
		if (run_file(path) != 0) {
			(void)fprintf(stderr, "%s: cannot be read\n", path);
			return 1;
		}
		count++;
	}
	(void)closedir(folder);
	row(count, "an input of the corpus");
	(void)printf("%d passed, %d failed\n", count > 0, count == 0);
	return count > 0 ? 0 : 1;
}
