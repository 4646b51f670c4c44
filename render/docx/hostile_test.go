package docx

import (
	"strings"
	"testing"
)

// Whatever words stand in a text or in what is told of it, the file is XML that
// Word reads, with the words in it as words: no field that runs or fetches, no
// address but those of the web, of letters and of calls.
func TestNoWordBecomesAFieldOrAnAddress(t *testing.T) {
	for _, words := range []string{
		"</w:t></w:r><w:r><w:instrText>DDEAUTO c:\\windows\\system32\\cmd.exe</w:instrText></w:r>", `{ HYPERLINK "file:///etc/passwd" }`, "{ INCLUDEPICTURE \"https://evil.example/p.png\" \\d }",
		"]]>", "<!-- -->", "&#0;", "&amp;", "&w;", "\x00", "\x0b", "\x1b[2J", "\ufffe", "\u202eevil", "\u2028", "a\r\nb", "\"/><w:altChunk r:id=\"rId1\"/>", "javascript:alert(1)",
		"https://evil.example/\"><x", "file://evil.example/share", "\\\\evil.example\\share", "=cmd|' /C calc'!A0", "../../word/document.xml", "<script>alert(1)</script>", "vbscript:x", "ms-msdt:/id",
	} {
		flat := strings.Join(strings.Fields(words), " ")
		text := func(more string) string {
			return "# T " + flat + " {#t}\n\n" + words + more + "\n\n[l " + flat + "](" + flat + ") [m](<" + flat + ">) ![p " + flat + "](" + flat + ")\n\n| a | " + flat + " |\n|---|---|\n| b" + more + " | c |\n\n- " + flat + "\n\n```\n" + words + "\n```\n\nx[^1]\n\n[^1]: " + flat + "\n"
		}
		f := reread(t, compare(t, text(""), text(" more "+flat)), Options{Author: "A" + words, Title: "T" + words, Lang: "en", Version: "p@1" + words, Digest: words, Anchors: true, Base: "https://example.com/legal/"})
		for name, part := range f.parts {
			for _, field := range []string{"instrText", "delInstrText", "fldSimple", "altChunk", "object", "pict", "script"} {
				if len(part.all(field)) > 0 {
					t.Errorf("%q: %s has the element %s", words, name, field)
				}
			}
			for _, to := range part.all("Relationship") {
				at, outside := to.attr["Target"], to.attr["TargetMode"] == "External"
				if outside && !strings.HasPrefix(at, "https://") && !strings.HasPrefix(at, "mailto:") || strings.Contains(at, "..") || !outside && strings.Contains(at, "evil") {
					t.Errorf("%q: %s leads to %q", words, name, at)
				}
			}
		}
	}
}
