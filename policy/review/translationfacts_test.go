package review

import (
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
)

func TestATranslationHasTheNumbersOfItsOriginal(t *testing.T) {
	for name, tt := range map[string]struct{ original, translation, want string }{
		"the same":               {"We keep it for 30 days.", "Wir bewahren es 30 Tage auf.", ""},
		"another":                {"We keep it for 30 days.", "Wir bewahren es 60 Tage auf.", "clause 1.1 says 60 where a@1 says 30"},
		"in words here":          {"We keep it for 30 days.", "Wir bewahren es dreißig Tage auf.", ""},
		"in words there":         {"We keep it for thirty days.", "Wir bewahren es 30 Tage auf.", ""},
		"thousands":              {"You owe us EUR 1,000.50.", "Sie schulden uns 1.000,50 EUR.", ""},
		"thousands with a space": {"You owe us EUR 10,000.", "Vous nous devez 10 000 EUR.", ""},
		"a fraction":             {"You owe 1.5 %.", "Sie schulden 1,5 %.", ""},
		"another fraction":       {"You owe 1.5 %.", "Sie schulden 15 %.", "clause 1.1 says 15 where a@1 says 1.5"},
		"another order":          {"From 3 to 9 days.", "9 Tage, mindestens 3.", ""},
		"the afternoon":          {"Call until 5 pm.", "Rufen Sie bis 17 Uhr an.", ""},
		"other digits":           {"Within 14 days.", "خلال ١٤ يوما.", ""},
		"a date":                 {"On 12/31/2026.", "Am 31.12.2026.", ""},
	} {
		t.Run(name, func(t *testing.T) {
			doc := func(text string) *policy.Document {
				d, err := policy.Parse("a.md", []byte("# A\n\n## 1. B\n\n1.1 "+text+"\n"))
				if err != nil {
					t.Fatal(err)
				}
				return d
			}
			got := ""
			for _, d := range (&Reviewer{}).otherNumbers(&policy.Policy{Path: "a.md"}, "a@1", doc(tt.translation), doc(tt.original)) {
				got += d.Message
			}
			if got != tt.want {
				t.Errorf("found %q, want %q", got, tt.want)
			}
		})
	}
}

func TestLabelsThatCountHaveAnOrder(t *testing.T) {
	for _, tt := range []struct {
		label, before string
		back          bool
	}{
		{"0.9", "1.1", true}, {"1.10", "1.9", false}, {"1.9", "1.10", true}, {"2", "1.9", false}, {"1", "1.0", false}, {"v1.0", "v1.1", true},
		{"spring", "autumn", false}, {"2.0-rc1", "2.0", false}, {"999999999", "1", false},
	} {
		if got := goesBack(tt.label, tt.before); got != tt.back {
			t.Errorf("%s after %s: %v", tt.label, tt.before, got)
		}
	}
	for label, want := range map[string]string{"1.1": "1.2", "2": "3", "v1.9": "v1.10", "v2": "v3", "spring": "spring.1"} {
		if got := nextLabel(label); got != want {
			t.Errorf("after %s comes %s, want %s", label, got, want)
		}
	}
}

func TestATranslationHasTheLabelAndTheDayOfItsOriginal(t *testing.T) {
	t.Parallel()
	front := func(label, effective string) string {
		return "---\ntitle: Regeln\nversion: \"" + label + "\"\neffective_date: " + effective + "\n---\n\n# Regeln\n\n## 1. Klingel\n\nEinmal.\n"
	}
	for name, tt := range map[string]struct {
		text   string
		change func(r *Reviewer, original, translation *policy.Policy)
		want   string // rule, level and message
		hint   string
	}{
		"the same":                {text: front("4.0", "2027-07-01")},
		"another day":             {text: front("4.0", "2027-07-02"), want: "translation-date:error this translation binds from 2027-07-02, and rules@4.0 from 2027-07-01", hint: "effective_date: 2027-07-01"},
		"sooner":                  {text: front("4.0", "2027-06-30"), want: "translation-date:error this translation binds from 2027-06-30, and rules@4.0 from 2027-07-01"},
		"late, of one in force":   {text: front("3.0", "2027-07-01"), want: "translation-date:warning this translation binds from 2027-07-01, and rules@3.0 from 2027-05-01"},
		"before the one in force": {text: front("3.0", "2027-04-01"), want: "translation-date:error this translation binds from 2027-04-01, and rules@3.0 from 2027-05-01"},
		"no day of its own":       {text: strings.Replace(front("4.0", "x"), "effective_date: x\n", "", 1)},
		"a day that nobody stated": {text: front("4.0", "2027-07-02"), change: func(_ *Reviewer, original, _ *policy.Policy) {
			original.Versions[0].Certainty = policy.Assumed
		}},
		"a label that is not there": {text: front("9.9", "2027-07-01"), want: "translation-label:error this translation says version 9.9, which rules does not have", hint: "`version: \"4.0\"`"},
		"of an original without labels": {text: front("9.9", "2027-07-01"), change: func(_ *Reviewer, original, _ *policy.Policy) {
			original.Starts = policy.StartCommit
		}},
		"without a label": {text: strings.Replace(front("x", "2027-07-01"), "version: \"x\"\n", "", 1)},
		"no translation":  {text: front("9.9", "2027-07-01"), change: func(_ *Reviewer, _, translation *policy.Policy) { translation.TranslationOf = "" }},
		"of a first text": {text: front("9.9", "2027-07-01"), change: func(_ *Reviewer, original, _ *policy.Policy) { original.Versions = nil }},
		"the original comes with it": {text: front("5.0", "2027-08-02"), change: func(r *Reviewer, _, _ *policy.Policy) {
			r.candidates = map[string]*policy.Document{"rules": {Front: policy.FrontMatter{Version: "5.0", EffectiveDate: day(t, "2027-08-01")}}}
		}, want: "translation-date:error this translation binds from 2027-08-02, and rules@5.0 from 2027-08-01"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, original, translation := translated(t)
			if tt.change != nil {
				tt.change(r, original, translation)
			}
			doc, err := policy.Parse("regeln.md", []byte(tt.text))
			if err != nil {
				t.Fatal(err)
			}
			found, err := r.translationFacts(Candidate{Policy: translation, Source: []byte(tt.text)}, doc)
			if err != nil {
				t.Fatal(err)
			}
			got, hint := "", ""
			for _, d := range found {
				got, hint = got+d.Rule+":"+string(d.Level)+" "+d.Message, d.Hint
			}
			if got != tt.want || !strings.Contains(hint, tt.hint) {
				t.Errorf("found %q (%s), want %q", got, hint, tt.want)
			}
		})
	}
}
