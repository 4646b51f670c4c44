package review

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/comparison"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/notice"
	"github.com/codicil/codicil/policy/reading"
)

// judging is reviewing with the rules that ship.
func judging(t *testing.T, on, effective string) (*Reviewer, *policy.Policy) {
	t.Helper()
	r, p := reviewing(t, on, effective)
	book, err := materiality.NewBook(nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Comparer = comparison.Comparer{Judge: book}
	return r, p
}

// next is the next version of the lease, with another time to keep addresses.
func next(front, days string) string {
	return lease("version: \"2.0\"\neffective_date: 2027-06-01\n"+front, strings.Replace(firstWords, "30", days, 1))
}

func TestOneMistakeIsOneFindingOnItsLine(t *testing.T) {
	t.Parallel()
	told := "summary: We keep addresses for 60 days.\n"
	for name, tt := range map[string]struct {
		text, rule string
		line       int
	}{
		"in order":            {next(told, "60"), "", 0},
		"the label stayed":    {lease("version: \"1.0\"\neffective_date: 2027-02-01\n"+told, strings.Replace(firstWords, "30", "60", 1)), "unlabelled-change", 4},
		"the label goes back": {strings.Replace(next(told, "60"), "2.0", "0.9", 1), "label-goes-back", 4},
		"no summary":          {next("", "60"), "major-without-summary", 1},
		"an empty summary":    {next("summary: TODO\n", "60"), "summary-placeholder", 6},
		"too soon":            {strings.Replace(next(told, "60"), "2027-06-01", "2027-03-02", 1), "notice-period", 5},
		"the day moved":       {strings.Replace(lease("version: \"1.0\"\neffective_date: 2027-02-01\n", firstWords), "2027-02-01", "2027-02-02", 1), "date-changed", 5},
		"no words left":       {strings.Replace(next(told, "60"), strings.Replace(firstWords, "30", "60", 1), "", 1), "text-gone", 4},
		"declared down":       {next(told+"change: editorial\n", "60"), "downgrade", 7},
		"no label":            {strings.Replace(next(told, "60"), "version: \"2.0\"\n", "", 1), "label-missing", 4},
		"a day of the past":   {lease("version: \"2.0\"\neffective_date: 2027-02-01\nsummary: Later.\n", firstWords), "retroactive", 5},
		"the same words":      {lease("version: \"2.0\"\neffective_date: 2027-06-01\nsummary: Later.\n", firstWords), "same-words", 4},
		"a year mistyped":     {strings.Replace(next(told, "60"), "2027-06-01", "2207-06-01", 1), "date-far", 5},
		"called off in force": {lease("version: \"1.0\"\neffective_date: 2027-02-01\nstatus: cancelled\n", firstWords), "cancelled-in-force", 6},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, p := judging(t, "2027-03-01", "2027-02-01")
			reviewed, err := r.Candidate(Candidate{Policy: p, Source: []byte(tt.text)})
			if err != nil {
				t.Fatal(err)
			}
			switch found := reviewed.Findings; {
			case tt.rule == "" && len(found) == 0:
			case len(found) != 1 || found[0].Rule != tt.rule || found[0].Line != tt.line || found[0].Hint == "":
				t.Errorf("found %v, want %s on line %d", found, tt.rule, tt.line)
			}
		})
	}
}

func TestAnnouncedVersionsBeyondABoundAreNamedAndNotJudged(t *testing.T) {
	t.Parallel()
	for many, named := range map[int]int{mostUpcoming: 0, mostUpcoming + 1: 1} {
		r, p := judging(t, "2027-03-01", "2027-02-01")
		published := p.Versions[0]
		for range many {
			next := *published
			next.Label, next.Effective = "1.1", policy.Date{Year: 2027, Month: 6, Day: 1}
			p.Versions = append([]*policy.Version{&next}, p.Versions...)
		}
		var reviewed Reviewed
		if err := r.gateUpcoming(p, &reviewed); err != nil {
			t.Fatal(err)
		}
		found := slices.DeleteFunc(reviewed.Findings, func(d *policy.Diagnostic) bool { return d.Rule != "too-many-versions" })
		if len(found) != named || named > 0 && (found[0].Level != policy.Error || !strings.Contains(found[0].Message, "1001 versions that are announced")) {
			t.Errorf("%d announced: %v", many, found)
		}
	}
}

func TestWhatASecondReaderFindsWaitsForAPerson(t *testing.T) {
	t.Parallel()
	slip := func(front string) string {
		return lease("version: \"2.0\"\neffective_date: 2027-06-01\nsummary: Other words.\n"+front, strings.Replace(firstWords, "your address", "your adress", 1))
	}
	r, p := judging(t, "2027-03-01", "2027-02-01")
	record := &reading.Record{Policy: "lease", Version: "2.0", Before: p.Versions[0].SHA256, After: Digest([]byte(slip(""))), Reader: "a model",
		Reading: reading.Reading{Reasons: []reading.Reason{{Change: 1, Severity: policy.Major, Category: "service", Before: "your address", After: "your adress", Why: "Another duty."}}}}
	r.Readings = func(_, label string) (*reading.Record, error) {
		if label != "2.0" {
			return nil, nil
		}
		return record, nil
	}
	for name, tt := range map[string]struct {
		text, rule string
		severity   policy.Severity
	}{
		"nobody has decided": {slip(""), "reading-undecided", policy.Major},
		"a person has":       {slip("change: editorial\nchange_reason: the same duty\napproved_by: A\n"), "", policy.Editorial},
		"other bytes":        {slip("") + "\nMore.\n", "reading-other-text", policy.Major},
	} {
		reviewed, err := r.Candidate(Candidate{Policy: p, Source: []byte(tt.text)})
		if err != nil {
			t.Fatal(err)
		}
		got := slices.ContainsFunc(reviewed.Findings, func(d *policy.Diagnostic) bool { return d.Rule == tt.rule })
		if got != (tt.rule != "") || tt.rule != "reading-other-text" && (reviewed.Opinion == nil || reviewed.Notice.Severity != tt.severity) {
			t.Errorf("%s: %v, %+v, %s", name, reviewed.Findings, reviewed.Opinion, reviewed.Notice.Severity)
		}
	}
}

func TestAReadingNeverLowersWhatTheRulesSay(t *testing.T) {
	t.Parallel()
	for rules := policy.None; rules <= policy.Major; rules++ {
		for said := policy.None; said <= policy.Major; said++ {
			joined := reading.Join(&materiality.Assessment{Severity: rules}, &reading.Reading{Severity: said})
			if joined.Severity < rules || joined.Undecided != (rules != said) {
				t.Errorf("rules %s, reader %s: %s, undecided %t", rules, said, joined.Severity, joined.Undecided)
			}
		}
	}
}

func TestApprovalsAreCountedByPersonAndRole(t *testing.T) {
	t.Parallel()
	roles := []Role{{Name: "legal", Count: 2, From: policy.Minor, People: []string{"A", "B", "C"}}, {Name: "board", Count: 1, From: policy.Major, People: []string{"A"}}}
	legal := func(name string) policy.Approval { return policy.Approval{Role: "legal", Name: name} }
	for name, tt := range map[string]struct {
		severity policy.Severity
		given    []policy.Approval
		missing  int
	}{
		"a slip needs nobody":        {policy.Editorial, nil, 0},
		"a minor change needs legal": {policy.Minor, nil, 1},
		"a major one both":           {policy.Major, nil, 2},
		"one person twice is one":    {policy.Minor, []policy.Approval{legal("A"), legal("A")}, 1},
		"two people are two":         {policy.Minor, []policy.Approval{legal("A"), legal("B")}, 0},
		"for another role":           {policy.Major, []policy.Approval{legal("A"), legal("B")}, 1},
	} {
		if got := Missing(roles, tt.severity, tt.given); len(got) != tt.missing {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestOnlyALineOfItsOwnApproves(t *testing.T) {
	t.Parallel()
	digest := strings.Repeat("ab", 32)
	line := ApprovalLine("lease", "2.0 final", digest)
	for message, n := range map[string]int{
		"Approve it\n\n" + line + "\n": 1, line + "\r\n": 1, "> " + line: 0, "see " + line: 0, line + " not": 0, strings.ToUpper(line): 0, line[:len(line)-1]: 0, line + "\n" + line: 2,
	} {
		if got := Approved(message); len(got) != n || n > 0 && got[0] != digest {
			t.Errorf("%q: %v", message, got)
		}
	}
}

func TestADowngradeNeedsTheApprovalsOfWhatItReadsAs(t *testing.T) {
	t.Parallel()
	r, p := judging(t, "2027-03-01", "2027-02-01")
	r.Roles = []Role{{Name: "legal", Count: 1, From: policy.Major, People: []string{"A"}}}
	text := next("change: editorial\nchange_reason: the same\napproved_by: me\n", "60")
	for name, want := range map[string]bool{"": true, "A": false} {
		r.Approvals = func(path, sha string) []policy.Approval {
			if name == "" || path != "lease.md" || sha != Digest([]byte(text)) {
				return nil
			}
			return []policy.Approval{{Role: "legal", Name: name, At: time.Time{}}}
		}
		if got := slices.Contains(levels(t, r, p, text), "approval-missing:error"); got != want {
			t.Errorf("approved by %q: missing is %t", name, got)
		}
	}
}

func TestAClauseThatChangesItsPolicyIsAMove(t *testing.T) {
	t.Parallel()
	r, p := judging(t, "2027-03-01", "2027-02-01")
	const passage = "Helmets are lent out at the counter beside the door."
	other := strings.ReplaceAll(lease("version: \"1.0\"\neffective_date: 2027-02-01\n", "We open at nine.\n\n"+passage), "lease", "hours")
	doc, err := policy.Parse("hours.md", []byte(other))
	if err != nil {
		t.Fatal(err)
	}
	v := *p.Versions[0]
	v.Commit, v.Path, v.SHA256, v.Front = strings.Repeat("b", 40), "hours.md", Digest([]byte(other)), doc.Front
	hours := &policy.Policy{ID: "hours", Path: "hours.md", Starts: policy.StartLabel, Versions: []*policy.Version{&v}}
	texts := r.Texts.(shelf)
	texts[v.Commit] = other
	r.Published = append(r.Published, hours)
	next2 := func(text string) []byte {
		return []byte(strings.NewReplacer("\"1.0\"", "\"2.0\"", "2027-02-01", "2027-06-01").Replace(text))
	}
	result, err := r.Check([]Candidate{
		{Policy: p, Source: next2(lease("version: \"1.0\"\neffective_date: 2027-02-01\n", firstWords+"\n\n"+passage))},
		{Policy: hours, Source: next2(strings.Replace(other, "\n\n"+passage, "", 1))},
	})
	if err != nil {
		t.Fatal(err)
	}
	came, went := result.Policies[0].Moves, result.Policies[1].Moves
	if len(came) != 1 || !came[0].Came || came[0].Policy != "hours" || len(went) != 1 || went[0].Came || went[0].Policy != "lease" {
		t.Errorf("came %v, went %v", came, went)
	}
}

func TestTheLastVersionThatPeopleWereToldAbout(t *testing.T) {
	t.Parallel()
	r, p := judging(t, "2027-03-01", "2027-02-01")
	texts := r.Texts.(shelf)
	// Four more versions: a minor word of the editor, a major one, and two minor ones.
	for i, front := range []string{"change: minor\n", "change: major\n", "change: minor\n", "change: minor\n"} {
		text := next(front, []string{"31", "60", "61", "62"}[i])
		doc, err := policy.Parse("lease.md", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		v := *p.Versions[0]
		v.Label, v.Commit, v.Front = string(rune('2'+i))+".0", strings.Repeat(string(rune('c'+i)), 40), doc.Front
		texts[v.Commit] = text
		p.Versions = append([]*policy.Version{&v}, p.Versions...)
	}
	for label, want := range map[string]string{"2.0": "1.0", "3.0": "1.0", "4.0": "3.0", "5.0": "3.0", "1.0": ""} {
		told, err := LastTold(r.Texts, r.Comparer, notice.DefaultRules(), p, p.Lookup(label))
		if err != nil || (told == nil) != (want == "") || told != nil && told.Label != want {
			t.Errorf("before %s: %v, %v, want %q", label, told, err, want)
		}
	}
}
