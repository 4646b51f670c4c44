package history

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
)

// repo is a git repository that a test makes with the git program.
type repo struct {
	t   *testing.T
	dir string
	day string // of the commits to come
}

func newRepo(t *testing.T, arguments ...string) *repo {
	t.Helper()
	r := &repo{t: t, dir: t.TempDir(), day: "2024-01-01"}
	r.git(append([]string{"init", "-q", "-b", "main"}, arguments...)...)
	return r
}

// git runs git in the repository and returns what it prints.
func (r *repo) git(arguments ...string) string {
	r.t.Helper()
	out, err := r.try(arguments...)
	if err != nil {
		r.t.Fatalf("git %s: %v\n%s", strings.Join(arguments, " "), err, out)
	}
	return strings.TrimSpace(out)
}

func (r *repo) try(arguments ...string) (string, error) {
	when := r.day
	if !strings.ContainsAny(when, "T @") {
		when += "T12:00:00+00:00"
	}
	c := exec.Command("git", arguments...)
	c.Dir = r.dir
	c.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null",
		"GIT_AUTHOR_NAME=A", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_AUTHOR_DATE="+when,
		"GIT_COMMITTER_NAME=C", "GIT_COMMITTER_EMAIL=c@example.com", "GIT_COMMITTER_DATE="+when)
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, &out
	err := c.Run()
	return out.String(), err
}

func (r *repo) write(file, text string) {
	r.t.Helper()
	full := filepath.Join(r.dir, filepath.FromSlash(file))
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
		r.t.Fatal(err)
	}
}

// commit writes files, given as path and text in turn, and commits all there
// is on the given day.
func (r *repo) commit(day string, files ...string) {
	r.t.Helper()
	r.day = day
	for i := 0; i < len(files); i += 2 {
		r.write(files[i], files[i+1])
	}
	r.git("add", "-A")
	r.git("commit", "-q", "--allow-empty", "-m", "commit of "+day)
}

func open(t *testing.T, dir string) *Repository {
	t.Helper()
	r, err := Open(dir)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return r
}

func (r *repo) history(o Options) *History {
	r.t.Helper()
	h, err := open(r.t, r.dir).History(context.Background(), o)
	if err != nil {
		r.t.Fatalf("History: %v", err)
	}
	return h
}

// fault returns the error as a *policy.Diagnostic, whose hint must say something.
func fault(t *testing.T, err error) *policy.Diagnostic {
	t.Helper()
	f, ok := err.(*policy.Diagnostic)
	if !ok {
		t.Fatalf("got error %v (%T), want a *policy.Diagnostic", err, err)
	}
	if f.Hint == "" || f.Error() != f.Message {
		t.Errorf("fault %q has the hint %q", f.Message, f.Hint)
	}
	return f
}

// outline writes policies and versions in short: "id: label label".
func outline(h *History) string {
	var lines []string
	for _, p := range h.Policies {
		line := p.ID + ":"
		for _, v := range p.Versions {
			line += " " + v.Label
		}
		if !p.Withdrawn.IsZero() {
			line += " withdrawn " + p.Withdrawn.String()
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func wantOutline(t *testing.T, h *History, lines ...string) {
	t.Helper()
	if got, want := outline(h), strings.Join(lines, "\n"); got != want {
		t.Errorf("got policies\n%s\nwant\n%s", got, want)
	}
}

func find(t *testing.T, h *History, id string) *policy.Policy {
	t.Helper()
	for _, p := range h.Policies {
		if p.ID == id {
			return p
		}
	}
	t.Fatalf("no policy %s in\n%s", id, outline(h))
	return nil
}

// words makes a text of n distinct words, so that two texts of one seed are alike.
func words(seed string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%s%d ", seed, i)
		if i%9 == 8 {
			b.WriteString("\n")
		}
	}
	return b.String()
}
