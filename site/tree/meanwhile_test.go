package tree

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Two builds that do not know of each other, as in two containers, leave the site
// of one of them: the later one takes over nothing of what it has not seen.
func TestBuildsThatDoNotKnowOfEachOtherDoNotMix(t *testing.T) {
	for name, before := range map[string]site{"nothing was there": nil, "a site was there": one} {
		t.Run(name, func(t *testing.T) {
			b := newBuilder(t)
			if before != nil {
				b.must(before)
			}
			f, s := b.stage()
			defer f.Close()
			defer s.Discard()
			for _, path := range []string{"index.html", "a/b/index.html"} {
				if err := s.Write(path, []byte(one[path])); err != nil {
					t.Fatal(err)
				}
			}
			other := newBuilder(t)
			other.must(two)
			if err := errors.Join(os.RemoveAll(b.dst), os.Rename(other.dst, b.dst)); err != nil {
				t.Fatal(err)
			}
			m, err := s.Merge("")
			if err == nil {
				err = s.Publish(m, "", nil)
			}
			if !errors.Is(err, ErrChanged) {
				t.Errorf("error = %v, want that the folder was changed", err)
			}
			if diff := cmp.Diff(two, b.files()); diff != "" {
				t.Errorf("the site of the other build (-want +got)\n%s", diff)
			}
		})
	}
}

// Builds that share no records share no lock either. One that begins removes what
// killed builds have left, but not what another is working in.
func TestABuildingFolderInUseIsNotSweptAway(t *testing.T) {
	for name, b := range map[string]builder{"beside": newBuilder(t), "inside": inside(t)} {
		t.Run(name, func(t *testing.T) {
			f, s := b.stage()
			defer f.Close()
			if err := s.Write("index.html", []byte("the first")); err != nil {
				t.Fatal(err)
			}
			other := b
			other.records = t.TempDir()
			later, err := Open(t.Context(), other.dst, other.records, false)
			if err != nil {
				t.Fatal(err)
			}
			later.Close()
			m, err := s.Merge("")
			if err == nil {
				err = s.Publish(m, "", nil)
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(site{"index.html": "the first"}, b.files()); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if left := append(f.named(".", f.besidePrefix()), f.named(f.name, insidePrefix)...); len(left) > 0 {
				t.Errorf("left over: %v", left)
			}
		})
	}
}

// What vanishes from the building folder while it is filled was removed by
// somebody, all of it or a part as yet.
func TestABuildingFolderThatIsBeingRemovedIsNoticed(t *testing.T) {
	b := newBuilder(t)
	f, s := b.stage()
	defer f.Close()
	defer s.Discard()
	if err := s.Write("a/index.html", []byte("a")); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(filepath.Dir(b.dst), s.name, "a")); err != nil {
		t.Fatal(err)
	}
	if err := s.Write("a/b.html", []byte("b")); !errors.Is(err, ErrChanged) {
		t.Errorf("error = %v, want that the folder was changed", err)
	}
}

// What somebody changes in a file that stays, while a build is running, does not pass
// for what the build has left; all that nobody changes does.
func TestAFileThatIsAlteredDuringABuildIsNoticedByTheNext(t *testing.T) {
	for name, altered := range map[string]site{"nothing": nil, "a file": {"a/b/index.html": "not what the build left"}} {
		t.Run(name, func(t *testing.T) {
			b := inside(t)
			b.must(one)
			f, s := b.stage()
			s.Keep("", "a/b/")
			if err := s.Write("new.html", []byte("new")); err != nil {
				t.Fatal(err)
			}
			m, err := s.Merge("")
			if err != nil {
				t.Fatal(err)
			}
			put(t, b.dst, altered)
			if err := s.Publish(m, "stamp", nil); err != nil {
				t.Fatal(err)
			}
			f.Close()
			again := UpToDate(b.dst, b.records, "stamp", false)
			if noticed := again == nil; noticed != (altered != nil) {
				t.Errorf("altered: %v, noticed: %v", altered != nil, noticed)
			}
			again.Close()
			want := site{"index.html": one["index.html"], "a/b/index.html": one["a/b/index.html"], "new.html": "new"}
			if _, err := b.buildOver(want, true); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, b.files()); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
