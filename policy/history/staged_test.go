package history

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestStagedNamesThePoliciesThatTheNextCommitAdds(t *testing.T) {
	r := newRepo(t)
	staged := func(o Options) []string {
		t.Helper()
		repo := open(t, r.dir)
		h, err := repo.History(context.Background(), o)
		if err != nil {
			t.Fatal(err)
		}
		files, err := repo.Staged(h, o)
		if err != nil {
			t.Fatal(err)
		}
		return files
	}
	if got := staged(Options{}); len(got) > 0 {
		t.Errorf("in an empty repository: %v", got)
	}
	r.write("terms.md", "# Terms\n")
	r.write("README.md", "# About\n")
	r.git("add", "-A")
	if diff := cmp.Diff([]string{"terms.md"}, staged(Options{})); diff != "" {
		t.Errorf("before the first commit: %s", diff)
	}
	r.commit("2024-01-02")
	r.write("legal/cookies.md", "# Cookies\n")
	r.write("legal/rules.txt", "Rules\n")
	r.write("unknown.md", "# Nobody added it\n")
	r.git("add", "legal")
	if diff := cmp.Diff([]string{"legal/cookies.md"}, staged(Options{})); diff != "" {
		t.Errorf("beside a published one: %s", diff)
	}
	if diff := cmp.Diff([]string{"legal/rules.txt"}, staged(Options{Base: "legal", Policies: []string{"*.txt"}})); diff != "" {
		t.Errorf("by globs: %s", diff)
	}
	r.git("rm", "-q", "terms.md")
	r.commit("2024-01-03")
	r.write("terms.md", "# Terms\n")
	r.git("add", "terms.md")
	if diff := cmp.Diff([]string{"terms.md"}, staged(Options{})); diff != "" {
		t.Errorf("one that was withdrawn before: %s", diff)
	}
	r.git("config", "index.skipHash", "true")
	r.write("more.md", "# More\n")
	r.git("add", "more.md")
	if got := staged(Options{}); len(got) > 0 && !cmp.Equal(got, []string{"more.md", "terms.md"}) {
		t.Errorf("with an index that has no checksum: %v", got)
	}
}
