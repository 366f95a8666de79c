package cabi

import (
	"fmt"
	"strings"

	"github.com/hazmat/hazmat/gen/model"
)

// speller spells what doc texts mention as C does.
type speller struct{ e emitter }

func (s speller) Function(f *model.Function) string   { return s.e.C(f.Name) + "()" }
func (s speller) EnumValue(v *model.EnumValue) string { return s.e.Macro(v.Name) }
func (s speller) Type(_, name string) string          { return s.e.C(name) }
func (s speller) Constant(c *model.Constant) string   { return s.e.Macro(c.Name) }

// comment makes a C comment of a doc text, indented by indent.
func (e emitter) comment(indent, doc, goName, own string) string {
	text := e.Spell(strings.TrimSpace(doc), goName, own, speller{e})
	text = strings.ReplaceAll(text, "*/", "* /")
	var b strings.Builder
	b.WriteString(indent + "/*\n")
	for line := range strings.SplitSeq(text, "\n") {
		b.WriteString(strings.TrimRight(indent+" * "+line, " ") + "\n")
	}
	b.WriteString(indent + " */")
	return b.String()
}

// FunctionDoc is the comment of a function: its doc text, then what the rules
// of the ABI add to it.
func (e emitter) FunctionDoc(f *model.Function) string {
	return e.comment("", f.Doc+"\n\n"+strings.Join(e.notes(f), "\n"), f.GoName, e.C(f.Name)+"()")
}

// notes are the lines that follow from a function's signature.
func (e emitter) notes(f *model.Function) []string {
	var notes []string
	add := func(format string, args ...any) { notes = append(notes, fmt.Sprintf(format, args...)) }
	if out := f.Out; out != nil {
		switch out.Kind {
		case model.Bytes:
			add("%s: room for %s bytes is always enough.", out.Name, e.capacity(out.Cap))
		case model.String:
			add("%s: a text that ends with a NUL, which %s_len does not count.", out.Name, out.Name)
		case model.Strings:
			add("%s: texts, each with a NUL behind it, all of which %s_len counts.", out.Name, out.Name)
		case model.List:
			add("%s: %s_cap and %s_len count elements.", out.Name, out.Name, out.Name)
		case model.HandleRef:
			add("%s: to be freed with %s().", out.Name, e.C(out.Handle.Name+"_free"))
		}
	}
	for _, in := range f.In {
		if in.Kind == model.Impl || in.Kind == model.Func && f.Replays {
			add("%s, user_data: what they point to must stay valid for the life of the process.", in.Name)
		}
	}
	switch {
	case f.Self == nil:
	case f.Self.Shared:
		add("Threads: any number may call it on one %s.", e.C(f.Self.Name))
	default:
		add("Threads: one at a time on one %s.", e.C(f.Self.Name))
	}
	add("Since ABI %d.", f.Since)
	return notes
}

func (e emitter) capacity(sum model.Sum) string {
	var terms []string
	for _, term := range sum {
		each := ""
		if term.Each != nil {
			each = term.Each.Name + "_count * "
		}
		switch {
		case term.Len != nil && term.Len.Kind == model.BytesList:
			terms = append(terms, "all "+term.Len.Name+"_lens")
		case term.Len != nil:
			terms = append(terms, term.Len.Name+"_len")
		case term.Constant != nil:
			terms = append(terms, each+e.Macro(term.Constant.Name))
		default:
			terms = append(terms, fmt.Sprint(each, term.Number))
		}
	}
	return strings.Join(terms, " + ")
}
