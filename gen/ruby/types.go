package ruby

import (
	"strings"

	"github.com/hazmat/hazmat/gen/model"
)

// cTypes lists the types of a function's parameters as FFI names them. A
// handle is an address and so a number: FFI passes those fastest.
func cTypes(f *model.Function) string {
	var list []string
	if f.Self != nil {
		list = append(list, "size_t")
	}
	for _, in := range f.In {
		list = append(list, inTypes(in, "buffer_in", "pointer")...)
	}
	if f.Out != nil {
		list = append(list, outTypes(f.Out)...)
	}
	return strings.Join(list, " ")
}

// inTypes are those of one input; bytes and callback are the types of a
// pointer to bytes and of a function.
func inTypes(v *model.Value, bytes, callback string) []string {
	switch v.Kind {
	case model.Bool:
		return []string{"bool"}
	case model.Size, model.HandleRef:
		return []string{"size_t"}
	case model.Uint64:
		return []string{"uint64"}
	case model.String:
		return []string{"string"}
	case model.Bytes:
		return []string{bytes, "size_t"}
	case model.BytesList:
		return []string{bytes, bytes, "size_t"}
	case model.StructPtr:
		return []string{"pointer"}
	case model.Func:
		return []string{callback, "pointer"}
	case model.Impl:
		return []string{"pointer", "size_t"}
	}
	return []string{"uint32"}
}

func outTypes(v *model.Value) []string {
	switch v.Kind {
	case model.Bytes, model.String, model.Strings, model.List:
		return []string{"buffer_out", "size_t", "buffer_out"}
	case model.Fill:
		return []string{"buffer_out", "size_t"}
	}
	return []string{"buffer_out"}
}

// callbackTypes lists the types of the parameters of a callback.
func callbackTypes(c *model.Callback) string {
	var list []string
	for _, in := range c.In {
		list = append(list, inTypes(in, "pointer", "")...)
	}
	if c.Out != nil {
		list = append(list, "pointer")
	}
	return strings.Join(append(list, "pointer"), " ")
}

// kind is what Runtime::Arguments calls a value.
func kind(v *model.Value) string {
	switch v.Kind {
	case model.Bool:
		return "bool"
	case model.Size:
		return "size"
	case model.Uint64:
		return "uint64"
	case model.String:
		return "text"
	case model.Bytes:
		return "bytes"
	case model.BytesList:
		return "bytes_list"
	case model.StructPtr:
		return "record"
	case model.Object:
		return "object"
	case model.Address:
		return "address"
	}
	return "uint32"
}

// fieldKinds declares the fields of a struct.
func fieldKinds(s *model.Struct) string {
	return joinFields(s, func(f *model.Field) string { return f.Name + ": :" + kind(&f.Value) })
}

// fieldParams are the keywords of a struct. A code has no default; all else is
// empty, zero or false.
func fieldParams(s *model.Struct) string {
	return joinFields(s, func(f *model.Field) string {
		switch f.Kind {
		case model.EnumKind:
			return f.Name + ":"
		case model.Bytes, model.String:
			return f.Name + `: ""`
		case model.Bool:
			return f.Name + ": false"
		}
		return f.Name + ": 0"
	})
}

func joinFields(s *model.Struct, text func(*model.Field) string) string {
	var list []string
	for _, field := range s.Fields {
		list = append(list, text(field))
	}
	return strings.Join(list, ", ")
}
