package model

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"

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
	shaped  bool
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
