package history

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// withAndWithout reads a history with the index and without, which must be the same.
func withAndWithout(t *testing.T, dir string, o Options) *History {
	t.Helper()
	index := o.Index
	o.Index = ""
	r := open(t, dir)
	want, err := r.History(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	o.Index = index
	got, err := r.History(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(History{})); diff != "" {
		t.Errorf("with the index the history is another (-without +with):\n%s", diff)
	}
	return got
}

func theIndex(t *testing.T, folder string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(files) != 1 {
		t.Fatalf("got %v, %v; want one file", files, err)
	}
	return files[0]
}

func TestTheIndexChangesNothing(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	o := Options{Index: filepath.Join(t.TempDir(), "cache", "codicil")}
	steps := []func(){
		func() {
			r.commit("2024-01-01", "a.md", words("x", 90), "b.md", "---\nversion: 1\nchange: minor\nnotice: email\naliases: [c, d]\n---\n# B\n")
		},
		func() { r.commit("2024-01-02T01:00:00+05:30", "a.md", words("x", 85)) },
		func() { r.git("mv", "a.md", "c.md"); r.commit("2024-01-03") },
		func() { r.git("rm", "-q", "b.md"); r.commit("2024-01-04") },
		func() { r.commit("2024-01-05", "b.md", "---\nversion: [\n---\n# B\n\nEffective 2024-03-01\n") },
		func() { r.commit("2024-01-06", "note.txt", "no policy") },
		func() {},
	}
	for i, do := range steps {
		do()
		withAndWithout(t, r.dir, o)
		if x := loadIndex(theIndex(t, o.Index)); x.Head != r.git("rev-parse", "HEAD") {
			t.Errorf("after step %d the index ends at %s", i, x.Head)
		}
	}
	o.Starts = policy.StartTag
	r.git("tag", "v1", "HEAD~3")
	withAndWithout(t, r.dir, o)
	o = Options{Index: o.Index, Policies: []string{"c.md"}}
	withAndWithout(t, r.dir, o)
}

func TestAnIndexOfRewrittenHistoryIsNotUsed(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	o := Options{Index: t.TempDir()}
	r.commit("2024-01-01", "a.md", "One.\n")
	r.commit("2024-01-02", "a.md", "Two.\n")
	withAndWithout(t, r.dir, o)
	r.git("reset", "-q", "--hard", "HEAD~1")
	wantOutline(t, withAndWithout(t, r.dir, o), "a: 2024-01-01")
	r.commit("2024-01-03", "a.md", "Three.\n")
	wantOutline(t, withAndWithout(t, r.dir, o), "a: 2024-01-03 2024-01-01")
}

func TestAnIndexThatMergesLeaveAsideIsNotUsed(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	o := Options{Index: t.TempDir()}
	r.commit("2024-01-01", "a.md", "One.\n")
	r.git("checkout", "-q", "-b", "topic")
	r.commit("2024-01-02", "a.md", "Two.\n")
	withAndWithout(t, r.dir, o) // the index ends on topic
	r.git("checkout", "-q", "main")
	r.day = "2024-01-03"
	r.git("merge", "-q", "--no-ff", "-m", "merge", "topic")
	wantOutline(t, withAndWithout(t, r.dir, o), "a: 2024-01-03 2024-01-01")
}

func TestADamagedIndexIsAsGoodAsNone(t *testing.T) {
	t.Parallel()
	r := twoVersions(t)
	o := Options{Index: t.TempDir()}
	withAndWithout(t, r.dir, o)
	file := theIndex(t, o.Index)
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	altered := []byte(strings.Replace(string(whole), `"heading":"Privacy"`, `"heading":"Piracy!"`, 1))
	for name, content := range map[string][]byte{
		"cut short": whole[:len(whole)/2], "altered": altered, "empty": nil, "not JSON": []byte(sumLine("{\n")),
	} {
		if err := os.WriteFile(file, content, 0o600); err != nil {
			t.Fatal(err)
		}
		if h := withAndWithout(t, r.dir, o); h.Policies[0].Title != "Privacy" {
			t.Errorf("%s: title %q", name, h.Policies[0].Title)
		}
		if again, err := os.ReadFile(file); err != nil || string(again) != string(whole) {
			t.Errorf("%s: the index was not mended: %v", name, err)
		}
	}
}

func sumLine(body string) string {
	return fmt.Sprintf("%x %s", sha256.Sum256([]byte(body)), body)
}

func TestAnIndexThatCannotBeSavedIsAWarning(t *testing.T) {
	t.Parallel()
	r := twoVersions(t)
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	h := r.history(Options{Index: filepath.Join(file, "folder")})
	wantOutline(t, h, "privacy: 2024-02-03 2024-01-02")
	if len(h.Warnings) != 1 || h.Warnings[0].Rule != "index" {
		t.Errorf("got %v", h.Warnings)
	}
}

func TestAShallowCloneLeavesNoIndex(t *testing.T) {
	t.Parallel()
	origin := twoVersions(t)
	at := filepath.Join(t.TempDir(), "clone")
	origin.git("clone", "-q", "--depth", "1", "file://"+origin.dir, at)
	folder := t.TempDir()
	withAndWithout(t, at, Options{Index: folder})
	if files, _ := os.ReadDir(folder); len(files) != 0 {
		t.Errorf("found %v", files)
	}
}

func TestARunAddsWhatIsNewToTheIndex(t *testing.T) {
	t.Parallel()
	r := twoVersions(t)
	o := Options{Index: t.TempDir()}
	withAndWithout(t, r.dir, o)
	file := theIndex(t, o.Index)
	first, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r.commit("2024-04-01", "privacy.md", words("x", 90))
	withAndWithout(t, r.dir, o)
	second, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	added, found := strings.CutPrefix(string(second), string(first))
	if !found || strings.Count(added, "\n") != 1 {
		t.Fatalf("the index grew by %q", added)
	}
	// Two runs at the same time add the same; so do many that find nothing new.
	for range mostParts {
		second = append(second, added...)
	}
	if err := os.WriteFile(file, second, 0o600); err != nil {
		t.Fatal(err)
	}
	withAndWithout(t, r.dir, o)
	r.commit("2024-05-01", "privacy.md", words("y", 90))
	withAndWithout(t, r.dir, o)
	if x := loadIndex(file); x.parts > 2 || len(x.Steps) != 4 {
		t.Errorf("an index of many parts was written anew with %d parts and %d steps", x.parts, len(x.Steps))
	}
}

func TestWhatFollowsADamagedPartIsNotUsed(t *testing.T) {
	t.Parallel()
	r := twoVersions(t)
	o := Options{Index: t.TempDir()}
	withAndWithout(t, r.dir, o)
	file := theIndex(t, o.Index)
	r.commit("2024-04-01", "privacy.md", words("x", 90))
	withAndWithout(t, r.dir, o)
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	cut := whole[:len(whole)-10] // as a full disk leaves it
	if err := os.WriteFile(file, cut, 0o600); err != nil {
		t.Fatal(err)
	}
	if x := loadIndex(file); x.parts != 0 || len(x.Steps) != 2 {
		t.Errorf("%d parts and %d steps of a damaged index count", x.parts, len(x.Steps))
	}
	withAndWithout(t, r.dir, o)
	if x := loadIndex(file); x.parts == 0 || len(x.Steps) != 3 {
		t.Errorf("the index was not mended: %d parts, %d steps", x.parts, len(x.Steps))
	}
}

func TestStepsThatMustBeFoundAnewLeaveTheFactsOfTheirTexts(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	o := Options{Index: filepath.Join(t.TempDir(), "codicil"), Starts: policy.StartTag}
	r.commit("2024-01-01", "a.md", words("x", 90))
	r.git("tag", "v1")
	for facts := 1; facts < 4; facts++ {
		withAndWithout(t, r.dir, o)
		withAndWithout(t, r.dir, o)
		if x := loadIndex(theIndex(t, o.Index)); len(x.Facts) != facts || len(x.Steps) != 0 || x.parts != facts {
			t.Errorf("the index holds %d facts in %d parts and %d steps, want %d facts, a part for each, no step", len(x.Facts), x.parts, len(x.Steps), facts)
		}
		r.commit("2024-02-0"+string(rune('0'+facts)), "a.md", words("x", 90-facts))
		r.git("tag", "v"+string(rune('1'+facts)))
	}
	o.Starts = ""
	withAndWithout(t, r.dir, o)
	if x := loadIndex(theIndex(t, o.Index)); x.Head != r.git("rev-parse", "HEAD") || len(x.Steps) == 0 {
		t.Errorf("the index ends at %q with %d steps", x.Head, len(x.Steps))
	}
}

// Where a merge leaves open which line was published, the steps are found anew by
// each run, but not what moved in them.
func TestMovesAreFoundOnceWhereStepsAreNotKept(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	o := Options{Index: t.TempDir()}
	r.commit("2024-01-01", "a.md", words("x", 90))
	r.git("mv", "a.md", "b.md")
	r.commit("2024-01-02", "b.md", words("x", 85))
	r.git("checkout", "-q", "-b", "work")
	r.commit("2024-01-03", "w.md", words("w", 80))
	r.git("checkout", "-q", "main")
	r.git("mv", "b.md", "c.md")
	r.commit("2024-01-04", "c.md", words("x", 70))
	r.day = "2024-01-05"
	r.git("merge", "-q", "--no-ff", "-m", "both", "work")
	for range 2 {
		if h := withAndWithout(t, r.dir, o); len(h.Policies) != 2 {
			t.Errorf("%d policies", len(h.Policies))
		}
		x := loadIndex(theIndex(t, o.Index))
		if len(x.Steps) > 0 || len(x.Moves) != 2 || x.parts != 1 {
			t.Errorf("the index has %d steps and %d parts, of %d commits it knows what moved", len(x.Steps), x.parts, len(x.Moves))
		}
	}
	for key := range loadIndex(theIndex(t, o.Index)).Moves {
		part := fmt.Sprintf(`{"head":"","moves":{%q:{}}}`, key)
		if err := os.WriteFile(theIndex(t, o.Index), []byte(sumLine(part+"\n")), 0o600); err != nil {
			t.Fatal(err)
		}
		if h := r.history(o); len(h.Policies) != 3 {
			t.Errorf("what the index says of moves is not used: %d policies", len(h.Policies))
		}
	}
}

// Whatever was removed or added, each path and each text of it, tells one key of
// moves from another.
func TestTheKeyOfMovesCoversAllThatTheyDependOn(t *testing.T) {
	t.Parallel()
	files := func(paths ...string) (list []difference) {
		for i, p := range paths {
			list = append(list, difference{p, plumbing.Hash{byte(i)}, plumbing.Hash{byte(i + 9)}})
		}
		return list
	}
	seen := map[string]string{movesKey(files("a", "b"), files("c")): "the same"}
	for name, change := range map[string]func(removed, added []difference) ([]difference, []difference){
		"a path removed": func(r, a []difference) ([]difference, []difference) { r[1].path = "x"; return r, a },
		"a text removed": func(r, a []difference) ([]difference, []difference) { r[1].old[19]++; return r, a },
		"a path added":   func(r, a []difference) ([]difference, []difference) { a[0].path = "x"; return r, a },
		"a text added":   func(r, a []difference) ([]difference, []difference) { a[0].new[19]++; return r, a },
		"one less":       func(r, a []difference) ([]difference, []difference) { return r[:1], a },
		"one more added": func(r, a []difference) ([]difference, []difference) { return r[:1], append(r[1:2:2], a...) },
	} {
		key := movesKey(change(files("a", "b"), files("c")))
		if other := seen[key]; other != "" {
			t.Errorf("%s has the key of %s", name, other)
		}
		seen[key] = name
	}
}
