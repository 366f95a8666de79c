#include <stdio.h>
#include <string.h>

#include "calls.h"
#include "fixture.h"
#include "test.h"

enum { PATTERN = 0xA5 };

void *owner_make(enum owner owner)
{
	switch (owner) {
	case BACKEND:
		return open_backend();
	case AEAD:
		return new_aead(HZ_AEAD_AES_GCM, 16);
	case CIPHER_CONTEXT:
		return new_cbc_context(HZ_OPERATION_ENCRYPT);
	case HASH_CONTEXT:
		return new_hash_context(HZ_HASH_SHA256);
	case HMAC_CONTEXT:
		return new_hmac_context(HZ_HASH_SHA256);
	case NO_OWNER:
	case OWNERS:
		break;
	}
	return NULL;
}

hz_status owner_free(enum owner owner, void *handle)
{
	switch (owner) {
	case BACKEND:
		return hz_backend_free(handle);
	case AEAD:
		return hz_aead_free(handle);
	case CIPHER_CONTEXT:
		return hz_cipher_context_free(handle);
	case HASH_CONTEXT:
		return hz_hash_context_free(handle);
	case HMAC_CONTEXT:
		return hz_hmac_context_free(handle);
	case NO_OWNER:
	case OWNERS:
		break;
	}
	return HZ_OK;
}

bool owner_is_shared(enum owner owner)
{
	return owner == BACKEND || owner == AEAD;
}

static void make_argument(struct arguments *a, const struct call *call, size_t i)
{
	union value *v = &a->v[i];
	switch (call->kinds[i]) {
	case HANDLE:
		v->p = call->self != NULL ? call->self() : owner_make(call->owner);
		break;
	case CODE:
		v->code = 1;
		break;
	case CIPHER:
		v->p = &a->cipher;
		break;
	case INPUT:
		v->p = a->input;
		break;
	case LIST_IN:
		v->p = a->list;
		break;
	case LENGTHS:
		v->p = a->lengths;
		break;
	case FILLED:
	case BUFFER:
	case TEXT_BUFFER:
	case LIST_BUFFER:
		v->p = a->buffer;
		break;
	case LENGTH:
		v->n = i > 1 && call->kinds[i - 1] == LENGTHS ? COUNT(a->list) : sizeof a->input;
		break;
	case CAPACITY:
		v->n = sizeof a->buffer / (call->kinds[i - 1] == LIST_BUFFER ? sizeof(uint32_t) : 1);
		break;
	case USED:
		v->p = &a->used;
		break;
	case BOOL_RESULT:
	case CODE_RESULT:
	case SIZE_RESULT:
	case ADDRESS_RESULT:
	case HANDLE_RESULT:
		v->p = &a->result;
		break;
	case NONE:
	case OPTIONAL:
	case TEXT:
	case METHODS:
	case FUNCTION:
		break;
	}
}

void arguments_make(struct arguments *a, const struct call *call)
{
	memset(a, 0, sizeof *a);
	memcpy(a->input, some_bytes, sizeof a->input);
	for (size_t i = 0; i < COUNT(a->list); i++) {
		a->list[i] = some_bytes + 8 * i;
		a->lengths[i] = 8;
	}
	a->cipher = cipher_of(HZ_CIPHER_AES, 16);
	a->mode = mode_of(HZ_MODE_CBC, 16);
	for (size_t i = 0; call->kinds[i] != NONE; i++)
		make_argument(a, call, i);
	if (call->adjust != NULL)
		call->adjust(a);
}

void arguments_free(struct arguments *a, const struct call *call)
{
	if (call->owner != NO_OWNER && !call->frees)
		EXPECT_OK(owner_free(call->owner, a->v[0].p));
	if (call->makes != NO_OWNER)
		EXPECT_OK(owner_free(call->makes, a->result.handle));
}

static size_t result_size(enum kind kind)
{
	switch (kind) {
	case BOOL_RESULT:
		return sizeof(bool);
	case CODE_RESULT:
		return sizeof(uint32_t);
	case SIZE_RESULT:
		return sizeof(size_t);
	case ADDRESS_RESULT:
	case HANDLE_RESULT:
		return sizeof(void *);
	default:
		return 0;
	}
}

static bool all_are(const uint8_t *bytes, size_t n, uint8_t value)
{
	for (size_t i = 0; i < n; i++) {
		if (bytes[i] != value)
			return false;
	}
	return true;
}

/* How many bytes of the buffer a successful call has written. */
static size_t written(const struct arguments *a, const struct call *call)
{
	for (size_t i = 0; call->kinds[i] != NONE; i++) {
		switch (call->kinds[i]) {
		case FILLED:
			return a->v[i + 1].n;
		case BUFFER:
			return a->used;
		case TEXT_BUFFER:
			return a->used + 1;
		case LIST_BUFFER:
			return a->used * sizeof(uint32_t);
		default:
			break;
		}
	}
	return 0;
}

static void check_failure(const struct arguments *a, const struct call *call, hz_status status)
{
	size_t zeroed = 0;
	while (status == HZ_ERR_INVALID_TAG && zeroed < sizeof a->buffer && a->buffer[zeroed] == 0)
		zeroed++;
	CHECK(all_are(a->buffer + zeroed, sizeof a->buffer - zeroed, PATTERN));
	for (size_t i = 0; call->kinds[i] != NONE; i++) {
		if (call->kinds[i] == USED && a->v[i].p != NULL && status != HZ_ERR_BUFFER_TOO_SMALL)
			EXPECT_SIZE(a->used, 0);
		if (a->v[i].p == &a->result)
			CHECK(all_are(a->result.bytes, result_size(call->kinds[i]), 0));
	}
	CHECK(hz_error_message()[0] != '\0');
	CHECK(strpbrk(hz_error_message(), "\r\n") == NULL);
}

hz_status arguments_call(struct arguments *a, const struct call *call)
{
	memset(a->buffer, PATTERN, sizeof a->buffer);
	memset(&a->used, PATTERN, sizeof a->used);
	memset(&a->result, PATTERN, sizeof a->result);
	size_t live = hz_live_handles();
	hz_status status = call->invoke(a->v);
	if (status == HZ_OK) {
		size_t n = written(a, call);
		if (CHECK(n <= sizeof a->buffer))
			CHECK(all_are(a->buffer + n, sizeof a->buffer - n, PATTERN));
		return status;
	}
	EXPECT_SIZE(hz_live_handles(), live);
	check_failure(a, call, status);
	return status;
}

void arguments_compare(const struct arguments *got, const struct arguments *want, const struct call *call)
{
	for (size_t i = 0; call->kinds[i] != NONE; i++) {
		if (call->kinds[i] != HANDLE_RESULT)
			EXPECT_BYTES(got->result.bytes, want->result.bytes, result_size(call->kinds[i]));
	}
	if (!call->random && EXPECT_SIZE(written(got, call), written(want, call)))
		EXPECT_BYTES(got->buffer, want->buffer, written(got, call));
}

static bool is_there(const char *backend_name)
{
	hz_backend *backend;
	bool there = backend_name == NULL || hz_backend_open(backend_name, &backend) == HZ_OK;
	if (backend_name != NULL)
		EXPECT_OK(hz_backend_free(backend));
	return there;
}

void calls_each(void (*run)(const struct call *call))
{
	static bool told;
	for (size_t i = 0; i < call_count; i++) {
		const struct call *call = &calls[i];
		if (is_there(call->needs)) {
			test_note("%s", call->name);
			run(call);
		} else if (!told) {
			(void)fprintf(stderr, "%s: not tested: %s\n", call->name, hz_error_message());
		}
	}
	told = true;
	EXPECT_SIZE(hz_live_handles(), 0);
}
