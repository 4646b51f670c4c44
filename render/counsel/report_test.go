package counsel

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy/redline"
	"github.com/codicil/codicil/policy/repair"
	readword "github.com/codicil/codicil/policy/repair/docx"
	"github.com/codicil/codicil/render/docx"
)

// returned brings back an edit of the lending rules.
func returned(t *testing.T, was, now string) *Returned {
	t.Helper()
	var b bytes.Buffer
	if err := docx.Write(&b, redline.Compare(parsed(t, lending), parsed(t, strings.Replace(lending, was, now, 1))), docx.Options{}); err != nil {
		t.Fatal(err)
	}
	read, err := readword.Read("lending.docx", b.Bytes(), readword.Options{Changes: readword.Accept})
	if err != nil {
		t.Fatal(err)
	}
	r, err := Return("lending.md", []byte(lending), read)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestPeopleAreToldWhatAFileBroughtBack(t *testing.T) {
	r := returned(t, "three weeks", "two weeks")
	r.Report.Left = []Edit{{"2 Fines", "ten cents", "nine cents"}, {"", "a", "b"}}
	r.Report.Comments = []readword.Comment{{Author: "Counsel", Clause: "1 Loans", About: "weeks", Text: "Too short?"}, {About: "x", Text: "Why?"}}
	r.Report.Repairs = []repair.Repair{{Rule: "merged-cells", Message: "two cells were one"}}
	var b strings.Builder
	r.Write(&b, "back.docx")
	for _, want := range []string{
		"[-three-]{+two+} weeks",
		`back.docx: for you: an edit was not brought back, 2 Fines: "ten cents" → "nine cents" [not-merged]` + "\n",
		`back.docx: for you: an edit was not brought back, no clause: "a" → "b" [not-merged]` + "\n",
		`back.docx: comment by Counsel at 1 Loans, about "weeks": Too short?` + "\n",
		`back.docx: comment by somebody at an unnumbered paragraph, about "x": Why?` + "\n",
		"back.docx: two cells were one [merged-cells]\n",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is not in\n%s", want, b.String())
		}
	}
}

// An edit of a text that is made of others belongs into one of them: into that of
// the line before it where the line is new.
func TestEachEditIsSentToTheTextThatItsLineComesFrom(t *testing.T) {
	origin := func(line int) string { return fmt.Sprintf("shared.md:%d", line) }
	for name, tt := range map[string]struct{ was, now, want string }{
		"another word":      {"three weeks", "two weeks", "back.docx: edit 1 belongs into shared.md:8 (1 Loans)\n"},
		"a clause is gone":  {"A late book costs ten cents a day.\n", "", "back.docx: edit 1 belongs into shared.md:12 (2 Fines)\n"},
		"a paragraph comes": {"ten cents a day.\n", "ten cents a day.\n\nA lost book costs more.\n", "back.docx: edit 1 belongs into shared.md:14 (2 Fines)\n"},
	} {
		var b strings.Builder
		returned(t, tt.was, tt.now).WriteOrigins(&b, "back.docx", origin)
		if b.String() != tt.want {
			t.Errorf("%s: %s, want %s", name, b.String(), tt.want)
		}
	}
}

func TestCommentsAreKeptBesideTheText(t *testing.T) {
	r := Report{}
	if got := r.KeepComments("legal/privacy.md", "in/Back from counsel.docx"); got != nil || r.CommentsFile != "" {
		t.Errorf("of no comments: %q in %q", got, r.CommentsFile)
	}
	r.Comments = []readword.Comment{{Author: "Counsel", Clause: "2", About: "cents", Text: "Dear."}}
	got := r.KeepComments("legal/privacy.md", "in/Back from counsel.docx")
	if r.CommentsFile != "legal/privacy.Back from counsel.comments.txt" || !strings.Contains(string(got), "Counsel, at 2, about \"cents\":\n  Dear.") {
		t.Errorf("%q in %q", got, r.CommentsFile)
	}
}

func TestATextThatCannotBeReadTakesNoEdits(t *testing.T) {
	if _, err := Return("lending.md", []byte("---\ntitle: [\n---\n\nWords.\n"), written(t)); err == nil || !strings.Contains(err.Error(), "lending.md") {
		t.Errorf("error %v", err)
	}
}

// What was not brought back, and what the reader noticed, is named and not lost.
func TestWhatIsLeftIsInTheReport(t *testing.T) {
	left := redline.Compare(parsed(t, lending), parsed(t, strings.Replace(lending, "ten cents", "nine cents", 1)))
	read := &readword.Result{Notes: []readword.Note{{Rule: "header", Message: "a header was left out", Was: "Draft"}}}
	r := reportOf(redline.Compare(nil, nil), left, read)
	if len(r.Left) != 1 || r.Left[0].Clause != "2 Fines" || !strings.Contains(r.Left[0].Before, "ten cents") || !strings.Contains(r.Left[0].After, "nine cents") {
		t.Errorf("left: %+v", r.Left)
	}
	if len(r.Repairs) != 1 || r.Repairs[0].Rule != "header" || r.Repairs[0].Before != "Draft" || r.Changes != 0 || r.Comments == nil {
		t.Errorf("%+v", r)
	}
}
