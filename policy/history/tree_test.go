package history

import (
	"cmp"
	"crypto/sha1"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/go-git/go-git/v5/plumbing"
	"pgregory.net/rapid"
)

// forest holds raw trees by their id.
type forest map[plumbing.Hash][]byte

func (f forest) read(id plumbing.Hash) ([]byte, error) { return f[id], nil }

// plant makes the raw trees of files, and returns the id of the root.
func (f forest) plant(files map[string]string) plumbing.Hash {
	below := make(map[string]map[string]string)
	var entries []entry
	for file, text := range files {
		name, rest, isFolder := strings.Cut(file, "/")
		if !isFolder {
			entries = append(entries, entry{mode: 0o100644, name: []byte(name), id: sha1.Sum([]byte(text))})
			continue
		}
		if below[name] == nil {
			below[name] = make(map[string]string)
		}
		below[name][rest] = text
	}
	for name, inside := range below {
		entries = append(entries, entry{mode: 0o40000, name: []byte(name), id: f.plant(inside)})
	}
	slices.SortFunc(entries, func(a, b entry) int { return order(&a, &b) })
	var raw []byte
	for _, e := range entries {
		raw = append(append(append(fmt.Appendf(raw, "%o ", e.mode), e.name...), 0), e.id[:]...)
	}
	id := plumbing.Hash(sha1.Sum(raw))
	f[id] = raw
	return id
}

// TestDifferFindsWhatComparingAllFilesFinds compares random trees with the
// obvious way: all files of one against all files of the other.
func TestDifferFindsWhatComparingAllFilesFinds(t *testing.T) {
	name := rapid.SampledFrom([]string{"a", "a.md", "b", "b-c", "b.d", "b0"})
	file := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(name, 1, 3).Draw(t, "parts"), "/") + "!"
	})
	tree := rapid.MapOfN(file, rapid.SampledFrom([]string{"1", "2", "3"}), 0, 12)
	rapid.Check(t, func(t *rapid.T) {
		old, new := tree.Draw(t, "old"), tree.Draw(t, "new")
		f := make(forest)
		d := differ{read: f.read, want: func(string) bool { return true }}
		if err := d.trees("", f.plant(old), f.plant(new)); err != nil {
			t.Fatal(err)
		}
		var want []difference
		for path, text := range old {
			if new[path] != text {
				want = append(want, difference{path: path, old: sha1.Sum([]byte(text)), new: idOfText(new[path])})
			}
		}
		for path, text := range new {
			if old[path] == "" {
				want = append(want, difference{path: path, new: sha1.Sum([]byte(text))})
			}
		}
		byPath := func(a, b difference) int { return cmp.Compare(a.path, b.path) }
		slices.SortFunc(want, byPath)
		slices.SortFunc(d.out, byPath)
		if !slices.Equal(want, d.out) {
			t.Fatalf("got %v, want %v", d.out, want)
		}
	})
}

func idOfText(text string) plumbing.Hash {
	if text == "" {
		return plumbing.Hash{}
	}
	return sha1.Sum([]byte(text))
}

func FuzzParseEntry(f *testing.F) {
	f.Add([]byte("100644 a.md\x0012345678901234567890"))
	f.Add([]byte("40000 x\x00short"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if e, err := parseEntry(raw); err == nil && (e.size > len(raw) || e.size < 22) {
			t.Errorf("%q is taken for an entry of %d bytes", raw, e.size)
		}
	})
}

// Git minds neither zeros before a mode nor how many digits it has.
func TestAnEntryIsReadAsGitReadsIt(t *testing.T) {
	const id = "12345678901234567890"
	for raw, mode := range map[string]uint32{"100644 a.md\x00" + id: 0o100644, "0100644 a.md\x00" + id: 0o100644, "7 a.md\x00" + id: 7, "40000 a.md\x00" + id + "rest": 0o40000} {
		e, err := parseEntry([]byte(raw))
		if err != nil || string(e.name) != "a.md" || e.mode != mode || string(e.id[:]) != id || e.size != len(strings.TrimSuffix(raw, "rest")) {
			t.Errorf("%q: %+v, %v", raw, e, err)
		}
	}
	for _, raw := range []string{" a.md\x00" + id, "100644 \x00" + id, "100648 a.md\x00" + id, "100644 a.md\x00" + id[:19], "100644\x00" + id, ""} {
		if e, err := parseEntry([]byte(raw)); err == nil {
			t.Errorf("%q is taken for %+v", raw, e)
		}
	}
}

func TestAMalformedTreeIsAnError(t *testing.T) {
	f := forest{{1}: []byte("100644 a.md"), {2}: []byte("100644 a.md\x0012345678901234567890")}
	for _, pair := range [][2]plumbing.Hash{{{1}, {2}}, {{2}, {1}}} {
		d := differ{read: f.read, want: func(string) bool { return true }}
		if err := d.trees("", pair[0], pair[1]); err == nil {
			t.Error("no error")
		}
	}
	if _, err := child(f[plumbing.Hash{1}], "a.md"); err == nil {
		t.Error("no error")
	}
}
