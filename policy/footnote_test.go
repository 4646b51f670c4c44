package policy

import (
	"strings"
	"testing"
)

func TestANoteIsLinkedAndStandsLastInTheClauseThatRefersToIt(t *testing.T) {
	doc, err := Parse("t.md", []byte("# Terms\n\n## 1. Liability\n\nWe are liable.[^1] Always.[^why]\n\n[^1]: Up to 10 EUR.\n[^why]: It is\n    the law.\n\n    And custom.\n\n## 2. End\n\nThe end. [^none]\n\n[^spare]: Nobody refers to *this*.\n"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i := range doc.Blocks {
		b := &doc.Blocks[i]
		got = append(got, b.Clause.Name()+" | "+b.Text()+" | "+b.ID)
	}
	want := []string{
		"Terms | Terms | terms",
		"1 Liability | 1. Liability | liability",
		"1 Liability | We are liable.[1] Always.[why] | ",
		"2 End | 2. End | end",
		"2 End | The end. [^none] | ",
		"1 Liability | [1] Up to 10 EUR. | note-1",
		"1 Liability | [why] It is the law. | note-why",
		"1 Liability | And custom. | ",
		" | [spare] Nobody refers to this. | note-spare",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("blocks =\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if s := doc.Blocks[2].Spans[1]; s.Link != "#note-1" || s.Text != "[1]" {
		t.Errorf("reference = %+v", s)
	}
}

func TestAParserThatKeepsSectionsReadsNotesAlike(t *testing.T) {
	text := []byte("# T\n\nOne.[^a]\n\n- item[^a]\n\n[^a]: note\n")
	whole, _ := Parse("t.md", text)
	var p Parser
	kept, _ := p.Parse("t.md", text)
	if len(whole.Blocks) != 4 || len(kept.Blocks) != len(whole.Blocks) || kept.Blocks[3].Text() != "[a] note" {
		t.Errorf("blocks = %+v, %+v", whole.Blocks, kept.Blocks)
	}
}
