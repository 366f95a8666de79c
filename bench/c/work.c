#include "work.h"

#include <pthread.h>
#include <string.h>

enum { KEYS = 64, MESSAGES = 1000 };

static uint8_t keys[KEYS][KEY];
static uint8_t nonces[MESSAGES][IV];
static const uint8_t *nonce_list[MESSAGES];
static size_t nonce_lengths[MESSAGES];

static void fill(void)
{
	for (size_t i = 0; i < KEYS; i++)
		for (size_t j = 0; j < KEY; j++)
			keys[i][j] = (uint8_t)(i + j);
	for (size_t i = 0; i < MESSAGES; i++) {
		nonces[i][0] = (uint8_t)i;
		nonces[i][1] = (uint8_t)(i / 256);
		nonce_list[i] = nonces[i];
		nonce_lengths[i] = NONCE;
	}
}

static void *allocate(size_t count, size_t size)
{
	void *memory = calloc(count, size);
	MUST(memory != NULL);
	return memory;
}

static const struct operation *named(const struct subject *subject, const char *name)
{
	for (const struct operation *o = subject->operations; o->name; o++)
		if (strcmp(o->name, name) == 0)
			return o;
	return NULL;
}

static bool is(const char *name, const char *way)
{
	const char *colon = strchr(name, ':');
	return colon && strcmp(colon + 1, way) == 0;
}

/* The operation that a batch is a loop of: that on one message, with one key if it has one. */
static const struct operation *single(const struct subject *subject, const char *batch)
{
	char name[64];
	const struct operation *operation;
	int length = (int)(strchr(batch, ':') - batch);
	snprintf(name, sizeof name, "%.*s:same", length, batch);
	if ((operation = named(subject, name)))
		return operation;
	snprintf(name, sizeof name, "%.*s", length, batch);
	return named(subject, name);
}

static const struct operation *find(const struct subject *subject, const char *name)
{
	const struct operation *operation = named(subject, name);
	return operation || !is(name, "batch") ? operation : single(subject, name);
}

bool has(const struct subject *subject, const char *name)
{
	return find(subject, name) != NULL;
}

static void list(struct job *job, size_t size)
{
	job->messages = allocate(MESSAGES, sizeof *job->messages);
	job->lengths = allocate(MESSAGES, sizeof *job->lengths);
	for (size_t i = 0; i < MESSAGES; i++) {
		job->messages[i] = job->data + i * size;
		job->lengths[i] = size;
	}
	job->work.count = MESSAGES;
	job->work.messages = job->messages;
	job->work.lengths = job->lengths;
	job->work.nonces = nonce_list;
	job->work.nonce_lengths = nonce_lengths;
}

struct job *job_new(const struct subject *subject, const char *name, size_t size)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	const struct operation *operation = find(subject, name);
	bool batch = is(name, "batch");
	size_t count = batch ? MESSAGES : 1;
	struct job *job;
	if (!operation)
		return NULL;
	pthread_once(&once, fill);
	job = allocate(1, sizeof *job);
	job->operation = operation;
	job->same_key = batch || is(name, "same");
	job->in_loop = batch && !is(operation->name, "batch");
	job->data = allocate(count, size);
	for (size_t i = 0; i < count * size; i++)
		job->data[i] = (uint8_t)(i + i / 256);
	job->out = allocate(count, size + DIGEST);
	job->work.key = keys[0];
	job->work.nonce = nonces[0];
	job->work.data = job->data;
	job->work.length = batch && !job->in_loop ? count * size : size;
	if (batch)
		list(job, size);
	if (operation->prepare)
		operation->prepare(&job->work);
	return job;
}

void job_free(struct job *job)
{
	if (job->operation->release)
		job->operation->release(&job->work);
	free(job->data);
	free(job->out);
	free(job->messages);
	free(job->lengths);
	free(job);
}

size_t job_run(struct job *job, size_t time)
{
	struct work *work = &job->work;
	size_t written = 0;
	work->out = job->out;
	if (job->in_loop) {
		for (size_t i = 0; i < work->count; i++) {
			work->data = work->messages[i];
			work->nonce = nonces[i];
			work->out = job->out + written;
			written += job->operation->run(work);
		}
		return written;
	}
	if (!job->same_key)
		work->key = keys[time % KEYS];
	work->nonce = nonces[time % KEYS];
	return job->operation->run(work);
}
