package boundary

import (
	"math"
	"strings"
)

// Methods returns the table of functions of a caller's implementation.
func Methods[T any](name, typeName string, address uintptr) (*T, error) {
	table, err := Struct[T](name, typeName, address)
	if table == nil && err == nil {
		err = Faultf(NullPointer, "%s is NULL; expected a %s", name, typeName)
	}
	return table, err
}

// Method is a function of a table, and whether it is there.
type Method struct {
	Name  string
	There bool
}

// HasMethods reports whether a table has the methods of a facet, of which there
// must be all or none. Of the interface itself, with facet "", there must be
// all.
func HasMethods(name, facet string, methods ...Method) (bool, error) {
	var missing []string
	for _, method := range methods {
		if !method.There {
			missing = append(missing, name+"."+method.Name)
		}
	}
	switch {
	case len(missing) == 0:
		return true, nil
	case facet == "":
		return false, Faultf(NullPointer, "%s: NULL where a function must be", strings.Join(missing, ", "))
	case len(missing) < len(methods):
		return false, Faultf(NullPointer, "%s: NULL, though other functions of %s are there", strings.Join(missing, ", "), facet)
	}
	return false, nil
}

// Written checks the length that an implementation says it wrote to a buffer,
// or would have written to a larger one.
func Written[S interface {
	comparable
	error
}](label string, capacity int, length uintptr, status, ok, tooSmall S) (int, error) {
	switch {
	case status == tooSmall && length > uintptr(capacity) && length <= math.MaxInt:
		return int(length), CallbackError(status)
	case status != ok:
		return 0, CallbackError(status)
	case length > uintptr(capacity):
		return 0, Faultf(Callback, "%s says that it wrote %d bytes to a buffer of %d", label, length, capacity)
	}
	return int(length), nil
}

// maxText bounds a text that an implementation gives, in bytes.
const maxText = 1 << 16

// ReadText reads a text from a function that writes it, with a NUL behind it,
// to a buffer, or says how large one it needs.
func ReadText(read func(dst []byte) (int, error)) (string, error) {
	buffer := make([]byte, 256)
	n, err := read(buffer)
	if err != nil && n > len(buffer) && n <= maxText {
		buffer = make([]byte, n)
		n, err = read(buffer)
	}
	if err != nil {
		return "", err
	}
	return strings.ToValidUTF8(string(buffer[:n]), "\uFFFD"), nil
}

// Given returns the value of a handle that an implementation gave back, which
// is ours from now on.
func Given[T any](label string, address uintptr) (value T, err error) {
	object, err := Object(address)
	if err != nil {
		return value, err
	}
	value, ok := object.(T)
	if !ok {
		if closer, ok := object.(interface{ Close() }); ok {
			closer.Close() // it was given up, and nobody else has it
		}
		return value, Faultf(Callback, "%s gave no handle of the kind that it must (%#x)", label, address)
	}
	return value, nil
}
