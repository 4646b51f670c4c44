package workspace

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/codicil/codicil/policy"
)

// repo is a git repository in the current folder, which a test makes with the git
// program.
type repo struct {
	t   *testing.T
	dir string
}

func newRepo(t *testing.T) *repo {
	t.Helper()
	r := &repo{t, t.TempDir()}
	t.Chdir(r.dir)
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	r.git("2027-01-01", "init", "-q", "-b", "main")
	return r
}

// git runs git on a day and returns what it prints.
func (r *repo) git(day string, arguments ...string) string {
	r.t.Helper()
	c := exec.Command("git", arguments...)
	c.Dir = r.dir
	when := day + "T12:00:00+00:00"
	c.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null",
		"GIT_AUTHOR_NAME=A", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_AUTHOR_DATE="+when,
		"GIT_COMMITTER_NAME=C", "GIT_COMMITTER_EMAIL=c@example.com", "GIT_COMMITTER_DATE="+when)
	out, err := c.CombinedOutput()
	if err != nil {
		r.t.Fatalf("git %s: %v\n%s", strings.Join(arguments, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}

// write writes files, given as path and text in turn.
func (r *repo) write(files ...string) {
	r.t.Helper()
	for i := 0; i < len(files); i += 2 {
		full := filepath.Join(r.dir, filepath.FromSlash(files[i]))
		if err := errors.Join(os.MkdirAll(filepath.Dir(full), 0o755), os.WriteFile(full, []byte(files[i+1]), 0o644)); err != nil {
			r.t.Fatal(err)
		}
	}
}

// commit writes files and commits all there is on a day, and returns the commit.
func (r *repo) commit(day string, files ...string) string {
	r.t.Helper()
	r.write(files...)
	r.git(day, "add", "-A")
	r.git(day, "commit", "-q", "--allow-empty", "-m", "commit of "+day)
	return r.git(day, "rev-parse", "HEAD")
}

func (r *repo) read(file string) string {
	r.t.Helper()
	text, err := os.ReadFile(filepath.Join(r.dir, filepath.FromSlash(file)))
	if err != nil {
		r.t.Fatal(err)
	}
	return string(text)
}

// open opens the workspace as it is now, on the first day of June.
func (r *repo) open() *Workspace {
	r.t.Helper()
	w, err := Open(Settings{Clock: func() time.Time { return time.Date(2027, 6, 1, 12, 0, 0, 0, time.UTC) }})
	if err == nil {
		err = w.Read(context.Background())
	}
	if err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { w.Repo.Close() })
	return w
}

var june = policy.Date{Year: 2027, Month: 6, Day: 1}

// lease is a text about bicycles, one version in a file.
func lease(version, effective, words string) string {
	return "---\nid: lease\ntitle: Bicycle lease\nversion: \"" + version + "\"\neffective_date: " + effective + "\nsummary: How you bring bicycles back.\n---\n\n# Bicycle lease\n\n" + words + "\n"
}

const (
	noon    = "You bring the bicycle back by noon."
	evening = "You bring the bicycle back by six in the evening, or pay for another day."
	nightly = "You may keep the bicycle for the whole night."
)

// leased is a repository with two versions of a lease: one that binds since
// February, and one that does in July.
func leased(t *testing.T) *repo {
	t.Helper()
	r := newRepo(t)
	r.commit("2027-01-10", "lease.md", lease("1.0", "2027-02-01", noon))
	r.commit("2027-05-20", "lease.md", lease("2.0", "2027-07-01", evening))
	return r
}

// rules are the rules of some findings, each with its level.
func rules(found []*policy.Diagnostic) string {
	var list []string
	for _, d := range found {
		list = append(list, d.Rule+":"+string(d.Level))
	}
	return strings.Join(list, " ")
}

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// wantError fails unless an error says what is wanted; an empty want is no error.
func wantError(t *testing.T, err error, want string) {
	t.Helper()
	switch {
	case want == "" && err != nil:
		t.Errorf("got the error %q", err)
	case want != "" && (err == nil || !strings.Contains(err.Error()+"\n"+policy.Hint(err), want)):
		t.Errorf("got the error %v with the hint %q, want %q", err, policy.Hint(err), want)
	}
}
