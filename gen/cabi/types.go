// Package cabi emits the C side of the boundary: the public header, the front
// that users link, the header between front and core, the symbol map and the
// list of exported symbols.
package cabi

import (
	"bytes"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"text/template"

	"github.com/hazmat/hazmat/gen/model"
)

// emitter gives the templates what they need of the API.
type emitter struct {
	*model.API
}

// C is a public name, such as hz_status.
func (e emitter) C(name string) string { return e.Prefix + "_" + name }

// Macro is a name of the preprocessor, such as HZ_OK.
func (e emitter) Macro(name string) string { return strings.ToUpper(e.Prefix + "_" + name) }

// render executes a template over the API.
func (e emitter) render(name, text string) ([]byte, error) {
	t, err := template.New(name).Funcs(template.FuncMap{
		"upper": strings.ToUpper,
		"join":  strings.Join,
	}).Parse(text)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = t.Execute(&out, e)
	return out.Bytes(), err
}

// scalar is the C type of a value that fits a register.
func (e emitter) scalar(v *model.Value) string {
	switch v.Kind {
	case model.Bool:
		return "bool"
	case model.Size:
		return "size_t"
	case model.Uint32:
		return "uint32_t"
	case model.Uint64:
		return "uint64_t"
	case model.EnumKind:
		return e.C(v.Enum.Name)
	case model.List:
		if v.Enum != nil {
			return e.C(v.Enum.Name)
		}
		return "uint32_t"
	case model.HandleRef:
		return e.C(v.Handle.Name) + " *"
	case model.Object, model.Address:
		return "void *"
	}
	panic(fmt.Sprintf("kind %d of %s is no scalar", v.Kind, v.Name))
}

// declare joins a type and a name as C code is written: "size_t n", "char *p".
func declare(cType, name string) string {
	if strings.HasSuffix(cType, "*") {
		return cType + name
	}
	return cType + " " + name
}

// param is one C parameter: how the public header declares it, how the core
// does, and what the front passes from one to the other.
type param struct {
	Public, Core, Pass string
	Result             string // its name, if a failed load must set it to zero
	Typed              string // a result as the core declares it when it calls out
}

// word is a parameter that the core takes as an integer.
func word(cType, name string) param {
	return param{Public: declare(cType, name), Core: "uintptr_t " + name, Pass: "(uintptr_t)" + name}
}

// plain is a parameter that both sides take as it is.
func plain(cType, name string) param {
	return param{Public: declare(cType, name), Core: declare(cType, name), Pass: name}
}

// result is where a result goes. An address is an integer to the core, so that
// Go never holds one that it has not checked.
func result(cType, name string) param {
	if strings.HasSuffix(cType, "*") {
		p := word(cType+"*", name)
		p.Result, p.Typed = name, "uintptr_t *"+name
		return p
	}
	p := word(cType+" *", name)
	p.Result, p.Typed = name, cType+" *"+name
	return p
}

// input is the C parameters of an input.
func (e emitter) input(v *model.Value) []param {
	switch v.Kind {
	case model.Bytes:
		return []param{word("const uint8_t *", v.Name), plain("size_t", v.Name+"_len")}
	case model.BytesList:
		return []param{
			word("const uint8_t *const *", v.Name), word("const size_t *", v.Name+"_lens"), plain("size_t", v.Name+"_count"),
		}
	case model.String:
		return []param{word("const char *", v.Name)}
	case model.StructPtr:
		return []param{word("const "+e.C(v.Struct.Name)+" *", v.Name)}
	case model.Func:
		return []param{word(e.C(v.Callback.Name), v.Name), word("void *", "user_data")}
	case model.Impl:
		return []param{word("const "+e.C(v.Handle.Name)+"_methods *", v.Name), word("void *", "user_data")}
	case model.HandleRef:
		return []param{word(e.C(v.Handle.Name)+" *", v.Name)}
	}
	return []param{plain(e.scalar(v), v.Name)}
}

// output is the C parameters of a result.
func (e emitter) output(v *model.Value) []param {
	sized := func(cType string) []param {
		return []param{word(cType+" *", v.Name), plain("size_t", v.Name+"_cap"), result("size_t", v.Name+"_len")}
	}
	switch v.Kind {
	case model.Bytes:
		return sized("uint8_t")
	case model.String, model.Strings:
		return sized("char")
	case model.List:
		return sized(e.scalar(v))
	case model.Fill:
		return []param{word("uint8_t *", v.Name), plain("size_t", v.Name+"_len")}
	}
	return []param{result(e.scalar(v), v.Name)}
}

// params is all C parameters of a function.
func (e emitter) params(f *model.Function) []param {
	var params []param
	if f.Self != nil {
		params = append(params, word(e.C(f.Self.Name)+" *", f.Self.Name))
	}
	for _, value := range f.In {
		params = append(params, e.input(value)...)
	}
	if f.Out != nil {
		params = append(params, e.output(f.Out)...)
	}
	return params
}

// callbackParams is all C parameters of a callback.
func (e emitter) callbackParams(c *model.Callback) []param {
	var params []param
	for _, value := range c.In {
		params = append(params, e.input(value)...)
	}
	if c.Out != nil {
		params = append(params, result(e.scalar(c.Out), c.Out.Name))
	}
	return append(params, word("void *", "user_data"))
}

// methodParams is all C parameters of a method that the caller implements.
func (e emitter) methodParams(f *model.Function) []param {
	var params []param
	for _, value := range f.In {
		params = append(params, e.input(value)...)
	}
	if f.Out != nil {
		params = append(params, e.output(f.Out)...)
	}
	return append(params, word("void *", "user_data"))
}

// list joins one aspect of parameters.
func list(params []param, aspect func(param) string) string {
	if len(params) == 0 {
		return "void"
	}
	var parts []string
	for _, p := range params {
		parts = append(parts, aspect(p))
	}
	return strings.Join(parts, ", ")
}

func public(p param) string { return p.Public }
func core(p param) string   { return p.Core }
func pass(p param) string   { return p.Pass }

// wrapped breaks a prototype into lines of at most 100 columns.
func wrapped(head string, params []param) string {
	line := head + "(" + list(params, public) + ")"
	if len(line) <= 100 {
		return line
	}
	out, column := head+"(", len(head)+1
	for i, p := range params {
		text := p.Public
		if i < len(params)-1 {
			text += ","
		}
		if i > 0 && column+1+len(text) > 99 {
			out += "\n\t"
			column = 8
		} else if i > 0 {
			out += " "
			column++
		}
		out += text
		column += len(text)
	}
	return out + ")"
}

// Symbols returns the names of all functions that the front exports, sorted, by
// the ABI version they appeared in.
func Symbols(api *model.API) map[int][]string {
	symbols := map[int][]string{}
	add := func(since int, name string) {
		symbols[since] = append(symbols[since], api.Prefix+"_"+name)
	}
	for _, name := range model.RuntimeFunctions {
		add(1, name)
	}
	for _, c := range api.Constants {
		add(1, c.Name)
	}
	for _, f := range api.All() {
		add(f.Since, f.Name)
	}
	for _, names := range symbols {
		slices.Sort(names)
	}
	return symbols
}
