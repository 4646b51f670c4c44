package history

import (
	"slices"
	"strings"
	"testing"

	"github.com/go-git/go-git/v5/plumbing"
)

func TestCommitsThatARewriteLeftBehindAreNamed(t *testing.T) {
	t.Parallel()
	r := twoVersions(t)
	first, second := r.git("rev-parse", "HEAD~1"), r.git("rev-parse", "HEAD")
	r.git("checkout", "-q", "-b", "topic", first)
	r.commit("2024-01-20", "terms.md", "# Terms\n")
	topic := r.git("rev-parse", "HEAD")
	r.git("checkout", "-q", "main")
	r.git("merge", "-q", "--no-ff", "-m", "merge", "topic")
	absent := strings.Repeat("0123456789", 4)
	all := []string{first, second, topic, absent, "no id"}
	lost, err := open(t, r.dir).Unreachable("HEAD", all)
	if err != nil || !slices.Equal(lost, []string{absent, "no id"}) {
		t.Errorf("after a merge %q are lost, error %v", lost, err)
	}
	r.git("reset", "-q", "--hard", first)
	r.commit("2024-02-03", "privacy.md", "# Privacy\n\nWe collect everything.\n")
	lost, err = open(t, r.dir).Unreachable("HEAD", []string{first, second, topic})
	if err != nil || !slices.Equal(lost, []string{second, topic}) {
		t.Errorf("after a rewrite %q are lost, error %v", lost, err)
	}
	if _, err := open(t, r.dir).Unreachable("nowhere", all); err == nil {
		t.Error("a revision that does not exist was accepted")
	}
}

func TestTheTextsOfOneFile(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.commit("2024-01-01", "legal/codicil.sum", "one\n", "a.md", "A\n")
	r.commit("2024-01-02", "a.md", "B\n")
	r.commit("2024-01-03", "legal/codicil.sum", "one\ntwo\n")
	r.git("rm", "-q", "legal/codicil.sum")
	r.commit("2024-01-04")
	r.commit("2024-01-05", "legal/codicil.sum", "three\n")
	h := r.history(Options{})
	texts, err := open(t, r.dir).Past(h, "legal/codicil.sum", "nowhere.sum")
	var got []string
	for _, text := range texts["legal/codicil.sum"] {
		got = append(got, string(text))
	}
	if want := []string{"three\n", "one\ntwo\n", "one\n"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, %v; want %q", got, err, want)
	}
	if n := len(texts["nowhere.sum"]); n != 0 {
		t.Errorf("a file that never was has %d texts", n)
	}
	unborn := open(t, newRepo(t).dir)
	if texts, err := unborn.Past(&History{}, "a.md"); err != nil || len(texts) != 0 {
		t.Errorf("a branch without a commit has the texts %v, error %v", texts, err)
	}
	if _, err := unborn.Unreachable("HEAD", []string{plumbing.ZeroHash.String()}); err == nil {
		t.Error("a branch without a commit goes back somewhere")
	}
}

// TestWhatLiesBesideThePublishedLine: merged or not, it is not of it; where nothing
// tells which of two lines was published, both are.
func TestWhatLiesBesideThePublishedLine(t *testing.T) {
	t.Parallel()
	for message, beside := range map[string]bool{
		"Merge pull request #7 from team/published": true, "Merge remote-tracking branch 'origin/main'": false, "Bring both together": false,
	} {
		r := pulled(t, message)
		h := r.history(Options{})
		on, side := r.git("rev-parse", "main"), r.git("rev-parse", "published~1")
		got, err := open(t, r.dir).Beside(h, []string{on, side})
		want := []string(nil)
		if beside {
			want = []string{side}
		}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %q, %v; want %q", message, got, err, want)
		}
	}
}
