package ruby

import (
	"errors"
	"fmt"
	"go/token"
	"slices"
	"strings"

	"github.com/hazmat/hazmat/gen/model"
)

// abiModule is the module for what has no place among the names people use.
const abiModule = "ABI"

// moduleName is the name of the module of a library: "Hazmat" for "hazmat".
func moduleName(library string) string {
	var b strings.Builder
	for word := range strings.SplitSeq(library, "_") {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}

// valueName is the constant of an enum's value. It has the short name, unless
// that begins with a digit, which no constant does.
func valueName(v *model.EnumValue) string {
	if v.Short[0] >= '0' && v.Short[0] <= '9' {
		return v.Name
	}
	return v.Short
}

func constantName(c *model.Constant) string { return strings.ToUpper(c.Name) }

// exceptionName is the class of a status: "InvalidTag" for ErrInvalidTag.
func exceptionName(v *model.EnumValue) string { return strings.TrimPrefix(v.GoName, "Err") }

// structName is where the class of a struct is, seen from the library's module.
func structName(s *model.Struct) string { return abiModule + "::" + s.GoName }

// methodsClass is the class, in the module ABI, of implementations of a handle.
func methodsClass(h *model.Handle) string { return h.GoName + "Methods" }

// The methods that mean something else on every handle, and on every module of
// codes.
var (
	handleMethods = strings.Fields(`class clone close display dup extend freeze hash inspect itself method methods object_id
		send tap then to_s give_away use`)
	moduleMethods = strings.Fields(`allocate ancestors attr class clone constants display dup extend freeze hash include inspect
		itself method methods name new object_id prepend send tap then to_s codes key`)
)

// methodName is the Ruby name of a function in the module or class that it
// belongs to. One that returns a bool is a question.
func methodName(f *model.Function) string {
	name, others := f.Method, moduleMethods
	switch {
	case f.Self != nil:
		others = handleMethods
	case f.Recv == nil:
		name = f.Name // "backend_open", where the method would be "open"
	}
	if slices.Contains(others, name) {
		name += "_of"
	}
	if f.Out != nil && f.Out.Kind == model.Bool {
		name += "?"
	}
	return name
}

// intoName is the name of the form that writes to the caller's memory.
func intoName(f *model.Function) string { return methodName(f) + "_into" }

// check refuses two things of one name that only Ruby sees side by side.
func check(api *model.API) error {
	var problems []error
	scopes := map[string]map[string]token.Position{}
	add := func(scope, name string, pos token.Position) {
		if scopes[scope] == nil {
			scopes[scope] = map[string]token.Position{}
		}
		if first, is := scopes[scope][name]; is {
			problems = append(problems, fmt.Errorf("%s:%d: in Ruby %s%s collides with the one at %s:%d",
				pos.Filename, pos.Line, scope, name, first.Filename, first.Line))
			return
		}
		scopes[scope][name] = pos
	}
	root := moduleName(api.Name) + "::"
	own := token.Position{Filename: "the generator's own names"}
	for _, name := range []string{abiModule, "Error", "Runtime"} {
		add(root, name, own)
	}
	for _, c := range api.Constants {
		add(root, constantName(c), c.Pos)
	}
	for _, e := range api.Enums {
		add(root, e.GoName, e.Pos)
	}
	for _, x := range exceptions(api.Status) {
		add(root, x.Class, x.Pos)
	}
	for _, h := range api.Handles {
		add(root, h.GoName, h.Pos)
	}
	for _, s := range api.Structs {
		add(abiModule+"::", s.GoName, s.Pos)
	}
	for _, h := range api.Handles {
		add(abiModule+"::", methodsClass(h), h.Pos)
	}
	for _, f := range api.All() {
		scope := root
		switch {
		case f.IsFree, f.IsNew:
			continue
		case f.Self != nil:
			scope = f.Self.GoName + "#"
		case f.Recv != nil:
			scope = f.Recv.GoName + "."
		}
		add(scope, methodName(f), f.Pos)
		if writesToMemory(f.Out) {
			add(scope, intoName(f), f.Pos)
		}
	}
	return errors.Join(problems...)
}
