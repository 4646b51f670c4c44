package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// ruleIDs finds the rules that the code of a package names in what it reports:
// what is given to a field called Rule, to a variable called rule, or to a
// parameter of that name. What it cannot trace it notes as unknown, so that no
// id escapes.
type ruleIDs struct {
	set        *token.FileSet
	parameters map[string][]int    // of functions, by name: which parameter may be a rule
	texts      map[string][]string // of constants, and what functions return, by name
	ids        map[string]token.Position
	unknown    []token.Position
}

// ruleID is how rules are called; other texts are given to functions that have
// the name of one that takes a rule.
var ruleID = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func findRules(t *testing.T, files []string) *ruleIDs {
	t.Helper()
	r := &ruleIDs{
		set: token.NewFileSet(), parameters: make(map[string][]int), texts: make(map[string][]string), ids: make(map[string]token.Position),
	}
	var parsed []*ast.File
	for _, name := range files {
		file, err := parser.ParseFile(r.set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		parsed = append(parsed, file)
	}
	for _, look := range []func(ast.Node){r.declaration, r.use} {
		for _, file := range parsed {
			ast.Inspect(file, func(n ast.Node) bool {
				look(n)
				return true
			})
		}
	}
	return r
}

// declaration notes functions that take or return a rule, and constants.
func (r *ruleIDs) declaration(n ast.Node) {
	switch n := n.(type) {
	case *ast.FuncDecl:
		r.parameter(n.Name.Name, n.Type)
		if n.Body != nil && strings.HasSuffix(n.Name.Name, "Rule") {
			ast.Inspect(n.Body, func(inner ast.Node) bool {
				if result, ok := inner.(*ast.ReturnStmt); ok && len(result.Results) > 0 {
					r.noteText(n.Name.Name, result.Results[0])
				}
				return true
			})
		}
	case *ast.AssignStmt:
		for i, right := range n.Rhs {
			if f, ok := right.(*ast.FuncLit); ok {
				r.parameter(nameOf(n.Lhs[i]), f.Type)
			}
		}
	case *ast.ValueSpec:
		for i, name := range n.Names {
			if i < len(n.Values) {
				r.noteText(name.Name, n.Values[i])
			}
		}
	}
}

func (r *ruleIDs) noteText(name string, e ast.Expr) {
	if text, ok := text(e); ok {
		r.texts[name] = append(r.texts[name], text)
	}
}

func (r *ruleIDs) parameter(function string, f *ast.FuncType) {
	at := 0
	for _, field := range f.Params.List {
		for _, name := range field.Names {
			if name.Name == "rule" && nameOf(field.Type) == "string" {
				r.parameters[function] = append(r.parameters[function], at)
			}
			at++
		}
	}
}

// use notes what is given as a rule.
func (r *ruleIDs) use(n ast.Node) {
	switch n := n.(type) {
	case *ast.KeyValueExpr:
		if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Rule" && !r.given(n.Value) {
			r.unknown = append(r.unknown, r.set.Position(n.Pos()))
		}
	case *ast.AssignStmt:
		for i, left := range n.Lhs {
			if name := nameOf(left); (name == "rule" || name == "Rule") && len(n.Rhs) == len(n.Lhs) {
				r.given(n.Rhs[i])
			}
		}
	case *ast.CallExpr:
		for _, at := range r.parameters[nameOf(n.Fun)] {
			if at < len(n.Args) {
				r.given(n.Args[at])
			}
		}
	}
}

// given notes the rules that an expression may be, and reports whether it can
// tell which they are.
func (r *ruleIDs) given(e ast.Expr) bool {
	name := nameOf(e)
	if call, ok := e.(*ast.CallExpr); ok {
		name = nameOf(call.Fun)
	}
	texts := r.texts[name]
	if id, ok := text(e); ok {
		texts = []string{id}
	}
	for _, id := range texts {
		if ruleID.MatchString(id) {
			r.ids[id] = r.set.Position(e.Pos())
		}
	}
	// What bears such a name came from elsewhere, where it was noted.
	return len(texts) > 0 || name == "rule" || name == "Rule" || name == "ID"
}

func text(e ast.Expr) (string, bool) {
	value, ok := e.(*ast.BasicLit)
	if !ok || value.Kind != token.STRING {
		return "", false
	}
	id, err := strconv.Unquote(value.Value)
	return id, err == nil
}

func nameOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// TestEveryRuleThatAVerbNamesIsInTheBook looks at every package but the judge's
// own, whose rules are the book of assess.
func TestEveryRuleThatAVerbNamesIsInTheBook(t *testing.T) {
	packages := make(map[string][]string)
	for _, name := range sources(t) {
		if dir := filepath.Dir(name); !strings.Contains(dir, "materiality") && !strings.HasSuffix(name, "_test.go") {
			packages[dir] = append(packages[dir], name)
		}
	}
	seen := 0
	for _, files := range packages {
		found := findRules(t, files)
		for id, at := range found.ids {
			seen++
			if r, ok := ruleByID(id); !ok || r.Title == "" || r.Reason == "" {
				t.Errorf("%s: rule %q is not in the book", at, id)
			}
		}
		for _, at := range found.unknown {
			t.Errorf("%s: which rule is this? Give a text or a constant", at)
		}
	}
	if seen < 80 {
		t.Errorf("only %d rules were found in the source", seen)
	}
}

func TestEveryRuleOfTheBookIsExplainedOnce(t *testing.T) {
	var ids []string
	for _, r := range book() {
		if slices.Contains(ids, r.ID) {
			t.Errorf("%s is in the book twice", r.ID)
		}
		if r.Title == "" || r.Reason == "" {
			t.Errorf("%s has no title or no reason", r.ID)
		}
		ids = append(ids, r.ID)
	}
}
