package intake

import (
	"archive/zip"
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy/repair"
	"github.com/codicil/codicil/policy/repair/docx"
)

const space = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

// word makes a Word file of the paragraphs of its body, with the comments given.
func word(t *testing.T, body, comments string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	parts := map[string]string{"word/document.xml": "<w:document" + space + "><w:body>" + body + "</w:body></w:document>"}
	if comments != "" {
		parts["word/_rels/document.xml.rels"] = `<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="comments.xml"/></Relationships>`
		parts["word/comments.xml"] = "<w:comments" + space + ">" + comments + "</w:comments>"
	}
	for name, text := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	plainWords = "<w:p><w:r><w:t>We lend boats.</w:t></w:r></w:p>"
	edited     = `<w:p><w:r><w:t xml:space="preserve">We lend </w:t></w:r><w:del w:id="1" w:author="A. Counsel"><w:r><w:delText>boats</w:delText></w:r></w:del>` +
		`<w:ins w:id="2" w:author="A. Counsel"><w:r><w:t>canoes</w:t></w:r></w:ins><w:r><w:t>.</w:t></w:r></w:p>`
)

// repaired are the repairs of a rule.
func repaired(t *Text, rule string) []repair.Repair {
	return slices.DeleteFunc(slices.Clone(t.Repairs), func(r repair.Repair) bool { return r.Rule != rule })
}

func TestWhatBecomesOfTrackedChangesIsSaid(t *testing.T) {
	t.Parallel()
	answer := func(c docx.Changes) Options {
		return Options{Ask: func(*docx.Result) (docx.Changes, error) { return c, nil }}
	}
	for name, tt := range map[string]struct {
		body    string
		options Options
		words   string
		after   string // what the repair says became of them; empty for no repair
	}{
		"none":                   {plainWords, Options{}, "We lend boats.", ""},
		"none, and nobody asked": {plainWords, Options{Ask: func(*docx.Result) (docx.Changes, error) { return "", errors.New("asked for nothing") }}, "We lend boats.", ""},
		"accepted":               {edited, Options{Changes: docx.Accept}, "We lend canoes.", "accepted"},
		"rejected":               {edited, Options{Changes: docx.Reject}, "We lend boats.", "rejected"},
		"kept":                   {edited, Options{Changes: docx.Keep}, "We lend {--boats--}{++canoes++}.", "2 tracked changes by A. Counsel"},
		"nobody to ask":          {edited, Options{}, "We lend canoes.", "accepted"},
		"asked":                  {edited, answer(docx.Reject), "We lend boats.", "rejected"},
	} {
		read, err := Read(t.Context(), "rules.docx", "rules", word(t, tt.body, ""), tt.options)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		found := repaired(read, "tracked-changes")
		if len(found) > 1 || (len(found) == 1) != (tt.after != "") || len(found) == 1 && (found[0].After != tt.after || found[0].Before != "2 tracked changes by A. Counsel") {
			t.Errorf("%s: %+v, want %q", name, found, tt.after)
		}
		if !strings.Contains(string(read.Markdown), tt.words) {
			t.Errorf("%s: %s, want %s", name, read.Markdown, tt.words)
		}
	}
	refused := errors.New("neither")
	if _, err := Read(t.Context(), "rules.docx", "rules", word(t, edited, ""), Options{Ask: func(*docx.Result) (docx.Changes, error) { return "", refused }}); !errors.Is(err, refused) {
		t.Errorf("who was asked gave no answer, and the text was read: %v", err)
	}
}

func TestTrackedChangesAreCountedWithTheirAuthors(t *testing.T) {
	t.Parallel()
	for want, read := range map[string]docx.Result{
		"1 tracked change by nobody named": {Tracked: 1},
		"2 tracked changes by A, B":        {Tracked: 2, Authors: []string{"A", "B"}},
	} {
		if got := Tracked(&read); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestCommentsOfReviewersAreKeptAside(t *testing.T) {
	t.Parallel()
	remark := func(id string) string {
		return `<w:comment w:id="` + id + `" w:author="A. Counsel"><w:p><w:r><w:t>Why boats?</w:t></w:r></w:p></w:comment>`
	}
	marked := `<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>We lend boats.</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>`
	for name, tt := range map[string]struct{ body, comments, want string }{
		"none": {plainWords, "", ""},
		"one":  {marked, remark("0"), "1 comment"},
		"two":  {marked + strings.ReplaceAll(marked, `"0"`, `"1"`), remark("0") + remark("1"), "2 comments"},
	} {
		read, err := Read(t.Context(), "rules.docx", "rules", word(t, tt.body, tt.comments), Options{})
		if err != nil {
			t.Fatal(err)
		}
		kept := read.KeepComments("rules.comments.md")
		found := repaired(read, "comments")
		if (tt.want != "") != (len(found) == 1 && found[0].Before == tt.want && found[0].After == "rules.comments.md") || strings.Contains(string(kept), "Why boats?") != (tt.want != "") {
			t.Errorf("%s: %+v\n%s", name, found, kept)
		}
		if strings.Contains(string(read.Markdown), "Why boats?") {
			t.Errorf("%s: the comment is in the text", name)
		}
	}
}

func TestATextIsReadByWhatItIs(t *testing.T) {
	t.Parallel()
	for file, tt := range map[string]struct{ src, want, fault string }{
		"rules.txt":   {"RULES\n\nWe lend boats.\n", "We lend boats.", ""},
		"rules.HTML":  {"<h1>Rules</h1><p>We lend <b>boats</b>.</p>", "We lend **boats**.", ""},
		"rules.docx":  {"no archive", "", "rules.docx"},
		"rules.pdf":   {"%PDF-1.7", "", "rules.pdf"},
		"big.htm":     {strings.Repeat("<p>x</p>", maxHTML/8+1), "", "no more than 16777216 are read of a page"},
		"big.txt":     {strings.Repeat("We lend boats.\n\n", 200_000), "", "big.txt"},
		"missing.odt": {"", "", "pandoc"},
	} {
		read, err := Read(t.Context(), file, "rules", []byte(tt.src), Options{})
		switch {
		case tt.fault != "":
			if err == nil || !strings.Contains(err.Error(), tt.fault) {
				t.Errorf("%s: error %v, want %q", file, err, tt.fault)
			}
		case err != nil || !strings.Contains(string(read.Markdown), tt.want):
			t.Errorf("%s: %v, want %q", file, err, tt.want)
		}
	}
}
