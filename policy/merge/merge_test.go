package merge

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/needs"
	"github.com/codicil/codicil/policy/redline"
	"github.com/codicil/codicil/policy/repair/docx"
	word "github.com/codicil/codicil/render/docx"
)

const terms = `---
title: Boats
id: boats
version: "1.0"
---

# Boats {#top}

We lend *boats* to [members](members.md) of the club.

## 1. Fees {#fees}

1.1 A boat costs 5 EUR an hour, see [safety](#safety).

1.2 You pay in cash.[^1]

- rowing boats
- canoes

## 2. Safety

| Boat | Vests |
| --- | --- |
| canoe | 2 |

Wear a vest.

[^1]: Coins too.
`

// sent returns a text and its copy as a Word file would hold it, before and
// after a change of the Markdown that stands for what counsel did.
func sent(t *testing.T, before, after string) Copy {
	t.Helper()
	old, now := parse(t, before), parse(t, after)
	return Copy{Source: []byte(before), Text: old, Made: asWord(t, old, old, docx.Accept), Edited: asWord(t, old, now, docx.Accept)}
}

func asWord(t *testing.T, old, now *policy.Document, changes docx.Changes) *policy.Document {
	t.Helper()
	var b bytes.Buffer
	if err := word.Write(&b, redline.Compare(old, now), word.Options{}); err != nil {
		t.Fatal(err)
	}
	read, err := docx.Read("boats.docx", b.Bytes(), docx.Options{Changes: changes})
	if err != nil {
		t.Fatal(err)
	}
	return read.Document
}

// wordEdits are edits of the terms, by what they edit.
func wordEdits() map[string][2]string {
	return map[string][2]string{
		"nothing":               {"", ""},
		"a word":                {"in cash", "by card"},
		"a word beside a link":  {"5 EUR an hour", "6 EUR an hour"},
		"a word of a heading":   {"1. Fees", "1. Prices"},
		"a paragraph that came": {"1.2 You pay", "1.2 Members pay half.\n\n1.3 You pay"},
		"a paragraph that went": {"Wear a vest.\n\n", ""},
		"an item":               {"- canoes\n", "- canoes\n- rafts\n"},
		"an item before":        {"- rowing boats\n", "- rafts\n- rowing boats\n"},
		"another list":          {"- canoes\n", "- canoes\n\nAnd also:\n\n- rafts\n"},
		"a cell":                {"| canoe | 2 |", "| canoe | 3 |"},
		"a row":                 {"| canoe | 2 |", "| canoe | 2 |\n| raft | 6 |"},
		"a footnote":            {"Coins too", "No coins"},
	}
}

func TestEditsOfACopyComeBackAndNothingElse(t *testing.T) {
	for name, edit := range wordEdits() {
		t.Run(name, func(t *testing.T) {
			want := strings.Replace(terms, edit[0], edit[1], 1)
			r, err := Apply(sent(t, terms, want))
			if err != nil {
				t.Fatal(err)
			}
			if got := string(r.Markdown); withoutMadeIDs(got) != want {
				t.Errorf("text:\n%s", got)
			}
		})
	}
}

func TestTheTextStaysWhereAnEditIsNotCertain(t *testing.T) {
	c := sent(t, terms, strings.Replace(terms, "You pay in cash", "You pay by card", 1))
	c.Source = []byte(strings.Replace(terms, "1.2 You pay in cash", "1.2 In cash, [on the day](day.md)", 1))
	c.Text, _ = policy.Parse("boats.md", c.Source)
	r, err := Apply(c)
	if err != nil {
		t.Fatal(err)
	}
	if string(r.Markdown) != string(c.Source) {
		t.Errorf("text:\n%s", r.Markdown)
	}
}

func readFile(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// What counsel's program saves again comes back with the very edits, whether the
// changes that it holds are accepted or rejected.
func TestACopyThatAnotherProgramSavedComesBack(t *testing.T) {
	program := needs.Program(t, "soffice", "libreoffice-writer-nogui")
	edits := wordEdits()
	dir := t.TempDir()
	args := []string{"-env:UserInstallation=file://" + dir + "/profile", "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", filepath.Join(dir, "saved")}
	for name, edit := range edits {
		old, now := parse(t, terms), parse(t, strings.Replace(terms, edit[0], edit[1], 1))
		var b bytes.Buffer
		if err := word.Write(&b, redline.Compare(old, now), word.Options{}); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, name+".docx")
		if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, file)
	}
	if out, err := exec.Command(program, args...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for name, edit := range edits {
		saved := readFile(t, filepath.Join(dir, "saved", name+".docx"))
		for changes, want := range map[docx.Changes]string{docx.Reject: terms, docx.Accept: strings.Replace(terms, edit[0], edit[1], 1)} {
			read, err := docx.Read(name, saved, docx.Options{Changes: changes})
			if err != nil {
				t.Fatal(err)
			}
			text := parse(t, terms)
			r, err := Apply(Copy{Source: []byte(terms), Text: text, Made: asWord(t, text, text, docx.Accept), Edited: read.Document})
			if err != nil {
				t.Fatal(err)
			}
			if got := string(r.Markdown); withoutMadeIDs(got) != want {
				t.Errorf("%s, %s:\n%s", name, changes, got)
			}
		}
	}
}

// withoutMadeIDs takes out the ids that a clause keeps when its words change.
func withoutMadeIDs(text string) string {
	return strings.NewReplacer(" {#a-boat-costs-5-eur-an}", "", " {#you-pay-in-cash1}", "").Replace(text)
}

func parse(t *testing.T, text string) *policy.Document {
	t.Helper()
	d, err := policy.Parse("boats.md", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// An edit of a paragraph or table shows in git as that edit: the lines around it stay
// as their author broke them.
func TestAnEditLeavesTheLinesAroundItAsTheyAre(t *testing.T) {
	for _, c := range []struct{ name, text, was, now string }{
		{"paragraph", "# Boats\n\nWe lend boats to members\nof the club, who pay five\neuros an hour and bring\nthe boat back.\n", "an hour", "a day"},
		{"table", "# Boats\n\n|Boat|Fee|\n|---|:-:|\n|Canoe|5|\n|Rowing boat|7|\n", "Canoe|5", "Canoe|6"},
	} {
		t.Run(c.name, func(t *testing.T) {
			want := strings.Replace(c.text, c.was, c.now, 1)
			text := parse(t, c.text)
			r, err := Apply(Copy{Source: []byte(c.text), Text: text, Made: asWord(t, text, text, docx.Accept), Edited: asWord(t, text, parse(t, want), docx.Accept)})
			if err != nil {
				t.Fatal(err)
			}
			got := strings.ReplaceAll(string(r.Markdown), "| Canoe | 6 |", "|Canoe|6|")
			if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// A paragraph behind a heading that is struck has, as LibreOffice saves it, the style
// of that heading: the one that it had is kept, and a true restyling elsewhere is not.
func TestAParagraphBesideATrackedOneKeepsItsForm(t *testing.T) {
	made := parse(t, "# Boats\n\n## Old part\n\nWe lend boats to members of the club who have paid.\n\nA hat is lent to anybody for a whole summer.\n")
	edited := parse(t, "# Boats\n\n## We lend boats to members of the club who have paid.\n\n## A hat is lent to anybody for a whole summer.\n")
	if n := KeepForms(made, edited, []int{1}); n != 1 {
		t.Errorf("%d forms were kept", n)
	}
	if b := edited.Blocks[1]; b.Kind != policy.Paragraph || b.Level != 0 {
		t.Errorf("the paragraph is %v of level %d", b.Kind, b.Level)
	}
	if b := edited.Blocks[2]; b.Kind != policy.Heading {
		t.Errorf("the restyled one is %v", b.Kind)
	}
}
