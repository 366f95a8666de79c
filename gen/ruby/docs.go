package ruby

import (
	"fmt"
	"strings"

	"github.com/hazmat/hazmat/gen/model"
)

// yard spells what doc texts mention as YARD's links.
type yard struct {
	api *model.API
}

func (y yard) Function(f *model.Function) string {
	switch {
	case f.Self != nil:
		return "{" + f.Self.GoName + "#" + methodName(f) + "}"
	case f.Recv != nil:
		return "{" + f.Recv.GoName + "." + methodName(f) + "}"
	}
	return "{" + moduleName(y.api.Name) + "." + methodName(f) + "}"
}

func (y yard) EnumValue(v *model.EnumValue) string {
	for _, e := range y.api.Enums {
		for _, own := range e.Values {
			if own == v && e == y.api.Status && v.Number != 0 {
				return "{" + exceptionName(v) + "}"
			}
			if own == v {
				return "{" + e.GoName + "::" + valueName(v) + "}"
			}
		}
	}
	return v.Name
}

func (y yard) Type(goName, _ string) string {
	for _, s := range y.api.Structs {
		if s.GoName == goName {
			return "{" + structName(s) + "}"
		}
	}
	for _, c := range y.api.Callbacks {
		if c.GoName == goName {
			return "the block"
		}
	}
	return "{" + goName + "}"
}

func (y yard) Constant(c *model.Constant) string { return "{" + constantName(c) + "}" }

// doc returns a doc text as comment lines. goName is what the text is about,
// own what Ruby calls it; tags are YARD's lines that follow.
func (e *emitter) doc(indent int, text, goName, own string, tags ...string) string {
	lines := strings.Split(strings.TrimSpace(e.api.Spell(text, goName, own, yard{e.api})), "\n")
	for i, line := range lines {
		if strings.HasPrefix(strings.TrimSpace(line), "@") {
			lines[i] = strings.Replace(line, "@", `\@`, 1) // else a tag
		}
	}
	if len(tags) > 0 {
		lines = append(append(lines, ""), tags...)
	}
	return comment(indent, lines)
}

func comment(indent int, lines []string) string {
	margin := strings.Repeat(" ", indent) + "#"
	var b strings.Builder
	for _, line := range lines {
		if line = strings.TrimRight(strings.ReplaceAll(line, "\t", "    "), " "); line != "" {
			line = " " + line
		}
		fmt.Fprintf(&b, "%s%s\n", margin, line)
	}
	return b.String()
}

// fieldDocs are the comment lines on the keywords of a struct.
func (e *emitter) fieldDocs(indent int, s *model.Struct) string {
	var tags []string
	for _, field := range s.Fields {
		text := e.api.Spell(strings.TrimPrefix(field.Doc, field.GoName+" is "), "", "", yard{e.api})
		tags = append(tags, tag("param", field.Name, yardType(&field.Value), text)...)
	}
	return comment(indent, tags)
}

// tag returns a YARD tag, whose further lines are indented.
func tag(name, param, kind, text string) []string {
	head := "@" + name
	if param != "" {
		head += " " + param
	}
	lines := strings.Split(strings.TrimSpace(head+" ["+kind+"] "+strings.TrimSpace(text)), "\n")
	for i := 1; i < len(lines); i++ {
		lines[i] = "  " + lines[i]
	}
	return lines
}

// yardType is the Ruby type of a value as YARD writes it.
func yardType(v *model.Value) string {
	switch v.Kind {
	case model.Bool:
		return "Boolean"
	case model.String, model.Bytes, model.Fill:
		return "String"
	case model.Strings, model.BytesList:
		return "Array<String>"
	case model.List:
		return "Array<Integer>"
	case model.StructPtr:
		return structName(v.Struct) + ", nil"
	case model.HandleRef:
		return v.Handle.GoName
	case model.Address:
		return "FFI::Pointer"
	case model.Impl:
		return "Object"
	case model.Object:
		return "Runtime::Handle, FFI::Pointer, Object, nil"
	}
	return "Integer"
}

// quote returns a Ruby literal of a text.
func quote(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\' || r == '#':
			b.WriteString(`\` + string(r))
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// literal returns the Ruby literal of a constant.
func literal(c *model.Constant) string {
	if c.IsText {
		return quote(c.Text)
	}
	return fmt.Sprint(c.Number)
}
