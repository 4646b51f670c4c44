package history

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/codicil/codicil/policy"
)

// eventful makes a repository with what a history meets: texts of several
// folders, a rename, one in two commits, a removal, a merge and a tag.
func eventful(t *testing.T) *repo {
	t.Helper()
	r := newRepo(t)
	r.commit("2024-01-01", "terms/use.md", words("u", 60), "privacy.md", words("p", 60))
	r.commit("2024-01-02", "privacy.md", words("p", 55))
	r.git("mv", "privacy.md", "notice.md")
	r.commit("2024-01-03")
	r.commit("2024-01-04", "copy.md", words("u", 60))
	r.git("rm", "-q", "terms/use.md")
	r.commit("2024-01-05")
	r.git("checkout", "-q", "-b", "topic")
	r.commit("2024-01-06", "cookies.md", "---\nversion: 1\n---\n# Cookies\n\nSee [notice](notice.md).\n")
	r.git("checkout", "-q", "main")
	r.commit("2024-01-07", "notice.md", words("p", 50))
	r.git("merge", "-q", "--no-ff", "-m", "merge", "topic")
	r.git("tag", "-a", "v1", "-m", "one")
	return r
}

// A history that is cut short without a word would be published as if it were
// whole.
func TestAMissingOrDamagedObjectIsNeverPassedOverInSilence(t *testing.T) {
	t.Parallel()
	r := eventful(t)
	topic := r.git("rev-parse", "topic")
	ways := map[string]func() (any, error){
		"history": func() (any, error) { return readAll(r.dir, Options{}) },
		"by tag":  func() (any, error) { return readAll(r.dir, Options{Starts: policy.StartTag}) },
		"ancestor": func() (any, error) {
			return with(r.dir, func(repo *Repository) (any, error) { return repo.MergeBase("main~1", "topic") })
		},
		"unreachable": func() (any, error) {
			return with(r.dir, func(repo *Repository) (any, error) { return repo.Unreachable("main~1", []string{topic}) })
		},
		"one text": func() (any, error) {
			return with(r.dir, func(repo *Repository) (any, error) {
				h, err := repo.History(context.Background(), Options{Revision: "main~1"})
				if err != nil {
					return nil, err
				}
				return repo.Past(h, "notice.md")
			})
		},
		"a text of a commit": func() (any, error) {
			return with(r.dir, func(repo *Repository) (any, error) { return repo.ReadAt("v1", "cookies.md") })
		},
	}
	want := make(map[string]any)
	for name, read := range ways {
		whole, err := read()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		want[name] = whole
	}
	objects, err := filepath.Glob(filepath.Join(r.dir, ".git", "objects", "??", "*"))
	if err != nil || len(objects) < 20 {
		t.Fatalf("%d objects, %v", len(objects), err)
	}
	missed := 0
	for _, object := range objects {
		for how, damage := range map[string]func(content []byte) error{
			"missing": func([]byte) error { return os.Remove(object) },
			"altered": func(content []byte) error {
				half := append([]byte(nil), content[:len(content)/2]...)
				return os.WriteFile(object, half, 0o644)
			},
		} {
			content, err := os.ReadFile(object)
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(os.Chmod(object, 0o644), damage(content)); err != nil {
				t.Fatal(err)
			}
			for name, read := range ways {
				got, err := read()
				if err != nil {
					missed++
				} else if diff := cmp.Diff(want[name], got, cmpopts.IgnoreUnexported(History{})); diff != "" {
					t.Errorf("with object %s %s, %s is another without an error:\n%s", filepath.Base(object), how, name, diff)
				}
			}
			if err := os.WriteFile(object, content, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	if missed < len(objects) {
		t.Errorf("only %d of the readings of %d damaged objects failed", missed, len(objects))
	}
}

// with opens a repository to read something of it.
func with(dir string, read func(*Repository) (any, error)) (any, error) {
	repo, err := Open(dir)
	if err != nil {
		return nil, err
	}
	defer repo.Close()
	return read(repo)
}

// readAll reads the texts of a history too.
func readAll(dir string, o Options) (any, error) {
	return with(dir, func(repo *Repository) (any, error) {
		h, err := repo.History(context.Background(), o)
		if err != nil {
			return nil, err
		}
		var all []string
		for _, p := range h.Policies {
			for _, v := range p.Versions {
				text, err := repo.Text(v)
				if err != nil {
					return nil, fmt.Errorf("%s: %w", p.Ref(v), err)
				}
				all = append(all, p.Ref(v)+" "+string(text))
			}
		}
		return append(all, outline(h)), nil
	})
}
