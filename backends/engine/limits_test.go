package engine

import (
	"encoding/hex"
	"math"
	"testing"

	"github.com/hazmat/hazmat/backends"
)

func TestCounterLimit(t *testing.T) {
	aes := Pair{backends.CipherAES, backends.ModeCTR}
	chacha := Pair{backends.CipherChaCha20, backends.ModeNone}
	const none = math.MaxUint64
	for _, test := range []struct {
		pair  Pair
		nonce string
		want  uint64
	}{
		{aes, "00000000000000000000000000000000", none},
		{aes, "00000000000000000000000000000001", none},
		{aes, "fffffffffffffffeffffffffffffffff", none},
		{aes, "ffffffffffffffff0000000000000000", none}, // 2^64 blocks
		{aes, "fffffffffffffffff000000000000001", (1<<60 - 1) * 16},
		{aes, "fffffffffffffffff000000000000000", none}, // 2^64 bytes
		{aes, "fffffffffffffffffffffffffffffffe", 32},
		{aes, "ffffffffffffffffffffffffffffffff", 16},
		{chacha, "00000000ffffffffffffffffffffffff", 1 << 38},
		{chacha, "01000000000000000000000000000000", 1<<38 - 64},
		{chacha, "feffffff000000000000000000000000", 128},
		{chacha, "ffffffff000000000000000000000000", 64},
	} {
		nonce, err := hex.DecodeString(test.nonce)
		if err != nil {
			t.Fatal(err)
		}
		if got := counterLimit(test.pair, nonce); got != test.want {
			t.Errorf("%s from %s: %d bytes, want %d", test.pair, test.nonce, got, test.want)
		}
	}
}

// The limits of GCM are too far to walk to, so the context is carried there.
func TestGCMLimits(t *testing.T) {
	primitive := &fake{}
	c := NewAEADContext(primitive, Params{Operation: backends.OperationEncrypt, MinTagLength: 16}).(*aeadContext)
	if c.left != 1<<36-32 || c.aadLeft != 1<<61-1 {
		t.Errorf("limits are %d and %d", c.left, c.aadLeft)
	}
	c.left, c.aadLeft = 5, 4

	wantStatus(t, "5 bytes of 4", c.AuthenticateAdditionalData(make([]byte, 5)), backends.ErrLimitExceeded)
	wantStatus(t, "3 bytes of 4", c.AuthenticateAdditionalData(make([]byte, 3)), backends.OK)
	wantStatus(t, "2 bytes of 1", c.AuthenticateAdditionalData(make([]byte, 2)), backends.ErrLimitExceeded)

	dst := make([]byte, 8)
	update := func(n int) error {
		_, err := c.Update(dst, make([]byte, n))
		return err
	}
	wantStatus(t, "6 bytes of 5", update(6), backends.ErrLimitExceeded)
	wantStatus(t, "additional data still", c.AuthenticateAdditionalData(make([]byte, 1)), backends.OK)
	wantStatus(t, "4 bytes of 5", update(4), backends.OK)
	wantStatus(t, "2 bytes of 1", update(2), backends.ErrLimitExceeded)
	wantStatus(t, "1 byte of 1", update(1), backends.OK)
	wantStatus(t, "1 byte of 0", update(1), backends.ErrLimitExceeded)
	wantStatus(t, "0 bytes of 0", update(0), backends.OK)
	if primitive.calls != 4 {
		t.Errorf("primitive was called %d times, want 4", primitive.calls)
	}
}

func TestDataUnitLimit(t *testing.T) {
	unit := make([]byte, maxDataUnit+1)
	c := NewDataUnitContext(&fake{})
	_, err := c.Update(unit, unit)
	wantStatus(t, "2^20 blocks and a byte", err, backends.ErrLimitExceeded)
	n, err := c.Update(unit, unit[:maxDataUnit])
	wantStatus(t, "2^20 blocks", err, backends.OK)
	if n != maxDataUnit {
		t.Errorf("%d bytes, want %d", n, maxDataUnit)
	}
}
