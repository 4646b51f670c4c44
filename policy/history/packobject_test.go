package history

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-git/go-git/v5/plumbing"
)

// deltified is a repository in one pack, most of whose objects are deltas: to what
// lies before them, or by the ids of their bases.
func deltified(t *testing.T, byPlace bool) (r *repo, ids []plumbing.Hash) {
	t.Helper()
	r = newRepo(t)
	var text strings.Builder
	for i := range 400 {
		fmt.Fprintf(&text, "We keep the address of visitor %d for %d days.\n", i, i*i%91)
	}
	for i := range 30 {
		r.commit(fmt.Sprintf("2024-01-%02d", i+1), "a.md", strings.Replace(text.String(), fmt.Sprintf("visitor %d ", i*7), "nobody ", 1), "b/empty.md", "")
	}
	r.git("-c", fmt.Sprintf("repack.useDeltaBaseOffset=%v", byPlace), "repack", "-a", "-d", "-f", "-q", "--depth=12")
	for line := range strings.Lines(r.git("cat-file", "--batch-all-objects", "--batch-check=%(objectname)") + "\n") {
		ids = append(ids, plumbing.NewHash(strings.TrimSpace(line)))
	}
	return r, ids
}

// rawStore opens the objects of a repository.
func rawStore(t testing.TB, dir string) *store {
	t.Helper()
	place, err := discover(dir)
	if err != nil {
		t.Fatal(err)
	}
	s, err := newStore(place)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.close() })
	return s
}

// objectTypes are those that a pack may hold.
var objectTypes = []plumbing.ObjectType{plumbing.CommitObject, plumbing.TreeObject, plumbing.BlobObject, plumbing.TagObject}

// whatever returns an object of any type, and its type.
func whatever(s *store, id plumbing.Hash, most int64) ([]byte, plumbing.ObjectType) {
	for _, kind := range objectTypes {
		if content := s.packed(kind, id, most); content != nil {
			return content, kind
		}
	}
	return nil, plumbing.InvalidObject
}

func TestEveryObjectOfAPackIsReadAsGitHasIt(t *testing.T) {
	t.Parallel()
	for _, byPlace := range []bool{true, false} {
		r, ids := deltified(t, byPlace)
		s := rawStore(t, r.dir)
		if len(ids) < 90 {
			t.Fatalf("%d objects", len(ids))
		}
		random := rand.New(rand.NewPCG(1, 2))
		for range 3 { // in any order, each more than once: of those kept too
			random.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
			for _, id := range ids {
				content, kind := whatever(s, id, mostObject)
				if content == nil {
					t.Fatalf("%s is not read", id)
				}
				if got := plumbing.ComputeHash(kind, content); got != id {
					t.Fatalf("%s is read as %s", id, got)
				}
			}
		}
	}
}

// TestWhoeverGetsATextMayChangeIt: the store keeps what it read for those that are
// made of it.
func TestWhoeverGetsATextMayChangeIt(t *testing.T) {
	t.Parallel()
	r, _ := deltified(t, true)
	o := open(t, r.dir)
	h, err := o.History(t.Context(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	v := find(t, h, "a").Versions[0]
	reads := []func() ([]byte, error){
		func() ([]byte, error) { return o.Text(v) },
		func() ([]byte, error) { return o.Blob(v.Blob) },
		func() ([]byte, error) { return o.ReadAt(v.Commit, v.Path) },
		func() ([]byte, error) {
			texts, err := o.Past(h, v.Path)
			return texts[v.Path][0], err
		},
	}
	for i, read := range append(reads, reads...) {
		text, err := read()
		if err != nil || !bytes.HasPrefix(text, []byte("We keep the address")) {
			t.Fatalf("read %d gave %.30q, %v", i, text, err)
		}
		clear(text)
	}
}

func TestOfAPackNoMoreIsReadThanIsAskedFor(t *testing.T) {
	t.Parallel()
	r, ids := deltified(t, true)
	s := rawStore(t, r.dir)
	for _, id := range ids {
		content, kind := whatever(s, id, mostObject)
		n := int64(len(content))
		for most, want := range map[int64]bool{n: true, n - 1: false} {
			for _, s := range []*store{s, rawStore(t, r.dir)} { // with what was kept, and without
				if got := s.packed(kind, id, most) != nil; got != want {
					t.Errorf("%s of %d bytes, no more than %d asked for: %v", id, n, most, got)
				}
			}
		}
	}
}

// Of a pack or an index that was altered some objects are not read, or as git would
// read them; nothing fails.
func TestAlteredPacksDoNoHarm(t *testing.T) {
	t.Parallel()
	r, ids := deltified(t, true)
	random := rand.New(rand.NewPCG(3, 4))
	for _, extension := range []string{"pack", "idx"} {
		files, err := filepath.Glob(filepath.Join(r.dir, ".git/objects/pack/*."+extension))
		if err != nil || len(files) != 1 {
			t.Fatal(files, err)
		}
		if err := os.Chmod(files[0], 0o600); err != nil {
			t.Fatal(err)
		}
		whole, err := os.ReadFile(files[0])
		if err != nil {
			t.Fatal(err)
		}
		for i := range 60 {
			altered := bytes.Clone(whole)
			for range 1 + random.IntN(20) {
				altered[random.IntN(len(altered))] = byte(random.Uint32())
			}
			if i%3 == 0 {
				altered = altered[:random.IntN(len(altered))]
			}
			if err := os.WriteFile(files[0], altered, 0o600); err != nil {
				t.Fatal(err)
			}
			s := rawStore(t, r.dir)
			for _, id := range ids {
				whatever(s, id, mostObject)
			}
		}
		if err := os.WriteFile(files[0], whole, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestADeltaMakesWhatItSays(t *testing.T) {
	t.Parallel()
	base := []byte("We walk your dog.")
	for name, tt := range map[string]struct {
		delta []byte
		want  string // empty where it is refused
	}{
		"copied and added":          {[]byte{17, 11, 0x90, 8, 3, 'c', 'a', 't'}, "We walk cat"},
		"from a place":              {[]byte{17, 4, 0x91, 13, 4}, "dog."},
		"of another base":           {[]byte{16, 4, 0x91, 13, 4}, ""},
		"beyond the base":           {[]byte{17, 5, 0x91, 13, 5}, ""},
		"more than it says":         {[]byte{17, 3, 0x91, 13, 4}, ""},
		"less than it says":         {[]byte{17, 5, 0x91, 13, 4}, ""},
		"an instruction of nothing": {[]byte{17, 4, 0, 0x91, 13, 4}, ""},
		"cut in a place":            {[]byte{17, 4, 0x91, 13}, ""},
		"cut in words":              {[]byte{17, 4, 4, 'd', 'o'}, ""},
		"cut in a size":             {[]byte{17, 0x84}, ""},
		"of no size":                {nil, ""},
		"of a size beyond all":      {[]byte{17, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f}, ""},
	} {
		made, ok := applyDelta(base, tt.delta)
		if ok != (tt.want != "") || string(made) != tt.want && ok {
			t.Errorf("%s: %q, %v, want %q", name, made, ok, tt.want)
		}
	}
}

func FuzzDelta(f *testing.F) {
	f.Add([]byte("We walk your dog."), []byte{17, 11, 0x90, 8, 3, 'c', 'a', 't'})
	f.Fuzz(func(t *testing.T, base, delta []byte) {
		if made, ok := applyDelta(base, delta); ok && int64(len(made)) != deltaTarget(delta) {
			t.Errorf("%d bytes, said to be %d", len(made), deltaTarget(delta))
		}
	})
}

func FuzzPackIndex(f *testing.F) {
	f.Add(append([]byte(indexHead), make([]byte, fanSize+indexTrail)...))
	f.Fuzz(func(t *testing.T, raw []byte) {
		x := parsePackIndex(raw)
		if x == nil {
			return
		}
		for i := range min(20, len(x.ids)/20) {
			if at, found := x.find(plumbing.Hash(x.ids[20*i : 20*i+20])); found && at < 0 {
				t.Errorf("an object at %d", at)
			}
		}
	})
}
