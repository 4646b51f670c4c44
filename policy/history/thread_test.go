package history

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestMovesKeepAHistoryWhole(t *testing.T) {
	for _, test := range []struct {
		name     string
		from, to string // paths
		old, new string // texts
		want     []string
	}{
		{"renamed without a change", "a.md", "b.md", words("x", 90), words("x", 90), []string{"b: 2024-01-01"}},
		{"renamed and edited", "a.md", "b.md", words("x", 90), words("x", 80) + words("y", 10), []string{"b: 2024-02-01 2024-01-01"}},
		{"moved to another folder", "a.md", "eu/law/a.md", words("x", 90), words("x", 70), []string{"a: 2024-02-01 2024-01-01"}},
		{"renamed in case only", "Terms.md", "terms.md", words("x", 90), words("x", 90), []string{"terms: 2024-01-01"}},
		{"rewritten as the index of its own folder", "terms.md", "terms/index.md", words("x", 90), words("x", 20) + words("y", 70), []string{"terms: 2024-02-01 2024-01-01"}},
		{"replaced by another text", "a.md", "b.md", words("x", 90), words("y", 90), []string{"a: 2024-01-01 withdrawn 2024-02-01", "b: 2024-02-01"}},
		{"half alike is not enough below one half", "a.md", "b.md", words("x", 90), words("x", 40) + words("y", 50), []string{"a: 2024-01-01 withdrawn 2024-02-01", "b: 2024-02-01"}},
		{"empty texts are not alike", "a.md", "b.md", "", "\n", []string{"a: 2024-01-01 withdrawn 2024-02-01", "b: 2024-02-01"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := newRepo(t)
			r.commit("2024-01-01", test.from, test.old, "other.md", words("o", 50))
			r.git("rm", "-q", test.from)
			r.commit("2024-02-01", test.to, test.new)
			wantOutline(t, r.history(Options{Policies: []string{"**/[!o]*.md"}}), test.want...)
		})
	}
}

func TestTheMostAlikeFileIsTheOneThatMoved(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.commit("2024-01-01", "a.md", words("x", 100), "b.md", words("x", 60)+words("z", 40))
	r.git("rm", "-q", "a.md", "b.md")
	r.commit("2024-02-01", "d.md", words("x", 95), "c.md", words("x", 60)+words("z", 38))
	h := r.history(Options{})
	for id, first := range map[string]string{"c": "b.md", "d": "a.md"} {
		versions := find(t, h, id).Versions
		if got := versions[len(versions)-1].Path; got != first {
			t.Errorf("%s was %s at first, want %s", id, got, first)
		}
	}
}

func TestAVersionKeepsThePathOfItsTime(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.commit("2024-01-01", "a.md", words("x", 90))
	r.git("mv", "a.md", "b.md")
	r.commit("2024-02-01")
	r.commit("2024-03-01", "b.md", words("x", 80))
	p := find(t, r.history(Options{}), "b")
	if p.Path != "b.md" || p.Versions[0].Path != "b.md" || p.Versions[1].Path != "a.md" {
		t.Errorf("paths %s, %s, %s", p.Path, p.Versions[0].Path, p.Versions[1].Path)
	}
}

func TestAPolicyThatComesBackIsOnePolicy(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.commit("2024-01-01", "a.md", "One.\n", "b.md", "Other.\n")
	r.git("rm", "-q", "a.md")
	r.commit("2024-02-01")
	wantOutline(t, r.history(Options{}), "a: 2024-01-01 withdrawn 2024-02-01", "b: 2024-01-01")
	r.commit("2024-03-01", "a.md", "Two, quite another.\n")
	wantOutline(t, r.history(Options{}), "a: 2024-03-01 2024-01-01", "b: 2024-01-01")
}

func TestAPathTakenByAnotherFileDoesNotJoinTheirHistories(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.commit("2024-01-01", "a.md", words("x", 90))
	r.git("mv", "a.md", "old.md")
	r.commit("2024-02-01")
	r.commit("2024-03-01", "a.md", words("y", 90))
	wantOutline(t, r.history(Options{}), "a: 2024-03-01", "old: 2024-01-01")
}

func TestAMergeIsThePublicationOfWhatItBrings(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.commit("2024-01-01", "a.md", "One.\n")
	r.git("checkout", "-q", "-b", "topic")
	r.commit("2024-01-10", "a.md", "Two.\n")
	r.commit("2024-01-11", "a.md", "Three.\n")
	r.git("checkout", "-q", "main")
	r.day = "2024-02-02"
	r.git("merge", "-q", "--no-ff", "-m", "merge", "topic")
	h := r.history(Options{})
	wantOutline(t, h, "a: 2024-02-02 2024-01-01")
	if v := h.Policies[0].Versions[0]; v.Commit != h.Head {
		t.Errorf("published by %s, want the merge %s", v.Commit, h.Head)
	}
}

func TestWhatIsNoFileIsNoPolicy(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.write("texts/terms.md", "# Terms\n")
	if err := os.Symlink("texts/terms.md", filepath.Join(r.dir, "terms-link.md")); err != nil {
		t.Skip(err)
	}
	r.commit("2024-01-01")
	h := r.history(Options{})
	wantOutline(t, h, "terms: 2024-01-01")
	_, err := open(t, r.dir).ReadAt("HEAD", "terms-link.md")
	if f := fault(t, err); !strings.Contains(f.Message, "symbolic link") {
		t.Errorf("got %q", f.Message)
	}
}

func TestAFileThatBecomesALinkIsWithdrawn(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.commit("2024-01-01", "a.md", "One.\n", "b.md", "Other.\n")
	if err := os.Remove(filepath.Join(r.dir, "a.md")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("b.md", filepath.Join(r.dir, "a.md")); err != nil {
		t.Skip(err)
	}
	r.commit("2024-02-01")
	wantOutline(t, r.history(Options{}), "a: 2024-01-01 withdrawn 2024-02-01", "b: 2024-01-01")
}

func TestAFolderInPlaceOfAFile(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.commit("2024-01-01", "a.md", words("x", 90), "a.mdx", "no")
	r.git("rm", "-q", "a.md")
	r.commit("2024-02-01", "a.md/b.md", words("x", 90))
	wantOutline(t, r.history(Options{}), "b: 2024-01-01")
}

func TestNamesThatDifferInCaseOnlyAreTwoPolicies(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	one := r.git("hash-object", "-w", "--stdin", "--path=x") // the empty text
	r.write("x", "Another.\n")
	two := r.git("hash-object", "-w", "x")
	r.git("update-index", "--add", "--cacheinfo", "100644,"+one+",Terms.md", "--cacheinfo", "100644,"+two+",terms.md")
	r.git("commit", "-q", "-m", "both")
	h := r.history(Options{})
	wantOutline(t, h, "terms: 2024-01-01", "terms-2: 2024-01-01")
	if h.Policies[0].Path != "Terms.md" || h.Policies[1].Path != "terms.md" {
		t.Errorf("paths %s and %s", h.Policies[0].Path, h.Policies[1].Path)
	}
}

func TestAnExecutableBitIsNoChange(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.commit("2024-01-01", "a.md", "One.\n")
	r.git("update-index", "--chmod=+x", "a.md")
	r.git("commit", "-q", "-m", "mode")
	wantOutline(t, r.history(Options{}), "a: 2024-01-01")
}

func TestAFileThatLeavesTheFoldersOfPoliciesIsWithdrawn(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.commit("2024-01-01", "legal/a.md", words("x", 90), "legal/b.md", words("y", 90))
	r.git("mv", "legal/a.md", "a-old.md")
	r.commit("2024-02-01")
	h := r.history(Options{Base: "legal"})
	wantOutline(t, h, "a: 2024-01-01 withdrawn 2024-02-01", "b: 2024-01-01")
	if got := find(t, h, "a").Path; got != "legal/a.md" {
		t.Errorf("path %s, want that of the policy", got)
	}
}

func TestWhatWasWrittenInADraftsFolderWasNotPublished(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.commit("2024-01-01", "drafts/a.md", words("x", 90))
	r.commit("2024-01-15", "drafts/a.md", words("x", 95))
	r.git("mv", "drafts/a.md", "a.md")
	r.commit("2024-02-01")
	wantOutline(t, r.history(Options{}), "a: 2024-02-01")
}
