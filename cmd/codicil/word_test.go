package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/repair/docx"
)

// TestNoWordOfAWordFileIsLost holds what import makes of Word files against
// what pandoc reads in them as plain text: real policies, with tables, lists,
// links and headings.
func TestNoWordOfAWordFileIsLost(t *testing.T) {
	if skip, err := missing("missing:pandoc"); err != nil {
		t.Fatal(err)
	} else if skip {
		t.Skip("there is no pandoc to make Word files")
	}
	dir := corpus(t, "site-policy")
	count := 0
	for file := range strings.SplitSeq(strings.TrimSpace(gitOutput(t, dir, "ls-tree", "-r", "--name-only", "HEAD", "Policies")), "\n") {
		if count == 12 || !strings.HasSuffix(file, ".md") {
			continue
		}
		count++
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			word := filepath.Join(t.TempDir(), "policy.docx")
			pandoc(t, gitOutput(t, dir, "show", "HEAD:"+file), "--from=gfm-smart", "-o", word)
			read, err := (&app{}).convert(context.Background(), word, "policy", docx.Accept)
			if err != nil {
				t.Fatal(err)
			}
			doc, err := policy.Parse("policy.md", read.Markdown)
			if err != nil {
				t.Fatal(err)
			}
			var text strings.Builder
			for i := range doc.Blocks {
				text.WriteString(doc.Blocks[i].Text() + "\n")
			}
			want, got := lettersOf(pandoc(t, "", "--from=docx", "--to=plain", "--standalone", "--wrap=none", word)), lettersOf(text.String())
			if len(want) < 100 {
				t.Fatalf("only %d words", len(want))
			}
			if !slices.Equal(want, got) {
				i := 0
				for i < min(len(want), len(got)) && want[i] == got[i] {
					i++
				}
				t.Errorf("%d words became %d; from word %d: %q became %q", len(want), len(got), i, want[i:min(i+8, len(want))], got[i:min(i+8, len(got))])
			}
		})
	}
	if count < 12 {
		t.Errorf("%d texts", count)
	}
}

func pandoc(t *testing.T, input string, args ...string) string {
	t.Helper()
	cmd := exec.Command("pandoc", args...)
	cmd.Stdin, cmd.Stderr = strings.NewReader(input), os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("pandoc %v: %v", args, err)
	}
	return string(out)
}

// lettersOf returns the words of a text without what only writes them down:
// case, numbers of items, marks.
func lettersOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) })
}
