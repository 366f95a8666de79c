package multi_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hazmat/hazmat/backends"
)

// childVariable tells a test's own process to open the default backend and
// print what it is. The default is kept, so each case needs a process.
const childVariable = "HAZMAT_TEST_DEFAULT"

func TestMain(m *testing.M) {
	if os.Getenv(childVariable) == "" {
		os.Exit(m.Run())
	}
	backend, err := backends.DefaultBackend()
	if err != nil {
		fmt.Printf("%d: %v", backends.StatusOf(err), err)
		return
	}
	fmt.Printf("%s of %s", backend.Name(), strings.Join(backends.Names(), " "))
}

// defaultIn returns what the default backend is in an environment.
func defaultIn(t *testing.T, environment ...string) string {
	t.Helper()
	command := exec.Command(os.Args[0])
	command.Env = append(append(os.Environ(), childVariable+"=1"), environment...)
	output, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(output)
}

func TestDefaultBackend(t *testing.T) {
	path := strings.SplitN(open(t, "openssl").Description(), ", ", 2)[1]
	for _, test := range []struct{ environment, want string }{
		{"", "native,openssl of native openssl"},
		{"HAZMAT_BACKEND=native", "native of native openssl"},
		{"HAZMAT_BACKEND=openssl,native", "openssl,native of native openssl"},
		{"HAZMAT_BACKEND=openssl:" + path, "openssl:" + path + " of native openssl"},
		{"HAZMAT_BACKEND=native,openssl:" + path, "native,openssl:" + path + " of native openssl"},
		{"HAZMAT_OPENSSL=" + path, "native,openssl of native openssl"},
		{"HAZMAT_BACKEND=nativ", `24: HAZMAT_BACKEND is "nativ": no backend is named "nativ"; there are: native, openssl`},
		{"HAZMAT_BACKEND=native,", `7: HAZMAT_BACKEND is "native,": list of backends "native," has "" at place 2; each must be a name, and come once`},
		{"HAZMAT_BACKEND=native,mine", `24: HAZMAT_BACKEND is "native,mine": no backend is named "mine"; there are: native, openssl`},
		{"HAZMAT_OPENSSL=/nowhere/libcrypto.so", "26: HAZMAT_OPENSSL: /nowhere/libcrypto.so: cannot open shared object file: No such file or directory"},
	} {
		if got := defaultIn(t, test.environment); got != test.want {
			t.Errorf("with %q the default is %q, want %q", test.environment, got, test.want)
		}
	}
}

// Where libcrypto cannot be loaded the default does without it.
func TestDefaultBackendWithoutLibcrypto(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"libcrypto.so.3", "libcrypto.so.4"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("no library"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	path := "LD_LIBRARY_PATH=" + folder
	if got := defaultIn(t, path); got != "native of native" {
		t.Errorf("the default is %q", got)
	}
	if got := defaultIn(t, path, "HAZMAT_BACKEND=openssl"); !strings.HasPrefix(got, `24: HAZMAT_BACKEND is "openssl": backend openssl needs libcrypto of OpenSSL 3.0 or later: `) {
		t.Errorf("openssl is %q", got)
	}
}
