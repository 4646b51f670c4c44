package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// sumName is the file that pins what was published, as go.sum pins modules.
const sumName = "codicil.sum"

// sumLine pins one version: privacy@1.0 SHA256 EFFECTIVE COMMIT.
type sumLine struct {
	ref, sha256, effective, commit string
	line                           int
}

func (s sumLine) String() string {
	return strings.Join([]string{s.ref, s.sha256, s.effective, s.commit}, " ")
}

// sumFile returns where the pins of this workspace are kept.
func (w *workspace) sumFile() string { return filepath.Join(w.config.dir, sumName) }

// readSum reads the pins. A workspace without the file has none.
func (w *workspace) readSum() ([]sumLine, error) {
	src, err := os.ReadFile(w.sumFile())
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the digests: %w", err)
	}
	return parseSum(w.sumFile(), src)
}

// parseSum reads the lines of a sum file, each version once.
func parseSum(file string, src []byte) ([]sumLine, error) {
	var lines []sumLine
	first := make(map[string]int)
	n := 0
	fault := func(message string) error {
		return &policy.Diagnostic{
			File: file, Line: n, Column: 1, Level: policy.Error, Rule: "sum-form", Message: message,
			Hint: "restore the file from git; `codicil verify --update` adds what is not pinned yet",
		}
	}
	for text := range strings.Lines(string(src)) {
		n++
		fields := strings.Fields(text)
		switch {
		case len(fields) == 0 || strings.HasPrefix(fields[0], "#"):
			continue
		case len(fields) != 4:
			return nil, fault("a line holds four words: id@label, sha256, effective date, commit")
		case first[fields[0]] > 0:
			return nil, fault(fmt.Sprintf("%s is pinned twice, first on line %d", fields[0], first[fields[0]]))
		}
		first[fields[0]] = n
		lines = append(lines, sumLine{fields[0], fields[1], fields[2], fields[3], n})
	}
	return lines, nil
}

// pins returns what the history says should be pinned, sorted.
func (w *workspace) pins() []sumLine {
	var lines []sumLine
	for _, p := range w.history.Policies {
		for _, v := range p.Versions {
			lines = append(lines, pinOf(p, v))
		}
	}
	sortPins(lines)
	return lines
}

func pinOf(p *policy.Policy, v *policy.Version) sumLine {
	return sumLine{ref: p.Ref(v), sha256: v.SHA256, effective: v.Effective.String(), commit: v.Commit}
}

func sortPins(lines []sumLine) {
	slices.SortFunc(lines, func(a, b sumLine) int { return cmp.Compare(a.ref, b.ref) })
}

// pinFindings returns what is wrong with the pins, a file that cannot be read
// among it.
func (w *workspace) pinFindings() ([]*policy.Diagnostic, error) {
	if w.history.Shallow { // what is cut off is not gone
		return nil, nil
	}
	found, err := w.changedPins()
	if fault := (*policy.Diagnostic)(nil); errors.As(err, &fault) {
		return []*policy.Diagnostic{fault}, nil
	}
	return found, err
}

// sumHead explains the file to who opens it.
const sumHead = "# What was published: id@label sha256 effective commit. Check a line with git alone:\n" +
	"#   git show COMMIT:PATH | sha256sum\n"

// writeSum pins every version of the history that is not pinned yet. What is
// pinned stays as it is.
func (w *workspace) writeSum(pinned []sumLine) error {
	lines := slices.Clone(pinned)
	for _, line := range w.pins() {
		if !slices.ContainsFunc(pinned, func(p sumLine) bool { return p.ref == line.ref }) {
			lines = append(lines, line)
		}
	}
	sortPins(lines)
	var b strings.Builder
	b.WriteString(sumHead)
	for _, line := range lines {
		b.WriteString(line.String() + "\n")
	}
	return writeFile(w.sumFile(), []byte(b.String()))
}
