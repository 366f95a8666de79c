package backendtest

import (
	"bytes"
	"math/rand/v2"
)

// newRandom returns a source that is the same in every run, so that a failure
// can be repeated.
func newRandom() *rand.Rand { return rand.New(rand.NewPCG(0x68617a, 0x6d6174)) }

func randomBytes(random *rand.Rand, n int) []byte {
	data := make([]byte, n)
	for i := range data {
		data[i] = byte(random.Uint32())
	}
	return data
}

// pieces cuts data into pieces of the lengths given; what is left is one more.
func pieces(data []byte, lengths ...int) [][]byte {
	var cut [][]byte
	for _, n := range lengths {
		n = min(n, len(data))
		cut = append(cut, data[:n])
		data = data[n:]
	}
	return append(cut, data)
}

// everySplit returns data cut in three in every way: each pair of places,
// empty pieces included.
func everySplit(data []byte) [][][]byte {
	var all [][][]byte
	for first := range len(data) + 1 {
		for second := range len(data) - first + 1 {
			all = append(all, pieces(data, first, second))
		}
	}
	return all
}

// evenSplits returns data cut into pieces of one byte, of two, and so on.
func evenSplits(data []byte) [][][]byte {
	var all [][][]byte
	for size := 1; size <= len(data); size++ {
		var lengths []int
		for n := 0; n < len(data); n += size {
			lengths = append(lengths, size)
		}
		all = append(all, pieces(data, lengths...))
	}
	return all
}

// randomSplit returns data cut into pieces of random lengths, most of them
// short.
func randomSplit(random *rand.Rand, data []byte) [][]byte {
	var lengths []int
	for n := 0; n < len(data); {
		length := random.IntN(1 << random.IntN(15))
		lengths = append(lengths, length)
		n += length
	}
	return pieces(data, lengths...)
}

// guarded is a buffer with bytes around it that nobody may write to.
type guarded struct {
	within []byte // its capacity reaches into what comes after it
	all    []byte
	before []byte // what was in all
}

// newGuarded returns a buffer of n bytes that begins with data.
func newGuarded(n int, data []byte) guarded {
	const around = 32
	all := bytes.Repeat([]byte{0xa5}, around+n+around)
	within := all[around : around+n]
	copy(within, data)
	return guarded{within, all, bytes.Clone(all)}
}

// check tells whether nothing but the first n bytes was written to.
func (g guarded) check(t reporter, what string, n int) {
	t.Helper()
	start := (len(g.all) - len(g.within)) / 2
	if !bytes.Equal(g.all[:start], g.before[:start]) || !bytes.Equal(g.all[start+n:], g.before[start+n:]) {
		t.Errorf("%s: bytes other than the %d of the output were written to", what, n)
	}
}
