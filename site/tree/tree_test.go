package tree

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/google/go-cmp/cmp"
)

// site is what a test builds: paths and their content.
type site map[string]string

// builder builds sites into one folder, as one machine does.
type builder struct {
	t            *testing.T
	dst, records string
}

func newBuilder(t *testing.T) builder {
	return builder{t, filepath.Join(t.TempDir(), "out"), t.TempDir()}
}

// stage opens the folder, and begins to build beside it.
func (b builder) stage() (*Folder, *Stage) {
	b.t.Helper()
	f, err := Open(b.t.Context(), b.dst, b.records, false)
	if err != nil {
		b.t.Fatal(err)
	}
	s, err := f.Stage()
	if err != nil {
		b.t.Fatal(err)
	}
	return f, s
}

// build builds a site, taking over nothing.
func (b builder) build(files site) error {
	b.t.Helper()
	_, err := b.buildOver(files, false)
	return err
}

// buildOver builds a site, and with keep leaves out what is there already.
func (b builder) buildOver(files site, keep bool) (written int, err error) {
	b.t.Helper()
	f, err := Open(b.t.Context(), b.dst, b.records, false)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	s, err := f.Stage()
	if err != nil {
		return 0, err
	}
	for path, text := range files {
		digest, listed := f.Files.Digest(path)
		if sum := sha256.Sum256([]byte(text)); keep && f.Whole && listed && digest == hex.EncodeToString(sum[:]) {
			s.Keep(path)
		} else if err := s.Write(path, []byte(text)); err != nil {
			return 0, errors.Join(err, s.Discard())
		}
	}
	m, err := s.Merge("late")
	if err == nil {
		err = s.Publish(m, "stamp", func(w io.Writer) error { _, err := fmt.Fprint(w, len(files)); return err })
	}
	return s.Written, errors.Join(err, s.Discard())
}

// must builds a site that can be built.
func (b builder) must(files site) {
	b.t.Helper()
	if err := b.build(files); err != nil {
		b.t.Fatal(err)
	}
}

// files reads what is in the folder, without what the build adds.
func (b builder) files() site {
	b.t.Helper()
	files := read(b.t, b.dst)
	delete(files, ManifestName)
	delete(files, "late")
	return files
}

// read reads all files and links below a folder.
func read(t *testing.T, dir string) site {
	t.Helper()
	files := make(site)
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, _ := filepath.Rel(dir, path)
		text, err := os.ReadFile(path)
		if entry.Type()&fs.ModeSymlink != 0 {
			target, linkErr := os.Readlink(path)
			text, err = []byte("-> "+target), linkErr
		}
		files[filepath.ToSlash(name)] = string(text)
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return files
}

// put writes files below a folder.
func put(t *testing.T, dir string, files site) {
	t.Helper()
	for path, text := range files {
		name := filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if target, ok := strings.CutPrefix(text, "-> "); ok {
			if err := os.Symlink(target, name); err != nil {
				t.Fatal(err)
			}
		} else if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// manifest lists files as a build would.
func manifest(files site) string {
	var lines []string
	for path, text := range files {
		sum := sha256.Sum256([]byte(text))
		lines = append(lines, hex.EncodeToString(sum[:])+"  "+path+"\n")
	}
	slices.SortFunc(lines, func(a, b string) int { return strings.Compare(a[digestLength:], b[digestLength:]) })
	return manifestHead + strings.Join(lines, "")
}

func (b builder) alone() {
	b.t.Helper()
	entries, err := os.ReadDir(filepath.Dir(b.dst))
	if err != nil {
		b.t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != filepath.Base(b.dst) {
			b.t.Errorf("%s is left over", e.Name())
		}
	}
}

var one = site{"index.html": "one", "a/index.html": "a one", "a/b/index.html": "the same", "gone/index.html": "old"}

var two = site{"index.html": "two", "a/index.html": "a two", "a/b/index.html": "the same", "new/index.html": "new"}

// A folder that comes from elsewhere must not make a build read, write or delete
// anything outside of it.
func TestNothingOutsideIsTouched(t *testing.T) {
	zero := strings.Repeat("0", digestLength) + "  "
	tests := map[string]site{ // of the folder that holds out, the folder of the site
		"a linked folder and a manifest":     {"out/assets": "-> ../victim", "out/" + ManifestName: manifestHead + zero + "assets/key\n"},
		"a linked folder listed rightly":     {"out/a": "-> ../victim", "out/" + ManifestName: manifest(site{"a/key": "my only key"})},
		"a linked file listed rightly":       {"out/index.html": "-> ../victim/key", "out/" + ManifestName: manifest(site{"index.html": "my only key"})},
		"a linked page and an empty list":    {"out/a": "-> ../victim", "out/" + ManifestName: ""},
		"a linked page beside a right list":  {"out/a": "-> ../victim", "out/x": "x", "out/" + ManifestName: manifest(site{"x": "x"})},
		"a name that leads out":              {"out/x": "x", "out/" + ManifestName: manifestHead + zero + "../victim/key\n"},
		"an absolute name":                   {"out/x": "x", "out/" + ManifestName: manifestHead + zero + "/etc/hostname\n"},
		"a linked manifest":                  {"out/x": "x", "out/" + ManifestName: "-> ../victim/key"},
		"an installation that was cut short": {"out/" + ManifestName: "", ".out.codicil-go-1/evil": "evil", ".out.codicil-go-1/.codicil-removals": "../victim/key\n"},
		"a building folder that is a link":   {".out.codicil-new-1": "-> victim"},
		"a building folder inside":           {"out/.codicil-stage-new-1": "-> ../victim"},
		"a folder of others":                 {"out/thesis": "ten years of work"},
	}
	for name, files := range tests {
		t.Run(name, func(t *testing.T) {
			b := newBuilder(t)
			dir := filepath.Dir(b.dst)
			put(t, dir, site{"victim/key": "my only key"})
			put(t, dir, files)
			err := b.build(one)
			if diff := cmp.Diff(site{"key": "my only key"}, read(t, filepath.Join(dir, "victim"))); diff != "" {
				t.Errorf("outside: (-before +after)\n%s", diff)
			}
			var fault *policy.Diagnostic
			if err != nil && (!errors.As(err, &fault) || fault.Hint == "" || strings.Contains(err.Error(), "my only key")) {
				t.Errorf("error = %v, want a fault with a hint that quotes nothing", err)
			}
			if _, evil := b.files()["evil"]; evil {
				t.Error("a file of the clone stands in the site")
			}
			if err == nil {
				return
			}
			for path, text := range files {
				if path, inside := strings.CutPrefix(path, "out/"); inside && !strings.HasPrefix(path, insidePrefix) && read(t, b.dst)[path] != text && !strings.HasPrefix(text, "-> ") {
					t.Errorf("%s changed although the folder was refused", path)
				}
			}
		})
	}
}

// A site that another machine has built is replaced as a whole, and none of its
// files is believed.
func TestAFolderFromElsewhereIsBuiltAnew(t *testing.T) {
	b := newBuilder(t)
	b.must(one)
	altered := site{"index.html": "one", "a/index.html": "forged", "a/b/index.html": "the same", "gone/index.html": "old", "late": "4"}
	put(t, b.dst, altered)
	put(t, b.dst, site{ManifestName: manifest(altered)})
	elsewhere := builder{t, b.dst, t.TempDir()}
	if written, err := elsewhere.buildOver(one, true); err != nil || written != len(one)+1 {
		t.Errorf("%d files were written (%v), want all", written, err)
	}
	if diff := cmp.Diff(one, b.files()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	put(t, b.dst, site{"a/index.html": "forged"})
	var fault *policy.Diagnostic
	if err := (builder{t, b.dst, t.TempDir()}).build(one); !errors.As(err, &fault) || !strings.Contains(err.Error(), "a/index.html") {
		t.Errorf("error = %v, want a fault that names the file", err)
	}
}

// What was altered or deleted in the folder is made good.
func TestABuildMendsItsFolder(t *testing.T) {
	same := func(name string, to string) func(t *testing.T, dst string) {
		return func(t *testing.T, dst string) {
			info, err := os.Stat(filepath.Join(dst, name))
			if err != nil {
				t.Fatal(err)
			}
			put(t, dst, site{name: to})
			if err := os.Chtimes(filepath.Join(dst, name), time.Time{}, info.ModTime()); err != nil {
				t.Fatal(err)
			}
		}
	}
	remove := func(name string) func(t *testing.T, dst string) {
		return func(t *testing.T, dst string) {
			if err := os.RemoveAll(filepath.Join(dst, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	damages := map[string]func(t *testing.T, dst string){
		"the start page was deleted":       remove("index.html"),
		"a folder was deleted":             remove("a"),
		"the manifest was deleted":         remove(ManifestName),
		"the manifest was emptied":         func(t *testing.T, dst string) { put(t, dst, site{ManifestName: ""}) },
		"a page was altered":               func(t *testing.T, dst string) { put(t, dst, site{"a/index.html": "another text"}) },
		"a page of the same size and time": same("a/index.html", "b one"),
	}
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			b := newBuilder(t)
			b.must(one)
			damage(t, b.dst)
			if f := UpToDate(b.dst, b.records, "stamp", false); f != nil {
				f.Close()
				t.Error("the folder passes for one that stands")
			}
			if _, err := b.buildOver(one, true); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(one, b.files()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			f := UpToDate(b.dst, b.records, "stamp", true)
			if f == nil {
				t.Fatal("the mended folder does not stand")
			}
			f.Close()
			b.alone()
		})
	}
}

// inside makes a builder whose building folder must be within the folder, as
// no name is short enough to be beside it: the files are moved one by one.
func inside(t *testing.T) builder {
	b := newBuilder(t)
	b.dst = filepath.Join(filepath.Dir(b.dst), strings.Repeat("x", 250))
	return b
}
