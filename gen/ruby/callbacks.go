package ruby

import (
	"fmt"
	"strings"

	"github.com/hazmat/hazmat/gen/model"
)

// callbackBlock is the block that C calls: it makes Ruby values of its
// parameters, calls the user's block and stores the answer.
func (e *emitter) callbackBlock(c *model.Callback) []string {
	var params, lines, ends []string
	margin := "  "
	for _, in := range c.In {
		params = append(params, givenParams(in)...)
		if in.Kind == model.HandleRef { // borrowed until the callback is over
			lines = append(lines, fmt.Sprintf("%s%s.borrow(%s) do |%s|", margin, in.Handle.GoName, in.Name, in.Name))
			ends = append([]string{margin + "end"}, ends...)
			margin += "  "
		}
	}
	name, class := c.Name, ""
	if c.Out != nil {
		params = append(params, answerParams(c.Out)...)
		name = c.Out.Name
	}
	if c.Out != nil && c.Out.Kind == model.Object {
		class = "::Hazmat::Runtime::Handle" // of which no object can be made one
		if made := e.madeFor(c); made != nil {
			class = made.GoName
		}
	}
	params = append(params, "_user_data")
	lines = append([]string{fmt.Sprintf("callback(%%i[%s]) do |%s|", callbackTypes(c), strings.Join(params, ", "))}, lines...)
	lines = append(append(lines, margin+answer(c.Out, name, class, "yield"+signature(givens(c.In)))), ends...)
	return append(lines, "end")
}

// madeFor is the class of handles that an object which a callback gives may be
// made one of: what the functions beside the one that takes the callback make.
func (e *emitter) madeFor(c *model.Callback) *model.Handle {
	for _, taker := range e.api.Functions {
		for _, in := range taker.In {
			if in.Callback != c {
				continue
			}
			for _, f := range e.api.Functions {
				if f.Self == taker.Self && f.Facet == taker.Facet && f.Out != nil && e.maker(f.Out.Handle) != nil {
					return f.Out.Handle
				}
			}
		}
	}
	return nil
}

// givenParams are the parameters that C gives an input as.
func givenParams(in *model.Value) []string {
	switch in.Kind {
	case model.Bytes:
		return []string{in.Name, in.Name + "_len"}
	case model.BytesList:
		return []string{in.Name, in.Name + "_lens", in.Name + "_count"}
	}
	return []string{in.Name}
}

// givens are the arguments of the user's code, made of what C gave.
func givens(inputs []*model.Value) []string {
	var args []string
	for _, in := range inputs {
		switch in.Kind {
		case model.StructPtr:
			args = append(args, fmt.Sprintf("%s.read(%s)", structName(in.Struct), in.Name))
		case model.Bytes:
			args = append(args, fmt.Sprintf("%s.given_bytes(%s, %s_len)", abiModule, in.Name, in.Name))
		case model.BytesList:
			args = append(args, fmt.Sprintf("%s.given_bytes_list(%s, %s_lens, %s_count)", abiModule, in.Name, in.Name, in.Name))
		case model.String:
			args = append(args, fmt.Sprintf("%s.given_text(%s)", abiModule, in.Name))
		default:
			args = append(args, in.Name)
		}
	}
	return args
}

// answerParams are the parameters that tell where an answer goes.
func answerParams(out *model.Value) []string {
	switch out.Kind {
	case model.Bytes, model.String:
		return memory(out.Name)
	case model.Fill:
		return []string{out.Name, out.Name + "_len"}
	}
	return []string{out.Name}
}

// answer runs the user's code and stores what it answers: see Runtime::Answers.
// name is for its error texts, and class that of handles.
func answer(out *model.Value, name, class, code string) string {
	if out == nil {
		return fmt.Sprintf("%s.no_answer(%s) { %s }", abiModule, quote(name), code)
	}
	args := []string{quote(name)}
	if class != "" {
		args = append(args, class)
	}
	args = append(args, answerParams(out)...)
	return fmt.Sprintf("%s.%s(%s) { %s }", abiModule, answerName(out), strings.Join(args, ", "), code)
}

// answerName is the method of Runtime::Answers for an answer.
func answerName(v *model.Value) string {
	switch v.Kind {
	case model.Fill:
		return "fill_answer"
	case model.HandleRef:
		return "handle_answer"
	}
	return kind(v) + "_answer"
}
