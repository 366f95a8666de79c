package main

import (
	"fmt"

	"github.com/hazmat/hazmat/gen/cabi"
	"github.com/hazmat/hazmat/gen/goexports"
	"github.com/hazmat/hazmat/gen/model"
	"github.com/hazmat/hazmat/gen/python"
	"github.com/hazmat/hazmat/gen/ruby"
)

// generate returns all generated files of an API by their path in the tree.
func generate(api *model.API) (map[string][]byte, error) {
	files := map[string][]byte{
		"capi/front/" + api.Name + ".map": cabi.Map(api),
		"tests/c/symbols.txt":             cabi.SymbolList(api),
	}
	for path, emit := range map[string]func(*model.API) ([]byte, error){
		"include/" + api.Name + ".h":                cabi.Header,
		"capi/front/zz_front.c":                     cabi.Front,
		"capi/front/zz_core.h":                      cabi.CoreHeader,
		"capi/zz_exports.go":                        goexports.Emit,
		"docs/reference.md":                         cabi.Reference,
		"capi/zz_exports_test.go":                   goexports.EmitTable,
		"bindings/ruby/lib/" + api.Name + "/abi.rb": ruby.Emit,
		"bindings/ruby/sig/abi.rbs":                 ruby.EmitSignatures,
	} {
		content, err := emit(api)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		files[path] = content
	}
	modules, err := python.Emit(api)
	if err != nil {
		return nil, fmt.Errorf("python: %w", err)
	}
	for name, content := range modules {
		files["bindings/python/src/"+api.Name+"/"+name] = content
	}
	return files, nil
}
