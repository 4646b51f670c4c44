package site

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/google/go-cmp/cmp"
)

// failing is a Source that fails for one version.
type failing struct {
	texts
	at *policy.Version
}

func (f failing) Text(v *policy.Version) ([]byte, error) {
	if v == f.at {
		return nil, errors.New("disk on fire")
	}
	return f.texts.Text(v)
}

// put writes a file and its folders.
func put(t *testing.T, name, data string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(data), 0o644); err != nil {
		t.Fatal(err)
	}
}

// alone reports whether nothing but the site lies in its parent folder.
func alone(t *testing.T, dst string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(dst))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != filepath.Base(dst) {
			t.Errorf("%s is left over", e.Name())
		}
	}
}

func TestOldSiteSurvivesAFailedBuild(t *testing.T) {
	s := library(t)
	dst := s.build(options(t))
	before := allFiles(t, dst)
	o := options(t)
	o.Title = "Another title"
	_, err := Build(t.Context(), dst, s.policies, failing{s.texts, s.policies[0].Versions[2]}, o)
	if err == nil || !strings.Contains(err.Error(), "reading privacy@1.0: disk on fire") {
		t.Errorf("error = %v, want one that names the version and the cause", err)
	}
	if diff := cmp.Diff(before, allFiles(t, dst)); diff != "" {
		t.Errorf("the old site changed:\n%s", diff)
	}
	alone(t, dst)
}

func TestRebuildReplacesTheSite(t *testing.T) {
	s := library(t)
	dst := s.build(options(t))
	s.policies = s.policies[1:]
	o := options(t)
	o.Withdrawn = []string{"privacy/", "/api/v1/privacy.json"}
	if _, err := Build(t.Context(), dst, s.policies, s.texts, o); err != nil {
		t.Fatal(err)
	}
	files := allFiles(t, dst)
	if files["privacy/index.html"] != "" || files["terms/index.html"] == "" {
		t.Errorf("files = %v", names(files))
	}
	alone(t, dst)
}

func TestForeignFolderIsRefused(t *testing.T) {
	s := library(t)
	dst := t.TempDir()
	put(t, filepath.Join(dst, "thesis.txt"), "ten years of work")
	_, err := Build(t.Context(), dst, s.policies, s.texts, options(t))
	var fault *policy.Diagnostic
	if !errors.As(err, &fault) || fault.Hint == "" {
		t.Errorf("error = %v, want a fault with a hint", err)
	}
	if diff := cmp.Diff(map[string]string{"thesis.txt": "ten years of work"}, allFiles(t, dst)); diff != "" {
		t.Errorf("the folder changed:\n%s", diff)
	}
	file := filepath.Join(dst, "thesis.txt")
	if _, err := Build(t.Context(), file, s.policies, s.texts, options(t)); !errors.As(err, &fault) {
		t.Errorf("building onto a file: error = %v, want a fault", err)
	}
}

func TestForeignFilesInASiteAreKept(t *testing.T) {
	s := library(t)
	dst := s.build(options(t))
	put(t, filepath.Join(dst, "CNAME"), "policies.example.com")
	put(t, filepath.Join(dst, "privacy", "note.txt"), "mine")
	want := allFiles(t, dst)
	s.policies = s.policies[:1]
	o := options(t)
	o.Withdrawn = []string{"/"}
	if _, err := Build(t.Context(), dst, s.policies, s.texts, o); err != nil {
		t.Fatal(err)
	}
	got := allFiles(t, dst)
	if got["CNAME"] != want["CNAME"] || got["privacy/note.txt"] != "mine" {
		t.Errorf("files of others are gone: %v", names(got))
	}
	if got["terms/index.html"] != "" {
		t.Error("a page of the old site stayed")
	}
	if _, err := os.Stat(filepath.Join(dst, "terms")); err == nil {
		t.Error("an empty folder stayed")
	}
	alone(t, dst)
}

func TestLeftoversOfAKilledBuildAreRemoved(t *testing.T) {
	s := library(t)
	dst := filepath.Join(t.TempDir(), "out")
	put(t, filepath.Join(filepath.Dir(dst), ".out.codicil-new-123", "index.html"), "half")
	put(t, filepath.Join(dst, ".codicil-stage-new-9", "index.html"), "half")
	if _, err := Build(t.Context(), dst, s.policies, s.texts, options(t)); err != nil {
		t.Fatal(err)
	}
	alone(t, dst)
	if _, err := os.Stat(filepath.Join(dst, ".codicil-stage-new-9")); err == nil {
		t.Error("a folder of the killed build stayed inside the site")
	}
}

// Where no folder can be made beside the site, it is built inside.
func TestSiteIsBuiltInsideWhenTheParentIsClosed(t *testing.T) {
	s := library(t)
	o := options(t)
	want := allFiles(t, s.build(o))
	dst := filepath.Join(t.TempDir(), strings.Repeat("x", 250)) // no longer name fits beside it
	for range 2 {
		if _, err := Build(t.Context(), dst, s.policies, s.texts, o); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, allFiles(t, dst)); diff != "" {
			t.Errorf("another site:\n%s", diff)
		}
	}
}

func TestLinkedFolderStaysALink(t *testing.T) {
	s := library(t)
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "real"), 0o755); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink("real", link); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	if _, err := Build(t.Context(), link, s.policies, s.texts, options(t)); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Error("the link was replaced")
	}
}
