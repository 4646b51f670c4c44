package counsel

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
	readword "github.com/codicil/codicil/policy/repair/docx"
	"github.com/codicil/codicil/render/docx"
)

const lending = `---
title: Lending rules
---
# Lending rules

## 1. Loans

We lend each book for three weeks.

## 2. Fines

A late book costs ten cents a day.
`

// written is the Word file of a version, read back as it came.
func written(t *testing.T) *readword.Result {
	t.Helper()
	doc, err := policy.Parse("lending.md", []byte(lending))
	if err != nil {
		t.Fatal(err)
	}
	p, v := &policy.Policy{ID: "lending", Title: "Lending rules"}, &policy.Version{Label: "1.0", SHA256: "abc"}
	var b bytes.Buffer
	if err := Write(&b, p, v, doc, "Library"); err != nil {
		t.Fatal(err)
	}
	read, err := readword.Read("lending.docx", b.Bytes(), readword.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return read
}

func TestAFileKnowsOfWhichVersionItWasMade(t *testing.T) {
	read := written(t)
	if read.Version != "lending@1.0" || read.Digest != "abc" {
		t.Errorf("version %q, digest %q", read.Version, read.Digest)
	}
}

func TestAFileThatNobodyEditedBringsNothingBack(t *testing.T) {
	r, err := Return("lending.md", []byte(lending), written(t))
	if err != nil {
		t.Fatal(err)
	}
	if r.Report.Changes != 0 || len(r.Report.Left) != 0 || string(r.Markdown) != lending {
		t.Errorf("%+v\n%s", r.Report, r.Markdown)
	}
}

func TestAnEditComesBackAndIsCounted(t *testing.T) {
	r := returned(t, "three weeks", "two weeks")
	if r.Report.Changes != 1 || !strings.Contains(string(r.Markdown), "for two weeks") || r.Rewritten {
		t.Errorf("%+v\n%s", r.Report, r.Markdown)
	}
}

func TestCommentsOfCounselAreListedWithTheirClause(t *testing.T) {
	doc := parsed(t, lending)
	var b bytes.Buffer
	if err := docx.Write(&b, redline.Compare(doc, doc), docx.Options{Anchors: true}); err != nil {
		t.Fatal(err)
	}
	read, err := readword.Read("lending.docx", remarked(t, b.Bytes()), readword.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := Return("lending.md", []byte(lending), read)
	if err != nil {
		t.Fatal(err)
	}
	if r.Report.Changes != 0 || string(r.Markdown) != lending {
		t.Errorf("the comment changed the text: %+v", r.Report)
	}
	const want = "Counsel, 2026-03-01, at 2. Fines, about \"\":\n  Is this still so?\n\n"
	if got := string(readword.CommentsText(r.Report.Comments)); got != want {
		t.Errorf("the list says %q, want %q", got, want)
	}
}

// remarked returns a Word file with a comment of counsel on its last paragraph.
func remarked(t *testing.T, file []byte) []byte {
	t.Helper()
	const w = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	r, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	put := func(name, text string) {
		part, err := out.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = part.Write([]byte(text)) // a buffer takes everything
	}
	for _, f := range r.File {
		data, err := fs.ReadFile(r, f.Name)
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		switch f.Name {
		case "[Content_Types].xml":
			text = strings.Replace(text, "</Types>", `<Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"/></Types>`, 1)
		case "word/_rels/document.xml.rels":
			text = strings.Replace(text, "</Relationships>", `<Relationship Id="rIdRemark" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="comments.xml"/></Relationships>`, 1)
		case "word/document.xml":
			text = beforeLast(text, "</w:p>", `<w:r><w:commentReference w:id="0"/></w:r>`)
		}
		put(f.Name, text)
	}
	put("word/comments.xml", `<?xml version="1.0" encoding="UTF-8"?><w:comments `+w+`><w:comment w:id="0" w:author="Counsel" w:date="2026-03-01T10:00:00Z" w:initials="C"><w:p><w:r><w:t>Is this still so?</w:t></w:r></w:p></w:comment></w:comments>`)
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// beforeLast puts words before the last place of a mark.
func beforeLast(text, mark, words string) string {
	at := strings.LastIndex(text, mark)
	return text[:at] + words + text[at:]
}

func parsed(t *testing.T, text string) *policy.Document {
	t.Helper()
	d, err := policy.Parse("rules.md", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestAnEditInADefinitionComesBackAsOne(t *testing.T) {
	const text = "# Words\n\nLoan\n: A book that you *took*.\n\nFine\nFee\n: What you pay.\n\n: Or what you owe.\n\n  In cash.\n"
	const now = "# Words\n\nLoan\n: A book or map that you *took*.\n\nFine\nFee\n: What you pay.\n\n: Or what you still owe.\n\n  In cash.\n"
	var b bytes.Buffer
	if err := docx.Write(&b, redline.Compare(parsed(t, text), parsed(t, now)), docx.Options{}); err != nil {
		t.Fatal(err)
	}
	read, err := readword.Read("words.docx", b.Bytes(), readword.Options{Changes: readword.Accept})
	if err != nil {
		t.Fatal(err)
	}
	r, err := Return("words.md", []byte(text), read)
	if err != nil {
		t.Fatal(err)
	}
	if string(r.Markdown) != now || len(r.Report.Left) > 0 {
		t.Errorf("%+v\n%s", r.Report, r.Markdown)
	}
}
