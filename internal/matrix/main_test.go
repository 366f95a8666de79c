package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

const page = "../../docs/algorithms.md"

// column returns the lines of the tables with one backend's cell only.
func column(t *testing.T, text, backend string) []string {
	var cells []string
	at := -1
	for line := range strings.Lines(text) {
		fields := strings.Split(strings.TrimSpace(line), "|")
		if len(fields) < 3 {
			at = -1
			continue
		}
		if at < 0 {
			for i, field := range fields {
				if strings.TrimSpace(field) == backend {
					at = i
				}
			}
		}
		if at < 0 {
			t.Fatalf("%q is no head of a table with %s", line, backend)
		}
		cells = append(cells, strings.Join([]string{fields[1], fields[2], fields[at]}, "|"))
	}
	return cells
}

// The page in docs/ is true of the native backend everywhere, and of openssl
// where libcrypto is the one that it was made with.
func TestPageIsTrue(t *testing.T) {
	committed, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	var now bytes.Buffer
	if err := run(&now); err != nil {
		t.Fatal(err)
	}
	backends := []string{"native"}
	for line := range strings.Lines(now.String()) {
		if strings.HasPrefix(line, "- `openssl`") && strings.Contains(string(committed), line) {
			backends = append(backends, "openssl")
		}
	}
	for _, backend := range backends {
		want, got := column(t, now.String(), backend), column(t, string(committed), backend)
		for i := range want {
			if i >= len(got) || got[i] != want[i] {
				t.Fatalf("%s of %s is out of date at row %d; run go run ./internal/matrix > docs/algorithms.md", page, backend, i)
			}
		}
	}
}
