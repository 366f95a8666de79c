/* Calls every function of the toy library, with a value of every kind. */
#include <toy.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXPECT(condition) \
	do { \
		if (!(condition)) { \
			fprintf(stderr, "%s:%d: not so: %s; %s\n", __FILE__, __LINE__, #condition, toy_error_message()); \
			exit(1); \
		} \
	} while (0)
#define OK(call) EXPECT((call) == TOY_OK)
#define FAILS(code, text, call) EXPECT((call) == (code) && strstr(toy_error_message(), text) != NULL)

static toy_status listener(toy_shop *shop, const toy_ball *ball, toy_colour colour, const char *note,
	const uint8_t *data, size_t data_len, bool urgent, size_t index, uint32_t weight, uint64_t serial,
	bool *more, void *user_data)
{
	char name[32], line[128];
	size_t length;
	if (colour == TOY_COLOUR_GREEN) {
		toy_set_error_message("green is\nrefused");
		return TOY_ERR_SEALED;
	}
	OK(toy_shop_name(shop, name, sizeof name, &length));
	EXPECT(strcmp(name, "corner") == 0 && length == 6);
	OK(toy_describe(ball, line, sizeof line, &length));
	EXPECT(strcmp(line, ball == NULL ? "no ball" : "red true 3 4 5 l\303\244bel 0102") == 0);
	EXPECT(strcmp(note, "n\303\266te") == 0);
	EXPECT(data_len == 2 && memcmp(data, "\0\377", 2) == 0);
	EXPECT(urgent && index == 2 && weight == 1u << 31 && serial == (uint64_t)1 << 63);
	++*(int *)user_data;
	*more = ball == NULL;
	return TOY_OK;
}

/* Supplies what user_data points to: a kind of answer. */
static toy_status supplier(toy_shop *shop, void **object, void *user_data)
{
	int kind = *(int *)user_data;
	if (kind == 1)
		return toy_shop_jar(shop, (toy_jar **)object);
	if (kind == 2)
		*object = (void *)0xabc;
	return kind == 3 ? TOY_ERR_NOT_THERE : TOY_OK;
}

static void functions(void)
{
	char text[64];
	uint32_t numbers[8];
	uint64_t sum;
	size_t length;
	EXPECT(strcmp(toy_greeting(), TOY_GREETING) == 0 && toy_limit() == TOY_LIMIT && toy_room() == 8);
	OK(toy_colour_name(TOY_COLOUR_NAVY, text, sizeof text, &length));
	EXPECT(strcmp(text, "navy") == 0);
	toy_colour mixed;
	OK(toy_colour_mix(TOY_COLOUR_RED, TOY_COLOUR_GREEN, &mixed));
	EXPECT(mixed == 8);
	OK(toy_colours(numbers, 8, &length));
	EXPECT(length == 3 && numbers[2] == 0x80000000u);
	OK(toy_count(4, numbers, 8, &length));
	EXPECT(length == 4 && numbers[3] == 3);
	EXPECT(toy_count(9, numbers, 8, &length) == TOY_ERR_BUFFER_TOO_SMALL && length == 9);
	FAILS(TOY_ERR_INVALID_ARGUMENT, "n is 18446744073709551615", toy_count((size_t)-1, numbers, 8, &length));
	OK(toy_words(" b\303\244r foo ", text, sizeof text, &length));
	EXPECT(length == 9 && memcmp(text, "b\303\244r\0foo\0", 9) == 0);
	EXPECT(toy_words("abc", text, 3, &length) == TOY_ERR_BUFFER_TOO_SMALL && length == 4);
	FAILS(TOY_ERR_NULL_POINTER, "text is NULL", toy_words(NULL, text, sizeof text, &length));
	FAILS(TOY_ERR_INVALID_ARGUMENT, "not valid UTF-8", toy_words("\377", text, sizeof text, &length));
	OK(toy_sum(true, 1, 2, 3, &sum));
	EXPECT(sum == 7);
	OK(toy_pair(5, 3, &length));
	EXPECT(length == 2);
	FAILS(TOY_ERR_INVALID_ARGUMENT, "b is 5", toy_pair(3, 5, &length));
	EXPECT(length == 0);
	OK(toy_half(10, numbers));
	EXPECT(numbers[0] == 5);
	uint8_t pattern[3] = {9, 9, 9};
	OK(toy_pattern(pattern, 2));
	EXPECT(pattern[1] == 1 && pattern[2] == 9);
	void *place;
	OK(toy_place("here", &place));
	EXPECT(place == (void *)0xabc);
	FAILS(TOY_ERR_INVALID_ARGUMENT, "nowhere", toy_place("", &place));
	EXPECT(place == NULL);
	FAILS(TOY_ERR_INTERNAL, "as asked", toy_broken());
	FAILS(TOY_ERR_INTERNAL, "no status here", toy_unmapped());
	toy_ball ball = {.size = 3};
	FAILS(TOY_ERR_INVALID_ARGUMENT, "ball.size is 3; it must be sizeof(toy_ball)", toy_describe(&ball, text, 64, &length));
	ball.size = sizeof ball;
	ball.label = "";
	ball.core_len = 1;
	FAILS(TOY_ERR_NULL_POINTER, "ball.core is NULL but ball.core_len is 1", toy_describe(&ball, text, 64, &length));
}

static void handles(toy_shop *shop)
{
	toy_jar *jar, *copy;
	uint8_t out[16];
	size_t length;
	bool sealed;
	OK(toy_shop_jar(shop, &jar));
	OK(toy_jar_put(jar, (const uint8_t *)"abc", 3));
	OK(toy_jar_take(jar, (const uint8_t *)"p", 1, out, sizeof out, &length));
	EXPECT(length == 6 && memcmp(out, "p<abc>", 6) == 0);
	EXPECT(toy_jar_take(jar, NULL, 0, out, 4, &length) == TOY_ERR_BUFFER_TOO_SMALL && length == 5);
	OK(toy_jar_copy(jar, &copy));
	const uint8_t *parts[] = {(const uint8_t *)"d", NULL, (const uint8_t *)"ef"};
	const size_t lens[] = {1, 0, 2};
	OK(toy_jar_put_all(copy, parts, lens, 3, &length));
	EXPECT(length == 3);
	OK(toy_jar_take(copy, NULL, 0, out, sizeof out, &length));
	EXPECT(length == 8 && memcmp(out, "<abcdef>", 8) == 0);
	OK(toy_jar_put_all(copy, NULL, NULL, 0, &length));
	EXPECT(length == 0);
	FAILS(TOY_ERR_NULL_POINTER, "parts or parts_lens is NULL but parts_count is 1", toy_jar_put_all(copy, parts, NULL, 1, &length));
	FAILS(TOY_ERR_NULL_POINTER, "item 1 of parts: parts is NULL but parts_len is 2",
		toy_jar_put_all(copy, parts, (const size_t[]){1, 2}, 2, &length));
	FAILS(TOY_ERR_INVALID_ARGUMENT, "parts_count is", toy_jar_put_all(copy, parts, lens, SIZE_MAX, &length));
	OK(toy_jar_sealed(jar, &sealed));
	EXPECT(!sealed);
	OK(toy_jar_seal(jar));
	FAILS(TOY_ERR_SEALED, "sealed", toy_jar_put(jar, out, 1));
	OK(toy_jar_put(copy, out, 1));
	FAILS(TOY_ERR_NOT_THERE, "LockedJar", toy_jar_unlock(jar, out, 1));
	FAILS(TOY_ERR_INVALID_HANDLE, "is a toy_jar; expected a live toy_shop", toy_shop_free((toy_shop *)jar));
	OK(toy_jar_free(jar));
	FAILS(TOY_ERR_INVALID_HANDLE, "was freed", toy_jar_free(jar));
	OK(toy_jar_free(copy));
	OK(toy_jar_free(NULL));
	FAILS(TOY_ERR_NULL_POINTER, "NULL", toy_jar_put(NULL, out, 1));
	FAILS(TOY_ERR_INVALID_ARGUMENT, "no shop is named \"far\"", toy_shop_open("far", &shop));
	EXPECT(shop == NULL);
}

static void callbacks(toy_shop *shop)
{
	static int calls, kind;
	const uint8_t core[] = {1, 2};
	const toy_ball ball = {.size = sizeof ball, .colour = TOY_COLOUR_RED, .round = true, .count = 3, .weight = 4,
		.serial = 5, .label = "l\303\244bel", .core = core, .core_len = 2};
	const uint8_t data[] = {0, 255};
	bool more;
	FAILS(TOY_ERR_NULL_POINTER, "listener is NULL", toy_shop_subscribe(shop, TOY_COLOUR_RED, NULL, NULL));
	OK(toy_shop_subscribe(shop, TOY_COLOUR_RED, listener, &calls));
	OK(toy_shop_subscribe(shop, TOY_COLOUR_GREEN, listener, &calls));
	FAILS(TOY_ERR_ALREADY_THERE, "red", toy_shop_subscribe(shop, TOY_COLOUR_RED, listener, &calls));
	OK(toy_shop_announce(shop, TOY_COLOUR_RED, &ball, "n\303\266te", data, 2, &more));
	EXPECT(!more && calls == 1);
	OK(toy_shop_announce(shop, TOY_COLOUR_RED, NULL, "n\303\266te", data, 2, &more));
	EXPECT(more && calls == 2);
	FAILS(TOY_ERR_SEALED, "green is refused", toy_shop_announce(shop, TOY_COLOUR_GREEN, NULL, "", NULL, 0, &more));
	const char *fetched[] = {"nothing", "jar", "0xabc"};
	for (kind = 0; kind < 3; kind++) {
		char text[32];
		size_t length;
		OK(toy_shop_fetch(shop, supplier, &kind));
		OK(toy_shop_fetched(shop, text, sizeof text, &length));
		EXPECT(strcmp(text, fetched[kind]) == 0);
	}
	FAILS(TOY_ERR_NOT_THERE, "the callback failed", toy_shop_fetch(shop, supplier, &kind));
}

/* A jar of our own: a length and bytes. */
struct jar {
	size_t length;
	uint8_t bytes[16];
	bool sealed;
};
static int jars;

static toy_jar *new_jar(const struct jar *from);

static toy_status jar_put(const uint8_t *data, size_t data_len, void *user_data)
{
	struct jar *jar = user_data;
	if (jar->length + data_len > sizeof jar->bytes) {
		toy_set_error_message("our jar is full");
		return TOY_ERR_INVALID_ARGUMENT;
	}
	memcpy(jar->bytes + jar->length, data, data_len);
	jar->length += data_len;
	return TOY_OK;
}

static toy_status jar_put_all(const uint8_t *const *parts, const size_t *parts_lens, size_t parts_count, size_t *total,
	void *user_data)
{
	*total = 0;
	for (size_t i = 0; i < parts_count; i++) {
		toy_status status = jar_put(parts[i], parts_lens[i], user_data);
		if (status != TOY_OK)
			return status;
		*total += parts_lens[i];
	}
	return TOY_OK;
}

static toy_status jar_take(const uint8_t *prefix, size_t prefix_len, uint8_t *dst, size_t dst_cap, size_t *dst_len,
	void *user_data)
{
	const struct jar *jar = user_data;
	*dst_len = prefix_len + jar->length;
	if (jar->length > 9) { /* a lie, for the library to find */
		*dst_len = dst_cap + 1;
		return TOY_OK;
	}
	if (*dst_len > dst_cap)
		return TOY_ERR_BUFFER_TOO_SMALL;
	memcpy(dst, prefix, prefix_len);
	memcpy(dst + prefix_len, jar->bytes, jar->length);
	return TOY_OK;
}

static toy_status jar_copy(toy_jar **out, void *user_data)
{
	*out = new_jar(user_data);
	return TOY_OK;
}

static toy_status jar_seal(void *user_data)
{
	((struct jar *)user_data)->sealed = true;
	return TOY_OK;
}

static toy_status jar_sealed(bool *out, void *user_data)
{
	*out = ((struct jar *)user_data)->sealed;
	return TOY_OK;
}

static void jar_free(void *user_data)
{
	jars--;
	free(user_data);
}

static const toy_jar_methods jar_methods = {.size = sizeof jar_methods, .free = jar_free, .put = jar_put,
	.put_all = jar_put_all, .take = jar_take, .copy = jar_copy, .seal = jar_seal, .sealed = jar_sealed};

static void *jar_data(const struct jar *from)
{
	struct jar *jar = calloc(1, sizeof *jar);
	EXPECT(jar != NULL);
	if (from != NULL)
		*jar = *from;
	jars++;
	return jar;
}

static toy_jar *new_jar(const struct jar *from)
{
	toy_jar *handle;
	OK(toy_jar_new(&jar_methods, jar_data(from), &handle));
	return handle;
}

static toy_status stall_name(char *out, size_t out_cap, size_t *out_len, void *user_data)
{
	const char *name = user_data;
	*out_len = strlen(name) + 1;
	if (*out_len > out_cap)
		return TOY_ERR_BUFFER_TOO_SMALL;
	memcpy(out, name, *out_len);
	--*out_len;
	return TOY_OK;
}

static toy_status stall_announce(toy_colour colour, const toy_ball *ball, const char *note, const uint8_t *data,
	size_t data_len, bool *out, void *user_data)
{
	(void)ball, (void)data, (void)user_data;
	*out = colour == TOY_COLOUR_NAVY && strcmp(note, "psst") == 0 && data_len == 1;
	return TOY_OK;
}

static toy_status stall_jar(toy_jar **out, void *user_data)
{
	(void)user_data;
	*out = new_jar(NULL);
	return TOY_OK;
}

static const toy_shop_methods stall_methods = {.size = sizeof stall_methods, .name = stall_name,
	.announce = stall_announce, .jar = stall_jar, .fetched = stall_name};

static void implementations(void)
{
	static char name[] = "stall";
	uint8_t out[32];
	char text[64];
	size_t length;
	bool sealed, more;
	toy_jar *jar = new_jar(NULL), *copy;
	OK(toy_jar_put(jar, (const uint8_t *)"abc", 3));
	OK(toy_jar_copy(jar, &copy));
	const uint8_t *const parts[] = {(const uint8_t *)"d", NULL, (const uint8_t *)"ef"};
	const size_t lens[] = {1, 0, 2};
	OK(toy_jar_put_all(copy, parts, lens, 3, &length));
	EXPECT(length == 3);
	OK(toy_jar_take(copy, NULL, 0, out, sizeof out, &length));
	EXPECT(length == 6 && memcmp(out, "abcdef", 6) == 0);
	OK(toy_jar_free(copy));
	OK(toy_jar_copy(jar, &copy));
	OK(toy_jar_take(copy, (const uint8_t *)"p", 1, out, sizeof out, &length));
	EXPECT(length == 4 && memcmp(out, "pabc", 4) == 0);
	EXPECT(toy_jar_take(copy, NULL, 0, out, 2, &length) == TOY_ERR_BUFFER_TOO_SMALL && length == 3);
	OK(toy_jar_seal(jar));
	OK(toy_jar_sealed(jar, &sealed));
	EXPECT(sealed);
	FAILS(TOY_ERR_NOT_THERE, "LockedJar", toy_jar_unlock(jar, out, 1));
	FAILS(TOY_ERR_INVALID_ARGUMENT, "our jar is full", toy_jar_put(jar, out, 16));
	OK(toy_jar_put(jar, out, 8));
	FAILS(TOY_ERR_CALLBACK, "says that it wrote 33 bytes to a buffer of 32", toy_jar_take(jar, NULL, 0, out, 32, &length));
	OK(toy_jar_free(jar));
	OK(toy_jar_free(copy));
	OK(toy_rate(&jar_methods, jar_data(NULL), text, sizeof text, &length));
	EXPECT(strcmp(text, "prate sealed true") == 0);
	EXPECT(jars == 0);

	toy_jar_methods partial = jar_methods;
	partial.seal = NULL;
	FAILS(TOY_ERR_NULL_POINTER, "methods.seal: NULL, though other functions of SealedJar", toy_jar_new(&partial, NULL, &jar));
	partial.sealed = NULL;
	partial.copy = NULL;
	FAILS(TOY_ERR_NULL_POINTER, "methods.copy: NULL", toy_jar_new(&partial, NULL, &jar));
	FAILS(TOY_ERR_NULL_POINTER, "methods is NULL", toy_jar_new(NULL, NULL, &jar));
	EXPECT(jar == NULL);

	toy_shop *shop;
	OK(toy_shop_found(&stall_methods, name));
	FAILS(TOY_ERR_ALREADY_THERE, "stall", toy_shop_found(&stall_methods, name));
	OK(toy_shop_open("stall", &shop));
	OK(toy_shop_fetched(shop, text, sizeof text, &length));
	EXPECT(strcmp(text, "stall") == 0);
	OK(toy_shop_announce(shop, TOY_COLOUR_NAVY, NULL, "psst", out, 1, &more));
	EXPECT(more);
	OK(toy_shop_jar(shop, &jar));
	OK(toy_jar_put(jar, out, 1));
	OK(toy_jar_free(jar));
	EXPECT(jars == 0);
	OK(toy_shop_free(shop));
}

int main(void)
{
	toy_shop *shop;
	EXPECT(toy_live_handles() == 0 && toy_abi_version() == 2 && strcmp(toy_abi_hash(), TOY_ABI_HASH) == 0);
	EXPECT(strcmp(toy_status_string(TOY_ERR_SEALED), "sealed") == 0);
	OK(toy_load());
	OK(toy_fix_signal_handlers());
	functions();
	OK(toy_shop_open("corner", &shop));
	handles(shop);
	callbacks(shop);
	implementations();
	OK(toy_shop_free(shop));
	EXPECT(toy_live_handles() == 0);
	return 0;
}
