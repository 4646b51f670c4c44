package intake

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
)

func TestAWordFileIsKnownUnderAnyEnding(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(`<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>We lend boats.</w:t></w:r></w:p></w:body></w:document>`)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"rules.docx", "rules.odt", "rules.rtf", "rules.txt", "rules"} {
		read, err := Read(t.Context(), name, "rules", b.Bytes(), Options{})
		if err != nil || !strings.Contains(string(read.Markdown), "We lend boats.") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
