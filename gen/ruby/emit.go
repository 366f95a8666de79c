// Package ruby emits the Ruby file that calls the C library. It stands on the
// hand-written module Hazmat::Runtime, which knows the kinds of values and no
// function of any library.
package ruby

import (
	"bytes"
	_ "embed"
	"fmt"
	"text/template"

	"github.com/hazmat/hazmat/gen/model"
)

//go:embed abi.rb.tmpl
var abiTemplate string

// Emit returns the file abi.rb. What people use is in a module named after the
// library; parameters that cross as structs, and the library itself, are in the
// module ABI inside it, so that their names are free for other things.
func Emit(api *model.API) ([]byte, error) {
	if err := check(api); err != nil {
		return nil, err
	}
	e := &emitter{api}
	t, err := template.New("abi.rb").Funcs(e.helpers()).Parse(abiTemplate)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := t.Execute(&out, api); err != nil {
		return nil, fmt.Errorf("abi.rb: %w", err)
	}
	return out.Bytes(), nil
}

// emitter holds what the functions of the template need.
type emitter struct {
	api *model.API
}

func (e *emitter) helpers() template.FuncMap {
	return template.FuncMap{
		"abi":           func() string { return abiModule },
		"callbackBlock": e.callbackBlock,
		"callbackTypes": callbackTypes,
		"constant":      constantName,
		"doc":           e.doc,
		"errors":        func() []exception { return exceptions(e.api.Status) },
		"fieldDocs":     e.fieldDocs,
		"fieldKinds":    fieldKinds,
		"fieldParams":   fieldParams,
		"functions":     e.functionsOf,
		"implements":    e.implementations,
		"literal":       literal,
		"maker":         e.maker,
		"methods":       e.methodsOf,
		"methodsClass":  methodsClass,
		"module":        moduleName,
		"quote":         quote,
		"recvFunctions": e.recvFunctionsOf,
		"types":         cTypes,
		"value":         valueName,
	}
}
