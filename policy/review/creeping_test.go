package review

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
)

// steps is a review of a lease whose bicycles came back a little sooner with each
// version, and nobody was told.
func steps(t *testing.T, days ...int) (*Reviewer, *policy.Policy) {
	t.Helper()
	r, p := judging(t, "2027-03-01", "2027-02-01")
	for i, n := range days {
		text := step(fmt.Sprintf("1.%d", i+1), n, "")
		doc, err := policy.Parse("lease.md", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		v := *p.Versions[0]
		v.Label, v.Commit, v.Front, v.SHA256 = string(doc.Front.Version), strings.Repeat(string(rune('b'+i)), 40), doc.Front, Digest([]byte(text))
		r.Texts.(shelf)[v.Commit] = text
		p.Versions = append([]*policy.Version{&v}, p.Versions...)
	}
	return r, p
}

// step is a version that its author calls minor.
func step(label string, days int, front string) string {
	return lease("version: \""+label+"\"\neffective_date: 2027-02-01\nchange: minor\nchange_reason: a few days\napproved_by: A\n"+front,
		strings.Replace(firstWords, "30", fmt.Sprint(days), 1))
}

func TestSmallStepsAreHeldAgainstWhatPeopleWereTold(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		days []int
		text string
		want string // the beginning of the finding
	}{
		"the first step":     {nil, step("1.1", 33, ""), ""},
		"the second":         {[]int{33}, step("1.2", 36, ""), "2 steps since lease@1.0, the last version that people were told about, add up to a major change: "},
		"the fourth":         {[]int{33, 36, 39}, step("1.4", 42, ""), "4 steps since lease@1.0, "},
		"a step back":        {[]int{33}, step("1.2", 30, ""), ""},
		"a major one":        {[]int{33}, strings.Replace(step("1.2", 60, "summary: We keep your address for 60 days.\n"), "minor", "major", 1), ""},
		"a reason that says": {[]int{33}, strings.Replace(step("1.2", 36, ""), "a few days", "\"since 1.0, all were asked\"", 1), ""},
		"a reason that does not": {[]int{33}, strings.Replace(step("1.2", 36, ""), "a few days", "since 11.0 nobody asked", 1),
			"2 steps since lease@1.0, "},
		"one step alone, that somebody decided": {[]int{60}, step("1.2", 60, "") + "\n## 2. Bells\n\nEach bicycle has a bell.\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, p := steps(t, tt.days...)
			reviewed, err := r.Candidate(Candidate{Policy: p, Source: []byte(tt.text)})
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if i := slices.IndexFunc(reviewed.Findings, func(d *policy.Diagnostic) bool { return d.Rule == "creeping-change" }); i >= 0 {
				got = reviewed.Findings[i].Message
			}
			if (got == "") != (tt.want == "") || !strings.HasPrefix(got, tt.want) {
				t.Errorf("found %q, want %q; all: %v", got, tt.want, reviewed.Findings)
			}
		})
	}
}
