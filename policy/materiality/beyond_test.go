package materiality_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/redline"
)

// TestWhatIsBeyondJudgementIsMajor: a sentence that is too long to be judged, and more
// words than are judged, are said to be so and count as major, whatever changed.
func TestWhatIsBeyondJudgementIsMajor(t *testing.T) {
	words := func(n int) string { return strings.Repeat("word ", n) }
	var before, after strings.Builder
	for i := range 80 {
		fmt.Fprintf(&before, "Rule %d %s is blue.\n\n", i, words(990))
		fmt.Fprintf(&after, "Rule %d %s is green.\n\n", i, words(990))
	}
	tests := []struct {
		name, before, after, says string
	}{
		{"a long sentence", "We keep " + words(1000) + "it.", "We sell " + words(1000) + "it.", "A sentence of more than 1000 words or 10000 bytes"},
		{"a word as long as a page", "เราเก็บ" + strings.Repeat("ข้อมูลของท่าน", 400), "เราขาย" + strings.Repeat("ข้อมูลของท่าน", 400), "or 10000 bytes"},
		{"many long sentences", before.String(), after.String(), "only so many of them were judged"},
	}
	for _, test := range tests {
		a := materiality.Assess(redline.Compare(parse(t, test.before), parse(t, test.after)))
		if said := strings.Join(a.NotJudged, " "); a.Severity != policy.Major || !a.Limited || a.Undecided || len(a.Reasons) == 0 || !strings.Contains(said, test.says) {
			t.Errorf("%s: %v, limited %v, undecided %v, %d reasons: %s", test.name, a.Severity, a.Limited, a.Undecided, len(a.Reasons), said)
		}
	}
	if a := materiality.Assess(redline.Compare(parse(t, "We keep "+words(500)+"it."), parse(t, "We sell "+words(500)+"it."))); len(a.Reasons) == 0 || a.Reasons[0].Rule == materiality.BeyondRule {
		t.Errorf("a sentence of half that length was not judged: %v", a.Reasons)
	}
}
