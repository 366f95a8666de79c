package model

import (
	"errors"
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"math"
	"path/filepath"
	"strconv"

	"golang.org/x/tools/go/packages"
)

// Load reads the package in dir (a path that the go command understands, such
// as "./backends") and returns its checked model. name is the library's name
// and prefix what its C names begin with. All that is wrong with the package
// is in the error, a line each, with file and line.
func Load(dir, name, prefix string) (*API, error) {
	config := &packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedSyntax | packages.NeedTypes |
			packages.NeedTypesInfo | packages.NeedImports | packages.NeedDeps,
		Dir: dir,
	}
	loaded, err := packages.Load(config, ".")
	if err != nil {
		return nil, fmt.Errorf("load %s: %w", dir, err)
	}
	var problems []error
	for _, pkg := range loaded {
		for _, e := range pkg.Errors {
			problems = append(problems, e)
		}
	}
	if len(problems) > 0 {
		return nil, errors.Join(problems...)
	}
	return fromPackage(loaded[0], name, prefix)
}

// fromPackage returns the checked model of a package that compiles.
func fromPackage(pkg *packages.Package, name, prefix string) (*API, error) {
	l := &loader{
		pkg:   pkg,
		api:   &API{Name: name, Prefix: prefix, PackagePath: pkg.PkgPath, PackageName: pkg.Name},
		types: map[types.Object]any{},
	}
	l.load()
	if len(l.problems) == 0 {
		l.validate()
	}
	if len(l.problems) > 0 {
		return nil, errors.Join(l.problems...)
	}
	return l.api, nil
}

// loader turns syntax and types into the model, collecting what is wrong.
type loader struct {
	pkg      *packages.Package
	api      *API
	types    map[types.Object]any // *Enum, *Struct, *Callback, *Handle or *facet, by type name
	exported []exportedType
	reopens  []reopenNames
	problems []error
}

// facet is an interface that embeds a handle's interface: more methods that
// some values of that handle have.
type facet struct {
	name    string
	base    *Handle
	missing string
	flat    bool
	sealed  bool
	pos     token.Pos
}

// reopenNames is a //hz:reopen directive until the functions are known.
type reopenNames struct {
	handle     *Handle
	open, name string
	pos        token.Pos
}

// position is pos with the file's base name, so that messages and output do
// not depend on where the tree lies.
func (l *loader) position(pos token.Pos) token.Position {
	p := l.pkg.Fset.Position(pos)
	p.Filename = filepath.Base(p.Filename)
	return p
}

func (l *loader) fail(pos token.Pos, format string, args ...any) {
	l.failAt(l.position(pos), format, args...)
}

func (l *loader) failAt(pos token.Position, format string, args ...any) {
	l.problems = append(l.problems, fmt.Errorf("%s:%d: %s", pos.Filename, pos.Line, fmt.Sprintf(format, args...)))
}

// load goes over the package three times: the types must be known before the
// values and methods that mention them, and interfaces before their facets.
func (l *loader) load() {
	for _, file := range l.pkg.Syntax {
		if file.Doc != nil && l.api.Doc == "" {
			l.api.Doc = file.Doc.Text()
		}
	}
	l.collectTypes()
	l.eachType(l.declareType)
	l.eachType(l.declareFacet)
	l.eachSpec(token.CONST, func(decl *ast.GenDecl, spec ast.Spec) { l.constants(decl, spec.(*ast.ValueSpec)) })
	l.eachType(l.defineType)
	for _, file := range l.pkg.Syntax {
		for _, decl := range file.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok {
				l.packageFunction(fn)
			}
		}
	}
	l.addFrees()
	l.addNews()
	l.resolveReopens()
	for _, e := range l.api.Enums {
		names := make([]string, len(e.Values))
		for i, v := range e.Values {
			names[i] = v.Name
		}
		shared := sharedWord(names)
		for _, v := range e.Values {
			v.Short = v.Name[len(shared):]
		}
	}
}

func (l *loader) eachSpec(tok token.Token, visit func(*ast.GenDecl, ast.Spec)) {
	for _, file := range l.pkg.Syntax {
		for _, decl := range file.Decls {
			if gen, ok := decl.(*ast.GenDecl); ok && gen.Tok == tok {
				for _, spec := range gen.Specs {
					visit(gen, spec)
				}
			}
		}
	}
}

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
	l.types[t.object] = &facet{t.goName(), base, t.directives.arg("missing"), t.directives.has("flat"), t.directives.has("sealed"), t.spec.Pos()}
}

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
			f.Facet, f.Sealed = part.name, part.sealed
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

// packageFunction reads a function, or a method of an enum, that carries
// //hz:export.
func (l *loader) packageFunction(decl *ast.FuncDecl) {
	doc, found := l.comment(decl.Doc)
	if !found.has("export") {
		return
	}
	object := l.pkg.TypesInfo.Defs[decl.Name].(*types.Func)
	signature := object.Type().(*types.Signature)
	f := &Function{GoName: object.Name(), Name: snake(object.Name()), Doc: doc}
	if recv := signature.Recv(); recv != nil {
		value, ok := l.value(recv.Name(), recv.Type())
		if !ok || value.Kind != EnumKind {
			l.fail(decl.Pos(), "method %s: only methods of enums and of interfaces cross the boundary", f.GoName)
			return
		}
		value.Name, value.GoName = value.Enum.Name, recv.Name()
		f.Recv = value.Enum
		f.Name = value.Enum.Name + "_" + f.Name
		f.In = []*Value{value}
	}
	l.finish(f, decl.Name.Pos(), signature, found)
}

// finish reads a function's signature and adds it to the API.
func (l *loader) finish(f *Function, pos token.Pos, signature *types.Signature, found directives) {
	f.Pos = l.position(pos)
	f.Method = snake(f.GoName)
	if name := found.arg("name"); name != "" {
		f.Name = name
	}
	f.Replays = found.has("replay")
	f.Since = 1
	if text := found.arg("since"); text != "" {
		since, err := strconv.Atoi(text)
		if err != nil || since < 1 || since > math.MaxInt16 {
			l.fail(pos, "//hz:since %s is not a version", text)
		}
		f.Since = since
	}
	l.signature(f, pos, signature, found)
	if f.takes(Impl) {
		l.api.Implementing = append(l.api.Implementing, f)
	} else {
		l.api.Functions = append(l.api.Functions, f)
	}
}

// addFrees gives every handle its destructor.
func (l *loader) addFrees() {
	for _, h := range l.api.Handles {
		l.api.Functions = append(l.api.Functions, &Function{
			GoName: "Close", Name: h.Name + "_free", Method: "free", Self: h, IsFree: true, Since: 1, Pos: h.Pos,
			Doc: "Close frees a handle; NULL is no error. A handle that was freed before, or is\n" +
				"none of this kind, is [ErrInvalidHandle], and one that another thread is using\n" +
				"is [ErrBusy] and stays as it was.",
		})
	}
}

// addNews gives every handle a constructor that takes the caller's
// implementation.
func (l *loader) addNews() {
	for _, h := range l.api.Handles {
		l.api.Implementing = append(l.api.Implementing, &Function{
			GoName: "New", Name: h.Name + "_new", Method: "new", IsNew: true, Since: 1, Pos: h.Pos,
			In:  []*Value{{GoName: "methods", Name: "methods", Kind: Impl, Handle: h}},
			Out: &Value{GoName: "out", Name: "out", Kind: HandleRef, Handle: h},
			Doc: "New makes a [" + h.GoName + "] of the caller's own functions.\n" +
				"They are called for each call on the handle, by the rules of the functions\n" +
				"of the same names, and the one to free last; nothing else stands between.\n" +
				"A function that is missing is [ErrNullPointer]. The handle does not survive\nfork().",
		})
	}
}

// statusNamed returns the status with a Go name.
func (l *loader) statusNamed(name string, pos token.Pos) *EnumValue {
	if l.api.Status != nil {
		for _, v := range l.api.Status.Values {
			if v.GoName == name {
				return v
			}
		}
	}
	l.fail(pos, "no status is named %q", name)
	return nil
}

// resolveReopens finds the functions that //hz:reopen names.
func (l *loader) resolveReopens() {
	for _, r := range l.reopens {
		reopen := &Reopen{}
		for _, f := range l.api.Functions {
			if f.GoName == r.open && f.Self == nil && f.Recv == nil {
				reopen.Open = f
			}
			if f.GoName == r.name && f.Self == r.handle && f.Facet == "" {
				reopen.Name = f
			}
		}
		if reopen.Open == nil || reopen.Name == nil {
			l.fail(r.pos, "//hz:reopen %s %s: there are no such function and method", r.open, r.name)
			continue
		}
		r.handle.Reopen = reopen
	}
}
