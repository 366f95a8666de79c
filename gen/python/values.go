package python

import (
	"fmt"

	"github.com/hazmat/hazmat/gen/model"
)

// annotation is the type of a value for Python's type checkers.
func annotation(v *model.Value) string {
	switch v.Kind {
	case model.Bool:
		return "bool"
	case model.Size, model.Uint32, model.Uint64, model.Address:
		return "int"
	case model.EnumKind:
		return v.Enum.GoName
	case model.String:
		return "str"
	case model.Strings:
		return "list[str]"
	case model.List:
		if v.Enum != nil {
			return "list[" + v.Enum.GoName + "]"
		}
		return "list[int]"
	case model.Bytes, model.Fill:
		return "_rt.Buffer"
	case model.BytesList:
		return "_rt.Buffers"
	case model.StructPtr:
		return v.Struct.GoName + " | None"
	case model.HandleRef:
		return v.Handle.GoName
	case model.Func:
		return "_callbacks." + v.Callback.GoName
	case model.Impl:
		return "_interfaces." + v.Handle.GoName
	case model.Object:
		return "_rt.Handle | _interfaces.Implementation | int | None"
	}
	return ""
}

// checked is the expression that turns a number, flag or text, held by the
// expression source, into what goes to C.
func checked(v *model.Value, source string) string {
	return checkedAs(v, fmt.Sprintf("%q", v.Name), source)
}

// checkedAs does what checked does, where the expression label is what error
// texts call the value.
func checkedAs(v *model.Value, label, source string) string {
	switch v.Kind {
	case model.Bool:
		return fmt.Sprintf("_rt.flag(%s, %s)", label, source)
	case model.Size: // a Go int
		return fmt.Sprintf("_rt.number(%s, %s, 63)", label, source)
	case model.Uint32:
		return fmt.Sprintf("_rt.number(%s, %s, 32)", label, source)
	case model.Uint64:
		return fmt.Sprintf("_rt.number(%s, %s, 64)", label, source)
	case model.EnumKind:
		return fmt.Sprintf("_rt.code(%s, %s, %s)", label, source, v.Enum.GoName)
	case model.String:
		return fmt.Sprintf("_rt.text(%s, %s)", label, source)
	}
	return source
}

// cTypes are the ctypes that a value takes as an input. Every pointer is a
// c_void_p, which takes bytes, addresses, byref and None alike.
func cTypes(v *model.Value) []string {
	switch v.Kind {
	case model.Bool:
		return []string{"_ct.c_bool"}
	case model.Size:
		return []string{"_ct.c_size_t"}
	case model.Uint32, model.EnumKind:
		return []string{"_ct.c_uint32"}
	case model.Uint64:
		return []string{"_ct.c_uint64"}
	case model.String:
		return []string{"_ct.c_char_p"}
	case model.Bytes:
		return []string{"_ct.c_void_p", "_ct.c_size_t"}
	case model.BytesList:
		return []string{"_ct.c_void_p", "_ct.c_void_p", "_ct.c_size_t"}
	case model.Func, model.Impl:
		return []string{"_ct.c_void_p", "_ct.c_void_p"}
	}
	return []string{"_ct.c_void_p"}
}

// outTypes are the ctypes that an output takes: one pointer, or memory with
// its room and, unless all of it is filled, a pointer to what was used.
func outTypes(out *model.Value) []string {
	switch {
	case out == nil:
		return nil
	case out.Kind == model.Fill:
		return []string{"_ct.c_void_p", "_ct.c_size_t"}
	case out.Kind == model.Bytes, out.Kind == model.String, out.Kind == model.Strings, out.Kind == model.List:
		return []string{"_ct.c_void_p", "_ct.c_size_t", "_ct.c_void_p"}
	}
	return []string{"_ct.c_void_p"}
}

// prototype returns the statement that declares a function.
func prototype(f *model.Function) []string {
	list := []string{quote(f.Name)}
	if f.Self != nil {
		list = append(list, "_ct.c_void_p")
	}
	for _, in := range f.In {
		list = append(list, cTypes(in)...)
	}
	return callLines(0, f.Name+" = _lib.prototype", append(list, outTypes(f.Out)...), "")
}

// fieldTypes lists the members of a struct's field, each with its ctype.
func fieldTypes(field *model.Field) []string {
	types := cTypes(&field.Value)
	list := []string{fmt.Sprintf("(%q, %s)", field.Name, types[0])}
	if field.Kind == model.Bytes {
		list = append(list, fmt.Sprintf("(%q, %s)", field.Name+"_len", types[1]))
	}
	return list
}

// fieldDefault is the default of a field's keyword: Go's zero value. Codes have
// none, as there may be no member of that number.
func fieldDefault(field *model.Field) string {
	switch field.Kind {
	case model.Bool:
		return " = False"
	case model.Size, model.Uint32, model.Uint64:
		return " = 0"
	case model.String:
		return ` = ""`
	case model.Bytes:
		return ` = b""`
	}
	return ""
}

// packField is the expression that gives a field's members to C.
func packField(field *model.Field) string {
	if field.Kind == model.Bytes {
		return fmt.Sprintf("*_views.read_address(%q, _value.%s)", field.Name, field.Name)
	}
	return checked(&field.Value, "_value."+field.Name)
}

// unpackField is the expression that copies a field from the C structure _c.
func unpackField(field *model.Field) string {
	member := "_c." + field.Name
	if field.Kind == model.Bytes {
		return fmt.Sprintf("_rt.copied(%s, %s_len)", member, member)
	}
	return fromC(&field.Value, member)
}

// fromC is the expression that turns a number or text that came from C, held by
// the expression source, into a Python value.
func fromC(v *model.Value, source string) string {
	switch v.Kind {
	case model.EnumKind:
		return v.Enum.GoName + "(" + source + ")"
	case model.String:
		return "_rt.decoded(" + source + ")"
	}
	return source
}
