package counsel

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/needs"
	"github.com/codicil/codicil/policy/redline"
	readword "github.com/codicil/codicil/policy/repair/docx"
	"github.com/codicil/codicil/render/docx"
)

// Our own redline comes back to its old text, and to its new one wherever that
// can be written.
func TestARedlineOfRealTextsComesBack(t *testing.T) {
	files := realTexts(t)
	old, exact := 0, 0
	for _, file := range files {
		before, text := published(t, file)
		b := redlined(t, file, text)
		if r, err := settled(before, b, readword.Reject); err == nil && bytes.Equal(r.Markdown, before) {
			old++
		}
		if r, err := settled(before, b, readword.Accept); err == nil && len(r.Report.Left) == 0 {
			exact++
		}
	}
	t.Logf("of %d redlines %d come back to their old text byte by byte, %d to their new words", len(files), old, exact)
	if old < len(files)*9/10 || exact < len(files)*2/3 {
		t.Errorf("of %d redlines only %d come back to their old text, %d to their new words", len(files), old, exact)
	}
}

// What counsel's program saves of these redlines comes back too. It takes minutes, so
// only the long test (CODICIL_LONG=1) does it.
func TestRealRedlinesThatAnotherProgramSavedComeBack(t *testing.T) {
	if os.Getenv("CODICIL_LONG") == "" {
		t.Skip("CODICIL_LONG is not set")
	}
	program := needs.Program(t, "soffice", "libreoffice-writer-nogui")
	files, dir := realTexts(t), t.TempDir()
	args := []string{"-env:UserInstallation=file://" + dir + "/profile", "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", filepath.Join(dir, "saved")}
	for _, file := range files {
		_, text := published(t, file)
		b := redlined(t, file, text)
		name := filepath.Join(dir, filepath.Base(filepath.Dir(file))+".docx")
		if err := os.WriteFile(name, b, 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, name)
	}
	if out, err := exec.Command(program, args...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	old, exact := 0, 0
	for _, file := range files {
		before, _ := published(t, file)
		saved, err := os.ReadFile(filepath.Join(dir, "saved", filepath.Base(filepath.Dir(file))+".docx"))
		if err != nil {
			t.Fatal(err)
		}
		if r, err := settled(before, saved, readword.Reject); err == nil && bytes.Equal(r.Markdown, before) {
			old++
		}
		if r, err := settled(before, saved, readword.Accept); err == nil && sameAsWord(t, r.Markdown, filepath.Join(filepath.Dir(file), "after.md")) {
			exact++
		}
	}
	t.Logf("of %d redlines %d come back to their old text byte by byte, %d to their new words", len(files), old, exact)
	if old < len(files)/3 || exact < len(files)/3 {
		t.Error("fewer come back than did")
	}
}

// published reads a text with the faults that texts have that were published.
func published(t *testing.T, file string) ([]byte, *policy.Document) {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	d, _ := policy.ParsePublished("text.md", src)
	return src, d
}

// sameAsWord reports whether a text says in Word what a file says there.
func sameAsWord(t *testing.T, got []byte, file string) bool {
	t.Helper()
	_, after := published(t, file)
	text, _ := policy.ParsePublished("got.md", got)
	a, err := asWord(text)
	b, fault := asWord(after)
	if err != nil || fault != nil {
		return false
	}
	lead(a, a, text)
	lead(b, b, after)
	return len(redline.Compare(a, b).Changes()) == 0
}

// realTexts lists the older ones of pairs of real texts.
func realTexts(t *testing.T) []string {
	t.Helper()
	dir := filepath.Join("..", "..", "..", "shared", "corpora", "redline-dev")
	files, _ := filepath.Glob(filepath.Join(dir, "*", "before.md"))
	if len(files) == 0 {
		t.Skip("no corpus in", dir)
	}
	return files
}

// redlined is the Word file of the changes of a real text.
func redlined(t *testing.T, file string, text *policy.Document) []byte {
	t.Helper()
	_, now := published(t, filepath.Join(filepath.Dir(file), "after.md"))
	var b bytes.Buffer
	if err := docx.Write(&b, redline.Compare(text, now), docx.Options{}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func settled(source, file []byte, changes readword.Changes) (*Returned, error) {
	read, err := readword.Read("text.docx", file, readword.Options{Changes: changes})
	if err != nil {
		return nil, err
	}
	return Return("text.md", source, read)
}
