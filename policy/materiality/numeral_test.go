package materiality

import (
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

func TestNumbersInDigitsAreReadAsTheirWritersMeanThem(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]float64{
		"5,000": 5000, "5.000": 5000, "12,345,678": 12345678, "0.125": 0.125, "0,5": 0.5, "1.5": 1.5, "12.50": 12.5, "1.500,50": 1500.5, "1,500.50": 1500.5, "18+": 18, "$20": 20,
	} {
		if got, ok := numeral(text); !ok || got != want {
			t.Errorf("%s is read as %v, %v; want %v", text, got, ok, want)
		}
	}
	if got, ok := numeral("none"); ok {
		t.Errorf("a word is read as %v", got)
	}
}

func TestAUnitIsFoundBehindWordsThatOnlyCount(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"We answer within 30 days", "We answer within 30 calendar days", "We answer within 30 full days", "We answer within thirty (30) consecutive days"} {
		list := one(t, text).measures()
		if len(list) != 1 || list[0].num.value != 30*86400 || list[0].num.kind != Period {
			t.Errorf("%q: %+v", text, list)
		}
	}
}

// read takes a text apart.
func readText(t *testing.T, text string) *policy.Document {
	t.Helper()
	d, err := policy.Parse("terms.md", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestWhatIsAddedOrEditedHasNotMoved(t *testing.T) {
	t.Parallel()
	const a, b, c, d = "Bicycles come back by noon on Monday.", "Helmets are lent with every bicycle.", "Locks are lent on request at the desk.", "Baskets are mounted for a fee of two."
	text := func(list ...string) string { return document(list) }
	for name, pair := range map[string][2]string{
		"one is added at the end":        {text(a, b, c), text(a, b, c, d)},
		"one is added between":           {text(a, b, c), text(a, b, d, c)},
		"one is taken out":               {text(a, b, c, d), text(a, b, d)},
		"one is written anew in place":   {text(a, b, c), text(a, d, c)},
		"nothing changed":                {text(a, b, c), text(a, b, c)},
		"one gave way to another at end": {text(a, b, c), text(a, b, d)},
	} {
		r := redline.Compare(readText(t, pair[0]), readText(t, pair[1]))
		if moved := firstMoved(r); moved != nil {
			t.Errorf("%s: %q counts as moved", name, moved.Text())
		}
	}
	if firstMoved(redline.Compare(readText(t, text(a, b, c, d)), readText(t, text(d, a, b, c)))) == nil {
		t.Error("a paragraph that went from the end to the beginning has not moved")
	}
}

func TestAMisspelledNameIsATypoWhereTheDocumentHasTheRightOne(t *testing.T) {
	t.Parallel()
	const rest = "\n\nVelorento rents bicycles. You pay Velorento at the desk.\n"
	r := redline.Compare(readText(t, "Velorneto keeps your address."+rest), readText(t, "Velorento keeps your address."+rest))
	if a := Assess(r); a.Severity != policy.Editorial {
		t.Errorf("a corrected name is %v: %+v", a.Severity, a.Reasons)
	}
}

func TestAnItemOfUpToFourteenWordsNamesSomething(t *testing.T) {
	t.Parallel()
	words := "the shade width weight make colour frame fork wheel saddle bell basket pump and lamp"
	for text, names := range map[string]bool{"the shade width weight make colour frame fork wheel saddle bell basket pump lamp": true, words: false} {
		s := one(t, text)
		s.place.item = true
		j := newJudge(read(redline.Compare(nil, readText(t, "- "+text+"\n")), new(Memory)))
		shift := j.classify(s, Appears)
		if got := shift == memberOf(s); got != names {
			t.Errorf("an item of %d words: %s", len(s.words), shift)
		}
	}
}

func TestWordsThatOnlyCountLeaveAMeasureAsItIs(t *testing.T) {
	t.Parallel()
	key := func(text string) string {
		s := one(t, text)
		for i := range s.words {
			if m, ok := s.measureAt(i); ok && s.words[i].kind == numeric {
				return m.key
			}
		}
		return ""
	}
	want := key("We answer within 30 days")
	if want == "" {
		t.Fatal("30 days is no measure")
	}
	for _, text := range []string{"We answer within 30 calendar days", "We answer within 30 full days", "We answer within 30 consecutive days", "We answer within 30 (thirty) days"} {
		if got := key(text); got != want {
			t.Errorf("%q is %q", text, got)
		}
	}
	if got := key("We answer within 30 business days"); got == want {
		t.Error("business days are days of the calendar")
	}
}
