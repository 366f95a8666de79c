package main

import (
	"bytes"
	"flag"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/hazmat/hazmat/gen/model"
)

var update = flag.Bool("update", false, "write the golden files again")

const toyTree = "testdata/toytree"

func load(t *testing.T, source, name, prefix string) *model.API {
	t.Helper()
	api, err := model.Load(source, name, prefix)
	if err != nil {
		t.Fatal(err)
	}
	return api
}

// The toy's tree is the golden output of every emitter; TestToy compiles and
// calls the same files.
func TestGolden(t *testing.T) {
	if *update {
		if err := run("testdata/toy", "toy", "toy", toyTree, false); err != nil {
			t.Fatal(err)
		}
	}
	files, err := generate(load(t, "testdata/toy", "toy", "toy"))
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range files {
		got, err := os.ReadFile(filepath.Join(toyTree, path))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what the emitters write (%v); look at the difference, then run with -update", path, err)
		}
	}
	for _, path := range generatedFiles(t) {
		if files[path] == nil {
			t.Errorf("%s is in the golden tree, but nothing writes it", path)
		}
	}
}

// handWritten are the files of the toy's tree that are not generated.
var handWritten = []string{"capi/main.go", "main.c", "main.py", "main.rb"}

func generatedFiles(t *testing.T) []string {
	var paths []string
	err := filepath.WalkDir(toyTree, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		relative, err := filepath.Rel(toyTree, path)
		if !slices.Contains(handWritten, relative) && filepath.Ext(path) != ".pyc" {
			paths = append(paths, relative)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

// What the repository holds must be what the generator writes.
func TestNoDrift(t *testing.T) {
	if err := run("../backends", "hazmat", "hz", "..", true); err != nil {
		t.Error(err)
	}
}

func TestDriftIsFound(t *testing.T) {
	root := t.TempDir()
	if err := run("testdata/toy", "toy", "toy", root, false); err != nil {
		t.Fatal(err)
	}
	if err := run("testdata/toy", "toy", "toy", root, true); err != nil {
		t.Errorf("fresh output is called drift: %v", err)
	}
	if err := os.WriteFile(filepath.Join(root, "include/toy.h"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := run("testdata/toy", "toy", "toy", root, true); err == nil {
		t.Error("a changed header was not found")
	}
}

// Maps are everywhere in a generator; their order must be nowhere in its
// output.
func TestOutputIsDeterministic(t *testing.T) {
	api := load(t, "testdata/toy", "toy", "toy")
	first, err := generate(api)
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		again, err := generate(load(t, "testdata/toy", "toy", "toy"))
		if err != nil {
			t.Fatal(err)
		}
		if !maps.EqualFunc(first, again, bytes.Equal) {
			t.Fatal("two runs differ")
		}
	}
}
