package openssl

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// headers has the prototypes of OpenSSL itself.
const headers = `
#include <stddef.h>
#include <openssl/core.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/provider.h>
`

// checks hold what libcrypto_api.h says against the headers, one assertion a
// line of it.
const checks = `
#include "libcrypto_api.h"

#define FUNCTION(result, name, parameters) \
	_Static_assert(__builtin_types_compatible_p(__typeof__(name), result parameters), #name);
LIBCRYPTO_FUNCTIONS(FUNCTION)
#if OPENSSL_VERSION_NUMBER >= 0x30300000L
LIBCRYPTO_NEWER_FUNCTIONS(FUNCTION)
#endif

#define CONSTANT(name, value) _Static_assert((name) == (value), #name);
LIBCRYPTO_CONSTANTS(CONSTANT)

#define MEMBER(type, name) type name;
struct param { LIBCRYPTO_PARAM_MEMBERS(MEMBER) };
_Static_assert(sizeof(struct param) == sizeof(OSSL_PARAM), "size of OSSL_PARAM");
#define SAME_MEMBER(type, name) \
	_Static_assert(offsetof(struct param, name) == offsetof(OSSL_PARAM, name), #name); \
	_Static_assert(__builtin_types_compatible_p(type, __typeof__(((OSSL_PARAM *)0)->name)), #name);
LIBCRYPTO_PARAM_MEMBERS(SAME_MEMBER)
`

// compile returns what the C compiler has against a source.
func compile(t *testing.T, source string) string {
	t.Helper()
	compiler := os.Getenv("CC")
	if compiler == "" {
		compiler = "gcc"
	}
	command := exec.Command(compiler, "-std=c11", "-fsyntax-only", "-I.", "-x", "c", "-")
	command.Stdin = strings.NewReader(source)
	output, err := command.CombinedOutput()
	if err != nil && len(output) == 0 {
		t.Fatal(err)
	}
	return string(output)
}

// The functions are called through pointers whose types nobody else checks. So
// each is compared with the prototype in OpenSSL's headers.
func TestPrototypes(t *testing.T) {
	if complaint := compile(t, headers); complaint != "" {
		t.Fatalf("OpenSSL's headers are needed for this test; on Debian, install libssl-dev:\n%s", complaint)
	}
	if complaint := compile(t, headers+checks); complaint != "" {
		t.Errorf("libcrypto_api.h is not what OpenSSL's headers say:\n%s", complaint)
	}
	for name, wrong := range map[string]string{
		"EVP_MD_CTX_new":  "FUNCTION(EVP_MD *, EVP_MD_CTX_new, (void))",
		"EVP_DigestFinal": "FUNCTION(int, EVP_DigestFinal, (EVP_MD_CTX *, unsigned char *, size_t *))",
		"ERR_TXT_STRING":  "CONSTANT(ERR_TXT_STRING, 3)",
		"data_size":       "SAME_MEMBER(int, data_size)",
	} {
		if complaint := compile(t, headers+checks+wrong); !strings.Contains(complaint, name) {
			t.Errorf("%s passes", wrong)
		}
	}
}
