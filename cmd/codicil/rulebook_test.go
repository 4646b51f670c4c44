package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// ruleIDs lists the rules that findings name in the source of a package.
func ruleIDs(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "..", dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, name := range files {
		if base := filepath.Base(name); strings.HasSuffix(base, "_test.go") {
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
	for _, dir := range []string{"policy", "policy/history", "policy/notice", "policy/repair", "policy/review", "policy/integrity", "site", "cmd/codicil"} {
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
