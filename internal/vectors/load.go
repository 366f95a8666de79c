// Package vectors reads the published test vectors in testdata/vectors, which
// the tests of every language share.
package vectors

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Load returns all cases of a kind: "cipher", "aead", "sealed", "hash", "xof" or
// "hmac", in the order of file names and lines. It finds testdata/vectors in the
// module that the working directory is in, as it is for every Go test. A kind
// that there is not, a folder without a case and anything malformed is an error,
// which names the file and line it is about.
func Load(kind string) ([]Case, error) {
	root, err := moduleRoot()
	if err != nil {
		return nil, err
	}
	return load(os.DirFS(filepath.Join(root, "testdata", "vectors")), kind)
}

// moduleRoot returns the nearest folder with a go.mod, from the working
// directory up.
func moduleRoot() (string, error) {
	start, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for dir := start; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", fmt.Errorf("no go.mod in %s or above", start)
		}
	}
}

// load returns all cases in the files of one kind's folder.
func load(root fs.FS, kind string) ([]Case, error) {
	fields, ok := kinds[kind]
	if !ok {
		known := slices.Sorted(maps.Keys(kinds))
		return nil, fmt.Errorf("no kind of vectors is named %q; there are: %s", kind, strings.Join(known, ", "))
	}
	files, err := fs.Glob(root, kind+"/*.txt")
	if err != nil {
		return nil, err
	}
	var all []Case
	for _, file := range files {
		text, err := fs.ReadFile(root, file)
		if err != nil {
			return nil, err
		}
		cases, err := parse(file, string(text), fields)
		if err != nil {
			return nil, err
		}
		all = append(all, cases...)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("no cases in %s/*.txt", kind)
	}
	return all, nil
}
