package model

import (
	"regexp"
	"strings"
)

// link matches a Go doc link, such as [ErrBusy] or [HashContext.Update].
var link = regexp.MustCompile(`\[([A-Z]\w*(?:\.[A-Z]\w*)?)\]`)

// Speller spells, in one language, the thing that a doc text mentions.
type Speller interface {
	Function(*Function) string
	EnumValue(*EnumValue) string
	Type(goName, name string) string // an enum, struct, handle or callback
	Constant(*Constant) string
}

// Spell rewrites the doc text of something called goName for a language: its
// links, and the name that it begins with, become what the language calls
// them. An empty own leaves the first word as it is.
func (a *API) Spell(doc, goName, own string, s Speller) string {
	if own != "" {
		if rest, ok := strings.CutPrefix(doc, goName+" "); ok {
			doc = own + " " + rest
		}
	}
	return link.ReplaceAllStringFunc(doc, func(text string) string {
		spelled, ok := a.spellLink(link.FindStringSubmatch(text)[1], s)
		if !ok {
			return text // the loader has refused links that lead nowhere
		}
		return spelled
	})
}

// links returns the targets of the links in a doc text.
func links(doc string) []string {
	var targets []string
	for _, match := range link.FindAllStringSubmatch(doc, -1) {
		targets = append(targets, match[1])
	}
	return targets
}

// spellLink resolves one link: a type, a constant, a function, or a method as
// Type.Method.
func (a *API) spellLink(target string, s Speller) (string, bool) {
	typeName, method, isMethod := strings.Cut(target, ".")
	for _, f := range a.All() {
		owner := f.Facet
		switch {
		case f.Recv != nil:
			owner = f.Recv.GoName
		case f.Self != nil && f.Facet == "":
			owner = f.Self.GoName
		}
		if isMethod && owner == typeName && f.GoName == method || !isMethod && owner == "" && f.GoName == target {
			return s.Function(f), true
		}
		if !isMethod && f.Facet == target {
			return target, true // a facet is no type of its own in other languages
		}
	}
	for _, e := range a.Enums {
		if e.GoName == target {
			return s.Type(e.GoName, e.Name), true
		}
		for _, v := range e.Values {
			if v.GoName == target {
				return s.EnumValue(v), true
			}
		}
	}
	for _, t := range a.Structs {
		if t.GoName == target {
			return s.Type(t.GoName, t.Name), true
		}
	}
	for _, h := range a.Handles {
		if h.GoName == target {
			return s.Type(h.GoName, h.Name), true
		}
	}
	for _, c := range a.Callbacks {
		if c.GoName == target {
			return s.Type(c.GoName, c.Name), true
		}
	}
	for _, c := range a.Constants {
		if c.GoName == target {
			return s.Constant(c), true
		}
	}
	return "", false
}
