package review

import (
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
)

// told are findings as rule:level.
func told(found []*policy.Diagnostic) string {
	var list []string
	for _, d := range found {
		list = append(list, d.Rule+":"+string(d.Level))
	}
	return strings.Join(list, " ")
}

func TestASilentChangeIsAFaultUntilItIsPutRight(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		revision  policy.Revision
		withdrawn bool
		want      string
		hint      string
	}{
		"open":            {policy.Revision{Commit: strings.Repeat("c", 40)}, false, "silent-change:error", "`- { commit: cccccccccccc, reason:"},
		"of this change":  {policy.Revision{Commit: policy.NoCommit}, false, "silent-change:error", "put it on record under `acknowledge:` in codicil.yaml"},
		"on record":       {policy.Revision{Commit: "c", Acknowledged: "a slip, by A"}, false, "silent-change:warning", "on record: a slip, by A"},
		"put right":       {policy.Revision{Commit: "c", Settled: true}, false, "silent-change:warning", "nothing is left to do"},
		"of what is gone": {policy.Revision{Commit: "c"}, true, "silent-change:warning", "nothing is left to do"},
	} {
		p := &policy.Policy{ID: "lease", Path: "lease.md", Versions: []*policy.Version{{Label: "1.0", Silent: []policy.Revision{c.revision}}}}
		if c.withdrawn {
			p.Withdrawn = day(t, "2027-01-01")
		}
		found := SilentChanges(p)
		if told(found) != c.want || !strings.Contains(found[0].Hint, c.hint) {
			t.Errorf("%s: %s, hint %q", name, told(found), found[0].Hint)
		}
		if this := strings.HasPrefix(found[0].Message, "this would change the text of lease@1.0"); this != (c.revision.Commit == policy.NoCommit) {
			t.Errorf("%s: %s", name, found[0].Message)
		}
	}
}

func TestTheDayOfAVersionInForceIsItsDay(t *testing.T) {
	t.Parallel()
	v := &policy.Version{Label: "1.0", Effective: day(t, "2027-02-01"), Claim: &policy.Claim{Revision: policy.Revision{Commit: strings.Repeat("d", 40)}, Effective: day(t, "2027-03-01")}}
	p := &policy.Policy{ID: "lease", Versions: []*policy.Version{v}}
	found := SilentChanges(p)
	if told(found) != "date-changed:error" || found[0].Message != "lease@1.0 is in force since 2027-02-01, and commit dddddddddddd has its text say 2027-03-01" || !strings.Contains(found[0].Hint, "`effective_date: 2027-02-01`") {
		t.Errorf("%s: %s (%s)", told(found), found[0].Message, found[0].Hint)
	}
	v.Claim.Commit = policy.NoCommit
	if found := SilentChanges(p); !strings.Contains(found[0].Message, "this change has its text say") {
		t.Error(found[0].Message)
	}
	p.Withdrawn = day(t, "2027-05-01")
	if found := SilentChanges(p); len(found) > 0 {
		t.Errorf("of a withdrawn policy: %s", told(found))
	}
}

// A change answers for what it makes worse: each fault of before lets one fault pass.
func TestOldFaultsPassOnce(t *testing.T) {
	t.Parallel()
	dead := func() *policy.Diagnostic { return &policy.Diagnostic{Rule: "dead", Message: "5", Level: policy.Error} }
	other := &policy.Diagnostic{Rule: "dead", Message: "6", Level: policy.Error}
	found := []*policy.Diagnostic{dead(), dead(), other}
	Known(found, []*policy.Diagnostic{dead(), {Rule: "other", Message: "6"}})
	if told(found) != "dead:warning dead:error dead:error" || !found[0].Known || found[1].Known {
		t.Errorf("%s", told(found))
	}
}

// The words of a silent change that are back are a fault no more.
func TestWordsThatAreBackAreNoFault(t *testing.T) {
	t.Parallel()
	front := "version: \"1.0\"\neffective_date: 2027-02-01\nsummary: How you bring bicycles back.\n"
	for words, want := range map[string]string{firstWords: "silent-change:warning", strings.Replace(firstWords, "noon", "six", 1): "unlabelled-change:error"} {
		r, p := reviewing(t, "2027-03-01", "2027-02-01")
		p.Versions[0].Silent = []policy.Revision{{Commit: strings.Repeat("c", 40), Path: "lease.md"}}
		got := levels(t, r, p, lease(front, words))
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %v, want %s", words, got, want)
		}
	}
}

func TestADateLineThatStaysWhileTheRulesChange(t *testing.T) {
	t.Parallel()
	r, p := reviewing(t, "2027-03-01", "2027-02-01")
	first := p.Versions[0]
	for words, want := range map[string]string{strings.Replace(firstWords, "30", "90", 1): "stale-date:warning", strings.Replace(firstWords, "address", "adress", 1): ""} {
		second := *first
		second.Label, second.Commit, second.StaleDate = "2.0", "b", day(t, "2026-01-01")
		r.Texts = shelf{first.Commit: lease("", firstWords), "b": lease("", words)}
		p.Versions = []*policy.Version{&second, first}
		found, err := r.staleDate(Candidate{Policy: p, DateLine: 7})
		if err != nil || told(found) != want || want != "" && (found[0].Line != 7 || !strings.Contains(found[0].Message, "still says 2026-01-01")) {
			t.Errorf("%q: %s, %v", words, told(found), err)
		}
		second.StaleDate = policy.Date{}
		if found, _ := r.staleDate(Candidate{Policy: p}); len(found) > 0 {
			t.Errorf("%q, with a date line that moved: %s", words, told(found))
		}
	}
}

func TestWhatAStatusChanges(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		before policy.Status
		front  policy.FrontMatter
		want   string
		rules  string
	}{
		"nothing":            {"", policy.FrontMatter{}, "", ""},
		"called off":         {"", policy.FrontMatter{Status: policy.Cancelled, StatusReason: "Too dear."}, "lease@1.0, announced for 2027-02-01, is called off; who was told", ""},
		"called off, no why": {"", policy.FrontMatter{Status: policy.Cancelled}, "lease@1.0, announced for 2027-02-01, is called off", "status-reason:warning"},
		"withdrawn":          {"", policy.FrontMatter{Status: policy.Withdrawn, StatusReason: "Sold."}, "lease is withdrawn", ""},
		"on again":           {policy.Cancelled, policy.FrontMatter{EffectiveDate: day(t, "2027-05-01")}, "takes effect after all, on 2027-05-01", ""},
		"back":               {policy.Withdrawn, policy.FrontMatter{}, "lease, which was withdrawn, is there again", ""},
		"the same word":      {policy.Cancelled, policy.FrontMatter{Status: policy.Cancelled}, "", ""},
		"of a new version":   {"", policy.FrontMatter{Status: policy.Cancelled, Version: "2.0"}, "", ""},
		"of this version":    {"", policy.FrontMatter{Status: policy.Cancelled, Version: "1.0", StatusReason: "x"}, "is called off", ""},
	} {
		r, p := reviewing(t, "2027-01-20", "2027-02-01")
		p.Versions[0].Front.Status = c.before
		reviewed := &Reviewed{}
		r.statusChange(p, &policy.Document{Front: c.front}, reviewed)
		if !strings.Contains(reviewed.StatusChange, c.want) || (reviewed.StatusChange == "") != (c.want == "") || told(reviewed.Findings) != c.rules {
			t.Errorf("%s: %q, %s", name, reviewed.StatusChange, told(reviewed.Findings))
		}
	}
}
