package counsel

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	readword "github.com/codicil/codicil/policy/repair/docx"
)

const linked = `# Lending rules

## 1. Loans {#loans}

We lend each book for three weeks. A late one costs what [section 2](#what-it-costs) says.

## 2. Fines {#what-it-costs}

A late book costs ten cents a day.
`

// exported is the Word file of a text, with its words edited as they are in XML.
func exported(t *testing.T, text string, edits ...string) []byte {
	t.Helper()
	doc, err := policy.Parse("lending.md", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	var b, edited bytes.Buffer
	if err := Write(&b, &policy.Policy{ID: "lending"}, &policy.Version{Label: "1.0"}, doc, "Library"); err != nil {
		t.Fatal(err)
	}
	from, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	to := zip.NewWriter(&edited)
	for _, f := range from.File {
		r, _ := f.Open()
		part, err := io.ReadAll(r)
		w, fault := to.Create(f.Name)
		if err != nil || fault != nil {
			t.Fatal(err, fault)
		}
		if f.Name == "word/document.xml" {
			was := string(part)
			part = []byte(strings.NewReplacer(edits...).Replace(was))
			if len(edits) > 0 && string(part) == was {
				t.Fatalf("nothing to edit in %s", was)
			}
		}
		if _, err := w.Write(part); err != nil {
			t.Fatal(err)
		}
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	return edited.Bytes()
}

func TestLinksThatCounselMadeLeadToClausesOfTheText(t *testing.T) {
	const marked = `<w:bookmarkStart w:id="900" w:name="_Ref1"/><w:bookmarkEnd w:id="900"/>`
	for name, tt := range map[string]struct {
		edits []string
		want  []string // parts of a text, in place of others
	}{
		"none":            {nil, nil},
		"to our bookmark": {[]string{"ten cents", `</w:t></w:r><w:hyperlink w:anchor="_loans"><w:r><w:t>ten cents</w:t></w:r></w:hyperlink><w:r><w:t>`}, []string{"ten cents", "[ten cents](#loans)"}},
		"to a new one": {[]string{"ten cents", `</w:t></w:r><w:hyperlink w:anchor="_Ref1"><w:r><w:t>ten cents</w:t></w:r></w:hyperlink><w:r><w:t xml:space="preserve">`,
			"We lend", `We lend</w:t></w:r>` + marked + `<w:r><w:t xml:space="preserve">`}, []string{"ten cents", "[ten cents](#loans)"}},
		"to another clause": {[]string{`w:anchor="_what_it_costs"`, `w:anchor="_loans"`}, []string{"(#what-it-costs)", "(#loans)"}},
		"to nothing":        {[]string{"ten cents", `</w:t></w:r><w:hyperlink w:anchor="_Gone"><w:r><w:t>ten cents</w:t></w:r></w:hyperlink><w:r><w:t>`}, nil},
	} {
		read, err := readword.Read("lending.docx", exported(t, linked, tt.edits...), readword.Options{})
		if err != nil {
			t.Fatal(err)
		}
		r, err := Return("lending.md", []byte(linked), read)
		if err != nil {
			t.Fatal(err)
		}
		if want := strings.NewReplacer(tt.want...).Replace(linked); string(r.Markdown) != want || len(r.Report.Left) > 0 {
			t.Errorf("%s: left %v of\n%s", name, r.Report.Left, r.Markdown)
		}
		if dead := len(r.Report.Repairs) > 0; dead != (name == "to nothing") {
			t.Errorf("%s: %v", name, r.Report.Repairs)
		}
	}
}
