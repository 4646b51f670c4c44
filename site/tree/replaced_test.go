package tree

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/google/go-cmp/cmp"
)

func TestOneFolderFollowsAnother(t *testing.T) {
	for name, start := range map[string]func(*testing.T) builder{"at once": newBuilder, "file by file": inside} {
		t.Run(name, func(t *testing.T) {
			b := start(t)
			b.must(one)
			put(t, b.dst, site{"CNAME": "policies.example.com", "a/note": "mine", "mine/deep/x": "y", "link": "-> CNAME"})
			written, err := b.buildOver(two, true)
			if err != nil || written != 4 {
				t.Errorf("%d files were written (%v), want the three that are new and the late one", written, err)
			}
			want := site{"CNAME": "policies.example.com", "a/note": "mine", "mine/deep/x": "y", "link": "-> CNAME"}
			for path, text := range two {
				want[path] = text
			}
			if diff := cmp.Diff(want, b.files()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			files := listed(b.dst, t)
			if diff := cmp.Diff(manifest(files), read(t, b.dst)[ManifestName]); diff != "" {
				t.Errorf("the manifest: (-want +got)\n%s", diff)
			}
			if _, err := os.Stat(filepath.Join(b.dst, "gone")); err == nil {
				t.Error("an empty folder stayed")
			}
			b.alone()
		})
	}
}

// listed reads what the manifest must list: all but what the test has put there.
func listed(dst string, t *testing.T) site {
	files := read(t, dst)
	for _, path := range []string{ManifestName, "CNAME", "a/note", "mine/deep/x", "link"} {
		delete(files, path)
	}
	return files
}

// What is where a new file must go belongs to somebody else.
func TestFilesOfOthersAreNotWrittenOver(t *testing.T) {
	for name, theirs := range map[string]site{
		"a file":                   {"new/index.html": "mine"},
		"a file in place of a dir": {"new": "mine"},
		"a link in place of a dir": {"new": "-> a"},
		"a link":                   {"new/index.html": "-> ../index.html"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBuilder(t)
			b.must(one)
			put(t, b.dst, theirs)
			before := read(t, b.dst)
			var fault *policy.Diagnostic
			if err := b.build(two); !errors.As(err, &fault) || !strings.Contains(fault.Message, "new") {
				t.Errorf("error = %v, want a fault that names it", err)
			}
			if diff := cmp.Diff(before, read(t, b.dst)); diff != "" {
				t.Errorf("(-before +after):\n%s", diff)
			}
			b.alone()
		})
	}
}

// A kill while files are moved one by one leaves a mixture; the next build, on
// whatever it is of, makes it good.
func TestAKilledInstallationIsMadeGood(t *testing.T) {
	for stop := range 8 {
		stop, lost := stop/2, stop%2 == 1
		b := inside(t)
		before := maps.Clone(one)
		before["a/ago"] = "listed before what stays"
		b.must(before)
		f, s := b.stage()
		for path, text := range two {
			if err := s.Write(path, []byte(text)); err != nil {
				t.Fatal(err)
			}
		}
		m, err := s.Merge("")
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(s.put(ManifestName, textOf(m.pieces...)), s.announce(m)); err != nil {
			t.Fatal(err)
		}
		for _, file := range s.made[:stop] {
			if err := s.move(file.path, file.path); err != nil && !file.same {
				t.Fatal(err)
			}
		}
		s.close()
		f.Close()
		if lost { // then the files that stay still say whose the folder is
			if err := os.Remove(filepath.Join(b.dst, ManifestName)); err != nil {
				t.Fatal(err)
			}
		}
		want := site{"index.html": "three"}
		b.must(want)
		if diff := cmp.Diff(want, b.files()); diff != "" {
			t.Errorf("after %d files: (-want +got)\n%s", stop, diff)
		}
		b.alone()
	}
}

func TestABuildWaitsForAnother(t *testing.T) {
	b := newBuilder(t)
	f, err := Open(t.Context(), b.dst, b.records, false)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*lockWait)
	defer cancel()
	if g, err := Open(ctx, b.dst, b.records, false); !errors.Is(err, context.DeadlineExceeded) {
		g.Close()
		t.Errorf("error = %v, want that the second build gave up waiting", err)
	}
	f.Close()
	b.must(one)
}

// A folder that is removed during a build is built from nothing.
func TestAFolderThatWasRemovedIsNoticed(t *testing.T) {
	for name, test := range map[string]struct {
		remove string
		kept   []string
	}{"the site": {"out", []string{"", "a/", "a/b/", "gone/"}}, "all": {".", []string{"", "a/", "a/b/", "gone/"}}, "one file that stays": {"out", []string{"gone/"}}} {
		t.Run(name, func(t *testing.T) {
			b := newBuilder(t)
			b.dst = filepath.Join(filepath.Dir(b.dst), "build", "out")
			b.must(one)
			f, s := b.stage()
			defer f.Close()
			s.Keep(test.kept...)
			if err := os.RemoveAll(filepath.Join(filepath.Dir(b.dst), test.remove)); err != nil {
				t.Fatal(err)
			}
			m, err := s.Merge("")
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Publish(m, "", nil); !errors.Is(err, ErrChanged) {
				t.Errorf("error = %v, want that the folder was changed", err)
			}
			if left := read(t, b.dst); len(left) > 0 {
				t.Errorf("half a site is in its place: %v", left)
			}
		})
	}
}
