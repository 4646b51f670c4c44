package docx

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/needs"
	"github.com/codicil/codicil/policy/redline"
)

// pandocWords returns the words that pandoc reads from documents after
// accepting or rejecting their changes: those that it prints as plain text, or,
// where that folds the cells of a table, those of its tree.
func pandocWords(track string, folded bool, files []string) ([]string, error) {
	writer := "plain"
	if folded {
		writer = "json"
	}
	cmd := exec.Command("pandoc", append([]string{"--track-changes=" + track, "-f", "docx", "-t", writer, "--wrap=none"}, files...)...)
	var faults bytes.Buffer
	cmd.Stderr = &faults
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("pandoc: %w: %s", err, faults.String())
	}
	if !folded {
		return words(string(out)), nil
	}
	var tree any
	if err := json.Unmarshal(out, &tree); err != nil {
		return nil, err
	}
	var b strings.Builder
	pandocText(&b, tree)
	return words(b.String()), nil
}

// folded reports whether a cell of a document has several lines. Pandoc's
// plain writer prints those of a row side by side, so that words change their
// order.
func folded(d *policy.Document) bool {
	seen := make(map[*policy.Container]bool)
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if !inTable(b) {
			continue
		}
		at := cells(b)
		cell := at[len(at)-1]
		if seen[cell] || len(at) > 3 || strings.Contains(strings.TrimSpace(b.Text()), "\n") {
			return true
		}
		seen[cell] = true
	}
	return false
}

// pandocText writes the words of pandoc's tree.
func pandocText(b *strings.Builder, v any) {
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			pandocText(b, x)
		}
	case map[string]any:
		switch v["t"] {
		case nil:
			pandocText(b, v["blocks"])
		case "Str":
			b.WriteString(v["c"].(string))
		case "Code", "CodeBlock":
			b.WriteString(v["c"].([]any)[1].(string))
		case "Space", "SoftBreak", "LineBreak":
			b.WriteByte(' ')
		default:
			pandocText(b, v["c"])
		}
		switch v["t"] {
		case "Para", "Plain", "Header", "CodeBlock":
			b.WriteByte('\n')
		}
	}
}

// words cuts text into runs of letters, marks and digits.
func words(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r)
	})
}

func documentWords(d *policy.Document) []string {
	var out []string
	for i := range d.Blocks {
		out = append(out, words(d.Blocks[i].Text())...)
	}
	return out
}

// firstDifference says where two lists of words part.
func firstDifference(got, want []string) string {
	i := 0
	for i < len(got) && i < len(want) && got[i] == want[i] {
		i++
	}
	if i == len(got) && i == len(want) {
		return ""
	}
	from := max(0, i-5)
	return fmt.Sprintf("%d words, want %d; from word %d: got %q, want %q", len(got), len(want), i,
		got[min(from, len(got)):min(i+8, len(got))], want[min(from, len(want)):min(i+8, len(want))])
}

// checkWithPandoc reports how the words of files that pandoc reads in one way,
// after accepting and rejecting, differ from those of the documents.
func checkWithPandoc(files ...reading) error {
	var names []string
	want := make(map[string][]string)
	for _, f := range files {
		names = append(names, f.file)
		want["reject"] = append(want["reject"], f.before...)
		want["accept"] = append(want["accept"], f.after...)
	}
	for _, track := range []string{"accept", "reject"} {
		got, err := pandocWords(track, files[0].folded, names)
		if err != nil {
			return err
		}
		if diff := firstDifference(got, want[track]); diff != "" {
			return fmt.Errorf("%s all: %s", track, diff)
		}
	}
	return nil
}

// pair is two texts of the development corpus.
type pair struct {
	name          string
	before, after string // folder and name without extension
	size          int64
}

func (p pair) parse(t testing.TB, base string) *policy.Document {
	t.Helper()
	src, err := os.ReadFile(base + ".md")
	if err != nil {
		t.Fatal(err)
	}
	d, err := policy.Parse(base+".md", src)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// corpus lists the pairs, smallest first.
func corpus(t testing.TB) []pair {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if dir == filepath.Dir(dir) {
			t.Skip("no module root above the test")
		}
		dir = filepath.Dir(dir)
	}
	folders, err := filepath.Glob(filepath.Join(dir, "..", "shared", "corpora", "redline-dev", "*", "after.md"))
	if err != nil || len(folders) == 0 {
		t.Skip("the corpus redline-dev is not here")
	}
	var out []pair
	for _, f := range folders {
		info, err := os.Stat(f)
		if err != nil {
			t.Fatal(err)
		}
		dir := filepath.Dir(f)
		out = append(out, pair{filepath.Base(dir), filepath.Join(dir, "before"), filepath.Join(dir, "after"), info.Size()})
	}
	slices.SortFunc(out, func(a, b pair) int {
		if a.size != b.size {
			return int(a.size - b.size)
		}
		return strings.Compare(a.name, b.name)
	})
	return out
}

// everyday is the size, in bytes, from which on only the long test
// (CODICIL_LONG=1) reads a pair with pandoc: all of them take it ten times as
// long.
const everyday = 12_000

func TestPandocAcceptsAndRejectsEveryPair(t *testing.T) {
	needs.Program(t, "pandoc", "pandoc")
	var files []reading
	for _, p := range corpus(t) {
		if p.size > everyday && os.Getenv("CODICIL_LONG") != "1" {
			continue
		}
		before, after := p.parse(t, p.before), p.parse(t, p.after)
		files = append(files, newReading(t, p.name, redline.Compare(before, after)))
		checkText(t, p.before, before)
		checkText(t, p.after, after)
	}
	readAll(t, files)
}

func TestPandocAcceptsAndRejectsTheExamples(t *testing.T) {
	needs.Program(t, "pandoc", "pandoc")
	var files []reading
	for _, e := range examples() {
		files = append(files, newReading(t, e.name, compare(t, e.before, e.after)))
	}
	readAll(t, files)
}

// reading is a file and the words that it must have.
type reading struct {
	name, file    string
	before, after []string
	folded        bool
}

func newReading(t *testing.T, name string, r *redline.Redline) reading {
	file := filepath.Join(t.TempDir(), name+".docx")
	writeFile(t, file, r)
	return reading{name, file, documentWords(r.Old), documentWords(r.New), folded(r.Old) || folded(r.New)}
}

// readAll reads files with pandoc, together: it takes longer to start than to
// read a short file. Where words differ, it reads each by itself to tell which.
func readAll(t *testing.T, files []reading) {
	t.Helper()
	kinds := make(map[bool][]reading)
	for _, f := range files {
		kinds[f.folded] = append(kinds[f.folded], f)
	}
	for _, kind := range kinds {
		err := checkWithPandoc(kind...)
		if err == nil {
			continue
		}
		for _, f := range kind {
			if err := checkWithPandoc(f); err != nil {
				t.Errorf("%s: %v", f.name, err)
			}
		}
		t.Errorf("%d files together: %v", len(kind), err)
	}
}

// foreign is what the plain texts of the corpus read in another way than we
// do: raw HTML, pictures, and front matter.
var foreign = regexp.MustCompile(`<(?i:/?[a-z][a-z0-9]*[\s>/]|!--)|!\[|\A---`)

// checkText fails unless a document has the words of the plain text beside it.
func checkText(t *testing.T, base string, d *policy.Document) {
	t.Helper()
	src, err := os.ReadFile(base + ".md")
	if err != nil {
		t.Fatal(err)
	}
	if foreign.Match(src) {
		return
	}
	plain, err := os.ReadFile(base + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	if diff := firstDifference(documentWords(d), words(string(plain))); diff != "" {
		t.Errorf("%s: %s", base, diff)
	}
}

// A load and save in LibreOffice keeps what accepting and rejecting give. It
// takes minutes, so only the long test (CODICIL_LONG=1) does it.
func TestLibreOfficeKeepsBothTexts(t *testing.T) {
	if os.Getenv("CODICIL_LONG") != "1" {
		t.Skip("only with CODICIL_LONG=1")
	}
	needs.Program(t, "pandoc", "pandoc")
	needs.Program(t, "soffice", "libreoffice-writer-nogui")
	saved := t.TempDir()
	var files []reading
	args := []string{"--headless", "-env:UserInstallation=file://" + t.TempDir(), "--convert-to", "docx:MS Word 2007 XML", "--outdir", saved}
	for i, p := range corpus(t) {
		if i%6 != 0 || p.size > 60_000 {
			continue
		}
		f := newReading(t, p.name, redline.Compare(p.parse(t, p.before), p.parse(t, p.after)))
		args = append(args, f.file)
		f.file = filepath.Join(saved, p.name+".docx")
		files = append(files, f)
	}
	if out, err := exec.Command("soffice", args...).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v: %s", err, out)
	}
	readAll(t, files)
}

func writeFile(t testing.TB, name string, r *redline.Redline) {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, r, Options{Author: "Jane Doe", Title: "Privacy policy"}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}
