package boundary

import (
	"math"
	"unicode/utf8"
	"unsafe"
)

// pointer makes a pointer from an address that was given as an integer.
func pointer(address uintptr) unsafe.Pointer {
	return *(*unsafe.Pointer)(unsafe.Pointer(&address))
}

// Bytes returns the length bytes of an input at address, which is not looked at
// if length is 0. The slice is the caller's own memory.
func Bytes(name string, address, length uintptr) ([]byte, error) {
	return slice(name, "len", address, length)
}

// Buffer returns the memory for an output of at most capacity bytes at address,
// which is not looked at if capacity is 0.
func Buffer(name string, address, capacity uintptr) ([]byte, error) {
	return slice(name, "cap", address, capacity)
}

func slice(name, suffix string, address, length uintptr) ([]byte, error) {
	switch {
	case length == 0:
		return nil, nil
	case address == 0:
		return nil, Faultf(NullPointer, "%s is NULL but %s_%s is %d", name, name, suffix, length)
	case length > math.MaxInt || address+length < address:
		return nil, Faultf(InvalidArgument, "%s_%s is %d, more than the address space holds", name, suffix, length)
	}
	return unsafe.Slice((*byte)(pointer(address)), length), nil
}

// BytesList returns the inputs whose count addresses and lengths are at address
// and lengths, which are not looked at if count is 0.
func BytesList(name string, address, lengths, count uintptr) ([][]byte, error) {
	switch {
	case count == 0:
		return nil, nil
	case address == 0 || lengths == 0:
		return nil, Faultf(NullPointer, "%s or %s_lens is NULL but %s_count is %d", name, name, name, count)
	case count > maxList:
		return nil, Faultf(InvalidArgument, "%s_count is %d; it must be at most %d", name, count, maxList)
	}
	list := make([][]byte, count)
	addresses := unsafe.Slice((*uintptr)(pointer(address)), count)
	for i, length := range unsafe.Slice((*uintptr)(pointer(lengths)), count) {
		bytes, err := Bytes(name, addresses[i], length)
		if err != nil {
			return nil, Faultf(err.(*Error).Fault, "item %d of %s: %v", i, name, err)
		}
		list[i] = bytes
	}
	return list, nil
}

// maxList bounds a list, so that a count that is none is not taken for one.
const maxList = 1 << 24

// Text returns the string at address.
func Text(name string, address uintptr) (string, error) {
	if address == 0 {
		return "", Faultf(NullPointer, "%s is NULL; expected a text", name)
	}
	start := (*byte)(pointer(address))
	length := 0
	for *(*byte)(unsafe.Add(unsafe.Pointer(start), length)) != 0 {
		length++
	}
	text := string(unsafe.Slice(start, length))
	if !utf8.ValidString(text) {
		return "", Faultf(InvalidArgument, "%s is not valid UTF-8: %q", name, text)
	}
	return text, nil
}

// Int checks a count that arrives as a size_t.
func Int(name string, n uintptr) (int, error) {
	if n > math.MaxInt {
		return 0, Faultf(InvalidArgument, "%s is %d; it must be at most %d", name, n, math.MaxInt)
	}
	return int(n), nil
}

// Out returns the place of a result, set to zero. T is its C type.
func Out[T any](name string, address uintptr) (*T, error) {
	if address == 0 {
		return nil, Faultf(NullPointer, "%s is NULL; expected the address of a result", name)
	}
	out := (*T)(pointer(address))
	var zero T
	*out = zero
	return out, nil
}

// maxStructSize bounds what is searched for fields that this library does not
// know.
const maxStructSize = 512

// Struct returns the parameters at address, whose first field is a size_t that
// says how large the caller believes them to be. NULL is no parameters. A
// larger size is from a caller built against a newer header: it is accepted if
// it sets none of the fields that are unknown here.
func Struct[T any](name, typeName string, address uintptr) (*T, error) {
	if address == 0 {
		return nil, nil
	}
	params := (*T)(pointer(address))
	known := unsafe.Sizeof(*params)
	size := *(*uintptr)(unsafe.Pointer(params))
	if size < known || size > maxStructSize {
		return nil, Faultf(InvalidArgument, "%s.size is %d; it must be sizeof(%s), %d", name, size, typeName, known)
	}
	for _, b := range unsafe.Slice((*byte)(unsafe.Pointer(params)), size)[known:] {
		if b != 0 {
			return nil, Faultf(InvalidArgument, "%s sets fields of a newer %s than this library knows (%d bytes)", name, typeName, known)
		}
	}
	return params, nil
}

// CopyText writes text and a NUL to the buffer of capacity bytes at address. It
// returns the length without the NUL, or with a fault the capacity needed.
func CopyText(name string, address, capacity uintptr, text string) (int, error) {
	n, err := copyOut(name, address, capacity, text+"\x00")
	if err != nil {
		return n, err
	}
	return n - 1, nil
}

// CopyTexts writes texts, each with a NUL behind it. It returns the number of
// bytes, or with a fault the capacity needed.
func CopyTexts(name string, address, capacity uintptr, texts []string) (int, error) {
	var all []byte
	for _, text := range texts {
		all = append(append(all, text...), 0)
	}
	return copyOut(name, address, capacity, string(all))
}

func copyOut(name string, address, capacity uintptr, bytes string) (int, error) {
	if capacity < uintptr(len(bytes)) {
		return len(bytes), tooSmall(name, capacity, len(bytes))
	}
	out, err := Buffer(name, address, uintptr(len(bytes)))
	if err != nil {
		return 0, err
	}
	return copy(out, bytes), nil
}

// CopyList writes 32 bit numbers to the buffer of capacity elements at address.
// It returns their number, or with a fault the capacity needed.
func CopyList[T ~uint32](name string, address, capacity uintptr, list []T) (int, error) {
	if capacity < uintptr(len(list)) {
		return len(list), tooSmall(name, capacity, len(list))
	}
	if len(list) == 0 {
		return 0, nil
	}
	if address == 0 {
		return 0, Faultf(NullPointer, "%s is NULL but %s_cap is %d", name, name, capacity)
	}
	return copy(unsafe.Slice((*T)(pointer(address)), len(list)), list), nil
}

func tooSmall(name string, capacity uintptr, needed int) error {
	return Faultf(BufferTooSmall, "%s_cap is %d; %d are needed", name, capacity, needed)
}
