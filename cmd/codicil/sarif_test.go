package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/xeipuuv/gojsonschema"

	"github.com/codicil/codicil/policy"
)

// sarifSchema returns the schema that the standard publishes, as the source of
// a well-known library has it: it is no exported name there.
func sarifSchema(t *testing.T) string {
	t.Helper()
	_ = sarif.NewReport // the module must be there
	dir := goList(t, "{{.Dir}}", "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif")[0]
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, "schema.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	value := file.Scope.Lookup("schema").Decl.(*ast.ValueSpec).Values[0].(*ast.BasicLit).Value
	schema, err := strconv.Unquote(value)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// ruleIDs lists the rules that findings name in the source of a package.
func ruleIDs(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "..", dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, name := range files {
		if base := filepath.Base(name); strings.HasSuffix(base, "_test.go") || strings.HasPrefix(base, "verify") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			pair, ok := n.(*ast.KeyValueExpr)
			if !ok {
				return true
			}
			key, isName := pair.Key.(*ast.Ident)
			value, isText := pair.Value.(*ast.BasicLit)
			if isName && isText && key.Name == "Rule" {
				id, _ := strconv.Unquote(value.Value)
				ids = append(ids, id)
			}
			return true
		})
	}
	return ids
}

func TestEveryRuleThatCheckNamesIsInTheBook(t *testing.T) {
	seen := 0
	for _, dir := range []string{"policy", "policy/history", "policy/notice", "policy/repair", "policy/review", "cmd/codicil"} {
		for _, id := range ruleIDs(t, dir) {
			seen++
			if r, ok := ruleByID(id); !ok || r.Title == "" || r.Reason == "" {
				t.Errorf("%s: rule %q is not in the book", dir, id)
			}
		}
	}
	if seen < 10 {
		t.Errorf("only %d rules were found in the source", seen)
	}
}

func TestSARIFKeepsToItsSchema(t *testing.T) {
	var found []*policy.Diagnostic
	for _, r := range book() {
		found = append(found,
			&policy.Diagnostic{File: "content/privacy.md", Line: 3, Column: 2, Level: policy.Error, Rule: r.ID, Message: "wrong", Hint: "mend it"},
			&policy.Diagnostic{File: "content/terms.md", Level: policy.Warning, Rule: r.ID, Message: "odd: ümläut \u2028"})
	}
	schema := gojsonschema.NewStringLoader(sarifSchema(t))
	for name, list := range map[string][]*policy.Diagnostic{"all rules": found, "nothing": nil, "a rule of nobody": {{Rule: "x", Level: policy.Error, Message: "m", File: "f"}}} {
		result, err := gojsonschema.Validate(schema, gojsonschema.NewGoLoader(sarifOf(list)))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range result.Errors() {
			t.Errorf("%s: %s", name, e)
		}
	}
	broken, err := gojsonschema.Validate(schema, gojsonschema.NewStringLoader(`{"version":"2.1.0","runs":[{"results":[{}]}]}`))
	if err != nil || broken.Valid() {
		t.Errorf("the schema lets through what is none: %v", err)
	}
}
