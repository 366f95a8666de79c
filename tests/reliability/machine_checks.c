/* What the machine chooses by, and its checks. */
#include <string.h>

#include "machine.h"
#include "test.h"

/* ---- Choices ---- */

/* xorshift64* (Vigna, 2016) for a generator. */
static uint32_t next(struct choices *c)
{
	if (c->bytes != NULL) {
		if (c->left == 0)
			return 0;
		c->left--;
		return *c->bytes++;
	}
	c->state ^= c->state >> 12;
	c->state ^= c->state << 25;
	c->state ^= c->state >> 27;
	return (uint32_t)((c->state * 0x2545F4914F6CDD1D) >> 32);
}

uint32_t choose(struct machine *m, uint32_t n)
{
	uint32_t value = next(&m->choices);
	if (m->choices.bytes != NULL && n > 256)
		value = value << 8 | next(&m->choices);
	return value % n;
}

/* ---- Checks ---- */

static void note(const struct machine *m)
{
	test_note("%s, step %zu%s, %s", m->origin, m->step, m->is_child ? " of a child" : "", m->operation);
}

bool machine_expect(struct machine *m, hz_status got, hz_status want)
{
	if (got != want) {
		note(m);
		EXPECT_STATUS(got, want);
	}
	return got == HZ_OK && want == HZ_OK;
}

void machine_check(struct machine *m, bool passed, const char *what)
{
	if (!passed) {
		note(m);
		(void)test_true(__FILE__, __LINE__, what, false);
	}
}

void machine_check_bytes(struct machine *m, const uint8_t *got, const uint8_t *want, size_t n)
{
	if (n > 0 && memcmp(got, want, n) != 0) {
		note(m);
		EXPECT_BYTES(got, want, n);
	}
}

hz_status machine_first(const hz_status *statuses, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (statuses[i] != HZ_OK)
			return statuses[i];
	}
	return HZ_OK;
}
