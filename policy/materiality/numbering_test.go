package materiality

import (
	"testing"

	"github.com/codicil/codicil/policy"
)

func TestBodyLeavesOutTheNumberOfTheClause(t *testing.T) {
	tests := []struct{ src, number, rest string }{
		{"8.3 We will answer you.", "8.3", "We will answer you."},
		{"# 4. Fees", "4", "Fees"},
		{"# Article 12: Fees", "Article 12", "Fees"},
		{"# § 4 Fees", "§ 4", "Fees"},
		{"# 第三条 费用", "第三条", "费用"},
		{"(a) We answer you.", "a", "We answer you."},
		{"(iv) We answer you.", "iv", "We answer you."},
		{"30 days after that we answer.", "", "30 days after that we answer."},
		{"A dog is a dog.", "", "A dog is a dog."},
		{"I agree with you.", "", "I agree with you."},
		{"Section 5 applies to you.", "", "Section 5 applies to you."},
		{"* Three dogs", "", "Three dogs"},
	}
	for _, test := range tests {
		t.Run(test.src, func(t *testing.T) {
			d, err := policy.Parse("a.md", []byte(test.src))
			if err != nil {
				t.Fatal(err)
			}
			number, rest := body(&d.Blocks[0])
			if number != test.number || rest != test.rest {
				t.Errorf("%q and %q, want %q and %q", number, rest, test.number, test.rest)
			}
		})
	}
}

func TestEnumerator(t *testing.T) {
	for text, want := range map[string]int{
		"(a) dogs": 4, "(iv) dogs": 5, "b) dogs": 3, "12) dogs": 4, "8.1If dogs": 3, "2.5Mbps of data": 0, "1.5GB of data": 0,
		"dogs": 0, "(see below) dogs": 0, "(1,000) dogs": 0, "is) dogs": 0, "": 0, "(": 0,
	} {
		if got := enumerator(text); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

func TestRenumberedIsNotChanged(t *testing.T) {
	tests := []struct{ name, before, after string }{
		{"a clause in its text", "8.3 We will answer you.", "8.4 We will answer you."},
		{"a clause that moved to another section", "# 1. A\n\n1.10 If you decline, we stop.\n\n# 8. B\n\n8.4 You must pay.", "# 1. A\n\n# 8. B\n\n8.4 You must pay.\n\n8.5 If you decline, we stop."},
		{"headings", "# 4. Fees\n\nYou must pay.", "# 5. Fees\n\nYou must pay."},
		{"Chinese clauses", "第三条 您必须付款。", "第四条 您必须付款。"},
		{"items within a sentence", "You must (a) pay; (b) obey.", "You must (i) pay; (ii) obey."},
		{"a cross reference that follows", "4. You must pay as section 5 says.\n\n5. Pay in cash.", "5. You must pay as section 6 says.\n\n6. Pay in cash."},
		{"several cross references", "Sections 4, 5 and 6 bind you.", "Sections 5, 6 and 7 bind you."},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if a := judgeText(t, test.before, test.after); a.Severity != policy.Editorial {
				t.Errorf("%v: %+v", a.Severity, a.Reasons)
			}
		})
	}
}

func TestRenumberingHidesNoChange(t *testing.T) {
	a := judgeText(t, "8.3 You get a refund within 30 days.", "8.4 You get a refund within 60 days.")
	if a.Severity != policy.Major || a.Reasons[0].Rule == "clause-renumbered" {
		t.Errorf("%v: %+v", a.Severity, a.Reasons)
	}
}
