package backendtest

import (
	"bytes"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/internal/vectors"
)

func (h hasher) openXOF(t reporter, message []byte) backends.XOFContext {
	t.Helper()
	context := h.open(t)
	xof, ok := context.(backends.XOFContext)
	if !ok {
		t.Fatalf("%s has no squeeze", h.algorithm.Name())
	}
	must(t, "update", xof.Update(message))
	return xof
}

// squeeze returns the output of a context, in pieces of the lengths given.
func squeeze(t reporter, xof backends.XOFContext, lengths []int) []byte {
	t.Helper()
	var output []byte
	for _, n := range lengths {
		dst := newGuarded(n, nil)
		must(t, "squeeze", xof.Squeeze(dst.within))
		dst.check(t, "squeeze", n)
		output = append(output, dst.within...)
	}
	return output
}

func (h hasher) testSqueeze(t reporter) {
	random := newRandom()
	message := randomBytes(random, 300)
	const length = 500
	xof := h.openXOF(t, message)
	defer xof.Close()
	want := squeeze(t, xof, []int{length})

	if got := h.digest(t, [][]byte{message}); !bytes.Equal(got, want[:len(got)]) {
		t.Errorf("finalize gives %x, squeeze %x", got, want[:len(got)])
	}
	for _, split := range append(evenSplits(want), randomSplit(random, want)) {
		var lengths []int
		for _, piece := range split {
			lengths = append(lengths, len(piece))
		}
		piecewise := h.openXOF(t, message)
		if got := squeeze(t, piecewise, lengths); !bytes.Equal(got, want) {
			t.Fatalf("in %d pieces: %x, want %x", len(split), got, want)
		}
		piecewise.Close()
	}
	h.testSqueezing(t, message, want)
}

// testSqueezing checks the state between the first squeeze and the end.
func (h hasher) testSqueezing(t reporter, message, want []byte) {
	for _, first := range []int{0, 1, h.algorithm.BlockSize(), 300} {
		xof := h.openXOF(t, message)
		squeeze(t, xof, []int{first})
		wantStatus(t, "update after squeeze", xof.Update([]byte("a")), backends.ErrAlreadyFinalized)
		_, err := xof.Finalize(make([]byte, backends.MaxDigestSize))
		wantStatus(t, "finalize after squeeze", err, backends.ErrAlreadyFinalized)
		copied, err := xof.Copy()
		must(t, "copy after squeeze", err)
		wantStatus(t, "update of a copy after squeeze", copied.Update([]byte("a")), backends.ErrAlreadyFinalized)
		for name, context := range map[string]backends.HashContext{"original": xof, "copy": copied} {
			if got := squeeze(t, context.(backends.XOFContext), []int{100}); !bytes.Equal(got, want[first:first+100]) {
				t.Errorf("%s after %d bytes: %x, want %x", name, first, got, want[first:first+100])
			}
			context.Close()
		}
		wantStatus(t, "squeeze after close", xof.Squeeze(make([]byte, 1)), backends.ErrAlreadyFinalized)
	}
}

func (h hasher) testXOFVectors(t reporter, cases []vectors.Case) {
	for _, c := range ofHash(t, cases, h.algorithm) {
		want := c.Bytes("digest")
		xof := h.openXOF(t, c.Bytes("message"))
		if got := squeeze(t, xof, []int{len(want)}); !bytes.Equal(got, want) {
			t.Errorf("%s: %x, want %x", c.Position(), got, want)
		}
		xof.Close()
	}
}
