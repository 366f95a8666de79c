/*
 * Every function of the header, each with arguments that it succeeds with. Tests
 * change one argument at a time and see what happens.
 */
#ifndef CALLS_H
#define CALLS_H

#include "hazmat.h"

/* What an argument is, which tells what may be wrong with it. */
enum kind {
	NONE,        /* behind the last one */
	HANDLE,      /* the handle that the function is called on */
	CODE,        /* a code or number; none is wrong to every function */
	OPTIONAL,    /* an address that may be NULL */
	TEXT,        /* a text */
	CIPHER,      /* parameters that must be there */
	METHODS,     /* functions of an implementation */
	FUNCTION,    /* a callback */
	INPUT,       /* bytes, behind which comes their LENGTH */
	LENGTH,
	LIST_IN,     /* addresses of a list of inputs, behind which come their LENGTHS and the
	              * LENGTH of the list */
	LENGTHS,
	FILLED,      /* room for as many bytes as the LENGTH behind it says */
	BUFFER,      /* room for bytes, behind which come its CAPACITY and the length USED */
	TEXT_BUFFER, /* the same for a text, whose NUL is not counted as used */
	LIST_BUFFER, /* the same for numbers of 32 bits */
	CAPACITY,
	USED,
	BOOL_RESULT, /* where a result goes */
	CODE_RESULT,
	SIZE_RESULT,
	ADDRESS_RESULT,
	HANDLE_RESULT
};

/* What a handle stands for. */
enum owner { NO_OWNER, BACKEND, AEAD, CIPHER_CONTEXT, HASH_CONTEXT, HMAC_CONTEXT, OWNERS };

/* One argument; its kind says which member. */
union value {
	void *p;
	size_t n;
	uint32_t code;
	hz_cipher_adapter function;
};

enum { MOST_ARGUMENTS = 13 };

/* The arguments of one call and all that they lead to. */
struct arguments {
	union value v[MOST_ARGUMENTS];
	hz_cipher cipher;
	hz_mode mode;
	uint8_t input[32];
	const uint8_t *list[2];
	size_t lengths[2];
	uint8_t sealed[2][24]; /* the list's items */
	const uint8_t *sealed_list[2];
	size_t sealed_lengths[2];
	uint8_t buffer[1024];
	size_t used;
	union {
		void *handle;
		uint8_t bytes[8];
	} result;
};

/* One function. */
struct call {
	const char *name;
	hz_status (*invoke)(const union value *v);
	enum kind kinds[MOST_ARGUMENTS + 1];
	enum owner owner;      /* of its handle */
	void *(*self)(void);   /* makes a handle that it succeeds on, if not any will do */
	enum owner makes;      /* what its HANDLE_RESULT is */
	hz_status empty[MOST_ARGUMENTS]; /* what it says to an INPUT of no bytes, or a list of none */
	const char *needs;     /* a backend that may not be there, such as "openssl" */
	bool frees;            /* it ends its handle */
	bool lasts;            /* what it does cannot be undone, so that it must not be done often */
	bool random;           /* its output differs each time */
	/* Makes what is particular of its arguments, if anything is. */
	void (*adjust)(struct arguments *arguments);
};

extern const struct call calls[];
extern const size_t call_count;

/* Runs a test on every function, with the name of the function as the note, and
 * checks that no handle is left. One that needs a backend which is not there is
 * left out, and named. */
void calls_each(void (*run)(const struct call *call));

/* Makes arguments that the call succeeds with once. */
void arguments_make(struct arguments *arguments, const struct call *call);
/* Frees what they hold and what the call made. */
void arguments_free(struct arguments *arguments, const struct call *call);

/* Makes the call. All places that it may write to are filled with a pattern
 * before, and a call that fails must leave them so, but for results: those are 0,
 * except that a buffer that is too small tells the size needed, and what is not
 * authentic is zeroed. No failing call may leave a handle behind. Returns the
 * status. */
hz_status arguments_call(struct arguments *arguments, const struct call *call);

/* Checks that two successful calls had the same outcome. */
void arguments_compare(const struct arguments *got, const struct arguments *want, const struct call *call);

/* Makes and frees a handle of any kind. */
void *owner_make(enum owner owner);
hz_status owner_free(enum owner owner, void *handle);

/* Whether any number of threads may use one handle at once. */
bool owner_is_shared(enum owner owner);

#endif
