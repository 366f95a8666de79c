// Command gen reads the interfaces in backends/ and writes everything that
// carries them to other languages. Run it from the top of the tree:
//
//	go run ./gen          writes what has changed
//	go run ./gen -check   writes nothing, and fails if something would change
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/hazmat/hazmat/gen/model"
)

func main() {
	source := flag.String("source", "./backends", "the package with the interfaces")
	name := flag.String("name", "hazmat", "name of the library")
	prefix := flag.String("prefix", "hz", "what C names begin with")
	root := flag.String("root", ".", "the folder that the generated files are in")
	check := flag.Bool("check", false, "write nothing; fail if a file would change")
	flag.Parse()
	if err := run(*source, *name, *prefix, *root, *check); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(source, name, prefix, root string, check bool) error {
	api, err := model.Load(source, name, prefix)
	if err != nil {
		return err
	}
	files, err := generate(api)
	if err != nil {
		return err
	}
	var drift []error
	for _, path := range slices.Sorted(maps.Keys(files)) {
		target := filepath.Join(root, path)
		old, err := os.ReadFile(target)
		switch {
		case err == nil && bytes.Equal(old, files[path]):
		case check:
			drift = append(drift, fmt.Errorf("%s is not what the generator writes; run 'make generate'", path))
		default:
			if err := write(target, files[path]); err != nil {
				return err
			}
			fmt.Println("wrote", path)
		}
	}
	return errors.Join(drift...)
}

func write(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, content, 0o644)
}
