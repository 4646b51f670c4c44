package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/uudashr/gocognit"
)

// The bounds of this code base. What grows past them wants a second room.
const (
	maxFunctionLines    = 60 // but for tables of data
	medianFunctionLines = 12
	maxComplexity       = 20 // cognitive, as SonarSource counts it
	maxFileLines        = 400
	medianFileLines     = 160
	maxCommandLines     = 5500 // of cmd/codicil without its tests: what is more is product logic in want of a package
)

// TestCodeStaysReadable holds every file to the bounds above, to one comment
// for each package and each exported name, and to no hidden state: no init,
// no panic outside a Must function.
func TestCodeStaysReadable(t *testing.T) {
	var functions, files []int
	command := 0
	described := make(map[string]bool)
	for _, name := range sources(t) {
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		lines := set.File(file.Pos()).LineCount()
		if lines > maxFileLines {
			t.Errorf("%s has %d lines, more than %d", name, lines, maxFileLines)
		}
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		files = append(files, lines)
		folder := filepath.Dir(name)
		if filepath.Base(folder) == "codicil" {
			command += lines
		}
		described[folder] = described[folder] || file.Doc != nil
		for _, declaration := range file.Decls {
			for _, fault := range faultsOf(declaration) {
				t.Errorf("%s: %s", set.Position(declaration.Pos()), fault)
			}
			if f, ok := declaration.(*ast.FuncDecl); ok {
				length := set.Position(f.End()).Line - set.Position(f.Pos()).Line + 1
				functions = append(functions, length)
				if length > maxFunctionLines && !isTable(f) {
					t.Errorf("%s: %s has %d lines, more than %d", name, f.Name.Name, length, maxFunctionLines)
				}
				if n := gocognit.Complexity(f); n > maxComplexity {
					t.Errorf("%s: %s has a cognitive complexity of %d, more than %d", name, f.Name.Name, n, maxComplexity)
				}
			}
		}
	}
	if command > maxCommandLines || command == 0 {
		t.Errorf("the command has %d lines, more than %d", command, maxCommandLines)
	}
	for folder, ok := range described {
		if !ok {
			t.Errorf("package %s has no comment that says what it is", folder)
		}
	}
	if m := median(functions); m > medianFunctionLines {
		t.Errorf("the median function has %d lines, more than %d", m, medianFunctionLines)
	}
	if m := median(files); m > medianFileLines {
		t.Errorf("the median file has %d lines, more than %d", m, medianFileLines)
	}
}

// isTable reports whether a function does nothing but return data.
func isTable(f *ast.FuncDecl) bool {
	if f.Body == nil || len(f.Body.List) != 1 {
		return false
	}
	result, ok := f.Body.List[0].(*ast.ReturnStmt)
	if !ok || len(result.Results) != 1 {
		return false
	}
	value := result.Results[0]
	if address, ok := value.(*ast.UnaryExpr); ok {
		value = address.X
	}
	_, ok = value.(*ast.CompositeLit)
	return ok
}

// sources lists the Go files of the project.
func sources(t *testing.T) []string {
	t.Helper()
	var list []string
	err := filepath.WalkDir(filepath.Join("..", ".."), func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || len(d.Name()) > 2 && d.Name()[0] == '.'):
			return fs.SkipDir
		case filepath.Ext(path) == ".go":
			list = append(list, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// faultsOf says what is amiss with one declaration.
func faultsOf(declaration ast.Decl) []string {
	switch d := declaration.(type) {
	case *ast.FuncDecl:
		return faultsOfFunc(d)
	case *ast.GenDecl:
		return undescribed(d)
	}
	return nil
}

func faultsOfFunc(f *ast.FuncDecl) []string {
	var faults []string
	if f.Name.Name == "init" && f.Recv == nil {
		faults = append(faults, "an init function hides when it runs")
	}
	if f.Doc == nil && f.Name.IsExported() && onExported(f) {
		faults = append(faults, f.Name.Name+" is exported and has no comment")
	}
	ast.Inspect(f, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		if name, ok := call.Fun.(*ast.Ident); ok && name.Name == "panic" && !strings.HasPrefix(f.Name.Name, "Must") {
			faults = append(faults, f.Name.Name+" panics: return an error")
		}
		return true
	})
	return faults
}

// onExported reports whether f is a function, or a method of an exported type.
func onExported(f *ast.FuncDecl) bool {
	if f.Recv == nil {
		return true
	}
	exported := false
	ast.Inspect(f.Recv.List[0].Type, func(n ast.Node) bool {
		if name, ok := n.(*ast.Ident); ok && !exported {
			exported = name.IsExported()
			return false
		}
		return true
	})
	return exported
}

// undescribed names the exported types, constants and variables without a
// comment of their own or of their group.
func undescribed(d *ast.GenDecl) []string {
	var faults []string
	check := func(name *ast.Ident, comments ...*ast.CommentGroup) {
		if name.IsExported() && !slices.ContainsFunc(append(comments, d.Doc), func(c *ast.CommentGroup) bool { return c != nil }) {
			faults = append(faults, name.Name+" is exported and has no comment")
		}
	}
	for _, spec := range d.Specs {
		switch s := spec.(type) {
		case *ast.TypeSpec:
			check(s.Name, s.Doc, s.Comment)
		case *ast.ValueSpec:
			for _, name := range s.Names {
				check(name, s.Doc, s.Comment)
			}
		}
	}
	return faults
}

func median(list []int) int {
	slices.Sort(list)
	return list[len(list)/2]
}
