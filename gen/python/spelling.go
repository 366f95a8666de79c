package python

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/hazmat/hazmat/gen/model"
)

// spelling is how Python spells what a doc text mentions.
type spelling struct{ api *model.API }

func (spelling) Function(f *model.Function) string {
	switch {
	case f.Self != nil:
		return f.Self.GoName + "." + pythonName(f)
	case f.IsNew:
		return f.Out.Handle.GoName + "." + f.Method
	}
	return f.Name
}

// EnumValue spells a failure as its exception, as that is what people see.
func (s spelling) EnumValue(v *model.EnumValue) string {
	for _, e := range s.api.Enums {
		if !slices.Contains(e.Values, v) {
			continue
		}
		if e == s.api.Status && v.Number != 0 {
			return exceptionName(v)
		}
		return e.GoName + "." + v.Short
	}
	return v.Short
}

func (spelling) Type(goName, _ string) string      { return goName }
func (spelling) Constant(c *model.Constant) string { return constantName(c) }

const width = 96 // columns of a line of text

// docstring returns a text as a docstring, spelled for Python, for a place
// that is indented by so many columns. own is what goName is called there.
func (e *emitter) docstring(indent int, doc, goName, own string) string {
	return quoteDoc(indent, e.spell(doc, goName, own))
}

// spell returns a doc text as Python wants it. A docstring stands where its
// subject is named already, so "Update adds" becomes "Adds" and "ErrBusy is a"
// becomes "A".
func (e *emitter) spell(doc, goName, own string) string {
	doc = e.api.Spell(doc, goName, own, spelling{e.api})
	if rest, ok := strings.CutPrefix(doc, own+" "); ok {
		rest = strings.TrimPrefix(rest, "is ")
		doc = strings.ToUpper(rest[:1]) + rest[1:]
	}
	return camelWord.ReplaceAllStringFunc(doc, e.fieldName)
}

// camelWord matches a word of several, such as MinTagLength, which doc texts
// use for fields.
var camelWord = regexp.MustCompile(`\b[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]+)+\b`)

func (e *emitter) fieldName(word string) string {
	for _, s := range e.api.Structs {
		for _, field := range s.Fields {
			if field.GoName == word {
				return field.Name
			}
		}
	}
	return word
}

// fieldDocs returns the doc text of a struct with those of its fields.
func (e *emitter) fieldDocs(s *model.Struct) string {
	text := e.spell(s.Doc, s.GoName, s.GoName)
	for _, field := range s.Fields {
		text += "\n\n" + field.Name + ": " + e.spell(field.Doc, field.GoName, field.Name)
	}
	return quoteDoc(4, text)
}

// quoteDoc returns a text as a docstring, filled to the width.
func quoteDoc(indent int, text string) string {
	margin := strings.Repeat(" ", indent)
	text = escapeDoc(text)
	lines := fill(text, width-indent)
	if len(lines) == 1 && indent+len(lines[0])+6 <= width {
		return `"""` + lines[0] + `"""`
	}
	for i, line := range lines {
		if i > 0 && line != "" {
			lines[i] = margin + line
		}
	}
	return `"""` + strings.Join(lines, "\n") + "\n" + margin + `"""`
}

// escapeDoc escapes what would end a docstring or be read as an escape.
func escapeDoc(text string) string {
	text = strings.ReplaceAll(text, `\`, `\\`)
	text = strings.ReplaceAll(text, `"""`, `\"\"\"`)
	if strings.HasSuffix(text, `"`) {
		text = strings.TrimSuffix(text, `"`) + `\"`
	}
	return text
}

// fill breaks the paragraphs of a doc comment anew for a width. Lines that are
// indented stay as they are: they are code or lists.
func fill(text string, width int) []string {
	var lines []string
	open := false // the last line may take more words
	for line := range strings.SplitSeq(text, "\n") {
		if first, _ := utf8.DecodeRuneInString(line); line == "" || unicode.IsSpace(first) {
			lines = append(lines, strings.ReplaceAll(line, "\t", "    "))
			open = false
			continue
		}
		for word := range strings.FieldsSeq(line) {
			last := len(lines) - 1
			if open && utf8.RuneCountInString(lines[last])+1+utf8.RuneCountInString(word) <= width {
				lines[last] += " " + word
				continue
			}
			lines = append(lines, word)
			open = true
		}
	}
	return lines
}

// quote returns a text as a string literal.
func quote(text string) string { return strconv.QuoteToASCII(text) }
