package model

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// Hash is a fingerprint of everything in the API that two sides of the
// boundary must agree on: names, codes, kinds and order, not doc texts. It is
// compiled into each side and compared when one loads the other.
func (a *API) Hash() string {
	sum := sha256.Sum256([]byte(a.canonical()))
	return hex.EncodeToString(sum[:8])
}

// canonical writes the API as text, a line each.
func (a *API) canonical() string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("api %s %s", a.Name, a.Prefix)
	for _, c := range a.Constants {
		line("constant %s %q %d", c.Name, c.Text, c.Number)
	}
	for _, e := range a.Enums {
		line("enum %s", e.Name)
		for _, v := range e.Values {
			line("  %s %d %s", v.Name, v.Number, v.Error)
		}
	}
	for _, s := range a.Structs {
		line("struct %s", s.Name)
		for _, field := range s.Fields {
			line("  %s", field.canonical())
		}
	}
	for _, c := range a.Callbacks {
		line("callback %s%s", c.Name, canonicalValues(c.In, c.Out))
	}
	for _, h := range a.Handles {
		line("handle %s shared=%t reopen=%t", h.Name, h.Shared, h.Reopen != nil)
	}
	for _, f := range a.All() {
		self := ""
		if f.Self != nil {
			self = f.Self.Name
		}
		line("function %d %s %s.%s replays=%t%s", f.Since, f.Name, self, f.Facet, f.Replays, canonicalValues(f.In, f.Out))
	}
	return b.String()
}

func canonicalValues(in []*Value, out *Value) string {
	var b strings.Builder
	for _, value := range in {
		b.WriteString(" " + value.canonical())
	}
	if out != nil {
		b.WriteString(" -> " + out.canonical())
	}
	return b.String()
}

func (v *Value) canonical() string {
	of := ""
	switch {
	case v.Enum != nil:
		of = v.Enum.Name
	case v.Struct != nil:
		of = v.Struct.Name
	case v.Handle != nil:
		of = v.Handle.Name
	case v.Callback != nil:
		of = v.Callback.Name
	}
	return fmt.Sprintf("%s:%d:%s", v.Name, v.Kind, of)
}
