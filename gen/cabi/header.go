package cabi

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/hazmat/hazmat/gen/model"
)

//go:embed header.h.tmpl
var headerTemplate string

// Header returns the public header.
func Header(api *model.API) ([]byte, error) {
	return emitter{api}.render("header.h", headerTemplate)
}

// Doc is the comment of anything but a function.
func (e emitter) Doc(doc, goName, own string) string { return e.comment("", doc, goName, own) }

// FieldDoc is the comment of a field or an enum's value.
func (e emitter) FieldDoc(doc, goName, own string) string { return e.comment("\t", doc, goName, own) }

// Define is the macro of a constant.
func (e emitter) Define(c *model.Constant) string {
	if c.IsText {
		return fmt.Sprintf("#define %s %q", e.Macro(c.Name), c.Text)
	}
	return fmt.Sprintf("#define %s %d", e.Macro(c.Name), c.Number)
}

// ConstantType is what the function of a constant returns.
func (e emitter) ConstantType(c *model.Constant) string {
	if c.IsText {
		return "const char *"
	}
	return "size_t "
}

// Code is the macro of an enum's value. The cast makes the constant as wide as
// the type, also where int has 16 bits.
func (e emitter) Code(enum *model.Enum, v *model.EnumValue) string {
	return fmt.Sprintf("#define %s ((%s)%d)", e.Macro(v.Name), e.C(enum.Name), v.Number)
}

// Fields is the members of a struct behind its size.
func (e emitter) Fields(field *model.Field) string {
	switch field.Kind {
	case model.Bytes:
		return fmt.Sprintf("\tconst uint8_t *%s;\n\tsize_t %s_len;", field.Name, field.Name)
	case model.String:
		return fmt.Sprintf("\tconst char *%s;", field.Name)
	}
	return "\t" + declare(e.scalar(&field.Value), field.Name) + ";"
}

// CallbackType is the typedef of a callback.
func (e emitter) CallbackType(c *model.Callback) string {
	return wrapped(fmt.Sprintf("typedef %s (*%s)", e.C(e.Status.Name), e.C(c.Name)), e.callbackParams(c)) + ";"
}

// Prototype is a function's declaration. What a free function returns may be
// ignored; of any other it would be a mistake.
func (e emitter) Prototype(f *model.Function) string {
	head := fmt.Sprintf("%s %s", e.C(e.Status.Name), e.C(f.Name))
	if !f.IsFree {
		head = e.Macro("MUST_USE") + " " + head
	}
	return wrapped(head, e.params(f)) + ";"
}

// Group is the functions on one handle, or those on none.
type Group struct {
	Title     string
	Functions []*model.Function
}

// Groups returns the functions in the order of the header.
func (e emitter) Groups() []Group {
	groups := []Group{{Title: "Functions on no handle"}}
	index := map[string]int{}
	for _, h := range e.Handles {
		index[h.Name] = len(groups)
		groups = append(groups, Group{Title: "Functions on " + e.C(h.Name)})
	}
	for _, f := range e.All() {
		i := 0
		switch {
		case f.Self != nil:
			i = index[f.Self.Name]
		case f.IsNew:
			i = index[f.Out.Handle.Name]
		}
		groups[i].Functions = append(groups[i].Functions, f)
	}
	return groups
}

// MethodTable is the methods that a caller implements, in the order of the
// table: later ones are appended, wherever they stand in the source.
func (e emitter) MethodTable(h *model.Handle) []*model.Function {
	methods := e.Methods(h)
	slices.SortStableFunc(methods, func(a, b *model.Function) int { return a.Since - b.Since })
	return methods
}

// MethodMember is a method's place in the table.
func (e emitter) MethodMember(f *model.Function) string {
	params := e.methodParams(f)
	head := fmt.Sprintf("\t%s (*%s)", e.C(e.Status.Name), f.Method)
	return strings.ReplaceAll(wrapped(head, params), "\n\t", "\n\t\t") + ";"
}

// MethodDoc says what a method in the table is.
func (e emitter) MethodDoc(f *model.Function) string {
	text := "As " + e.C(f.Name) + "()."
	if f.Facet != "" {
		text = fmt.Sprintf("%s One of the %s: all of them are there, or none.", text, f.Facet)
	}
	return "\t/* " + text + " */"
}

// Guard is the macro that keeps the header from being read twice.
func (e emitter) Guard() string { return strings.ToUpper(e.Name) + "_H" }
