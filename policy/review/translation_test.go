package review

import (
	"strings"
	"testing"
	"time"

	"github.com/codicil/codicil/policy"
)

// version is one of a policy, published and in force on two days, with a text.
func version(t *testing.T, texts shelf, label, published, effective, text string) *policy.Version {
	t.Helper()
	v := &policy.Version{Label: label, Commit: label + text, Path: "x.md", Published: day(t, published).Time().Add(9 * time.Hour), Effective: day(t, effective), Certainty: policy.Stated}
	texts[v.Commit] = text
	return v
}

const rules = "# Rules\n\n## 1. Bells\n\nYou ring the bell once.\n\n## 2. Lamps\n\nYou light the lamp.\n"

// translated are a policy and its translation, as a review on the first of June has
// them.
func translated(t *testing.T) (r *Reviewer, original, translation *policy.Policy) {
	t.Helper()
	texts := shelf{}
	original = &policy.Policy{ID: "rules", Path: "rules.md", Lang: "en", Starts: policy.StartLabel, Versions: []*policy.Version{
		version(t, texts, "4.0", "2027-05-20", "2027-07-01", strings.Replace(rules, "lamp.", "lamps.", 1)),
		version(t, texts, "3.0", "2027-04-01", "2027-05-01", strings.Replace(rules, "once", "four times", 1)),
		version(t, texts, "2.0", "2027-03-01", "2027-04-01", strings.Replace(rules, "once", "twice", 1)),
		version(t, texts, "1.0", "2027-01-01", "2027-02-01", rules),
	}}
	translation = &policy.Policy{ID: "regeln", Path: "regeln.md", Lang: "de", TranslationOf: "rules", Starts: policy.StartLabel, Versions: []*policy.Version{
		version(t, texts, "1.0", "2027-01-01", "2027-02-01", "# Regeln\n"),
	}}
	return &Reviewer{Texts: texts, Policies: []*policy.Policy{original, translation}, On: day(t, "2027-06-01")}, original, translation
}

func TestATranslationIsToldWhatItLacks(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(original, translation *policy.Policy)
		want   string // of what is behind
	}{
		"two versions":            {func(_, _ *policy.Policy) {}, "regeln@1.0, published on 2027-01-01, is behind rules@3.0, which changed since then: 1 Bells (3.0)"},
		"one version":             {func(_, d *policy.Policy) { d.Versions[0].Published = d.Versions[0].Published.AddDate(0, 2, 0) }, "regeln@1.0, published on 2027-03-01, is behind rules@3.0, which changed since then: 1 Bells (3.0)"},
		"published the same day":  {func(_, d *policy.Policy) { d.Versions[0].Published = d.Versions[0].Published.AddDate(0, 3, 0) }, ""},
		"a day before":            {func(_, d *policy.Policy) { d.Versions[0].Published = d.Versions[0].Published.AddDate(0, 3, -1) }, "regeln@1.0, published on 2027-03-31, is behind rules@3.0, which changed since then: 1 Bells (3.0)"},
		"not in force yet":        {func(_, d *policy.Policy) { d.Versions[0].Effective = policy.Date{Year: 2027, Month: 6, Day: 2} }, ""},
		"no translation":          {func(_, d *policy.Policy) { d.TranslationOf = "" }, ""},
		"of a withdrawn original": {func(o, _ *policy.Policy) { o.Withdrawn = policy.Date{Year: 2027, Month: 5, Day: 1} }, ""},
	} {
		r, original, translation := translated(t)
		c.change(original, translation)
		found, err := r.behind(translation)
		got := ""
		if len(found) > 0 {
			got = found[0].Message
		}
		if got != c.want || err != nil {
			t.Errorf("%s: %q, %v, want %q", name, got, err, c.want)
		}
		if got != "" && !strings.Contains(found[0].Hint, "rules@3.0`") {
			t.Errorf("%s: hint %s", name, found[0].Hint)
		}
	}
}

func TestATranslationIsToldWhatIsAnnounced(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(r *Reviewer, original, translation *policy.Policy)
		found  int
	}{
		"it lacks it":        {func(*Reviewer, *policy.Policy, *policy.Policy) {}, 1},
		"it has it":          {func(_ *Reviewer, _, d *policy.Policy) { d.Versions[0].Label = "4.0" }, 0},
		"it has no versions": {func(_ *Reviewer, _, d *policy.Policy) { d.Versions = nil }, 0},
		"it is withdrawn":    {func(_ *Reviewer, _, d *policy.Policy) { d.Withdrawn = policy.Date{Year: 2027, Month: 5, Day: 1} }, 0},
		"without labels, the day": {func(_ *Reviewer, _, d *policy.Policy) {
			d.Starts, d.Versions[0].Published = policy.StartCommit, d.Versions[0].Published.AddDate(0, 4, 19)
		}, 0},
		"without labels, too soon": {func(_ *Reviewer, _, d *policy.Policy) {
			d.Starts, d.Versions[0].Published = policy.StartCommit, d.Versions[0].Published.AddDate(0, 4, 18)
		}, 1},
		"the change brings it": {func(r *Reviewer, _, d *policy.Policy) {
			next := *d
			next.Versions = append([]*policy.Version{{Label: "4.0"}}, d.Versions...)
			r.Next = []*policy.Policy{&next}
		}, 0},
	} {
		r, original, translation := translated(t)
		c.change(r, original, translation)
		if found := r.unannounced(translation); len(found) != c.found {
			t.Errorf("%s: %s", name, told(found))
		}
	}
	r, original, _ := translated(t)
	if found := r.unannounced(original); len(found) > 0 {
		t.Errorf("the original lacks itself: %s", told(found))
	}
}

func TestTheVersionThatATranslationHas(t *testing.T) {
	t.Parallel()
	_, original, _ := translated(t)
	for on, want := range map[string]string{"2027-02-28": "rules@1.0", "2027-03-01": "rules@2.0", "2030-01-01": "rules@4.0", "2020-01-01": "rules@1.0"} {
		if got := translatedFrom(original, day(t, on)); got != want {
			t.Errorf("on %s: %s, want %s", on, got, want)
		}
	}
}

func TestWhatAWholeHistoryAnnounced(t *testing.T) {
	t.Parallel()
	r, original, _ := translated(t)
	for commit, text := range r.Texts.(shelf) { // prices instead of bells: major by any reading
		r.Texts.(shelf)[commit] = strings.NewReplacer("You ring the bell once", "You pay us 5 euros a month", "You ring the bell twice", "You pay us 50 euros a month",
			"You ring the bell four times", "You pay us 500 euros a month").Replace(text)
	}
	original.Versions[1].Front.Summary = "Ring four times."
	original.Versions[2].StaleDate = day(t, "2026-01-01")
	x, err := Audit(t.Context(), r.Texts, r.Comparer, original)
	if err != nil || x.Versions != 3 || x.Major == 0 || x.Label != x.Major || x.Announced != x.Major || x.Unannounced > 0 {
		t.Errorf("%+v, %v", x, err)
	}
	p := &policy.Policy{Starts: policy.StartCommit}
	old := &policy.Version{Effective: day(t, "2027-01-01"), Front: policy.FrontMatter{Summary: "Before."}}
	for name, c := range map[string]struct {
		v    policy.Version
		want Audited
	}{
		"nothing told":           {policy.Version{Effective: old.Effective, StaleDate: old.Effective}, Audited{Major: 1, Unannounced: 1, StaleDate: 1}},
		"a date line":            {policy.Version{Effective: day(t, "2027-02-01"), Certainty: policy.InText}, Audited{Major: 1, DateLine: 1, Announced: 1}},
		"a date line that stays": {policy.Version{Effective: old.Effective, Certainty: policy.InText}, Audited{Major: 1, Unannounced: 1}},
		"a summary":              {policy.Version{Front: policy.FrontMatter{Summary: "Now."}}, Audited{Major: 1, Summary: 1, Announced: 1}},
		"the same summary":       {policy.Version{Front: policy.FrontMatter{Summary: "Before."}}, Audited{Major: 1, Unannounced: 1}},
	} {
		var got Audited
		if got.major(p, &c.v, old); got != c.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
	total := Audited{ID: "all"}
	total.Add(Audited{ID: "a", Versions: 1, Major: 2, Announced: 3, Label: 4, DateLine: 5, Summary: 6, Unannounced: 7, StaleDate: 8})
	total.Add(Audited{Versions: 1})
	table := AuditTable([]Audited{{ID: "a", Major: 1}, {ID: "none"}}, total)
	if len(table) != 3 || table[1][0] != "a" || strings.Join(table[2], " ") != "all 2 2 3 4 5 6 8" {
		t.Errorf("%v", table)
	}
}
