package native

import (
	"crypto/cipher"
	"math/bits"
)

// ghash is GHASH (NIST SP 800-38D, section 6.4) over data that comes in
// pieces, computed by Go's GCM, which exposes it only inside a whole GMAC.
//
// GHASH takes blocks X1 ... Xn to Yn, where Y0 = 0 and Yi = (Yi-1 + Xi) H.
// GMAC over additional data X1 ... Xm, without plaintext, is the tag
//
//	T = E(J0) + (Ym + L) H    where L is 128 m in 64 bits, then 64 zeroes.
//
// Adding one block of ours in the place of L needs no division:
//
//	Ym+1 = (Ym + Xm+1) H = T + E(J0) + (L + Xm+1) H.
//
// So GMAC gets a piece without its last block, which one multiplication adds.
// In there the piece begins from Y0 = 0. What came before goes into its first
// block by exclusive or; or, if the piece is not ours to write to, it is added
// afterwards as what n blocks make of it, Y H^n, because GHASH is linear.
//
// GMAC always runs under the same nonce. That would give the key away if a tag
// could be seen; none leaves this type.
type ghash struct {
	gmac cipher.AEAD // takes nonces of 12 bytes
	mask element     // E(J0) under the nonce of 12 zeroes
	y    element

	// squares are H^1, H^2, H^4, ..., as many as were needed so far.
	squares [13]element
	known   int

	tag [16]byte // scratch, here because arguments of gmac escape
	buf [ghashBuffer]byte
	n   int // bytes of buf that are not in y yet
}

const (
	// ghashBuffer is the size in bytes of the buffer that gathers small
	// pieces. Anything longer is hashed where it lies.
	ghashBuffer = 512
	// ghashChunk is how many bytes are hashed at once: 2^12 blocks, so the
	// 13 squares are enough.
	ghashChunk = 64 << 10
)

var zeroNonce [12]byte

// init makes a zero ghash ready. The cipher has blocks of 16 bytes.
func (g *ghash) init(block cipher.Block) error {
	gmac, err := cipher.NewGCM(block)
	if err != nil {
		return err
	}
	g.gmac = gmac
	block.Encrypt(g.tag[:], g.tag[:]) // H = E(0), section 7.1
	g.squares[0], g.known = loadElement(g.tag[:]), 1
	g.tag = [16]byte{15: 1} // J0 is the nonce and the number 1
	block.Encrypt(g.tag[:], g.tag[:])
	g.mask = loadElement(g.tag[:])
	return nil
}

// write adds data.
func (g *ghash) write(data []byte) {
	if g.n+len(data) > len(g.buf) {
		if g.n > 0 {
			data = data[copy(g.buf[g.n:], data):]
			g.n = len(g.buf)
			g.flush()
		}
		for len(data) > len(g.buf) {
			n := min(len(data)&^15, ghashChunk)
			g.blocks(data[:n])
			data = data[n:]
		}
	}
	g.n += copy(g.buf[g.n:], data)
}

// pad adds zeroes up to the end of the block.
func (g *ghash) pad() {
	end := (g.n + 15) &^ 15
	clear(g.buf[g.n:end])
	g.n = end
}

// sum ends the data, padded, with a block of two numbers, and returns the hash
// of all. After that the data begins anew.
func (g *ghash) sum(first, second uint64) element {
	g.pad()
	if g.n == len(g.buf) {
		g.flush()
	}
	element{first, second}.store(g.buf[g.n:])
	g.n += 16
	g.flush()
	y := g.y
	g.y = element{}
	return y
}

// flush adds the buffer to y. It has at least one block, and whole ones only.
func (g *ghash) flush() {
	g.y.add(loadElement(g.buf[:])).store(g.buf[:])
	g.y = g.hash(g.buf[:g.n])
	g.n = 0
}

// blocks adds at least one block, and whole ones only, to y.
func (g *ghash) blocks(data []byte) {
	before := g.y
	g.y = g.hash(data)
	if before != (element{}) { // not the first
		g.y = g.y.add(before.mul(g.power(uint(len(data) / 16))))
	}
}

// hash returns the hash of at least one block, and whole ones only, by itself.
func (g *ghash) hash(data []byte) element {
	rest := len(data) - 16
	last, h := loadElement(data[rest:]), g.squares[0]
	if rest == 0 {
		return last.mul(h)
	}
	g.gmac.Seal(g.tag[:0], zeroNonce[:], nil, data[:rest])
	length := element{uint64(rest) * 8, 0}
	return loadElement(g.tag[:]).add(g.mask).add(length.add(last).mul(h))
}

// power returns H^n for an n from 1 to 2^12.
func (g *ghash) power(n uint) element {
	for ; g.known < bits.Len(n); g.known++ {
		g.squares[g.known] = g.squares[g.known-1].square()
	}
	p := g.squares[bits.TrailingZeros(n)]
	for n &= n - 1; n != 0; n &= n - 1 {
		p = p.mul(g.squares[bits.TrailingZeros(n)])
	}
	return p
}
