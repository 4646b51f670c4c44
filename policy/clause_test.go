package policy_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/codicil/codicil/policy"
)

// outline writes a clause tree one clause a line, indented.
func outline(clauses []*policy.Clause, indent string) string {
	var b strings.Builder
	for _, c := range clauses {
		b.WriteString(indent + c.Name() + " #" + c.ID + "\n")
		b.WriteString(outline(c.Children, indent+"  "))
	}
	return b.String()
}

func TestClausesAreFoundInTheStylesThatPoliciesUse(t *testing.T) {
	tests := []struct{ name, src, want string }{
		{"headings", "# A\n## B\n## C\n# D", "A #a\n  B #b\n  C #c\nD #d\n"},
		{"numbered headings keep their id when renumbered", "## 9. Changes to this policy", "9 Changes to this policy #changes-to-this-policy\n"},
		{"an id of the author's own", "## 2. B {#bee}\n\n2.1 Text. {#text}", "2 B #bee\n  2.1 #text\n"},
		{"numbered paragraphs", "# A\n\n1.1 First words of a long clause here\n\n1.2 x", "A #a\n  1.1 #first-words-of-a-long-clause\n  1.2 #x\n"},
		{"letters below numbers", "1.1 x\n\n(a) y\n\n(ii) z", "1.1 #x\n  1.1(a) #y\n  1.1(ii) #z\n"},
		{"items", "# A\n\n1. x\n2. y\n   - plain\n   1. z", "A #a\n  1 #x\n  2 #y\n    2(1) #z\n"},
		{"sections and articles", "## Section 4: D\n\n## § 5. E\n\n## IV. F\n\n## 第三条 内容", "4 D #d\n5 E #e\nIV F #f\n第三条 内容 #内容\n"},
		{"words that only look like numbers", "2026 was a year\n\n1.5 million people\n\nA lot", "1.5 #million-people\n"},
		{"the same words twice", "## A\n\n## A\n\n## A", "A #a\nA #a-1\nA #a-2\n"},
		{"a heading without letters", "## !!!", "!!! #clause\n"},
		{"cells are no clauses", "| 1. a |\n|---|\n| 2. b |", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, outline(parse(t, test.src).Clauses, "")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestBlocksKnowTheirClause(t *testing.T) {
	d := parse(t, "before\n\n## 1. A\n\nin A\n\n1. item\n\n   more of the item\n\nafter the list")
	want := []string{"", "1 A", "1 A", "1(1)", "1(1)", "1 A"}
	var got []string
	for _, b := range d.Blocks {
		got = append(got, b.Clause.Name())
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestANumberedHeadingKeepsTheAnchorThatOtherToolsGiveIt(t *testing.T) {
	b := parse(t, "## 9. Changes & more").Blocks[0]
	if b.ID != "changes--more" || len(b.Aliases) != 1 || b.Aliases[0] != "9-changes--more" {
		t.Errorf("id %q, aliases %q", b.ID, b.Aliases)
	}
}

// seedItem is a number at the start of a line, in the styles of the source text.
var seedItem = regexp.MustCompile(`^(\d+)\. `)

func TestEveryItemNumberOfTheSeedIsShownAsWritten(t *testing.T) {
	src := readShared(t, "seed/privacy-policy.txt")
	src = strings.ReplaceAll(src, "\u00a0", " ")
	var lines, want, got []string
	for _, line := range strings.Split(src, "\n") {
		line = strings.TrimSpace(line)
		lines = append(lines, line)
		if m := seedItem.FindStringSubmatch(line); m != nil {
			want = append(want, m[1])
		}
	}
	d := parse(t, strings.Join(lines, "\n"))
	for _, b := range d.Blocks {
		if n := len(b.Path); n > 0 && b.Path[n-1].Kind == policy.Item {
			got = append(got, strings.TrimSuffix(b.Path[n-1].Number, "."))
		} else if m := seedItem.FindStringSubmatch(b.Text()); m != nil {
			got = append(got, m[1])
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// readShared reads a file of the folder that lies beside the module.
func readShared(t *testing.T, name string) string {
	t.Helper()
	src, err := os.ReadFile(filepath.Join("..", "..", "shared", name))
	if os.IsNotExist(err) {
		t.Skipf("%s is not beside this module", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(src)
}
