package workspace

import (
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/review"
)

// ids are those of some policies.
func ids(list []*policy.Policy) string {
	var names []string
	for _, p := range list {
		names = append(names, p.ID)
	}
	return strings.Join(names, " ")
}

// withdrawn adds a policy to a repository that was withdrawn in May.
func withdrawn(r *repo) {
	r.commit("2027-05-21", "old.md", "---\nid: old\nversion: \"1\"\neffective_date: 2027-05-21\n---\n\n# Old\n\nYou ring the bell at night.\n")
	r.commit("2027-05-22", "old.md", "---\nid: old\nstatus: withdrawn\n---\n")
}

func TestWhichTextsComeNext(t *testing.T) {
	r := leased(t)
	withdrawn(r)
	r.write("terms.md", "---\nid: rules\ntitle: House rules\nlang: de\n---\n\n# Rules\n\nYou ride with care.\n", "late.md", "# Late\n\nWords.\n")
	r.git("2027-06-01", "add", "terms.md")
	w := r.open()
	for _, c := range []struct{ ids, chosen, next, fault string }{
		{"", "lease", "lease old rules", ""},
		{"lease", "lease", "lease", ""},
		{"old", "old", "old", ""},
		{"rules lease", "", "rules lease", "there is no policy"},
		{"late", "", "", "there is no policy"},
	} {
		chosen, err := w.Chosen(strings.Fields(c.ids))
		if wantError(t, err, c.fault); err == nil && ids(chosen) != c.chosen {
			t.Errorf("%q chooses %s, want %s", c.ids, ids(chosen), c.chosen)
		}
		next, err := w.NextTexts(strings.Fields(c.ids))
		if err == nil && ids(next) != c.next || err != nil && c.next != "" {
			t.Errorf("%q is next: %s, %v, want %s", c.ids, ids(next), err, c.next)
		}
	}
	if staged := must[[]*policy.Policy](t)(w.Staged()); staged[1].Title != "House rules" || staged[1].Lang != "de" || staged[1].Path != "terms.md" {
		t.Errorf("staged: %+v", staged[1])
	}
	r.git("2027-06-01", "rm", "-q", "-f", "terms.md")
	if next := must[[]*policy.Policy](t)(w.NextTexts(nil)); ids(next) != "lease old" {
		t.Errorf("with its file gone: %s", ids(next))
	}
}

func TestATextThatGitCannotReadIsATextToMend(t *testing.T) {
	r := leased(t)
	r.commit("2027-05-21", "odd.md", "# Odd\n\n\xff\xfe\n")
	if next := must[[]*policy.Policy](t)(r.open().NextTexts(nil)); ids(next) != "lease odd" {
		t.Errorf("next: %s", ids(next))
	}
}

func TestDraftsStandBesideWhatIsPublished(t *testing.T) {
	r := leased(t)
	withdrawn(r)
	w := r.open()
	for name, c := range map[string]struct{ text, labels string }{
		"nothing changed":          {lease("2.0", "2027-07-01", evening), "2.0 1.0"},
		"a new version":            {lease("3.0", "2027-08-01", nightly), "3.0 2.0 1.0"},
		"the newest written again": {lease("2.0", "2027-07-01", nightly), "2.0 1.0"},
	} {
		r.write("lease.md", c.text, "old.md", "# Old\n\nOther words.\n")
		d := must[*Drafts](t)(w.Drafts(june))
		var labels []string
		for _, v := range d.Policies[0].Versions {
			labels = append(labels, v.Label)
		}
		if got := strings.Join(labels, " "); got != c.labels {
			t.Errorf("%s: %s, want %s", name, got, c.labels)
		}
		if text := must[[]byte](t)(d.Text(d.Policies[0].Versions[0])); string(text) != c.text {
			t.Errorf("%s: the text is\n%s", name, text)
		}
		if last := d.Policies[0].Versions[len(labels)-1]; string(must[[]byte](t)(d.Text(last))) != lease("1.0", "2027-02-01", noon) {
			t.Errorf("%s: version 1.0 has another text", name)
		}
		if old := d.Policies[1]; old.ID != "old" || len(old.Versions) != 1 {
			t.Errorf("%s: a withdrawn policy has a draft: %+v", name, old)
		}
	}
	r.write("lease.md", "")
	if _, err := w.Drafts(june); err == nil {
		t.Error("a file that is being saved is taken for a text")
	}
	r.git("2027-06-01", "rm", "-q", "-f", "lease.md")
	if d := must[*Drafts](t)(w.Drafts(june)); len(d.Policies[0].Versions) != 2 {
		t.Errorf("a file that is gone: %+v", d.Policies[0].Versions)
	}
}

func TestWhatKeepsARepositoryFromBeingPublished(t *testing.T) {
	broken := "---\nid: lease\nversion: [\n---\n\n# Lease\n\nWords.\n"
	for name, c := range map[string]struct {
		files        []string
		held         string
		publishable  string
		strictRefuse bool
	}{
		"nothing":           {nil, "", "", false},
		"a broken text":     {[]string{"lease.md", broken}, "front-matter:error", "front matter", true},
		"a pin that is not": {[]string{"codicil.sum", "what?\n"}, "", "codicil.sum", true},
	} {
		t.Run(name, func(t *testing.T) {
			r := leased(t)
			r.commit("2027-05-25", c.files...)
			w := r.open()
			held, err := w.HeldBack()
			if got := rules(held); got != c.held {
				t.Errorf("held back: %s, %v, want %s", got, err, c.held)
			}
			if err := w.Publishable(); (err != nil) != (c.publishable != "") {
				t.Errorf("publishable: %v", err)
			}
			w.Config.Strict = true
			if held, err := w.HeldBack(); (err != nil) != c.strictRefuse || len(held) > 0 {
				t.Errorf("strict: %s, %v", rules(held), err)
			}
		})
	}
}

func TestMoreVersionsThanASiteHasPagesOfAreRefused(t *testing.T) {
	w := leased(t).open()
	p := w.History.Policies[0]
	older := *p.Versions[len(p.Versions)-1]
	older.Front.Version = ""
	for len(p.Versions) <= policy.MaxPaged {
		p.Versions = append(p.Versions, &older)
	}
	result := &review.Result{Policies: []*review.Reviewed{{Policy: p}}}
	found := must[[]*policy.Diagnostic](t)(w.OfRepository(t.Context(), result, nil, true))
	if len(found) != 1 || found[0].Rule != "too-many-versions" || found[0].Level != policy.Error {
		t.Errorf("found %v", found)
	}
}

func TestASilentChangeIsRefusedUntilItIsPutRight(t *testing.T) {
	r := newRepo(t)
	r.commit("2027-01-10", "lease.md", lease("1.0", "2027-02-01", noon))
	r.commit("2027-03-01", "lease.md", lease("1.0", "2027-02-01", nightly))
	w := r.open()
	found := must[[]*policy.Diagnostic](t)(w.Refused(t.Context()))
	if rules(found) != "silent-change:error" || rules(w.SilentChanges()) != "silent-change:error" {
		t.Fatalf("refused: %s", rules(found))
	}
	result := &review.Result{}
	left := must[[]*policy.Diagnostic](t)(w.OfRepository(t.Context(), result, w.History, true))
	if rules(left) != "silent-change:warning" || !left[0].Known {
		t.Errorf("what was there before the change is not known: %s", rules(left))
	}
	if left := must[[]*policy.Diagnostic](t)(w.OfRepository(t.Context(), result, nil, true)); left[0].Known {
		t.Error("known without anything published")
	}
	if left := must[[]*policy.Diagnostic](t)(w.OfRepository(t.Context(), result, nil, false)); len(left) > 0 {
		t.Errorf("of another text that was not asked for: %s", rules(left))
	}
	r.write("lease.md", lease("1.0", "2027-02-01", noon))
	next := must[*Workspace](t)(w.Next(t.Context(), june))
	if got := rules(must[[]*policy.Diagnostic](t)(next.Refused(t.Context()))); got != "silent-change:warning" {
		t.Errorf("put right: %s", got)
	}
	if got := rules(w.SilentChanges()); got != "silent-change:error" {
		t.Errorf("looking ahead changed what is: %s", got)
	}
}

func TestCandidatesKnowTheLineOfTheirDate(t *testing.T) {
	r := leased(t)
	r.write("lease.md", lease("3.0", "2027-08-01", nightly))
	w := r.open()
	list := must[[]review.Candidate](t)(w.Candidates(w.History.Policies))
	if len(list) != 1 || string(list[0].Source) != lease("3.0", "2027-08-01", nightly) || list[0].Policy != w.History.Policies[0] {
		t.Errorf("candidates: %+v", list)
	}
}
