package model

import (
	"go/ast"
	"go/token"
	"go/types"
)

// exportedType is a type declaration that carries //hz:export.
type exportedType struct {
	spec       *ast.TypeSpec
	object     types.Object
	doc        string
	directives directives
}

func (t exportedType) goName() string { return t.spec.Name.Name }

// name is the snake case name, or what //hz:name says.
func (t exportedType) name() string {
	if name := t.directives.arg("name"); name != "" {
		return name
	}
	return snake(t.goName())
}

// collectTypes finds the type declarations that carry //hz:export.
func (l *loader) collectTypes() {
	l.eachSpec(token.TYPE, func(decl *ast.GenDecl, spec ast.Spec) {
		t := exportedType{spec: spec.(*ast.TypeSpec)}
		t.doc, t.directives = l.comment(t.spec.Doc, decl.Doc)
		if t.directives.has("export") {
			t.object = l.pkg.TypesInfo.Defs[t.spec.Name]
			l.exported = append(l.exported, t)
		}
	})
}

func (l *loader) eachType(visit func(exportedType)) {
	for _, t := range l.exported {
		visit(t)
	}
}

// declareType makes the model's entry for a type, still empty.
func (l *loader) declareType(t exportedType) {
	pos := l.position(t.spec.Pos())
	switch under := t.object.Type().Underlying().(type) {
	case *types.Basic:
		if under.Kind() != types.Uint32 {
			l.fail(t.spec.Pos(), "type %s is %s; an enum must be uint32", t.goName(), under)
			return
		}
		e := &Enum{GoName: t.goName(), Name: t.name(), Doc: t.doc, Pos: pos}
		l.types[t.object] = e
		l.api.Enums = append(l.api.Enums, e)
		if t.directives.has("status") {
			l.api.Status = e
		}
	case *types.Struct:
		s := &Struct{GoName: t.goName(), Name: t.name(), Doc: t.doc, Pos: pos}
		l.types[t.object] = s
		l.api.Structs = append(l.api.Structs, s)
	case *types.Signature:
		c := &Callback{GoName: t.goName(), Name: t.name(), Doc: t.doc, Pos: pos}
		l.types[t.object] = c
		l.api.Callbacks = append(l.api.Callbacks, c)
	case *types.Interface:
		if under.NumEmbeddeds() > 0 {
			return // a facet; declareFacet takes it
		}
		h := &Handle{GoName: t.goName(), Name: t.name(), Doc: t.doc, Shared: t.directives.has("shared"), Pos: pos}
		if args := t.directives["reopen"]; args != nil {
			l.reopens = append(l.reopens, reopenNames{h, args[0], args[1], t.spec.Pos()})
		}
		l.types[t.object] = h
		l.api.Handles = append(l.api.Handles, h)
	default:
		l.fail(t.spec.Pos(), "type %s has no mapping: %s", t.goName(), under)
	}
}

// declareFacet ties an interface that embeds a handle's to that handle.
func (l *loader) declareFacet(t exportedType) {
	iface, ok := t.object.Type().Underlying().(*types.Interface)
	if !ok || iface.NumEmbeddeds() == 0 {
		return
	}
	var base *Handle
	if named, ok := iface.EmbeddedType(0).(*types.Named); ok {
		base, _ = l.types[named.Obj()].(*Handle)
	}
	if base == nil || iface.NumEmbeddeds() > 1 {
		l.fail(t.spec.Pos(), "interface %s must embed one exported interface and no other", t.goName())
		return
	}
	if t.doc == "" {
		l.fail(t.spec.Pos(), "%s has no doc comment", t.goName())
	}
	l.types[t.object] = &facet{
		t.goName(), base, t.directives.arg("missing"), t.directives.has("flat"), t.directives.has("sealed"),
		t.directives.has("shaped"), t.spec.Pos(),
	}
}

// defineType fills in the fields, parameters and methods of a type.
func (l *loader) defineType(t exportedType) {
	switch entry := l.types[t.object].(type) {
	case *Struct:
		l.structFields(entry, t.spec.Type.(*ast.StructType))
	case *Callback:
		entry.In, entry.Out = l.callbackSignature(t)
	case *Handle:
		l.methods(t, entry, nil)
	case *facet:
		l.methods(t, entry.base, entry)
	}
}

func (l *loader) structFields(s *Struct, syntax *ast.StructType) {
	for _, field := range syntax.Fields.List {
		doc, _ := l.comment(field.Doc)
		for _, ident := range field.Names {
			object := l.pkg.TypesInfo.Defs[ident]
			if !object.Exported() {
				l.fail(ident.Pos(), "field %s of %s must be exported", ident.Name, s.GoName)
				continue
			}
			value, ok := l.value(ident.Name, object.Type())
			if ok {
				switch value.Kind {
				case Bool, Size, Uint32, Uint64, EnumKind, String, Bytes:
				default:
					ok = false
				}
			}
			if !ok {
				l.fail(ident.Pos(), "field %s of %s has no mapping: %s", ident.Name, s.GoName, object.Type())
				continue
			}
			s.Fields = append(s.Fields, &Field{Value: *value, Doc: doc})
		}
	}
}

// methods reads the methods that an interface declares itself.
func (l *loader) methods(t exportedType, self *Handle, part *facet) {
	for _, field := range t.spec.Type.(*ast.InterfaceType).Methods.List {
		if len(field.Names) == 0 {
			continue // the embedded interface
		}
		ident := field.Names[0]
		doc, found := l.comment(field.Doc)
		f := &Function{GoName: ident.Name, Self: self, Doc: doc}
		f.Name = self.Name + "_" + snake(ident.Name)
		if part != nil {
			f.Facet, f.Sealed, f.Shaped = part.name, part.sealed, part.shaped
			f.Missing = l.statusNamed(part.missing, part.pos)
			if part.flat {
				f.Name = snake(ident.Name)
			}
		}
		signature := l.pkg.TypesInfo.Defs[ident].Type().(*types.Signature)
		if f.GoName == "Close" {
			if signature.Params().Len()+signature.Results().Len() > 0 || part != nil {
				l.fail(ident.Pos(), "Close must be a method of %s itself, with no parameters and no results", self.GoName)
			}
			self.Close = true
			continue // reached by the free function only
		}
		l.finish(f, ident.Pos(), signature, found)
	}
}
