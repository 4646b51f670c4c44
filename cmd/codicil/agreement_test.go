package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/listing"
	"github.com/codicil/codicil/render"
)

// sample says which part of a real history the everyday test looks at: some
// folders, and every so-many-th policy in full. CODICIL_LONG=1 looks at all.
type sample struct {
	bundle string
	globs  string // of the configuration; empty for all
	nth    int    // policies of which one is compared version by version
}

func samples() []sample {
	if os.Getenv("CODICIL_LONG") != "" {
		var all []sample
		for _, name := range bundles() {
			all = append(all, sample{name, "", 1})
		}
		return all
	}
	return []sample{
		{"basecamp-policies", "", 2},
		{"site-policy", "", 6},
		{"mozilla-legal-docs", `["en/*.md", "de/*.md", "zh-*/*.md"]`, 20},
		{"pga-versions", `["Bluesky/*.md", "Telegram/*.md", "Moltbook/*.md"]`, 4},
	}
}

// TestListAndLogSayWhatGitSays compares the JSON of both verbs with what plain
// git log and git show print.
func TestListAndLogSayWhatGitSays(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	for _, s := range samples() {
		t.Run(s.bundle, func(t *testing.T) {
			dir := corpus(t, s.bundle)
			t.Chdir(".") // restored when the test ends: -C changes the folder
			if s.globs != "" {
				config := "policies: " + s.globs + "\n"
				if err := os.WriteFile(filepath.Join(dir, "codicil.yaml"), []byte(config), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			compareWithGit(t, dir, s.nth)
		})
	}
}

// gitSide is what plain git says about a history.
type gitSide struct {
	dir     string
	order   map[string]int         // place of each first-parent commit, 0 for the newest
	dates   map[string][2]int64    // author's and committer's time
	changes map[string][]gitChange // of each path, newest first
	head    map[string]bool        // paths of the head
}

type gitChange struct{ commit, blob string }

func readGit(t *testing.T, dir string) *gitSide {
	g := &gitSide{dir: dir, order: make(map[string]int), dates: make(map[string][2]int64), changes: make(map[string][]gitChange), head: make(map[string]bool)}
	out := gitOutput(t, dir, "log", "-m", "--first-parent", "--raw", "--no-renames", "--no-abbrev", "--format=%x00%H %at %ct")
	for _, record := range strings.Split(out, "\x00")[1:] {
		head, rest, _ := strings.Cut(record, "\n")
		var commit string
		var author, committer int64
		if _, err := fmt.Sscan(head, &commit, &author, &committer); err != nil {
			t.Fatal(err)
		}
		g.order[commit], g.dates[commit] = len(g.order), [2]int64{author, committer}
		for line := range strings.Lines(rest) {
			meta, file, found := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
			if fields := strings.Fields(meta); found && fields[2] != fields[3] {
				g.changes[file] = append(g.changes[file], gitChange{commit, fields[3]})
			}
		}
	}
	for file := range strings.SplitSeq(gitOutput(t, dir, "ls-tree", "-r", "--name-only", "HEAD"), "\n") {
		g.head[file] = true
	}
	return g
}

func compareWithGit(t *testing.T, dir string, nth int) {
	git := readGit(t, dir)
	var listed struct{ Policies []listing.Policy }
	runJSON(t, &listed, dir, "list")
	versions, compared := 0, 0
	for i, p := range listed.Policies {
		if git.head[p.Path] != (p.Withdrawn == "") {
			t.Errorf("%s: %s is in the head: %v, withdrawn: %q", p.ID, p.Path, git.head[p.Path], p.Withdrawn)
		}
		versions += p.Versions
		if i%nth == 0 {
			compared += compareLog(t, git, p)
		}
	}
	t.Logf("%d policies, %d versions, %d compared one by one", len(listed.Policies), versions, compared)
}

// runJSON runs a verb in dir and reads what it prints.
func runJSON(t *testing.T, into any, dir string, args ...string) {
	t.Helper()
	out, code := runHere(append([]string{"-C", dir, "--json"}, args...))
	if code != exitOK {
		t.Fatalf("codicil %v: exit code %d", args, code)
	}
	if err := json.Unmarshal([]byte(out), into); err != nil {
		t.Fatalf("codicil %v: %v", args, err)
	}
}

// compareLog compares every version of a policy with the texts and dates that
// git has for it, and the other way round: no change of words may be missing.
func compareLog(t *testing.T, git *gitSide, p listing.Policy) int {
	var logged struct{ Versions []listing.Version }
	runJSON(t, &logged, git.dir, "log", p.ID)
	if len(logged.Versions) != p.Versions {
		t.Errorf("%s: list counts %d versions, log %d", p.ID, p.Versions, len(logged.Versions))
	}
	names := make([]string, len(logged.Versions))
	for i, v := range logged.Versions {
		names[i] = v.Commit + ":" + v.Path
	}
	last, published := -1, time.Time{}
	gitTexts(t, git.dir, names, func(i int, _ string, text []byte) {
		v := logged.Versions[i]
		if sum := sha256.Sum256(text); hex.EncodeToString(sum[:]) != v.SHA256 {
			t.Errorf("%s@%s: git show %s has another sha256 than %s", p.ID, v.Label, names[i], v.SHA256)
		}
		at, known := git.order[v.Commit]
		if !known || at <= last {
			t.Errorf("%s@%s: commit %s is not a first parent that stands before the newer ones", p.ID, v.Label, v.Commit)
		}
		if i > 0 && v.Published.After(published) {
			t.Errorf("%s@%s was published after the version that follows it", p.ID, v.Label)
		}
		if v.Committed.Unix() != git.dates[v.Commit][0] || v.Published.Unix() < git.dates[v.Commit][1] {
			t.Errorf("%s@%s: committed %d, published %d; git has %v", p.ID, v.Label, v.Committed.Unix(), v.Published.Unix(), git.dates[v.Commit])
		}
		last, published = at, v.Published
	})
	nothingMissing(t, git, p, logged.Versions)
	return len(logged.Versions)
}

// nothingMissing looks at every commit that changed the file since it has its
// present path: it is a version, or the words are those of the one before.
func nothingMissing(t *testing.T, git *gitSide, p listing.Policy, versions []listing.Version) {
	since := len(git.order)
	isVersion := make(map[string]bool)
	for _, v := range versions {
		isVersion[v.Commit] = true
		if v.Path == p.Path {
			since = git.order[v.Commit]
		}
	}
	var changes []gitChange
	var names []string
	for _, c := range slices.Backward(git.changes[p.Path]) {
		if p.Withdrawn != "" && git.order[c.commit] < git.order[versions[0].Commit] && strings.Trim(c.blob, "0") == "" {
			break // what bears the path from here on is another policy
		}
		if git.order[c.commit] <= since && strings.Trim(c.blob, "0") != "" {
			changes, names = append(changes, c), append(names, c.blob)
		}
	}
	if len(names) == 0 {
		return
	}
	before := ""
	gitTexts(t, git.dir, names, func(i int, _ string, text []byte) {
		doc, err := policy.Parse(p.Path, text)
		if doc == nil {
			t.Logf("%s at %s is no text: %v", p.Path, changes[i].commit, err)
			return
		}
		words := strings.Join(wordsOf(render.DocumentText(doc)), " ")
		if words != before && i > 0 && !doc.Front.Draft && words != "" && !isVersion[changes[i].commit] {
			t.Errorf("%s: commit %s changed the words, but starts no version", p.ID, changes[i].commit)
		}
		before = words
	})
}
