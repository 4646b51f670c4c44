package intake

import (
	"archive/zip"
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
)

func TestAWordFileTooLongToPublishIsReadForItsAuthorToDivide(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	f, err := z.Create("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	paragraph := "<w:p><w:r><w:t>We keep the data of your account for 30 days after its end.</w:t></w:r></w:p>"
	text := strings.Repeat(paragraph, policy.MaxText/60+1)
	if _, err := f.Write([]byte(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + text + `</w:body></w:document>`)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	got, err := Read(context.Background(), "terms.docx", "terms", b.Bytes(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	last := got.Repairs[len(got.Repairs)-1]
	if len(got.Markdown) <= policy.MaxText || last.Rule != "too-long" || !last.Open() || !strings.Contains(last.Message, "divide it") {
		t.Errorf("%d bytes, and last %+v", len(got.Markdown), last)
	}
}
