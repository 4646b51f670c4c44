package workspace

import (
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/reading"
	"github.com/codicil/codicil/policy/review"
)

func TestWhatAReaderIsAsked(t *testing.T) {
	r := leased(t)
	w := r.open()
	versions := w.History.Policies[0].Versions
	second, first := versions[0].SHA256, versions[1].SHA256
	draft := lease("3.0", "2027-08-01", nightly)
	for _, c := range []struct {
		arg, label, before, after string
		draft                     bool
	}{
		{"lease@2.0", "2.0", first, second, false},
		{"lease@1.0", "1.0", "", first, false},
		{"lease", "2.0", first, second, false}, // the newest, where the work tree has no other text
	} {
		s := must[*Subject](t)(w.Subject(c.arg, june))
		if s.Label != c.label || s.Before != c.before || s.After != c.after || s.Draft || s.Redline == nil || s.Rules == nil {
			t.Errorf("%s: %s from %q to %q, a draft: %v", c.arg, s.Label, s.Before, s.After, s.Draft)
		}
	}
	r.write("lease.md", draft)
	if s := must[*Subject](t)(w.Subject("lease", june)); s.Label != "3.0" || s.Before != second || s.After != review.Digest([]byte(draft)) || !s.Draft {
		t.Errorf("a draft: %+v", s)
	}
	if s := must[*Subject](t)(w.Subject("lease@2.0", june)); s.Draft || s.After != second {
		t.Errorf("a version that is named, beside a draft: %+v", s)
	}
	r.write("lease.md", lease("2.0", "2027-07-01", nightly))
	if s := must[*Subject](t)(w.Subject("lease", june)); s.Before != first {
		t.Errorf("an announced version that is written anew is compared with %q, want the one before it", s.Before)
	}
}

func TestAReadingIsKeptBesideThePolicies(t *testing.T) {
	r := leased(t)
	w := r.open()
	if got := must[*reading.Record](t)(w.LoadRecord("lease", "2.0")); got != nil {
		t.Fatalf("before it was read: %v", got)
	}
	pair := must[[]Pair](t)(w.Pairs([]string{"lease@2.0"}, june))[0]
	if pair.Judged(w.Comparer).Opinion != nil {
		t.Error("an opinion of nobody")
	}
	record := &reading.Record{Policy: "lease", Version: "2.0", Before: pair.Before.sha256, After: pair.After.sha256, Reader: "a model",
		Reading: reading.Reading{Reasons: []reading.Reason{{Change: 1, Severity: policy.Major, Category: "service", Before: noon, After: evening, Why: "Another duty."}}}}
	if got := must[string](t)(w.KeepReading(record)); got != "readings/lease@2.0.json" {
		t.Errorf("kept in %s", got)
	}
	if got := must[*reading.Record](t)(w.LoadRecord("lease", "2.0")); got == nil || got.Reader != "a model" {
		t.Errorf("read again: %v", got)
	}
	if j := pair.Judged(w.Comparer); j.Opinion == nil || len(j.Found) > 0 {
		t.Errorf("the reading of these texts: %+v, %s", j.Opinion, rules(j.Found))
	}
	two := must[[]Pair](t)(w.Pairs([]string{"lease@1.0", "lease@2.0"}, june))[0]
	if two.Judged(w.Comparer).Opinion != nil {
		t.Error("of two texts that somebody named, no reading is kept")
	}
	record.Policy, record.Version = "a/b", "1 ä"
	if got := must[string](t)(w.KeepReading(record)); got != "readings/a%2Fb@1%20%C3%A4.json" {
		t.Errorf("kept in %s", got)
	}
	r.write("readings/lease@2.0.json", "{")
	_, err := w.LoadRecord("lease", "2.0")
	wantError(t, err, "cannot be read")
}
