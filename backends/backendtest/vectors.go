package backendtest

import (
	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/internal/vectors"
)

// load returns the vectors of a kind.
func load(t reporter, kind string) []vectors.Case {
	t.Helper()
	cases, err := vectors.Load(kind)
	must(t, "vectors", err)
	return cases
}

// ofHash returns the cases of a hash function. To have none is a failure:
// nothing would show that the function is right.
func ofHash(t reporter, all []vectors.Case, algorithm backends.HashAlgorithm) []vectors.Case {
	t.Helper()
	var cases []vectors.Case
	for _, c := range all {
		if c.String("hash") == algorithm.Name() {
			cases = append(cases, c)
		}
	}
	if len(cases) == 0 {
		t.Fatalf("no vector of %s", algorithm.Name())
	}
	return cases
}

// ofPair returns the cases of a cipher in a mode. To have none is a failure.
func ofPair(t reporter, all []vectors.Case, cipher backends.CipherAlgorithm, mode backends.CipherMode) []vectors.Case {
	t.Helper()
	var cases []vectors.Case
	for _, c := range all {
		if c.String("cipher") == cipher.Name() && c.String("mode") == mode.Name() {
			cases = append(cases, c)
		}
	}
	if len(cases) == 0 {
		t.Fatalf("no vector of %s %s", cipher.Name(), mode.Name())
	}
	return cases
}

// ofAEAD returns the cases of an algorithm of an AEADBackend. To have none is a
// failure.
func ofAEAD(t reporter, all []vectors.Case, algorithm backends.AEADAlgorithm) []vectors.Case {
	t.Helper()
	var cases []vectors.Case
	for _, c := range all {
		if c.String("algorithm") == algorithm.Name() {
			cases = append(cases, c)
		}
	}
	if len(cases) == 0 {
		t.Fatalf("no vector of %s", algorithm.Name())
	}
	return cases
}
