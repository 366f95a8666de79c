package backendtest

import (
	"slices"
	"strings"
	"testing"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/backends/native"
	"github.com/hazmat/hazmat/internal/vectors"
)

// fault is something that a backend does wrong, and the check of the suite that
// must find it.
type fault struct {
	name  string
	found string
	plant func(*broken)
}

// TestFaultsAreFound shows that the suite is worth something: it passes a
// backend without a fault, and fails one with any of those listed.
func TestFaultsAreFound(t *testing.T) {
	t.Run("none", func(t *testing.T) {
		if failed := runBroken(fault{}); failed != "" {
			t.Error(failed)
		}
	})
	sealed := slices.Concat(sealedFaults, sealedParamFaults)
	for _, fault := range sealed {
		fault.plant = nil
		if failed := runBroken(fault); failed != "" {
			t.Errorf("no fault: %s", failed)
		}
	}
	for _, fault := range slices.Concat(hashFaults, cipherFaults, aeadFaults, sealed) {
		t.Run(fault.name, func(t *testing.T) {
			failed := runBroken(fault)
			if !strings.HasPrefix(failed, fault.found+": ") {
				t.Errorf("%s has not found it; the first failure is %q", fault.found, failed)
			}
		})
	}
}

// runBroken returns the first failure of a backend with a fault, in the check
// that must find it.
func runBroken(f fault) string {
	standIns := strings.HasPrefix(f.found, "/AEAD/AES-CCM") || strings.HasPrefix(f.found, "/AEAD/AES-SIV")
	sound := native.New().(complete)
	b := &broken{complete: sound, aeads: reference{sound, standIns}}
	if f.plant != nil {
		f.plant(b)
	}
	r := newRecorder(f.found)
	run(r, b)
	return r.failed()
}

// An algorithm that nothing proves to be right is a failure.
func TestMissingVectorsAreFound(t *testing.T) {
	b := native.New().(complete)
	s := newSubject(b, backends.CipherAES, backends.ModeCBC)
	for name, test := range map[string]func(reporter){
		"no vector of sha256": func(t reporter) {
			hasher{b, backends.HashSHA256}.testVectors(t, without(load(t, "hash"), "hash", "sha256"))
		},
		"no vector of shake128": func(t reporter) {
			hasher{b, backends.HashSHAKE128}.testXOFVectors(t, without(load(t, "xof"), "hash", "shake128"))
		},
		"no vector of md5": func(t reporter) {
			macer{b, backends.HashMD5}.testVectors(t, without(load(t, "hmac"), "hash", "md5"))
		},
		"no vector of CBC": func(t reporter) {
			ofPair(t, without(load(t, "cipher"), "mode", "CBC"), backends.CipherAES, backends.ModeCBC)
		},
		"no vector of AES-SIV": func(t reporter) {
			ofAEAD(t, without(load(t, "sealed"), "algorithm", "AES-SIV"), backends.AEADAESSIV)
		},
		"none of the 0 vectors": func(t reporter) { s.testVectors(t, nil) },
	} {
		r := newRecorder("")
		r.Run("vectors", test)
		if !strings.Contains(r.failed(), name) {
			t.Errorf("%q, want %q", r.failed(), name)
		}
	}
}

// without returns the cases in which a field has another value.
func without(cases []vectors.Case, field, value string) []vectors.Case {
	var rest []vectors.Case
	for _, c := range cases {
		if c.String(field) != value {
			rest = append(rest, c)
		}
	}
	return rest
}
