package openssl

import (
	"bytes"
	"os"
	"os/exec"
	"runtime"
	"testing"
	"time"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/backends/openssl/internal/foreign"
)

// use makes a context of each kind, and one that cannot be made, and uses them.
// What it makes is closed, or not.
func use(t testing.TB, b *Backend, closed bool) {
	t.Helper()
	var contexts []interface{ Close() }
	keep := func(context interface{ Close() }, err error) {
		if err != nil {
			t.Fatal(err)
		}
		contexts = append(contexts, context)
	}
	data := make([]byte, 100)
	hash, err := b.CreateHashCtx(backends.HashSHA256)
	keep(hash, err)
	copied, err := hash.Copy()
	keep(copied, err)
	_, err = copied.Finalize(data)
	if err != nil {
		t.Fatal(err)
	}
	xof, err := b.CreateHashCtx(backends.HashSHAKE128)
	keep(xof, err)
	if err := xof.(backends.XOFContext).Squeeze(data); err != nil {
		t.Fatal(err)
	}
	mac, err := b.CreateHMACCtx(data, backends.HashSHA256)
	keep(mac, err)
	copiedMAC, err := mac.Copy()
	keep(copiedMAC, err)
	if err := copiedMAC.Verify(data); backends.StatusOf(err) != backends.ErrInvalidSignature {
		t.Fatal(err)
	}
	cipher := &backends.Cipher{Algorithm: backends.CipherAES, Key: data[:32]}
	gcm := &backends.Mode{Mode: backends.ModeGCM, IV: data[:12], Tag: data[:16]}
	decryption, err := b.CreateSymmetricDecryptionCtx(cipher, gcm)
	keep(decryption, err)
	if _, err := decryption.Update(data, data); err != nil {
		t.Fatal(err)
	}
	ctr, err := b.CreateSymmetricEncryptionCtx(cipher, &backends.Mode{Mode: backends.ModeCTR, IV: data[:16]})
	keep(ctr, err)
	_, err = b.CreateSymmetricEncryptionCtx(cipher, gcm)
	if err == nil {
		t.Fatal("a tag was taken for an encryption")
	}
	if err := equalHalves(b); err == nil {
		t.Fatal("a key of equal halves was taken")
	}
	for _, context := range contexts {
		if closed {
			context.Close()
		}
	}
}

// inUse returns the memory that is in use when the garbage is gone. Contexts
// are freed on a goroutine some time after they are found to be garbage.
func inUse() int64 {
	least := int64(1 << 62)
	for range 10 {
		runtime.GC()
		time.Sleep(5 * time.Millisecond)
		least = min(least, foreign.MallocInUse())
	}
	return least
}

// room is what malloc's memory may differ by for other reasons, in bytes.
const room = 64 << 10

func TestClosedContextsLeaveNothing(t *testing.T) {
	eachLibrary(t, func(t *testing.T, b *Backend) {
		use(t, b, true)
		before := inUse()
		for range 12_500 { // of 8 contexts each
			use(t, b, true)
		}
		if after := inUse(); after > before+room {
			t.Errorf("%d bytes are in use, %d before", after, before)
		}
	})
}

func TestUnclosedContextsAreFreed(t *testing.T) {
	eachLibrary(t, func(t *testing.T, b *Backend) {
		use(t, b, true)
		before := inUse()
		for range 500 {
			use(t, b, false)
		}
		if after := inUse(); after > before+room {
			t.Errorf("%d bytes are in use, %d before", after, before)
		}
	})
}

// A failed load leaves nothing, either.
func TestFailedLoadsLeaveNothing(t *testing.T) {
	paths := []string{"/nowhere/libcrypto.so", writeFile(t, "a text"), fake{without: "EVP_MD_free"}.build(t)}
	load := func() {
		for _, path := range paths {
			if _, err := open(path); err == nil {
				t.Fatalf("%s was loaded", path)
			}
		}
	}
	load()
	before := inUse()
	for range 300 {
		load()
	}
	if after := inUse(); after > before+room {
		t.Errorf("%d bytes are in use, %d before", after, before)
	}
}

// TestAfterCleanup uses contexts after OPENSSL_cleanup, which runs at the exit
// of a process while Go's garbage collector and other threads still do. The
// algorithms are in a context of our own, which that does not take down.
func TestAfterCleanup(t *testing.T) {
	const variable = "HAZMAT_TEST_CLEANUP"
	if os.Getenv(variable) != "" {
		b := newSystem(t)
		use(t, b, false)
		blowfish, err := b.CreateSymmetricEncryptionCtx(&backends.Cipher{Algorithm: backends.CipherBlowfish, Key: make([]byte, 16)},
			&backends.Mode{Mode: backends.ModeECB})
		if err != nil {
			t.Fatal(err)
		}
		b.call(t, "OPENSSL_cleanup")
		if n, err := blowfish.Update(make([]byte, 16), make([]byte, 16)); n != 16 || err != nil {
			t.Errorf("update: %d, %v", n, err)
		}
		blowfish.Close()
		use(t, b, true)
		inUse()
		return
	}
	command := exec.Command(os.Args[0], "-test.run=^TestAfterCleanup$", "-test.v")
	command.Env = append(os.Environ(), variable+"=1")
	output, err := command.CombinedOutput()
	if err != nil || !bytes.Contains(output, []byte("--- PASS: TestAfterCleanup")) {
		t.Errorf("%v\n%s", err, output)
	}
}
