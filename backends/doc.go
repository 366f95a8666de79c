// Package backends says what a cryptographic backend is: the interfaces, the
// algorithms, the errors and the registry.
//
// It is the single source of truth of hazmat. The generator in gen/ reads this
// package and writes the C header, the exports of the Go core, the C front and
// the Python and Ruby tables from it, so a doc comment here is also the text
// that a C, Python or Ruby user reads. Directives of the form //hz:word say
// what Go's own syntax cannot; docs/generator.md lists them.
//
// Three kinds of code use it: programs, which open a backend and create
// contexts; backends, which implement the interfaces (most easily on top of
// package engine, which holds the states and checks that every backend
// shares); and the C boundary in capi/.
package backends
