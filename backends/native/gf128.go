package native

import (
	"encoding/binary"
	"math/bits"
)

// element is an element of the field of GHASH, GF(2^128) modulo
// x^128 + x^7 + x^2 + x + 1. The coefficient of x^0 is the first bit of the
// block, which is the highest of hi (NIST SP 800-38D, section 6.3). Addition
// is exclusive or. Nothing here branches or indexes by a value.
type element struct{ hi, lo uint64 }

func loadElement(block []byte) element {
	return element{binary.BigEndian.Uint64(block), binary.BigEndian.Uint64(block[8:16])}
}

func (a element) store(block []byte) {
	binary.BigEndian.PutUint64(block, a.hi)
	binary.BigEndian.PutUint64(block[8:16], a.lo)
}

func (a element) add(b element) element { return element{a.hi ^ b.hi, a.lo ^ b.lo} }

// mul returns the product of a and b: Karatsuba over halves of 64 bits.
func (a element) mul(b element) element {
	hh1, hh0 := carryless(a.hi, b.hi)
	ll1, ll0 := carryless(a.lo, b.lo)
	m1, m0 := carryless(a.hi^a.lo, b.hi^b.lo)
	m1 ^= hh1 ^ ll1
	m0 ^= hh0 ^ ll0
	return reduce(hh1, hh0^m1, ll1^m0, ll0)
}

// square returns a times a. Squaring is linear: it puts a zero between any two
// coefficients.
func (a element) square() element {
	return reduce(spread(a.hi>>32), spread(a.hi&0xffffffff), spread(a.lo>>32), spread(a.lo&0xffffffff))
}

// spread puts a zero above each of the lower 32 bits of x.
func spread(x uint64) uint64 {
	x = (x | x<<16) & 0x0000ffff0000ffff
	x = (x | x<<8) & 0x00ff00ff00ff00ff
	x = (x | x<<4) & 0x0f0f0f0f0f0f0f0f
	x = (x | x<<2) & 0x3333333333333333
	return (x | x<<1) & 0x5555555555555555
}

// reduce takes a carryless product of 256 bits, v3 the highest, to the field.
func reduce(v3, v2, v1, v0 uint64) element {
	// Coefficients of x^i and x^j, at bits 127-i and 127-j, met at bit
	// 254-(i+j) of the product. They belong one higher.
	v3 = v3<<1 | v2>>63
	v2 = v2<<1 | v1>>63
	v1 = v1<<1 | v0>>63
	v0 <<= 1
	// x^128 = x^7 + x^2 + x + 1, from the highest powers up, 64 at a time.
	v2 ^= v0 ^ v0>>1 ^ v0>>2 ^ v0>>7
	v1 ^= v0<<63 ^ v0<<62 ^ v0<<57
	v3 ^= v1 ^ v1>>1 ^ v1>>2 ^ v1>>7
	v2 ^= v1<<63 ^ v1<<62 ^ v1<<57
	return element{v3, v2}
}

// carryless returns the product of polynomials over GF(2). The high half of a
// product is the low half of that of the reversed factors, reversed.
func carryless(a, b uint64) (hi, lo uint64) {
	return bits.Reverse64(carrylessLow(bits.Reverse64(a), bits.Reverse64(b))) >> 1, carrylessLow(a, b)
}

// carrylessLow returns the low half of the product of polynomials over GF(2),
// by plain multiplication. Of each factor only every fourth bit is taken at
// once, so that up to 15 carries stay in the three bits between, and are
// masked away; the sixteenth can only fall off the end.
func carrylessLow(a, b uint64) uint64 {
	const m0, m1, m2, m3 = 0x1111111111111111, 0x2222222222222222, 0x4444444444444444, 0x8888888888888888
	a0, a1, a2, a3 := a&m0, a&m1, a&m2, a&m3
	b0, b1, b2, b3 := b&m0, b&m1, b&m2, b&m3
	r0 := a0*b0 ^ a1*b3 ^ a2*b2 ^ a3*b1
	r1 := a0*b1 ^ a1*b0 ^ a2*b3 ^ a3*b2
	r2 := a0*b2 ^ a1*b1 ^ a2*b0 ^ a3*b3
	r3 := a0*b3 ^ a1*b2 ^ a2*b1 ^ a3*b0
	return r0&m0 | r1&m1 | r2&m2 | r3&m3
}
