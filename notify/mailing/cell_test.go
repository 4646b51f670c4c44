package mailing

import (
	"strings"
	"testing"

	"github.com/codicil/codicil/notify"
)

// TestNoCellIsAFormula: whatever a list or a server says, a spreadsheet shows it
// as words.
func TestNoCellIsAFormula(t *testing.T) {
	for _, bad := range []string{"=HYPERLINK(\"https://evil.example\")", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠SUM(1)"} {
		row := failedRow(notify.Failure{Recipient: notify.Recipient{Email: bad, Lang: bad, Name: bad}, Reason: bad})
		for _, c := range row {
			if c != "" && strings.IndexAny(c, "=+-@\t\r\n＝＋－＠") == 0 {
				t.Errorf("%q begins a formula", c)
			}
		}
		for _, s := range []string{bad, "'" + bad, "''" + bad, "'quoted'", "plain", ""} {
			if got := notify.Uncell(notify.Cell(s)); got != s {
				t.Errorf("%q comes back from a spreadsheet as %q", s, got)
			}
		}
		var b strings.Builder
		if err := WriteSuppressions(&b, []Suppression{{Recipient: bad, Policy: bad, Notice: bad, Reason: bad}}); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(b.String(), ","+bad) || strings.Contains(b.String(), "\n"+bad) {
			t.Errorf("the list of suppressions has a formula:\n%s", b.String())
		}
	}
}
