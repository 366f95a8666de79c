package model

import (
	"go/ast"
	"go/token"
	"go/types"
	"math"
	"strconv"
)

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
		inUse := ", and one that another thread is using\nis [ErrBusy] and stays as it was."
		if h.Shared {
			inUse = ". Calls that other threads have\nunder way go on to their end."
		}
		l.api.Functions = append(l.api.Functions, &Function{
			GoName: "Close", Name: h.Name + "_free", Method: "free", Self: h, IsFree: true, Since: 1, Pos: h.Pos,
			Doc: "Close frees a handle; NULL is no error. A handle that was freed before, or is\n" +
				"none of this kind, is [ErrInvalidHandle]" + inUse,
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
