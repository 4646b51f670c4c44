package site

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/render"
)

// referred lists the links within a text that refer adds, as "words -> anchor";
// those to definitions begin with a tilde.
func referred(t *testing.T, text string) []string {
	t.Helper()
	d, err := policy.Parse("x.md", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	linked := refer(d, make(memory))
	var list []string
	for i, b := range linked.Blocks {
		if b.Text() != d.Blocks[i].Text() {
			t.Errorf("the words changed: %q", b.Text())
		}
		for _, s := range b.Spans {
			if to, found := strings.CutPrefix(s.Link, termRoot); found {
				list = append(list, "~"+s.Text+" -> "+to)
			} else if strings.HasPrefix(s.Link, "#") {
				list = append(list, s.Text+" -> "+s.Link)
			}
		}
	}
	return list
}

func TestCitedNumbersLeadToTheirClauses(t *testing.T) {
	const text = `## 1. Scope {#scope}

1.1 See section 2.1, clauses 2 and 3 and section 2.1(b). {#see}

1.2 Section 5 of the GDPR and Section 9 are not ours; *section 2* is, and [section 3](https://example.com/3) is elsewhere.

## 2. Data {#data}

2.1 We keep: {#keep}

- (a) names. {#names}

2.2 See section 2.2. {#self}

## 3. End {#end}

Done.
`
	got := referred(t, text)
	want := []string{"2.1 -> #keep", "2 -> #data", "3 -> #end", "2.1(b) -> #keep", "2 -> #data"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestAPartAndItsNumberAreCitedTogether(t *testing.T) {
	got := referred(t, "## A. First {#a}\n\nSee Section B.2 and Section B.\n\n### 2. Of A {#a2}\n\nWords.\n\n## B. Second {#b}\n\n### 2. Of B {#b2}\n\nWords.\n")
	if want := []string{"B.2 -> #b2", "B -> #b"}; !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestANumberOfTwoClausesLeadsNowhere(t *testing.T) {
	if got := referred(t, "## 1. A\n\nSee section 2.\n\n## 2. B\n\nWords.\n\n## 2. C\n\nWords.\n"); len(got) > 0 {
		t.Errorf("got %q", got)
	}
}

func TestTermsLeadToTheirDefinitions(t *testing.T) {
	const text = `## 1. Words {#words}

"Content" means what you post. {#content}

“Customer Content” means Content of customers. {#customer}

Acme Limited (the "Company") tells "You" this. {#company}

## 2. Use {#use}

The Company owns no Customer Content. The Company may copy Content, not Contents or "Content-ID".

You keep Content.

## 3. More {#more}

` + "`Content` and [Content](https://example.com/) and Content.\n"
	got := referred(t, text)
	want := []string{"~Content -> #content", "~Company -> #company", "~Customer Content -> #customer", "~Content -> #content", "~Content -> #content"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	for _, l := range got {
		if strings.Contains(l, "You") {
			t.Errorf("a word for the reader is linked: %q", l)
		}
	}
}

func TestReferencesBecomeQuietLinks(t *testing.T) {
	s := newShelf(t)
	s.add("terms", draft{label: "1", published: "2026-01-01", effective: "2026-01-01",
		text: "## 1. Words {#words}\n\n1.1 \"Content\" means what you post. {#content}\n\n## 2. Use {#use}\n\n2.1 We copy Content as clause 1.1 says. {#copy}\n"})
	page := document(t, allFiles(t, s.build(options(t))), "terms/1/index.html")
	if n := len(all(page, ".text a.term[href='#content']")); n != 1 {
		t.Errorf("%d links to the definition", n)
	}
	if n := len(all(page, ".text a:not(.anchor):not(.term)[href='#content']")); n != 1 {
		t.Errorf("%d links to the cited clause", n)
	}
}

// Whatever is linked, a reader without links sees the same page.
func TestReferencesChangeNoWord(t *testing.T) {
	links := regexp.MustCompile(`</?a[^>]*>`)
	for name, text := range map[string]string{"content": privacyOne, "odd": "# 1. A\n\n(the \"Ünïcode Térm\") section 1, **Ünïcode** Térm Ünïcode Térm\n\n1. section 1\n"} {
		d, err := policy.Parse(name, []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		var plain, linked bytes.Buffer
		render.DocumentHTML(&plain, d)
		render.DocumentHTML(&linked, refer(d, make(memory)))
		if a, b := links.ReplaceAll(plain.Bytes(), nil), links.ReplaceAll(linked.Bytes(), nil); !bytes.Equal(a, b) {
			t.Errorf("%s:\n%s\n%s", name, a, b)
		}
	}
}
