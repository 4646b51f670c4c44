package workspace

import (
	"fmt"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
)

func TestWhatAReferenceNames(t *testing.T) {
	r := leased(t)
	first := r.git("2027-06-01", "rev-parse", "HEAD~1")
	r.commit("2027-05-21", "notes.md", "---\nid: notes\ndraft: true\n---\n\n# Notes\n\nNothing yet.\n")
	w := r.open()
	for _, c := range []struct{ reference, want, fault string }{
		{"lease", "1.0", ""}, // the one in force
		{"lease@2.0", "2.0", ""},
		{"lease@2027-02-01", "1.0", ""},
		{"lease@2027-06-30", "1.0", ""},
		{"lease@2027-07-01", "2.0", ""},
		{"lease@" + first, "1.0", ""},
		{"lease@" + first[:10], "1.0", ""},
		{"lease@main~1", "2.0", ""},
		{"lease@2027-01-31", "", "no version of lease is in force on 2027-01-31"},
		{"lease@main", "", "there is no version of lease \"main\""},
		{"lease@2.1", "", "did you mean \"2.0\""},
		{"leese", "", "did you mean \"lease\""},
		{"lease@1.0...2.0", "1.0 2.0", ""},
		{"lease@1.0...", "", "there is no version of lease \"\""},
		{"lease@9.0...2.0", "", "there is no version of lease \"9.0\""},
	} {
		_, v, to, err := w.LookupRange(c.reference, june)
		wantError(t, err, c.fault)
		got := ""
		for _, v := range []*policy.Version{v, to} {
			if v != nil && err == nil {
				got += " " + v.Label
			}
		}
		if got = strings.TrimSpace(got); got != c.want {
			t.Errorf("%s names %q, want %q", c.reference, got, c.want)
		}
	}
	if _, v, err := w.Lookup("lease", policy.Date{Year: 2027, Month: 1, Day: 15}); err != nil || v.Label != "2.0" {
		t.Errorf("with nothing in force, lease names %v, %v, want its newest", v, err)
	}
}

func TestAPolicyThatIsNotFoundSaysWhy(t *testing.T) {
	r := leased(t)
	w := r.open()
	w.Known = policy.Date{Year: 2026, Month: 12, Day: 1}
	_, err := w.Find("terms")
	wantError(t, err, "was published by 2026-12-01")
	r.write("codicil.yaml", "policies: [legal/*.md]\n")
	w = r.open()
	_, err = w.Find("lease")
	wantError(t, err, "codicil.yaml")
	if err := w.Unfound(); err == nil {
		t.Error("patterns that fit no file are not reported")
	}
}

func TestAllPoliciesAreNamed(t *testing.T) {
	r := leased(t)
	r.commit("2027-05-22", "terms.md", "---\nid: terms\nversion: \"1\"\neffective_date: 2027-06-01\n---\n\n# Terms\n\nYou ride with care.\n")
	if got := fmt.Sprint(r.open().IDs()); got != "[lease terms]" {
		t.Errorf("ids: %s", got)
	}
}
