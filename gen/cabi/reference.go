package cabi

import (
	_ "embed"
	"strings"

	"github.com/hazmat/hazmat/gen/model"
)

//go:embed reference.md.tmpl
var referenceTemplate string

// Reference returns the page that lists every C function, code and structure.
func Reference(api *model.API) ([]byte, error) {
	return emitter{api}.render("reference.md", referenceTemplate)
}

// Text is a doc text as prose.
func (e emitter) Text(doc, goName, own string) string {
	return strings.TrimSpace(e.Spell(strings.TrimSpace(doc), goName, own, speller{e}))
}

// Line is a doc text on one line, for a table.
func (e emitter) Line(doc, goName, own string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(e.Text(doc, goName, own)), " "), "|", "\\|")
}

// Notes is what follows from a function's signature, a list.
func (e emitter) Notes(f *model.Function) []string { return e.notes(f) }

// Indented is a function's prototype as a code block of Markdown.
func (e emitter) Indented(f *model.Function) string {
	return strings.ReplaceAll(strings.TrimPrefix(e.Prototype(f), e.Macro("MUST_USE")+" "), "\n\t", "\n        ")
}
