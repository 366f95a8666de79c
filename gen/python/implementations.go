package python

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/hazmat/hazmat/gen/model"
)

// methodTable returns the methods that an implementation has, in the order of
// the C table: those of a later ABI version come behind.
func (e *emitter) methodTable(h *model.Handle) []*model.Function {
	methods := e.api.Methods(h)
	slices.SortStableFunc(methods, func(a, b *model.Function) int { return cmp.Compare(a.Since, b.Since) })
	return methods
}

// newOf returns the function that makes a handle of an implementation, or nil
// if implementations are registered instead.
func (e *emitter) newOf(h *model.Handle) *model.Function {
	for _, f := range e.api.Implementing {
		if f.IsNew && f.Out.Handle == h {
			return f
		}
	}
	return nil
}

// made returns the handles that can be made of an implementation. Those with
// the most methods come first, as what fits one of them may fit one with fewer.
func (e *emitter) made() []*model.Handle {
	var list []*model.Handle
	for _, h := range e.api.Handles {
		if e.newOf(h) != nil {
			list = append(list, h)
		}
	}
	count := func(h *model.Handle) int { return len(e.methodsOf(h, "")) }
	slices.SortStableFunc(list, func(a, b *model.Handle) int { return cmp.Compare(count(b), count(a)) })
	return list
}

// methodsOf returns the methods of a facet, or with "" those of the interface
// itself.
func (e *emitter) methodsOf(h *model.Handle, facet string) []*model.Function {
	return slices.DeleteFunc(e.api.Methods(h), func(f *model.Function) bool { return f.Facet != facet })
}

// methodSignature is how an interface declares a method. Names of parameters
// are the implementation's own affair.
func methodSignature(f *model.Function) string {
	signature := "(self"
	for _, in := range f.In {
		signature += ", " + in.Name + ": " + callbackAnnotation(in)
	}
	if f.Out != nil && f.Out.Kind == model.Fill {
		signature += ", length: int"
	}
	if signature != "(self" {
		signature += ", /"
	}
	signature += ") -> "
	switch {
	case f.Out == nil:
		return signature + "None"
	case writesToBuffer(f.Out):
		return signature + "_rt.Buffer"
	}
	return signature + annotation(f.Out)
}

// method describes a method to the runtime.
func method(f *model.Function) []string {
	var types []string
	for _, in := range f.In {
		types = append(types, cTypes(in)...)
	}
	types = append(types, outTypes(f.Out)...)
	heard := "False"
	if f.HasErr {
		heard = "True"
	}
	return callLines(8, "_rt.Method", []string{
		quote(f.Method), quote(cmp.Or(f.Facet, f.Self.GoName)), "heard=" + heard, "call=" + methodName(f), "types=" + tuple(types),
	}, ",")
}

// tuple writes a tuple.
func tuple(items []string) string {
	if len(items) == 1 {
		return "(" + items[0] + ",)"
	}
	return "(" + strings.Join(items, ", ") + ")"
}

// methodName is the name of the function that calls a method.
func methodName(f *model.Function) string { return "_" + f.Self.Name + "_" + f.Method }

// methodDef is its first line, or lines.
func methodDef(f *model.Function) []string {
	return callLines(0, "def "+methodName(f), methodParams(f), " -> None:")
}

// methodParams lists the parameters of the function that calls a method.
func methodParams(f *model.Function) []string {
	list := []string{"_self: _rt.Implementation"}
	for _, in := range f.In {
		list = append(list, callbackParams(in)...)
	}
	switch {
	case f.Out == nil:
	case f.Out.Kind == model.Fill:
		list = append(list, f.Out.Name+": int | None", f.Out.Name+"_len: int")
	case len(outTypes(f.Out)) == 3:
		list = append(list, f.Out.Name+": int | None", f.Out.Name+"_cap: int", f.Out.Name+"_len: int")
	default:
		list = append(list, f.Out.Name+": int")
	}
	return list
}

// methodBody is what that function does: it makes Python values of its
// parameters, calls the method and stores the result.
func methodBody(f *model.Function) []string {
	var args []string
	for _, in := range f.In {
		args = append(args, callbackArg(in))
	}
	method := fmt.Sprintf("%q", f.Method)
	writer := func(name string, memory ...string) []string {
		return callLines(4, "_self."+name, slices.Concat([]string{method}, memory, args), "")
	}
	if f.Out != nil {
		out := f.Out.Name
		switch f.Out.Kind {
		case model.Bytes:
			return writer("write", out, out+"_cap", out+"_len")
		case model.String:
			return writer("write_text", out, out+"_cap", out+"_len")
		case model.Fill:
			return writer("fill", out, out+"_len")
		}
	}
	lines := callLines(4, "_result = _self.value."+f.Method, args, "")
	if f.Out == nil {
		return append(lines, fmt.Sprintf("_self.nothing(%s, _result)", method))
	}
	label := fmt.Sprintf("_self.result(%s)", method)
	value := checkedAs(f.Out, label, "_result")
	switch f.Out.Kind {
	case model.HandleRef:
		value = fmt.Sprintf("%s.given(%s, _result)", f.Out.Handle.Name, label)
	case model.Address:
		value = fmt.Sprintf("_self.address(%s, _result)", method)
	}
	return append(lines, store(f.Out, value))
}

// store is the statement that stores a value where a C function wants its
// result.
func store(out *model.Value, value string) string {
	return fmt.Sprintf("%s.from_address(%s).value = %s", cTypes(out)[0], out.Name, value)
}

// implementable reports whether a method's values have a way from Python to the
// library.
func implementable(f *model.Function) bool {
	inputs := !slices.ContainsFunc(f.In, func(in *model.Value) bool { return in.Kind == model.Impl })
	return inputs && (f.Out == nil || f.Out.Kind != model.Strings && f.Out.Kind != model.List)
}
