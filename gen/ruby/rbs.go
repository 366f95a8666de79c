package ruby

import (
	"bytes"
	_ "embed"
	"fmt"
	"strings"
	"text/template"

	"github.com/hazmat/hazmat/gen/model"
)

//go:embed abi.rbs.tmpl
var rbsTemplate string

// EmitSignatures returns the file abi.rbs, which has in RBS the types of what
// Emit writes and people use.
func EmitSignatures(api *model.API) ([]byte, error) {
	e := &emitter{api}
	t, err := template.New("abi.rbs").Funcs(e.helpers()).Funcs(template.FuncMap{
		"rbsFunctions": func() []string {
			return e.signatures(func(f *model.Function) bool { return f.Self == nil && f.Recv == nil })
		},
		"rbsKeywords": rbsKeywords,
		"rbsMethods": func(h *model.Handle) []string {
			return e.signatures(func(f *model.Function) bool { return f.Self == h })
		},
		"rbsOut": func(v model.Value) string { return rbsOut(&v) },
		"rbsRecv": func(enum *model.Enum) []string {
			return e.signatures(func(f *model.Function) bool { return f.Recv == enum })
		},
	}).Parse(rbsTemplate)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := t.Execute(&out, api); err != nil {
		return nil, fmt.Errorf("abi.rbs: %w", err)
	}
	return out.Bytes(), nil
}

// signatures returns "name: types" for each form of the functions that belong.
func (e *emitter) signatures(belongs func(*model.Function) bool) []string {
	var list []string
	for _, f := range e.api.All() {
		if f.IsFree || f.IsNew || !belongs(f) {
			continue
		}
		list = append(list, methodName(f)+": "+rbsPlain(f))
		if writesToMemory(f.Out) {
			list = append(list, intoName(f)+": "+rbsInto(f))
		}
	}
	return list
}

// rbsPlain is the type of the form that returns its result.
func rbsPlain(f *model.Function) string {
	params, block := rbsParams(f)
	switch {
	case f.Out == nil:
		return rbsMethod(params, block, "nil")
	case f.Out.Kind == model.HandleRef: // with a block, what that answers
		handle := rbsOut(f.Out)
		return rbsMethod(params, block, handle) + " | [T] " + rbsMethod(params, "{ ("+handle+") -> T } ", "T")
	case f.Out.Kind == model.Fill:
		params = append(params, "Integer "+f.Out.Name+"_len")
	}
	return rbsMethod(params, block, rbsOut(f.Out))
}

// rbsInto is the type of the form that writes to the caller's memory.
func rbsInto(f *model.Function) string {
	params, block := rbsParams(f)
	result := "Integer"
	if f.Out.Kind == model.Fill {
		result = "nil"
	}
	return rbsMethod(append(params, "(String | pointer) "+f.Out.Name), block, result)
}

func rbsMethod(params []string, block, result string) string {
	return "(" + strings.Join(params, ", ") + ") " + block + "-> " + result
}

// rbsParams returns the parameters of a function and the block that it takes.
func rbsParams(f *model.Function) (params []string, block string) {
	for _, in := range f.In {
		if in.Kind == model.Func {
			var given []string
			for _, v := range in.Callback.In {
				given = append(given, rbsOut(v))
			}
			result := "void"
			if in.Callback.Out != nil {
				result = rbsIn(in.Callback.Out)
			}
			block = "{ (" + strings.Join(given, ", ") + ") -> " + result + " } "
			continue
		}
		params = append(params, rbsIn(in)+" "+in.Name)
	}
	return params, block
}

// rbsKeywords are the keywords of a struct. A code has no default.
func rbsKeywords(s *model.Struct) string {
	return joinFields(s, func(f *model.Field) string {
		optional := "?"
		if f.Kind == model.EnumKind {
			optional = ""
		}
		return optional + f.Name + ": " + rbsIn(&f.Value)
	})
}

// rbsIn is the type of a value that Ruby code gives: anything with to_str is a
// string.
func rbsIn(v *model.Value) string {
	switch v.Kind {
	case model.String, model.Bytes:
		return "string"
	case model.BytesList:
		return "Array[string]"
	case model.Impl:
		return "untyped"
	}
	return rbsOut(v)
}

// rbsOut is the type of a value that Ruby code gets.
func rbsOut(v *model.Value) string {
	switch v.Kind {
	case model.Bool:
		return "bool"
	case model.String, model.Bytes, model.Fill:
		return "String"
	case model.Strings, model.BytesList:
		return "Array[String]"
	case model.List:
		return "Array[Integer]"
	case model.StructPtr:
		return structName(v.Struct) + "?"
	case model.HandleRef:
		return v.Handle.GoName
	case model.Address:
		return "pointer"
	case model.Object:
		return "untyped"
	}
	return "Integer"
}
