package history

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/codicil/codicil/policy"
)

// tangled makes a repository with branches, tags and a merge.
func tangled(t *testing.T) *repo {
	r := newRepo(t)
	r.commit("2024-01-01", "a.md", "One.\n")
	r.git("tag", "-a", "-m", "first", "v1")
	r.git("checkout", "-q", "-b", "topic/x")
	r.commit("2024-01-02", "b.md", "B.\n")
	r.git("checkout", "-q", "main")
	r.commit("2024-01-03", "a.md", "Two.\n")
	r.day = "2024-01-04"
	r.git("merge", "-q", "--no-ff", "-m", "merge", "topic/x")
	r.git("tag", "v2")
	r.git("tag", "-a", "-m", "of a tag", "v2-again", "v2")
	r.commit("2024-01-05", "legal/c.md", "C.\n")
	return r
}

func TestResolveAgreesWithGit(t *testing.T) {
	t.Parallel()
	r := tangled(t)
	o := open(t, r.dir)
	head := r.git("rev-parse", "HEAD")
	for _, name := range []string{
		"HEAD", "@", "HEAD~1", "HEAD~", "HEAD^", "HEAD~2", "HEAD~1^2", "@~1^1~1", "main", "heads/main", "refs/heads/main", "topic/x",
		"v1", "v2", "v2-again", "v2-again^{}", "v2~0", "v2^0", "v1^{commit}", head, head[:7], head[:10], head[:9], strings.ToUpper(head[:8]),
	} {
		want := r.git("rev-parse", name+"^{commit}")
		if got, err := o.Resolve(name); err != nil || got != want {
			t.Errorf("%s: got %s, %v; want %s", name, got, err, want)
		}
	}
	r.git("pack-refs", "--all")
	r.git("gc", "-q")
	if got, err := open(t, r.dir).Resolve(head[:7]); err != nil || got != head {
		t.Errorf("packed: got %s, %v", got, err)
	}
}

func TestResolveExplainsWhatItCannotFind(t *testing.T) {
	t.Parallel()
	r := tangled(t)
	r.git("update-ref", "refs/tags/text", r.git("rev-parse", "HEAD:a.md"))
	r.git("symbolic-ref", "refs/heads/loop", "refs/heads/pool")
	r.git("symbolic-ref", "refs/heads/pool", "refs/heads/loop")
	o := open(t, r.dir)
	for name, want := range map[string]string{
		"nothing": `"nothing"`, "HEAD~99": "HEAD~99", "HEAD^3": "HEAD^3", "HEAD^{tree}": "HEAD^{tree}", "ab": `"ab"`, "abcdef0": `"abcdef0"`,
		"topic": `"topic"`, "text": "is a blob", strings.Repeat("1", 40): "missing", "refs/../config": "config",
	} {
		_, err := o.Resolve(name)
		if f := fault(t, err); !strings.Contains(f.Message, want) {
			t.Errorf("%s: got %q, want %q in it", name, f.Message, want)
		}
	}
	if _, err := o.Resolve("loop"); err == nil || !strings.Contains(err.Error(), "circles") {
		t.Errorf("a circle of references: %v", err)
	}
}

// Git takes the tag of a name and warns, which nobody reads: a pushed tag would stand
// for the published branch.
func TestANameOfTwoCommitsIsRefused(t *testing.T) {
	t.Parallel()
	r := tangled(t)
	r.git("update-ref", "refs/remotes/origin/main", "HEAD~1")
	o := open(t, r.dir)
	for name, tag := range map[string]string{"main": "main", "origin/main": "origin/main", "remotes/origin/main": "remotes/origin/main", "topic/x": "topic/x"} {
		before, err := o.Resolve(name)
		if err != nil {
			t.Fatal(err)
		}
		r.git("tag", tag, before)
		if same, err := o.Resolve(name); err != nil || same != before {
			t.Errorf("%s with a tag of the same commit: %s, %v", name, same, err)
		}
		r.git("tag", "-f", tag, "v1")
		for _, name := range []string{name, name + "~0"} {
			_, err = o.Resolve(name)
			if f := fault(t, err); !strings.Contains(f.Message, "names two commits") || !strings.Contains(f.Message, "refs/tags/"+tag) {
				t.Errorf("%s: %q", name, f.Message)
			}
		}
		whole := strings.ReplaceAll("refs/"+strings.TrimPrefix(name, "remotes/"), "refs/origin", "refs/remotes/origin")
		if !strings.Contains(whole, "origin") {
			whole = "refs/heads/" + name
		}
		if got, err := o.Resolve(whole); err != nil || got != before {
			t.Errorf("%s: %s, %v; want %s", whole, got, err, before)
		}
	}
	if got, err := o.Resolve("HEAD"); err != nil || got != r.git("rev-parse", "refs/heads/main") {
		t.Errorf("HEAD: %s, %v", got, err)
	}
}

func TestMergeBaseAgreesWithGit(t *testing.T) {
	t.Parallel()
	r := tangled(t)
	r.git("checkout", "-q", "topic/x")
	r.commit("2024-01-06", "b.md", "More.\n")
	r.git("merge", "-q", "-m", "criss", "v2~1")
	o := open(t, r.dir)
	names := []string{"main", "topic/x", "v1", "v2", "v2~1", "topic/x~1"}
	for _, a := range names {
		for _, b := range names {
			got, err := o.MergeBase(a, b)
			if err != nil {
				t.Fatalf("%s and %s: %v", a, b, err)
			}
			if all := r.git("merge-base", "--all", a, b); !strings.Contains(all, got) {
				t.Errorf("%s and %s: got %s, want one of %s", a, b, got, all)
			}
		}
	}
	r.git("checkout", "-q", "--orphan", "alone")
	r.commit("2024-01-07", "d.md", "D.\n")
	_, err := o.MergeBase("main", "alone")
	if f := fault(t, err); !strings.Contains(f.Message, "no commit in common") {
		t.Errorf("got %q", f.Message)
	}
	_, err = o.MergeBase("main", "nobody")
	fault(t, err)
}

func TestReadAt(t *testing.T) {
	t.Parallel()
	r := tangled(t)
	o := open(t, r.dir)
	for at, want := range map[[2]string]string{
		{"HEAD", "a.md"}: "Two.\n", {"v1", "a.md"}: "One.\n", {"main", "legal/c.md"}: "C.\n", {"HEAD", "./legal//c.md"}: "C.\n",
	} {
		if got, err := o.ReadAt(at[0], at[1]); err != nil || string(got) != want {
			t.Errorf("%v: got %q, %v; want %q", at, got, err, want)
		}
	}
	for at, want := range map[[2]string]string{
		{"HEAD", "c.md"}: "legal/c.md", {"HEAD", "legal/C.md"}: "legal/c.md", {"HEAD", "A.md"}: "a.md",
		{"HEAD", "legal"}: "file in it", {"HEAD", "a.md/b"}: "a.md", {"v1", "quite/other/thing.txt"}: "root", {"gone", "a.md"}: "git branch",
	} {
		_, err := o.ReadAt(at[0], at[1])
		if f := fault(t, err); !strings.Contains(f.Hint, want) {
			t.Errorf("%v: got %q with the hint %q, want %q in it", at, f.Message, f.Hint, want)
		}
	}
}

func TestBlobAndTextReportWhatIsNotThere(t *testing.T) {
	t.Parallel()
	o := open(t, twoVersions(t).dir)
	if _, err := o.Blob("short"); err == nil {
		t.Error("a blob without an id was read")
	}
	_, err := o.Text(&policy.Version{Path: "a.md", Blob: strings.Repeat("1", 40)})
	var f *policy.Diagnostic
	if !errors.As(err, &f) || !strings.Contains(f.Hint, "git fsck") {
		t.Errorf("got %v", err)
	}
}

func TestAHistoryOfAnotherRevision(t *testing.T) {
	t.Parallel()
	r := tangled(t)
	wantOutline(t, r.history(Options{Revision: "v1"}), "a: 2024-01-01")
	_, err := open(t, r.dir).History(t.Context(), Options{Revision: "nobody"})
	fault(t, err)
	_, err = open(t, r.dir).History(t.Context(), Options{Policies: []string{"a[b"}})
	fault(t, err)
}

func TestReadingIsSafeForConcurrentUse(t *testing.T) {
	t.Parallel()
	r := tangled(t)
	o := open(t, r.dir)
	h := r.history(Options{})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for _, p := range h.Policies {
				for _, v := range p.Versions {
					if _, err := o.Text(v); err != nil {
						t.Error(err)
					}
				}
			}
			if _, err := o.Resolve("HEAD~1"); err != nil {
				t.Error(err)
			}
			if got, err := o.History(t.Context(), Options{}); err != nil || outline(got) != outline(h) {
				t.Errorf("got %v, %v", got, err)
			}
		})
	}
	all.Wait()
}
