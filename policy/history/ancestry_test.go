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
	texts, err := open(t, r.dir).Texts("HEAD", "legal/codicil.sum")
	var got []string
	for _, text := range texts {
		got = append(got, string(text))
	}
	if want := []string{"three\n", "one\ntwo\n", "one\n"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, %v; want %q", got, err, want)
	}
	if texts, err := open(t, r.dir).Texts("HEAD", "nowhere.sum"); err != nil || len(texts) != 0 {
		t.Errorf("a file that never was has %d texts, error %v", len(texts), err)
	}
	unborn := open(t, newRepo(t).dir)
	if _, err := unborn.Texts("HEAD", "a.md"); err == nil {
		t.Error("a branch without a commit has texts")
	}
	if _, err := unborn.Unreachable("HEAD", []string{plumbing.ZeroHash.String()}); err == nil {
		t.Error("a branch without a commit goes back somewhere")
	}
}
