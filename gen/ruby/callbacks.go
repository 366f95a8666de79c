package ruby

import (
	"fmt"
	"strings"

	"github.com/hazmat/hazmat/gen/model"
)

// callbackBlock is the block that C calls: it makes Ruby values of its
// parameters, calls the user's block and stores the result.
func callbackBlock(c *model.Callback) []string {
	var params, args, lines, ends []string
	margin := "  "
	for _, in := range c.In {
		params = append(params, in.Name)
		switch in.Kind {
		case model.HandleRef: // borrowed until the callback is over
			lines = append(lines, fmt.Sprintf("%s%s.borrow(%s) do |%s|", margin, in.Handle.GoName, in.Name, in.Name))
			ends = append([]string{margin + "end"}, ends...)
			margin += "  "
			args = append(args, in.Name)
		case model.StructPtr:
			args = append(args, fmt.Sprintf("%s.read(%s)", in.Struct.GoName, in.Name))
		case model.Bytes:
			params = append(params, in.Name+"_len")
			args = append(args, fmt.Sprintf("given_bytes(%s, %s_len)", in.Name, in.Name))
		case model.String:
			args = append(args, "given_text("+in.Name+")")
		default:
			args = append(args, in.Name)
		}
	}
	call := "yield(" + strings.Join(args, ", ") + ")"
	if c.Out != nil {
		params = append(params, c.Out.Name)
		call = stored(c.Out, call)
	}
	params = append(params, "_user_data")
	lines = append([]string{fmt.Sprintf("callback(%%i[%s]) do |%s|", callbackTypes(c), strings.Join(params, ", "))}, lines...)
	lines = append(append(lines, margin+call), ends...)
	return append(lines, "end")
}

// stored writes the value of an expression to where a callback's result goes.
func stored(out *model.Value, expression string) string {
	checked := fmt.Sprintf("ABI.%s(%s, %q)", kind(out), expression, out.Name)
	switch out.Kind {
	case model.Bool:
		return fmt.Sprintf("%s.put_uint8(0, %s ? 1 : 0)", out.Name, checked)
	case model.Size, model.Object:
		return fmt.Sprintf("%s.put(:size_t, 0, %s)", out.Name, checked)
	case model.Uint64:
		return fmt.Sprintf("%s.put_uint64(0, %s)", out.Name, checked)
	}
	return fmt.Sprintf("%s.put_uint32(0, %s)", out.Name, checked)
}
