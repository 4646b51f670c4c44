package history

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/go-git/go-git/v5/plumbing"
)

// corpus clones one of the real histories that lie beside the project.
func corpus(t testing.TB, name string) string {
	t.Helper()
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
		root = filepath.Dir(root)
	}
	bundle := filepath.Join(root, "..", "shared", "corpora", name+".bundle")
	if _, err := os.Stat(bundle); err != nil {
		t.Skipf("the real histories are not here: %v", err)
	}
	clone := filepath.Join(t.TempDir(), name)
	if out, err := exec.Command("git", "clone", "-q", bundle, clone).CombinedOutput(); err != nil {
		t.Fatalf("git clone: %v\n%s", err, out)
	}
	return clone
}

func gitOutput(t testing.TB, dir string, arguments ...string) []byte {
	t.Helper()
	out, err := exec.Command("git", append([]string{"-C", dir}, arguments...)...).Output()
	if err != nil {
		t.Fatalf("git %v: %v", arguments, err)
	}
	return out
}

// gitSteps lists the changes of Markdown files as git log does.
func gitSteps(t testing.TB, dir string) []string {
	out := gitOutput(t, dir, "-c", "core.quotePath=false", "log", "-m", "--first-parent", "--raw", "--no-renames", "--no-abbrev", "--format=%x00%H %at %ct")
	var steps []string
	for _, record := range strings.Split(string(out), "\x00")[1:] {
		head, rest, _ := strings.Cut(record, "\n")
		var changes []string
		for line := range strings.Lines(rest) {
			meta, path, found := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
			fields := strings.Fields(meta)
			if found && strings.HasSuffix(strings.ToLower(path), ".md") && fields[2] != fields[3] {
				changes = append(changes, path+" "+fields[3])
			}
		}
		if len(changes) > 0 {
			slices.Sort(changes)
			steps = append(steps, head+" "+strings.Join(changes, "; "))
		}
	}
	return steps
}

// ourSteps lists the steps of a walk in the same form.
func ourSteps(t testing.TB, dir string) []string {
	r, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	walked, err := walkAll(r)
	if err == nil {
		err = r.pool.with(func(s *store) error { return pairUp(t.Context(), s, nil, walked) })
	}
	if err != nil {
		t.Fatal(err)
	}
	var steps []string
	for _, s := range walked {
		var changes []string
		for _, c := range s.changes {
			if c.to != "" {
				changes = append(changes, c.to+" "+c.blob.String())
			}
			if c.from != c.to && c.from != "" {
				changes = append(changes, c.from+" "+plumbing.ZeroHash.String())
			}
		}
		slices.Sort(changes)
		steps = append(steps, fmt.Sprintf("%s %d %d %s", s.commit, s.committed.Seconds, s.published.Seconds, strings.Join(changes, "; ")))
	}
	return steps
}

func walkAll(r *Repository) (steps []step, err error) {
	choose, err := newChooser("", nil)
	if err != nil {
		return nil, err
	}
	err = r.pool.with(func(s *store) error {
		head, err := s.resolve("HEAD")
		if err != nil {
			return err
		}
		w := walker{store: s, want: choose.want}
		steps, err = w.walk(context.Background(), head)
		return err
	})
	return steps, err
}

func TestRealHistoriesAreWalkedAsGitWalksThem(t *testing.T) {
	for _, name := range []string{"basecamp-policies", "site-policy"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := corpus(t, name)
			want, got := gitSteps(t, dir), ourSteps(t, dir)
			if len(want) != len(got) {
				t.Fatalf("got %d steps, git has %d", len(got), len(want))
			}
			for i := range want {
				if want[i] != got[i] {
					t.Fatalf("step %d:\ngot  %s\nwant %s", i, got[i], want[i])
				}
			}
		})
	}
}

func TestRealVersionsAreWhatGitShows(t *testing.T) {
	for _, test := range []struct {
		name            string
		live, withdrawn int
	}{{"basecamp-policies", 26, 9}, {"site-policy", 57, 25}} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dir := corpus(t, test.name)
			h, err := open(t, dir).History(context.Background(), Options{})
			if err != nil {
				t.Fatal(err)
			}
			live := 0
			for _, p := range h.Policies {
				if p.Withdrawn.IsZero() {
					live++
				}
			}
			if live != test.live || len(h.Policies)-live != test.withdrawn {
				t.Errorf("%d live and %d withdrawn policies, want %d and %d", live, len(h.Policies)-live, test.live, test.withdrawn)
			}
			compareWithGit(t, dir, h)
		})
	}
}

// TestRealMovesInTwoCommitsAreNotTorn: these files of site-policy were copied in
// one commit and removed in another.
func TestRealMovesInTwoCommitsAreNotTorn(t *testing.T) {
	t.Parallel()
	h, err := open(t, corpus(t, "site-policy")).History(context.Background(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for id, began := range map[string]string{
		"github-acceptable-use-policies":            "github-acceptable-use-policies.md",
		"github-appeal-and-reinstatement":           "github-appeal-and-reinstatement.md",
		"github-copilot-business-privacy-statement": "Policies/privacy-policies/github-copilot-for-business-privacy-statement.md",
		"github-pre-release-license-terms":          "Policies/github-terms/github-copilot-pre-release-terms.md",
	} {
		versions := find(t, h, id).Versions
		if first := versions[len(versions)-1].Path; first != began {
			t.Errorf("%s began as %s, want %s", id, first, began)
		}
	}
}

// compareWithGit asks git for the text and the dates of every version.
func compareWithGit(t *testing.T, dir string, h *History) {
	dates := make(map[string]string)
	for line := range strings.Lines(string(gitOutput(t, dir, "log", "--format=%H %at %ct"))) {
		id, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		dates[id] = rest
	}
	var names bytes.Buffer
	var versions []*policy.Version
	for _, p := range h.Policies {
		for _, v := range p.Versions {
			versions = append(versions, v)
			fmt.Fprintf(&names, "%s:%s\n", v.Commit, v.Path)
		}
	}
	cat := exec.Command("git", "-C", dir, "cat-file", "--batch")
	cat.Stdin = &names
	out, err := cat.Output()
	if err != nil {
		t.Fatal(err)
	}
	in := bufio.NewReader(bytes.NewReader(out))
	for _, v := range versions {
		var blob, kind string
		var size int64
		if _, err := fmt.Fscanf(in, "%s %s %d\n", &blob, &kind, &size); err != nil {
			t.Fatalf("%s:%s: %v", v.Commit, v.Path, err)
		}
		sum := sha256.New()
		if _, err := io.CopyN(sum, in, size); err != nil {
			t.Fatal(err)
		}
		if _, err := in.ReadByte(); err != nil {
			t.Fatal(err)
		}
		if blob != v.Blob || hex.EncodeToString(sum.Sum(nil)) != v.SHA256 {
			t.Errorf("%s:%s is not the text of %s", v.Commit, v.Path, v.Label)
		}
		if got := fmt.Sprintf("%d %d", v.Committed.Unix(), v.Published.Unix()); got != dates[v.Commit] {
			t.Errorf("%s:%s has the dates %s, want %s", v.Commit, v.Path, got, dates[v.Commit])
		}
	}
}

// dateAttribute is what is behind a date line of mozilla-legal-docs.
var dateAttribute = regexp.MustCompile(`\s*\{:[^}]*\bdatetime="(\d{4}-\d{2}-\d{2})"[^}]*\}`)

// TestDateLinesSayWhatTheirAttributesSay reads the date lines of texts in
// twenty locales without the attribute that gives the date to machines.
func TestDateLinesSayWhatTheirAttributesSay(t *testing.T) {
	t.Parallel()
	dir := corpus(t, "mozilla-legal-docs")
	files := strings.Fields(string(gitOutput(t, dir, "ls-tree", "-r", "--name-only", "HEAD")))
	cat := exec.Command("git", "-C", dir, "cat-file", "--batch=%(objectsize)")
	cat.Stdin = strings.NewReader("HEAD:" + strings.Join(files, "\nHEAD:") + "\n")
	out, err := cat.Output()
	if err != nil {
		t.Fatal(err)
	}
	locales := make(map[string]int)
	for _, file := range files {
		head, rest, _ := bytes.Cut(out, []byte("\n"))
		size, err := strconv.Atoi(string(head))
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		text := rest[:size]
		out = rest[size+1:]
		m := dateAttribute.FindSubmatch(text)
		if m == nil {
			continue
		}
		want := string(m[1])
		if file == "en/archive/mozilla_hubs_privacy_notice.md" {
			want = "2021-08-24" // says its line, and its attribute another day
		}
		if date := newDateReader().text(dateAttribute.ReplaceAll(text, nil)); date.String() != want {
			t.Errorf("%s: got %q, want %s", file, date, want)
		}
		locales[path.Dir(file)]++
	}
	if len(locales) < 19 {
		t.Errorf("only %d locales have a date line", len(locales))
	}
}

func TestARealHistoryIsTheSameWithAnIndexAndForAnyNumberOfWorkers(t *testing.T) {
	dir := corpus(t, "basecamp-policies")
	o := Options{Index: t.TempDir()}
	gitOutput(t, dir, "checkout", "-q", "--detach", "HEAD~20")
	withAndWithout(t, dir, o)
	gitOutput(t, dir, "checkout", "-q", "master")
	h := withAndWithout(t, dir, o)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, workers := range []int{1, 7} {
		runtime.GOMAXPROCS(workers)
		if got := withAndWithout(t, dir, Options{Index: t.TempDir()}); outline(got) != outline(h) {
			t.Errorf("%d workers find another history", workers)
		}
	}
}
