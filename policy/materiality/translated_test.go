package materiality

import (
	"testing"

	"github.com/codicil/codicil/policy"
)

func TestATranslationIsForAPersonToCompare(t *testing.T) {
	english := "You may cancel the contract within fourteen days, and then we will return what you have paid for it.\n\nWe keep the data of your account for as long as you have one, and we do not sell any of it to anybody who asks us for it."
	german := "Sie können den Vertrag innerhalb von vierzehn Tagen kündigen, und dann geben wir zurück, was Sie dafür bezahlt haben.\n\nWir bewahren die Daten Ihres Kontos auf, solange Sie eines haben, und wir verkaufen sie nicht an andere, die uns danach fragen."
	a := judgeText(t, english, german)
	if a.Severity != policy.Major || !a.Undecided || !a.Limited || len(a.Reasons) != 1 || a.Reasons[0].Rule != "language-changed" || a.Reasons[0].Severity != policy.Major {
		t.Errorf("got %+v, want one reason, undecided, counting as major", a)
	}
	if a := judgeText(t, english, english+"\n\n"+german); len(a.Reasons) == 1 && a.Reasons[0].Rule == "language-changed" {
		t.Error("a translation that stands below the text counts as another language of it")
	}
}

func TestAMaskOfAnAddressIsNoWord(t *testing.T) {
	for _, c := range [][2]string{
		{"Write to [[email protected]](/cdn-cgi/l/email-protection#a1) for a copy.", "Write to [[email protected]](/cdn-cgi/l/email-protection#b2)m for a copy."},
		{"Write to help@acme.example for a copy.", "Write to [[email protected]](/cdn-cgi/l/email-protection#b2) for a copy."},
		{"Read our [rules](https://acme.example/rules) first.", "Read our [rules](https://acme.example/rules) (opens in a new window) first."},
	} {
		if a := judgeText(t, c[0], c[1]); a.Severity > policy.Editorial || a.Undecided {
			t.Errorf("%q -> %q is %v: %v", c[0], c[1], a.Severity, a.Reasons)
		}
	}
	if a := judgeText(t, "Write to help@acme.example for a copy.", "Write to nobody for a copy."); a.Severity < policy.Minor && !a.Undecided {
		t.Errorf("an address that went counts as %v", a.Severity)
	}
	hidden := "Write to [[email protected]](/cdn-cgi/l/email-protection#b2)and-we-may-sell-your-data for a copy."
	if a := judgeText(t, "Write to [[email protected]](/cdn-cgi/l/email-protection#a1) for a copy.", hidden); a.Severity < policy.Editorial && !a.Undecided {
		t.Errorf("words behind a mask count as %v", a.Severity)
	}
	if a := judgeText(t, "We keep logs.", "We keep logs.\n\n[Next: we may sell your data to anybody who asks](/x)"); a.Severity < policy.Minor && !a.Undecided {
		t.Errorf("a rule in a link counts as %v: %v", a.Severity, a.Reasons)
	}
}
