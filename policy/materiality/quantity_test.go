package materiality

import (
	"testing"

	"github.com/codicil/codicil/policy"
)

// one returns the single sentence of a text.
func one(t testing.TB, text string) *sentence {
	t.Helper()
	list := split(text, &place{}, new(Memory))
	if len(list) != 1 {
		t.Fatalf("%q has %d sentences", text, len(list))
	}
	return list[0]
}

func TestNumbersAreReadWithTheirUnits(t *testing.T) {
	const day = 86400
	tests := []struct {
		text  string
		value float64
		unit  string
		kind  Shift
	}{
		{"We delete it within 30 days", 30 * day, "s", Period},
		{"We delete it within thirty (30) days", 30 * day, "s", Period},
		{"We keep it for two weeks", 14 * day, "s", Period},
		{"We keep it for one year", 12, "month", Period},
		{"We answer in 24 hours", day, "s", Period},
		{"We answer in 5 business days", 5 * day, "business s", Period},
		{"The fee is $1,500", 1500, "usd", Amount},
		{"The fee is 1.500,50 EUR", 1500.5, "eur", Amount},
		{"The fee is €20", 20, "eur", Amount},
		{"The fee is 20 GBP", 20, "gbp", Amount},
		{"We keep 5% of it", 5, "%", Percentage},
		{"We keep 5 percent of it", 5, "%", Percentage},
		{"You must be at least 16 years old", 192, "month", Age},
		{"You must be 16 or older", 16, "", Age},
		{"Children under 13 may not join", 13, "", Age},
		{"You must be over 18 years of age", 216, "month", Age},
		{"You may open no more than 3 accounts", 3, "", Number},
		{"Files may take up to 500 MB", 0.5, "gb", Number},
	}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			list := one(t, test.text).measures()
			if len(list) != 1 {
				t.Fatalf("%d numbers: %+v", len(list), list)
			}
			m := list[0].num
			if diff := m.value - test.value; diff > 1e-9 || diff < -1e-9 || m.unit != test.unit || m.kind != test.kind {
				t.Errorf("%v %q %v, want %v %q %v", m.value, m.unit, m.kind, test.value, test.unit, test.kind)
			}
		})
	}
}

func TestNumbersThatOnlyPointAreNoQuantities(t *testing.T) {
	for _, text := range []string{
		"See section 4 below", "As sections 4, 5 and 6 say", "Under 17 CFR 740 it is barred", "Call us under phone 555",
		"We moved to 30 North Road", "Updated on 3 June 2025", "It was made in 2019", "Regulation 2016 applies", "Write to Suite 200",
		"One of them is kind", "Acme 4 is here",
	} {
		if list := one(t, text).measures(); len(list) != 0 {
			t.Errorf("%q: %+v", text, list)
		}
	}
}

func TestNumberOfAClauseOfTheSameDocumentPoints(t *testing.T) {
	s := one(t, "We act as 8.3 says")
	if len(s.measures()) != 1 {
		t.Fatal("8.3 is a number where no clause is called so")
	}
	s = one(t, "We act as 8.3 says")
	s.place.numbers = map[string]bool{"8.3": true}
	if list := s.measures(); len(list) != 0 {
		t.Errorf("%+v", list)
	}
}

func TestSpansOfTimeAreNoAges(t *testing.T) {
	for _, text := range []string{"We have over 20 years in business", "It holds for under 12 years after the end", "They asked over 15 years ago"} {
		for _, q := range one(t, text).measures() {
			if q.num.kind == Age {
				t.Errorf("%q has an age: %+v", text, q)
			}
		}
	}
}

func TestEqualQuantities(t *testing.T) {
	tests := []struct {
		a, b string
		want bool
	}{
		{"12 months", "one year", true},
		{"24 hours", "1 day", true},
		{"two weeks", "14 days", true},
		{"30 days", "one month", false},
		{"5 days", "5 business days", false},
		{"$5,000", "$5000", true},
		{"$5,000", "€5,000", false},
		{"10 percent", "10%", true},
		{"1 TB", "1,000 GB", true},
	}
	for _, test := range tests {
		a, b := one(t, "We say "+test.a+" here").measures(), one(t, "We say "+test.b+" here").measures()
		if len(a) != 1 || len(b) != 1 {
			t.Fatalf("%q %+v, %q %+v", test.a, a, test.b, b)
		}
		if got := a[0].key == b[0].key; got != test.want {
			t.Errorf("%s and %s the same: %v", test.a, test.b, got)
		}
	}
}

func TestNumberThatBindsNobodyIsAFact(t *testing.T) {
	a := judgeText(t, "For the past 15 years we've loved dogs.", "For the past 20 years we've loved dogs.")
	if a.Reasons[0].Rule != "fact-changed" {
		t.Errorf("%v: %+v", a.Severity, a.Reasons)
	}
	if a := judgeText(t, "We keep dogs for 15 years.", "We keep dogs for 20 years."); a.Decided() != policy.Major {
		t.Errorf("what we do for years is %v: %+v", a.Severity, a.Reasons)
	}
}

func TestDatesAreNoQuantities(t *testing.T) {
	for _, text := range []string{
		"It was on 5 May 2026 here", "It was on May 5, 2026 here", "It was on 2026-05-05 here", "It was on 05/05/2026 here",
		"C'était le 5 mai 2026 ici", "Es war am 5. Mai 2026 hier", "Fue el 5 de mayo de 2026",
	} {
		s := one(t, text)
		marked := 0
		for i := range s.words {
			if s.words[i].kind == dated {
				marked++
			}
		}
		if marked == 0 {
			t.Errorf("%q has no date", text)
		}
	}
}
