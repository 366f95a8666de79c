package model

import (
	"go/ast"
	"strings"
)

// The directives, and how many words each takes. docs/generator.md says what
// each is for.
var directiveWords = map[string]int{
	"export":  0, // this declaration crosses the boundary
	"name":    1, // its name, where the rule gives a poor one
	"since":   1, // ABI version it appeared in
	"status":  0, // this enum is the one that calls return
	"error":   1, // family of the exception of a status
	"shared":  0, // a handle that several threads may use at once
	"reopen":  2, // a handle that survives fork(): functions to make it and to name it
	"flat":    0, // methods are named without the handle
	"missing": 1, // status when a handle lacks this facet
	"sealed":  0, // a facet that no implementation of the caller's has
	"shaped":  0, // a facet that a language may add to by hand
	"cap":     1, // room that is always enough for an output
	"replay":  0, // called again in a forked child
}

// directives are the //hz: lines of one doc comment, by their first word.
type directives map[string][]string

func (d directives) has(word string) bool {
	_, ok := d[word]
	return ok
}

// arg returns the only word after a directive, or "".
func (d directives) arg(word string) string {
	if args := d[word]; len(args) == 1 {
		return args[0]
	}
	return ""
}

// comment splits doc comments into text and directives. Of several comment
// groups the first that is there counts, as in go/doc: a declaration's own,
// then that of the block around it.
func (l *loader) comment(groups ...*ast.CommentGroup) (text string, found directives) {
	found = directives{}
	for _, group := range groups {
		if group == nil {
			continue
		}
		for _, c := range group.List {
			line, ok := strings.CutPrefix(c.Text, "//hz:")
			if !ok {
				continue
			}
			words := strings.Fields(line)
			if len(words) == 0 {
				l.fail(c.Pos(), "empty directive //hz:")
				continue
			}
			want, known := directiveWords[words[0]]
			switch {
			case !known:
				l.fail(c.Pos(), "unknown directive //hz:%s", words[0])
			case len(words)-1 != want:
				l.fail(c.Pos(), "directive //hz:%s takes %d words, not %d", words[0], want, len(words)-1)
			case found.has(words[0]):
				l.fail(c.Pos(), "directive //hz:%s twice", words[0])
			default:
				found[words[0]] = words[1:]
			}
		}
		return strings.TrimSpace(group.Text()), found
	}
	return "", found
}
