package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/codicil/codicil/site"
)

// legal is a repository that publishes policies, with codicil.sum and a site.
type legal struct {
	t   *testing.T
	dir string
}

// publication is one commit of a legal repository.
type publication struct{ when, file, text, tag string }

func (l *legal) git(when string, args ...string) string {
	l.t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = l.dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null",
		"GIT_AUTHOR_NAME=A. Lawyer", "GIT_AUTHOR_EMAIL=lawyer@example.com", "GIT_AUTHOR_DATE="+when,
		"GIT_COMMITTER_NAME=A. Lawyer", "GIT_COMMITTER_EMAIL=lawyer@example.com", "GIT_COMMITTER_DATE="+when)
	out, err := cmd.CombinedOutput()
	if err != nil {
		l.t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

func (l *legal) write(file, text string) {
	l.t.Helper()
	full := filepath.Join(l.dir, filepath.FromSlash(file))
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		l.t.Fatal(err)
	}
	if err := os.WriteFile(full, []byte(text), 0o600); err != nil {
		l.t.Fatal(err)
	}
}

func (l *legal) read(file string) string {
	l.t.Helper()
	text, err := os.ReadFile(filepath.Join(l.dir, filepath.FromSlash(file)))
	if err != nil {
		l.t.Fatal(err)
	}
	return string(text)
}

// edit replaces words of a file; they must be there.
func (l *legal) edit(file, old, new string) {
	l.t.Helper()
	text := l.read(file)
	if !strings.Contains(text, old) {
		l.t.Fatalf("%s has no %q", file, old)
	}
	l.write(file, strings.Replace(text, old, new, 1))
}

// commit publishes; equal publications in equal order make equal commits.
func (l *legal) commit(publications ...publication) {
	l.t.Helper()
	for _, p := range publications {
		l.write(p.file, p.text)
		l.git(p.when, "add", p.file)
		l.git(p.when, "commit", "-q", "-m", "publish "+p.file)
		if p.tag != "" {
			l.git(p.when, "tag", p.tag)
		}
	}
}

// codicil runs a command line in the repository.
func (l *legal) codicil(args ...string) (string, int) {
	return runHere(append([]string{"-C", l.dir}, args...))
}

// pin writes codicil.sum, commits it, and builds the site.
func (l *legal) pin() {
	l.t.Helper()
	for _, args := range [][]string{{"verify", "--update"}, {"build", "-d", filepath.Join(l.dir, ".build", "site"), "--base-url", "https://example.com/legal"}} {
		if out, code := l.codicil(args...); code != exitOK {
			l.t.Fatalf("codicil %v: exit code %d\n%s", args, code, out)
		}
	}
	l.git("2026-05-01T10:00:00Z", "add", "-f", "codicil.sum")
	l.git("2026-05-01T10:00:00Z", "commit", "-q", "-m", "pin")
}

func newLegal(t *testing.T, publications ...publication) *legal {
	t.Helper()
	l := &legal{t: t, dir: t.TempDir()}
	l.git("", "init", "-q", "-b", "main")
	l.commit(publications...)
	return l
}

// copied makes a copy that a test may tamper with.
func (l *legal) copied(t *testing.T) *legal {
	t.Helper()
	c := &legal{t: t, dir: filepath.Join(t.TempDir(), "copy")}
	if err := os.CopyFS(c.dir, os.DirFS(l.dir)); err != nil {
		t.Fatal(err)
	}
	return c
}

// rewritten makes a copy whose history is made anew, with the sum file and
// the site of the old one.
func (l *legal) rewritten(t *testing.T, publications ...publication) *legal {
	t.Helper()
	c := newLegal(t, publications...)
	if err := os.CopyFS(filepath.Join(c.dir, ".build"), os.DirFS(filepath.Join(l.dir, ".build"))); err != nil {
		t.Fatal(err)
	}
	c.commit(publication{when: "2026-05-01T10:00:00Z", file: "codicil.sum", text: l.read("codicil.sum")})
	return c
}

func publishedText(version, effective, words string) string {
	return fmt.Sprintf("---\ntitle: Privacy policy\nversion: %q\neffective_date: %s\nsummary: What is new.\nchange: minor\nchange_reason: Reviewed.\napproved_by: Counsel\n---\n\n## 1. Data {#data}\n\n%s\n", version, effective, words)
}

func publications() []publication {
	return []publication{
		{"2026-01-10T10:00:00Z", "privacy.md", publishedText("1.0", "2026-01-10", "We keep log files for 30 days."), ""},
		{"2026-01-11T10:00:00Z", "terms.md", publishedText("1.0", "2026-01-11", "Be kind."), ""},
		{"2026-02-10T10:00:00Z", "privacy.md", publishedText("1.1", "2026-03-01", "We keep log files for 60 days."), ""},
		{"2026-04-01T10:00:00Z", "privacy.md", publishedText("2.0", "2026-06-01", "We keep log files for 90 days."), ""},
	}
}

// changed returns the publications with one changed by edit, or left out if
// edit makes its file empty.
func changed(i int, edit func(*publication)) []publication {
	list := publications()
	if edit(&list[i]); list[i].file == "" {
		return slices.Delete(list, i, i+1)
	}
	return list
}

func TestVerifyNamesWhatWasTamperedWith(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Chdir(".") // restored when the test ends: -C changes the folder
	original := newLegal(t, publications()...)
	original.pin()
	if out, code := original.codicil("verify", "--site", ".build/site"); code != exitOK || out != "" {
		t.Fatalf("the original does not pass: exit code %d\n%s", code, out)
	}
	pinnedCommit := func(ref string) string {
		for line := range strings.Lines(original.read("codicil.sum")) {
			if fields := strings.Fields(line); len(fields) == 5 && fields[0] == ref {
				return fields[3]
			}
		}
		t.Fatalf("%s is not pinned", ref)
		return ""
	}
	sumLine := func(l *legal, ref string) string {
		for line := range strings.Lines(l.read("codicil.sum")) {
			if strings.HasPrefix(line, ref+" ") {
				return line
			}
		}
		t.Fatalf("%s is not pinned", ref)
		return ""
	}
	edited := func(edit func(*legal)) func(*testing.T) *legal {
		return func(t *testing.T) *legal {
			l := original.copied(t)
			edit(l)
			return l
		}
	}
	rewritten := func(i int, edit func(*publication)) func(*testing.T) *legal {
		return func(t *testing.T) *legal { return original.rewritten(t, changed(i, edit)...) }
	}
	tampered := map[string]struct {
		make  func(*testing.T) *legal
		rule  string
		words string
	}{
		"a text amended in a rewritten history": {
			rewritten(2, func(p *publication) { p.text = strings.Replace(p.text, "60 days", "60 years", 1) }),
			"published-text-changed", "privacy@1.1 was published with sha256 .* the history was rewritten: commit " + pinnedCommit("privacy@1.1")[:12] + " is gone"},
		"a commit replaced by one with the same text": {
			rewritten(3, func(p *publication) { p.when = "2026-04-02T10:00:00Z" }),
			"history-rewritten", "privacy@2.0 was published by commit " + pinnedCommit("privacy@2.0")[:12] + ", which is gone"},
		"a version removed from the history": {
			rewritten(2, func(p *publication) { p.file = "" }),
			"version-missing", "privacy@1.1 was published, but is no longer in the history: it was rewritten"},
		"a version that slipped in": {
			func(t *testing.T) *legal {
				between := publication{"2026-01-20T10:00:00Z", "privacy.md", publishedText("1.0.1", "2026-01-20", "We keep log files for 45 days."), ""}
				return original.rewritten(t, slices.Insert(publications(), 2, between)...)
			}, "pin-missing", "privacy@1.0.1 is not pinned, though a later version is"},
		"an effective date moved in a rewritten history": {
			rewritten(3, func(p *publication) { p.text = strings.Replace(p.text, "2026-06-01", "2026-04-02", 1) }),
			"effective-date-changed", "privacy@2.0 was published as effective on 2026-06-01, but now says 2026-04-02"},
		"an effective date moved by a new commit": {
			edited(func(l *legal) {
				l.commit(publication{"2026-05-02T10:00:00Z", "privacy.md", strings.Replace(publications()[3].text, "2026-06-01", "2026-05-20", 1), ""})
			}), "effective-date-changed", "privacy@2.0 was published as effective on 2026-06-01, but now says 2026-05-20"},
		"a digest changed in the sum file": {
			edited(func(l *legal) {
				line := sumLine(l, "privacy@1.1")
				digest := strings.Fields(line)[1]
				l.edit("codicil.sum", digest, strings.Repeat("0", len(digest)))
			}), "published-text-changed", "privacy@1.1 .* cannot have changed, so this line was"},
		"an effective date changed in the sum file": {
			edited(func(l *legal) { l.edit("codicil.sum", " 2026-03-01 ", " 2026-03-02 ") }),
			"effective-date-changed", "privacy@1.1 was published as effective on 2026-03-02"},
		"a commit changed in the sum file": {
			edited(func(l *legal) { l.edit("codicil.sum", pinnedCommit("privacy@2.0"), pinnedCommit("privacy@1.0")) }),
			"pinned-commit", "privacy@2.0 is pinned to commit .* which does not hold its text"},
		"a line deleted from the sum file": {
			edited(func(l *legal) { l.edit("codicil.sum", sumLine(l, "privacy@1.0"), "") }),
			"pin-missing", "privacy@1.0 is not pinned, though a later version is"},
		"the newest line deleted from the sum file, and committed": {
			edited(func(l *legal) {
				l.edit("codicil.sum", sumLine(l, "privacy@2.0"), "")
				l.git("2026-05-02T10:00:00Z", "commit", "-q", "-a", "-m", "tidy")
			}), "pin-removed", "the line of privacy@2.0 was taken out: privacy@2.0 "},
		"the sum file deleted": {
			edited(func(l *legal) {
				if err := os.Remove(filepath.Join(l.dir, "codicil.sum")); err != nil {
					t.Fatal(err)
				}
			}), "pin-removed", "the line of terms@1.0 was taken out"},
		"a line put in for a version that never was": {
			edited(func(l *legal) {
				l.edit("codicil.sum", sumLine(l, "privacy@1.1"), sumLine(l, "privacy@1.1")+strings.Replace(sumLine(l, "privacy@1.1"), "@1.1", "@9.9", 1))
			}), "version-missing", "privacy@9.9 was published, .*; its text is called privacy@1.1 now"},
		"a silent change": {
			edited(func(l *legal) {
				l.commit(publication{"2026-06-15T10:00:00Z", "privacy.md", strings.Replace(publications()[3].text, "90 days", "90 years", 1), ""})
			}), "silent-change", "changed the text of privacy@2.0 after it took effect"},
		"a label used for another text": {
			edited(func(l *legal) {
				l.commit(publication{"2026-07-01T10:00:00Z", "privacy.md", publishedText("1.1", "2026-07-02", "We keep log files for ever."), ""})
			}), "label-reused", "gave the label of privacy@1.1 to another text, listed as privacy@1.1.2"},
		"a text changed on the site": {
			edited(func(l *legal) { l.edit(".build/site/privacy/1.1/index.md", "60 days", "60 years") }),
			"site-text", "the site shows privacy@1.1 with sha256 "},
		"a text missing from the site": {
			edited(func(l *legal) {
				if err := os.Remove(filepath.Join(l.dir, ".build/site/terms/1.0/index.md")); err != nil {
					t.Fatal(err)
				}
			}), "site-text", "the site lacks the text of terms@1.0"},
		"a page changed on the site": {
			edited(func(l *legal) { l.edit(".build/site/privacy/1.1/index.html", "60 days", "60 years") }),
			"site-file", "privacy/1.1/index.html is not as it was built"},
		"a page changed on the site, and its digest in the list of files": {
			edited(func(l *legal) {
				was := sha256.Sum256([]byte(l.read(".build/site/privacy/1.1/index.html")))
				l.edit(".build/site/privacy/1.1/index.html", "60 days", "60 years")
				is := sha256.Sum256([]byte(l.read(".build/site/privacy/1.1/index.html")))
				l.edit(".build/site/"+site.ManifestName, hex.EncodeToString(was[:]), hex.EncodeToString(is[:]))
			}),
			"site-differs", `privacy/1\.1/index\.html:\d+:1: error: privacy/1\.1/index\.html is not what this program builds from the history`},
		"a page slipped into the site, and into the list of files": {
			edited(func(l *legal) {
				l.write(".build/site/privacy/3.0/index.html", "<p>We sell it all.")
				is := sha256.Sum256([]byte("<p>We sell it all."))
				l.write(".build/site/"+site.ManifestName, l.read(".build/site/"+site.ManifestName)+hex.EncodeToString(is[:])+"  privacy/3.0/index.html\n")
			}),
			"site-differs", "privacy/3.0/index.html is not a file that this program builds from the history"},
		"a page slipped into the site": {
			edited(func(l *legal) { l.write(".build/site/privacy/3.0/index.html", "<p>We sell it all.") }),
			"site-file", "privacy/3.0/index.html is not a file of the build"},
		"a digest changed in the list of the site": {
			edited(func(l *legal) {
				digest := strings.Fields(sumLine(l, "privacy@1.0"))[1]
				l.edit(".build/site/versions.sum", digest, strings.Repeat("0", len(digest)))
			}), "site-sums", "the site gives privacy@1.0 the sha256 0000"},
		"a chain that does not follow in the list of the site": {
			edited(func(l *legal) {
				for line := range strings.Lines(l.read(".build/site/versions.sum")) {
					if fields := strings.Fields(line); fields[0] == "privacy@1.0" {
						l.edit(".build/site/versions.sum", fields[6], strings.Repeat("0", len(fields[6])))
					}
				}
			}), "site-chain", "the chain of privacy@1.0 does not follow"},
		"a line deleted from the list of the site": {
			edited(func(l *legal) {
				sums := l.read(".build/site/versions.sum")
				l.write(".build/site/versions.sum", sums[:strings.LastIndex(strings.TrimSpace(sums), "\n")+1])
			}), "site-sums", "the site does not list terms@1.0"},
		"a site of other policies": {
			edited(func(l *legal) { l.edit(".build/site/versions.sum", "terms@1.0", "terms@4.0") }),
			"site-sums", "the site lists terms@4.0, which is not in the history"},
	}
	for _, name := range slices.Sorted(maps.Keys(tampered)) {
		t.Run(name, func(t *testing.T) {
			test := tampered[name]
			l := test.make(t)
			out, code := l.codicil("verify", "--site", ".build/site")
			if code != exitFindings {
				t.Errorf("exit code %d, want %d", code, exitFindings)
			}
			if !strings.Contains(out, "["+test.rule+"]") {
				t.Errorf("no [%s] in\n%s", test.rule, out)
			}
			matches(t, out, test.words)
		})
	}
}

func TestVerifyPinsWhatIsNewAndNothingElse(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Chdir(".")
	l := newLegal(t, publications()[:3]...)
	l.pin()
	before := l.read("codicil.sum")
	l.commit(publications()[3])
	if out, code := l.codicil("verify"); code != exitOK || out != "" {
		t.Errorf("a version that is not pinned yet: exit code %d\n%s", code, out)
	}
	if _, code := l.codicil("verify", "--update"); code != exitOK {
		t.Errorf("exit code %d", code)
	}
	after := l.read("codicil.sum")
	for line := range strings.Lines(before) {
		if !strings.Contains(after, line) {
			t.Errorf("the line is gone: %s", line)
		}
	}
	if !strings.Contains(after, "privacy@2.0 ") {
		t.Errorf("privacy@2.0 is not pinned:\n%s", after)
	}
}

// TestAPinnedLineIsCheckedWithGitAlone takes every line at its word.
func TestAPinnedLineIsCheckedWithGitAlone(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Chdir(".")
	l := newLegal(t, publications()...)
	l.pin()
	lines := 0
	for line := range strings.Lines(l.read("codicil.sum")) {
		fields := strings.Fields(line)
		if strings.HasPrefix(line, "#") || len(fields) != 5 {
			continue
		}
		lines++
		id, _, _ := strings.Cut(fields[0], "@")
		out, err := exec.Command("sh", "-c", fmt.Sprintf("git -C %q show %s:%s.md | sha256sum", l.dir, fields[3], id)).Output()
		if err != nil || !strings.HasPrefix(string(out), fields[1]+" ") {
			t.Errorf("%s: git shows %s %v", fields[0], out, err)
		}
	}
	if lines != 4 {
		t.Errorf("%d lines, want 4", lines)
	}
}

func matches(t *testing.T, out, pattern string) {
	t.Helper()
	if !regexp.MustCompile(pattern).MatchString(out) {
		t.Errorf("nothing like %q in\n%s", pattern, out)
	}
}
