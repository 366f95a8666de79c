package native

import (
	"bytes"
	"reflect"
	"runtime"
)

// Go's states are of types that are not exported, and some hold others, or keys
// in slices. So both functions here go through whatever they find.

// wipe zeroes what state points to, and all that this points to in turn but
// functions. What is held there must not be in use elsewhere: see unshare.
func wipe(state any) { wipeValue(reflect.ValueOf(state)) }

func wipeValue(v reflect.Value) {
	switch v.Kind() {
	case reflect.Interface:
		wipeValue(v.Elem())
	case reflect.Pointer:
		if !v.IsNil() {
			target := pointed(v)
			wipeValue(target)
			target.SetZero()
		}
	case reflect.Struct:
		for i := range v.NumField() {
			wipeValue(v.Field(i))
		}
	case reflect.Slice:
		if isBytes(v) {
			clear(v.Bytes())
		}
	}
}

// unshare gives the struct that state points to slices of bytes of its own. A
// clone of crypto/hmac's shares those with its key in them.
func unshare(state any) {
	v := reflect.ValueOf(state)
	if v.Kind() != reflect.Pointer {
		return
	}
	target := pointed(v)
	for i := range target.NumField() {
		if field := target.Field(i); isBytes(field) {
			pointed(field.Addr()).SetBytes(bytes.Clone(field.Bytes()))
		}
	}
}

// pointed returns what a pointer points to, as a value that may be changed.
func pointed(pointer reflect.Value) reflect.Value {
	return reflect.NewAt(pointer.Type().Elem(), pointer.UnsafePointer()).Elem()
}

func isBytes(v reflect.Value) bool {
	return v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8
}

// scrubStack zeroes what earlier calls left behind on the stack.
//
//go:noinline
func scrubStack() {
	var left [2048]byte
	runtime.KeepAlive(&left)
}
