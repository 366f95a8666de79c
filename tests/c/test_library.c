/* The functions that need no core: they say the same as the header, and start
 * nothing. Then the error message. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "test.h"

/* Whether a file of that name is mapped into the process. */
static bool is_mapped(const char *name)
{
	FILE *maps = fopen("/proc/self/maps", "r");
	char line[1000];
	bool found = false;
	while (maps != NULL && fgets(line, sizeof line, maps) != NULL)
		found = found || strstr(line, name) != NULL;
	CHECK(maps != NULL && fclose(maps) == 0);
	return found;
}

static void test_core_is_not_started(void)
{
	CHECK(is_mapped("libhazmat.so"));
	CHECK(!is_mapped("libhazmat-core"));
	EXPECT_TEXT(hz_version(), HZ_VERSION);
	EXPECT_SIZE(hz_max_digest_size(), HZ_MAX_DIGEST_SIZE);
	EXPECT_SIZE(hz_abi_version(), HZ_ABI_VERSION);
	EXPECT_TEXT(hz_abi_hash(), HZ_ABI_HASH);
	EXPECT_TEXT(hz_error_message(), "");
	EXPECT_TEXT(hz_status_string(HZ_OK), "success");
	EXPECT_SIZE(hz_live_handles(), 0);
	EXPECT_OK(hz_fix_signal_handlers());
	/* There is nothing to free, so nothing is started to free it. */
	EXPECT_OK(hz_backend_free(NULL));
	EXPECT_OK(hz_cipher_context_free(NULL));
	EXPECT_OK(hz_hash_context_free(NULL));
	EXPECT_OK(hz_hmac_context_free(NULL));
	CHECK(!is_mapped("libhazmat-core"));
	EXPECT_OK(hz_load());
	CHECK(is_mapped("libhazmat-core"));
	EXPECT_OK(hz_load());
	EXPECT_SIZE(hz_live_handles(), 0);
}

static void test_abi_hash(void)
{
	EXPECT_SIZE(strlen(HZ_ABI_HASH), 16);
	EXPECT_SIZE(strspn(HZ_ABI_HASH, "0123456789abcdef"), 16);
}

/* Every status has a text of its own, and what is none has one too. */
static void test_status_strings(void)
{
	hz_status status = HZ_OK;
	for (; strcmp(hz_status_string(status), "unknown status") != 0; status++) {
		const char *text = hz_status_string(status);
		test_note("status %u", (unsigned)status);
		CHECK(text[0] != '\0' && strchr(text, '\n') == NULL);
		for (hz_status other = HZ_OK; other < status; other++)
			CHECK(strcmp(text, hz_status_string(other)) != 0);
	}
	CHECK(status > HZ_ERR_INTERNAL);
	EXPECT_TEXT(hz_status_string(UINT32_MAX), "unknown status");
}

static void test_set_error_message(void)
{
	hz_set_error_message("a text");
	EXPECT_TEXT(hz_error_message(), "a text");
	hz_set_error_message(hz_error_message() + 2);
	EXPECT_TEXT(hz_error_message(), "text");
	hz_set_error_message("two\nlines\r\n");
	EXPECT_TEXT(hz_error_message(), "two lines  ");
	hz_set_error_message(NULL);
	EXPECT_TEXT(hz_error_message(), "");
}

/* It is cut where a character of UTF-8 begins. */
static void test_long_error_message(void)
{
	for (size_t before = 505; before < 515; before++) {
		char text[520];
		test_note("%zu bytes before a character of three", before);
		memset(text, 'a', before);
		memcpy(text + before, "\xE2\x82\xAC", 4);
		hz_set_error_message(text);
		EXPECT_SIZE(strlen(hz_error_message()), before + 3 <= 511 ? before + 3 : before < 511 ? before : 511);
		CHECK(strncmp(text, hz_error_message(), strlen(hz_error_message())) == 0);
	}
}

static void *fails_elsewhere(void *unused)
{
	hz_backend *backend;
	EXPECT_TEXT(hz_error_message(), "");
	EXPECT_STATUS(hz_backend_open("elsewhere", &backend), HZ_ERR_UNKNOWN_BACKEND);
	EXPECT_MESSAGE("elsewhere");
	return unused;
}

static void test_error_message_is_the_threads_own(void)
{
	hz_backend *backend;
	pthread_t thread;
	EXPECT_STATUS(hz_backend_open("here", &backend), HZ_ERR_UNKNOWN_BACKEND);
	char message[600];
	(void)strcpy(message, hz_error_message());
	CHECK(pthread_create(&thread, NULL, fails_elsewhere, NULL) == 0);
	CHECK(pthread_join(thread, NULL) == 0);
	EXPECT_TEXT(hz_error_message(), message);
	/* A call that succeeds leaves it alone. */
	EXPECT_OK(hz_default_backend(&backend));
	EXPECT_OK(hz_backend_free(backend));
	EXPECT_TEXT(hz_error_message(), message);
}

int main(void)
{
	static const struct test tests[] = {
		TEST(test_core_is_not_started), /* before all that starts it */
		TEST(test_abi_hash),
		TEST(test_status_strings),
		TEST(test_set_error_message),
		TEST(test_long_error_message),
		TEST(test_error_message_is_the_threads_own),
	};
	return RUN_TESTS(tests);
}
