package starter

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

//go:embed files
var files embed.FS

// File is a file that is written where there is none.
type File struct {
	source string // in the folder files
	target string
	mode   fs.FileMode
	below  string // the folder of the policies below the root of the repository; empty for the root
}

// write puts the file in its place and reports whether it did: what is there
// already is never touched.
func (f File) write(release string, facts *facts) (bool, error) {
	if _, err := os.Lstat(f.target); !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	text, err := f.fill(release, facts)
	if err != nil {
		return false, err
	}
	if f.source == hook {
		return true, writeHook(f.target, text, f.mode)
	}
	if err := worktree.MakeFolder(filepath.Dir(f.target), 0o755); err != nil {
		return false, fmt.Errorf("make a folder: %w", err)
	}
	if err := worktree.Write(f.target, text); err != nil {
		return false, err
	}
	return true, os.Chmod(f.target, f.mode)
}

// hook is the one file that goes into git's own folder, which is otherwise
// never written to.
const hook = "pre-commit"

// writeHook writes the hook into the folder that git made for it.
func writeHook(name string, text []byte, mode fs.FileMode) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Close())
}

// placeholder is what the workflows say in place of the version that CI
// installs.
const placeholder = "cmd/codicil@VERSION"

// firstRelease is what CI installs where a program that is no release, such as
// one in development, has written the workflows.
const firstRelease = "v1.0.0"

// inFolder has a workflow work in the folder of the policies, and run only where
// something in it changes.
func (f File) inFolder(text []byte) []byte {
	if f.below == "" {
		return text
	}
	for _, verb := range []string{"check", "build", "notify", "verify", "expand"} {
		text = bytes.ReplaceAll(text, []byte("codicil "+verb+" "), []byte("codicil -C '"+f.below+"' "+verb+" "))
	}
	paths := "    paths: [\"" + f.below + "/**\"]\n"
	text = bytes.Replace(text, []byte("  pull_request:\n"), []byte("  pull_request:\n"+paths), 1)
	return bytes.Replace(text, []byte("  push:\n"), []byte("  push:\n"+paths), 1)
}

// fill returns the text of the file. Only a policy has facts to fill in: the
// others hold braces of their own, and the release of the program that writes
// them, so that CI judges as it did when they were written.
func (f File) fill(release string, facts *facts) ([]byte, error) {
	text, err := files.ReadFile("files/" + f.source)
	if err != nil || facts == nil {
		release = "v" + release
		if strings.ContainsAny(release, "()+-") {
			release = firstRelease
		}
		return f.inFolder(bytes.ReplaceAll(text, []byte(placeholder), []byte(strings.Replace(placeholder, "VERSION", release, 1)))), err
	}
	t, err := template.New(f.source).Option("missingkey=error").Parse(string(text))
	if err != nil {
		return nil, fmt.Errorf("starter %s: %w", f.source, err)
	}
	var b bytes.Buffer
	if err := t.Execute(&b, facts); err != nil {
		return nil, fmt.Errorf("starter %s: %w", f.source, err)
	}
	return b.Bytes(), nil
}
