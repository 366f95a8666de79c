package backendtest

import (
	"bytes"
	"slices"

	"github.com/hazmat/hazmat/backends"
)

func testAEADMessages(t reporter, backend backends.MessageBackend, objects backends.AEADBackend) {
	for _, algorithm := range slices.Concat(backends.AEADAlgorithms(), unlisted(backends.AEADAlgorithms())) {
		s := newSealer(objects, algorithm)
		if !objects.AEADSupported(algorithm) {
			_, err := backend.SealMessage(make([]byte, 99), algorithm, s.key, s.inputs[0], s.message(), nil)
			wantStatus(t, "seal", err, backends.ErrUnsupportedCipher)
			_, err = backend.OpenMessage(make([]byte, 99), algorithm, s.key, s.inputs[0], s.message(), nil)
			wantStatus(t, "open", err, backends.ErrUnsupportedCipher)
			continue
		}
		t.Run(algorithm.Name(), func(t reporter) {
			t.Run("whole", func(t reporter) { s.testWhole(t, backend) })
			t.Run("many", s.testMany)
			t.Run("many wrong", s.testManyWrong)
		})
	}
}

// testWhole seals and opens with a key that is for one message.
func (s sealer) testWhole(t reporter, backend backends.MessageBackend) {
	aead := s.create(t)
	defer aead.Close()
	message := s.message()
	want := s.seal(t, aead, message)
	dst := newGuarded(len(want)+5, nil)
	n, err := backend.SealMessage(dst.within, s.algorithm, s.key, s.inputs[0], message, s.inputs[1])
	if err != nil || !bytes.Equal(dst.within[:n], want) {
		t.Fatalf("seal: %x, %v; want %x", dst.within[:n], err, want)
	}
	dst.check(t, "seal", n)
	dst = newGuarded(len(message)+5, nil)
	n, err = backend.OpenMessage(dst.within, s.algorithm, s.key, s.inputs[0], want, s.inputs[1])
	if err != nil || !bytes.Equal(dst.within[:n], message) {
		t.Fatalf("open: %x, %v; want %x", dst.within[:n], err, message)
	}
	dst.check(t, "open", n)
	want[0] ^= 1
	_, err = backend.OpenMessage(dst.within, s.algorithm, s.key, s.inputs[0], want, s.inputs[1])
	wantStatus(t, "open a forgery", err, backends.ErrInvalidTag)
	if !bytes.Equal(dst.within[:len(message)], make([]byte, len(message))) {
		t.Errorf("a forgery left %x", dst.within)
	}
	_, err = backend.SealMessage(dst.within, s.algorithm, s.key[1:], s.inputs[0], message, nil)
	wantStatus(t, "seal with a short key", err, backends.ErrInvalidKey)
}

// batch returns an object that does many messages, and lists of nonces,
// plaintexts and additional data, enough to be spread over processors.
func (s sealer) batch(t reporter) (aead backends.BatchAEAD, nonces, plaintexts, additional [][]byte) {
	t.Helper()
	aead, ok := s.create(t).(backends.BatchAEAD)
	if !ok {
		t.Fatalf("%s does no batches", s.algorithm.Name())
	}
	random := newRandom()
	for i := range 300 {
		nonces = append(nonces, randomBytes(random, len(s.inputs[0])))
		plaintexts = append(plaintexts, randomBytes(random, 1+(i*37)%500))
		additional = append(additional, randomBytes(random, i%40))
	}
	return aead, nonces, plaintexts, additional
}

// testMany compares batches with messages one by one.
func (s sealer) testMany(t reporter) {
	aead, nonces, plaintexts, additional := s.batch(t)
	defer aead.Close()
	for _, texts := range [][][]byte{nil, additional[5:6], additional} {
		var want []byte
		var ciphertexts [][]byte
		for i, plaintext := range plaintexts {
			s := s.withInput(0, nonces[i]).withInput(1, nil)
			if len(texts) > 0 {
				s = s.withInput(1, texts[i%len(texts)])
			}
			ciphertexts = append(ciphertexts, s.seal(t, aead, plaintext))
			want = append(want, ciphertexts[i]...)
		}
		dst := newGuarded(len(want)+5, nil)
		n, err := aead.SealMany(dst.within, nonces, plaintexts, texts)
		if err != nil || !bytes.Equal(dst.within[:n], want) {
			t.Fatalf("seal with %d texts: %d bytes, %v; want %d others", len(texts), n, err, len(want))
		}
		dst.check(t, "seal", n)
		all := slices.Concat(plaintexts...)
		dst = newGuarded(len(all)+5, nil)
		n, err = aead.OpenMany(dst.within, nonces, ciphertexts, texts)
		if err != nil || !bytes.Equal(dst.within[:n], all) {
			t.Fatalf("open with %d texts: %d bytes, %v; want %d others", len(texts), n, err, len(all))
		}
		dst.check(t, "open", n)
	}
	if n, err := aead.SealMany(nil, nil, nil, nil); n != 0 || err != nil {
		t.Errorf("no messages: %d, %v", n, err)
	}
}

// testManyWrong makes one mistake after the other in batches.
func (s sealer) testManyWrong(t reporter) {
	aead, nonces, plaintexts, _ := s.batch(t)
	defer aead.Close()
	sealed := make([]byte, len(slices.Concat(plaintexts...))+len(plaintexts)*aead.TagLength())
	_, err := aead.SealMany(sealed, nonces, plaintexts, nil)
	must(t, "seal", err)
	var ciphertexts [][]byte
	for _, plaintext := range plaintexts {
		n := len(plaintext) + aead.TagLength()
		ciphertexts = append(ciphertexts, bytes.Clone(sealed[:n]))
		sealed = sealed[n:]
	}
	room := len(slices.Concat(ciphertexts...))
	forged := slices.Clone(ciphertexts)
	forged[290] = bytes.Clone(forged[290])
	forged[290][3] ^= 1
	short := slices.Clone(ciphertexts)
	short[7] = short[7][:3]
	long := slices.Clone(nonces)
	long[250] = make([]byte, 1<<10)
	if s.algorithm == backends.AEADAESSIV {
		long[250] = nil
	}
	for _, c := range []struct {
		what   string
		want   backends.Status
		zeroed int // bytes at the beginning
		call   func(dst []byte) (int, error)
	}{
		{"a forgery", backends.ErrInvalidTag, room - len(plaintexts)*aead.TagLength(), func(dst []byte) (int, error) { return aead.OpenMany(dst, nonces, forged, nil) }},
		{"a ciphertext without a tag", backends.ErrInvalidTag, 0, func(dst []byte) (int, error) { return aead.OpenMany(dst, nonces, short, nil) }},
		{"a wrong nonce", backends.ErrInvalidNonce, room, func(dst []byte) (int, error) { return aead.SealMany(dst, long, plaintexts, nil) }},
		{"too few nonces", backends.ErrInvalidArgument, 0, func(dst []byte) (int, error) { return aead.SealMany(dst, nonces[1:], plaintexts, nil) }},
		{"too many nonces", backends.ErrInvalidArgument, 0, func(dst []byte) (int, error) { return aead.OpenMany(dst, nonces, ciphertexts[1:], nil) }},
		{"two texts", backends.ErrInvalidArgument, 0, func(dst []byte) (int, error) { return aead.SealMany(dst, nonces, plaintexts, nonces[:2]) }},
		{"no room", backends.ErrBufferTooSmall, 0, func(dst []byte) (int, error) { return aead.SealMany(dst[:room-1], nonces, plaintexts, nil) }},
		{"output over a message", backends.ErrOverlap, 0, func(dst []byte) (int, error) {
			return aead.SealMany(dst, nonces[:1], [][]byte{dst[:1]}, nil)
		}},
		{"output over a nonce", backends.ErrOverlap, 0, func(dst []byte) (int, error) {
			return aead.SealMany(dst, [][]byte{dst[:len(nonces[0])]}, plaintexts[:1], nil)
		}},
	} {
		dst := newGuarded(room, nil)
		before := bytes.Clone(dst.within)
		n, err := c.call(dst.within)
		wantStatus(t, c.what, err, c.want)
		if c.want == backends.ErrBufferTooSmall && n != room {
			t.Errorf("%s: %d are needed, want %d", c.what, n, room)
		}
		clear(before[:c.zeroed])
		if !bytes.Equal(dst.within, before) {
			t.Errorf("%s: dst is not as it was, but for %d zeroes", c.what, c.zeroed)
		}
		dst.check(t, c.what, room)
	}
}
