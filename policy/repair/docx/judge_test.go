package docx_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy/needs"
	"github.com/codicil/codicil/policy/repair/docx"
	"github.com/codicil/codicil/render"
)

// wordFile makes a Word file as programs write it, with its true names.
func wordFile(t *testing.T, body, numbering, styles string) []byte {
	t.Helper()
	const (
		w      = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
		head   = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
		office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
		kind   = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	)
	parts := [][2]string{
		{"[Content_Types].xml", head + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/word/document.xml" ContentType="` + kind + `document.main+xml"/><Override PartName="/word/numbering.xml" ContentType="` + kind + `numbering+xml"/><Override PartName="/word/styles.xml" ContentType="` + kind + `styles+xml"/></Types>`},
		{"_rels/.rels", head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="` + office + `officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/_rels/document.xml.rels", head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="` + office + `numbering" Target="numbering.xml"/><Relationship Id="r2" Type="` + office + `styles" Target="styles.xml"/></Relationships>`},
		{"word/document.xml", head + `<w:document ` + w + `><w:body>` + body + `<w:sectPr/></w:body></w:document>`},
		{"word/numbering.xml", head + `<w:numbering ` + w + `>` + numbering + `</w:numbering>`},
		{"word/styles.xml", head + `<w:styles ` + w + `>` + styles + `</w:styles>`},
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		part, err := z.Create(p[0])
		if err != nil {
			t.Fatal(err)
		}
		_, _ = part.Write([]byte(p[1])) // a buffer takes everything
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// multilevel is a numbering of some levels, each a format and a text.
func multilevel(levels ...string) string {
	var b strings.Builder
	b.WriteString(`<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>`)
	for i, l := range levels {
		format, text, _ := strings.Cut(l, "|")
		text, more, _ := strings.Cut(text, "|")
		fmt.Fprintf(&b, `<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/>%s<w:lvlText w:val="%s"/><w:lvlJc w:val="left"/></w:lvl>`, i, format, more, text)
	}
	return b.String() + `</w:abstractNum>`
}

func num(id, abstract int, overrides string) string {
	return fmt.Sprintf(`<w:num w:numId="%d"><w:abstractNumId w:val="%d"/>%s</w:num>`, id, abstract, overrides)
}

// outline is paragraphs at levels of a list: "0011" is two of the first and two of
// the second; x is one without a number, r one of a second list.
func outline(levels string) string {
	var b strings.Builder
	for i, l := range levels {
		words := fmt.Sprintf("Words of line %d", i+1)
		switch l {
		case 'x':
			b.WriteString(p("", words))
		case 'r':
			b.WriteString(p(in(2, 0), words))
		default:
			b.WriteString(p(in(1, int(l-'0')), words))
		}
	}
	return b.String()
}

const plainStyle = `<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>`

// typedFiles are Word files of many ways to count.
func typedFiles(t *testing.T) map[string][]byte {
	t.Helper()
	files := make(map[string][]byte)
	add := func(name, levels, numbering string) {
		files[name] = wordFile(t, outline(levels), numbering, plainStyle)
	}
	one, restart := num(1, 1, ""), num(1, 1, "")+num(2, 1, `<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>`)
	add("legal", "0112201120", multilevel("decimal|%1.", "decimal|%1.%2", "decimal|%1.%2.%3")+one)
	add("letters", "0112201210", multilevel("decimal|%1.", "lowerLetter|(%2)", "lowerRoman|(%3)")+one)
	add("articles", "0112011220", multilevel("upperRoman|Article %1.", "decimal|Section %1.%2|<w:isLgl/>", "lowerLetter|(%3)")+one)
	add("capitals", "0101122", multilevel("upperLetter|%1.", "decimal|%2)", "lowerLetter|%3)")+one)
	add("zero", "00000000000", multilevel("decimalZero|%1.")+one)
	add("section-sign", "0101", multilevel("decimal|§ %1", "decimal|(%2)")+one)
	add("brackets", "0011x0011", multilevel("decimal|[%1]", "lowerRoman|%2.")+one)
	add("continued", "00x1x1x0", multilevel("decimal|%1.", "lowerLetter|%2.")+one)
	add("restarted", "000xrrr", multilevel("decimal|%1.")+restart)
	add("restarted-below", "01101rr", multilevel("decimal|%1.", "decimal|%1.%2.")+restart)
	add("shared", "00xrr0", multilevel("decimal|%1.")+num(1, 1, "")+num(2, 1, ""))
	add("never-restarts", "0110110", multilevel("decimal|%1.", "decimal|%1.%2|<w:lvlRestart w:val=\"0\"/>")+one)
	add("from-five", "00", strings.Replace(multilevel("decimal|%1."), `<w:start w:val="1"/>`, `<w:start w:val="5"/>`, 1)+one)
	add("skipped-level", "0220", multilevel("decimal|%1.", "decimal|%1.%2.", "decimal|%1.%2.%3.")+one)
	add("deep", "0123401234", multilevel("decimal|%1.", "decimal|%1.%2.", "decimal|%1.%2.%3.", "lowerLetter|(%4)", "lowerRoman|(%5)")+one)
	add("many", strings.Repeat("0", 30), multilevel("lowerLetter|%1)")+one)
	add("romans", strings.Repeat("0", 50), multilevel("lowerRoman|%1.")+one)
	add("ordinals", "000", multilevel("ordinal|%1")+one)
	add("bullets", "0101", multilevel("decimal|%1.", "bullet|•")+one)
	add("as-google-writes", "001122001", multilevel("decimal|%1.", "lowerLetter|%2.", "lowerRoman|%3.", "decimal|%4.", "lowerLetter|%5.", "lowerRoman|%6.", "decimal|%7.", "lowerLetter|%8.", "lowerRoman|%9.")+one)
	heads := `<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>`
	body := p(styled("H1"), "Scope") + p(styled("H2"), "Who") + p("", "Words.") + p(styled("H2"), "What") + p(styled("H1"), "Fees") + p(styled("H2"), "How much")
	files["style-linked"] = wordFile(t, body, multilevel(`decimal|%1.|<w:pStyle w:val="H1"/>`, `decimal|%1.%2|<w:pStyle w:val="H2"/>`)+one, plainStyle+heads)
	files["style-linked-articles"] = wordFile(t, body, multilevel(`upperRoman|Article %1|<w:pStyle w:val="H1"/>`, `decimal|%1.%2|<w:pStyle w:val="H2"/><w:isLgl/>`)+one, plainStyle+heads)
	return files
}

// pandocFiles are made by pandoc of Markdown.
func pandocFiles(t *testing.T) map[string][]byte {
	t.Helper()
	files := make(map[string][]byte)
	for name, text := range map[string]string{
		"pandoc-nested":  "1. One\n2. Two\n    a. Under\n    b. Under two\n        i. Below\n        ii. Below two\n3. Three\n",
		"pandoc-from-4":  "4. Four\n5. Five\n\nWords between.\n\n6. Six\n7. Seven\n",
		"pandoc-letters": "(a) First\n(b) Second\n(c) Third\n\nThen\n\nA. Capital\nB. Another\n",
		"pandoc-roman":   "i. First\nii. Second\n\nThen\n\n(I) One\n(II) Two\n",
		"pandoc-heads":   "# 1. Scope\n\nWords.\n\n## 1.1 Who\n\n- bullet\n- another\n\n# 2. Fees\n\n1) one\n2) two\n",
	} {
		program := needs.Program(t, "pandoc", "pandoc")
		cmd := exec.Command(program, "--from=markdown", "--to=docx", "-o", "-")
		cmd.Stdin = strings.NewReader(text)
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		files[name] = out
	}
	return files
}

// officePages are turned into Word files by LibreOffice itself.
func officePages() map[string]string {
	return map[string]string{
		"office-ol":      `<ol><li>One</li><li>Two<ol type="a"><li>Under</li><li>Under two</li></ol></li><li>Three</li></ol>`,
		"office-start":   `<ol start="7"><li>Seven</li><li>Eight</li></ol><p>Between</p><ol type="I"><li>One</li><li>Two</li></ol>`,
		"office-letters": `<ol type="A"><li>First</li><li>Second</li></ol><ol type="i"><li>one</li><li>two</li><li>three</li></ol>`,
		"office-heads":   `<h1>1. Scope</h1><p>Words.</p><h2>1.1 Who</h2><ul><li>bullet</li></ul><ol><li>one</li></ol>`,
	}
}

// asWordCounts are the lines of files with what LibreOffice 7.4 does not know: numbers
// of legal form in a list of Roman ones (ECMA-376 part 1, 17.9.4), and levels that
// never begin anew (17.9.10).
func asWordCounts() map[string][]string {
	return map[string][]string{
		"articles": {"Article I. Words of line 1", "Section 1.1 Words of line 2", "Section 1.2 Words of line 3", "(a) Words of line 4", "Article II. Words of line 5",
			"Section 2.1 Words of line 6", "Section 2.2 Words of line 7", "(a) Words of line 8", "(b) Words of line 9", "Article III. Words of line 10"},
		"never-restarts":        {"1. Words of line 1", "1.1 Words of line 2", "1.2 Words of line 3", "2. Words of line 4", "2.3 Words of line 5", "2.4 Words of line 6", "3. Words of line 7"},
		"style-linked-articles": {"Article I Scope", "1.1 Who", "Words.", "1.2 What", "Article II Fees", "2.1 How much"},
	}
}

// The numbers that we read are those that LibreOffice shows, line by line, in files
// made by several programs.
func TestNumbersAreThoseThatLibreOfficeShows(t *testing.T) {
	program := needs.Program(t, "soffice", "libreoffice-writer-nogui")
	dir := t.TempDir()
	convert := func(to string, files ...string) {
		t.Helper()
		args := append([]string{"-env:UserInstallation=file://" + dir + "/profile", "--headless", "--convert-to", to, "--outdir", dir}, files...)
		if out, err := exec.Command(program, args...).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	save := func(name string, data []byte) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	var pages, names, files []string
	for name, page := range officePages() {
		pages, names = append(pages, save(name+".html", []byte("<html><body>"+page+"</body></html>"))), append(names, name)
	}
	convert("docx:MS Word 2007 XML", pages...)
	for _, list := range []map[string][]byte{typedFiles(t), pandocFiles(t), keptFiles(t)} {
		for name, data := range list {
			names = append(names, name)
			save(name+".docx", data)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		files = append(files, filepath.Join(dir, name+".docx"))
	}
	convert("txt:Text (encoded):UTF8", files...)
	if len(names) < 30 {
		t.Errorf("only %d files", len(names))
	}
	for i, name := range names {
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(files[i])
			if err != nil {
				t.Fatal(err)
			}
			shown, err := os.ReadFile(strings.TrimSuffix(files[i], ".docx") + ".txt")
			if err != nil {
				t.Fatal(err)
			}
			read, err := docx.Read(name+".docx", data, docx.Options{})
			if err != nil {
				t.Fatal(err)
			}
			want, got := shownLines(string(shown)), shownLines(render.DocumentText(read.Document))
			if counts := asWordCounts()[name]; counts != nil {
				want = counts
			}
			if read.Title != "" {
				want = slices.DeleteFunc(want, func(line string) bool { return line == read.Title })
			}
			if !slices.Equal(want, got) {
				t.Errorf("LibreOffice shows\n%s\nwe read\n%s", strings.Join(want, "\n"), strings.Join(got, "\n"))
			}
		})
	}
}

// keptFiles are small files that a library of JavaScript has made.
func keptFiles(t *testing.T) map[string][]byte {
	t.Helper()
	files := make(map[string][]byte)
	found, err := filepath.Glob(filepath.Join("testdata", "*.docx"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		files[strings.TrimSuffix(filepath.Base(f), ".docx")] = data
	}
	return files
}

// shownLines returns the lines of a text with their numbers, without what only draws
// them: spaces and the form of a bullet.
func shownLines(text string) []string {
	var lines []string
	for line := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		words := strings.Fields(line)
		if len(words) > 0 && slices.Contains([]string{"•", "-", "◦", "–", "·", "o", "*"}, words[0]) {
			words[0] = "•"
		}
		if len(words) > 0 {
			lines = append(lines, strings.Join(words, " "))
		}
	}
	return lines
}
