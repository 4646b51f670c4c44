package history

import (
	"fmt"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/go-git/go-git/v5/plumbing"
)

// aTreeOf writes a tree of entries given as "mode name" and an id in turn.
func aTreeOf(t *testing.T, dir string, entries map[string]plumbing.Hash) plumbing.Hash {
	t.Helper()
	var raw []byte
	for i := range 10 {
		for name, id := range entries {
			if strings.HasSuffix(name, fmt.Sprint(i)) || i == 9 && !strings.ContainsAny(name[len(name)-1:], "012345678") {
				raw = append(fmt.Appendf(raw, "%s\x00", name), id[:]...)
			}
		}
	}
	return writeObject(t, dir, "tree", raw)
}

// TestAFewObjectsThatStandForManyFilesAreLeftOut: ten folders in ten folders,
// ten times over, are ten thousand million files. The policies beside them are
// read, and the folder is named with the bound.
func TestAFewObjectsThatStandForManyFilesAreLeftOut(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.commit("2024-01-01", "p.md", "# P\n\nOne.\n")
	text := plumbing.NewHash(r.git("rev-parse", "HEAD:p.md"))
	tree := aTreeOf(t, r.dir, map[string]plumbing.Hash{"100644 x.md": text})
	for range 10 {
		ten := make(map[string]plumbing.Hash)
		for i := range 9 {
			ten[fmt.Sprintf("40000 d%d", i)] = tree
		}
		tree = aTreeOf(t, r.dir, ten)
	}
	root := aTreeOf(t, r.dir, map[string]plumbing.Hash{"40000 bomb": aTreeOf(t, r.dir, map[string]plumbing.Hash{"40000 inner": tree})})
	raw := fmt.Appendf(nil, "40000 bomb\x00%s100644 p.md\x00%s", string(idOfTree(t, r, root, "bomb")), text[:])
	with := writeObject(t, r.dir, "tree", raw)
	r.git("update-ref", "refs/heads/main", r.git("commit-tree", with.String(), "-p", "HEAD", "-m", "bomb"))
	now := r.history(Options{})
	wantOutline(t, now, "p: 2024-01-01")
	wantLeftOut(t, now, policy.Error)
	r.git("update-ref", "refs/heads/main", r.git("commit-tree", "HEAD~1^{tree}", "-p", "HEAD", "-m", "no bomb"))
	o := Options{Index: t.TempDir()}
	for range 2 { // without an index, and with one
		later := r.history(o)
		wantOutline(t, later, "p: 2024-01-01")
		wantLeftOut(t, later, policy.Warning)
	}
	if _, err := open(t, r.dir).ReadAt("HEAD~1", "q.md"); fault(t, err) == nil {
		t.Error("a file that is not there was found")
	}
}

func idOfTree(t *testing.T, r *repo, tree plumbing.Hash, name string) []byte {
	t.Helper()
	id := plumbing.NewHash(r.git("rev-parse", tree.String()+":"+name))
	return id[:]
}

func wantLeftOut(t *testing.T, h *History, level policy.Level) {
	t.Helper()
	for _, d := range h.Warnings {
		if d.Rule == "too-many-files" && d.File == "bomb/inner/" && d.Level == level && strings.Contains(d.Message, fmt.Sprint(mostTexts)) {
			return
		}
	}
	t.Errorf("no %s names the folder and the bound: %v", level, h.Warnings)
}

// TestATextBeyondTheBoundIsNamedAndHarmsNoOther: so is a folder path that no
// system checks out.
func TestATextBeyondTheBoundIsNamedAndHarmsNoOther(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.commit("2024-01-01", "a.md", "# A\n\nOne.\n", "b.md", "# B\n\nOne.\n")
	r.commit("2024-01-02", "a.md", strings.Repeat("word ", policy.MaxText/5+1))
	h := r.history(Options{})
	wantOutline(t, h, "a: 2024-01-01", "b: 2024-01-01")
	if len(h.Warnings) != 1 || h.Warnings[0].Rule != "too-long" || h.Warnings[0].File != "a.md" || !strings.Contains(h.Warnings[0].Message, fmt.Sprint(policy.MaxText)) {
		t.Errorf("got %v", h.Warnings)
	}
	r.commit("2024-01-03", "a.md", strings.Repeat("word ", mostObject/5+1))
	_, err := open(t, r.dir).ReadAt("HEAD", "a.md")
	if f := fault(t, err); !strings.Contains(f.Message, fmt.Sprint(mostObject)) {
		t.Errorf("the bound is not named: %s", f.Message)
	}
	tree := plumbing.NewHash(r.git("rev-parse", "HEAD~2^{tree}"))
	for range 25 {
		tree = writeObject(t, r.dir, "tree", append(fmt.Appendf(nil, "40000 %s\x00", strings.Repeat("d", 200)), tree[:]...))
	}
	r.git("update-ref", "refs/heads/main", r.git("commit-tree", tree.String(), "-p", "HEAD", "-m", "deep"))
	wantOutline(t, r.history(Options{}), "a: 2024-01-01 withdrawn 2024-01-03", "b: 2024-01-01 withdrawn 2024-01-03")
}

// TestManyFilesOfOneTextAreMovedInAMoment: pairing each with each would take
// hours.
func TestManyFilesOfOneTextAreMovedInAMoment(t *testing.T) {
	t.Parallel()
	var removed, added []difference
	for i := range 50_000 {
		id := plumbing.Hash{1}
		removed = append(removed, difference{path: fmt.Sprintf("a/%d.md", i), old: id})
		added = append(added, difference{path: fmt.Sprintf("b/%d.md", i), new: id})
	}
	moves, err := findMoves(nil, removed, added)
	if err != nil || len(moves) != len(added) || moves["b/7.md"] != "a/7.md" {
		t.Errorf("%d moves, %v", len(moves), err)
	}
}
