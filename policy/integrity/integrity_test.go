package integrity

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/codicil/codicil/policy"
)

// shelf is a repository in memory.
type shelf struct {
	files map[string]string // by "commit:path"
	sums  []string          // states of codicil.sum, newest first
	gone  []string          // commits that no history holds

	checkpoints []string          // states of the checkpoint, newest first
	elsewhere   map[string]string // other files of pins, by path
}

func (s shelf) ReadAt(revision, path string) ([]byte, error) {
	if text, ok := s.files[revision+":"+path]; ok {
		return []byte(text), nil
	}
	return nil, errors.New("no such file")
}

func (s shelf) Past(...string) (map[string][][]byte, error) {
	past := make(map[string][][]byte)
	for _, text := range s.sums {
		past[SumName] = append(past[SumName], []byte(text))
	}
	for _, text := range s.checkpoints {
		past[CheckpointName] = append(past[CheckpointName], []byte(text))
	}
	for file, text := range s.elsewhere {
		past[file] = append(past[file], []byte(text))
	}
	return past, nil
}

func (s shelf) Beside([]string) ([]string, error) { return nil, nil }

func (s shelf) Unreachable(_ string, commits []string) ([]string, error) {
	return slices.DeleteFunc(slices.Clone(commits), func(c string) bool { return !slices.Contains(s.gone, c) }), nil
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func day(t *testing.T, text string) policy.Date {
	t.Helper()
	d, err := policy.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// two returns a policy in two versions, the newer first, and the repository that
// holds them.
func two(t *testing.T) (*policy.Policy, shelf) {
	t.Helper()
	p := &policy.Policy{ID: "rental", Path: "rental.md", Starts: policy.StartLabel}
	for i, text := range []string{"second text", "first text"} {
		label := []string{"2.0", "1.0"}[i]
		commit := strings.Repeat([]string{"b", "a"}[i], 40)
		p.Versions = append(p.Versions, &policy.Version{
			Label: label, Commit: commit, Path: "rental.md", SHA256: digest(text), Effective: day(t, []string{"2027-03-01", "2027-01-01"}[i]),
			Published: time.Date(2027, time.Month(3-2*i), 1, 9, 0, 0, 0, time.UTC), Front: policy.FrontMatter{Version: policy.Scalar(label)},
		})
	}
	return p, shelf{files: map[string]string{p.Versions[0].Commit + ":rental.md": "second text", p.Versions[1].Commit + ":rental.md": "first text"}}
}

func checker(p *policy.Policy, s shelf) *Checker {
	return &Checker{Repository: s, Policies: []*policy.Policy{p}, Head: p.Versions[0].Commit, Pins: PinsOf([]*policy.Policy{p}), File: SumName}
}

// again gives the newest version another day, and a body, in a later commit.
func again(t *testing.T, p *policy.Policy, s *shelf, effective, body string) {
	t.Helper()
	v := p.Versions[0]
	first := v.Effective
	v.Effective, v.Commit = day(t, effective), strings.Repeat("d", 40)
	text := "---\neffective_date: " + effective + "\n---\n" + body
	v.SHA256, s.files[v.Commit+":rental.md"] = digest(text), text
	v.Announcements = []policy.Announcement{{Effective: first}, {Effective: v.Effective}}
}

// rules are those of findings, in order.
func rules(found []*policy.Diagnostic) []string {
	list := []string{}
	for _, d := range found {
		list = append(list, d.Rule)
	}
	return list
}

func TestWhatWasPinnedIsHeldAgainstTheHistory(t *testing.T) {
	t.Parallel()
	other := strings.Repeat("c", 40)
	for name, c := range map[string]struct {
		alter func(*policy.Policy, *shelf, *Checker)
		want  []string
	}{
		"nothing changed":                    {func(*policy.Policy, *shelf, *Checker) {}, []string{}},
		"another text under the same label":  {func(p *policy.Policy, _ *shelf, _ *Checker) { p.Versions[1].SHA256 = digest("other") }, []string{"published-text-changed"}},
		"another day than the one announced": {func(p *policy.Policy, _ *shelf, _ *Checker) { p.Versions[0].Effective = p.Versions[1].Effective }, []string{"effective-date-changed"}},
		"put off before its day":             {func(p *policy.Policy, s *shelf, _ *Checker) { again(t, p, s, "2027-04-01", "second text") }, []string{}},
		"pulled forward":                     {func(p *policy.Policy, s *shelf, _ *Checker) { again(t, p, s, "2027-02-01", "second text") }, []string{"published-text-changed", "effective-date-changed"}},
		"put off with other words":           {func(p *policy.Policy, s *shelf, _ *Checker) { again(t, p, s, "2027-04-01", "other text") }, []string{"published-text-changed", "effective-date-changed"}},
		"put off, and git does not give the text": {func(p *policy.Policy, s *shelf, c *Checker) {
			again(t, p, s, "2027-04-01", "")
			s.files[strings.Repeat("b", 40)+":rental.md"] = "" // the pinned text has no words either
			for i := range c.Pins {
				if c.Pins[i].Ref == "rental@2.0" {
					c.Pins[i].SHA256 = digest("")
				}
			}
			delete(s.files, strings.Repeat("d", 40)+":rental.md")
		}, []string{"published-text-changed", "effective-date-changed"}},
		"under the name it had before": {func(p *policy.Policy, _ *shelf, _ *Checker) {
			p.ID, p.Aliases = "hire", []string{"rental"}
		}, []string{}},
		"a version that is gone":                 {func(p *policy.Policy, _ *shelf, _ *Checker) { p.Versions = p.Versions[:1] }, []string{"version-missing"}},
		"a rewritten history with the same text": {func(_ *policy.Policy, s *shelf, c *Checker) { s.gone, c.Pins[0].Commit = []string{other}, other }, []string{"history-rewritten"}},
		"a commit that does not hold the text":   {func(_ *policy.Policy, _ *shelf, c *Checker) { c.Pins[0].Commit = other }, []string{"pinned-commit"}},
		"another commit that does hold the text": {func(_ *policy.Policy, s *shelf, c *Checker) {
			c.Pins[0].Commit, s.files[other+":rental.md"] = other, "first text"
		}, []string{}},
		"a tag that moved":                        {func(p *policy.Policy, _ *shelf, c *Checker) { p.Starts, c.Pins[0].Commit = policy.StartTag, other }, []string{"tag-moved"}},
		"an older version without a line":         {func(_ *policy.Policy, _ *shelf, c *Checker) { c.Pins = c.Pins[1:] }, []string{"pin-missing"}},
		"a newest version that is not pinned yet": {func(_ *policy.Policy, _ *shelf, c *Checker) { c.Pins = c.Pins[:1] }, []string{}},
	} {
		p, s := two(t)
		check := checker(p, s)
		c.alter(p, &s, check)
		check.Repository = s
		found, err := check.Changed()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, rules(found)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestALineThatWasOnceThereStays(t *testing.T) {
	t.Parallel()
	p, s := two(t)
	check := checker(p, s)
	s.sums = []string{string(AppendSum(nil, check.Pins)), "old@1.0 " + digest("x") + " 2026-01-01 " + strings.Repeat("d", 40) + "\n", "one word\n"}
	check.Repository = s
	found, err := check.Removed()
	if err != nil || len(found) != 1 || found[0].Rule != "pin-removed" || !strings.Contains(found[0].Message, "old@1.0") {
		t.Errorf("found %v, %v", rules(found), err)
	}
}

func TestDigestsAreComputedFromTheBytesAgain(t *testing.T) {
	t.Parallel()
	p, s := two(t)
	if found, err := checker(p, s).Digests(context.Background()); err != nil || len(found) > 0 {
		t.Errorf("an untouched repository: %v, %v", rules(found), err)
	}
	s.files[p.Versions[1].Commit+":rental.md"] += "!"
	found, err := checker(p, s).Digests(context.Background())
	if err != nil || len(found) != 1 || found[0].Rule != "digest" || !strings.Contains(found[0].Message, "rental@1.0") {
		t.Errorf("an altered byte: %v, %v", found, err)
	}
}

func TestALabelIsGivenOnce(t *testing.T) {
	t.Parallel()
	p, s := two(t)
	p.Versions[0].Front.Version = "1.0" // listed as 2.0, says 1.0
	if got := rules(checker(p, s).Labels()); !slices.Equal(got, []string{"label-reused"}) {
		t.Errorf("found %v", got)
	}
	p.Versions[0].Reverts = "1.0"
	if got := rules(checker(p, s).Labels()); len(got) > 0 {
		t.Errorf("a version that brings back the words of the first: %v", got)
	}
}

func TestCommitsAreSignedByThoseWhoMayPublish(t *testing.T) {
	t.Parallel()
	p, s := two(t)
	found, err := checker(p, s).Signatures(context.Background(), func(commit string) (bool, error) {
		switch commit[0] {
		case 'a':
			return true, errors.New("it is not signed")
		default:
			return false, errors.New("the key is not one of the signers")
		}
	})
	if diff := cmp.Diff([]string{"signature", "unsigned"}, rules(found)); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

func TestAFaultyLineIsNamedByItsPlace(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"# head\nrental@1.0 abc 2027-01-01\n":                     "codicil.sum:2:1",
		"rental@1.0 a b c d e\n":                                  "codicil.sum:1:1",
		"rental@1.0 a b c\n\nother@1.0 a b c\nrental@1.0 a b c\n": "codicil.sum:4:1",
	} {
		_, err := ParseSum(SumName, []byte(text))
		var d *policy.Diagnostic
		if !errors.As(err, &d) || d.Position() != want || d.Rule != "sum-form" || d.Hint == "" {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestWhatIsWrittenIsReadAgain is a law: the lines that are added to a file are
// those that are read from it, and what was there stays as it was.
func TestWhatIsWrittenIsReadAgain(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var pins []Pin
		for i := range rapid.IntRange(0, 6).Draw(t, "lines") {
			word := rapid.StringMatching(`[a-z]{1,6}@[a-z0-9 .]{1,8}[a-z0-9]`).Draw(t, "name")
			pins = append(pins, Pin{
				Ref: OneWord(word) + string(rune('a'+i)), SHA256: digest(word), Effective: "2027-01-02", Commit: strings.Repeat("e", 40),
				Announced: rapid.SampledFrom([]string{"", "2027-01-01"}).Draw(t, "announced"),
			})
		}
		cut := rapid.IntRange(0, len(pins)).Draw(t, "cut")
		before := AppendSum(nil, pins[:cut])
		whole := AppendSum(before, pins[cut:])
		if !strings.HasPrefix(string(whole), string(before)) {
			t.Fatalf("what stood there was altered:\n%s\n%s", before, whole)
		}
		read, err := ParseSum(SumName, whole)
		if err != nil {
			t.Fatal(err)
		}
		for i := range read {
			read[i].Line = 0
		}
		if diff := cmp.Diff(pins, read); diff != "" && len(pins)+len(read) > 0 {
			t.Fatalf("(-written +read):\n%s", diff)
		}
	})
}
