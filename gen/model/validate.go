package model

import (
	"go/token"
	"slices"
)

// Statuses that the generated code itself returns, so every API must have
// them.
var requiredStatuses = []string{
	"OK", "ErrNullPointer", "ErrInvalidHandle", "ErrStaleHandle", "ErrBusy", "ErrBufferTooSmall",
	"ErrInvalidArgument", "ErrCallback", "ErrLoad", "ErrOutOfMemory", "ErrInternal",
}

// errorFamilies are what //hz:error may name beside another status.
var errorFamilies = []string{"value", "attribute", "runtime", "memory"}

// validate checks what the loader could not see while reading one declaration.
func (l *loader) validate() {
	l.validateStatus()
	l.validateDocs()
	l.validateNames()
	for _, f := range l.api.All() {
		l.validateFunction(f)
	}
}

func (l *loader) validateStatus() {
	if l.api.Status == nil {
		l.failAt(token.Position{Filename: l.api.PackageName}, "no enum carries //hz:status")
		return
	}
	known := map[string]*EnumValue{}
	for _, v := range l.api.Status.Values {
		known[v.GoName] = v
	}
	for _, name := range requiredStatuses {
		if known[name] == nil {
			l.failAt(l.api.Status.Pos, "status %s is missing", name)
		}
	}
	if ok := known["OK"]; ok != nil && ok.Number != 0 {
		l.failAt(ok.Pos, "status OK must be 0")
	}
	for _, v := range l.api.Status.Values {
		if v.Text == "" {
			l.failAt(v.Pos, "status %s has no text: put it in a comment behind the code", v.GoName)
		}
		if v.GoName != "OK" && !slices.Contains(errorFamilies, v.Error) && known[v.Error] == nil {
			l.failAt(v.Pos, "status %s needs //hz:error with one of %v or another status, not %q", v.GoName, errorFamilies, v.Error)
		}
	}
}

// validateDocs refuses what is not documented, and links that lead nowhere.
func (l *loader) validateDocs() {
	check := func(pos token.Position, what, doc string) {
		if doc == "" {
			l.failAt(pos, "%s has no doc comment", what)
		}
		for _, target := range links(doc) {
			if _, ok := l.api.spellLink(target, nowhere{}); !ok {
				l.failAt(pos, "the doc comment of %s links to [%s], which does not cross the boundary", what, target)
			}
		}
	}
	for _, c := range l.api.Constants {
		check(c.Pos, c.GoName, c.Doc)
	}
	for _, e := range l.api.Enums {
		check(e.Pos, e.GoName, e.Doc)
		for _, v := range e.Values {
			check(v.Pos, v.GoName, v.Doc)
		}
	}
	for _, s := range l.api.Structs {
		check(s.Pos, s.GoName, s.Doc)
		for _, field := range s.Fields {
			check(s.Pos, s.GoName+"."+field.GoName, field.Doc)
		}
	}
	for _, c := range l.api.Callbacks {
		check(c.Pos, c.GoName, c.Doc)
	}
	for _, h := range l.api.Handles {
		check(h.Pos, h.GoName, h.Doc)
	}
	for _, f := range l.api.All() {
		check(f.Pos, f.GoName, f.Doc)
	}
}

// nowhere spells every link as nothing; only whether it resolves counts.
type nowhere struct{}

func (nowhere) Function(*Function) string   { return "" }
func (nowhere) EnumValue(*EnumValue) string { return "" }
func (nowhere) Type(string, string) string  { return "" }
func (nowhere) Constant(*Constant) string   { return "" }

// validateNames refuses two things of one name in a place where a language
// would see both, and names that a language keeps for itself.
func (l *loader) validateNames() {
	global := scope{l: l, what: "name", seen: map[string]token.Position{}}
	for _, c := range l.api.Constants {
		global.add(c.Name, c.Pos)
	}
	for _, f := range l.api.All() {
		global.add(f.Name, f.Pos)
	}
	for _, name := range RuntimeFunctions {
		global.add(name, token.Position{Filename: "the runtime's own functions"})
	}
	for _, e := range l.api.Enums {
		global.add(e.Name, e.Pos)
		numbers := map[uint32]string{}
		for _, v := range e.Values {
			global.add(v.Name, v.Pos)
			if other, taken := numbers[v.Number]; taken {
				l.failAt(v.Pos, "%s and %s have the same code %d", other, v.GoName, v.Number)
			}
			numbers[v.Number] = v.GoName
		}
	}
	for _, s := range l.api.Structs {
		global.add(s.Name, s.Pos)
		fields := scope{l: l, what: "field", seen: map[string]token.Position{}}
		fields.add("size", s.Pos)
		for _, field := range s.Fields {
			fields.addValue(&field.Value, s.Pos)
		}
	}
	for _, c := range l.api.Callbacks {
		global.add(c.Name, c.Pos)
		params := scope{l: l, what: "parameter", seen: map[string]token.Position{}}
		params.add("user_data", c.Pos)
		for _, value := range c.In {
			params.addValue(value, c.Pos)
		}
		if c.Out != nil {
			params.addValue(c.Out, c.Pos)
		}
	}
	for _, h := range l.api.Handles {
		global.add(h.Name, h.Pos)
		global.add(h.Name+"_methods", h.Pos)
	}
	for _, f := range l.api.All() {
		params := scope{l: l, what: "parameter", seen: map[string]token.Position{}}
		if f.Self != nil {
			params.add(f.Self.Name, f.Pos)
		}
		for _, value := range f.In {
			params.addValue(value, f.Pos)
		}
		if f.Out != nil {
			params.addValue(f.Out, f.Pos)
		}
	}
}

// RuntimeFunctions are the functions that every library has beside its API.
var RuntimeFunctions = []string{
	"abi_version", "abi_hash", "error_message", "set_error_message", "status_string", "load", "live_handles",
	"fix_signal_handlers",
}

// scope is a set of names that must differ.
type scope struct {
	l    *loader
	what string
	seen map[string]token.Position
}

func (s *scope) add(name string, pos token.Position) {
	if reserved[name] {
		s.l.failAt(pos, "%s %s is a reserved word in C, Python or Ruby", s.what, name)
	}
	if first, taken := s.seen[name]; taken {
		s.l.failAt(pos, "%s %s collides with the one at %s:%d", s.what, name, first.Filename, first.Line)
		return
	}
	s.seen[name] = pos
}

// addValue adds every C name that a value takes up.
func (s *scope) addValue(v *Value, pos token.Position) {
	s.add(v.Name, pos)
	switch v.Kind {
	case Bytes, Fill, String, Strings, List:
		s.add(v.Name+"_len", pos)
		s.add(v.Name+"_cap", pos)
	case BytesList:
		s.add(v.Name+"_lens", pos)
		s.add(v.Name+"_count", pos)
	case Func, Impl:
		s.add("user_data", pos)
	}
}

// validateFunction checks the rules on where kinds may stand.
func (l *loader) validateFunction(f *Function) {
	for i, value := range f.In {
		if (value.Kind == Func || value.Kind == Impl) && i != len(f.In)-1 {
			l.failAt(f.Pos, "%s: what the caller implements must be the last parameter", f.GoName)
		}
	}
	if !f.Replays {
		return
	}
	if f.Self != nil && f.Self.Reopen == nil || f.Recv != nil || f.Out != nil {
		l.failAt(f.Pos, "%s: //hz:replay needs no handle or one that is reopened, and no result", f.GoName)
	}
	for _, value := range f.In {
		switch value.Kind {
		case Bool, Size, Uint32, Uint64, EnumKind, Func, Impl:
		default:
			l.failAt(f.Pos, "%s: //hz:replay cannot keep %s for later", f.GoName, value.GoName)
		}
	}
}
