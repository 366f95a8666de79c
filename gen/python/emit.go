// Package python emits the Python package that calls the C library: the
// modules of _abi, which stand on the hand-written package _runtime beside it.
package python

import (
	"bytes"
	"embed"
	"fmt"
	"path"
	"slices"
	"strings"
	"text/template"

	"github.com/hazmat/hazmat/gen/model"
)

//go:embed templates/*.py.tmpl
var templateFiles embed.FS

// Emit returns the modules of the package _abi by file name, such as
// "_abi/enums.py", relative to the Python package that they belong to.
func Emit(api *model.API) (map[string][]byte, error) {
	if err := check(api); err != nil {
		return nil, err
	}
	e := &emitter{api}
	templates, err := template.New("").Funcs(e.helpers()).ParseFS(templateFiles, "templates/*.py.tmpl")
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, t := range templates.Templates() {
		module, ok := strings.CutSuffix(t.Name(), ".tmpl")
		if !ok {
			continue // the empty template that the others hang on
		}
		var out bytes.Buffer
		if err := t.Execute(&out, api); err != nil {
			return nil, fmt.Errorf("%s: %w", module, err)
		}
		files[path.Join("_abi", module)] = out.Bytes()
	}
	return files, nil
}

// emitter holds what the functions of the templates need.
type emitter struct {
	api *model.API
}

func (e *emitter) helpers() template.FuncMap {
	return template.FuncMap{
		"annotation":         annotation,
		"callbackAnnotation": callbackAnnotation,
		"callbackBody":       callbackBody,
		"callbackSignature":  callbackSignature,
		"callbackTypes":      callbackTypes,
		"constant":           constantName,
		"default":            fieldDefault,
		"doc":                e.docstring,
		"errors":             func() []exception { return exceptions(e.api.Status) },
		"facets":             e.api.Facets,
		"fields":             e.fieldDocs,
		"fieldTypes":         fieldTypes,
		"functions":          e.functionsOf,
		"imports":            e.imports,
		"made":               e.made,
		"methodBody":         methodBody,
		"method":             method,
		"methodDef":          methodDef,
		"methodSignature":    methodSignature,
		"methodsOf":          e.methodsOf,
		"methodTable":        e.methodTable,
		"names":              func(module string) []string { return publicNames(e.api, module) },
		"newOf":              e.newOf,
		"pack":               packField,
		"private":            privateName,
		"prototype":          prototype,
		"quote":              quote,
		"shaped":             e.shaped,
		"unpack":             unpackField,
	}
}

// functionsOf returns the Python functions of the methods of a handle, or of
// the package if self is nil.
func (e *emitter) functionsOf(self *model.Handle) []function {
	var list []function
	for _, f := range e.api.All() {
		if f.Self == self && !f.IsFree && !f.IsNew {
			list = append(list, e.forms(f)...)
		}
	}
	return list
}

// shaped returns the facets of a handle, or of all if it is nil, that have a
// shape of their own in Python: the class of the handle gets a base of the
// facet's name, written by hand in the module _facets beside the package.
func (e *emitter) shaped(h *model.Handle) []string {
	var facets []string
	for _, f := range e.api.Functions {
		if f.Shaped && (h == nil || f.Self == h) && !slices.Contains(facets, f.Facet) {
			facets = append(facets, f.Facet)
		}
	}
	return facets
}

// imports returns the statement that imports all names of a module, or
// nothing if it has none.
func (e *emitter) imports(module string) string {
	names := publicNames(e.api, module)
	if len(names) == 0 {
		return ""
	}
	return "from ." + module + " import " + strings.Join(names, ", ") + "\n"
}

// exception is the class of one status.
type exception struct {
	*model.EnumValue
	Class, Bases string
}

// families are the built-in classes that an exception also is, by what
// //hz:error says.
var families = map[string]string{"value": ", ValueError", "attribute": ", AttributeError", "memory": ", MemoryError", "runtime": ""}

// exceptions returns the classes of all failures, each after its base.
func exceptions(status *model.Enum) []exception {
	var list []exception
	done := map[string]bool{}
	var add func(*model.EnumValue)
	add = func(v *model.EnumValue) {
		if v.Number == 0 || done[v.GoName] {
			return
		}
		done[v.GoName] = true
		family, ok := families[v.Error]
		bases := "_rt.Error" + family
		if !ok {
			i := slices.IndexFunc(status.Values, func(other *model.EnumValue) bool { return other.GoName == v.Error })
			add(status.Values[i])
			bases = exceptionName(status.Values[i])
		}
		list = append(list, exception{v, exceptionName(v), bases})
	}
	for _, v := range status.Values {
		add(v)
	}
	return list
}
