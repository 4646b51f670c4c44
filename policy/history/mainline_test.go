package history

import (
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
)

// pulled makes a repository in which the published branch, with versions 2.0 and
// 3.0, was merged into a local one. The message is that of the merge.
func pulled(t *testing.T, message string) *repo {
	t.Helper()
	r := newRepo(t)
	r.commit("2024-01-05", "privacy.md", labelled("1.0", "2024-01-05", "One."))
	r.git("checkout", "-q", "-b", "published")
	r.commit("2024-02-01", "privacy.md", labelled("2.0", "2024-03-05", "Two."))
	r.commit("2024-05-01", "privacy.md", labelled("3.0", "2024-06-05", "Three."))
	r.git("checkout", "-q", "main")
	r.commit("2024-06-10", "README.md", "Hello.\n")
	r.git("merge", "-q", "--no-ff", "-m", message, "published")
	return r
}

const (
	allVersions = "3.0 2024-05-01, 2.0 2024-02-01, 1.0 2024-01-05"
	firstOnly   = "3.0 2024-06-10, 1.0 2024-01-05"
)

// publishedDays writes labels with the days of their publication.
func publishedDays(p *policy.Policy) string {
	var all []string
	for _, v := range p.Versions {
		all = append(all, v.Label+" "+policy.DateOf(v.Published).String())
	}
	return strings.Join(all, ", ")
}

func TestAVersionIsNotLostInAMerge(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		message string
		prepare func(r *repo) Options
		want    string
		asked   bool
	}{
		"pulled from the remote of this clone": {"Merge branch 'main' of https://git.example/team/policies", func(r *repo) Options {
			r.git("remote", "add", "origin", "git@git.example:team/policies.git")
			return Options{}
		}, allVersions, false},
		"pulled from another place": {"Merge branch 'main' of https://git.example/fork/policies", nil, allVersions, true},
		"of the tracked branch":     {"Merge remote-tracking branch 'origin/main'", nil, allVersions, false},
		"in words of one's own":     {"Bring both together", nil, allVersions, true},
		"of a branch of work":       {"Merge branch 'published'", nil, firstOnly, false},
		"of a pull request":         {"Merge pull request #7 from team/published", nil, firstOnly, false},
		"of a merge request":        {"Merge branch 'published' into 'main'", nil, firstOnly, false},
		"of a merge queue":          {"Keep data longer (#7)", nil, firstOnly, false},
		"the log of the remote branch knows": {"Bring both together", func(r *repo) Options {
			r.git("update-ref", "--create-reflog", "refs/remotes/origin/main", "published")
			r.git("update-ref", "refs/remotes/origin/main", "main")
			return Options{}
		}, allVersions, false},
		"the log knows the other": {"Bring both together", func(r *repo) Options {
			r.git("update-ref", "--create-reflog", "refs/remotes/origin/main", "main~1")
			return Options{}
		}, firstOnly, false},
		"codicil.sum pins one of the line": {"Bring both together", func(r *repo) Options {
			return Options{Pinned: []string{r.git("rev-parse", "published~1")}}
		}, allVersions, false},
		"a pin does not speak against the host": {"Merge pull request #7 from team/published", func(r *repo) Options {
			return Options{Pinned: []string{r.git("rev-parse", "published~1")}}
		}, firstOnly, false},
		"the editor does": {"Merge pull request #7 from team/published", func(r *repo) Options {
			return Options{Mainline: []string{r.git("rev-parse", "published~1")}}
		}, allVersions, false},
		"the editor says so": {"Bring both together", func(r *repo) Options {
			return Options{Mainline: []string{r.git("rev-parse", "--short", "published")}}
		}, allVersions, false},
		"the editor says the other": {"Bring both together", func(r *repo) Options {
			return Options{Mainline: []string{r.git("rev-parse", "--short", "main~1")}}
		}, firstOnly, false},
		"a tag stands on it": {"Bring both together", func(r *repo) Options {
			r.git("tag", "privacy-2.0", "published~1")
			return Options{}
		}, allVersions, false},
		"a tag stands on the other": {"Bring both together", func(r *repo) Options {
			r.git("tag", "-a", "-m", "release", "v1.1", "main~1")
			return Options{}
		}, firstOnly, false},
		"tags stand on both": {"Bring both together", func(r *repo) Options {
			r.git("tag", "v1.1", "main~1")
			r.git("tag", "privacy-2.0", "published~1")
			return Options{}
		}, allVersions, true},
		"a tag from before they parted tells nothing": {"Bring both together", func(r *repo) Options {
			r.git("tag", "v1", "main~2")
			return Options{}
		}, allVersions, true},
		"a tag that approves tells nothing": {"Bring both together", func(r *repo) Options {
			r.git("tag", "approved/privacy/2.0/counsel", "published~1")
			return Options{}
		}, allVersions, true},
		"a tag does not speak against the host": {"Merge pull request #7 from team/published", func(r *repo) Options {
			r.git("tag", "v2", "published~1")
			return Options{}
		}, firstOnly, false},
		"a pin that is in no clone": {"Merge branch 'published'", func(r *repo) Options {
			return Options{Pinned: []string{strings.Repeat("12", 20)}}
		}, firstOnly, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := pulled(t, test.message)
			var o Options
			if test.prepare != nil {
				o = test.prepare(r)
			}
			o.Index = t.TempDir()
			for range 2 { // without an index, and with one
				h := r.history(o)
				if got := publishedDays(find(t, h, "privacy")); got != test.want {
					t.Errorf("got %s, want %s", got, test.want)
				}
				asked := len(h.Warnings) > 0 && h.Warnings[0].Rule == "mainline"
				if asked != test.asked {
					t.Errorf("got %v", h.Warnings)
				}
				if asked && !strings.Contains(h.Warnings[0].Hint, r.git("rev-parse", "--short=12", "published")) {
					t.Errorf("the hint names no commit: %s", h.Warnings[0].Hint)
				}
			}
			r.commit("2024-07-01", "README.md", "Again.\n")
			if got := publishedDays(find(t, r.history(o), "privacy")); got != test.want {
				t.Errorf("one commit later: got %s, want %s", got, test.want)
			}
		})
	}
}

// TestWhatBothLinesSayIsKept: the local line had a version of its own.
func TestWhatBothLinesSayIsKept(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.commit("2024-01-05", "a.md", labelled("1.0", "2024-01-05", "One."), "b.md", labelled("1", "", "B."))
	r.git("checkout", "-q", "-b", "other")
	r.commit("2024-02-01", "a.md", labelled("2.0", "2024-03-05", "Two."))
	r.commit("2024-05-01", "a.md", labelled("3.0", "2024-06-05", "Three."))
	r.git("checkout", "-q", "main")
	r.commit("2024-04-01", "b.md", labelled("2", "", "BB."))
	r.day = "2024-06-10"
	r.git("merge", "-q", "--no-ff", "-m", "Bring both together", "other")
	h := r.history(Options{})
	wantOutline(t, h, "a: 3.0 2.0 1.0", "b: 2 1")
}

// TestOfTextsWithoutLabelsItIsAskedWhichLineWasPublished: the first parent's is
// shown, and not in silence.
func TestOfTextsWithoutLabelsItIsAskedWhichLineWasPublished(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.commit("2024-01-05", "a.md", "# A\n\nOne.\n")
	r.git("checkout", "-q", "-b", "other")
	r.commit("2024-02-01", "a.md", "# A\n\nTwo.\n")
	r.commit("2024-02-05", "a.md", "# A\n\nThree.\n")
	r.git("checkout", "-q", "main")
	r.commit("2024-03-01", "b.txt", "x\n")
	r.day = "2024-03-10"
	r.git("merge", "-q", "--no-ff", "-m", "Bring both together", "other")
	h := r.history(Options{})
	if got := publishedDays(find(t, h, "a")); got != "2024-03-10 2024-03-10, 2024-01-05 2024-01-05" {
		t.Errorf("got %s", got)
	}
	if len(h.Warnings) != 1 || h.Warnings[0].Rule != "mainline" || !strings.Contains(h.Warnings[0].Message, "that on which it was made is shown") {
		t.Errorf("got %v", h.Warnings)
	}
}

// TestUsualWaysToMergeKeepTheirOutcome: each says when its text was published.
func TestUsualWaysToMergeKeepTheirOutcome(t *testing.T) {
	t.Parallel()
	one, two := labelled("1.0", "2024-01-05", "One."), labelled("2.0", "2024-03-05", "Two.")
	for name, test := range map[string]struct {
		merge func(r *repo)
		want  string
	}{
		"squash": {func(r *repo) {
			r.git("merge", "-q", "--squash", "work")
			r.git("commit", "-q", "-m", "Keep data longer (#7)")
		}, "2.0 2024-02-20, 1.0 2024-01-05"},
		"rebase, then fast forward": {func(r *repo) {
			r.git("checkout", "-q", "work")
			r.git("rebase", "-q", "main")
			r.git("checkout", "-q", "main")
			r.git("merge", "-q", "--ff-only", "work")
		}, "2.0 2024-02-20, 1.0 2024-01-05"},
		"cherry-pick": {func(r *repo) { r.git("cherry-pick", "work") }, "2.0 2024-02-20, 1.0 2024-01-05"},
		"cherry-pick, and a merge of the same": {func(r *repo) {
			r.git("cherry-pick", "work")
			r.day = "2024-02-25"
			r.git("merge", "-q", "--no-ff", "-m", "Merge branch 'work'", "work")
		}, "2.0 2024-02-20, 1.0 2024-01-05"},
		"a merge, and its revert before the day": {func(r *repo) {
			r.git("merge", "-q", "--no-ff", "-m", "Merge branch 'work'", "work")
			r.day = "2024-02-25"
			r.git("revert", "--no-edit", "-m", "1", "HEAD")
		}, "2.0 2024-02-20 cancelled 2024-02-25, 1.0 2024-01-05"},
		"the revert of the revert": {func(r *repo) {
			r.git("merge", "-q", "--no-ff", "-m", "Merge branch 'work'", "work")
			r.day = "2024-02-25"
			r.git("revert", "--no-edit", "-m", "1", "HEAD")
			r.day = "2024-02-28"
			r.git("revert", "--no-edit", "HEAD")
		}, "2.0 2024-02-28, 1.0 2024-01-05"},
		"a branch written anew by force": {func(r *repo) {
			r.git("reset", "-q", "--hard", "work")
			r.git("commit", "-q", "--amend", "-m", "again")
		}, "2.0 2024-02-20, 1.0 2024-01-05"},
		"the published branch updates the work first": {func(r *repo) {
			r.git("checkout", "-q", "work")
			r.git("merge", "-q", "--no-ff", "-m", "Merge branch 'main' into work", "main")
			r.git("checkout", "-q", "main")
			r.day = "2024-02-22"
			r.git("merge", "-q", "--no-ff", "-m", "Merge branch 'work'", "work")
		}, "2.0 2024-02-22, 1.0 2024-01-05"},
		"and then it is fast-forwarded": {func(r *repo) {
			r.git("checkout", "-q", "work")
			r.git("merge", "-q", "--no-ff", "-m", "Merge branch 'main' into work", "main")
			r.git("checkout", "-q", "main")
			r.git("merge", "-q", "--ff-only", "work")
		}, "2.0 2024-02-20, 1.0 2024-01-05"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRepo(t)
			r.commit("2024-01-05", "a.md", one)
			r.git("checkout", "-q", "-b", "work")
			r.commit("2024-02-01", "a.md", two)
			r.git("checkout", "-q", "main")
			r.commit("2024-02-10", "other.txt", "x\n")
			r.day = "2024-02-20"
			test.merge(r)
			p := find(t, r.history(Options{}), "a")
			got := publishedDays(p)
			if c := p.Versions[0].Cancelled(); c != nil {
				got = strings.Replace(got, ",", " cancelled "+policy.DateOf(c.Published).String()+",", 1)
			}
			if got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// TestADayBeforeADoubtfulMergeKnowsNothingOfWhatCameLater, on either line.
func TestADayBeforeADoubtfulMergeKnowsNothingOfWhatCameLater(t *testing.T) {
	t.Parallel()
	r := pulled(t, "Bring both together")
	for day, want := range map[string]string{"2024-01-31": "1.0 2024-01-05", "2024-02-01": "2.0 2024-02-01, 1.0 2024-01-05", "2024-06-30": allVersions} {
		h := r.history(Options{Known: date(t, day)})
		if got := publishedDays(find(t, h, "privacy")); got != want {
			t.Errorf("on %s: got %s, want %s", day, got, want)
		}
	}
}
