package intake

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/repair"
)

func TestTheTextsOfAFolderComeInTheOrderOfTheirDays(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		files []string
		want  string // the files in order, or the error
	}{
		"three ways to write a day": {[]string{"b 2024_02_01.txt", "20230101.docx", "old-2023.12.31-final.html", ".hidden", "sub/2020-01-01.md"}, "20230101.docx old-2023.12.31-final.html b 2024_02_01.txt"},
		"no day":                    {[]string{"2024-01-01.md", "rules.md"}, "rules.md has no day in its name"},
		"digits that are no day":    {[]string{"order-120240101.md"}, "order-120240101.md has no day in its name"},
		"a day that is not":         {[]string{"2024-02-30.md"}, "2024-02-30.md: "},
		"two of one day":            {[]string{"a-2024-01-01.md", "b-2024-01-01.md", "2023-01-01.md"}, "are of one day"},
		"none":                      {nil, "there is no text in "},
	} {
		dir := t.TempDir()
		for _, file := range tt.files {
			file = filepath.Join(dir, file)
			if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte("Words.\n"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		texts, err := Folder(dir)
		var got []string
		for _, text := range texts {
			got = append(got, filepath.Base(text.File))
		}
		if list := strings.Join(got, " "); err == nil && list != tt.want || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %s, %v, want %s", name, list, err, tt.want)
		}
	}
	if _, err := Folder(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a folder that is not there was read")
	}
}

func TestTheNameOfAFileMakesAnID(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]string{"texts/Privacy Policy (v2).docx": "privacy-policy-v2", "AGB_2024.html": "agb-2024", "Über uns.md": "über-uns", "….md": "policy"} {
		if got := ID(file); got != want {
			t.Errorf("%s: %s, want %s", file, got, want)
		}
	}
}

func TestATextStatesItsDayUnlessItDoes(t *testing.T) {
	t.Parallel()
	open := repair.Repair{Rule: "front-matter", Message: "is this the day?"}
	kept := repair.Repair{Rule: "numbering", Message: "is this a number?"}
	for name, tt := range map[string]struct{ text, want string }{
		"nothing stated": {"# Rules\n", "---\nid: rules\nversion: \"2024-01-02\"\neffective_date: 2024-01-02\n---\n\n# Rules\n"},
		"a title":        {"---\ntitle: Rules\n---\n\n\n# Rules\n", "---\ntitle: Rules\nid: rules\nversion: \"2024-01-02\"\neffective_date: 2024-01-02\n---\n\n# Rules\n"},
		"all stated":     {"---\nid: house\nversion: \"3\"\neffective_date: 2024-01-09\n---\n# Rules\n", "---\nid: house\nversion: \"3\"\neffective_date: 2024-01-09\n---\n\n# Rules\n"},
	} {
		d := Dated{Day: policy.Date{Year: 2024, Month: 1, Day: 2}}
		d.Take(&Text{Markdown: []byte(tt.text), Repairs: []repair.Repair{open, kept}}, "rules")
		if string(d.Markdown) != tt.want || len(d.Repairs) != 1 || d.Repairs[0].Rule != "numbering" {
			t.Errorf("%s: %q, %v", name, d.Markdown, d.Repairs)
		}
	}
}

// The stream is one that git reads; that it does, the transcripts show.
func TestEachTextIsACommitOfItsDay(t *testing.T) {
	t.Parallel()
	day := func(d int) policy.Date { return policy.Date{Year: 2024, Month: 1, Day: d} }
	texts := []Dated{{Text: Text{Markdown: []byte("One.\n")}, File: "in/2024-01-01.txt", Day: day(1)}, {Text: Text{Markdown: []byte("Zwölf.\n")}, File: "in/2024-01-02.txt", Day: day(2)}}
	const who = "A. Lawyer <a@example.com> 1700000000 +0100"
	commit := func(day, unix, from, length, words string) string {
		return "commit refs/heads/main\nauthor A. Lawyer <a@example.com> " + unix + " +0000\ncommitter " + who + "\ndata 59\nPublish the text of 2024-01-" + day +
			"\n\nTaken from 2024-01-" + day + ".txt.\n\n" + from + "M 100644 inline \"texts/rules.md\"\ndata " + length + "\n" + words + "\n"
	}
	second := commit("02", "1704196800", "", "8", "Zwölf.\n")
	for head, from := range map[string]string{"": "", "abc": "from abc\n"} {
		want := commit("01", "1704110400", from, "5", "One.\n") + second + "done\n"
		if got := Commits(texts, "texts/rules.md", "main", head, who).String(); got != want {
			t.Errorf("after %q:\n%s\nwant\n%s", head, got, want)
		}
	}
}
