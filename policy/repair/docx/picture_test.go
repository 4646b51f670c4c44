package docx_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/codicil/codicil/policy/repair/docx"
)

func TestThePlaceOfAPictureIsNamed(t *testing.T) {
	drawing := `<w:r><w:drawing><wp:docPr xmlns:wp="wp" descr="A map"/></w:drawing></w:r>`
	vml := `<w:r><w:pict><v:shape xmlns:v="v" alt="The seal"><v:imagedata title="scan"/></v:shape></w:pict></w:r>`
	scan := `<w:r><w:object><v:shape xmlns:v="v"><v:imagedata title="A chart"/></v:shape></w:object></w:r>`
	body := `<w:p>` + drawing + `</w:p>` + p(styled("H1"), "Hats") + `<w:p>` + vml + `</w:p>` + `<w:p><w:r><w:t>4.2 Words.</w:t></w:r>` + scan + `</w:p>`
	r := read(t, file(t, body, map[string]string{"styles": styles, "numbering": numbering()}), docx.Accept)
	var got []string
	for _, n := range r.Notes {
		_, place, _ := strings.Cut(n.Message, "; it stands ")
		got = append(got, n.Was+": "+place)
	}
	if d := cmp.Diff([]string{"A map: before the first words", `The seal: in "1. Hats"`, `A chart: in "4.2"`}, got); d != "" {
		t.Error(d)
	}
}

func TestEveryWordOfANoteIsKept(t *testing.T) {
	cell := func(words string) string { return `<w:tc>` + p("", words) + `</w:tc>` }
	note := `<w:footnote w:id="2">` + p("", "By size:") + `<w:tbl><w:tr>` + cell("Hat") + cell("10 EUR") + `</w:tr><w:tr>` + cell("Cap") + cell("5 EUR") + `</w:tr></w:tbl>` +
		p(in(1, 0), "one") + p(in(1, 0), "two") + `<w:sdt><w:sdtContent>` + p("", "In a control.") + `</w:sdtContent></w:sdt>` +
		`<w:p><w:r><w:t>Last.</w:t></w:r><w:r><w:pict><w:txbxContent>` + p("", "In a box.") + `</w:txbxContent></w:pict></w:r></w:p></w:footnote>`
	body := `<w:p><w:r><w:t>You pay.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>`
	r := read(t, file(t, body, map[string]string{"numbering": numbering(), "footnotes": `<w:footnotes xmlns:w="w">` + note + `</w:footnotes>`}), docx.Accept)
	want := "By size: Hat | 10 EUR; Cap | 5 EUR 1. one 2. two In a control. Last. In a box."
	if got := strings.TrimPrefix(r.Document.Blocks[len(r.Document.Blocks)-1].Text(), "[1] "); got != want {
		t.Errorf("the note says %q, not %q", got, want)
	}
	if len(r.Notes) != 1 || r.Notes[0].Rule != "note-table" {
		t.Errorf("%+v", r.Notes)
	}
}
