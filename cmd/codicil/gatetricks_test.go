package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The property of the gate: what a pull request does that check lets pass binds
// nobody to other words before the time of notice is over, whatever else the pull
// request brings along. The configuration of the published branch is what counts:
// whoever merges a looser one has agreed to that.

// trick is one thing that a pull request may do beside its change.
type trick struct {
	name string
	do   func(g *gateRepo)
}

// gateRepo is a repository with published policies and a branch that changes them.
type gateRepo struct {
	t    *testing.T
	dir  string
	home string
	rand *rand.Rand
	text string // the file that is changed, wherever a trick has moved it
	when string // by which the next commit is dated
	bare bool   // there is no configuration
}

const gateDay = "2026-03-01"

// inForce is the text of the policy that binds today; announced is that of one whose
// second version takes effect in summer.
const inForce = "---\nid: privacy\ntitle: Privacy\nversion: \"1.0\"\neffective_date: 2025-01-05\nlang: en\nsummary: We keep it for 90 days.\n---\n\n# Privacy\n\n1.1 We keep your data for 90 days.\n\n1.2 We do not sell your data.\n\n1.3 You may object by email.\n"

const announced = "---\nid: terms\ntitle: Terms\nversion: \"%s\"\neffective_date: %s\nlang: en\nsummary: You pay %s euros.\n---\n\n# Terms\n\n1.1 You pay %s euros a month.\n\n1.2 You may cancel within 14 days.\n"

func newGateRepo(t *testing.T, bare bool) *gateRepo {
	t.Helper()
	g := &gateRepo{t: t, dir: t.TempDir(), home: t.TempDir(), when: "2025-01-05T12:00:00Z", bare: bare}
	g.git("init", "--quiet", "--initial-branch=main")
	if !bare {
		g.write("codicil.yaml", "title: Acme\npolicies: [\"*.md\"]\nversions: label\n")
	}
	g.write("privacy.md", inForce)
	g.write("terms.md", fmt.Sprintf(announced, "1", "2025-01-05", "5", "5"))
	g.commit()
	g.when = "2026-02-20T12:00:00Z"
	g.write("terms.md", fmt.Sprintf(announced, "2", "2026-07-01", "9", "9"))
	g.commit()
	return g
}

func (g *gateRepo) git(args ...string) string {
	g.t.Helper()
	cmd := exec.Command("git", append([]string{"-C", g.dir, "-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "core.hooksPath=/dev/null"}, args...)...)
	cmd.Env = append(os.Environ(), "GIT_AUTHOR_DATE="+g.when, "GIT_COMMITTER_DATE="+g.when)
	out, err := cmd.CombinedOutput()
	if err != nil {
		g.t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return string(out)
}

func (g *gateRepo) commit() {
	g.git("add", "-A")
	g.git("commit", "--quiet", "--allow-empty", "-m", "change")
}

func (g *gateRepo) write(name, text string) {
	g.t.Helper()
	full := filepath.Join(g.dir, name)
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		g.t.Fatal(err)
	}
	if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
		g.t.Fatal(err)
	}
}

// edit replaces words of the text that is changed, if it is there.
func (g *gateRepo) edit(old, new string) {
	if text, err := os.ReadFile(filepath.Join(g.dir, g.text)); err == nil {
		g.write(g.text, strings.Replace(string(text), old, new, 1))
	}
}

// head adds a line to the front matter.
func (g *gateRepo) head(line string) { g.edit("---\n", "---\n"+line+"\n") }

// move moves the text that is changed.
func (g *gateRepo) move(to string) {
	full := filepath.Join(g.dir, to)
	if os.MkdirAll(filepath.Dir(full), 0o755) == nil && os.Rename(filepath.Join(g.dir, g.text), full) == nil {
		g.text = to
	}
}

// config puts a key in the place of what the configuration says, or adds it.
func (g *gateRepo) config(key, value string) {
	text, _ := os.ReadFile(filepath.Join(g.dir, "codicil.yaml"))
	lines := slices.DeleteFunc(strings.Split(string(text), "\n"), func(l string) bool { return l == "" || strings.HasPrefix(l, key+":") })
	g.write("codicil.yaml", strings.Join(append(lines, key+": "+value), "\n")+"\n")
}

// run runs the program on the day of the test.
func (g *gateRepo) run(args ...string) (string, error) {
	program, err := exec.LookPath("codicil")
	if err != nil {
		g.t.Fatal(err)
	}
	cmd := exec.Command(program, args...)
	cmd.Dir = g.dir
	cmd.Env = append(os.Environ(), "HOME="+g.home, "XDG_CACHE_HOME="+g.home, "CODICIL_TEST_DAY="+gateDay)
	out, err := cmd.Output()
	return string(out), err
}

// binds returns the words that bind people on the days until the time of notice is
// over, by policy and day; none where there is no such policy. A policy may go on
// under another id that has the old one for an alias.
func (g *gateRepo) binds() map[string]string {
	all := make(map[string]string)
	for _, day := range []string{gateDay, "2026-03-29"} {
		for _, ids := range [][]string{{"privacy", "stranger", "other"}, {"terms"}} {
			text, err := "", error(nil)
			for _, id := range ids {
				if text, err = g.run("show", id, "--on", day); err == nil {
					break
				}
			}
			_, all[ids[0]+" on "+day], _ = strings.Cut(text, "\n---\n")
		}
	}
	return all
}

// harms are what a pull request must not do unseen.
var harms = []trick{
	{"other words under the old label", func(g *gateRepo) { g.edit("90 days.\n\n1.2", "10 years.\n\n1.2") }},
	{"other words under a label of tomorrow", func(g *gateRepo) {
		g.edit("do not sell", "sell")
		g.edit(`"1.0"`, `"2.0"`)
		g.edit("2025-01-05", "2026-03-02")
	}},
	{"a new label in the past", func(g *gateRepo) {
		g.edit("You may object by email.", "You may not object.")
		g.edit(`"1.0"`, `"1.5"`)
		g.edit("2025-01-05", "2025-06-05")
	}},
	{"deleted", func(g *gateRepo) { _ = os.Remove(filepath.Join(g.dir, g.text)) }},
	{"the other, sooner", func(g *gateRepo) { g.write("terms.md", fmt.Sprintf(announced, "2", "2026-03-02", "9", "9")) }},
	{"the other, sooner and renamed", func(g *gateRepo) {
		_ = os.Remove(filepath.Join(g.dir, "terms.md"))
		g.write("rules.md", fmt.Sprintf(announced, "2", "2026-03-02", "9", "9"))
	}},
	{"one more version at once", func(g *gateRepo) { g.write("terms.md", fmt.Sprintf(announced, "1.1", "2026-03-01", "99", "99")) }},
}

// tricks are what it may bring along.
var tricks = []trick{
	{"announced long ago", func(g *gateRepo) { g.head("announced: 2020-01-01") }},
	{"editorial", func(g *gateRepo) { g.head("change: editorial") }},
	{"editorial with a reason", func(g *gateRepo) { g.head("change: editorial\nchange_reason: A slip of the pen") }},
	{"a draft", func(g *gateRepo) { g.head("draft: true") }},
	{"withdrawn", func(g *gateRepo) { g.head("status: withdrawn") }},
	{"cancelled", func(g *gateRepo) { g.head("status: cancelled") }},
	{"a day in 2099", func(g *gateRepo) { g.edit("effective_date: 2025-01-05", "effective_date: 2099-01-01") }},
	{"no day", func(g *gateRepo) { g.edit("effective_date: 2025-01-05\n", "") }},
	{"no label", func(g *gateRepo) { g.edit("version: \"1.0\"\n", "") }},
	{"no head", func(g *gateRepo) { g.edit("---\n", "") }},
	{"two days", func(g *gateRepo) {
		g.edit("effective_date: 2026-03-02", "effective_date: {new: 2026-03-02, existing: 2026-03-02}")
	}},
	{"another language", func(g *gateRepo) { g.edit("lang: en", "lang: fr\ntranslation_of: privacy") }},
	{"another id", func(g *gateRepo) { g.edit("id: privacy", "id: other") }},
	{"another id with an alias", func(g *gateRepo) { g.edit("id: privacy", "id: other\naliases: [privacy]") }},
	{"an alias of the other", func(g *gateRepo) { g.head("aliases: [terms]") }},
	{"a stranger takes the address", func(g *gateRepo) {
		g.write("stranger.md", strings.ReplaceAll(inForce, "id: privacy", "id: stranger\naliases: [privacy]"))
	}},
	{"a copy of the old text beside it", func(g *gateRepo) { g.write("copy.md", inForce) }},
	{"the old text under its old name", func(g *gateRepo) {
		g.move("archive.md")
		g.write("privacy.md", inForce)
	}},
	{"moved into a folder", func(g *gateRepo) { g.move("old/privacy.md") }},
	{"renamed", func(g *gateRepo) { g.move("data.md") }},
	{"another ending", func(g *gateRepo) { g.move("privacy.txt") }},
	{"a link in its place", func(g *gateRepo) {
		g.move("real.txt")
		_ = os.Symlink("real.txt", filepath.Join(g.dir, "privacy.md"))
	}},
	{"lines of Windows", func(g *gateRepo) { g.edit("\n1.2", "\r\n1.2") }},
	{"told to look away", func(g *gateRepo) {
		g.edit("# Privacy\n", "<!-- codicil-ignore unlabelled-change short-notice date-in-past -->\n\n# Privacy\n")
	}},
	{"attributes", func(g *gateRepo) {
		g.write(".gitattributes", "*.md -diff -text working-tree-encoding=ISO-8859-1 export-ignore\n")
	}},
	{"no policies", func(g *gateRepo) { g.config("policies", "[\"none/*.md\"]") }},
	{"versions by tag", func(g *gateRepo) { g.config("versions", "tag") }},
	{"versions by commit", func(g *gateRepo) { g.config("versions", "commit") }},
	{"no notice", func(g *gateRepo) { g.config("notice", "{period: {major: 0d, minor: 0d, editorial: 0d}}") }},
	{"no rules", func(g *gateRepo) {
		g.config("rules", "[{id: number-changed, off: true}, {id: duration-changed, off: true}]")
	}},
	{"another configuration", func(g *gateRepo) { g.write("content/codicil.yaml", "policies: [\"none/*.md\"]\n") }},
	{"no configuration", func(g *gateRepo) { _ = os.Remove(filepath.Join(g.dir, "codicil.yaml")) }},
	{"a broken configuration", func(g *gateRepo) { g.write("codicil.yaml", "policies: [\n") }},
	{"sums of its own", func(g *gateRepo) { g.write("codicil.sum", "privacy@1.0 "+strings.Repeat("0", 64)+" 2025-01-05 x\n") }},
	{"a commit of 2099", func(g *gateRepo) { g.when = "2099-01-01T00:00:00Z"; g.commit() }},
	{"a commit of 1970", func(g *gateRepo) { g.when = "1970-01-02T00:00:00Z"; g.commit() }},
	{"a commit between", func(g *gateRepo) { g.commit() }},
	{"away and back", func(g *gateRepo) {
		text, err := os.ReadFile(filepath.Join(g.dir, g.text))
		if err != nil {
			return
		}
		_ = os.Remove(filepath.Join(g.dir, g.text))
		g.commit()
		g.write(g.text, string(text))
	}},
	{"a merge of its own", func(g *gateRepo) {
		g.commit()
		g.git("checkout", "--quiet", "-f", "-B", "side", "main")
		g.write("notes.txt", "Notes.\n")
		g.commit()
		g.git("merge", "--quiet", "-X", "theirs", "-m", "merge", "pr")
		g.git("checkout", "--quiet", "-f", "-B", "pr")
	}},
	{"a tag", func(g *gateRepo) { g.git("tag", "-f", "v9"); g.git("tag", "-f", "v10", "main") }},
}

// request makes a pull request of one harm and some tricks, before it and after
// it, and returns what it did.
func (g *gateRepo) request() []string {
	g.text, g.when = "privacy.md", gateDay+"T10:00:00Z"
	g.git("checkout", "--quiet", "-f", "-B", "pr", "main")
	g.git("clean", "-fdq")
	plan := []trick{harms[g.rand.IntN(len(harms))]}
	for range g.rand.IntN(5) {
		plan = slices.Insert(plan, g.rand.IntN(len(plan)+1), tricks[g.rand.IntN(len(tricks))])
	}
	var names []string
	for _, step := range plan {
		step.do(g)
		names = append(names, step.name)
	}
	g.commit()
	return names
}

// merge merges it today, as a maintainer does who keeps the published configuration.
func (g *gateRepo) merge() {
	g.when = gateDay + "T11:00:00Z"
	g.git("checkout", "--quiet", "-f", "-B", "merged", "main")
	g.git("merge", "--quiet", "--no-ff", "-m", "merge", "pr")
	g.git("rm", "--quiet", "--ignore-unmatch", "-f", "content/codicil.yaml", "codicil.yaml")
	if !g.bare {
		g.git("checkout", "main", "--", "codicil.yaml")
	}
	g.commit()
}

func TestNoTrickTurnsARedChangeGreen(t *testing.T) {
	t.Parallel()
	requests := 12
	if os.Getenv("CODICIL_LONG") != "" {
		requests = 200
	}
	for _, bare := range []bool{false, true} {
		t.Run(fmt.Sprint("without configuration: ", bare), func(t *testing.T) {
			g := newGateRepo(t, bare)
			before, green := g.binds(), 0
			if !strings.Contains(before["privacy on "+gateDay], "90 days") || !strings.Contains(before["terms on 2026-03-29"], "5 euros") {
				t.Fatalf("the policies are not in force: %q", before)
			}
			for seed := range requests {
				g.rand = rand.New(rand.NewPCG(uint64(seed), 7))
				did := g.request()
				said, err := g.run("check", "--base", "main")
				if err != nil {
					continue
				}
				green++
				g.merge()
				for what, after := range g.binds() {
					id, _, _ := strings.Cut(what, " ")
					if after != before[what] && (after != "" || !strings.Contains(said, id+" is withdrawn: ")) {
						t.Errorf("seed %d: check lets pass %q, and then %s says:\n%s\nIt said:\n%s", seed, did, what, after, said)
					}
				}
			}
			t.Logf("%d of %d requests are green", green, requests)
		})
	}
}
