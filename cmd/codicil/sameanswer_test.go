package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/listing"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/workspace"
	"github.com/codicil/codicil/render"
)

// pageVersion is a version as the site tells programs of it.
type pageVersion struct {
	Label      string
	Severity   *policy.Severity
	Proposed   *policy.Severity
	Categories []materiality.Category
	Reasons    []struct{ Rule, Clause string }
	Compare    string
	Since      string `json:"changes_since"`
}

// sameAnswers fails where a site says other things about a change than the
// command: the redline, whether there is one, and how much it matters. One in
// nth policies is looked at.
func sameAnswers(t *testing.T, dir string, nth int) {
	t.Chdir(".") // restored when the test ends: -C changes the folder
	a := &app{stdout: new(bytes.Buffer), stderr: new(bytes.Buffer), getenv: os.Getenv, now: time.Now, on: "2026-11-22"}
	if err := enter(dir); err != nil {
		t.Fatal(err)
	}
	w, err := a.open(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer w.Repo.Close()
	built := filepath.Join(t.TempDir(), "site")
	if code := a.run(context.Background(), []string{"-C", dir, "build", "-d", built}); code != exitOK {
		t.Fatalf("build: exit code %d\n%s", code, a.stderr)
	}
	pairs := 0
	for i, p := range w.History.Policies {
		if i%nth != 0 {
			continue
		}
		data, err := os.ReadFile(filepath.Join(built, "api", "v1", filepath.FromSlash(p.ID)+".json"))
		if os.IsNotExist(err) {
			continue // it has no version to show
		}
		var page struct{ Versions []pageVersion }
		if err := firstOf(err, json.Unmarshal(data, &page)); err != nil {
			t.Fatal(err)
		}
		var published []*policy.Version
		for _, v := range p.Versions {
			if !v.Front.Draft {
				published = append(published, v)
			}
		}
		if len(page.Versions) != len(published) {
			t.Fatalf("%s: %d versions on the site, %d in the history", p.ID, len(page.Versions), len(published))
		}
		for k, v := range published {
			sameAnswer(t, w, built, p, v, page.Versions[k])
			sameSince(t, w, built, p, v, page.Versions[k].Since)
			pairs++
		}
	}
	t.Logf("%d versions", pairs)
}

// firstOf returns the first error.
func firstOf(list ...error) error { return cmp.Or(list...) }

// sameAnswer compares what the site says of one version with what the verbs say.
func sameAnswer(t *testing.T, w *workspace.Workspace, built string, p *policy.Policy, v *policy.Version, page pageVersion) {
	ref := p.Ref(v)
	change, err := w.Compare(p, v)
	if err != nil {
		t.Fatal(err)
	}
	if page.Severity == nil {
		if change.Assessment.Severity != policy.None {
			t.Errorf("%s: the first version, and log says %v", ref, change.Assessment.Severity)
		}
		return
	}
	before, err := w.Previous(p, v)
	if err != nil {
		t.Fatal(err)
	}
	after, err := w.Side(p, v)
	if err != nil {
		t.Fatal(err)
	}
	c := w.Pair(p, before, after).Compare(w.Comparer) // as diff and assess do
	var want bytes.Buffer
	render.RedlineJSON(&want, c.Redline)
	folder := filepath.Join(built, filepath.FromSlash(strings.TrimPrefix(page.Compare, "/")))
	got, err := os.ReadFile(filepath.Join(folder, "index.json"))
	if err != nil {
		t.Fatalf("%s: %v", ref, err)
	}
	if !bytes.Equal(got, want.Bytes()) {
		t.Errorf("%s: the site has another redline than diff:\n%s", ref, firstDifference(string(got), want.String()))
	}
	html := sameWhetherChanged(t, ref, folder, c.Redline.Stat().Changes)
	decided, proposed := *page.Severity, cmp.Or(page.Proposed, page.Severity)
	log := listing.NewVersion(change, change.Policy.Status(change.Version, repoDay(w)))
	assessed := c.Assessment()
	if decided != assessed.Decided() || *proposed != assessed.Severity || log.Severity != decided.String() || log.Proposed != proposed.String() {
		t.Errorf("%s: the site says %v (proposed %v), log %s (%s), assess %v (%v)", ref, decided, *proposed, log.Severity, log.Proposed, assessed.Decided(), assessed.Severity)
	}
	if !strings.Contains(html, `data-severity="`+decided.String()+`"`) {
		t.Errorf("%s: the page does not say %v", ref, decided)
	}
	if !slices.Equal(page.Categories, assessed.Categories) && len(page.Categories)+len(assessed.Categories) > 0 {
		t.Errorf("%s: the site says %v, assess %v", ref, page.Categories, assessed.Categories)
	}
	for i, r := range page.Reasons {
		if r.Rule != assessed.Reasons[i].Rule || r.Clause != assessed.Reasons[i].Clause {
			t.Errorf("%s: reason %d is %v on the site, %+v of assess", ref, i+1, r, assessed.Reasons[i])
		}
	}
}

// repoDay is the day of the test.
func repoDay(w *workspace.Workspace) policy.Date {
	return policy.DateOf(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC))
}

// sameWhetherChanged fails where a page says that nothing changed and diff finds
// something, or the other way round. It returns the page.
func sameWhetherChanged(t *testing.T, ref, folder string, changes int) string {
	html, err := os.ReadFile(filepath.Join(folder, "index.html"))
	if err != nil {
		t.Fatalf("%s: %v", ref, err)
	}
	_, summary, found := strings.Cut(string(html), `class="redline-summary"`)
	if !found {
		return string(html) // it leads to the steps
	}
	summary, _, _ = strings.Cut(summary, "</p>")
	if anchored := strings.Contains(string(html), `id="c-1"`); anchored != (changes > 0) || strings.Contains(summary, `href="#c-1"`) != anchored {
		t.Errorf("%s: diff finds %d changes, and the page says%s", ref, changes, summary)
	}
	return string(html)
}

// sameSince looks at the redline of a version against the current one.
func sameSince(t *testing.T, w *workspace.Workspace, built string, p *policy.Policy, v *policy.Version, since string) {
	folder := filepath.Join(built, filepath.FromSlash(strings.TrimPrefix(since, "/")))
	if html, err := os.ReadFile(filepath.Join(folder, "index.html")); err != nil || !bytes.Contains(html, []byte(`class="redline-summary"`)) {
		return
	}
	current := p.InForce(repoDay(w))
	if current == nil {
		return
	}
	older, newer := v, current
	if slices.Index(p.Versions, v) < slices.Index(p.Versions, current) {
		older, newer = current, v
	}
	before, err := w.Side(p, older)
	if err != nil {
		t.Fatal(err)
	}
	after, err := w.Side(p, newer)
	if err != nil {
		t.Fatal(err)
	}
	c := w.Pair(p, before, after).Compare(w.Comparer)
	sameWhetherChanged(t, before.Name+" to "+after.Name, folder, c.Redline.Stat().Changes)
}

// firstDifference shows the lines at which two texts part.
func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d\nsite: %s\ndiff: %s", i+1, a[i], b[i])
		}
	}
	return fmt.Sprintf("%d lines and %d", len(a), len(b))
}

func TestSiteAndVerbsGiveOneAnswerAboutRealHistories(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	for _, s := range samples() {
		t.Run(s.bundle, func(t *testing.T) {
			dir := corpus(t, s.bundle)
			if s.globs != "" {
				save(t, filepath.Join(dir, "codicil.yaml"), "policies: "+s.globs+"\n")
			}
			sameAnswers(t, dir, s.nth)
		})
	}
}

// sameCheck fails where check, looking at the last commit as if it were still to
// be published, says another severity than log does afterwards.
func sameCheck(t *testing.T, dir string) {
	out, _ := runHere([]string{"-C", dir, "--json", "check", "--base", "HEAD~1"})
	var checked struct {
		Policies []struct {
			ID         string
			Assessment *struct{ Severity policy.Severity }
		}
	}
	if err := json.Unmarshal([]byte(out), &checked); err != nil {
		t.Fatalf("check: %v\n%s", err, out)
	}
	found := 0
	for _, p := range checked.Policies {
		if p.Assessment == nil {
			continue
		}
		var logged struct{ Versions []listing.Version }
		runJSON(t, &logged, dir, "log", p.ID)
		if found++; logged.Versions[0].Proposed != p.Assessment.Severity.String() {
			t.Errorf("%s: check says %v, log %s", p.ID, p.Assessment.Severity, logged.Versions[0].Proposed)
		}
	}
	if found != 1 {
		t.Errorf("check assessed %d changes:\n%s", found, out)
	}
}

// step is a commit of an invented history: files with their texts; an empty
// text removes the file.
type step map[string]string

func TestSiteAndVerbsGiveOneAnswer(t *testing.T) {
	head := func(version, day string) string {
		return "---\ntitle: Rules\nversion: \"" + version + "\"\neffective_date: " + day + "\n---\n\n"
	}
	tests := []struct {
		name  string
		steps []step
	}{
		{"a link that is written in another way and leads to the same page", []step{
			{"terms.md": "# Terms\n\nBe kind.\n", "privacy.md": head("1", "2026-01-01") + "See [our terms](terms.md).\n"},
			{"privacy.md": head("2", "2026-02-01") + "See [our terms](/terms).\n"}}},
		{"a link whose target went", []step{
			{"terms.md": "# Terms\n\nBe kind.\n", "privacy.md": head("1", "2026-01-01") + "See [our terms](terms.md) and [below](#below).\n\n## Below {#below}\n\nWords.\n"},
			{"privacy.md": head("2", "2026-02-01") + "See [our terms](terms.md) and [below](#below).\n\nWords.\n"},
			{"terms.md": "", "privacy.md": head("3", "2026-03-01") + "See [our terms](lost.md) and [below](#below).\n\nMore words.\n"}}},
		{"a picture of the repository", []step{
			{"privacy.md": head("1", "2026-01-01") + "See ![a map](map.png) here.\n"},
			{"privacy.md": head("2", "2026-02-01") + "See ![a map](other.png) here.\n"}}},
		{"a heading of another level", []step{
			{"privacy.md": head("1", "2026-01-01") + "# Rules\n\n### 1. Fees\n\nYou pay 3 euros.\n"},
			{"privacy.md": head("2", "2026-02-01") + "# Rules\n\n## 1. Fees\n\nYou pay 3 euros.\n"},
			{"privacy.md": head("3", "2026-03-01") + "## 1. Fees\n\nYou pay 4 euros.\n"}}},
		{"bytes that are no text", []step{
			{"privacy.md": head("1", "2026-01-01") + "You pay 3 euros.\n"},
			{"privacy.md": head("2", "2026-02-01") + "You pay 3 \xe9uros.\n"},
			{"privacy.md": head("3", "2026-03-01") + "You pay 4 euros.\n"}}},
		{"a file that moves", []step{
			{"privacy.md": head("1", "2026-01-01") + "See [the terms](terms.md). You pay 3 euros, and we keep your letters for thirty days.\n", "terms.md": "# Terms\n\nBe kind.\n"},
			{"privacy.md": "", "legal/privacy.md": head("2", "2026-02-01") + "See [the terms](../terms.md). You pay 4 euros, and we keep your letters for thirty days.\n"}}},
		{"a draft between two versions", []step{
			{"privacy.md": head("1", "2026-01-01") + "You pay 3 euros.\n"},
			{"privacy.md": strings.Replace(head("2", "2026-02-01"), "---\n\n", "draft: true\n---\n\n", 1) + "You pay 4 euros.\n"},
			{"privacy.md": head("3", "2026-03-01") + "You pay 5 euros.\n"}}},
		{"a severity that its editor declared", []step{
			{"privacy.md": head("1", "2026-01-01") + "You pay 3 euros.\n"},
			{"privacy.md": strings.Replace(head("2", "2026-02-01"), "---\n\n", "change: minor\nchange_reason: a slip\napproved_by: A. Counsel\n---\n\n", 1) + "You pay 5 euros.\n"}}},
		{"words that come back", []step{
			{"privacy.md": head("1", "2026-01-01") + "You pay 3 euros.\n"},
			{"privacy.md": head("2", "2026-02-01") + "You pay 5 euros.\n"},
			{"privacy.md": head("3", "2026-03-01") + "You pay 3 euros.\n"}}},
		{"another language", []step{
			{"de/regeln.md": head("1", "2026-01-01") + "Sie zahlen drei Euro. [Hier](#hier) steht, wie.\n\n## Hier {#hier}\n\nSie zahlen bar.\n"},
			{"de/regeln.md": head("2", "2026-02-01") + "Sie zahlen vier Euro. [Hier](#hier) steht, wie.\n\n## Hier {#hier}\n\nSie zahlen nicht bar.\n"}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Setenv("XDG_CACHE_HOME", t.TempDir())
			dir := repository(t, test.steps)
			sameAnswers(t, dir, 1)
			sameCheck(t, dir)
		})
	}
}

// repository makes a repository of the steps, a month apart.
func repository(t *testing.T, steps []step) string {
	dir := t.TempDir()
	git := func(day string, args ...string) {
		cmd := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=A", "-c", "user.email=a@example.com"}, args...)...)
		cmd.Env = append(os.Environ(), "GIT_AUTHOR_DATE="+day, "GIT_COMMITTER_DATE="+day)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	git("", "init", "-q", "-b", "main")
	for i, s := range steps {
		for name, text := range s {
			file := filepath.Join(dir, filepath.FromSlash(name))
			if text == "" {
				if err := os.Remove(file); err != nil {
					t.Fatal(err)
				}
				continue
			}
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			save(t, file, text)
		}
		git("", "add", "-A")
		git(fmt.Sprintf("2026-%02d-01T10:00:00Z", i+1), "commit", "-q", "-m", "publish")
	}
	return dir
}
