package goexports

import (
	"fmt"

	. "github.com/dave/jennifer/jen"

	"github.com/hazmat/hazmat/gen/model"
)

// function emits the export of a function: results are set to zero, the handle
// is held, the inputs are checked in the order they stand, Go is called.
func (e *emitter) function(f *model.Function) {
	e.export(f.Name)
	e.file.Func().Id(e.public("core_" + f.Name)).ParamsFunc(func(g *Group) {
		if f.Self != nil {
			g.Id("self").Qual("C", "uintptr_t")
		}
		for _, value := range f.In {
			e.inputParams(g, value)
		}
		if f.Out != nil {
			outputParams(g, f.Out)
		}
	}).Params(Id("status").Add(e.c(e.api.Status.Name))).BlockFunc(func(g *Group) {
		e.begin(g, f)
		e.zeroOutput(g, f)
		e.self(g, f)
		for _, value := range f.In {
			e.input(g, value)
		}
		if f.Out != nil && (f.Out.Kind == model.Bytes || f.Out.Kind == model.Fill) {
			check, size := "Buffer", f.Out.Name+"_cap"
			if f.Out.Kind == model.Fill {
				check, size = "Bytes", f.Out.Name+"_len"
			}
			g.List(Id("buffer"), Err()).Op(":=").Qual(boundary, check).
				Call(Lit(f.Out.Name), Uintptr().Call(cArg(f.Out.Name)), Uintptr().Call(cArg(size)))
			g.Add(returnFail())
		}
		reach(g, e.public(f.Name))
		e.callGo(g, f)
		g.Return(e.status("OK"))
	})
}

// cArg is the name of a parameter as it comes from C; in_NAME is its Go value.
func cArg(name string) *Statement { return Id("c_" + name) }

// inputParams declares the C parameters of an input.
func (e *emitter) inputParams(g *Group, v *model.Value) {
	switch v.Kind {
	case model.Bytes:
		g.Add(cArg(v.Name)).Qual("C", "uintptr_t")
		g.Add(cArg(v.Name+"_len")).Qual("C", "size_t")
	case model.BytesList:
		g.List(cArg(v.Name), cArg(v.Name+"_lens")).Qual("C", "uintptr_t")
		g.Add(cArg(v.Name+"_count")).Qual("C", "size_t")
	case model.Func, model.Impl:
		g.List(cArg(v.Name), cArg("user_data")).Qual("C", "uintptr_t")
	case model.String, model.StructPtr:
		g.Add(cArg(v.Name)).Qual("C", "uintptr_t")
	default:
		g.Add(cArg(v.Name)).Add(e.scalar(v))
	}
}

// outputParams declares the C parameters of a result.
func outputParams(g *Group, v *model.Value) {
	g.Add(cArg(v.Name)).Qual("C", "uintptr_t")
	switch v.Kind {
	case model.Fill:
		g.Add(cArg(v.Name+"_len")).Qual("C", "size_t")
	case model.Bytes, model.String, model.Strings, model.List:
		g.Add(cArg(v.Name+"_cap")).Qual("C", "size_t")
		g.Add(cArg(v.Name+"_len")).Qual("C", "uintptr_t")
	}
}

// scalar is the C type of a value that needs no memory of the caller's.
func (e *emitter) scalar(v *model.Value) *Statement {
	switch v.Kind {
	case model.Bool:
		return Qual("C", "bool")
	case model.Size:
		return Qual("C", "size_t")
	case model.Uint32:
		return Qual("C", "uint32_t")
	case model.Uint64:
		return Qual("C", "uint64_t")
	case model.EnumKind:
		return e.c(v.Enum.Name)
	case model.HandleRef, model.Object, model.Address:
		return Qual("C", "uintptr_t")
	}
	panic(fmt.Sprintf("kind %d of %s is no scalar", v.Kind, v.Name))
}

// goScalar is the Go form of a C scalar.
func (e *emitter) goScalar(v *model.Value, c *Statement) *Statement {
	switch v.Kind {
	case model.Bool:
		return Bool().Call(c)
	case model.Size:
		return Int().Call(c)
	case model.Uint32:
		return Uint32().Call(c)
	case model.Uint64:
		return Uint64().Call(c)
	case model.Address:
		return Uintptr().Call(c)
	}
	return e.pkg(v.Enum.GoName).Call(c)
}

// zeroOutput checks the place of the result and sets it to zero.
func (e *emitter) zeroOutput(g *Group, f *model.Function) {
	if f.Out == nil || f.Out.Kind == model.Fill {
		return
	}
	name, cType := f.Out.Name, Qual("C", "size_t")
	switch f.Out.Kind {
	case model.Bytes, model.String, model.Strings, model.List:
		name += "_len"
	default:
		cType = e.scalar(f.Out)
	}
	g.List(Id("result"), Err()).Op(":=").Qual(boundary, "Out").Types(cType).Call(Lit(name), Uintptr().Call(cArg(name)))
	g.Add(returnFail())
}

// self looks up the handle and, where the method is of a facet, asserts it.
func (e *emitter) self(g *Group, f *model.Function) {
	if f.Self == nil {
		return
	}
	g.List(Id("object"), Err()).Op(":=").Qual(boundary, "Self").Types(e.pkg(f.Self.GoName)).
		Call(Op("&").Id("call"), kindVar(f.Self), Uintptr().Call(Id("self")))
	g.Add(returnFail())
	if f.Facet == "" {
		return
	}
	g.List(Id("facet"), Id("ok")).Op(":=").Id("object").Assert(e.pkg(f.Facet))
	text := fmt.Sprintf("%s needs a %s of the kind %s", e.public(f.Name), e.public(f.Self.Name), f.Facet)
	g.If(Op("!").Id("ok")).Block(Return(Id("fail").Call(
		Op("&").Qual(boundary, "StatusError").Values(Dict{Id("Status"): e.pkg(f.Missing.GoName), Id("Message"): Lit(text)}),
	)))
}

// input checks an input that can be wrong; its Go value gets the name in_NAME.
func (e *emitter) input(g *Group, v *model.Value) {
	from := func(call *Statement) {
		g.List(Id("in_"+v.Name), Err()).Op(":=").Add(call)
		g.Add(returnFail())
	}
	switch v.Kind {
	case model.Bytes:
		from(Qual(boundary, "Bytes").Call(Lit(v.Name), Uintptr().Call(cArg(v.Name)), Uintptr().Call(cArg(v.Name+"_len"))))
	case model.BytesList:
		from(Qual(boundary, "BytesList").Call(Lit(v.Name),
			Uintptr().Call(cArg(v.Name)), Uintptr().Call(cArg(v.Name+"_lens")), Uintptr().Call(cArg(v.Name+"_count"))))
	case model.String:
		from(Qual(boundary, "Text").Call(Lit(v.Name), Uintptr().Call(cArg(v.Name))))
	case model.Size:
		from(Qual(boundary, "Int").Call(Lit(v.Name), Uintptr().Call(cArg(v.Name))))
	case model.StructPtr:
		from(Id("structOf"+v.Struct.GoName).Call(Lit(v.Name), Uintptr().Call(cArg(v.Name))))
	case model.Impl:
		from(Id("implOf"+v.Handle.GoName).Call(Lit(v.Name), cArg(v.Name), cArg("user_data")))
	case model.Func:
		from(Id("funcOf"+v.Callback.GoName).Call(Lit(v.Name), cArg(v.Name), cArg("user_data")))
	}
}

// argument is the Go value of an input in the call.
func (e *emitter) argument(v *model.Value) *Statement {
	switch v.Kind {
	case model.Bytes, model.BytesList, model.String, model.Size, model.StructPtr, model.Func, model.Impl:
		return Id("in_" + v.Name)
	}
	return e.goScalar(v, cArg(v.Name))
}

// callGo emits the call and stores its result.
func (e *emitter) callGo(g *Group, f *model.Function) {
	out := f.Out
	if f.IsNew {
		g.Id("value").Op(":=").Add(e.argument(f.In[0]))
		e.storeResult(g, out)
		return
	}
	var args []Code
	if out != nil && (out.Kind == model.Bytes || out.Kind == model.Fill) {
		args = append(args, Id("buffer")) // dst comes first in Go
	}
	in := f.In
	var callee *Statement
	switch {
	case f.Recv != nil:
		callee, in = e.argument(in[0]).Dot(f.GoName), in[1:]
	case f.Facet != "":
		callee = Id("facet").Dot(f.GoName)
	case f.Self != nil:
		callee = Id("object").Dot(f.GoName)
	default:
		callee = e.pkg(f.GoName)
	}
	for _, value := range in {
		args = append(args, e.argument(value))
	}
	call := callee.Call(args...)

	hasValue := out != nil && out.Kind != model.Fill
	switch {
	case hasValue && out.Kind == model.Bytes:
		e.callBytes(g, f, call)
		return
	case hasValue && f.HasErr:
		g.List(Id("value"), Err()).Op(":=").Add(call)
	case hasValue:
		g.Id("value").Op(":=").Add(call)
	case f.HasErr:
		g.If(Err().Op(":=").Add(call), Err().Op("!=").Nil()).Block(Return(Id("fail").Call(Err())))
	default:
		g.Add(call)
	}
	if !hasValue {
		return
	}
	if f.HasErr {
		g.Add(returnFail())
	}
	e.storeResult(g, out)
}

// callBytes emits the call of a function that writes to dst. Where dst is too
// small, the length that comes with the error is the one needed.
func (e *emitter) callBytes(g *Group, f *model.Function, call *Statement) {
	if !f.HasErr {
		g.Op("*").Id("result").Op("=").Qual("C", "size_t").Call(call)
		return
	}
	g.List(Id("n"), Err()).Op(":=").Add(call)
	g.If(Err().Op("==").Nil().Op("||").Qual("errors", "Is").Call(Err(), e.pkg("ErrBufferTooSmall"))).Block(
		Op("*").Id("result").Op("=").Qual("C", "size_t").Call(Id("n")),
	)
	g.Add(returnFail())
}

// storeResult writes value to the caller's result.
func (e *emitter) storeResult(g *Group, out *model.Value) {
	switch out.Kind {
	case model.String, model.Strings, model.List:
		copier := map[model.Kind]string{model.String: "CopyText", model.Strings: "CopyTexts", model.List: "CopyList"}[out.Kind]
		g.List(Id("n"), Err()).Op(":=").Qual(boundary, copier).
			Call(Lit(out.Name), Uintptr().Call(cArg(out.Name)), Uintptr().Call(cArg(out.Name+"_cap")), Id("value"))
		g.Op("*").Id("result").Op("=").Qual("C", "size_t").Call(Id("n"))
		g.Add(returnFail())
	case model.HandleRef:
		g.Op("*").Id("result").Op("=").Qual("C", "uintptr_t").Call(
			Qual(boundary, "NewHandle").Call(kindVar(out.Handle), Id("value")))
	default:
		g.Op("*").Id("result").Op("=").Add(e.scalar(out)).Call(Id("value"))
	}
}
