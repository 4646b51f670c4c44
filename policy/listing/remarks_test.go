package listing

import (
	"strings"
	"testing"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/review"
)

func TestEachRemarkIsMadeForItsReason(t *testing.T) {
	t.Parallel()
	one, two := policy.Step{On: day("2031-01-01")}, policy.Step{On: day("2031-02-01")}
	for name, c := range map[string]struct {
		version Version
		want    string // the beginning of the remark; empty for none
	}{
		"one step":               {Version{Steps: []policy.Step{one}}, ""},
		"two steps":              {Version{Steps: []policy.Step{one, two}}, one.String() + ", " + two.String()},
		"another day for new":    {Version{Effective: day("2031-06-01"), EffectiveNew: day("2031-03-01")}, "binds accounts made from 2031-03-01 on"},
		"the same day for new":   {Version{Effective: day("2031-06-01"), EffectiveNew: day("2031-06-01")}, ""},
		"a revert":               {Version{Reverts: "1.0"}, "brings back the words of 1.0"},
		"a date line that stays": {Version{StaleDate: day("2030-01-01")}, "the text changed, but its date line still says 2030-01-01"},
		"a silent change":        {Version{Silent: []string{"0123456789abcdef"}}, "the text changed 1 time after it took effect, without a new label (0123456789ab)"},
		"declared otherwise":     {Version{Declared: "minor", Proposed: "major"}, "declared minor, reads as major"},
		"declared alike":         {Version{Declared: "minor", Proposed: "minor"}, ""},
	} {
		got := strings.Join(c.version.Remarks(), "; ")
		if !strings.HasPrefix(got, c.want) || (got == "") != (c.want == "") {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestADateOfTheTextBindsNobodyBeforeItWasPublished(t *testing.T) {
	t.Parallel()
	published := time.Date(2031, 3, 5, 9, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		effective string
		certainty policy.Certainty
		want      string
		how       policy.Certainty
	}{
		"in the text, before":   {"2031-03-04", policy.InText, "2031-03-05", policy.Assumed},
		"in the text, that day": {"2031-03-05", policy.InText, "2031-03-05", policy.InText},
		"stated, before":        {"2031-03-04", policy.Stated, "2031-03-04", policy.Stated},
	} {
		from := &policy.Version{Effective: day(c.effective), Certainty: c.certainty, Published: published}
		v := Version{Effective: from.Effective, Certainty: from.Certainty, Published: published, from: from.From()}
		if on, how := v.Binds(); on.String() != c.want || how != c.how {
			t.Errorf("%s: %s, %s", name, on, how)
		}
	}
}

func TestAVersionIsListedWithWhatItChanged(t *testing.T) {
	t.Parallel()
	p := twoVersions()
	minor := policy.Minor
	p.Versions[0].Silent = []policy.Revision{{Commit: "abc"}}
	c := &review.Change{Policy: p, Version: p.Versions[0], Assessment: &materiality.Assessment{Severity: policy.Major, Declared: &minor}}
	if l := NewVersion(c, policy.Upcoming); l.Severity != "minor" || l.Declared != "minor" || l.Proposed != "major" || l.Change() != "minor" || l.Status != policy.Upcoming || len(l.Silent) != 1 || l.Categories == nil {
		t.Errorf("%+v", l)
	}
	c.Version, c.Assessment = p.Versions[1], &materiality.Assessment{}
	if l := NewVersion(c, policy.InForce); l.Change() != "first" || l.Declared != "" {
		t.Errorf("the first: %+v", l)
	}
}

func TestATextIsListedWithItsClauses(t *testing.T) {
	t.Parallel()
	p := twoVersions()
	source := []byte("# Terms\n\n## 1. Bells\n\n### 1.1 Small bells\n\nYou ring.\n\n## 2. Lamps\n\nYou light them.\n")
	doc, err := policy.Parse("terms.md", source)
	if err != nil {
		t.Fatal(err)
	}
	l := NewText(p, p.Versions[1], policy.Existing, day("2031-03-01"), source, doc)
	if l.Status != policy.InForce || strings.Join(l.Upcoming, " ") != "2.0" || l.Text != string(source) || l.Approvals == nil {
		t.Errorf("%+v", l)
	}
	var flat []string
	var walk func(list []Clause)
	walk = func(list []Clause) {
		for _, c := range list {
			flat = append(flat, c.Number+" "+c.Title)
			walk(c.Clauses)
		}
	}
	if walk(l.Clauses); !strings.Contains(strings.Join(flat, "; "), "1 Bells; 1.1 Small bells; 2 Lamps") {
		t.Errorf("clauses: %q", flat)
	}
}

func TestAWithdrawnPolicySaysSinceWhen(t *testing.T) {
	t.Parallel()
	p := twoVersions()
	p.Withdrawn, p.Absences = day("2031-02-01"), []policy.Absence{{From: day("2031-02-01")}}
	if row := Row(p, policy.Existing, day("2031-03-01")); row[1] != "withdrawn" || row[2] != "2031-02-01" {
		t.Errorf("%v", row)
	}
	for want, starts := range map[string]policy.Start{"a tag": policy.StartTag, "each commit that changes the text": policy.StartCommit} {
		p.Starts = starts
		if got := StartsOf([]*policy.Policy{p}); got != want {
			t.Errorf("%s: %s", starts, got)
		}
	}
}
