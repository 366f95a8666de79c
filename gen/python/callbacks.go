package python

import (
	"fmt"

	"github.com/hazmat/hazmat/gen/model"
)

// callbackTypes lists the ctypes of a callback: what it returns, its inputs, a
// pointer to its result and user_data.
func callbackTypes(c *model.Callback) []string {
	list := []string{"_ct.c_uint32"}
	for _, in := range c.In {
		list = append(list, cTypes(in)...)
	}
	if c.Out != nil {
		list = append(list, "_ct.c_void_p")
	}
	return append(list, "_ct.c_void_p")
}

// callbackParams lists the parameters of the function that C calls.
func callbackParams(c *model.Callback) []string {
	var list []string
	for _, in := range c.In {
		list = append(list, in.Name+": "+callbackParam(in))
		if in.Kind == model.Bytes {
			list = append(list, in.Name+"_len: int")
		}
	}
	if c.Out != nil {
		list = append(list, c.Out.Name+": int")
	}
	return append(list, "user_data: int | None")
}

// callbackAnnotation is the type of what a user's function is called with.
func callbackAnnotation(in *model.Value) string {
	if in.Kind == model.Bytes {
		return "bytes"
	}
	return annotation(in)
}

func callbackParam(in *model.Value) string {
	switch in.Kind {
	case model.Bool:
		return "bool"
	case model.String:
		return "bytes | None"
	case model.Bytes, model.StructPtr:
		return "int | None"
	}
	return "int"
}

// callbackBody is what the function that C calls does: it makes Python values
// of its parameters, calls the user's function and stores the result.
func callbackBody(c *model.Callback) []string {
	var lines, args []string
	margin := ""
	for _, in := range c.In {
		switch in.Kind {
		case model.HandleRef: // borrowed until the callback is over
			lines = append(lines, fmt.Sprintf("%swith _handles.%s._borrow(%s) as _%s:", margin, in.Handle.GoName, in.Name, in.Name))
			margin += "    "
			args = append(args, "_"+in.Name)
		case model.StructPtr:
			args = append(args, fmt.Sprintf("%s._unpack(%s)", in.Struct.GoName, in.Name))
		case model.Bytes:
			args = append(args, fmt.Sprintf("_rt.copied(%s, %s_len)", in.Name, in.Name))
		default:
			args = append(args, fromC(in, in.Name))
		}
	}
	callee := margin + "_function"
	if c.Out != nil {
		callee = margin + "_result = _function"
	}
	lines = append(lines, callLines(8, callee, args, "")...)
	if c.Out == nil {
		return lines
	}
	value := checked(c.Out, "_result")
	ctype := cTypes(c.Out)[0]
	if c.Out.Kind == model.Object {
		value = fmt.Sprintf("_rt.given(%q, _result)", c.Out.Name)
	}
	return append(lines, fmt.Sprintf("%s%s.from_address(%s).value = %s", margin, ctype, c.Out.Name, value))
}
