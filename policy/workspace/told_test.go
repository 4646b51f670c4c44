package workspace

import (
	"testing"

	"github.com/codicil/codicil/policy"
)

func TestWhatPeopleWereToldHolds(t *testing.T) {
	r := leased(t)
	w := r.open()
	v := w.History.Policies[0].Versions[0]
	as := func(change func(*policy.AnnouncedText)) policy.AnnouncedText {
		a := policy.AnnouncedText{Policy: "lease", Label: "2.0", SHA256: v.SHA256, Revision: v.Commit, Path: v.Path, Effective: v.Effective, Day: june, Many: 3}
		change(&a)
		return a
	}
	for name, c := range map[string]struct {
		told policy.AnnouncedText
		want string
	}{
		"as it is":                {as(func(*policy.AnnouncedText) {}), ""},
		"without a day":           {as(func(a *policy.AnnouncedText) { a.Effective = policy.Date{} }), ""},
		"an earlier day by mail":  {as(func(a *policy.AnnouncedText) { a.Effective = june }), "warning: 3 people were told on 2027-06-01 that lease@2.0 takes effect on 2027-06-01, and it is 2027-07-01 now"},
		"an earlier day by page":  {as(func(a *policy.AnnouncedText) { a.Effective, a.By = june, "the site" }), ""},
		"a later day":             {as(func(a *policy.AnnouncedText) { a.Effective, a.By = v.Effective.AddDays(1), "the site" }), "error: the site says that lease@2.0 takes effect on 2027-07-02, and it is 2027-07-01 now"},
		"that it is called off":   {as(func(a *policy.AnnouncedText) { a.Cancelled, a.Many = true, 1 }), "warning: 1 person was told on 2027-06-01 that lease@2.0 is called off, and it takes effect on 2027-07-01"},
		"of another version":      {as(func(a *policy.AnnouncedText) { a.Label = "3.0" }), "error: 3 people were told of lease@3.0 on 2027-06-01, and it is not in the history any more"},
		"of another policy":       {as(func(a *policy.AnnouncedText) { a.Policy, a.Path = "terms", "terms.md" }), "error: 3 people were told of terms@2.0 on 2027-06-01, and it is not in the history any more"},
		"words of a lost commit":  {as(func(a *policy.AnnouncedText) { a.SHA256, a.Revision = "aaaaaaaaaaaaaaaa", "deadbeef" }), "error: 3 people were told of lease@2.0 on 2027-06-01 with other words: sha256 aaaaaaaaaaaa then, and " + v.SHA256[:12] + " now"},
		"words of another commit": {as(func(a *policy.AnnouncedText) { a.SHA256, a.Revision = "bbbbbbbbbbbbbbbb", "HEAD~1" }), "error: 3 people were told of lease@2.0 on 2027-06-01 with other words: sha256 bbbbbbbbbbbb then, and " + v.SHA256[:12] + " now"},
		"another head, one body":  {as(func(a *policy.AnnouncedText) { a.SHA256 = "cccc" }), ""},
	} {
		w.Told = []policy.AnnouncedText{c.told}
		found := must[[]*policy.Diagnostic](t)(w.toldOtherwise(t.Context()))
		got := ""
		for _, d := range found {
			got += string(d.Level) + ": " + d.Message
			if d.Rule != "told-otherwise" || d.Line != 1 || d.File != map[bool]string{true: "lease.md", false: "terms.md"}[c.told.Policy == "lease"] {
				t.Errorf("told %s: the finding is %+v", name, d)
			}
		}
		if got != c.want {
			t.Errorf("told %s:\n%s, want\n%s", name, got, c.want)
		}
	}
	w.Known = june
	w.Told = []policy.AnnouncedText{as(func(a *policy.AnnouncedText) { a.Label = "3.0" })}
	if found := must[[]*policy.Diagnostic](t)(w.toldOtherwise(t.Context())); len(found) > 0 {
		t.Errorf("what was known on a day that is past is measured by what was told later: %s", rules(found))
	}
}

func TestATypoMayBeMendedAfterPeopleWereTold(t *testing.T) {
	r := newRepo(t)
	told := r.commit("2027-05-20", "lease.md", lease("1.0", "2027-07-01", "You bring the bicycle  bakc by noon."))
	r.commit("2027-05-21", "lease.md", lease("1.0", "2027-07-01", "You bring the bicycle back by noon."))
	w := r.open()
	w.Told = []policy.AnnouncedText{{Policy: "lease", Label: "1.0", SHA256: "aa", Revision: told, Path: "lease.md", Day: june, Many: 2}}
	if found := must[[]*policy.Diagnostic](t)(w.toldOtherwise(t.Context())); rules(found) != "told-otherwise:warning" {
		t.Errorf("a typo: %s", rules(found))
	}
	w.Told[0].Revision = r.commit("2027-05-22", "lease.md", lease("1.0", "2027-07-01", "You bring the bicycle\nback by noon."))
	if found := must[[]*policy.Diagnostic](t)(w.toldOtherwise(t.Context())); len(found) > 0 {
		t.Errorf("lines broken otherwise: %s", rules(found))
	}
}

func TestASiteBuiltFromABranchTellsNobody(t *testing.T) {
	r := leased(t)
	r.git("2027-05-30", "checkout", "-q", "-b", "try")
	beside := r.commit("2027-05-30", "lease.md", lease("3.0", "2027-08-01", nightly))
	r.git("2027-05-31", "checkout", "-q", "main")
	gone := policy.AnnouncedText{Policy: "lease", Label: "3.0", SHA256: "aa", Revision: beside, Path: "lease.md", By: "the site"}
	mail := gone
	mail.By, mail.Many, mail.Day = "", 1, june
	w := r.open()
	w.Told = []policy.AnnouncedText{gone}
	if found := must[[]*policy.Diagnostic](t)(w.toldOtherwise(t.Context())); len(found) > 0 {
		t.Errorf("a look at a branch: %s", found[0].Message)
	}
	w.Told = []policy.AnnouncedText{mail}
	if found := must[[]*policy.Diagnostic](t)(w.toldOtherwise(t.Context())); rules(found) != "told-otherwise:error" {
		t.Errorf("a notice of a branch: %s", rules(found))
	}
}

func TestAPolicyIsKnownByItsFormerNames(t *testing.T) {
	alias := []string{"rental"}
	lease := &policy.Policy{ID: "lease", Aliases: alias, Versions: []*policy.Version{{Label: "1.0"}}}
	terms := &policy.Policy{ID: "terms", Aliases: []string{"lease"}, Versions: []*policy.Version{{Label: "1.0"}}}
	names := with(june.Time(), june.Time())
	names.History.Policies = []*policy.Policy{terms, lease, {ID: "empty"}}
	got := names.byName()
	for name, want := range map[string]*policy.Policy{"rental": lease, "rental@1.0": lease, "lease@1.0": lease, "terms@1.0": terms, "empty": names.History.Policies[2], "empty@1.0": nil} {
		if got[name].policy != want {
			t.Errorf("%s names %v", name, got[name].policy)
		}
	}
}
