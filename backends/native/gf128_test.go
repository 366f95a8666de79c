package native

import (
	"math/rand/v2"
	"testing"
)

// mulBitwise is algorithm 1 of NIST SP 800-38D, section 6.3.
func mulBitwise(x, y element) element {
	z, v := element{}, y
	for i := range 128 {
		bit := x.hi >> (63 - i%64) & 1
		if i >= 64 {
			bit = x.lo >> (127 - i) & 1
		}
		if bit == 1 {
			z = z.add(v)
		}
		carry := v.lo & 1
		v = element{v.hi >> 1, v.hi<<63 | v.lo>>1}
		v.hi ^= carry * 0xe1 << 56
	}
	return z
}

func TestFieldMultiplication(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	const all = 1<<64 - 1
	elements := []element{{}, {1 << 63, 0}, {0, 1}, {all, all}, {all, 0}, {0, all}}
	for range 64 {
		elements = append(elements, element{random.Uint64(), random.Uint64()})
	}
	for _, a := range elements {
		if got, want := a.square(), mulBitwise(a, a); got != want {
			t.Errorf("%x squared is %x, want %x", a, got, want)
		}
		for _, b := range elements {
			if got, want := a.mul(b), mulBitwise(a, b); got != want {
				t.Errorf("%x times %x is %x, want %x", a, b, got, want)
			}
		}
	}
}
