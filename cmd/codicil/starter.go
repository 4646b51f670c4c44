package main

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"text/template"

	"github.com/codicil/codicil/policy/worktree"
)

//go:embed starter
var starterFiles embed.FS

// starter is a file that init or new writes where none stands.
type starter struct {
	source string // in the folder starter
	target string
	mode   fs.FileMode
	below  string // the folder of the policies below the root of the repository; empty for the root
}

// write puts the file in its place and reports whether it did: what stands
// there already is never touched.
func (s starter) write(facts any) (bool, error) {
	if _, err := os.Lstat(s.target); !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	text, err := s.fill(facts)
	if err != nil {
		return false, err
	}
	if err := os.MkdirAll(filepath.Dir(s.target), 0o755); err != nil {
		return false, fmt.Errorf("make a folder: %w", err)
	}
	if err := worktree.Write(s.target, text); err != nil {
		return false, err
	}
	return true, os.Chmod(s.target, s.mode)
}

// installed stands in the workflows for the version that CI installs.
const installed = "cmd/codicil@VERSION"

// firstRelease is what CI installs where a program that is no release, such as
// one in development, has written the workflows.
const firstRelease = "v1.0.0"

// inFolder has a workflow work in the folder of the policies, and run only where
// something in it changes.
func (s starter) inFolder(text []byte) []byte {
	if s.below == "" {
		return text
	}
	for _, verb := range []string{"check", "build", "notify"} {
		text = bytes.ReplaceAll(text, []byte("codicil "+verb+" "), []byte("codicil -C '"+s.below+"' "+verb+" "))
	}
	paths := "    paths: [\"" + s.below + "/**\"]\n"
	text = bytes.Replace(text, []byte("  pull_request:\n"), []byte("  pull_request:\n"+paths), 1)
	return bytes.Replace(text, []byte("  push:\n"), []byte("  push:\n"+paths), 1)
}

// fill returns the text of the file. Only a policy has facts to fill in: the
// others hold braces of their own, and the version of this program, so that CI
// judges as it did when they were written.
func (s starter) fill(facts any) ([]byte, error) {
	text, err := starterFiles.ReadFile("starter/" + s.source)
	if err != nil || facts == nil {
		release := "v" + version()
		if strings.ContainsAny(release, "()+-") {
			release = firstRelease
		}
		return s.inFolder(bytes.ReplaceAll(text, []byte(installed), []byte(strings.Replace(installed, "VERSION", release, 1)))), err
	}
	t, err := template.New(s.source).Option("missingkey=error").Parse(string(text))
	if err != nil {
		return nil, fmt.Errorf("starter %s: %w", s.source, err)
	}
	var b bytes.Buffer
	if err := t.Execute(&b, facts); err != nil {
		return nil, fmt.Errorf("starter %s: %w", s.source, err)
	}
	return b.Bytes(), nil
}
