package python

import (
	"fmt"
	"strings"

	"github.com/hazmat/hazmat/gen/model"
)

// function is one Python function. Those that write bytes have two forms: one
// that returns them and one that writes to the caller's memory.
type function struct {
	Name   string
	Params string
	Result string
	Doc    string // ready to print
	Body   []string
}

// forms returns the Python functions of one of the API's.
func (e *emitter) forms(f *model.Function) []function {
	indent := 4
	if f.Self != nil {
		indent = 8
	}
	plain := function{Name: pythonName(f), Params: params(f), Result: result(f.Out)}
	doc := e.spell(f.Doc, f.GoName, plain.Name)
	if f.Out == nil || !writesToBuffer(f.Out) {
		plain.Doc = quoteDoc(indent, doc)
		plain.Body = body(f, indent, returned(f))
		return []function{plain}
	}
	into := function{Name: intoName(f), Params: params(f, "buf: _rt.Buffer"), Result: "int"}
	returns := fmt.Sprintf("Here %s is new memory, which is returned.", f.Out.Name)
	writes := fmt.Sprintf("Does what %s does, where %s is the memory of buf. Returns the number of bytes written.", plain.Name, f.Out.Name)
	intoCall := outCall{helper: "into", last: `*_views.write("buf", buf)`}
	if f.Out.Kind == model.Fill {
		plain.Params = params(f, "length: int")
		returns = fmt.Sprintf("Here %s is new memory of length bytes, which is returned.", f.Out.Name)
		writes = fmt.Sprintf("Does what %s does, where %s is the memory of buf.", plain.Name, f.Out.Name)
		into.Result = "None"
		intoCall.helper = "call"
	}
	plain.Doc = quoteDoc(indent, doc+"\n\n"+returns)
	plain.Body = body(f, indent, returned(f))
	into.Doc = quoteDoc(indent, writes)
	into.Body = body(f, indent, intoCall)
	return []function{plain, into}
}

// params lists the parameters of a function with their types, and more behind
// them.
func params(f *model.Function, more ...string) string {
	var list []string
	if f.Self != nil {
		list = append(list, "self")
	}
	for _, in := range f.In {
		list = append(list, in.Name+": "+annotation(in))
	}
	return strings.Join(append(list, more...), ", ")
}

func result(out *model.Value) string {
	switch {
	case out == nil:
		return "None"
	case writesToBuffer(out):
		return "bytes"
	}
	return annotation(out)
}

// outCall says how a function is called: a method of the library, which knows
// what to do with one kind of output, arguments that it takes before those of
// the function, one that the function takes after its inputs, and what makes
// the result a Python value.
type outCall struct {
	helper string
	first  []string
	last   string
	wrap   string // a callable, or "" for none
}

// returned is how the form is called that returns its output.
func returned(f *model.Function) outCall {
	if f.Out == nil {
		return outCall{helper: "call"}
	}
	switch f.Out.Kind {
	case model.Bytes:
		likely, more := room(f.Out.Cap)
		return outCall{helper: "octets", first: []string{likely, more}}
	case model.Fill:
		return outCall{helper: "filled", first: []string{`_rt.number("length", length, 63)`}}
	case model.String:
		return outCall{helper: "text"}
	case model.Strings:
		return outCall{helper: "texts"}
	case model.List:
		if f.Out.Enum != nil {
			return outCall{helper: "codes", first: []string{f.Out.Enum.GoName}}
		}
		return outCall{helper: "numbers"}
	case model.HandleRef:
		return outCall{helper: "pointer", wrap: f.Out.Handle.GoName + "._wrap"}
	case model.Address:
		return outCall{helper: "pointer"}
	case model.Bool:
		return outCall{helper: "boolean"}
	case model.EnumKind:
		return outCall{helper: "integer", first: cTypes(f.Out), wrap: f.Out.Enum.GoName}
	}
	return outCall{helper: "integer", first: cTypes(f.Out)}
}

// room returns the two parts of the size of an output: what comes from the
// inputs' lengths, and what is added to them.
func room(size model.Sum) (lengths, constants string) {
	var likely []string
	var more uint64
	for _, term := range size {
		number := term.Number
		if term.Constant != nil {
			number = term.Constant.Number
		}
		switch {
		case term.Len != nil && term.Len.Kind == model.BytesList:
			likely = append(likely, "sum(_"+term.Len.Name+"[1])")
		case term.Len != nil:
			likely = append(likely, "_"+term.Len.Name+"[1]")
		case term.Each != nil:
			likely = append(likely, fmt.Sprintf("%d * _%s[2]", number, term.Each.Name))
		default:
			more += number
		}
	}
	if likely == nil {
		likely = []string{"0"}
	}
	return strings.Join(likely, " + "), fmt.Sprint(more)
}

// body returns the statements of a function that is indented by so many
// columns.
func body(f *model.Function, indent int, call outCall) []string {
	measured := map[*model.Value]bool{} // inputs whose length is needed
	if f.Out != nil && call.helper == "octets" {
		for _, term := range f.Out.Cap {
			measured[term.Len], measured[term.Each] = true, true
		}
	}
	needsViews := strings.Contains(call.last, "_views")
	var lent string
	var before, after []string
	// What ctypes converts must live until the call is back; arguments do.
	args := append(append([]string{}, "_c."+f.Name), call.first...)
	if f.Self != nil {
		args = append(args, "self._address()")
	}
	for _, in := range f.In {
		switch in.Kind {
		case model.Bytes, model.BytesList:
			needsViews = true
			view := fmt.Sprintf("_views.%s(%q, %s)", reader(in), in.Name, in.Name)
			if measured[in] {
				before = append(before, fmt.Sprintf("_%s = %s", in.Name, view))
				view = "_" + in.Name
			}
			args = append(args, "*"+view)
		case model.StructPtr:
			needsViews = true
			args = append(args, fmt.Sprintf("%s._pack(%q, %s, _views)", in.Struct.GoName, in.Name, in.Name))
		case model.Func:
			before = append(before, fmt.Sprintf("_%s = _callbacks.%s(%q, %s)", in.Name, privateName(in.Callback), in.Name, in.Name))
			args = append(args, "_"+in.Name, "None")
			if f.Replays {
				after = append(after, fmt.Sprintf("_lib.callbacks.keep(_%s)", in.Name))
			}
		case model.Impl:
			lasts := ""
			if f.Replays {
				lasts = ", lasts=True"
			}
			lent = fmt.Sprintf("_implementations.%s.lend(%q, %s%s) as _%s", in.Handle.Name, in.Name, in.Name, lasts, in.Name)
			args = append(args, "*_"+in.Name)
		default:
			args = append(args, checked(in, in.Name))
		}
	}
	if call.last != "" {
		args = append(args, call.last)
	}
	prefix, suffix := "", ""
	if f.Out != nil {
		prefix = "return "
		if call.wrap != "" {
			prefix, suffix = prefix+call.wrap+"(", ")"
		}
		if call.helper == "call" {
			prefix = ""
		}
	}
	var held []string // what the call holds
	if needsViews {
		held = append(held, "_rt.Views() as _views")
	}
	if lent != "" {
		held = append(held, lent)
	}
	inner := indent
	if held != nil {
		inner += 4
	}
	lines := append(before, callLines(inner, prefix+"_lib."+call.helper, args, suffix)...)
	lines = append(lines, after...)
	if held == nil {
		return lines
	}
	for i, line := range lines {
		lines[i] = "    " + line
	}
	return append([]string{"with " + strings.Join(held, ", ") + ":"}, lines...)
}

// reader is the method of Views that takes an input's memory.
func reader(in *model.Value) string {
	if in.Kind == model.BytesList {
		return "read_list"
	}
	return "read"
}

// callLines writes a call on one line, or with a line for each argument if it
// would be too long. The callee may be indented further than the rest.
func callLines(indent int, callee string, args []string, suffix string) []string {
	margin := callee[:len(callee)-len(strings.TrimLeft(callee, " "))]
	line := callee + "(" + strings.Join(args, ", ") + ")" + suffix
	if indent+len(line) <= width {
		return []string{line}
	}
	lines := []string{callee + "("}
	for _, arg := range args {
		lines = append(lines, margin+"    "+arg+",")
	}
	return append(lines, margin+")"+suffix)
}
