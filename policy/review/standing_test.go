package review

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
)

// What is wrong with the published text already lets a change pass that is held
// against another revision, and keeps none that makes it worse.
func TestAChangeAnswersForWhatItMakesWorse(t *testing.T) {
	t.Parallel()
	const (
		front = "version: \"1.0\"\neffective_date: 2027-02-01\nsummary: How you bring bicycles back.\n"
		dead  = "\n\nSee [the hours](hours.md)."
	)
	second := func(words string) string {
		return lease(strings.NewReplacer("\"1.0\"", "\"2.0\"", "2027-02-01", "2027-06-01", "bring", "return").Replace(front), words)
	}
	for name, tt := range map[string]struct {
		based bool
		text  string
		want  string
	}{
		"it was there":                {true, second(firstWords + dead + "\n\nRing the bell."), "dead-link:warning"},
		"it was there, with no base":  {false, second(firstWords + dead + "\n\nRing the bell."), "dead-link:error"},
		"another one":                 {true, second(firstWords + dead + "\n\nSee [the fees](fees.md)."), "dead-link:warning dead-link:error"},
		"once more the same":          {true, second(firstWords + dead + dead), "dead-link:warning dead-link:error"},
		"the published text as it is": {true, lease(front, firstWords+dead), "dead-link:warning"},
	} {
		r, p := reviewing(t, "2027-03-01", "2027-02-01")
		text := lease(front, firstWords+dead)
		r.Texts.(shelf)[p.Versions[0].Commit], p.Versions[0].SHA256 = text, Digest([]byte(text))
		r.Based, r.Exists = tt.based, func(string) bool { return false }
		r.Lint = map[string]policy.Level{"dead-link": policy.Error}
		got := slices.DeleteFunc(levels(t, r, p, tt.text), func(s string) bool { return !strings.HasPrefix(s, "dead-") })
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: %v, want %s", name, got, tt.want)
		}
	}
}

// A text that cannot be read is no fault of a change that leaves it as it is.
func TestATextThatCouldNotBeReadBeforePasses(t *testing.T) {
	t.Parallel()
	broken := "---\ntitle: [\n---\n\nWords.\n"
	for based, want := range map[bool]string{true: "warning", false: "error"} {
		r, p := reviewing(t, "2027-03-01", "2027-02-01")
		r.Based, p.Versions[0].SHA256 = based, Digest([]byte(broken))
		got := levels(t, r, p, broken)
		if len(got) != 1 || !strings.HasSuffix(got[0], ":"+want) {
			t.Errorf("based %t: %v, want one %s", based, got, want)
		}
		if got := levels(t, r, p, broken+"More.\n"); len(got) != 1 || !strings.HasSuffix(got[0], ":error") {
			t.Errorf("a change of it: %v", got)
		}
	}
}

// What a fault of the history says once the work tree is committed, it says of
// itself already.
func TestTheWorkTreePutsAFaultOfTheHistoryRight(t *testing.T) {
	t.Parallel()
	revision := policy.Revision{Commit: strings.Repeat("c", 40), Path: "lease.md"}
	front := "version: \"1.0\"\neffective_date: 2027-02-01\nsummary: How you bring bicycles back.\n"
	for name, tt := range map[string]struct {
		now, next func(v *policy.Version)
		want      string
	}{
		"it is put right": {
			func(v *policy.Version) { v.Silent = []policy.Revision{revision} },
			func(v *policy.Version) {
				settled := revision
				settled.Settled = true
				v.Silent = []policy.Revision{settled}
			}, "silent-change:warning it was put right since: nothing is left to do"},
		"the day is back": {
			func(v *policy.Version) { v.Claim = &policy.Claim{Revision: revision, Effective: day(t, "2027-05-01")} },
			func(*policy.Version) {}, "date-changed:warning its day is back now: nothing is left to do"},
		"the day is not": {
			func(v *policy.Version) { v.Claim = &policy.Claim{Revision: revision, Effective: day(t, "2027-05-01")} },
			func(v *policy.Version) { v.Claim = &policy.Claim{Revision: revision, Effective: day(t, "2027-05-01")} },
			"date-changed:error put `effective_date: 2027-02-01` back; what is to bind from another day needs a new `version`"},
	} {
		r, p := reviewing(t, "2027-03-01", "2027-02-01")
		v := *p.Versions[0]
		next := *p
		next.Versions = []*policy.Version{&v}
		tt.now(p.Versions[0])
		tt.next(&v)
		r.Next = []*policy.Policy{&next}
		doc, err := policy.Parse("lease.md", []byte(lease(front, strings.Replace(firstWords, "noon", "six", 1))))
		if err != nil {
			t.Fatal(err)
		}
		found, err := r.silent(p, doc)
		if err != nil || len(found) != 1 {
			t.Fatalf("%s: %v, %v", name, found, err)
		}
		if got := found[0].Rule + ":" + string(found[0].Level) + " " + found[0].Hint; got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}

func TestATextThatIsDatedBeforeTheOneInForceNeverBinds(t *testing.T) {
	t.Parallel()
	for effective, want := range map[string]string{"2027-01-15": "never-binds:warning", "2027-02-01": "", "2027-03-01": ""} {
		r, p := reviewing(t, "2027-04-01", "2027-02-01")
		text := lease("version: \"1.1\"\neffective_date: "+effective+"\nsummary: Later.\n", strings.Replace(firstWords, "noon", "six", 1))
		v := *p.Versions[0]
		v.Label, v.Commit, v.SHA256, v.Effective, v.Published = "1.1", strings.Repeat("b", 40), Digest([]byte(text)), day(t, effective), v.Published.AddDate(0, 1, 10)
		r.Texts.(shelf)[v.Commit] = text
		p.Versions = append([]*policy.Version{&v}, p.Versions...)
		got := told(neverBinds(Candidate{Policy: p, Source: []byte(text)}, p))
		if got != want {
			t.Errorf("from %s: %q, want %q", effective, got, want)
		}
		if got := neverBinds(Candidate{Policy: p, Source: []byte(text + "x")}, p); len(got) > 0 {
			t.Errorf("of a text that is to replace it: %v", got)
		}
	}
}

func TestWhatIsAnnouncedKeepsItsPromises(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		effective, summary string
		based              bool
		want               string
	}{
		"in time":                   {"2027-06-01", "summary: We keep addresses for 60 days.\n", false, ""},
		"too soon":                  {"2027-03-02", "summary: We keep addresses for 60 days.\n", false, "notice-period:error"},
		"without a word":            {"2027-06-01", "", false, "major-without-summary:error"},
		"too soon, and so it stood": {"2027-03-02", "summary: We keep addresses for 60 days.\n", true, "notice-period:warning"},
	} {
		r, p := judging(t, "2027-02-26", "2027-02-01")
		text := strings.Replace(next(tt.summary, "60"), "2027-06-01", tt.effective, 1)
		doc, err := policy.Parse("lease.md", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		v := *p.Versions[0]
		v.Label, v.Commit, v.SHA256, v.Effective, v.Front = "2.0", strings.Repeat("b", 40), Digest([]byte(text)), day(t, tt.effective), doc.Front
		v.Published = day(t, "2027-02-25").Time()
		r.Texts.(shelf)[v.Commit] = text
		p.Versions = append([]*policy.Version{&v}, p.Versions...)
		r.Based = tt.based
		if got := strings.Join(levels(t, r, p, text), " "); got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}

// The form of the words is no version: there is nothing to tell of it.
func TestAnotherFormOfTheSameWordsIsNoVersion(t *testing.T) {
	t.Parallel()
	front := "version: \"1.0\"\neffective_date: 2027-02-01\nsummary: How you bring bicycles back.\n"
	for words, notice := range map[string]bool{
		strings.Replace(firstWords, "noon", "**noon**", 1): false,
		strings.Replace(firstWords, "noon", "six", 1):      true,
	} {
		r, p := judging(t, "2027-03-01", "2027-02-01")
		asked := 0
		r.Roles = []Role{{Name: "legal", Count: 1, From: policy.Major, People: []string{"A"}}}
		r.Approvals = func(string, string) []policy.Approval { asked++; return nil }
		reviewed, err := r.Candidate(Candidate{Policy: p, Source: []byte(lease(front, words))})
		if err != nil {
			t.Fatal(err)
		}
		if (reviewed.Notice != nil) != notice || !notice && (len(reviewed.Findings) > 0 || asked == 0) {
			t.Errorf("%q: notice %v, findings %v, approvals asked %d times", words, reviewed.Notice, reviewed.Findings, asked)
		}
	}
}

func TestTheFirstTextNeedsItsApprovals(t *testing.T) {
	t.Parallel()
	for front, want := range map[string]bool{"": true, "draft: true\n": false, "status: cancelled\n": false} {
		r, _ := reviewing(t, "2027-03-01", "2027-02-01")
		r.Roles = []Role{{Name: "legal", Count: 1, From: policy.Major, People: []string{"A"}}}
		r.Approvals = func(string, string) []policy.Approval { return nil }
		p := &policy.Policy{ID: "bells", Path: "bells.md", Starts: policy.StartLabel}
		got := levels(t, r, p, strings.ReplaceAll(lease("version: \"1.0\"\neffective_date: 2027-06-01\n"+front, "Ring once."), "lease", "bells"))
		if slices.Contains(got, "approval-missing:error") != want {
			t.Errorf("%q: %v", front, got)
		}
	}
}

// A text under another name is what it was: by an alias, or as the history takes it.
func TestATextUnderAnotherNameIsHeldAgainstWhatItWas(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		front string
		next  bool
		want  string
	}{
		"an alias":     {"id: bicycles\naliases: [lease]\n", false, "lease@1.0"},
		"by history":   {"id: bicycles\n", true, "lease@1.0"},
		"a new policy": {"id: bicycles\n", false, ""},
	} {
		r, p := judging(t, "2027-03-01", "2027-02-01")
		text := strings.NewReplacer("id: lease\n", tt.front, "\"1.0\"", "\"2.0\"", "2027-02-01", "2027-06-01").Replace(
			lease("version: \"1.0\"\neffective_date: 2027-02-01\nsummary: Later.\n", strings.Replace(firstWords, "noon", "six", 1)))
		bicycles := &policy.Policy{ID: "bicycles", Path: "bicycles.md", Starts: policy.StartLabel}
		if tt.next {
			r.Next = []*policy.Policy{{ID: "bicycles", Path: "bicycles.md", Versions: []*policy.Version{{Label: "2.0"}, p.Versions[0]}}}
		}
		result, err := r.Check([]Candidate{{Policy: bicycles, Source: []byte(text)}})
		if err != nil {
			t.Fatal(err)
		}
		if got := result.Policies[0].Before; got != tt.want {
			t.Errorf("%s: held against %q, want %q; %v", name, got, tt.want, result.All())
		}
		if gone := slices.ContainsFunc(result.Findings, func(d *policy.Diagnostic) bool { return d.Rule == "policy-gone" }); gone != (tt.want == "") {
			t.Errorf("%s: the old one is gone: %t", name, gone)
		}
	}
}

// A new text that takes the id of another at a new path gives it back.
func TestATextWhoseIDIsTakenIsHeldAgainstItsOwnHistory(t *testing.T) {
	t.Parallel()
	r, p := judging(t, "2027-03-01", "2027-02-01")
	front := "version: \"1.0\"\neffective_date: 2027-02-01\nsummary: How you bring bicycles back.\n"
	own := *p
	own.ID = "lease-2" // as the history calls it once another file says `id: lease`
	mine := []byte(strings.Replace(lease(front, strings.Replace(firstWords, "noon", "six", 1)), "id: lease\n", "", 1))
	thief := &policy.Policy{ID: "lease", Path: "copy.md", Starts: policy.StartLabel}
	result, err := r.Check([]Candidate{{Policy: &own, Source: mine}, {Policy: thief, Source: []byte(lease(front, "Other words."))}})
	if err != nil {
		t.Fatal(err)
	}
	rules := make(map[string]string)
	for _, reviewed := range result.Policies {
		rules[reviewed.Policy.ID+" "+reviewed.Policy.Path] = told(reviewed.Findings)
	}
	if rules["lease copy.md"] != "address-taken:error" || rules["lease lease.md"] != "unlabelled-change:error" || len(result.Findings) > 0 {
		t.Errorf("found %v, %v", rules, result.Findings)
	}
}

// torn gives no text.
type torn struct{}

func (torn) Text(*policy.Version) ([]byte, error) { return nil, errors.New("the pack is torn") }

func TestATextThatGitCannotGiveEndsTheReview(t *testing.T) {
	t.Parallel()
	r, p := judging(t, "2027-03-01", "2027-02-01")
	r.Texts = torn{}
	if _, err := r.Check([]Candidate{{Policy: p, Source: []byte(next("", "60"))}}); err == nil || !strings.Contains(err.Error(), "read lease.md at aaaaaaaaaaaa: the pack is torn") {
		t.Errorf("error %v", err)
	}
}
