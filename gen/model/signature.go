package model

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"
)

// signature reads the parameters and results of a function.
//
// Go has no output parameters, so one convention stands for them: a []byte
// named dst is memory to write to. With a result n int the function writes at
// most len(dst) bytes and says how many; without one it fills dst.
func (l *loader) signature(f *Function, pos token.Pos, signature *types.Signature, found directives) {
	results := results(signature)
	f.HasErr = results.hasErr
	for param := range signature.Params().Variables() {
		value, ok := l.value(param.Name(), param.Type())
		if ok && value.Kind == HandleRef {
			value.Kind = Impl
		}
		switch {
		case !ok || slices.Contains([]Kind{Object, Address, List, Strings}, value.Kind):
			l.fail(pos, "parameter %s of %s has no mapping: %s", param.Name(), f.GoName, param.Type())
		case param.Name() == "":
			l.fail(pos, "a parameter of %s has no name", f.GoName)
		case param.Name() == "dst" && value.Kind == Bytes:
			f.Out = value
			if len(results.values) == 0 {
				value.Kind = Fill
			}
		default:
			f.In = append(f.In, value)
		}
	}
	switch {
	case len(results.values) > 1, results.misplacedErr:
		l.fail(pos, "%s must return at most one value, then at most one error", f.GoName)
	case len(results.values) == 1 && f.Out != nil:
		if basic, ok := results.values[0].Type().(*types.Basic); !ok || basic.Kind() != types.Int {
			l.fail(pos, "%s writes to dst, so its result must be the length, an int", f.GoName)
		}
	case len(results.values) == 1:
		name := results.values[0].Name()
		if name == "" || name == "_" {
			name = "out"
		}
		value, ok := l.value(name, results.values[0].Type())
		if !ok || value.Kind == Bytes || value.Kind == BytesList || value.Kind == StructPtr || value.Kind == Func || value.Kind == Object {
			l.fail(pos, "the result of %s has no mapping: %s", f.GoName, results.values[0].Type())
			return
		}
		f.Out = value
	}
	l.capacity(f, pos, found)
}

// capacity reads the //hz:cap directive of a function that writes to dst.
func (l *loader) capacity(f *Function, pos token.Pos, found directives) {
	needs := f.Out != nil && f.Out.Kind == Bytes
	if needs != found.has("cap") {
		l.fail(pos, "%s: //hz:cap belongs to functions that write to dst and return a length, and they need it", f.GoName)
		return
	}
	if !needs {
		return
	}
	for text := range strings.SplitSeq(found.arg("cap"), "+") {
		term, ok := l.term(f, text)
		if !ok {
			l.fail(pos, "//hz:cap of %s: %q is no length of an input, constant or number", f.GoName, text)
		}
		f.Out.Cap = append(f.Out.Cap, term)
	}
}

func (l *loader) term(f *Function, text string) (Term, bool) {
	if name, ok := strings.CutPrefix(text, "len("); ok {
		value := f.input(strings.TrimSuffix(name, ")"), Bytes, BytesList)
		return Term{Len: value}, value != nil
	}
	if rest, ok := strings.CutPrefix(text, "count("); ok {
		name, factor, _ := strings.Cut(rest, ")*")
		term, ok := l.term(f, factor)
		term.Each = f.input(name, BytesList)
		return term, ok && term.Each != nil && term.Len == nil
	}
	for _, c := range l.api.Constants {
		if c.GoName == text && !c.IsText {
			return Term{Constant: c}, true
		}
	}
	number, err := strconv.ParseUint(text, 10, 32)
	return Term{Number: number}, err == nil
}

// input returns the input of a name, if it is of one of some kinds.
func (f *Function) input(goName string, kinds ...Kind) *Value {
	for _, value := range f.In {
		if value.GoName == goName && slices.Contains(kinds, value.Kind) {
			return value
		}
	}
	return nil
}

// callbackSignature reads a function type that the caller implements.
func (l *loader) callbackSignature(t exportedType) (in []*Value, out *Value) {
	signature := t.object.Type().Underlying().(*types.Signature)
	pos := t.spec.Pos()
	results := results(signature)
	if !results.hasErr || results.misplacedErr || len(results.values) > 1 {
		l.fail(pos, "callback %s must return at most one value, and an error", t.goName())
		return nil, nil
	}
	for param := range signature.Params().Variables() {
		value, ok := l.value(param.Name(), param.Type())
		if ok {
			switch value.Kind {
			case Bool, Size, Uint32, Uint64, EnumKind, String, Bytes, StructPtr, HandleRef:
			default:
				ok = false
			}
		}
		if !ok || param.Name() == "" {
			l.fail(pos, "parameter %q of callback %s has no mapping: %s", param.Name(), t.goName(), param.Type())
			continue
		}
		in = append(in, value)
	}
	if len(results.values) == 1 {
		result := results.values[0]
		value, ok := l.value(result.Name(), result.Type())
		if ok {
			switch value.Kind {
			case Bool, Size, Uint32, Uint64, EnumKind, Object:
			default:
				ok = false
			}
		}
		if !ok || result.Name() == "" {
			l.fail(pos, "result %q of callback %s has no mapping: %s", result.Name(), t.goName(), result.Type())
			return in, nil
		}
		out = value
	}
	return in, out
}

// resultList is what a signature returns: values, then perhaps an error.
type resultList struct {
	values       []*types.Var
	hasErr       bool
	misplacedErr bool
}

func results(signature *types.Signature) resultList {
	var list resultList
	for i := range signature.Results().Len() {
		result := signature.Results().At(i)
		if result.Type().String() != "error" {
			list.values = append(list.values, result)
			continue
		}
		list.hasErr = true
		list.misplacedErr = list.misplacedErr || i != signature.Results().Len()-1
	}
	return list
}

// value maps a Go type to a kind; ok is false for a type that has none.
func (l *loader) value(goName string, t types.Type) (v *Value, ok bool) {
	v = &Value{GoName: goName, Name: snake(goName)}
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		v.Kind = map[types.BasicKind]Kind{
			types.Bool: Bool, types.Int: Size, types.Uint32: Uint32, types.Uint64: Uint64, types.String: String,
			types.Uintptr: Address,
		}[t.Kind()]
	case *types.Slice:
		l.sliceKind(v, types.Unalias(t.Elem()))
	case *types.Pointer:
		if named, ok := types.Unalias(t.Elem()).(*types.Named); ok {
			if s, ok := l.types[named.Obj()].(*Struct); ok {
				v.Kind, v.Struct = StructPtr, s
			}
		}
	case *types.Named:
		l.namedKind(v, l.types[t.Obj()])
	case *types.Interface:
		if t.Empty() {
			v.Kind = Object
		}
	}
	return v, v.Kind != 0
}

func (l *loader) sliceKind(v *Value, elem types.Type) {
	switch elem := elem.(type) {
	case *types.Basic:
		v.Kind = map[types.BasicKind]Kind{types.Byte: Bytes, types.Uint32: List, types.String: Strings}[elem.Kind()]
	case *types.Named:
		if e, ok := l.types[elem.Obj()].(*Enum); ok {
			v.Kind, v.Enum = List, e
		}
	case *types.Slice:
		if basic, ok := elem.Elem().(*types.Basic); ok && basic.Kind() == types.Byte {
			v.Kind = BytesList
		}
	}
}

func (l *loader) namedKind(v *Value, entry any) {
	switch entry := entry.(type) {
	case *Enum:
		v.Kind, v.Enum = EnumKind, entry
	case *Callback:
		v.Kind, v.Callback = Func, entry
	case *Handle:
		v.Kind, v.Handle = HandleRef, entry
	case *facet:
		v.Kind, v.Handle = HandleRef, entry.base
	}
}

// upper is the upper snake case name of a constant, or what //hz:name says.
func upper(goName string, found directives) string {
	if name := found.arg("name"); name != "" {
		return name
	}
	return strings.ToUpper(snake(goName))
}

func trimmed(group *ast.CommentGroup) string { return strings.TrimSpace(group.Text()) }
