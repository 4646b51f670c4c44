package docx_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/repair"
	"github.com/codicil/codicil/policy/repair/docx"
)

// file makes a Word file of a body and of further parts, by their kind.
func file(t testing.TB, body string, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	put := func(name, text string) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	put("_rels/.rels", `<Relationships><Relationship Id="r1" Type="`+office+`officeDocument" Target="word/document.xml"/></Relationships>`)
	put("word/document.xml", `<w:document xmlns:w="w" xmlns:r="r" xmlns:mc="mc"><w:body>`+body+`</w:body></w:document>`)
	rels := ""
	for kind, text := range parts {
		put("word/"+kind+".xml", text)
		rels += fmt.Sprintf(`<Relationship Id=%q Type="%s%s" Target="%s.xml"/>`, kind, office, kind, kind)
	}
	put("word/_rels/document.xml.rels", `<Relationships>`+rels+`</Relationships>`)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// p writes a paragraph with properties.
func p(props, words string) string {
	return `<w:p><w:pPr>` + props + `</w:pPr><w:r><w:t>` + words + `</w:t></w:r></w:p>`
}

func in(list, level int) string {
	return fmt.Sprintf(`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>`, level, list)
}

func styled(id string) string { return `<w:pStyle w:val="` + id + `"/>` }

func lvl(at int, format, text, more string) string {
	return fmt.Sprintf(`<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/>%s<w:lvlText w:val="%s"/></w:lvl>`, at, format, more, text)
}

const styles = `<w:styles xmlns:w="w">
<w:style w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="H2"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="DT"><w:name w:val="Definition Term"/></w:style>
<w:style w:styleId="DD"><w:name w:val="Definition"/></w:style>
<w:style w:styleId="Toc"><w:name w:val="toc 1"/></w:style>
<w:style w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>
</w:styles>`

func numbering() string {
	return `<w:numbering xmlns:w="w">` +
		`<w:abstractNum w:abstractNumId="1">` + lvl(0, "decimal", "%1.", "") + lvl(1, "lowerLetter", "(%2)", "") + lvl(2, "lowerRoman", "(%3)", "") + `</w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="2">` + lvl(0, "upperRoman", "Article %1.", "") + lvl(1, "decimal", "Section %1.%2", `<w:isLgl/>`) + lvl(2, "decimalZero", "%1-%3", "") + `</w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="3">` + lvl(0, "decimal", "%1.", `<w:pStyle w:val="H1"/>`) + lvl(1, "decimal", "%1.%2", `<w:pStyle w:val="H2"/>`) + `</w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="4">` + lvl(0, "bullet", "·", "") + lvl(1, "bullet", "o", "") + `</w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="5">` + lvl(0, "decimal", "%1)", "") + lvl(1, "decimal", "%1.%2", `<w:lvlRestart w:val="0"/>`) + `</w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="6">` + lvl(0, "japaneseCounting", "第%1条", "") + lvl(1, "ordinal", "%2", "") + lvl(2, "hebrew1", "%3.", "") + `</w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent xmlns:mc="mc"><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice>` +
		`<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="[%1]"/></w:lvl>` + lvl(1, "decimalEnclosedCircle", "%2", "") + `</w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="8">` + lvl(0, "bullet", " ", "") + `</w:abstractNum><w:num w:numId="8"><w:abstractNumId w:val="8"/></w:num>` +
		`<w:num w:numId="7"><w:abstractNumId w:val="7"/></w:num>` +
		`<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>` +
		`<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>` +
		`<w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num>` +
		`<w:num w:numId="4"><w:abstractNumId w:val="4"/></w:num>` +
		`<w:num w:numId="5"><w:abstractNumId w:val="5"/></w:num>` +
		`<w:num w:numId="6"><w:abstractNumId w:val="6"/></w:num>` +
		`<w:num w:numId="11"><w:abstractNumId w:val="1"/></w:num>` +
		`<w:num w:numId="12"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>` +
		`</w:numbering>`
}

func read(t testing.TB, src []byte, changes docx.Changes) *docx.Result {
	t.Helper()
	r, err := docx.Read("club.docx", src, docx.Options{Changes: changes})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// lines returns a text as the lines of its Markdown, without the blank ones.
func lines(t testing.TB, r *docx.Result) []string {
	t.Helper()
	text := string(repair.Document(r.Document))
	var list []string
	for _, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) != "" {
			list = append(list, line)
		}
	}
	return list
}

func TestNumbersAreThoseThatWordShows(t *testing.T) {
	for name, tt := range map[string]struct {
		body string
		want []string
	}{
		"letters and roman numbers below plain ones": {
			p(in(1, 0), "Swimmers shower.") + p(in(1, 1), "before;") + p(in(1, 2), "with soap;") + p(in(1, 2), "alone;") + p(in(1, 1), "after.") + p(in(1, 0), "No glass.") + p(in(1, 1), "None."),
			[]string{"1. Swimmers shower.", "(a) before;", "(i) with soap;", "(ii) alone;", "(b) after.", "2. No glass.", "(a) None."},
		},
		"a list goes on after other words": {
			p(in(1, 0), "One lane.") + p("", "Between.") + p(in(1, 0), "Two lanes."),
			[]string{"1. One lane.", "Between.", "2. Two lanes."},
		},
		"two lists of one definition count on": {
			p(in(1, 0), "One lane.") + p(in(11, 0), "Two lanes."),
			[]string{"1. One lane.", "2. Two lanes."},
		},
		"a list that begins anew": {
			p(in(1, 0), "One lane.") + p(in(12, 0), "Seven lanes.") + p(in(12, 0), "Eight lanes."),
			[]string{"1. One lane.", "<!-- -->", "7. Seven lanes.", "8. Eight lanes."},
		},
		"articles and sections, in legal numbers": {
			p(in(2, 0), "Members") + p(in(2, 1), "Members pay.") + p(in(2, 1), "Guests pay twice.") + p(in(2, 0), "Board") + p(in(2, 1), "It meets.") + p(in(2, 2), "Monthly."),
			[]string{"## Article I. Members", "Section 1.1 Members pay.", "Section 1.2 Guests pay twice.", "## Article II. Board", "Section 2.1 It meets.", "II-01 Monthly."},
		},
		"lists of styles": {
			p(styled("H1"), "Keys") + p(styled("H2"), "A key opens one locker.") + p(styled("H2"), "Lost keys") + p(styled("H1"), "Towels"),
			[]string{"## 1. Keys", "1.1 A key opens one locker.", "### 1.2 Lost keys", "## 2. Towels"},
		},
		"a style's number taken away": {
			p(styled("H1"), "Keys") + p(styled("H1")+`<w:numPr><w:numId w:val="0"/></w:numPr>`, "Preamble") + p(styled("H1"), "Towels"),
			[]string{"## 1. Keys", "## Preamble", "## 2. Towels"},
		},
		"a level that never begins anew": {
			p(in(5, 0), "Summer.") + p(in(5, 1), "Long.") + p(in(5, 0), "Winter.") + p(in(5, 1), "Short."),
			[]string{"1) Summer.", "1.1 Long.", "2) Winter.", "2.2 Short."},
		},
		"a level that was skipped": {
			p(in(1, 0), "Swimmers.") + p(in(1, 2), "Deep."),
			[]string{"1. Swimmers.", "(i) Deep."},
		},
		"ideographs and ordinals": {
			p(in(6, 0), "会员") + p(in(6, 1), "place."),
			[]string{"## 第一条 会员", "1st place."},
		},
		"bullets within bullets": {
			p(in(4, 0), "Towels") + p(in(4, 1), "small") + p(in(4, 1), "large") + p(in(4, 0), "Soap"),
			[]string{"- Towels", "  - small", "  - large", "- Soap"},
		},
		"definitions, and one of nothing": {
			p(styled("DD"), "Stray.") + p(styled("DT"), "Lane") + p(styled("DD"), "Where you swim.") + p(styled("DD"), "A street.") + p(styled("DT"), "Towel") + p(styled("DD"), "It dries.") + p("", "After."),
			[]string{"Stray.", "Lane", ": Where you swim.", ": A street.", "Towel", ": It dries.", "After."},
		},
		"a blank bullet of what goes on with an item": {
			p(in(8, 0), "goes on"),
			[]string{"goes on"},
		},
		"circles, and zeros of one's own": {
			p(in(7, 0), "Lane.") + p(in(7, 1), "Deep.") + p(in(7, 0), "Lane."),
			[]string{"\\[001\\] Lane.", "① Deep.", "\\[002\\] Lane."},
		},
		"the heading of a table of contents that counts": {
			`<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>` + p(styled("H1"), "Contents") + `</w:sdtContent></w:sdt>` + p(styled("H1"), "Keys"),
			[]string{"## 2. Keys"},
		},
		"an empty paragraph has no number": {
			p(in(1, 0), "One lane.") + p(in(1, 0), "") + p(in(1, 0), "Two lanes."),
			[]string{"1. One lane.", "2. Two lanes."},
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := read(t, file(t, p(styled("T"), "Club rules")+tt.body, map[string]string{"styles": styles, "numbering": numbering()}), docx.Accept)
			if d := cmp.Diff(append([]string{"# Club rules"}, tt.want...), lines(t, r)); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestAWayOfCountingThatIsNotKnownIsADoubt(t *testing.T) {
	r := read(t, file(t, p(in(6, 2), "Odd.")+p(in(99, 0), "Lost."), map[string]string{"numbering": numbering()}), docx.Accept)
	if len(r.Notes) != 2 || r.Notes[0].Rule != "number-unknown" || r.Notes[0].Was != r.Notes[0].Now || r.Notes[1].Was != "Lost." {
		t.Errorf("%+v", r.Notes)
	}
}

const edited = `<w:p><w:r><w:t xml:space="preserve">Kept for </w:t></w:r><w:del w:author="Ada"><w:r><w:delText>30</w:delText></w:r></w:del><w:ins w:author="Bo"><w:r><w:t>10</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> days.</w:t></w:r></w:p>` +
	`<w:p><w:pPr><w:rPr><w:del w:author="Ada"/></w:rPr></w:pPr><w:r><w:t xml:space="preserve">First half, </w:t></w:r></w:p><w:p><w:r><w:t>second half.</w:t></w:r></w:p>` +
	`<w:p><w:pPr><w:rPr><w:ins w:author="Bo"/></w:rPr></w:pPr><w:ins w:author="Bo"><w:r><w:t>A new clause.</w:t></w:r></w:ins></w:p><w:p><w:r><w:t>The end.</w:t></w:r></w:p>`

func TestTrackedChangesAreTreatedAsAsked(t *testing.T) {
	for changes, want := range map[docx.Changes][]string{
		docx.Accept: {"Kept for 10 days.", "First half, second half.", "A new clause.", "The end."},
		docx.Reject: {"Kept for 30 days.", "First half,", "second half.", "The end."},
		docx.Keep:   {"Kept for {--30--}{++10++} days.", "First half,", "second half.", "{++A new clause.++}", "The end."},
	} {
		t.Run(string(changes), func(t *testing.T) {
			r := read(t, file(t, edited, nil), changes)
			if d := cmp.Diff(want, lines(t, r)); d != "" {
				t.Error(d)
			}
			if d := cmp.Diff([]string{"Ada", "Bo"}, r.Authors); d != "" || r.Tracked != 3 {
				t.Errorf("%d changes %s", r.Tracked, d)
			}
		})
	}
}

func TestWhatIsLeftOutIsNamed(t *testing.T) {
	run := func(props, words string) string {
		return `<w:r><w:rPr>` + props + `</w:rPr><w:t xml:space="preserve">` + words + `</w:t></w:r>`
	}
	for name, tt := range map[string]struct {
		body, text string
		rules      string
	}{
		"hidden words":                  {`<w:p>` + run("", "Seen. ") + run("<w:vanish/>", "Counsel doubts it.") + `</w:p>`, "Seen.", "hidden-text"},
		"words of a style":              {p(styled("Secret"), "Counsel doubts it.") + p("", "Seen."), "Seen.", "hidden-text"},
		"shown after all":               {`<w:p>` + run(`<w:vanish w:val="0"/>`, "Seen.") + `</w:p>`, "Seen.", ""},
		"a picture":                     {`<w:p><w:r><w:drawing><wp:docPr xmlns:wp="wp" descr="Our logo"/></w:drawing></w:r>` + run("", "Seen.") + `</w:p>`, "Seen.", "picture"},
		"a text box":                    {`<w:p>` + run("", "Seen.") + `<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>` + p("", "In a box.") + `</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>` + p("", "In a box.") + `</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`, "Seen.\nIn a box.", "text-box"},
		"a field":                       {`<w:p>` + run("", "Costs ") + `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DOCPROPERTY fee</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + run("", "EUR 10") + `<w:r><w:fldChar w:fldCharType="end"/></w:r>` + run("", " a month.") + `</w:p>`, "Costs EUR 10 a month.", ""},
		"a simple field":                {`<w:p>` + run("", "Costs ") + `<w:fldSimple w:instr="fee">` + run("", "EUR 10") + `</w:fldSimple></w:p>`, "Costs EUR 10", ""},
		"an empty field":                {`<w:p>` + run("", "Costs.") + `<w:fldSimple w:instr="fee"/></w:p>`, "Costs.", "empty-field"},
		"a table of contents":           {p(styled("Toc"), "Keys 3") + p("", "Seen."), "Seen.", "table-of-contents"},
		"raised digits":                 {`<w:p>` + run("", "10") + run(`<w:vertAlign w:val="superscript"/>`, "6") + run("", " m² of H") + run(`<w:vertAlign w:val="subscript"/>`, "2") + run("", "O") + `</w:p>`, "10⁶ m² of H₂O", ""},
		"a raised word":                 {`<w:p>` + run("", "see") + run(`<w:vertAlign w:val="superscript"/>`, "note") + `</w:p>`, "seenote", "superscript"},
		"the end of an ordinal":         {`<w:p>` + run("", "1") + run(`<w:vertAlign w:val="superscript"/>`, "st") + run("", " day") + `</w:p>`, "1st day", ""},
		"a symbol":                      {`<w:p><w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>` + run("", " yes") + `</w:p>`, "☐ yes", ""},
		"an unknown symbol":             {`<w:p><w:r><w:sym w:font="Odd" w:char="F001"/></w:r>` + run("", "yes") + `</w:p>`, "yes", "symbol"},
		"a raised digit of LibreOffice": {`<w:p>` + run("", "10") + run(`<w:position w:val="8"/><w:sz w:val="19"/>`, "6") + run(`<w:position w:val="4"/>`, " m, H") + run(`<w:position w:val="-4"/><w:sz w:val="14"/>`, "2") + `</w:p>`, "10⁶ m, H₂", ""},
		"a formula":                     {`<w:p><m:oMath xmlns:m="m"><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath></w:p>`, "x²", ""},
		"a space before a break":        {`<w:p>` + run("", "One. ") + `<w:r><w:t xml:space="preserve">Two. </w:t><w:br/><w:t>Three.</w:t></w:r></w:p>`, "One. Two.\\\nThree.", ""},
		"a symbol as a word":            {`<w:p>` + run(`<w:rFonts w:ascii="Wingdings"/>`, "\uf0fe") + run(`<w:rFonts w:ascii="Symbol"/>`, "\uf0a3") + run("", " 5") + `</w:p>`, "☑≤ 5", ""},
		"a character by code":           {`<w:p><w:r><w:sym w:font="MS Gothic" w:char="2612"/></w:r>` + run("", " yes") + `</w:p>`, "☒ yes", ""},
		"characters with their reading": {`<w:p><w:r><w:ruby><w:rt>` + run("", "とうきょう") + `</w:rt><w:rubyBase>` + run("", "東京") + `</w:rubyBase></w:ruby></w:r>` + run("", "の港") + `</w:p>`, "東京の港", "reading-aid"},
		"an empty control":              {`<w:p>` + run("", "Name: ") + `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>` + run("", "Click here.") + `</w:sdtContent></w:sdt></w:p>`, "Name: Click here.", "unfilled-field"},
		"a filled control":              {`<w:p>` + run("", "Name: ") + `<w:sdt><w:sdtPr/><w:sdtContent>` + run("", "Jo") + `</w:sdtContent></w:sdt></w:p>`, "Name: Jo", ""},
		"soft hyphens":                  {p("", "pro\u00ADtection"), "protection", ""},
		"an embedded file":              {`<w:altChunk/>` + p("", "Seen."), "Seen.", "embedded-file"},
	} {
		t.Run(name, func(t *testing.T) {
			r := read(t, file(t, tt.body, map[string]string{"styles": styles}), docx.Accept)
			if got := strings.Join(lines(t, r), "\n"); got != tt.text {
				t.Errorf("text %q, want %q", got, tt.text)
			}
			var rules []string
			for _, n := range r.Notes {
				rules = append(rules, n.Rule)
			}
			if got := strings.Join(rules, " "); got != tt.rules {
				t.Errorf("notes %q, want %q", got, tt.rules)
			}
		})
	}
}

func TestMergedCellsStandInEachPlaceTheyCover(t *testing.T) {
	cell := func(props, words string) string {
		return `<w:tc><w:tcPr>` + props + `</w:tcPr>` + p("", words) + `</w:tc>`
	}
	body := `<w:tbl><w:tr>` + cell("", "Data") + cell("", "Purpose") + cell("", "Kept") + `</w:tr>` +
		`<w:tr>` + cell(`<w:vMerge w:val="restart"/>`, "Name") + cell("", "orders") + cell("", "30 days") + `</w:tr>` +
		`<w:tr>` + cell(`<w:vMerge/>`, "") + cell("", "letters") + cell("", "60 days") + `</w:tr>` +
		`<w:tr>` + cell("", "Face") + cell(`<w:gridSpan w:val="2"/>`, "never") + `</w:tr></w:tbl>`
	r := read(t, file(t, body, nil), docx.Accept)
	want := []string{"| Data | Purpose | Kept |", "| --- | --- | --- |", "| Name | orders | 30 days |", "| Name | letters | 60 days |", "| Face | never | never |"}
	got := lines(t, r)
	for i := range got {
		got[i] = strings.Join(strings.Fields(got[i]), " ")
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if len(r.Notes) != 1 || r.Notes[0].Rule != "merged-cells" {
		t.Errorf("%+v", r.Notes)
	}
}

func TestCommentsStandBesideTheText(t *testing.T) {
	body := `<w:p><w:pPr>` + in(1, 0) + `</w:pPr><w:r><w:t xml:space="preserve">We keep it for </w:t></w:r><w:commentRangeStart w:id="4"/><w:r><w:t>30 days</w:t></w:r><w:commentRangeEnd w:id="4"/><w:r><w:commentReference w:id="4"/></w:r><w:r><w:t>.</w:t></w:r></w:p>`
	comments := `<w:comments xmlns:w="w"><w:comment w:id="4" w:author="Counsel">` + p("", "Too long?") + `</w:comment></w:comments>`
	r := read(t, file(t, body, map[string]string{"numbering": numbering(), "comments": comments}), docx.Accept)
	if d := cmp.Diff([]docx.Comment{{Author: "Counsel", About: "30 days", Text: "Too long?", Clause: "1"}}, r.Comments); d != "" {
		t.Error(d)
	}
	if text := strings.Join(lines(t, r), "\n"); strings.Contains(text, "Too long") {
		t.Errorf("a remark is part of the text: %s", text)
	}
}

func TestHeadersAreNamedOnce(t *testing.T) {
	r := read(t, file(t, p("", "Seen."), map[string]string{"header": `<w:hdr xmlns:w="w">` + p("", "Draft of May") + `</w:hdr>`}), docx.Accept)
	if len(r.Notes) != 1 || r.Notes[0].Was != "Draft of May" {
		t.Errorf("%+v", r.Notes)
	}
}

func TestFilesThatAreNoWordFileSayWhatToDo(t *testing.T) {
	entity := `<!DOCTYPE x [<!ENTITY a "b">]>`
	deep := strings.Repeat("<w:sdt><w:sdtContent>", 300) + strings.Repeat("</w:sdtContent></w:sdt>", 300)
	for name, tt := range map[string]struct {
		src  []byte
		want string
	}{
		"old":     {[]byte("\xD0\xCF\x11\xE0\xA1\xB1"), "old .doc file"},
		"locked":  {[]byte("\xD0\xCF\x11\xE0\xA1\xB1 E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"), "under a password"},
		"page":    {[]byte("<html><p>Words</p></html>"), "this is HTML or XML"},
		"pdf":     {[]byte("%PDF-1.7"), "PDF"},
		"rtf":     {[]byte(`{\rtf1`), "RTF"},
		"text":    {[]byte("Hello"), "no .docx package"},
		"cut":     {file(t, p("", "x"), nil)[:200], "damaged"},
		"deep":    {file(t, deep, nil), "deep in each other"},
		"entity":  {file(t, "", map[string]string{"styles": entity + styles}), "document type"},
		"broken":  {file(t, "<w:p>", nil), "cannot be read"},
		"nothing": {empty(t), "holds no document"},
		"sheet":   {packed(t, `<workbook><sheets/></workbook>`), "a spreadsheet or slides"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := docx.Read("club.docx", tt.src, docx.Options{})
			var d *policy.Diagnostic
			if !errors.As(err, &d) || d.File != "club.docx" || d.Hint == "" || !strings.Contains(d.Message, tt.want) {
				t.Errorf("%v, want %q", err, tt.want)
			}
		})
	}
}

// packed makes a package whose main part is a text of XML.
func packed(t testing.TB, main string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("word/document.xml")
	if err == nil {
		_, err = w.Write([]byte(main))
	}
	if err = errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func empty(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := zip.NewWriter(&b).Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// FuzzRead asserts that no body makes the reader fail other than by a
// diagnostic, and that what it reads can be written.
func FuzzRead(f *testing.F) {
	for _, body := range []string{edited, p(in(1, 0), "x") + p(in(1, 2), "y"), `<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr></w:tc></w:tr></w:tbl>`, `<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		r, err := docx.Read("a.docx", file(t, body, map[string]string{"styles": styles, "numbering": numbering()}), docx.Options{})
		if err != nil {
			if d := (*policy.Diagnostic)(nil); !errors.As(err, &d) {
				t.Fatalf("%T: %v", err, err)
			}
			return
		}
		repair.Document(r.Document)
	})
}
