package python

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/hazmat/hazmat/gen/model"
)

func exceptionName(v *model.EnumValue) string { return strings.TrimPrefix(v.GoName, "Err") }
func constantName(c *model.Constant) string   { return strings.ToUpper(c.Name) }
func privateName(c *model.Callback) string    { return "from_" + c.Name }
func intoName(f *model.Function) string       { return pythonName(f) + "_into" }
func writesToBuffer(out *model.Value) bool    { return out.Kind == model.Bytes || out.Kind == model.Fill }

// pythonName is what a function is called where it is defined: methods by
// their own name, all others by the name that tells them apart.
func pythonName(f *model.Function) string {
	switch {
	case f.IsFree:
		return "close"
	case f.Self != nil:
		return f.Method
	}
	return f.Name
}

// publicNames returns, sorted, what a module of the package defines for the
// outside.
func publicNames(api *model.API, module string) []string {
	var names []string
	switch module {
	case "callbacks":
		for _, c := range api.Callbacks {
			names = append(names, c.GoName)
		}
	case "constants":
		for _, c := range api.Constants {
			names = append(names, constantName(c))
		}
	case "enums":
		for _, e := range api.Enums {
			names = append(names, e.GoName)
		}
	case "errors":
		for _, e := range exceptions(api.Status) {
			names = append(names, e.Class)
		}
	case "functions":
		for _, f := range api.All() {
			if f.Self != nil || f.IsNew {
				continue
			}
			names = append(names, f.Name)
			if f.Out != nil && writesToBuffer(f.Out) {
				names = append(names, intoName(f))
			}
		}
	case "handles":
		for _, h := range api.Handles {
			names = append(names, h.GoName)
		}
	case "structs":
		for _, s := range api.Structs {
			names = append(names, s.GoName)
		}
	}
	slices.Sort(names)
	return names
}

// modules are those whose names users see.
var modules = []string{"callbacks", "constants", "enums", "errors", "functions", "handles", "structs"}

var identifier = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*$`)

// check refuses what the model allows and Python does not: two things of one
// name in the package, and names that clash with those made up here.
func check(api *model.API) error {
	var problems []error
	fail := func(format string, args ...any) { problems = append(problems, fmt.Errorf("python: "+format, args...)) }
	seen := map[string]string{}
	for _, module := range modules {
		for _, name := range publicNames(api, module) {
			if other, taken := seen[name]; taken {
				fail("%s is defined in %s and in %s", name, other, module)
			}
			seen[name] = module
		}
	}
	for _, e := range api.Enums {
		for _, v := range e.Values {
			if !identifier.MatchString(v.Short) {
				fail("%s:%d: %q cannot be the name of a member of %s", v.Pos.Filename, v.Pos.Line, v.Short, e.GoName)
			}
		}
	}
	for _, h := range api.Handles {
		for _, f := range api.Methods(h) {
			if !implementable(f) {
				fail("%s:%d: %s cannot be implemented in Python", f.Pos.Filename, f.Pos.Line, f.GoName)
			}
		}
	}
	for _, f := range api.All() {
		if f.Out == nil || !writesToBuffer(f.Out) {
			continue
		}
		for _, in := range f.In {
			if in.Name == "buf" || in.Name == "length" {
				fail("%s:%d: parameter %s of %s is taken", f.Pos.Filename, f.Pos.Line, in.Name, f.GoName)
			}
		}
	}
	return errors.Join(problems...)
}
