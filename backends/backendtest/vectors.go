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

// having returns the cases in which a field has a value. To have none is a
// failure: nothing would show that what they are about is right.
func having(t reporter, all []vectors.Case, field, value string) []vectors.Case {
	t.Helper()
	var cases []vectors.Case
	for _, c := range all {
		if c.String(field) == value {
			cases = append(cases, c)
		}
	}
	if len(cases) == 0 {
		t.Fatalf("no vector of %s", value)
	}
	return cases
}

// ofHash returns the cases of a hash function.
func ofHash(t reporter, all []vectors.Case, algorithm backends.HashAlgorithm) []vectors.Case {
	t.Helper()
	return having(t, all, "hash", algorithm.Name())
}

// ofPair returns the cases of a cipher in a mode.
func ofPair(t reporter, all []vectors.Case, cipher backends.CipherAlgorithm, mode backends.CipherMode) []vectors.Case {
	t.Helper()
	cases := having(t, all, "cipher", cipher.Name())
	return having(t, cases, "mode", mode.Name())
}

// ofAEAD returns the cases of an algorithm of an AEADBackend.
func ofAEAD(t reporter, all []vectors.Case, algorithm backends.AEADAlgorithm) []vectors.Case {
	t.Helper()
	return having(t, all, "algorithm", algorithm.Name())
}
