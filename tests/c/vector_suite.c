#include "vector_suite.h"

#include "tally.h"
#include "test.h"
#include "vector_runs.h"

hz_backend *vector_backend;

void vectors_check(hz_backend *backend)
{
	static const struct {
		const char *folder;
		void (*run)(const struct vector *);
	} folders[] = {
		{"testdata/vectors/cipher", run_cipher},
		{"testdata/vectors/aead", run_aead},
		{"testdata/vectors/sealed", run_sealed},
		{"testdata/vectors/hash", run_hash},
		{"testdata/vectors/xof", run_xof},
		{"testdata/vectors/hmac", run_hmac},
	};
	vector_backend = backend;
	for (size_t i = 0; i < COUNT(folders); i++) {
		test_note("%s", folders[i].folder);
		CHECK(vectors_each(folders[i].folder, folders[i].run) > 0);
	}
	tally_check(backend);
	tally_print();
	tally_reset();
	EXPECT_OK(hz_backend_free(backend));
	EXPECT_SIZE(hz_live_handles(), 0);
}
