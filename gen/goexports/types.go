package goexports

import (
	"slices"

	. "github.com/dave/jennifer/jen"

	"github.com/hazmat/hazmat/gen/model"
)

// isLent reports whether a callback or a method of the caller's is given the
// struct, so that it must be made in C form too.
func (e *emitter) isLent(s *model.Struct) bool {
	lends := func(in []*model.Value) bool {
		return slices.ContainsFunc(in, func(v *model.Value) bool { return v.Struct == s })
	}
	for _, c := range e.api.Callbacks {
		if lends(c.In) {
			return true
		}
	}
	for _, h := range e.api.Handles {
		for _, f := range e.api.Methods(h) {
			if lends(f.In) {
				return true
			}
		}
	}
	return false
}

// structFromC emits the reader of a struct that the caller filled in.
func (e *emitter) structFromC(s *model.Struct) {
	name := "structOf" + s.GoName
	e.file.Commentf("%s reads the %s at address; NULL is nil.", name, e.public(s.Name))
	e.file.Func().Id(name).Params(Id("name").String(), Id("address").Uintptr()).
		Params(Op("*").Add(e.pkg(s.GoName)), Error()).BlockFunc(func(g *Group) {
		g.List(Id("params"), Err()).Op(":=").Qual(boundary, "Struct").Types(e.c(s.Name)).
			Call(Id("name"), Lit(e.public(s.Name)), Id("address"))
		g.If(Id("params").Op("==").Nil()).Block(Return(Nil(), Err()))
		fields := Dict{}
		for _, field := range s.Fields {
			e.fieldFromC(g, field)
			fields[Id(field.GoName)] = e.fieldValue(field)
		}
		g.Return(Op("&").Add(e.pkg(s.GoName)).Values(fields), Nil())
	})
}

func cField(field *model.Field) *Statement { return Id("params").Dot(cName(field.Name)) }

// cName is how cgo spells a C field: one that is a word of Go gets an
// underscore.
func cName(name string) string {
	if name == "type" || name == "range" || name == "func" || name == "map" || name == "var" || name == "package" {
		return "_" + name
	}
	return name
}

// fieldFromC checks a field that can be wrong.
func (e *emitter) fieldFromC(g *Group, field *model.Field) {
	address := Uintptr().Call(Qual("unsafe", "Pointer").Call(cField(field)))
	label := Id("name").Op("+").Lit("." + field.Name)
	var check *Statement
	switch field.Kind {
	case model.Bytes:
		check = Qual(boundary, "Bytes").Call(label, address, Uintptr().Call(Id("params").Dot(field.Name+"_len")))
	case model.String:
		check = Qual(boundary, "Text").Call(label, address)
	case model.Size:
		check = Qual(boundary, "Int").Call(label, Uintptr().Call(cField(field)))
	default:
		return
	}
	g.List(Id("in_"+field.Name), Err()).Op(":=").Add(check)
	g.If(Err().Op("!=").Nil()).Block(Return(Nil(), Err()))
}

func (e *emitter) fieldValue(field *model.Field) Code {
	switch field.Kind {
	case model.Bytes, model.String, model.Size:
		return Id("in_" + field.Name)
	}
	return e.goScalar(&field.Value, cField(field))
}

// structToC emits the writer of a struct that is lent to a callback.
func (e *emitter) structToC(s *model.Struct) {
	name := "lend" + s.GoName
	e.file.Commentf("%s makes the C form of value for a callback; nil is NULL.", name)
	e.file.Func().Id(name).Params(
		Id("value").Op("*").Add(e.pkg(s.GoName)), Id("borrowed").Op("*").Qual(boundary, "Borrowed"),
	).Qual("C", "uintptr_t").Block(
		If(Id("value").Op("==").Nil()).Block(Return(Lit(0))),
		Id("params").Op(":=").Op("&").Add(e.c(s.Name)).Values(DictFunc(func(d Dict) {
			d[Id("size")] = Qual("C", "sizeof_"+e.public(s.Name))
			for _, field := range s.Fields {
				value := Id("value").Dot(field.GoName)
				switch field.Kind {
				case model.Bytes:
					d[Id(cName(field.Name))] = Parens(Op("*").Qual("C", "uint8_t")).Call(Id("borrowed").Dot("Bytes").Call(value.Clone()))
					d[Id(field.Name+"_len")] = Qual("C", "size_t").Call(Len(value))
				case model.String:
					d[Id(cName(field.Name))] = Parens(Op("*").Qual("C", "char")).Call(Id("borrowed").Dot("Text").Call(value))
				default:
					d[Id(cName(field.Name))] = e.scalar(&field.Value).Call(value)
				}
			}
		})),
		Return(Qual("C", "uintptr_t").Call(Uintptr().Call(
			Id("borrowed").Dot("Pin").Call(Qual("unsafe", "Pointer").Call(Id("params"))),
		))),
	)
}

// goType is the Go type of a callback's parameter or result.
func (e *emitter) goType(v *model.Value) *Statement {
	switch v.Kind {
	case model.Bool:
		return Bool()
	case model.Size:
		return Int()
	case model.Uint32:
		return Uint32()
	case model.Uint64:
		return Uint64()
	case model.EnumKind:
		return e.pkg(v.Enum.GoName)
	case model.String:
		return String()
	case model.Bytes:
		return Index().Byte()
	case model.BytesList:
		return Index().Index().Byte()
	case model.StructPtr:
		return Op("*").Add(e.pkg(v.Struct.GoName))
	case model.HandleRef:
		return e.pkg(v.Handle.GoName)
	case model.Func:
		return e.pkg(v.Callback.GoName)
	case model.Address:
		return Uintptr()
	}
	return Any()
}

// callbackFromC emits the Go function that calls a C one.
func (e *emitter) callbackFromC(c *model.Callback) {
	name := "funcOf" + c.GoName
	e.file.Commentf("%s makes a Go function of the %s at function.", name, e.public(c.Name))
	e.file.Func().Id(name).Params(Id("name").String(), List(Id("function"), Id("user_data")).Qual("C", "uintptr_t")).
		Params(e.pkg(c.GoName), Error()).Block(
		If(Id("function").Op("==").Lit(0)).Block(Return(Nil(), Qual(boundary, "Faultf").Call(
			Qual(boundary, "NullPointer"), Lit("%s is NULL; expected a function"), Id("name")))),
		Return(Func().ParamsFunc(func(g *Group) {
			for _, value := range c.In {
				g.Id("in_" + value.Name).Add(e.goType(value))
			}
		}).ParamsFunc(func(g *Group) {
			if c.Out != nil {
				g.Id("result").Add(e.goType(c.Out))
			}
			g.Err().Error()
		}).BlockFunc(func(g *Group) { e.callC(g, c) }), Nil()),
	)
}

// borrow declares what is lent for the length of a call.
func borrow(g *Group) {
	g.Var().Id("borrowed").Qual(boundary, "Borrowed")
	g.Defer().Id("borrowed").Dot("Return").Call()
}

// callC emits the body of the Go function: lend the arguments, call, look at
// the status.
func (e *emitter) callC(g *Group, c *model.Callback) {
	borrow(g)
	args := []Code{Id("function")}
	for _, value := range c.In {
		args = append(args, e.lend(value)...)
	}
	if c.Out != nil {
		g.Var().Id("out").Add(e.scalar(c.Out))
		args = append(args, Op("&").Id("out"))
	}
	args = append(args, Id("user_data"))
	g.Qual(boundary, "ClearErrorMessage").Call()
	g.Id("status").Op(":=").Add(e.pkg(e.api.Status.GoName)).Call(e.c("core_call_" + c.Name).Call(args...))
	failure := Qual(boundary, "CallbackError").Call(Id("status"))
	failed := If(Id("status").Op("!=").Add(e.pkg("OK")))
	switch {
	case c.Out == nil:
		g.Add(failed.Block(Return(failure)))
		g.Return(Nil())
	case c.Out.Kind == model.Object:
		g.Add(failed.Block(Return(Id("result"), failure)))
		g.Return(Qual(boundary, "Object").Call(Uintptr().Call(Id("out"))))
	default:
		g.Add(failed.Block(Return(Id("result"), failure)))
		g.Return(e.goScalar(c.Out, Id("out")), Nil())
	}
}

// lend is the C arguments of a callback's parameter.
func (e *emitter) lend(v *model.Value) []Code {
	in := Id("in_" + v.Name)
	word := func(address *Statement) *Statement { return Qual("C", "uintptr_t").Call(Uintptr().Call(address)) }
	switch v.Kind {
	case model.Bytes:
		return []Code{word(Id("borrowed").Dot("Bytes").Call(in)), Qual("C", "size_t").Call(Len(in.Clone()))}
	case model.BytesList:
		return []Code{
			word(Id("borrowed").Dot("BytesList").Call(in)), word(Id("borrowed").Dot("Lengths").Call(in.Clone())),
			Qual("C", "size_t").Call(Len(in.Clone())),
		}
	case model.String:
		return []Code{word(Id("borrowed").Dot("Text").Call(in))}
	case model.StructPtr:
		return []Code{Id("lend"+v.Struct.GoName).Call(in, Op("&").Id("borrowed"))}
	case model.HandleRef:
		return []Code{Qual("C", "uintptr_t").Call(Id("borrowed").Dot("Handle").Call(kindVar(v.Handle), in))}
	}
	return []Code{e.scalar(v).Call(in)}
}
