package model

import (
	"go/ast"
	"go/constant"
	"go/types"
)

// constants reads one line of a const block.
func (l *loader) constants(decl *ast.GenDecl, spec *ast.ValueSpec) {
	groups := []*ast.CommentGroup{spec.Doc}
	if !decl.Lparen.IsValid() {
		groups = append(groups, decl.Doc)
	}
	doc, found := l.comment(groups...)
	for _, ident := range spec.Names {
		object := l.pkg.TypesInfo.Defs[ident].(*types.Const)
		if !object.Exported() {
			continue
		}
		if named, ok := object.Type().(*types.Named); ok {
			if e, ok := l.types[named.Obj()].(*Enum); ok {
				l.enumValue(e, object, spec, doc, found)
			}
			continue
		}
		if found.has("export") {
			l.constant(object, doc, found)
		}
	}
}

func (l *loader) enumValue(e *Enum, object *types.Const, spec *ast.ValueSpec, doc string, found directives) {
	number, _ := constant.Uint64Val(object.Val())
	v := &EnumValue{
		GoName: object.Name(), Name: upper(object.Name(), found), Number: uint32(number),
		Doc: doc, Error: found.arg("error"), Pos: l.position(spec.Pos()),
	}
	if spec.Comment != nil {
		v.Text = trimmed(spec.Comment)
	}
	e.Values = append(e.Values, v)
}

func (l *loader) constant(object *types.Const, doc string, found directives) {
	c := &Constant{GoName: object.Name(), Name: snake(object.Name()), Doc: doc, Pos: l.position(object.Pos())}
	if name := found.arg("name"); name != "" {
		c.Name = name
	}
	switch object.Val().Kind() {
	case constant.Int:
		number, exact := constant.Uint64Val(object.Val())
		if !exact {
			l.fail(object.Pos(), "constant %s does not fit 64 bits", c.GoName)
		}
		c.Number = number
	case constant.String:
		c.IsText, c.Text = true, constant.StringVal(object.Val())
	default:
		l.fail(object.Pos(), "constant %s must be a whole number or a text", c.GoName)
	}
	l.api.Constants = append(l.api.Constants, c)
}
