package boundary

import (
	"errors"
	"math"
	"strings"
	"testing"
	"unsafe"
)

func fault(err error) Fault {
	var e *Error
	if errors.As(err, &e) {
		return e.Fault
	}
	return 0
}

func at(p []byte) uintptr { return uintptr(unsafe.Pointer(unsafe.SliceData(p))) }

func TestBytes(t *testing.T) {
	data := []byte("data")
	for _, c := range []struct {
		name            string
		address, length uintptr
		want            string
		fault           Fault
	}{
		{"bytes", at(data), 4, "data", 0},
		{"a part", at(data), 2, "da", 0},
		{"nothing at NULL", 0, 0, "", 0},
		{"nothing at a bad address", 1, 0, "", 0},
		{"NULL with a length", 0, 1, "", NullPointer},
		{"more than an int", at(data), math.MaxInt + 1, "", InvalidArgument},
		{"around the end", ^uintptr(0), 2, "", InvalidArgument},
	} {
		got, err := Bytes("data", c.address, c.length)
		if string(got) != c.want || fault(err) != c.fault {
			t.Errorf("%s: %q, %v; want %q, fault %d", c.name, got, err, c.want, c.fault)
		}
		if err != nil && !strings.Contains(err.Error(), "data_len") {
			t.Errorf("%s: the error does not name the length: %v", c.name, err)
		}
	}
}

func TestText(t *testing.T) {
	for text, want := range map[string]Fault{"n\u00e4me\x00rest": 0, "\x00": 0, "\xff\x00": InvalidArgument} {
		got, err := Text("name", at([]byte(text)))
		if fault(err) != want || err == nil && got != text[:strings.IndexByte(text, 0)] {
			t.Errorf("Text of %q = %q, %v", text, got, err)
		}
	}
	if _, err := Text("name", 0); fault(err) != NullPointer {
		t.Errorf("Text of NULL: %v", err)
	}
}

type parameters struct {
	size  uintptr
	value uint32
}

func TestStruct(t *testing.T) {
	type newer struct {
		parameters
		added uint64
	}
	known := unsafe.Sizeof(parameters{})
	for _, c := range []struct {
		name  string
		given newer
		fault Fault
	}{
		{"as known", newer{parameters{known, 7}, 0}, 0},
		{"newer, unused", newer{parameters{unsafe.Sizeof(newer{}), 7}, 0}, 0},
		{"newer, used", newer{parameters{unsafe.Sizeof(newer{}), 7}, 1}, InvalidArgument},
		{"size not set", newer{}, InvalidArgument},
		{"too small", newer{parameters{known - 1, 7}, 0}, InvalidArgument},
		{"absurd", newer{parameters{1 << 40, 7}, 0}, InvalidArgument},
	} {
		got, err := Struct[parameters]("p", "t_p", uintptr(unsafe.Pointer(&c.given)))
		if fault(err) != c.fault || err == nil && got.value != 7 {
			t.Errorf("%s: %v, %v; want fault %d", c.name, got, err, c.fault)
		}
	}
	if got, err := Struct[parameters]("p", "t_p", 0); got != nil || err != nil {
		t.Errorf("Struct of NULL = %v, %v", got, err)
	}
}

func TestCopies(t *testing.T) {
	texts := []string{"ab", "", "c"}
	for capacity := range uintptr(8) {
		out := make([]byte, 8)
		n, err := CopyTexts("out", at(out), capacity, texts)
		enough := capacity >= 6
		if n != 6 || (err == nil) != enough || enough && string(out[:6]) != "ab\x00\x00c\x00" {
			t.Errorf("CopyTexts with %d bytes: %d, %v, %q", capacity, n, err, out)
		}
		n, err = CopyText("out", at(out), capacity, "text")
		switch {
		case capacity < 5 && (n != 5 || fault(err) != BufferTooSmall):
			t.Errorf("CopyText with %d bytes: %d, %v; want 5 needed", capacity, n, err)
		case capacity >= 5 && (n != 4 || err != nil || string(out[:5]) != "text\x00"):
			t.Errorf("CopyText with %d bytes: %d, %v, %q", capacity, n, err, out)
		}
	}
	numbers := make([]uint32, 2)
	where := uintptr(unsafe.Pointer(&numbers[0]))
	if n, err := CopyList("out", where, 2, []uint32{3, 4}); n != 2 || err != nil || numbers[1] != 4 {
		t.Errorf("CopyList: %d, %v, %v", n, err, numbers)
	}
	if n, err := CopyList("out", where, 1, []uint32{3, 4}); n != 2 || fault(err) != BufferTooSmall {
		t.Errorf("CopyList into one element: %d, %v", n, err)
	}
	if _, err := CopyList("out", 0, 2, []uint32{3}); fault(err) != NullPointer {
		t.Errorf("CopyList to NULL: %v", err)
	}
}

func TestOut(t *testing.T) {
	value := uint32(5)
	out, err := Out[uint32]("out", uintptr(unsafe.Pointer(&value)))
	if err != nil || value != 0 {
		t.Fatalf("Out left %d: %v", value, err)
	}
	*out = 6
	if value != 6 {
		t.Error("Out is elsewhere")
	}
	if _, err := Out[uint32]("out", 0); fault(err) != NullPointer {
		t.Errorf("Out of NULL: %v", err)
	}
}

func TestPanicSite(t *testing.T) {
	for text, want := range map[string]string{
		"goroutine 1:\npanic({0x1})\n\t/go/panic.go:1 +0x2\nmain.f()\n\t/src/f.go:3 +0x4\n": "/src/f.go:3",
		"": "an unknown place",
	} {
		if got := panicSite(text); got != want {
			t.Errorf("panicSite(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestObject(t *testing.T) {
	if got, err := Object(0); got != nil || err != nil {
		t.Errorf("Object(0) = %v, %v", got, err)
	}
	if got, err := Object(0xabc); got != uintptr(0xabc) || err != nil {
		t.Errorf("Object(0xabc) = %v, %v", got, err)
	}
}
