#include "vectors.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test.h"

enum { MOST_FIELDS = 10 };

struct field {
	char *name, *text; /* name owns both */
	struct bytes bytes;
};

struct vector {
	struct field fields[MOST_FIELDS];
	size_t count;
};

static const struct field *find(const struct vector *vector, const char *name)
{
	for (size_t i = 0; i < vector->count; i++) {
		if (strcmp(vector->fields[i].name, name) == 0)
			return &vector->fields[i];
	}
	return NULL;
}

const char *vector_text(const struct vector *vector, const char *name)
{
	const struct field *field = find(vector, name);
	return field == NULL ? NULL : field->text;
}

struct bytes vector_bytes(const struct vector *vector, const char *name)
{
	const struct field *field = find(vector, name);
	return field == NULL ? (struct bytes){NULL, 0} : field->bytes;
}

static bool is_name(const char *name)
{
	static const char *const names[] = {"cipher", "mode", "algorithm", "hash", "repeat",
		"tag-length", "result"};
	for (size_t i = 0; i < COUNT(names); i++) {
		if (strcmp(names[i], name) == 0)
			return true;
	}
	return false;
}

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool decode(const char *text, struct bytes *bytes)
{
	size_t length = strlen(text);
	uint8_t *at = malloc(length / 2 + 1);
	*bytes = (struct bytes){at, length / 2};
	bool good = at != NULL && length % 2 == 0;
	for (size_t i = 0; good && i < length; i += 2) {
		int high = digit(text[i]), low = digit(text[i + 1]);
		good = high >= 0 && low >= 0;
		at[i / 2] = (uint8_t)(high << 4 | low);
	}
	return good;
}

/* Adds the field of a line, "name = text". */
static bool add_field(struct vector *vector, const char *line)
{
	if (vector->count == MOST_FIELDS)
		return false;
	struct field *field = &vector->fields[vector->count++];
	*field = (struct field){.name = strdup(line)};
	char *sign = strstr(field->name, " =");
	if (sign == NULL || (sign[2] != ' ' && sign[2] != '\0'))
		return false;
	*sign = '\0';
	field->text = sign + (sign[2] == ' ' ? 3 : 2);
	return is_name(field->name) || decode(field->text, &field->bytes);
}

static size_t end_case(struct vector *vector, void (*run)(const struct vector *vector))
{
	if (vector->count == 0)
		return 0;
	run(vector);
	for (size_t i = 0; i < vector->count; i++) {
		free((void *)(uintptr_t)vector->fields[i].bytes.at);
		free(vector->fields[i].name);
	}
	vector->count = 0;
	return 1;
}

static size_t each_in_file(const char *path, void (*run)(const struct vector *vector))
{
	FILE *file = fopen(path, "r");
	if (!CHECK(file != NULL))
		return 0;
	struct vector vector = {.count = 0};
	char *line = NULL;
	size_t room = 0, cases = 0;
	ssize_t length;
	for (int number = 1; (length = getline(&line, &room, file)) > 0; number++) {
		test_note("%s:%d", path, number);
		line[length - (line[length - 1] == '\n' ? 1 : 0)] = '\0';
		if (line[0] == '\0')
			cases += end_case(&vector, run);
		else if (line[0] != '#')
			CHECK(add_field(&vector, line));
	}
	cases += end_case(&vector, run);
	free(line);
	CHECK(cases > 0);
	CHECK(fclose(file) == 0);
	return cases;
}

size_t vectors_each(const char *folder, void (*run)(const struct vector *vector))
{
	struct dirent **names;
	int count = scandir(folder, &names, NULL, alphasort);
	size_t cases = 0;
	if (!CHECK(count >= 0))
		return 0;
	for (int i = 0; i < count; i++) {
		char path[1000];
		size_t length = strlen(names[i]->d_name);
		(void)snprintf(path, sizeof path, "%s/%s", folder, names[i]->d_name);
		if (length > 4 && strcmp(names[i]->d_name + length - 4, ".txt") == 0)
			cases += each_in_file(path, run);
		free(names[i]);
	}
	free(names);
	return cases;
}

struct bytes vectors_piece(struct bytes *left, bool whole, size_t *turn)
{
	static const size_t sizes[] = {1, 15, 16, 17, 3, 64, 5, 128};
	size_t n = sizes[(*turn)++ % COUNT(sizes)];
	struct bytes piece = {left->at, whole || n > left->n ? left->n : n};
	left->at += piece.n;
	left->n -= piece.n;
	return piece;
}
