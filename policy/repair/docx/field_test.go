package docx_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy/repair"
	"github.com/codicil/codicil/policy/repair/docx"
)

// began is the start of a bookmark, and its end.
func began(name string) string {
	return `<w:bookmarkStart w:id="1" w:name="` + name + `"/><w:bookmarkEnd w:id="1"/>`
}

// complexField is a field with its code and what it shows.
func complexField(code, shown string) string {
	mark := func(kind string) string { return `<w:r><w:fldChar w:fldCharType="` + kind + `"/></w:r>` }
	return mark("begin") + `<w:r><w:instrText xml:space="preserve"> ` + code + ` </w:instrText></w:r>` + mark("separate") + `<w:r><w:t>` + shown + `</w:t></w:r>` + mark("end")
}

func TestLinksLeadToTheClauseThatTheyName(t *testing.T) {
	t.Parallel()
	const fees = "[Section 1](#fees)"
	for name, tt := range map[string]struct{ body, want, rule string }{
		"a hyperlink":                {`<w:hyperlink w:anchor="_Ref1"><w:r><w:t>Section 1</w:t></w:r></w:hyperlink>`, fees, ""},
		"a reference with a link":    {complexField(`REF _Ref1 \r \h  \* MERGEFORMAT`, "Section 1"), fees, ""},
		"a reference without":        {complexField(`REF _Ref1 \r`, "Section 1"), "See Section 1.", ""},
		"a simple field":             {`<w:fldSimple w:instr=" REF _Ref1 \h "><w:r><w:t>Section 1</w:t></w:r></w:fldSimple>`, fees, ""},
		"a page":                     {complexField(`PAGEREF _Ref1 \h`, "7"), "[7](#fees)", "page-number"},
		"a hyperlink as a field":     {complexField(`HYPERLINK \l "_Ref1" \o "go there"`, "Section 1"), fees, ""},
		"an address as a field":      {complexField(`HYPERLINK "https://example.org/a" \l "b"`, "there"), "[there](https://example.org/a#b)", ""},
		"one that runs":              {complexField(`HYPERLINK "javascript:alert(1)"`, "there"), "See there.", ""},
		"a word that a clause bears": {`<w:hyperlink w:anchor="term"><w:r><w:t>Section 1</w:t></w:r></w:hyperlink>`, fees, ""},
		"a bookmark of nothing":      {`<w:hyperlink w:anchor="_Gone"><w:r><w:t>Section 8</w:t></w:r></w:hyperlink>`, "See Section 8.", "dead-bookmark"},
		"a condition":                {complexField(`IF `+complexField("MERGEFIELD x", "hidden")+` = "a" "b" "c"`, "shown"), "See shown.", ""},
	} {
		body := began("_Ref1") + p(styled("Heading1"), "Fees") +
			`<w:p>` + began("term") + `<w:r><w:t>A boat costs 5 EUR.</w:t></w:r></w:p>` + p(styled("Heading1"), "Use") +
			`<w:p><w:r><w:t xml:space="preserve">See </w:t></w:r>` + tt.body + `<w:r><w:t>.</w:t></w:r></w:p>`
		r, err := docx.Read("boats.docx", file(t, body, map[string]string{"styles": `<w:styles><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style></w:styles>`}), docx.Options{})
		if err != nil {
			t.Fatal(err)
		}
		text, _ := repair.Assemble("boats.docx", "boats", "Boats", r.Document)
		if !strings.Contains(string(text), tt.want) || strings.Contains(string(text), "hidden") {
			t.Errorf("%s:\n%s", name, text)
		}
		rules := ""
		for _, n := range r.Notes {
			if n.Rule != "heading-level" {
				rules += n.Rule
			}
		}
		if rules != tt.rule {
			t.Errorf("%s: notes of %s, want %s", name, fmt.Sprint(r.Notes), tt.rule)
		}
	}
}
