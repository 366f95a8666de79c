// Package model is the typed model of an ABI, read from the Go interfaces of
// one package and checked before anything is emitted from it. Every emitter
// under gen/ takes an *API and nothing else, so what a language gets is decided
// by the kinds of values in this file and never by the name of a function.
package model

import (
	"go/token"
	"slices"
)

// API is everything that crosses the boundary, in source order.
type API struct {
	Name        string // the library, such as "hazmat": file names and the Python and Ruby packages
	Prefix      string // what C names begin with, such as "hz"
	PackagePath string // import path of the package that was read
	PackageName string // its name
	Doc         string // its doc comment

	Constants []*Constant
	Enums     []*Enum
	Structs   []*Struct
	Callbacks []*Callback
	Handles   []*Handle
	Functions []*Function
	// Implementing are the functions to which the caller brings an
	// implementation of a handle's interface.
	Implementing []*Function

	Status *Enum // the enum that every fallible call returns; also in Enums
}

// SOVersion is the number in the library's file name. Something that is removed
// or changed raises it; an addition raises only the ABI version.
func (a *API) SOVersion() int { return 1 }

// Version is the ABI version: the highest version that anything appeared in.
func (a *API) Version() int {
	version := 1
	for _, f := range a.All() {
		version = max(version, f.Since)
	}
	return version
}

// Constant is a number or a text that is published as a macro and as a
// function.
type Constant struct {
	GoName string
	Name   string // snake case, such as "max_digest_size"
	Doc    string
	Text   string // the value of a text constant
	Number uint64 // the value of a number constant
	IsText bool
	Pos    token.Position
}

// Enum is a named integer type with constants; 32 bits in every language.
type Enum struct {
	GoName string
	Name   string // snake case, such as "cipher_algorithm"
	Doc    string
	Values []*EnumValue
	Pos    token.Position
}

// EnumValue is one constant of an enum.
type EnumValue struct {
	GoName string
	Name   string // upper snake case, such as "CIPHER_AES"
	Short  string // without the word that all constants of the enum share, such as "AES"
	Number uint32
	Doc    string
	Text   string // for a status: its short text
	Error  string // for a status: "value", "attribute", "runtime", "memory" or the GoName of another status
	Pos    token.Position
}

// Struct is a set of parameters passed by pointer. Its C form begins with a
// size field, so that fields may be appended later.
type Struct struct {
	GoName string
	Name   string // snake case, such as "cipher"
	Doc    string
	Fields []*Field
	Pos    token.Position
}

// Field is a field of a struct: Bool, Size, Uint32, Uint64, EnumKind, String
// or Bytes.
type Field struct {
	Value
	Doc string
}

// Handle is an interface whose values cross the boundary as opaque pointers.
type Handle struct {
	GoName string
	Name   string // snake case, such as "hash_context"
	Doc    string
	Shared bool    // any number of threads may use it at once
	Close  bool    // freeing it calls Close
	Reopen *Reopen // set if the handle survives fork()
	Pos    token.Position
}

// Methods returns the methods that an implementation of the handle's interface
// has: those of the interface itself, then those of its facets. A method that
// takes a callback is not one of them, since its Go function has no address
// that C could be given, nor is one of a sealed facet.
func (a *API) Methods(h *Handle) []*Function {
	var methods []*Function
	for _, f := range a.Functions {
		if f.Self == h && !f.IsFree && !f.Sealed && !f.takes(Func) {
			methods = append(methods, f)
		}
	}
	return methods
}

// takes reports whether an input is of a kind.
func (f *Function) takes(kind Kind) bool {
	return slices.ContainsFunc(f.In, func(v *Value) bool { return v.Kind == kind })
}

// Facets returns the names of the facets that an implementation of the handle's
// interface may have, in source order.
func (a *API) Facets(h *Handle) []string {
	var facets []string
	for _, f := range a.Functions {
		if f.Self == h && f.Facet != "" && !f.Sealed && !slices.Contains(facets, f.Facet) {
			facets = append(facets, f.Facet)
		}
	}
	return facets
}

// All returns all functions, in the order in which they are emitted.
func (a *API) All() []*Function { return slices.Concat(a.Functions, a.Implementing) }

// Reopen says how a handle is made again in a forked child: Name is asked for
// when the handle is made, and what it answers is given to Open in the child.
type Reopen struct {
	Open, Name *Function
}

// Callback is a function type that the caller implements.
type Callback struct {
	GoName string
	Name   string // snake case, such as "cipher_adapter"
	Doc    string
	In     []*Value
	Out    *Value // nil, or one of Bool, Size, Uint32, Uint64, EnumKind, Object
	Pos    token.Position
}

// Function is anything that can be called: a function of the package, a method
// of an enum (its receiver is the first of In), or a method of a handle. Every
// function returns a status; a Go function without an error result fails only
// for its arguments.
type Function struct {
	GoName string
	Name   string // C name without prefix, such as "hash_context_update"
	Method string // snake case of GoName, such as "update"
	Doc    string
	Since  int // ABI version it appeared in

	Self    *Handle    // the handle it is a method of, or nil
	Recv    *Enum      // the enum it is a method of, or nil
	Facet   string     // GoName of the interface that Self must also have, or ""
	Missing *EnumValue // status when Self lacks the facet
	Sealed  bool       // no implementation of the caller's has the facet
	Shaped  bool       // a language may add to the facet by hand

	In      []*Value
	Out     *Value // nil if there is none
	HasErr  bool   // the Go function returns an error
	IsFree  bool   // the destructor of Self
	IsNew   bool   // makes a handle of the caller's implementation
	Replays bool   // called again in a forked child, with the arguments it had

	Pos token.Position
}

// Kind says how a value crosses the boundary; it has one mapping in each
// language.
type Kind int

// The kinds. The table in docs/generator.md shows each in each language.
const (
	Bool      Kind = iota + 1
	Size           // Go int: a count or a length
	Uint32         //
	Uint64         //
	EnumKind       // Enum is set
	String         // UTF-8; as output copied into the caller's buffer
	Strings        // output only: a list of strings
	List           // output only: a list of numbers, or of codes if Enum is set
	Bytes          // as input any bytes; as output at most Cap bytes
	BytesList      // input only: a list of bytes
	Fill           // output only: exactly as many bytes as the caller asks for
	StructPtr      // input only: Struct is set
	HandleRef      // as output a new handle, as input to a callback a borrowed one; Handle is set
	Func           // input only: Callback is set
	Impl           // input only: the caller's implementation of Handle
	Address        // output only: where something is in memory
	Object         // output of a callback only: a handle, or an address that the callee understands
)

// Value is a parameter, a result or a field.
type Value struct {
	GoName string
	Name   string // snake case
	Kind   Kind

	Enum     *Enum
	Struct   *Struct
	Handle   *Handle
	Callback *Callback
	Cap      Sum // for Bytes as output: room that is always enough
}

// Sum is the size of an output buffer: lengths of inputs plus constants.
type Sum []Term

// Term is one summand: the length of an input, which is that of all its items
// together if it is a list, or a constant or a number. The last two may be
// there for each item of a list.
type Term struct {
	Len      *Value
	Each     *Value // the list, or nil
	Constant *Constant
	Number   uint64
}
