package ruby

import (
	"fmt"
	"strings"

	"github.com/hazmat/hazmat/gen/model"
)

// function is one Ruby method. A function that writes bytes has two: one
// returns them, one writes to the caller's memory.
type function struct {
	Doc    string // comment lines, ready to print
	Name   string
	Params string
	Body   []string
}

// functionsOf returns the functions that belong to neither a handle nor an
// enum.
func (e *emitter) functionsOf() []function {
	return e.forms(2, func(f *model.Function) bool { return f.Self == nil && f.Recv == nil })
}

// methodsOf returns the methods of a handle.
func (e *emitter) methodsOf(h *model.Handle) []function {
	return e.forms(4, func(f *model.Function) bool { return f.Self == h })
}

// recvFunctionsOf returns the functions on the codes of an enum.
func (e *emitter) recvFunctionsOf(enum *model.Enum) []function {
	return e.forms(4, func(f *model.Function) bool { return f.Recv == enum })
}

func (e *emitter) forms(indent int, belongs func(*model.Function) bool) []function {
	var list []function
	for _, f := range e.api.All() {
		if f.IsFree || f.IsNew || !belongs(f) {
			continue
		}
		list = append(list, e.plain(indent, f))
		if writesToMemory(f.Out) {
			list = append(list, e.into(indent, f))
		}
	}
	return list
}

// writesToMemory says whether a result goes to memory that may be the caller's.
func writesToMemory(out *model.Value) bool {
	return out != nil && (out.Kind == model.Bytes || out.Kind == model.Fill)
}

// plain is the form that returns its result.
func (e *emitter) plain(indent int, f *model.Function) function {
	params, tags := e.inputs(f)
	sizes := byteSizes(f)
	body := conversions(f)
	result := ""
	if f.Out != nil {
		result = f.Out.Name
	}
	switch {
	case f.Out == nil:
		tags = append(tags, "@return [nil]")
		body = append(body, e.noResult(f, native(sizes)))
	case f.Out.Kind == model.HandleRef:
		params = append(params, "&block")
		tags = append(tags,
			fmt.Sprintf("@yieldparam %s [%s] the handle, which is closed when the block is left", result, f.Out.Handle.GoName),
			fmt.Sprintf("@return [%s] the handle; with a block, what the block answers", f.Out.Handle.GoName))
		body = append(body, fmt.Sprintf("%s.receive { |%s| %s }.use(&block)", f.Out.Handle.GoName, result, call(f, native(sizes), result)))
	case f.Out.Kind == model.Bytes:
		tags = append(tags, "@return [String] "+result+": binary and frozen")
		body = append(body, yielding("ABI.bytes_result("+capacity(f.Out.Cap)+")", f, native(sizes), memory(result)...)...)
	case f.Out.Kind == model.Fill:
		length := result + "_len"
		params = append(params, length)
		tags = append(tags,
			fmt.Sprintf("@param %s [Integer] the length of %s in bytes", length, result),
			"@return [String] "+result+": binary and frozen")
		body = append(body, converted(length, "size"))
		body = append(body, yielding("ABI.fill_result("+length+")", f, native(append(sizes, length)), result, length)...)
	default:
		tags = append(tags, "@return ["+yardType(f.Out)+"]")
		names := []string{result}
		if len(outTypes(f.Out)) > 1 {
			names = memory(result)
		}
		body = append(body, yielding("ABI."+resultName(f.Out), f, native(sizes), names...)...)
	}
	return function{e.doc(indent, f.Doc, f.GoName, methodName(f), tags...), methodName(f), signature(params), offered(f, body)}
}

// offered puts the call of a function that takes an implementation of the
// caller's into a block that is given what C knows of it.
func offered(f *model.Function, body []string) []string {
	if len(f.In) == 0 || implemented(f).Kind != model.Impl {
		return body
	}
	in, lasts := implemented(f), ""
	if f.Replays {
		lasts = ", lasts: true"
	}
	lines := []string{fmt.Sprintf("%s::%s.offer(%s, %q%s) do |%s, user_data|", abiModule, methodsClass(in.Handle), in.Name, in.Name, lasts, in.Name)}
	for _, line := range body {
		lines = append(lines, "  "+line)
	}
	return append(lines, "end")
}

// into is the form that writes to the caller's memory.
func (e *emitter) into(indent int, f *model.Function) function {
	params, tags := e.inputs(f)
	result := f.Out.Name
	tags = append(tags, fmt.Sprintf("@param %s [String, FFI::MemoryPointer] what is written to, from its first byte on", result))
	body := conversions(f)
	destination := fmt.Sprintf("(%s, %q)", result, result)
	if f.Out.Kind == model.Fill {
		tags = append(tags, "@return [nil]")
		length := result + "_len"
		body = append(body, yielding("ABI.fill_into"+destination, f, native(append(byteSizes(f), length), result), result, length)...)
	} else {
		tags = append(tags, "@return [Integer] the number of bytes written")
		body = append(body, yielding("ABI.bytes_into"+destination, f, native(byteSizes(f), result), memory(result)...)...)
	}
	link := yard{e.api}.Function(f)
	text := fmt.Sprintf("Does what %s does, and writes the result to memory of the caller's.", link)
	return function{e.doc(indent, text, "", "", tags...), intoName(f), signature(append(params, result)), body}
}

// noResult is the call of a function without a result. A function that takes a
// callback for good keeps it alive.
func (e *emitter) noResult(f *model.Function, native string) string {
	text := call(f, native)
	if f.Replays {
		for _, in := range f.In {
			if in.Kind == model.Func {
				text = fmt.Sprintf("ABI.keep(%s) { |%s| %s }", in.Name, in.Name, text)
			}
		}
	}
	return "ABI.check(" + text + ")"
}

// inputs returns the parameters of a function and their tags.
func (e *emitter) inputs(f *model.Function) (params, tags []string) {
	for _, in := range f.In {
		if in.Kind == model.Func {
			params = append(params, "&"+in.Name)
			tags = append(tags, e.callbackTags(in.Callback)...)
			continue
		}
		params = append(params, in.Name)
		tags = append(tags, tag("param", in.Name, yardType(in), inputText(in))...)
	}
	return params, tags
}

func (e *emitter) callbackTags(c *model.Callback) []string {
	var tags []string
	for _, value := range c.In {
		tags = append(tags, tag("yieldparam", value.Name, yardType(value), inputText(value))...)
	}
	if c.Out == nil {
		return tags
	}
	text := c.Out.Name
	if made := e.madeFor(c); made != nil && c.Out.Kind == model.Object {
		text += "; an Object is one with the methods of a {" + made.GoName + "}"
	}
	return append(tags, tag("yieldreturn", "", yardType(c.Out), text)...)
}

// inputText says what a type alone does not.
func inputText(v *model.Value) string {
	switch v.Kind {
	case model.Bytes:
		return "bytes; the encoding does not matter"
	case model.BytesList:
		return "each of them bytes; the encoding does not matter"
	case model.EnumKind:
		return "a code of {" + v.Enum.GoName + "}"
	case model.Impl:
		return "an object with the methods of a {" + v.Handle.GoName + "}"
	}
	return ""
}

// conversions check the arguments.
func conversions(f *model.Function) []string {
	var lines []string
	for _, in := range f.In {
		switch in.Kind {
		case model.StructPtr:
			lines = append(lines, fmt.Sprintf("%s = ABI.record(%s, %q, %s)", in.Name, in.Name, in.Name, structName(in.Struct)))
		case model.Func:
			lines = append(lines, fmt.Sprintf("%s = ABI.%s_function(&ABI.block(%s, %q))", in.Name, in.Callback.Name, in.Name, in.Name))
		case model.Impl: // made by the block that offered puts around the call
		default:
			lines = append(lines, converted(in.Name, kind(in)))
		}
	}
	return lines
}

func converted(name, kind string) string {
	return fmt.Sprintf("%s = ABI.%s(%s, %q)", name, kind, name, name)
}

// call is the call in C, with the names of what it writes to.
func call(f *model.Function, native string, outs ...string) string {
	var args []string
	if f.Self != nil {
		args = append(args, "@address || closed!")
	}
	for _, in := range f.In {
		if in.Kind == model.BytesList {
			args = append(args, in.Name+".addresses", in.Name+".lengths", in.Name+".count")
			continue
		}
		args = append(args, in.Name)
		switch in.Kind {
		case model.Bytes:
			args = append(args, in.Name+".bytesize")
		case model.Func:
			args = append(args, "nil")
		case model.Impl:
			args = append(args, "user_data")
		}
	}
	return fmt.Sprintf("%s.%s(%s)", native, f.Name, strings.Join(append(args, outs...), ", "))
}

// yielding is a method of Runtime::Results with the call as its block.
func yielding(method string, f *model.Function, native string, outs ...string) []string {
	return []string{
		fmt.Sprintf("%s do |%s|", method, strings.Join(outs, ", ")),
		"  " + call(f, native, outs...),
		"end",
	}
}

// memory names an output of variable length.
func memory(name string) []string { return []string{name, name + "_cap", name + "_len"} }

// byteSizes lists what the work of a call grows with.
func byteSizes(f *model.Function) []string {
	var list []string
	for _, in := range f.In {
		if in.Kind == model.Bytes || in.Kind == model.BytesList {
			list = append(list, in.Name+".bytesize")
		}
	}
	return list
}

// native chooses the functions to call by the number of bytes to work on.
func native(sizes []string, destination ...string) string {
	if len(sizes) == 0 {
		return "ABI::Native"
	}
	return "ABI.native(" + strings.Join(append([]string{strings.Join(sizes, " + ")}, destination...), ", ") + ")"
}

func capacity(sum model.Sum) string {
	var terms []string
	for _, term := range sum {
		each := ""
		if term.Each != nil {
			each = term.Each.Name + ".count * "
		}
		switch {
		case term.Len != nil:
			terms = append(terms, term.Len.Name+".bytesize")
		case term.Constant != nil:
			terms = append(terms, each+constantName(term.Constant))
		default:
			terms = append(terms, fmt.Sprint(each, term.Number))
		}
	}
	return strings.Join(terms, " + ")
}

// resultName is the method of Runtime::Results for a result.
func resultName(v *model.Value) string {
	switch v.Kind {
	case model.String:
		return "text_result"
	case model.Strings:
		return "texts_result"
	case model.List:
		return "list_result"
	}
	return kind(v) + "_result"
}

func signature(params []string) string {
	if len(params) == 0 {
		return ""
	}
	return "(" + strings.Join(params, ", ") + ")"
}
