package main

import (
	"bytes"
	"crypto/sha256"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy/transparency"
)

// logKeys returns the keys of a log, the same for the same seed.
func logKeys(t *testing.T, seed string) (secret, public string) {
	t.Helper()
	random := sha256.Sum256([]byte(seed))
	secret, public, err := transparency.NewKey(bytes.NewReader(random[:]), "example.com/legal/log")
	if err != nil {
		t.Fatal(err)
	}
	return secret, public
}

// logged publishes, pins and signs, with the given key.
func logged(t *testing.T, seed string, publications ...publication) *legal {
	t.Helper()
	secret, public := logKeys(t, seed)
	config := publication{"2026-01-09T10:00:00Z", "codicil.yaml", "base_url: https://example.com/legal\nlog:\n  key: " + public + "\n", ""}
	l := newLegal(t, append([]publication{config}, publications...)...)
	l.relog(secret)
	return l
}

// relog writes and commits codicil.sum and its checkpoint, as the owner of
// repository and key does.
func (l *legal) relog(secret string) {
	l.t.Helper()
	out, errs, code := runWith(map[string]string{"CODICIL_LOG_KEY": secret}, []string{"-C", l.dir, "verify", "--update"})
	if code != exitOK {
		l.t.Fatalf("exit code %d\n%s%s", code, out, errs)
	}
	l.git("2026-05-01T10:00:00Z", "add", "-f", "codicil.sum", "codicil.checkpoint")
	l.git("2026-05-01T10:00:00Z", "commit", "-q", "-m", "pin")
}

// keep copies what a careful reader keeps of the log.
func (l *legal) keep(t *testing.T) (checkpoint, sum string) {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"codicil.checkpoint", "codicil.sum"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(l.read(name)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(dir, "codicil.checkpoint"), filepath.Join(dir, "codicil.sum")
}

// TestALogNamesEachRewriting rewrites all that the owner of repository, site and
// key can rewrite: texts, sums, checkpoint and its signature agree with each
// other, and plain verify is content. Who kept a checkpoint sees it all the same,
// and who kept the lines too is told which entry it was.
func TestALogNamesEachRewriting(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Chdir(".")
	original := logged(t, "log", publications()...)
	checkpoint, sum := original.keep(t)
	if out, code := original.codicil("verify", "--checkpoint", checkpoint, "--checkpoint", sum); code != exitOK || out != "" {
		t.Fatalf("the original does not hold: exit code %d\n%s", code, out)
	}
	anew := func(list ...publication) func(*testing.T) *legal {
		return func(t *testing.T) *legal { return logged(t, "log", list...) }
	}
	reordered := func(t *testing.T) *legal {
		l := original.copied(t)
		lines := strings.SplitAfter(l.read("codicil.sum"), "\n")
		first := slices.IndexFunc(lines, func(s string) bool { return strings.HasPrefix(s, "privacy@1.0") })
		lines[first], lines[first+1] = lines[first+1], lines[first]
		other := newLegal(t, append([]publication{{"2026-01-09T10:00:00Z", "codicil.yaml", l.read("codicil.yaml"), ""}}, publications()...)...)
		other.write("codicil.sum", strings.Join(lines, ""))
		secret, _ := logKeys(t, "log")
		other.relog(secret)
		return other
	}
	swapped := publications()
	for i, labels := range map[int][2]string{2: {`"1.1"`, `"2.0"`}, 3: {`"2.0"`, `"1.1"`}} {
		swapped[i].text = strings.Replace(swapped[i].text, labels[0], labels[1], 1)
	}
	between := publication{"2026-01-20T10:00:00Z", "privacy.md", publishedText("1.0.1", "2026-01-20", "We keep log files for 45 days."), ""}
	later := publication{"2026-04-02T10:00:00Z", "terms.md", publishedText("1.1", "2026-06-02", "Be kinder."), ""}
	rewritings := map[string]struct {
		make  func(*testing.T) *legal
		words []string
	}{
		"a text together with its sum": {
			anew(changed(2, func(p *publication) { p.text = strings.Replace(p.text, "60 days", "60 years", 1) })...),
			[]string{`entry 2, privacy@1\.1, was rewritten: its text \(sha256\) was [0-9a-f]{64} and is [0-9a-f]{64}; its commit was`, `\[log-entry-changed\]`}},
		"two labels swapped": {
			anew(swapped...),
			[]string{`entry 2, privacy@1\.1, was rewritten`, `entry 3, privacy@2\.0, was rewritten`}},
		"the last version dropped": {
			anew(publications()[:3]...),
			[]string{`entry 3, privacy@2\.0, is gone from the log: privacy@2\.0 [0-9a-f]{64} 2026-06-01 `, `\[log-entry-missing\]`}},
		"the last version exchanged for another": {
			anew(append(publications()[:3], later)...),
			[]string{`entry 3, privacy@2\.0, is gone from the log`}},
		"an effective date": {
			anew(changed(3, func(p *publication) { p.text = strings.Replace(p.text, "2026-06-01", "2026-04-02", 1) })...),
			[]string{`entry 3, privacy@2\.0, was rewritten: .*its effective date was 2026-06-01 and is 2026-04-02`}},
		"a day of publication": {
			anew(changed(3, func(p *publication) { p.when = "2026-03-15T10:00:00Z" })...),
			[]string{`entry 3, privacy@2\.0, was rewritten: its commit was .*; its day of publication was 2026-04-01 and is 2026-03-15`}},
		"a beginning grafted off": {
			anew(publications()[1:]...),
			[]string{`entry 0, privacy@1\.0, is gone from the log`}},
		"a commit put in the place of another": { // what a replace ref would show
			anew(changed(1, func(p *publication) { p.text = strings.Replace(p.text, "Be kind.", "Be quiet.", 1) })...),
			[]string{`entry 1, terms@1\.0, was rewritten`}},
		"the order of two entries": {
			reordered,
			[]string{`entry 0, privacy@1\.0, is in place 1 now: the order was changed`, `entry 1, terms@1\.0, is in place 0 now`}},
		"a version put in between": {
			anew(slices.Insert(publications(), 2, between)...),
			[]string{`entry 2, privacy@1\.0\.1, was put into the log before others that were there`, `\[log-entry-added\]`}},
		"another key": {
			func(t *testing.T) *legal { return logged(t, "another key", publications()...) },
			[]string{`the checkpoint of 4 entries of example\.com/legal/log is signed by .*, and not by example\.com/legal/log\+`, `\[log-key\]`}},
	}
	for _, name := range slices.Sorted(maps.Keys(rewritings)) {
		t.Run(name, func(t *testing.T) {
			test := rewritings[name]
			l := test.make(t)
			if out, code := l.codicil("verify"); code != exitOK {
				t.Fatalf("the rewriting is seen without the log: exit code %d\n%s", code, out)
			}
			if out, code := l.codicil("verify", "--checkpoint", checkpoint); code != exitFindings {
				t.Errorf("the checkpoint alone does not show it: exit code %d\n%s", code, out)
			}
			out, code := l.codicil("verify", "--checkpoint", checkpoint, "--checkpoint", sum)
			if code != exitFindings {
				t.Errorf("exit code %d, want %d", code, exitFindings)
			}
			for _, words := range test.words {
				matches(t, out, words)
			}
		})
	}
}

// TestGraftsReplaceRefsAndShallowClonesHideNothing: they change what git shows,
// and nothing of what was published.
func TestGraftsReplaceRefsAndShallowClonesHideNothing(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Chdir(".")
	original := logged(t, "log", publications()...)
	checkpoint, sum := original.keep(t)
	verify := []string{"verify", "--checkpoint", checkpoint, "--checkpoint", sum}

	l := original.copied(t)
	l.write(".git/info/grafts", l.git("", "rev-parse", "HEAD~2")+"\n")
	if out, code := l.codicil(verify...); code != exitOK {
		t.Errorf("a graft: exit code %d\n%s", code, out)
	}
	l = original.copied(t)
	l.git("", "replace", "--graft", l.git("", "rev-parse", "HEAD~2"))
	l.git("", "replace", l.git("", "rev-parse", "HEAD:privacy.md"), l.git("", "rev-parse", "HEAD:terms.md"))
	if out, code := l.codicil(verify...); code != exitOK {
		t.Errorf("replace refs: exit code %d\n%s", code, out)
	}
	shallow := &legal{t: t, dir: filepath.Join(t.TempDir(), "shallow")}
	original.git("", "clone", "-q", "--depth", "2", "file://"+original.dir, shallow.dir)
	_, out, code := runWith(nil, append([]string{"-C", shallow.dir}, verify...))
	if code != exitFailure {
		t.Errorf("a shallow clone: exit code %d", code)
	}
	matches(t, out, `this clone is shallow.*codicil\.sum lists 2 versions that it does not show: privacy@1\.0, privacy@1\.1`)
}

// TestVerifyComparesWithEveryCommittedCheckpoint: what was committed once counts,
// though nobody kept it elsewhere.
func TestVerifyComparesWithEveryCommittedCheckpoint(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Chdir(".")
	l := logged(t, "log", publications()...)
	lines := strings.SplitAfter(l.read("codicil.sum"), "\n")
	last := len(lines) - 2
	lines[last], lines[last-1] = lines[last-1], lines[last]
	l.write("codicil.sum", strings.Join(lines, ""))
	if err := os.Remove(filepath.Join(l.dir, "codicil.checkpoint")); err != nil {
		t.Fatal(err)
	}
	out, code := l.codicil("verify")
	if code != exitFindings {
		t.Errorf("exit code %d\n%s", code, out)
	}
	matches(t, out, `entry 2, privacy@1\.1, is in place 3 now`)
	if out, code := l.codicil("verify", "--update"); code != exitFindings {
		t.Errorf("a rewritten log is signed: exit code %d\n%s", code, out)
	}
}

func TestVerifyNamesAMovedTag(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Chdir(".")
	list := publications()
	list[0].tag, list[2].tag = "v1", "v2"
	list = append(list, publication{"2026-04-02T10:00:00Z", "README.md", "# About\n", ""})
	original := newLegal(t, append([]publication{{"2026-01-01T10:00:00Z", "codicil.yaml", "versions: tag\n", ""}}, list...)...)
	original.pin()
	if out, code := original.codicil("verify"); code != exitOK {
		t.Fatalf("exit code %d\n%s", code, out)
	}
	for where, want := range map[string]string{
		"HEAD~2": `privacy@v2 was published with sha256 .*; its tag moved from commit`, // privacy 2.0
		"v1":     `privacy@v2 was published, but is no longer in the history`,
	} {
		t.Run(where, func(t *testing.T) {
			l := original.copied(t)
			l.git("", "tag", "-f", "v2", where)
			out, code := l.codicil("verify")
			if code != exitFindings {
				t.Errorf("exit code %d, want %d", code, exitFindings)
			}
			matches(t, out, want)
		})
	}
	l := original.copied(t)
	l.git("", "tag", "-f", "v1", list[0].tag+"~0")
	l.commit(publication{"2026-05-02T10:00:00Z", "NEWS.md", "# News\n", ""})
	l.git("", "tag", "-f", "v1", "v2~1") // terms arrived, privacy is the same
	out, _ := l.codicil("verify")
	matches(t, out, `the tag of privacy@v1 was at commit [0-9a-f]{12} and is at [0-9a-f]{12} now, with the same text \[tag-moved\]`)
}
