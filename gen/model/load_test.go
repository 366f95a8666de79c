package model

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

// statuses is what every API needs, as source.
const statuses = `
// Status is an outcome.
//
//hz:export
//hz:status
type Status uint32

const (
	// OK is success.
	OK Status = 0 // ok
	// ErrNullPointer is one.
	//
	//hz:error value
	ErrNullPointer Status = 1 // one
	// ErrInvalidHandle is one.
	//
	//hz:error value
	ErrInvalidHandle Status = 2 // one
	// ErrStaleHandle is one.
	//
	//hz:error ErrInvalidHandle
	ErrStaleHandle Status = 3 // one
	// ErrBusy is one.
	//
	//hz:error runtime
	ErrBusy Status = 4 // one
	// ErrBufferTooSmall is one.
	//
	//hz:error value
	ErrBufferTooSmall Status = 5 // one
	// ErrInvalidArgument is one.
	//
	//hz:error value
	ErrInvalidArgument Status = 6 // one
	// ErrCallback is one.
	//
	//hz:error runtime
	ErrCallback Status = 7 // one
	// ErrLoad is one.
	//
	//hz:error runtime
	ErrLoad Status = 8 // one
	// ErrOutOfMemory is one.
	//
	//hz:error memory
	ErrOutOfMemory Status = 9 // one
	// ErrInternal is one.
	//
	//hz:error runtime
	ErrInternal Status = 10 // one
)

func (Status) Error() string { return "" }
`

// noImports refuses every import: finding a package's export data takes seconds.
type noImports struct{}

func (noImports) Import(path string) (*types.Package, error) {
	return nil, fmt.Errorf("%s: sources here import nothing", path)
}

// parse type-checks source, which stands on top of statuses.
func parse(source string) (*packages.Package, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "bad.go", "package bad\n"+source+statuses, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
	}
	config := types.Config{Importer: noImports{}, Error: func(error) {}}
	checked, err := config.Check("bad", fset, []*ast.File{file}, info)
	if err != nil {
		return nil, err
	}
	return &packages.Package{Name: "bad", PkgPath: "bad", Fset: fset, Syntax: []*ast.File{file}, Types: checked, TypesInfo: info}, nil
}

// Line 2 of a file is the first of its source.
func TestRefusals(t *testing.T) {
	for _, c := range []struct{ name, source, want string }{
		{"undocumented function", "\n//hz:export\nfunc F() {}\n", "bad.go:4: F has no doc comment"},
		{"undocumented method", "// H is.\n//hz:export\ntype H interface{ M() }\n", "bad.go:4: M has no doc comment"},
		{"undocumented enum", "\n//hz:export\ntype E uint32\n", "bad.go:4: E has no doc comment"},
		{"undocumented value", "// E is.\n//hz:export\ntype E uint32\nconst EOne E = 1\n", "bad.go:5: EOne has no doc comment"},
		{"undocumented field", "// S is.\n//hz:export\ntype S struct{ F bool }\n", "bad.go:4: S.F has no doc comment"},
		{"undocumented constant", "\n//hz:export\nconst C = 1\n", "bad.go:4: C has no doc comment"},
		{"undocumented facet", "// H is.\n//hz:export\ntype H interface{}\n//hz:export\ntype G interface{ H }\n", "G has no doc comment"},
		{"unmapped parameter", "// F is.\n//hz:export\nfunc F(p map[int]int) {}\n", "bad.go:4: parameter p of F has no mapping: map[int]int"},
		{"unmapped result", "// F is.\n//hz:export\nfunc F() float64 { return 0 }\n", "bad.go:4: the result of F has no mapping: float64"},
		{"unmapped slice", "// F is.\n//hz:export\nfunc F(p []int) {}\n", "bad.go:4: parameter p of F has no mapping"},
		{"unexported type", "// F is.\n//hz:export\nfunc F(p hidden) {}\ntype hidden uint32\n", "bad.go:4: parameter p of F has no mapping"},
		{"unmapped field", "// S is.\n//hz:export\ntype S struct{\n// F is.\nF []string }\n", "bad.go:6: field F of S has no mapping"},
		{"enum of another size", "// E is.\n//hz:export\ntype E uint64\n", "bad.go:4: type E is uint64; an enum must be uint32"},
		{"unmapped type", "// E is.\n//hz:export\ntype E chan int\n", "bad.go:4: type E has no mapping"},
		{"two results", "// F is.\n//hz:export\nfunc F() (a, b int) { return }\n", "bad.go:4: F must return at most one value, then at most one error"},
		{"dst without cap", "// F is.\n//hz:export\nfunc F(dst []byte) (n int) { return }\n", "bad.go:4: F: //hz:cap belongs to"},
		{"cap without dst", "// F is.\n//hz:cap 1\n//hz:export\nfunc F() {}\n", "bad.go:5: F: //hz:cap belongs to"},
		{"bad cap", "// F is.\n//hz:export\n//hz:cap len(q)\nfunc F(dst, p []byte) (n int) { return }\n", `//hz:cap of F: "len(q)" is no length`},
		{"no length for dst", "// F is.\n//hz:export\nfunc F(dst []byte) bool { return true }\n", "bad.go:4: F writes to dst, so its result must be the length"},
		{"colliding functions", "// F is.\n//hz:export\nfunc FA() {}\n// F is.\n//hz:export\n//hz:name fa\nfunc G() {}\n", "name fa collides with the one at bad.go:4"},
		{"collision with the runtime", "// F is.\n//hz:export\nfunc Load() {}\n", "name load collides"},
		{"collision with the free function", "// HFree is.\n//hz:export\nfunc HFree() {}\n// H is.\n//hz:export\ntype H interface{}\n", "name h_free collides"},
		{"colliding parameters", "// F is.\n//hz:export\nfunc F(a []byte, a_len bool) {}\n", "parameter a_len collides"},
		{"colliding codes", "// E is.\n//hz:export\ntype E uint32\nconst (\n// A is.\nEA E = 1\n// B is.\nEB E = 1\n)\n", "EA and EB have the same code 1"},
		{"reserved parameter", "// F is.\n//hz:export\nfunc F(class bool) {}\n", "bad.go:4: parameter class is a reserved word"},
		{"reserved field", "// S is.\n//hz:export\ntype S struct{\n// End is.\nEnd bool }\n", "field end is a reserved word"},
		{"unknown directive", "// F is.\n//hz:exprot\nfunc F() {}\n", "bad.go:3: unknown directive //hz:exprot"},
		{"directive twice", "// F is.\n//hz:export\n//hz:export\nfunc F() {}\n", "bad.go:4: directive //hz:export twice"},
		{"directive with too few words", "// F is.\n//hz:export\n//hz:since\nfunc F() {}\n", "bad.go:4: directive //hz:since takes 1 words, not 0"},
		{"bad version", "// F is.\n//hz:export\n//hz:since 0\nfunc F() {}\n", "//hz:since 0 is not a version"},
		{"dead link", "// F is like [Nowhere].\n//hz:export\nfunc F() {}\n", "bad.go:4: the doc comment of F links to [Nowhere]"},
		{"method of no enum", "// F is.\n//hz:export\nfunc (t T) F() {}\ntype T struct{}\n", "bad.go:4: method F: only methods of enums"},
		{"facet of two", "// H is.\n//hz:export\ntype H interface{}\n// I is.\n//hz:export\ntype I interface{}\n// G is.\n//hz:export\ntype G interface{ H; I }\n", "interface G must embed one exported interface and no other"},
		{"facet of nothing", "// G is.\n//hz:export\ntype G interface{ error }\n", "interface G must embed one exported interface"},
		{"facet without a status", "// H is.\n//hz:export\ntype H interface{}\n// G is.\n//hz:export\ntype G interface{\nH\n// M is.\nM() }\n", `no status is named ""`},
		{"callback without an error", "// C is.\n//hz:export\ntype C func()\n", "bad.go:4: callback C must return at most one value, and an error"},
		{"callback with an unmapped parameter", "// C is.\n//hz:export\ntype C func(f func()) error\n", `parameter "f" of callback C has no mapping`},
		{"callback not last", "// C is.\n//hz:export\ntype C func() error\n// F is.\n//hz:export\nfunc F(c C, b bool) {}\n", "F: what the caller implements must be the last parameter"},
		{"reopen of nothing", "// H is.\n//hz:export\n//hz:reopen Open Name\ntype H interface{}\n", "bad.go:5: //hz:reopen Open Name: there are no such"},
		{"replay without a name", "// H is.\n//hz:export\ntype H interface{\n// M is.\n//hz:replay\nM() error }\n", "M: //hz:replay needs no handle or one that is reopened"},
		{"Close with a result", "// H is.\n//hz:export\ntype H interface{\n// Close is.\nClose() error }\n", "Close must be a method of H itself, with no parameters and no results"},
		{"status without a text", "// E is.\n//hz:export\ntype E uint32\n// ErrX is.\n//hz:error value\nconst ErrX Status = 99\n", "status ErrX has no text"},
		{"status without a family", "// ErrX is.\nconst ErrX Status = 99 // x\n", "status ErrX needs //hz:error"},
	} {
		t.Run(c.name, func(t *testing.T) {
			pkg, err := parse(c.source)
			if err != nil {
				t.Fatalf("the source itself is wrong: %v", err)
			}
			if _, err = fromPackage(pkg, "bad", "bad"); err == nil {
				t.Fatalf("accepted; want an error with %q", c.want)
			} else if !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %q; want it to have %q", err, c.want)
			}
		})
	}
}

func TestAcceptsTheLeast(t *testing.T) {
	pkg, err := parse("")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fromPackage(pkg, "bad", "bad"); err != nil {
		t.Error(err)
	}
}

func TestLoadOfNoPackage(t *testing.T) {
	if _, err := Load(t.TempDir(), "x", "x"); err == nil {
		t.Error("a folder without a package was loaded")
	}
}

func TestSnake(t *testing.T) {
	for name, want := range map[string]string{
		"CreateHMACCtx": "create_hmac_ctx", "HashSHA512_256": "hash_sha512_256", "HashBLAKE2b": "hash_blake2b",
		"MinTagLength": "min_tag_length", "IV": "iv", "MaxGCMNonceSize": "max_gcm_nonce_size", "dst": "dst",
	} {
		if got := snake(name); got != want {
			t.Errorf("snake(%q) = %q, want %q", name, got, want)
		}
	}
}

// Two sides of the boundary must refuse each other when anything that they must
// agree on differs, and only then.
func TestHashCoversTheABI(t *testing.T) {
	hash := func(source string) string {
		pkg, err := parse(source)
		if err != nil {
			t.Fatal(err)
		}
		api, err := fromPackage(pkg, "bad", "bad")
		if err != nil {
			t.Fatal(err)
		}
		return api.Hash()
	}
	const base = "// F is.\n//hz:export\nfunc F(a bool) {}\n"
	first := hash(base)
	if hash(strings.Replace(base, "F is.", "F was.", 1)) != first {
		t.Error("the hash depends on a doc text")
	}
	for name, source := range map[string]string{
		"name":      strings.Replace(base, "func F", "func G", 1),
		"parameter": strings.Replace(base, "a bool", "b bool", 1),
		"kind":      strings.Replace(base, "a bool", "a uint32", 1),
		"result":    strings.Replace(base, ") {}", ") bool { return a }", 1),
		"since":     strings.Replace(base, "//hz:export", "//hz:export\n//hz:since 2", 1),
		"addition":  base + "// C is.\n//hz:export\nconst C = 1\n",
	} {
		if hash(source) == first {
			t.Errorf("the hash does not depend on a %s", name)
		}
	}
}

// FuzzLoad gives the loader any source that compiles. It may refuse, and must
// not panic.
func FuzzLoad(f *testing.F) {
	var interfaces strings.Builder
	for _, name := range []string{"algorithms", "backend", "cipher", "hash", "hmac"} {
		source, err := os.ReadFile("../../backends/" + name + ".go")
		if err != nil {
			f.Fatal(err)
		}
		interfaces.Write(bytes.TrimPrefix(source, []byte("package backends\n")))
	}
	if _, err := parse(interfaces.String()); err != nil {
		f.Fatalf("the interfaces are no good seed: %v", err)
	}
	f.Add(interfaces.String())
	f.Add("// F is.\n//hz:export\n//hz:cap len(p)+1\nfunc F(dst, p []byte) (n int, err error) { return }\n")
	f.Add("//hz:export\ntype T interface{ T }\n")
	f.Add("// S is.\n//hz:export\ntype S struct{ S *S }\n")
	f.Fuzz(func(t *testing.T, source string) {
		pkg, err := parse(source)
		if err != nil {
			return // does not compile
		}
		_, _ = fromPackage(pkg, "bad", "bad")
	})
}
