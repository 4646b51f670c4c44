package review

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/notice"
)

// shelf gives the bytes of versions by their commits.
type shelf map[string]string

func (s shelf) Text(v *policy.Version) ([]byte, error) { return []byte(s[v.Commit]), nil }

func day(t *testing.T, text string) policy.Date {
	t.Helper()
	d, err := policy.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// lease is a text of a policy about bicycles.
func lease(front, words string) string {
	return "---\ntitle: Bicycle lease\nid: lease\n" + front + "---\n\n# Bicycle lease\n\n## 1. Returns\n\n" + words + "\n"
}

const firstWords = "You bring the bicycle back by noon. We keep your address for 30 days after the lease ends."

// reviewing returns a review on a day against one version that was published in
// January and takes effect on the given day.
func reviewing(t *testing.T, on, effective string) (*Reviewer, *policy.Policy) {
	t.Helper()
	text := lease("version: \"1.0\"\neffective_date: "+effective+"\nsummary: How you bring bicycles back.\n", firstWords)
	doc, err := policy.Parse("lease.md", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	v := &policy.Version{
		Label: "1.0", Commit: strings.Repeat("a", 40), Path: "lease.md", SHA256: Digest([]byte(text)), Effective: day(t, effective), Certainty: policy.Stated,
		Published: time.Date(2027, 1, 10, 9, 0, 0, 0, time.UTC), Front: doc.Front,
	}
	p := &policy.Policy{ID: "lease", Title: "Bicycle lease", Path: "lease.md", Starts: policy.StartLabel, Versions: []*policy.Version{v}}
	list := []*policy.Policy{p}
	return &Reviewer{
		Texts: shelf{v.Commit: text}, Rules: notice.DefaultRules(), Policies: list, Published: list, On: day(t, on),
		Exists: func(string) bool { return true }, Sent: func() policy.Date { return policy.Date{} },
	}, p
}

// levels are the findings of a text, each as rule:level.
func levels(t *testing.T, r *Reviewer, p *policy.Policy, text string) []string {
	t.Helper()
	reviewed, err := r.Candidate(Candidate{Policy: p, Source: []byte(text)})
	if err != nil {
		t.Fatal(err)
	}
	list := []string{}
	for _, d := range reviewed.Findings {
		list = append(list, fmt.Sprintf("%s:%s", d.Rule, d.Level))
	}
	return list
}

func TestTheTextThatIsPublishedRaisesNothing(t *testing.T) {
	t.Parallel()
	r, p := reviewing(t, "2027-03-01", "2027-02-01")
	if got := levels(t, r, p, lease("version: \"1.0\"\neffective_date: 2027-02-01\nsummary: How you bring bicycles back.\n", firstWords)); len(got) > 0 {
		t.Errorf("found %v", got)
	}
}

func TestATypoInAnAnnouncedTextMayBeMendedAndNoMore(t *testing.T) {
	t.Parallel()
	front := "version: \"1.0\"\neffective_date: 2027-02-01\nsummary: How you bring bicycles back.\n"
	for words, want := range map[string]string{
		strings.Replace(firstWords, "address", "adress", 1): "announced-rewritten:warning",
		strings.Replace(firstWords, "30", "90", 1):          "announced-rewritten:error",
	} {
		r, p := reviewing(t, "2027-01-20", "2027-02-01") // announced, and not in force yet
		if got := levels(t, r, p, lease(front, words)); !slices.Contains(got, want) {
			t.Errorf("%q: found %v, want %s", words, got, want)
		}
	}
}

func TestASummaryThatNobodyWroteIsNoSummary(t *testing.T) {
	t.Parallel()
	for summary, faulty := range map[string]bool{
		"TODO": true, "tbd.": true, "todo: write this": true, "placeholder text": true, "none": true,
		"None of your rights change.": false, "Summary of what changed: two o'clock.": false, "N/A": true, "Summary": true, "...": true,
		"You now have until two o'clock.": false, "How you bring bicycles back.": true,
	} {
		r, p := reviewing(t, "2027-03-01", "2027-02-01")
		got := levels(t, r, p, lease("version: \"2.0\"\neffective_date: 2027-06-01\nsummary: \""+summary+"\"\n", strings.Replace(firstWords, "noon", "two", 1)))
		found := slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, "summary-") })
		if found != faulty {
			t.Errorf("summary %q: found %v", summary, got)
		}
	}
}

func TestWhatADraftLeavesToFillInIsOnlyAWarning(t *testing.T) {
	t.Parallel()
	words := firstWords + " Write to [your address here]."
	for front, want := range map[string]string{"draft: true\n": "placeholder:warning", "": "placeholder:error"} {
		r, _ := reviewing(t, "2027-03-01", "2027-02-01")
		p := &policy.Policy{ID: "lease", Path: "lease.md"}
		if got := levels(t, r, p, lease(front, words)); !slices.Contains(got, want) {
			t.Errorf("%q: found %v, want %s", front, got, want)
		}
	}
}

func TestAnotherNameNeedsTheOldOneAsAlias(t *testing.T) {
	t.Parallel()
	_, published := reviewing(t, "2027-03-01", "2027-02-01")
	for front, faults := range map[string]int{"": 1, "aliases: [lease]\n": 0, "aliases: [bikes]\n": 1} {
		doc, err := policy.Parse("lease.md", []byte(lease(front, firstWords)))
		if err != nil {
			t.Fatal(err)
		}
		renamedPolicy := *published
		renamedPolicy.ID = "bicycle-lease"
		if got := renamed(published, &renamedPolicy, doc); len(got) != faults {
			t.Errorf("%q: %d findings, want %d", front, len(got), faults)
		}
		if got := renamed(published, published, doc); len(got) != 0 {
			t.Errorf("%q: the name that it has is a fault", front)
		}
	}
}

func TestAPointerOfLFSKeepsTheRepositoryFromBeingPublished(t *testing.T) {
	t.Parallel()
	fault := policy.LFSPointer("lease.md", []byte("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n"))
	if fault == nil {
		t.Fatal("a pointer was taken for a text")
	}
	found := Repository{Warnings: []*policy.Diagnostic{fault}}.Findings()
	if Errors(found) != 1 || !OneText(found[0]) {
		t.Errorf("found %v", found)
	}
	if OneText(&policy.Diagnostic{Rule: "shallow-clone"}) {
		t.Error("a shallow clone is called a fault of one text")
	}
}

func TestTheDayForNewAccountsStaysWhatTheyWereTold(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ on, was, is, want string }{
		"the same day":               {"2027-01-20", "2027-02-01", "2027-02-01", ""},
		"later":                      {"2027-01-20", "2027-02-01", "2027-02-05", ""},
		"sooner, and still to come":  {"2027-01-20", "2027-02-01", "2027-01-21", ""},
		"a day that is over":         {"2027-01-20", "2027-02-01", "2027-01-19", "retroactive:error"},
		"it binds them already":      {"2027-02-02", "2027-02-01", "2027-01-19", "date-changed:error"},
		"it binds them, and is gone": {"2027-02-02", "2027-02-01", "2027-02-20", "date-changed:error"},
	} {
		r, p := reviewing(t, c.on, "2027-03-01")
		p.Versions[0].EffectiveNew = day(t, c.was)
		text := lease("version: \"1.0\"\neffective_date: {new: "+c.is+", existing: 2027-03-01}\nsummary: How you bring bicycles back.\n", firstWords)
		if got := strings.Join(levels(t, r, p, text), " "); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestWhatAnAnnouncedVersionDeclaresIsHeldToTheGateAgain(t *testing.T) {
	t.Parallel()
	front := "version: \"1.1\"\neffective_date: 2027-04-01\n"
	const told = "summary: We keep your address for 90 days.\n"
	next := strings.Replace(firstWords, "30 days", "90 days", 1)
	for name, c := range map[string]struct{ before, after, want string }{
		"nothing else is said":       {told, told, ""},
		"another summary":            {told, "summary: Addresses are kept for 90 days instead of 30.\n", ""},
		"no summary":                 {told, "", "major-without-summary:error"},
		"a summary nobody wrote":     {told, "summary: TBD\n", "summary-placeholder:error"},
		"it is called less":          {told, told + "change: editorial\n", "downgrade:error"},
		"called less, with a reason": {told, told + "change: editorial\nchange_reason: The figure was misprinted.\napproved_by: B. Counsel\n", ""},
		"nobody is told":             {told, told + "notice: []\n", "fewer-channels:error"},
		"what was missing already":   {"", "title: Lease of bicycles\n", "major-without-summary:warning"},
	} {
		r, p := reviewing(t, "2027-02-20", "2027-01-15")
		text := func(declared string) string {
			s := lease(front+declared, next)
			if strings.HasPrefix(declared, "title:") {
				s = strings.Replace(s, "title: Bicycle lease\n", "", 1)
			}
			return s
		}
		doc, err := policy.Parse("lease.md", []byte(text(c.before)))
		if err != nil {
			t.Fatal(err)
		}
		commit := strings.Repeat("b", 40)
		p.Versions = append([]*policy.Version{{
			Label: "1.1", Commit: commit, Path: "lease.md", SHA256: Digest([]byte(text(c.before))), Effective: day(t, "2027-04-01"), Certainty: policy.Stated,
			Published: time.Date(2027, 2, 10, 9, 0, 0, 0, time.UTC), Front: doc.Front,
		}}, p.Versions...)
		r.Texts.(shelf)[commit], r.Based = text(c.before), true
		if got := strings.Join(levels(t, r, p, text(c.after)), " "); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
