package materiality

import "testing"

func TestWordsSpeakOfWhatTheHeadingsAboveThemDo(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Category{
		"we encrypt it and restrict access":                   Security,
		"you shall indemnify us":                              LiabilityWarranty,
		"an arbitrator decides":                               DisputesLaw,
		"a refund of what you paid":                           Fees,
		"you grant us a royalty-free and sublicensable right": ContentIP,
	} {
		f := newFeatures()
		f.learned(ofLearnedChanged, Keys(text))
		said := speakingOf(f.sorted())
		best := 0.0
		var got Category
		for c, category := range rubric {
			if x := said[ofLearnedChanged][c]; x > best {
				best, got = x, category
			}
		}
		if got != want {
			t.Errorf("%q speaks of %s, want %s", text, got, want)
		}
	}
	f := newFeatures()
	f.learned(ofLearnedChanged, Keys("zxqv"))
	if got := f.sorted(); len(got) > 0 {
		t.Errorf("an unknown word speaks of %v", got)
	}
}
