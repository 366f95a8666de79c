package vectors_test

import (
	"bufio"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/hazmat/hazmat/internal/vectors"
)

// keys are the fields of each kind of case.
var keys = map[string][]string{
	"cipher": {"cipher", "mode", "key", "iv", "nonce", "plaintext", "ciphertext"},
	"aead":   {"cipher", "mode", "key", "iv", "aad", "plaintext", "ciphertext", "tag", "result"},
	"sealed": {"algorithm", "key", "nonce", "aad", "aad2", "aad3", "plaintext", "ciphertext", "tag-length", "result"},
	"hash":   {"hash", "message", "repeat", "digest"},
	"xof":    {"hash", "message", "digest"},
	"hmac":   {"hash", "key", "message", "mac"},
}

func TestNoCaseTwice(t *testing.T) {
	for kind, names := range keys {
		first := map[string]vectors.Case{}
		for _, c := range mustLoad(t, kind) {
			var values []string
			for _, name := range names {
				values = append(values, c.String(name))
			}
			text := strings.Join(values, " ")
			if again, ok := first[text]; ok {
				t.Errorf("%s repeats %s", c.Position(), again.Position())
			}
			first[text] = c
		}
	}
}

// TestReadme holds the table of files in the README against the files.
func TestReadme(t *testing.T) {
	counted := map[string]int{}
	for kind := range keys {
		for _, c := range mustLoad(t, kind) {
			counted[c.File]++
		}
	}
	readme, err := os.Open("../../testdata/vectors/README.md")
	if err != nil {
		t.Fatal(err)
	}
	defer readme.Close()
	stated := map[string]int{}
	row := regexp.MustCompile("^\\| `([a-z0-9/-]+\\.txt)` \\| ([0-9]+) \\|")
	lines := bufio.NewScanner(readme)
	for lines.Scan() {
		if match := row.FindStringSubmatch(lines.Text()); match != nil {
			stated[match[1]], err = strconv.Atoi(match[2])
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	for _, file := range slices.Sorted(maps.Keys(counted)) {
		if stated[file] != counted[file] {
			t.Errorf("%s has %d cases, README.md says %d", file, counted[file], stated[file])
		}
		delete(stated, file)
	}
	for file := range stated {
		t.Errorf("README.md lists %s, which has no cases", file)
	}
}
