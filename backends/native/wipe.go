package native

import "reflect"

// wipe zeroes the struct that state points to, which may be of a type that is
// not exported. A state that is no pointer is left alone: it is a copy.
func wipe(state any) {
	if v := reflect.ValueOf(state); v.Kind() == reflect.Pointer && !v.IsNil() {
		v.Elem().SetZero()
	}
}
