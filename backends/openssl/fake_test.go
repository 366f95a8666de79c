package openssl

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// fake is a library with the names of libcrypto's functions. Calls do nothing;
// they return 0, or 1 for those that are given.
type fake struct {
	without string   // a function that is left out
	succeed []string // functions that return 1, if need be as a pointer
}

const fakeSource = `
#include "libcrypto_api.h"
const char *OpenSSL_version(int type) { (void)type; return "Fake 0.1"; }
long zero(void) { return 0; }
long one(void) { return 1; }
`

// build compiles the library, and returns its path.
func (f fake) build(t *testing.T) string {
	t.Helper()
	var source strings.Builder
	source.WriteString(fakeSource)
	for _, name := range apiFunctions(t) {
		target := "zero"
		if slices.Contains(f.succeed, name) {
			target = "one"
		}
		if name != f.without && name != "OpenSSL_version" {
			fmt.Fprintf(&source, "__asm__(\".globl %s\\n.set %s, %s\");\n", name, name, target)
		}
	}
	return buildLibrary(t, source.String())
}

// apiFunctions lists the functions that every libcrypto has.
func apiFunctions(t *testing.T) []string {
	t.Helper()
	command := exec.Command("gcc", "-E", "-P", "-I.", "-x", "c", "-")
	command.Stdin = strings.NewReader("#include \"libcrypto_api.h\"\n#define NAME(result, name, parameters) name\nLIBCRYPTO_FUNCTIONS(NAME)\n")
	output, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Fields(string(output))
}

// buildLibrary compiles a source to a shared library, and returns its path.
func buildLibrary(t *testing.T, source string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "libfake.so")
	command := exec.Command("gcc", "-shared", "-fPIC", "-O1", "-I.", "-o", path, "-x", "c", "-")
	command.Stdin = strings.NewReader(source)
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	return path
}

// writeFile writes a file that is no library, and returns its path.
func writeFile(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "libcrypto.so")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
