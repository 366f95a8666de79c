package backendtest

import (
	"bytes"
	"fmt"

	"github.com/hazmat/hazmat/backends"
)

func (s subject) testAuthenticated(t reporter) {
	t.Run("additional data", s.testAdditionalData)
	t.Run("tag", s.testTag)
	t.Run("tag lengths", s.testTagLengths)
	t.Run("authentication", s.testAuthentication)
	t.Run("finalize with tag", s.testFinalizeWithTag)
	t.Run("nonce lengths", s.testNonceLengths)
}

// authenticate decrypts a message and returns what its end says: of finalize
// if there is no tag, of finalize with the tag otherwise.
func (s subject) authenticate(t reporter, ciphertext, tag []byte) error {
	t.Helper()
	context := s.openAEAD(t, backends.OperationDecrypt)
	defer context.Close()
	_, err := context.Update(make([]byte, len(ciphertext)), ciphertext)
	must(t, "update", err)
	if tag == nil {
		_, err = context.Finalize(nil)
	} else {
		_, err = context.FinalizeWithTag(nil, tag)
	}
	if err != nil {
		s.wantDead(t, context, "a tag that does not match")
		_, again := context.FinalizeWithTag(nil, make([]byte, backends.MaxTagSize))
		wantStatus(t, "another tag after one that does not match", again, backends.ErrAlreadyFinalized)
	}
	return err
}

// testAdditionalData splits additional data in every way, and gives some when
// it is too late.
func (s subject) testAdditionalData(t reporter) {
	message := s.message()
	s.aad = randomBytes(newRandom(), 40)
	ciphertext, tag := s.encrypt(t, [][]byte{message})
	for _, split := range append(everySplit(s.aad), evenSplits(s.aad)...) {
		other := s
		other.aad = nil
		context := other.openAEAD(t, backends.OperationEncrypt)
		for _, piece := range split {
			must(t, "additional data", context.AuthenticateAdditionalData(piece))
		}
		got := newDriver(s, context).update(t, message, false)
		_, err := context.Finalize(nil)
		must(t, "finalize", err)
		if gotTag := readTag(t, context); !bytes.Equal(got, ciphertext) || !bytes.Equal(gotTag, tag) {
			t.Fatalf("additional data in %d pieces: tag %x, want %x", len(split), gotTag, tag)
		}
		context.Close()
	}
	for _, operation := range operations {
		for _, data := range [][]byte{nil, make([]byte, 1), make([]byte, 100)} {
			context := s.openAEAD(t, operation)
			_, err := context.Update(nil, make([]byte, 1))
			wantStatus(t, "update without a buffer", err, backends.ErrBufferTooSmall)
			must(t, "additional data after an update that failed", context.AuthenticateAdditionalData([]byte("a")))
			newDriver(s, context).update(t, data, false)
			for _, late := range [][]byte{nil, []byte("a")} {
				wantStatus(t, fmt.Sprintf("additional data after %d bytes", len(data)),
					context.AuthenticateAdditionalData(late), backends.ErrAlreadyUpdated)
			}
			context.Close()
		}
	}
}

func readTag(t reporter, context backends.AEADCipherContext) []byte {
	t.Helper()
	dst := newGuarded(backends.MaxTagSize+3, nil)
	n, err := context.Tag(dst.within)
	must(t, "tag", err)
	if n != backends.MaxTagSize {
		t.Fatalf("tag has %d bytes, want %d", n, backends.MaxTagSize)
	}
	dst.check(t, "tag", n)
	return dst.within[:n]
}

// testTag asks for the tag at each time.
func (s subject) testTag(t reporter) {
	message := s.message()
	context := s.openAEAD(t, backends.OperationEncrypt)
	early := func(when string) {
		_, err := context.Tag(make([]byte, backends.MaxTagSize))
		wantStatus(t, "tag before "+when, err, backends.ErrNotYetFinalized)
		_, err = context.FinalizeWithTag(nil, make([]byte, backends.MaxTagSize))
		wantStatus(t, "encryption with a tag, before "+when, err, backends.ErrNotApplicable)
	}
	early("update")
	newDriver(s, context).update(t, message, false)
	early("finalize")
	_, err := context.Finalize(nil)
	must(t, "finalize", err)
	for _, room := range []int{0, 1, backends.MaxTagSize - 1} {
		dst := newGuarded(room, nil)
		n, err := context.Tag(dst.within)
		wantStatus(t, "tag into too small a buffer", err, backends.ErrBufferTooSmall)
		if n != backends.MaxTagSize {
			t.Errorf("tag into %d bytes says that %d are needed, want %d", room, n, backends.MaxTagSize)
		}
		dst.check(t, "tag into too small a buffer", 0)
	}
	first, second := readTag(t, context), readTag(t, context)
	if !bytes.Equal(first, second) {
		t.Errorf("tag is %x, then %x", first, second)
	}
	_, err = context.FinalizeWithTag(nil, first)
	wantStatus(t, "encryption with a tag, after finalize", err, backends.ErrNotApplicable)
	context.Close()
	_, err = context.Tag(make([]byte, backends.MaxTagSize))
	wantStatus(t, "tag after close", err, backends.ErrAlreadyFinalized)

	ciphertext, tag := s.encrypt(t, [][]byte{message})
	s.mode.Tag = tag
	context = s.openAEAD(t, backends.OperationDecrypt)
	noTag := func(when string) {
		_, err := context.Tag(make([]byte, backends.MaxTagSize))
		wantStatus(t, "tag of a decryption "+when, err, backends.ErrNotApplicable)
	}
	noTag("before update")
	newDriver(s, context).update(t, ciphertext, false)
	noTag("before finalize")
	_, err = context.Finalize(nil)
	must(t, "finalize of a decryption", err)
	noTag("after finalize")
	context.Close()
	noTag("after close")
}

// testTagLengths tries tags of every length under every minimum. A tag of one
// byte is what CVE-2018-10903 was about.
func (s subject) testTagLengths(t reporter) {
	message := s.message()
	ciphertext, tag := s.encrypt(t, [][]byte{message})
	long := append(bytes.Clone(tag), tag...)
	for minimum := range uint32(backends.MaxTagSize + 5) {
		shortest := int(minimum)
		if minimum == 0 {
			shortest = backends.MaxTagSize
		}
		other := s
		other.mode.MinTagLength = minimum
		allowed := minimum == 0 || backends.MinTagSize <= minimum && minimum <= backends.MaxTagSize
		context, err := other.tryOpen(backends.OperationEncrypt)
		if !allowed {
			wantStatus(t, fmt.Sprintf("encryption with a minimum tag length of %d", minimum), err, backends.ErrInvalidTagLength)
		} else {
			must(t, "encryption with a minimum tag length", err)
			context.Close()
		}
		for n := range backends.MaxTagSize + 5 {
			what := fmt.Sprintf("tag of %d bytes under a minimum of %d", n, minimum)
			other.mode.Tag = long[:n]
			context, err := create(s.backend, backends.OperationDecrypt)(&other.cipher, &other.mode)
			if !allowed || n < shortest || n > backends.MaxTagSize {
				wantStatus(t, what, err, backends.ErrInvalidTagLength)
				continue
			}
			must(t, what, err)
			context.Close()
			if got := other.decrypt(t, [][]byte{ciphertext}, long[:n]); !bytes.Equal(got, message) {
				t.Errorf("%s: %x, want %x", what, got, message)
			}
		}
	}
	for _, n := range []int{1, backends.MinTagSize, backends.MaxTagSize, backends.MaxTagSize + 1} {
		other := s
		other.mode.Tag = make([]byte, n)
		other.mode.MinTagLength = backends.MinTagSize
		_, err := other.tryOpen(backends.OperationEncrypt)
		wantStatus(t, fmt.Sprintf("encryption with a tag of %d bytes", n), err, backends.ErrInvalidTagLength)
	}
	other := s
	_, err := create(s.backend, backends.OperationDecrypt)(&other.cipher, &other.mode)
	wantStatus(t, "decryption without a tag", err, backends.ErrInvalidTagLength)
}

// testAuthentication changes each bit of the tag, and something of everything
// that it authenticates.
func (s subject) testAuthentication(t reporter) {
	ciphertext, tag := s.encrypt(t, [][]byte{s.message()})
	flip := func(data []byte, bit int) []byte {
		data = bytes.Clone(data)
		data[bit/8] ^= 1 << (bit % 8)
		return data
	}
	for length := backends.MinTagSize; length <= backends.MaxTagSize; length++ {
		s.mode.MinTagLength = uint32(length)
		s.mode.Tag = tag[:length]
		wantStatus(t, "right tag", s.authenticate(t, ciphertext, nil), backends.OK)
		for bit := range 8 * length {
			s.mode.Tag = flip(tag[:length], bit)
			what := fmt.Sprintf("tag of %d bytes with bit %d changed", length, bit)
			wantStatus(t, what, s.authenticate(t, ciphertext, nil), backends.ErrInvalidTag)
			wantStatus(t, what, s.authenticate(t, ciphertext, s.mode.Tag), backends.ErrInvalidTag)
		}
	}
	s.mode.Tag = tag
	for bit := range 8 * len(ciphertext) {
		wantStatus(t, "changed ciphertext", s.authenticate(t, flip(ciphertext, bit), nil), backends.ErrInvalidTag)
	}
	wantStatus(t, "shortened ciphertext", s.authenticate(t, ciphertext[:len(ciphertext)-1], nil), backends.ErrInvalidTag)
	wantStatus(t, "lengthened ciphertext", s.authenticate(t, append(bytes.Clone(ciphertext), 0), nil), backends.ErrInvalidTag)
	for _, aad := range [][]byte{nil, flip(s.aad, 3), append(bytes.Clone(s.aad), 0)} {
		other := s
		other.aad = aad
		wantStatus(t, "changed additional data", other.authenticate(t, ciphertext, nil), backends.ErrInvalidTag)
	}
	wantStatus(t, "changed nonce", s.withNonce(flip(s.nonce(), 7)).authenticate(t, ciphertext, nil), backends.ErrInvalidTag)
}

// testFinalizeWithTag gives tags at the end.
func (s subject) testFinalizeWithTag(t reporter) {
	ciphertext, tag := s.encrypt(t, [][]byte{s.message()})
	s.mode.Tag = make([]byte, backends.MaxTagSize) // a wrong one
	wantStatus(t, "the right tag at the end", s.authenticate(t, ciphertext, tag), backends.OK)
	wantStatus(t, "a wrong tag at the end", s.authenticate(t, ciphertext, append(bytes.Clone(tag[1:]), 0)), backends.ErrInvalidTag)

	for _, minimum := range []int{backends.MinTagSize, 12, backends.MaxTagSize} {
		s.mode.MinTagLength = uint32(minimum)
		context := s.openAEAD(t, backends.OperationDecrypt)
		newDriver(s, context).update(t, ciphertext, false)
		long := append(bytes.Clone(tag), tag...)
		for n := range long {
			if n >= minimum && n <= backends.MaxTagSize {
				continue
			}
			_, err := context.FinalizeWithTag(nil, long[:n])
			wantStatus(t, fmt.Sprintf("tag of %d bytes at the end, under a minimum of %d", n, minimum), err, backends.ErrInvalidTagLength)
		}
		_, err := context.FinalizeWithTag(nil, tag[:minimum])
		must(t, "finalize with the right tag after wrong lengths", err)
		s.wantDead(t, context, "finalize with tag")
		_, err = context.FinalizeWithTag(nil, tag)
		wantStatus(t, "a second finalize with tag", err, backends.ErrAlreadyFinalized)
		context.Close()
	}
}

// testNonceLengths processes a message under nonces of every length.
func (s subject) testNonceLengths(t reporter) {
	message := s.message()
	random := newRandom()
	for n := backends.MinGCMNonceSize; n <= backends.MaxGCMNonceSize; n++ {
		other := s.withNonce(randomBytes(random, n))
		ciphertext, tag := other.encrypt(t, [][]byte{message})
		if got := other.decrypt(t, [][]byte{ciphertext}, tag); !bytes.Equal(got, message) {
			t.Errorf("nonce of %d bytes: %x, want %x", n, got, message)
		}
	}
}
