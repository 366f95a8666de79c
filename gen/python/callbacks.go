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

// callbackSignature lists the parameters of the function that C calls.
func callbackSignature(c *model.Callback) []string {
	var list []string
	for _, in := range c.In {
		list = append(list, callbackParams(in)...)
	}
	if c.Out != nil {
		list = append(list, c.Out.Name+": int")
	}
	return append(list, "user_data: int | None")
}

// callbackAnnotation is the type of what a user's function is called with.
func callbackAnnotation(in *model.Value) string {
	switch in.Kind {
	case model.Bytes:
		return "bytes"
	case model.BytesList:
		return "list[bytes]"
	}
	return annotation(in)
}

// callbackParams lists what C gives for a value.
func callbackParams(in *model.Value) []string {
	switch in.Kind {
	case model.Bool:
		return []string{in.Name + ": bool"}
	case model.String:
		return []string{in.Name + ": bytes | None"}
	case model.Bytes:
		return []string{in.Name + ": int | None", in.Name + "_len: int"}
	case model.BytesList:
		return []string{in.Name + ": int | None", in.Name + "_lens: int | None", in.Name + "_count: int"}
	case model.StructPtr:
		return []string{in.Name + ": int | None"}
	}
	return []string{in.Name + ": int"}
}

// callbackArg is the expression that makes a Python value of what C gives; a
// copy, so that nothing is left to be used after the call.
func callbackArg(in *model.Value) string {
	switch in.Kind {
	case model.StructPtr:
		return fmt.Sprintf("%s._unpack(%s)", in.Struct.GoName, in.Name)
	case model.Bytes:
		return fmt.Sprintf("_rt.copied(%s, %s_len)", in.Name, in.Name)
	case model.BytesList:
		return fmt.Sprintf("_rt.copied_list(%s, %s_lens, %s_count)", in.Name, in.Name, in.Name)
	}
	return fromC(in, in.Name)
}

// callbackBody is what the function that C calls does: it makes Python values
// of its parameters, calls the user's function and stores the result.
func callbackBody(c *model.Callback) []string {
	var lines, args []string
	margin := ""
	for _, in := range c.In {
		if in.Kind != model.HandleRef {
			args = append(args, callbackArg(in))
			continue
		}
		// Borrowed until the callback is over.
		lines = append(lines, fmt.Sprintf("%swith _handles.%s._borrow(%s) as _%s:", margin, in.Handle.GoName, in.Name, in.Name))
		margin += "    "
		args = append(args, "_"+in.Name)
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
	if c.Out.Kind == model.Object {
		value = fmt.Sprintf("_rt.given(%q, _result, _implementations.KINDS)", c.Out.Name)
	}
	return append(lines, margin+store(c.Out, value))
}
