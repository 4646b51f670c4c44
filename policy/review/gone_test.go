package review

import (
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
)

func TestAPolicyThatTheChangeTakesAway(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(r *Reviewer, p *policy.Policy) []Candidate
		want   string
		says   string
	}{
		"nothing is left of it": {func(r *Reviewer, _ *policy.Policy) []Candidate {
			r.Exists = func(string) bool { return false }
			return nil
		}, "policy-gone:error", "lease.md is not there any more"},
		"its file is gone": {func(r *Reviewer, p *policy.Policy) []Candidate {
			r.Exists = func(string) bool { return false }
			return []Candidate{{Policy: p}}
		}, "policy-gone:error", "lease.md is not there any more"},
		"out of the patterns": {func(*Reviewer, *policy.Policy) []Candidate { return nil }, "policy-gone:error", "does not match it any more"},
		"another ending": {func(r *Reviewer, _ *policy.Policy) []Candidate {
			r.Exists = func(path string) bool { return path == "lease.txt" }
			return nil
		}, "policy-gone:error", "only .md files are policies"},
		"under another name": {func(r *Reviewer, _ *policy.Policy) []Candidate {
			r.Exists = func(string) bool { return false }
			r.Holding = func(string) []string { return []string{"old/lease.md"} }
			return nil
		}, "policy-gone:error", "old/lease.md has its text now"},
		"withdrawn on purpose": {func(r *Reviewer, _ *policy.Policy) []Candidate {
			r.Withdrawn = []string{"/lease/"}
			return nil
		}, "policy-gone:warning", ""},
		"withdrawn before": {func(_ *Reviewer, p *policy.Policy) []Candidate { p.Withdrawn = day(t, "2027-01-01"); return nil }, "", ""},
		"never published":  {func(_ *Reviewer, p *policy.Policy) []Candidate { p.Versions = nil; return nil }, "", ""},
		"it is there":      {func(_ *Reviewer, p *policy.Policy) []Candidate { return []Candidate{{Policy: p, Source: []byte("x")}} }, "", ""},
		"at another path": {func(_ *Reviewer, p *policy.Policy) []Candidate {
			return []Candidate{{Policy: &policy.Policy{ID: "lease", Path: "a.md"}, Source: []byte("x")}}
		}, "", ""},
		"its versions go on": {func(_ *Reviewer, p *policy.Policy) []Candidate {
			return []Candidate{{Policy: &policy.Policy{ID: "b", Path: "b.md", Versions: p.Versions}, Source: []byte("x")}}
		}, "", ""},
		"another that was there takes its name as an alias": {func(r *Reviewer, _ *policy.Policy) []Candidate {
			other := &policy.Policy{ID: "b", Path: "b.md", Versions: []*policy.Version{{Commit: "b", Path: "b.md"}}}
			r.Published = append(r.Published, other)
			r.candidates = map[string]*policy.Document{"b": {Front: policy.FrontMatter{Aliases: policy.Strings{"lease"}}}}
			return []Candidate{{Policy: other, Source: []byte("x")}}
		}, "policy-gone:error", ""},
		"a new one takes its name as an alias": {func(r *Reviewer, _ *policy.Policy) []Candidate {
			r.candidates = map[string]*policy.Document{"b": {Front: policy.FrontMatter{Aliases: policy.Strings{"lease"}}}}
			return []Candidate{{Policy: &policy.Policy{ID: "b", Path: "b.md"}, Source: []byte("x")}}
		}, "", ""},
		"a new draft takes its id": {func(r *Reviewer, _ *policy.Policy) []Candidate {
			r.candidates = map[string]*policy.Document{"lease": {Front: policy.FrontMatter{Draft: true}}}
			return []Candidate{{Policy: &policy.Policy{ID: "lease", Path: "a.md"}, Source: []byte("x")}}
		}, "policy-gone:error", ""},
		"it was moved and is a draft now": {func(r *Reviewer, p *policy.Policy) []Candidate {
			r.candidates = map[string]*policy.Document{"lease": {Front: policy.FrontMatter{Draft: true}}}
			r.Next = []*policy.Policy{{ID: "lease", Path: "a.md", Versions: p.Versions}}
			return []Candidate{{Policy: &policy.Policy{ID: "lease", Path: "a.md"}, Source: []byte("x")}}
		}, "", ""},
		"another policy": {func(*Reviewer, *policy.Policy) []Candidate {
			return []Candidate{{Policy: &policy.Policy{ID: "b", Path: "b.md"}, Source: []byte("x")}}
		}, "policy-gone:error", ""},
	} {
		r, p := reviewing(t, "2027-03-01", "2027-02-01")
		found := r.gone(c.change(r, p))
		if told(found) != c.want || c.want != "" && !strings.Contains(found[0].Message, c.says) {
			t.Errorf("%s: %s %v", name, told(found), found)
		}
	}
}

func TestOneIdIsOfOnePolicy(t *testing.T) {
	t.Parallel()
	text := []byte(lease("", firstWords))
	r, p := reviewing(t, "2027-03-01", "2027-02-01")
	first, second := &policy.Policy{ID: "terms", Path: "a.md"}, &policy.Policy{ID: "terms", Path: "b.md"}
	thief := &policy.Policy{ID: "lease", Path: "copy.md"}
	kept, taken := r.distinct([]Candidate{{Policy: thief, Source: text}, {Policy: first, Source: text}, {Policy: p, Source: text}, {Policy: second, Source: text}, {Policy: second}})
	var paths []string
	for _, c := range kept {
		paths = append(paths, c.Policy.Path)
	}
	if strings.Join(paths, " ") != "a.md lease.md b.md" || len(taken) != 2 {
		t.Fatalf("kept %v, taken %d", paths, len(taken))
	}
	for i, want := range []string{"lease.md has the id lease already", "a.md has the id terms already"} {
		if d := taken[i].Findings[0]; d.Rule != "address-taken" || d.Message != want {
			t.Errorf("%s: %s", d.Rule, d.Message)
		}
	}
}

func TestTwoPoliciesWantNoOneAddress(t *testing.T) {
	t.Parallel()
	live := []*policy.Version{{Label: "1.0"}}
	draft := []*policy.Version{{Label: "1.0", Front: policy.FrontMatter{Draft: true}}}
	for name, c := range map[string]struct {
		policies []*policy.Policy
		want     string
	}{
		"two":              {[]*policy.Policy{{ID: "lease", Versions: live}, {ID: "terms", Versions: live}}, ""},
		"one address":      {[]*policy.Policy{{ID: "lease", Versions: live}, {ID: "Lease", Versions: live}}, "address-taken:error"},
		"one is a draft":   {[]*policy.Policy{{ID: "lease", Versions: draft}, {ID: "Lease", Versions: live}}, ""},
		"one is not there": {[]*policy.Policy{{ID: "lease", Versions: live}, {ID: "Lease"}}, ""},
		"the site's own":   {[]*policy.Policy{{ID: "api", Versions: live}}, "address-reserved:error"},
	} {
		if got := told((Repository{Policies: c.policies}).Addresses()); got != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
	r := Repository{Shallow: true, Warnings: []*policy.Diagnostic{{Rule: "index"}, {Rule: "shallow-clone"}, {Rule: "utf-8", Level: policy.Error}}, Integrity: []*policy.Diagnostic{{Rule: "pin", Level: policy.Error}}}
	if got := told(r.Findings()); got != "shallow-clone:error utf-8:error pin:error" {
		t.Errorf("findings: %s", got)
	}
	for rule, want := range map[string]bool{"front-matter": true, "conflict": true, "utf-8": true, "lfs": true, "too-long": true, "pin": false} {
		if OneText(&policy.Diagnostic{Rule: rule}) != want {
			t.Errorf("%s is about one text: %v", rule, !want)
		}
	}
}

func TestACopyIsNoSecondPolicy(t *testing.T) {
	t.Parallel()
	text := func(days string) string {
		return lease("", firstWords+"\n\nYou lock it.\n\nYou ring the bell.\n\nYou pay for "+days+" days.")
	}
	for name, c := range map[string]struct {
		text string
		lang string
		want string
	}{
		"word for word":    {text("5"), "en", "copied:error"},
		"most of it":       {text("9"), "en", "copied:warning"},
		"little of it":     {lease("", "You lock it.\n\nOne.\n\nTwo.\n\nThree.\n\nFour.\n\nFive."), "en", ""},
		"another language": {text("5"), "de", ""},
		"another title":    {strings.ReplaceAll(text("5"), "Bicycle lease", "Boat lease"), "en", ""},
		"a draft":          {strings.Replace(text("5"), "---\n", "---\ndraft: true\n", 1), "en", ""},
		"a translation":    {strings.Replace(text("5"), "---\n", "---\ntranslation_of: lease\n", 1), "en", ""},
	} {
		r, p := reviewing(t, "2027-03-01", "2027-02-01")
		p.Lang = "en"
		parse := func(text string) *policy.Document {
			doc, err := policy.Parse("x.md", []byte(text))
			if err != nil {
				t.Fatal(err)
			}
			return doc
		}
		r.candidates = map[string]*policy.Document{"lease": parse(text("5"))}
		if got := told(r.copied(&policy.Policy{ID: "copy", Path: "copy.md", Lang: c.lang}, parse(c.text))); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestAMoveIsToldFromBothSides(t *testing.T) {
	t.Parallel()
	for want, m := range map[string]Move{
		"clause 3 came from terms, where it was clause 4": {"3", "terms", "4", true},
		"clause 3 went to terms, where it is a passage":   {"3", "terms", "", false},
	} {
		if got := m.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestWhatAReviewFoundIsCounted(t *testing.T) {
	t.Parallel()
	lfs := &policy.Diagnostic{Rule: "lfs", Message: "a pointer", Level: policy.Error}
	here := &Reviewed{Digest: "d", Findings: []*policy.Diagnostic{{Rule: "a", Message: "m", Level: policy.Error}, {Rule: "b", Level: policy.Warning}}}
	r := &Result{Policies: []*Reviewed{here, {Findings: []*policy.Diagnostic{lfs}}}, Findings: []*policy.Diagnostic{{Rule: "c", Level: policy.Error}}}
	if told(r.All()) != "a:error b:warning lfs:error c:error" || Errors(r.All()) != 3 || r.Texts() != 1 {
		t.Errorf("%s: %d errors in %d texts", told(r.All()), Errors(r.All()), r.Texts())
	}
	if !here.Smudged(lfs) || r.Policies[1].Smudged(lfs) || here.Smudged(&policy.Diagnostic{Rule: "a"}) {
		t.Error("a pointer is smudged wrongly")
	}
	if !here.Has(&policy.Diagnostic{Rule: "a", Message: "m"}) || here.Has(&policy.Diagnostic{Rule: "a", Message: "n"}) || here.Has(&policy.Diagnostic{Rule: "x", Message: "m"}) {
		t.Error("what was found is known wrongly")
	}
}
