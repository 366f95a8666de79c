package ruby

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hazmat/hazmat/gen/model"
)

// implementation is what C calls of an object that does what a handle does.
type implementation struct {
	*model.Handle
	Maker   *model.Function // makes a handle of such an object, or nil
	Methods []method
}

// method is a function of the table.
type method struct {
	Name, Types, Facet, Params, Body string
}

// implementations returns those of all handles that a program may implement.
func (e *emitter) implementations() []implementation {
	var list []implementation
	for _, h := range e.api.Handles {
		if slices.ContainsFunc(e.api.Implementing, func(f *model.Function) bool { return implemented(f).Handle == h }) {
			list = append(list, implementation{h, e.maker(h), e.tableOf(h)})
		}
	}
	return list
}

// implemented is the parameter of a function that the caller implements.
func implemented(f *model.Function) *model.Value { return f.In[len(f.In)-1] }

// maker is the function that makes a handle of an object of the caller's.
func (e *emitter) maker(h *model.Handle) *model.Function {
	for _, f := range e.api.Implementing {
		if f.IsNew && f.Out.Handle == h {
			return f
		}
	}
	return nil
}

// tableOf returns the functions of a handle's table in their order: later ones
// are appended, wherever they stand in the source.
func (e *emitter) tableOf(h *model.Handle) []method {
	functions := e.api.Methods(h)
	slices.SortStableFunc(functions, func(a, b *model.Function) int { return a.Since - b.Since })
	var list []method
	for _, f := range functions {
		list = append(list, e.tableMethod(f))
	}
	return list
}

func (e *emitter) tableMethod(f *model.Function) method {
	params, types := []string{"implementer"}, []string{}
	for _, in := range f.In {
		params = append(params, givenParams(in)...)
		types = append(types, inTypes(in, "pointer", "")...)
	}
	if f.Out != nil {
		params = append(params, answerParams(f.Out)...)
		for _, t := range outTypes(f.Out) {
			types = append(types, strings.Replace(t, "buffer_out", "pointer", 1))
		}
	}
	facet := ""
	if f.Facet != "" {
		facet = fmt.Sprintf(", %q", f.Facet)
	}
	return method{methodName(f), strings.Join(types, " "), facet, strings.Join(params, ", "), tableAnswer(f)}
}

// tableAnswer calls the object's method.
func tableAnswer(f *model.Function) string {
	name, args, class := methodName(f), givens(f.In), ""
	if f.Out != nil {
		switch f.Out.Kind {
		case model.Bytes:
			call := strings.Join(append([]string{":" + name}, args...), ", ")
			return fmt.Sprintf("%s.bytes_answer(implementer, [%s], %s)", abiModule, call, strings.Join(answerParams(f.Out), ", "))
		case model.Fill:
			args = append(args, f.Out.Name+"_len")
		case model.HandleRef:
			class = f.Out.Handle.GoName
		}
	}
	return answer(f.Out, name, class, "implementer.object."+name+signature(args))
}
