package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

// TestToy compiles what the emitters wrote for the toy API and calls it from
// each language. The programs are in the toy's tree; they exit with 0 if every
// value came through.
func TestToy(t *testing.T) {
	lib := buildToy(t)

	t.Run("C", func(t *testing.T) {
		program := filepath.Join(t.TempDir(), "main")
		command(t, "cc", slices.Concat([]string{"-std=c99"}, strict, []string{
			"-I" + toyTree + "/include", toyTree + "/main.c", lib + "/libtoy.so.1", "-Wl,-rpath," + lib, "-o", program,
		})...)
		command(t, program)
	})
	t.Run("Python", func(t *testing.T) {
		root := t.TempDir()
		link(t, toyTree+"/bindings/python/src/toy/_abi", root+"/toy/_abi")
		link(t, "../bindings/python/src/hazmat/_runtime", root+"/toy/_runtime")
		link(t, lib, root+"/toy/lib")
		t.Setenv("PYTHONPATH", root)
		t.Setenv("PYTHONDONTWRITEBYTECODE", "1")
		command(t, "python3", "-W", "error", toyTree+"/main.py")
	})
	t.Run("Ruby", func(t *testing.T) {
		t.Setenv("TOY_LIBRARY", lib+"/libtoy.so.1")
		command(t, "ruby", "-w", "-I../bindings/ruby/lib", "-I"+toyTree+"/bindings/ruby/lib", toyTree+"/main.rb")
	})
}

// strict is what every C file here must pass.
var strict = []string{"-Wall", "-Wextra", "-pedantic", "-Werror"}

// buildToy builds the toy's front and core and returns their folder.
func buildToy(t *testing.T) string {
	lib := t.TempDir()
	runtime, err := filepath.Glob("../capi/front/[^z]*.c")
	if err != nil || len(runtime) == 0 {
		t.Fatalf("the front's runtime is not there: %v", err)
	}
	command(t, "cc", slices.Concat([]string{"-std=c11", "-fPIC", "-fvisibility=hidden", "-shared"}, strict, []string{
		"-I" + toyTree + "/include", "-I" + toyTree + "/capi/front", "-I../capi/front", "-I../capi/boundary",
		"-Wl,--version-script=" + toyTree + "/capi/front/toy.map", "-Wl,-soname,libtoy.so.1",
		toyTree + "/capi/front/zz_front.c", "-o", lib + "/libtoy.so.1",
	}, runtime)...)
	command(t, "go", "build", "-buildmode=c-shared", "-buildvcs=false", "-o", lib+"/libtoy-core.so", "./"+toyTree+"/capi")
	return lib
}

func command(t *testing.T, name string, args ...string) {
	t.Helper()
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s %q: %v\n%s", name, args, err, out)
	}
}

// link makes target a link to what is at source.
func link(t *testing.T, source, target string) {
	t.Helper()
	absolute, err := filepath.Abs(source)
	if err == nil {
		err = os.MkdirAll(filepath.Dir(target), 0o755)
	}
	if err == nil {
		err = os.Symlink(absolute, target)
	}
	if err != nil {
		t.Fatal(err)
	}
}
