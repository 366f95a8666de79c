package goexports

import (
	"fmt"
	"slices"

	. "github.com/dave/jennifer/jen"

	"github.com/hazmat/hazmat/gen/model"
)

// implementation emits the Go type that stands for a caller's implementation
// of a handle: its methods call the functions of a C table.
//
// A value must have the methods of the facets that the table has, and of no
// others. So each facet is a type of its own, and there is one combination for
// each set of facets.
func (e *emitter) implementation(h *model.Handle) {
	base := "impl" + h.GoName
	e.file.Commentf("%s is a %s of the caller's own.", base, h.GoName)
	e.file.Type().Id(base).Struct(
		List(Id("methods"), Id("user_data")).Qual("C", "uintptr_t"),
		Id("closed").Bool(),
	)
	for _, f := range e.api.Functions {
		if f.Self == h && !f.IsFree && !f.Sealed {
			e.implMethod(f)
		}
	}
	if h.Close {
		e.file.Func().Params(Id("o").Op("*").Id(base)).Id("Close").Params().Block(
			If(Op("!").Id("o").Dot("closed")).Block(
				Id("o").Dot("closed").Op("=").True(),
				e.c("core_method_"+h.Name+"_free").Call(Id("o").Dot("methods"), Id("o").Dot("user_data")),
			),
		)
	}
	for _, facet := range e.api.Facets(h) {
		e.file.Type().Id(facetType(h, facet)).Struct(Id("o").Op("*").Id(base))
	}
	e.implOf(h)
}

func facetType(h *model.Handle, facet string) string { return "impl" + h.GoName + "As" + facet }

// implOf emits the function that checks a table and makes a value of it.
func (e *emitter) implOf(h *model.Handle) {
	name, base := "implOf"+h.GoName, "impl"+h.GoName
	table := e.public(h.Name) + "_methods"
	facets := e.api.Facets(h)
	e.file.Commentf("%s checks the %s at methods and makes a %s of it.", name, table, h.GoName)
	e.file.Func().Id(name).Params(Id("name").String(), List(Id("methods"), Id("user_data")).Qual("C", "uintptr_t")).
		Params(e.pkg(h.GoName), Error()).BlockFunc(func(g *Group) {
		g.List(Id("table"), Err()).Op(":=").Qual(boundary, "Methods").Types(Qual("C", table)).
			Call(Id("name"), Lit(table), Uintptr().Call(Id("methods")))
		g.If(Err().Op("!=").Nil()).Block(Return(Nil(), Err()))
		for i, facet := range append([]string{""}, facets...) {
			has := Id("_")
			if i > 0 {
				has = Id(fmt.Sprintf("has%d", i))
			}
			assign := ":="
			if i == 0 {
				assign = "="
			}
			g.List(has, Err()).Op(assign).Qual(boundary, "HasMethods").CallFunc(func(g *Group) {
				g.Id("name")
				g.Lit(facet)
				for _, f := range e.api.Methods(h) {
					if f.Facet == facet {
						g.Line().Qual(boundary, "Method").Values(Dict{
							Id("Name"):  Lit(f.Method),
							Id("There"): Id("table").Dot(cName(f.Method)).Op("!=").Nil(),
						})
					}
				}
			})
			g.If(Err().Op("!=").Nil()).Block(Return(Nil(), Err()))
		}
		g.Id("o").Op(":=").Op("&").Id(base).Values(Dict{Id("methods"): Id("methods"), Id("user_data"): Id("user_data")})
		if len(facets) > 0 {
			g.Switch().BlockFunc(func(g *Group) { e.combinations(g, h, facets) })
		}
		g.Return(Id("o"), Nil())
	})
}

// combinations emits a case for each set of facets but the empty one, the
// largest first.
func (e *emitter) combinations(g *Group, h *model.Handle, facets []string) {
	for set := 1<<len(facets) - 1; set > 0; set-- {
		var condition *Statement
		fields := []Code{Op("*").Id("impl" + h.GoName)}
		values := []Code{Id("o")}
		for i, facet := range facets {
			if set&(1<<i) == 0 {
				continue
			}
			has := Id(fmt.Sprintf("has%d", i+1))
			if condition == nil {
				condition = has
			} else {
				condition.Op("&&").Add(has)
			}
			fields = append(fields, Id(facetType(h, facet)))
			values = append(values, Id(facetType(h, facet)).Values(Id("o")))
		}
		g.Case(condition).Block(Return(Struct(fields...).Values(values...), Nil()))
	}
}

// implMethod emits one method: it lends the arguments, calls the table's
// function and checks what that gave.
func (e *emitter) implMethod(f *model.Function) {
	receiver, self := "impl"+f.Self.GoName, Id("o")
	if f.Facet != "" {
		receiver, self = facetType(f.Self, f.Facet), Id("o").Dot("o")
	}
	recv := Id("o").Op("*").Id(receiver)
	if f.Facet != "" {
		recv = Id("o").Id(receiver)
	}
	e.file.Func().Params(recv).Id(f.GoName).ParamsFunc(func(g *Group) {
		if writesDst(f) {
			g.Id("dst").Index().Byte()
		}
		for _, value := range f.In {
			g.Id("in_" + value.Name).Add(e.goType(value))
		}
	}).ParamsFunc(func(g *Group) {
		if f.Out != nil && f.Out.Kind != model.Fill {
			g.Id("result").Add(e.goType(resultOf(f)))
		}
		if f.HasErr {
			g.Err().Error()
		}
	}).BlockFunc(func(g *Group) {
		if slices.ContainsFunc(f.In, func(v *model.Value) bool { return v.Kind == model.Func }) {
			// A Go function has no address that C could be given.
			text := fmt.Sprintf("%s: the implementation of this %s takes no callbacks", e.public(f.Name), e.public(f.Self.Name))
			missing := e.pkg("ErrInvalidArgument")
			if f.Missing != nil {
				missing = e.pkg(f.Missing.GoName)
			}
			g.Return(Op("&").Qual(boundary, "StatusError").Values(Dict{Id("Status"): missing, Id("Message"): Lit(text)}))
			return
		}
		e.implBody(g, f, self)
	})
}

func writesDst(f *model.Function) bool {
	return f.Out != nil && (f.Out.Kind == model.Bytes || f.Out.Kind == model.Fill)
}

// resultOf is a function's Go result: for one that writes to dst, a length.
func resultOf(f *model.Function) *model.Value {
	if f.Out.Kind == model.Bytes {
		return &model.Value{Kind: model.Size}
	}
	return f.Out
}

// implBody emits the call of the table's function.
func (e *emitter) implBody(g *Group, f *model.Function, self *Statement) {
	borrow(g)
	args := []Code{self.Clone().Dot("methods")}
	for _, value := range f.In {
		args = append(args, e.lend(value)...)
	}
	word := func(name string) *Statement {
		return Qual("C", "uintptr_t").Call(Uintptr().Call(Id("borrowed").Dot("Bytes").Call(Id(name))))
	}
	label := Lit(e.public(f.Self.Name) + "_methods." + f.Method)
	fail := func(g *Group, condition *Statement, err Code) {
		g.If(condition).BlockFunc(func(g *Group) {
			switch {
			case f.HasErr && f.Out != nil && f.Out.Kind != model.Fill:
				g.Return(Id("result"), err)
			case f.HasErr:
				g.Return(err)
			default:
				g.Return(Id("result"))
			}
		})
	}
	statusErr := func() Code { return Qual(boundary, "CallbackError").Call(Id("status")) }
	call := func(g *Group, args []Code) {
		g.Qual(boundary, "ClearErrorMessage").Call()
		g.Id("status").Op(":=").Add(e.pkg(e.api.Status.GoName)).Call(
			e.c("core_method_" + f.Self.Name + "_" + f.Method).Call(append(args, self.Clone().Dot("user_data"))...))
	}
	failed := func() *Statement { return Id("status").Op("!=").Add(e.pkg("OK")) }

	switch {
	case f.Out == nil:
		call(g, args)
		fail(g, failed(), statusErr())
		if f.HasErr {
			g.Return(Nil())
		}
	case f.Out.Kind == model.Fill:
		call(g, append(args, word("dst"), Qual("C", "size_t").Call(Len(Id("dst")))))
		fail(g, failed(), statusErr())
		if f.HasErr {
			g.Return(Nil())
		}
	case f.Out.Kind == model.Bytes:
		g.Var().Id("length").Qual("C", "size_t")
		call(g, append(args, word("dst"), Qual("C", "size_t").Call(Len(Id("dst"))), Op("&").Id("length")))
		g.Return(Qual(boundary, "Written").Call(label, Len(Id("dst")), Uintptr().Call(Id("length")), Id("status"),
			e.pkg("OK"), e.pkg("ErrBufferTooSmall")))
	case f.Out.Kind == model.String:
		g.Id("text").Op(",").Err().Op(":=").Qual(boundary, "ReadText").Call(Func().Params(Id("dst").Index().Byte()).
			Params(Int(), Error()).BlockFunc(func(g *Group) {
			g.Var().Id("length").Qual("C", "size_t")
			call(g, append(args, word("dst"), Qual("C", "size_t").Call(Len(Id("dst"))), Op("&").Id("length")))
			g.Return(Qual(boundary, "Written").Call(label, Len(Id("dst")), Uintptr().Call(Id("length")), Id("status"),
				e.pkg("OK"), e.pkg("ErrBufferTooSmall")))
		}))
		fail(g, Err().Op("!=").Nil(), Err())
		e.implReturn(g, f, Id("text"))
	case f.Out.Kind == model.HandleRef:
		g.Var().Id("out").Qual("C", "uintptr_t")
		call(g, append(args, Op("&").Id("out")))
		fail(g, failed(), statusErr())
		g.List(Id("object"), Err()).Op(":=").Qual(boundary, "Given").Types(e.pkg(f.Out.Handle.GoName)).
			Call(label, Uintptr().Call(Id("out")))
		fail(g, Err().Op("!=").Nil(), Err())
		e.implReturn(g, f, Id("object"))
	default:
		g.Var().Id("out").Add(e.scalar(f.Out))
		call(g, append(args, Op("&").Id("out")))
		fail(g, failed(), statusErr())
		e.implReturn(g, f, e.goScalar(f.Out, Id("out")))
	}
}

func (e *emitter) implReturn(g *Group, f *model.Function, value Code) {
	if f.HasErr {
		g.Return(value, Nil())
	} else {
		g.Return(value)
	}
}
