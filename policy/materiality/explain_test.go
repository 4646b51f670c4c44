package materiality

import (
	"fmt"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"pgregory.net/rapid"
)

func TestQuotationShowsTheChangeInItsPlace(t *testing.T) {
	long := "When you ask us to close an account that is yours, we delete the files that you stored with us within %s, and we tell you by email when this is done, unless the law makes us keep some of them longer."
	a := judgeText(t, strings.Replace(long, "%s", "30 days", 1), strings.Replace(long, "%s", "90 days", 1))
	if len(a.Reasons) != 1 {
		t.Fatalf("%+v", a.Reasons)
	}
	r := a.Reasons[0]
	if want := "… the files that you stored with us within 30 days, and we tell you by email when this …"; r.Before != want {
		t.Errorf("before is %q, want %q", r.Before, want)
	}
	if !strings.Contains(r.Why, `from "within 30 days" to "within 90 days"`) {
		t.Errorf("why is %q", r.Why)
	}
}

func TestDraftOfALongSentenceShowsWhatDiffers(t *testing.T) {
	long := "On request, and once we have made sure who is asking, we send you a copy of the files that you keep with us, of the letters that we wrote to you, of the bills of the last years, and of the list of the companies with which %s your data."
	a := judgeText(t, strings.Replace(long, "%s", "we share", 1), strings.Replace(long, "%s", "we share or sell", 1))
	if !strings.Contains(a.DraftSummary, "we share or sell your data") || !strings.Contains(a.DraftSummary, "we share your data") {
		t.Errorf("the draft does not show what differs: %s", a.DraftSummary)
	}
}

func TestWhyTellsWhatWasAddedOrRemoved(t *testing.T) {
	a := judgeText(t, "We like dogs.", "We like dogs.\n\nWe share your data with partners.")
	if r := a.Reasons[0]; !strings.Contains(r.Why, `"We share your data with partners" was added`) || r.Before != "" {
		t.Errorf("%+v", r)
	}
	a = judgeText(t, "We like dogs.\n\nWe share your data with partners.", "We like dogs.")
	if r := a.Reasons[0]; !strings.Contains(r.Why, `"We share your data with partners" was removed`) || r.After != "" {
		t.Errorf("%+v", r)
	}
}

func TestQuotationsStandInTheirSentence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 120).Draw(t, "words")
		var text strings.Builder
		for i := range n {
			fmt.Fprintf(&text, "w%dx ", i)
		}
		s := split(text.String(), nil, new(Memory))[0]
		var list []token
		for i := range s.words {
			if rapid.Bool().Draw(t, "changed") {
				list = append(list, token{from: i, to: i + 1})
			}
		}
		if len(list) == 0 {
			return
		}
		q := quote(s, spansOf(list))
		if !holds(s.text, q.full) || !holds(s.text, q.bare) {
			t.Fatalf("%q and %q of %q", q.full, q.bare, s.text)
		}
		if got := len(words(q.full)); got > excerpted {
			t.Fatalf("%d words quoted", got)
		}
		if len(list) == 1 && !strings.Contains(q.full, s.quoteToken(list[0])) {
			t.Fatalf("%q does not show %q", q.full, s.quoteToken(list[0]))
		}
	})
}

func TestLabelIsToldWithTheRuleThatItBelongsTo(t *testing.T) {
	a := judgeText(t, "# Sharing\n\nWe like dogs.", "# Sharing\n\nWe like dogs.\n\n* Fraud prevention. Vendors receive your data from us.")
	if len(a.Reasons) != 1 || a.Reasons[0].Category != Sharing {
		t.Errorf("%+v", a.Reasons)
	}
}

func TestSentencesOfOneBlockThatOneRuleJudgesBecomeOneReason(t *testing.T) {
	a := judgeText(t, "We like dogs.", "We like dogs.\n\nWe share your data with partners. We disclose your data to advertisers.")
	if len(a.Reasons) != 1 || !strings.Contains(a.Reasons[0].After, "partners … We disclose") {
		t.Errorf("%+v", a.Reasons)
	}
	a = judgeText(t, "We like dogs.", "We like dogs.\n\nWe share your data with partners.\n\nWe disclose your data to advertisers.")
	if len(a.Reasons) != 2 {
		t.Errorf("two blocks: %+v", a.Reasons)
	}
}

func TestNothingIsSaidTwice(t *testing.T) {
	one := judged{Reason: Reason{Rule: "a", Category: Fees, Severity: policy.Major, Clause: "4", Before: "x", After: "y"}}
	again := one
	again.Rule, again.Severity = "b", policy.Minor
	other := one
	other.Category = Sharing
	if got := fold([]judged{one, again, other, one}); len(got) != 2 || got[1].Category != Sharing {
		t.Errorf("%+v", got)
	}
}

func TestConfidence(t *testing.T) {
	tests := []struct {
		name, before, after string
		want                Confidence
	}{
		{"a negation", "We will not sell your data to advertisers.", "We will sell your data to advertisers.", High},
		{"a typo", "We recieve your reports.", "We receive your reports.", High},
		{"other words", "Our founders met on a long journey.", "Our founders met on a long trip.", Low},
		{"another language", "Wir können Ihre Daten für 30 Tage speichern und Sie können das ändern.", "Wir können Ihre Daten für 60 Tage speichern und Sie können das ändern.", Low},
		{"nothing", "We like dogs.", "We like dogs.", High},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if a := judgeText(t, test.before, test.after); a.Confidence.Band != test.want {
				t.Errorf("%s, want %s: %+v", a.Confidence.Band, test.want, a.Reasons)
			}
		})
	}
}

func TestWhatWasNotJudgedIsSaid(t *testing.T) {
	a := judgeText(t, "Nous pouvons conserver vos données pendant 30 jours et vous pouvez les supprimer.", "Nous pouvons conserver vos données pendant 90 jours et vous pouvez les supprimer.")
	if !a.Limited || len(a.NotJudged) != 1 || !strings.Contains(a.NotJudged[0], "is in French") {
		t.Errorf("%v: %q", a.Limited, a.NotJudged)
	}
	if a := judgeText(t, "We like dogs.", "We like cats."); a.Limited || a.NotJudged != nil {
		t.Errorf("%v: %q", a.Limited, a.NotJudged)
	}
}

func TestSentenceTooLongToCompareIsNamed(t *testing.T) {
	before, after := "Dogs", "Dogs"
	for i := range 700 {
		before += fmt.Sprintf(" b%dx", i)
		after += fmt.Sprintf(" a%dx", i)
		if i%2 == 0 {
			before += " dog cat cow"
			after += " dog cat cow"
		}
	}
	a := judgeText(t, before+".", after+".")
	if !a.Limited || len(a.NotJudged) == 0 {
		t.Errorf("limited %v: %q", a.Limited, a.NotJudged)
	}
}
