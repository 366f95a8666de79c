#include "files.h"

#include "progress.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct {
	const char *path;
	FILE *stream;
	char *volatile temporary; /* NULL when there is none to remove */
} output;

static void remove_unfinished(void)
{
	if (output.temporary)
		unlink(output.temporary);
}

/* Calls only what is safe in a signal handler. */
static void remove_unfinished_and_die(int signal_number)
{
	remove_unfinished();
	signal(signal_number, SIG_DFL);
	raise(signal_number);
}

void fail(const char *format, ...)
{
	va_list arguments;

	end_progress();
	fputs("crypt_file: ", stderr);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	remove_unfinished();
	exit(EXIT_FAILURE);
}

struct input open_input(const char *path, const char *doing)
{
	struct input input = { .path = path };
	struct stat status;

	/* Before it is opened: to open a FIFO may wait for ever. */
	if (stat(path, &status) != 0)
		fail("%s: %s", path, strerror(errno));
	if (!S_ISREG(status.st_mode))
		fail("%s: %s", path, S_ISDIR(status.st_mode) ? "is a directory" : "is not a regular file");
	input.stream = fopen(path, "rb");
	if (!input.stream)
		fail("%s: %s", path, strerror(errno));
	input.size = (uint64_t)status.st_size;
	begin_progress(doing, input.size);
	return input;
}

size_t read_some(struct input *input, uint8_t *data, size_t size)
{
	size_t got = fread(data, 1, size, input->stream);

	if (ferror(input->stream))
		fail("%s: %s", input->path, strerror(errno));
	input->done += got;
	show_progress(input->done);
	return got;
}

void read_all(struct input *input, uint8_t *data, size_t size)
{
	if (read_some(input, data, size) != size)
		fail("%s: became shorter while it was read", input->path);
}

void seek_input(struct input *input, uint64_t offset)
{
	if (fseeko(input->stream, (off_t)offset, SEEK_SET) != 0)
		fail("%s: %s", input->path, strerror(errno));
	input->done = offset;
}

void close_input(struct input *input)
{
	fclose(input->stream);
	end_progress();
}

void create_output(const char *path)
{
	static const char name[] = ".crypt_file-XXXXXX";
	const char *slash = strrchr(path, '/');
	int folder = slash ? (int)(slash - path) + 1 : 0;
	struct sigaction die = { .sa_handler = remove_unfinished_and_die, .sa_flags = SA_ONSTACK };
	size_t size = (size_t)folder + sizeof name;
	char *temporary = malloc(size);
	int file;

	if (!temporary)
		fail("%s: %s", path, strerror(errno));
	snprintf(temporary, size, "%.*s%s", folder, path, name);
	sigaction(SIGHUP, &die, NULL);
	sigaction(SIGINT, &die, NULL);
	sigaction(SIGTERM, &die, NULL);
	file = mkstemp(temporary);
	if (file < 0)
		fail("%s: cannot create it: %s", path, strerror(errno));
	output.temporary = temporary;
	output.path = path;
	output.stream = fdopen(file, "wb");
	if (!output.stream)
		fail("%s: %s", path, strerror(errno));
}

void write_output(const uint8_t *data, size_t size)
{
	if (fwrite(data, 1, size, output.stream) != size)
		fail("%s: %s", output.path, strerror(errno));
}

void keep_output(void)
{
	if (fclose(output.stream) != 0 || rename(output.temporary, output.path) != 0)
		fail("%s: %s", output.path, strerror(errno));
	output.temporary = NULL;
}
