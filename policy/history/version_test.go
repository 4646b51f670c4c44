package history

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/go-git/go-git/v5/plumbing"
	"pgregory.net/rapid"
)

// revisions commits one text after another to a.md.
func revisions(t *testing.T, dayAndText ...string) *repo {
	t.Helper()
	r := newRepo(t)
	for i := 0; i < len(dayAndText); i += 2 {
		r.commit(dayAndText[i], "a.md", dayAndText[i+1])
	}
	return r
}

func TestFormAloneStartsNoVersion(t *testing.T) {
	t.Parallel()
	r := revisions(t,
		"2024-01-01", "# Terms\n\n1. First rule\n2. Second rule, see [here](b.md)\n\nA long line that wraps.\n",
		"2024-01-02", "Terms\n=====\n\n1. First *rule*\n\n2. **Second** rule, see [here][b]\n\nA long line\nthat wraps.\n\n[b]: b.md\n",
		"2024-01-03", "\ufeff# Terms\r\n\r\n1. First rule\r\n2. Second rule, see [here](b.md#there)\r\n\r\nA long line that wraps.\r\n",
		"2024-01-04", "---\ntitle: Terms\n---\n## Terms\n\n1. First rule\n2. Second rule, see [here](b.md)\n\n---\n\nA long line that wraps.\n",
		"2024-01-05", "## Terms\n\n1. First rule\n3. Second rule, see [here](b.md)\n\nA long line that wraps.\n",
		"2024-01-06", "## Terms\n\n1. First rule\n3. Second rule, see [here](c.md)\n\nA long line that wraps.\n",
		"2024-01-07", "## Terms\n\n1. First rule\n3. Second rule, see [here](c.md)\n\nA long line which wraps.\n",
	)
	wantOutline(t, r.history(Options{}), "a: 2024-01-07 2024-01-06 2024-01-05 2024-01-01")
}

func TestARevertPointsToTheVersionWhoseWordsItBringsBack(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		revisions []string
		reverts   string // of each version, newest first
	}{
		"the same bytes":                {[]string{"2024-01-01", "One.\n", "2024-01-02", "Two.\n", "2024-01-03", "One.\n"}, "2024-01-01 - -"},
		"the same words in other form":  {[]string{"2024-01-01", "One.\n", "2024-01-02", "Two.\n", "2024-01-03", "*One.*\n"}, "2024-01-01 - -"},
		"there and back again":          {[]string{"2024-01-01", "One.\n", "2024-01-02", "Two.\n", "2024-01-03", "One.\n", "2024-01-04", "Two.\n", "2024-01-05", "One.\n"}, "2024-01-03 2024-01-02 2024-01-01 - -"},
		"new words":                     {[]string{"2024-01-01", "One.\n", "2024-01-02", "Two.\n"}, "- -"},
		"a new label for the same text": {[]string{"2024-01-01", labelled("1", "", "One."), "2024-01-02", labelled("2", "", "One.")}, "- -"},
		"under a new label":             {[]string{"2024-01-01", labelled("1", "", "One."), "2024-01-02", labelled("2", "", "Two."), "2024-01-03", labelled("3", "", "One.")}, "1 - -"},
		"after a silent change": {[]string{"2024-01-01", labelled("1", "", "One."), "2024-01-02", labelled("1", "", "Won."),
			"2024-01-03", labelled("2", "", "One.")}, "1 -"},
		"a fold brings the words back": {[]string{"2024-01-01", labelled("1", "", "One."), "2024-01-02", labelled("2", "", "Two."),
			"2024-01-03", labelled("3", "2024-03-01", "Three."), "2024-01-04", labelled("3", "2024-03-01", "One.")}, "1 - -"},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, v := range find(t, revisions(t, test.revisions...).history(Options{}), "a").Versions {
				got = append(got, cmp.Or(v.Reverts, "-"))
			}
			if strings.Join(got, " ") != test.reverts {
				t.Errorf("got %v, want %s", got, test.reverts)
			}
		})
	}
}

func TestADateLineThatStayedIsReported(t *testing.T) {
	t.Parallel()
	const one, two = "Last updated: January 1, 2024\n\nOne.\n", "Last updated: January 1, 2024\n\nTwo.\n"
	for name, test := range map[string]struct {
		revisions []string
		stale     string // of the newest version
	}{
		"it stayed":                           {[]string{"2024-01-01", one, "2024-02-02", two}, "2024-01-01"},
		"it moved":                            {[]string{"2024-01-01", one, "2024-02-02", strings.Replace(two, "January 1", "February 2", 1)}, ""},
		"the change was made on that day":     {[]string{"2024-01-01", one, "2024-01-01", two}, ""},
		"the day has yet to come":             {[]string{"2023-12-01", one, "2023-12-20", two}, ""},
		"there was none":                      {[]string{"2024-01-01", "One.\n", "2024-02-02", "Two.\n"}, ""},
		"the first version":                   {[]string{"2024-02-02", one}, ""},
		"the front matter has a date as well": {[]string{"2024-01-01", labelled("1", "2024-01-01", one), "2024-02-02", labelled("2", "2024-03-01", two)}, "2024-01-01"},
	} {
		t.Run(name, func(t *testing.T) {
			v := find(t, revisions(t, test.revisions...).history(Options{}), "a").Versions[0]
			if v.StaleDate.String() != test.stale {
				t.Errorf("got %q, want %q", v.StaleDate, test.stale)
			}
		})
	}
}

func TestAFoldedVersionIsItsLastText(t *testing.T) {
	t.Parallel()
	last := labelled("1", "2024-02-01", "Wan.")
	r := revisions(t, "2024-01-01", labelled("1", "2024-02-01", "One."), "2024-01-15", last)
	h := r.history(Options{})
	v := h.Policies[0].Versions[0]
	sum := sha256.Sum256([]byte(last))
	if v.Commit != h.Head || v.SHA256 != hex.EncodeToString(sum[:]) || v.Certainty != policy.Stated {
		t.Errorf("got %+v", v)
	}
}

func TestStartsCanBeSet(t *testing.T) {
	t.Parallel()
	r := revisions(t,
		"2024-01-01", labelled("1", "2024-06-01", "One."),
		"2024-01-02", labelled("1", "2024-06-01", "Two."),
		"2024-01-03", labelled("1", "2024-06-01", "Three."),
	)
	r.git("tag", "v1", "HEAD~1")
	r.git("tag", "-a", "-m", "annotated", "release/2")
	r.git("tag", "a-blob", "HEAD:a.md")
	for start, want := range map[policy.Start]string{
		policy.StartAuto:   "a: 1",
		policy.StartLabel:  "a: 1",
		policy.StartCommit: "a: 2024-01-03 2024-01-02 2024-01-01",
		policy.StartTag:    "a: release-2 v1",
	} {
		h := r.history(Options{Starts: start})
		wantOutline(t, h, want)
		if start == policy.StartTag && h.Policies[0].Versions[0].Commit != h.Head {
			t.Errorf("the version of a tag is published by %s, want %s", h.Policies[0].Versions[0].Commit, h.Head)
		}
	}
}

func TestATagWithoutANewTextStartsNoVersion(t *testing.T) {
	t.Parallel()
	r := revisions(t, "2024-01-01", "One.\n")
	r.git("tag", "v1")
	r.git("tag", "v1-again")
	r.commit("2024-02-01", "b.md", "Other.\n")
	r.git("tag", "v2")
	r.git("rm", "-q", "a.md")
	r.commit("2024-03-01")
	r.git("tag", "v3")
	wantOutline(t, r.history(Options{Starts: policy.StartTag}), "a: v1 withdrawn 2024-03-01", "b: v2")
}

func TestDraftsAreNotPublished(t *testing.T) {
	t.Parallel()
	r := revisions(t,
		"2024-01-01", "---\ndraft: true\n---\nOne.\n",
		"2024-01-02", "Two.\n",
		"2024-01-03", "---\ndraft: true\n---\nThree.\n",
	)
	r.commit("2024-01-04", "b.md", "---\ndraft: true\n---\nB.\n")
	wantOutline(t, r.history(Options{}), "a: 2024-01-02")
}

func TestTheThreeDates(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.day = "2024-03-01T23:30:00-08:00"
	r.write("a.md", "*Last updated: February 20, 2024*\n\nOne.\n")
	r.git("add", "-A")
	r.git("commit", "-q", "-m", "one", "--date", "2024-02-28T10:00:00+02:00")
	v := r.history(Options{}).Policies[0].Versions[0]
	if got := v.Committed.Format("2006-01-02T15:04:05Z07:00"); got != "2024-02-28T10:00:00+02:00" {
		t.Errorf("committed %s", got)
	}
	if got := v.Published.Format("2006-01-02T15:04:05Z07:00"); got != "2024-03-01T23:30:00-08:00" {
		t.Errorf("published %s", got)
	}
	if v.Label != "2024-03-01" || v.Effective.String() != "2024-02-20" || v.Certainty != policy.InText {
		t.Errorf("label %s, effective %s (%s)", v.Label, v.Effective, v.Certainty)
	}
}

func TestAWrongClockDoesNotTurnHistoryRound(t *testing.T) {
	t.Parallel()
	r := revisions(t, "2024-05-01", "One.\n", "2023-01-01", "Two.\n", "2024-06-01", "Three.\n")
	h := r.history(Options{})
	wantOutline(t, h, "a: 2024-06-01 2024-05-01.2 2024-05-01")
	// The same instant, but still the day before where the committer sits.
	r = revisions(t, "2024-05-01T01:00:00+00:00", "One.\n", "2024-04-30T23:00:00-08:00", "Two.\n")
	wantOutline(t, r.history(Options{}), "a: 2024-05-01.2 2024-05-01")
}

func TestStrangeTimesAreReadAsGitReadsThem(t *testing.T) {
	for line, want := range map[string]stamp{
		"A <a@b> 1136239445 +0130":           {1136239445, 5400},
		"A <a@b> 1136239445 -0800":           {1136239445, -28800},
		"A <a@b> 1136239445 +9999":           {1136239445, 0},
		"A <a@b> 99999999999999999999 +0000": {},
		"A <a@b> soon +0000":                 {},
		"A <a@b>":                            {},
	} {
		if got := parseStamp([]byte(line)); got != want {
			t.Errorf("%s: got %v, want %v", line, got, want)
		}
	}
}

func TestFaultsOfTextsAreNamed(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.commit("2024-01-01", "legal/a.md", "---\ntitle: [\n---\nOne.\n", "b.md", "B.\n", "lfs.md", "L.\n", "latin.md", "caf\xe9\n")
	r.commit("2024-01-02", "legal/a.md", "---\ntitle: One\n  bad: : x\n---\nTwo.\n", "latin.md", "caf\u00e9\n",
		"lfs.md", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n")
	h := r.history(Options{})
	wantOutline(t, h, "b: 2024-01-01", "latin: 2024-01-01", "lfs: 2024-01-01")
	if len(h.Warnings) != 4 {
		t.Fatalf("got %d warnings: %v", len(h.Warnings), h.Warnings)
	}
	front, pointer := h.Warnings[1], h.Warnings[3]
	if front.File != "legal/a.md" || front.Line == 0 || front.Column == 0 || front.Level != policy.Error {
		t.Errorf("got %+v", front)
	}
	if pointer.File != "lfs.md" || !strings.Contains(pointer.Hint, "git lfs") {
		t.Errorf("got %+v", pointer)
	}
}

func TestDigestsAreOverTheBytesThatGitHolds(t *testing.T) {
	t.Parallel()
	text := "\ufeff# A\r\n\r\nText\r\n"
	r := newRepo(t)
	r.git("config", "core.autocrlf", "true")
	r.write(".gitattributes", "*.md -text\n")
	r.commit("2024-01-01", "a.md", text)
	v := r.history(Options{}).Policies[0].Versions[0]
	sum := sha256.Sum256([]byte(text))
	if v.SHA256 != hex.EncodeToString(sum[:]) {
		t.Error("the digest is not that of the raw bytes")
	}
	got, err := open(t, r.dir).Text(v)
	if err != nil || string(got) != text {
		t.Errorf("Text gave %q, %v", got, err)
	}
}

func TestALargePolicyIsReadWhole(t *testing.T) {
	t.Parallel()
	text := "# Large\n\n" + strings.Repeat(words("w", 500)+"\n\n", 800) // 1.8 MB
	r := newRepo(t)
	r.commit("2024-01-01", "a.md", text, "b.md", "B.\n")
	r.git("mv", "a.md", "c.md")
	r.commit("2024-01-02", "c.md", text+"More.\n")
	h := r.history(Options{})
	got, err := open(t, r.dir).Text(find(t, h, "c").Versions[0])
	if err != nil || string(got) != text+"More.\n" {
		t.Errorf("got %d bytes, %v", len(got), err)
	}
}

func TestATextSavedInAnotherEncodingIsTheSameVersion(t *testing.T) {
	t.Parallel()
	utf16 := "\xff\xfeT\x00e\x00r\x00m\x00s\x00"
	h := revisions(t, "2024-01-01", "Terms\n", "2024-01-02", utf16).history(Options{})
	wantOutline(t, h, "a: 2024-01-01")
	if len(h.Warnings) != 1 || h.Warnings[0].Rule != "utf-8" || h.Warnings[0].Position() != "a.md:1:1" {
		t.Errorf("got %v", h.Warnings)
	}
}

// A label came back twice, the second time with its own words: what had changed
// in silence in between is put right.
func TestASilentChangeIsPutRightAlsoAfterAnotherVersionWasInHand(t *testing.T) {
	thread, facts := &thread{}, make(map[plumbing.Hash]*fact)
	for i, r := range []struct {
		words, label string
		hour         int64
		effective    int
	}{{"b", "1.2", 0, 0}, {"a", "1", 1, 9}, {"a", "1.2", 24, 0}, {"a", "1", 25, 9}, {"b", "1.2", 26, 0}} {
		id := plumbing.Hash{byte(i + 1)}
		facts[id] = &fact{Words: r.words}
		facts[id].Front.Version = policy.Scalar(r.label)
		if r.effective > 0 {
			facts[id].Front.EffectiveDate = policy.Date{Year: 2024, Month: 1, Day: r.effective}
		}
		thread.revisions = append([]revision{{blob: id, commit: id, path: "a.md", published: stamp{1704067200 + 3600*r.hour, 0}}}, thread.revisions...)
	}
	mend(thread)
	versions := versionsOf(policy.StartLabel, timeline(thread, facts))
	if len(versions) != 2 || len(versions[1].Silent) != 1 || !versions[1].Silent[0].Settled {
		t.Errorf("versions = %+v", versions)
	}
}

// TestTimelinesGoForward: whatever the clocks say, no version is published
// before the one that came before it, labels are unique and fit into a URL,
// and every revision that changes the words is a version, a fold or silent.
func TestTimelinesGoForward(t *testing.T) {
	label := rapid.SampledFrom([]policy.Scalar{"", "1", "1.2", "2 b", ".."})
	rapid.Check(t, func(t *rapid.T) {
		thread, facts := &thread{}, make(map[plumbing.Hash]*fact)
		for i := range rapid.IntRange(1, 12).Draw(t, "revisions") {
			id := plumbing.Hash{byte(i + 1)}
			facts[id] = &fact{Words: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "words")}
			facts[id].Front.Version = label.Draw(t, "label")
			if rapid.Bool().Draw(t, "dated") {
				facts[id].Front.EffectiveDate = policy.Date{Year: 2024, Month: 1, Day: rapid.IntRange(1, 28).Draw(t, "effective")}
			}
			when := stamp{1704067200 + 3600*rapid.Int64Range(0, 600).Draw(t, "hour"), 3600 * rapid.IntRange(-11, 13).Draw(t, "zone")}
			thread.revisions = append([]revision{{blob: id, commit: id, path: "a.md", published: when}}, thread.revisions...)
		}
		mend(thread)
		for _, start := range []policy.Start{policy.StartLabel, policy.StartCommit} {
			versions := versionsOf(start, timeline(thread, facts))
			labels := make(map[string]bool)
			for i, v := range versions {
				if labels[v.Label] || v.Label == "" || v.Label != policy.Label(v.Label) {
					t.Fatalf("label %q is there twice or unfit", v.Label)
				}
				labels[v.Label] = true
				if i > 0 && (versions[i-1].Published.Before(v.Published) || policy.DateOf(versions[i-1].Published).Before(policy.DateOf(v.Published))) {
					t.Fatalf("%s was published before %s", versions[i-1].Label, v.Label)
				}
			}
			want := facts[thread.newest().blob].Words
			holds := func(v *policy.Version) bool { // words that were not taken back
				last := facts[plumbing.NewHash(v.Blob)].Words
				if n := len(v.Silent); n > 0 && !v.Silent[n-1].Settled {
					last = facts[plumbing.NewHash(v.Silent[n-1].Blob)].Words
				}
				return v.Cancelled() == nil && last == want
			}
			if !slices.ContainsFunc(versions, holds) {
				t.Fatalf("by %s no version has the newest words, %q", start, want)
			}
		}
	})
}

// mend mends the clocks of a thread, as if each revision were a step.
func mend(t *thread) {
	b := &builder{steps: make([]step, len(t.revisions))}
	for i, r := range t.revisions {
		b.steps[i].published = r.published
	}
	b.mendClocks(b.steps[0].commit, &commit{published: t.revisions[0].published})
	for i := range t.revisions {
		t.revisions[i].at = b.steps[i].at
	}
}
