package policy_test

import (
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
)

// TestWhatPassesTheBoundsIsReadAsWordsAndNamed: nothing is lost, and the bound is
// told with the file.
func TestWhatPassesTheBoundsIsReadAsWordsAndNamed(t *testing.T) {
	wide := "|" + strings.Repeat("a|", 600) + "\n|" + strings.Repeat("-|", 600) + "\n" + strings.Repeat("|last|\n", 600)
	for name, test := range map[string]struct{ text, want string }{
		"cells of a table":        {"# T\n\n" + wide, "more than 100000 cells"},
		"cells of several tables": {"# T\n\n" + strings.Repeat("|"+strings.Repeat("a|", 300)+"\n|"+strings.Repeat("-|", 300)+"\n"+strings.Repeat("|last|\n", 300)+"\n", 3), "more than 100000 cells"},
		"nesting":                 {"# T\n\n" + strings.Repeat("> ", 80) + "last\n", "more than 50 deep"},
		"marks":                   {"# T\n\n" + strings.Repeat("*a ", 20000) + "last\n", "more than 10000 marks"},
		"escapes":                 {"# T\n\n" + strings.Repeat("\\* ", 210_000) + "last\n", "more than 200000 marks"},
		"escapes of paragraphs":   {"# T\n\n" + strings.Repeat(strings.Repeat("\\* ", 4000)+"last\n\n", 50), "more than 200000 marks"},
		"addresses":               {"# T\n\n" + strings.Repeat("https://last.example/ www.last.example a@last.example ", 8000), "more than 20000 addresses"},
		"paragraphs in bold type": {"# T\n\n" + strings.Repeat("**a**\n\n", 51_000) + "last\n", "more than 50000 paragraphs"},
		"headings":                {"# T\n\n" + strings.Repeat("## Head\n\nWords.\n\n", 25_000) + "## last\n", "more than 20000 headings"},
		"items":                   {"# T\n\n" + strings.Repeat("- a\n", 25_000) + "\nlast\n", "more than 20000 items"},
		"an item without words":   {"# T\n\nlast\n\n" + strings.Repeat("- a\n", 25_000) + "-", "more than 20000 items"},
		"items of numbers":        {"# T\n\n" + strings.Repeat("1. a\n\n", 25_000) + "last\n", "more than 20000 items"},
		"items in quotations":     {"# T\n\n" + strings.Repeat("> * a\n", 25_000) + "\nlast\n", "more than 20000 items"},
		"headings in items":       {"# T\n\n" + strings.Repeat("- ## Head\n", 25_000) + "\nlast\n", "more than 20000 headings"},
		"headings by lines":       {"# T\n\n" + strings.Repeat("Head\n===\n\n", 25_000) + "last\n---\n", "more than 20000 headings"},
		"links in long words":     {"# T\n\n" + strings.Repeat(strings.Repeat("[last](b", 4900)+"\n\n", 3), "links stand in words that are too long"},
		"links in lists":          {"# T\n\n" + strings.Repeat("- [last](https://e.example/"+strings.Repeat("a", 100)+")\n", 4900), ""},
		"none":                    {"# T\n\n| a | b |\n|---|---|\n| c | last |\n", ""},
	} {
		doc, err := policy.Parse("rules.md", []byte(test.text))
		if err != nil {
			t.Fatal(err)
		}
		words, blocks := 0, 0
		for i := range doc.Blocks {
			blocks++
			words += strings.Count(doc.Blocks[i].Text(), "last")
		}
		if words == 0 || words != strings.Count(test.text, "last") && !strings.Contains(name, "cells") {
			t.Errorf("%s: words were lost: %d of %d", name, words, strings.Count(test.text, "last"))
		}
		if blocks > 250_000 {
			t.Errorf("%s: %d blocks", name, blocks)
		}
		told := ""
		for _, d := range doc.Remarks {
			told += d.Error()
		}
		if (test.want == "") != (told == "") || !strings.Contains(told, test.want) || told != "" && !strings.Contains(told, "rules.md:1:1") {
			t.Errorf("%s: told %q, want %q", name, told, test.want)
		}
	}
}

// TestWhatIsReadAsWordsIsWhatWasWritten: the marks of an overloaded text are among its
// words, and a text that has the characters of which they are made meanwhile has not.
func TestWhatIsReadAsWordsIsWhatWasWritten(t *testing.T) {
	many := strings.Repeat("a *b* [c](https://e.example/_) `d` <e> &amp;&amp; \\*\\*\\*\\* f@g.example www.h ", 35_000)
	for name, text := range map[string]string{"a paragraph": many, "code": "x\n\n    " + many} {
		doc, err := policy.Parse("rules.md", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		last := doc.Blocks[len(doc.Blocks)-1].Text()
		if want := strings.TrimSpace(many); strings.TrimSpace(last) != want {
			t.Errorf("%s: %d bytes of %d: %.100q", name, len(last), len(want), last)
		}
	}
	doc, err := policy.Parse("rules.md", []byte("a \uFDD0b\uFDD0 c\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got := doc.Blocks[0].Text(); got != "a \uFFFDb\uFFFD c" {
		t.Errorf("got %q", got)
	}
}

// TestOneAddressDoesNotBecomeMany: a definition of a link is of any length, and each of
// its links repeats it; the words of those beyond the bound stay.
func TestOneAddressDoesNotBecomeMany(t *testing.T) {
	address := "https://e.example/" + strings.Repeat("a", 100_000)
	text := strings.Repeat("See [our list] and ![][our list].\n\n", 100) + "[our list]: " + address + "\n"
	doc, err := policy.Parse("rules.md", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	size, words := 0, 0
	for _, b := range doc.Blocks {
		words += strings.Count(b.Text(), "our list")
		for _, s := range b.Spans {
			size += len(s.Link) + len(s.Image)
		}
	}
	if size > 12<<20 || size < 10<<20 || words != 100 || doc.Blocks[0].Spans[1].Link != address {
		t.Errorf("%d bytes of addresses, %d links with words", size, words)
	}
	if len(doc.Remarks) != 1 || !strings.HasPrefix(doc.Remarks[0].Error(), "rules.md:125:1: the links have more than 12582912 bytes of addresses") {
		t.Errorf("remarks: %v", doc.Remarks)
	}
}

func TestAPolicyOfTooManyVersionsIsNamed(t *testing.T) {
	for many, want := range map[int]struct {
		level policy.Level
		said  string
	}{
		policy.MaxPaged:        {},
		policy.MaxPaged + 1:    {policy.Error, "1501 versions: no more than 1500 of a policy get pages"},
		policy.MaxVersions:     {policy.Error, "20000 versions: no more than 1500 of a policy get pages"},
		policy.MaxVersions + 1: {policy.Error, "20001 versions: no more than 20000 of a policy are read"},
	} {
		d := policy.TooManyVersions(&policy.Policy{ID: "pets", Path: "pets.md", Versions: make([]*policy.Version, many)})
		if (d != nil) != (want.said != "") || d != nil && (d.File != "pets.md" || d.Level != want.level || !strings.Contains(d.Message, want.said)) {
			t.Errorf("%d versions: %v", many, d)
		}
	}
}
