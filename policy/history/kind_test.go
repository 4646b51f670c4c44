package history

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/codicil/codicil/policy"
)

// kind is a file as it may lie in a repository, with what comes of it.
type kind struct {
	name    string
	content string
	rule    string // of the warning; empty for none
	listed  bool
	words   string // of its document, if listed
}

func kinds() []kind {
	wide := func(text string, big bool) string {
		var b strings.Builder
		for _, unit := range append([]uint16{0xfeff}, utf16.Encode([]rune(text))...) {
			if big {
				b.Write([]byte{byte(unit >> 8), byte(unit)})
			} else {
				b.Write([]byte{byte(unit), byte(unit >> 8)})
			}
		}
		return b.String()
	}
	return []kind{
		{"plain", "# Terms\n\nBe kind.\n", "", true, "Terms|Be kind."},
		{"without a line end", "Be kind.", "", true, "Be kind."},
		{"line ends of Windows", "# Terms\r\n\r\nBe kind.\r\n", "", true, "Terms|Be kind."},
		{"line ends of old", "# Terms\r\rBe kind.\r", "", true, "Terms|Be kind."},
		{"mixed line ends", "# Terms\r\n\nBe\nkind.\r", "", true, "Terms|Be kind."},
		{"byte order mark", "\ufeff---\ntitle: T\n---\nBe kind.\n", "", true, "Be kind."},
		{"little-endian UTF-16", wide("# Terms\n", false), "utf-8", true, "Terms"},
		{"big-endian UTF-16", wide("# Terms\n", true), "utf-8", true, "Terms"},
		{"Latin-1", "caf\xe9\n", "utf-8", true, "café"},
		{"empty", "", "", true, ""},
		{"only front matter", "---\ntitle: T\n---\n", "", true, ""},
		{"broken front matter", "---\ntitle: [\n---\nBe kind.\n", "front-matter", false, ""},
		{"pointer of Git LFS", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n", "lfs", false, ""},
		{"NUL bytes", "Be\x00 kind.\n", "", true, ""},
	}
}

// TestEveryKindOfFileHasItsOutcome: what is no text is not listed and warned
// of, what is one is listed, and Text gives its very bytes.
func TestEveryKindOfFileHasItsOutcome(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			r := newRepo(t)
			r.git("config", "core.autocrlf", "false")
			r.commit("2024-01-02", "a.md", k.content)
			h := r.history(Options{})
			if listed := len(h.Policies) == 1; listed != k.listed {
				t.Fatalf("listed: %v, want %v", listed, k.listed)
			}
			rule := ""
			for _, w := range h.Warnings {
				if rule = w.Rule; w.File != "a.md" || w.Level != policy.Error || w.Hint == "" {
					t.Errorf("got the warning %+v", w)
				}
			}
			if rule != k.rule {
				t.Errorf("warned of %q, want %q", rule, k.rule)
			}
			if k.listed {
				readsAs(t, r, h.Policies[0].Versions[0], k)
			}
		})
	}
}

func readsAs(t *testing.T, r *repo, v *policy.Version, k kind) {
	t.Helper()
	text, err := open(t, r.dir).Text(v)
	if err != nil || string(text) != k.content {
		t.Errorf("Text gave %q, %v", text, err)
	}
	doc, _ := policy.Parse("a.md", text)
	var words []string
	for _, b := range doc.Blocks {
		words = append(words, b.Text())
	}
	if got := strings.Join(words, "|"); k.words != "" && got != k.words {
		t.Errorf("it reads %q, want %q", got, k.words)
	}
}

// TestSavingInAnotherFormIsNoVersion: line ends, byte order marks and modes
// change the bytes and the digest, but not what is published.
func TestSavingInAnotherFormIsNoVersion(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.git("config", "core.autocrlf", "false")
	r.commit("2024-01-01", "a.md", "# Terms\n\nBe kind.\n")
	r.commit("2024-01-02", "a.md", "# Terms\r\n\r\nBe kind.\r\n")
	r.commit("2024-01-03", "a.md", "\ufeff# Terms\n\nBe kind.\n")
	if err := os.Chmod(filepath.Join(r.dir, "a.md"), 0o755); err != nil {
		t.Fatal(err)
	}
	r.commit("2024-01-04")
	r.commit("2024-01-05", "a.md", "# Terms\n\nBe kinder.\n")
	wantOutline(t, r.history(Options{}), "a: 2024-01-05 2024-01-01")
}

// TestAnAmendedHistoryHasOtherCommits: what codicil.sum pins is gone, whatever
// way the history was rewritten.
func TestAnAmendedHistoryHasOtherCommits(t *testing.T) {
	t.Parallel()
	for name, rewrite := range map[string]func(*repo){
		"amended":    func(r *repo) { r.git("commit", "-q", "--amend", "-m", "other words") },
		"rebased":    func(r *repo) { r.git("rebase", "-q", "--root", "--no-ff") },
		"squashed":   func(r *repo) { r.git("reset", "-q", "--soft", "HEAD~1"); r.git("commit", "-q", "--amend", "-m", "one") },
		"an orphan":  func(r *repo) { r.git("checkout", "-q", "--orphan", "new"); r.git("commit", "-q", "-m", "all") },
		"set behind": func(r *repo) { r.git("reset", "-q", "--hard", "HEAD~1") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := twoVersions(t)
			pinned := r.history(Options{}).Policies[0].Versions[0]
			r.day = "2024-09-09"
			rewrite(r)
			o := open(t, r.dir)
			lost, err := o.Unreachable("", []string{pinned.Commit})
			if err != nil || len(lost) != 1 {
				t.Errorf("got %q, %v; want %s", lost, err, pinned.Commit)
			}
			h, err := o.History(context.Background(), Options{})
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range h.Policies[0].Versions {
				if v.Commit == pinned.Commit {
					t.Error("the lost commit is still a version")
				}
			}
		})
	}
}

// TestPublishedVersionsStayAsTheHistoryGrows: whatever is committed next, what
// was published keeps its label, its text and its date.
func TestPublishedVersionsStayAsTheHistoryGrows(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	type pin struct{ label, digest, effective string }
	var pins []pin
	for _, step := range []struct{ day, version, effective, words string }{
		{"2024-01-01", "1", "2024-01-01", "One."},
		{"2024-02-01", "2", "2024-02-01", "Two."},
		{"2024-03-01", "2", "2024-02-01", "Two, silently."},
		{"2024-04-01", "3", "2024-04-01", "One."},
		{"2024-05-01", "1", "2024-05-01", "Five."},
		{"2024-06-01", "4", "2024-06-01", "*Five.*"},
	} {
		r.commit(step.day, "a.md", labelled(step.version, step.effective, step.words))
		versions := find(t, r.history(Options{}), "a").Versions
		for i, p := range pins {
			v := versions[len(versions)-1-i]
			if got := (pin{v.Label, v.SHA256, v.Effective.String()}); got != p {
				t.Errorf("on %s %v became %v", step.day, p, got)
			}
		}
		pins = pins[:0]
		for i := range versions {
			v := versions[len(versions)-1-i]
			pins = append(pins, pin{v.Label, v.SHA256, v.Effective.String()})
		}
	}
	if len(pins) != 5 {
		t.Errorf("%d versions, want 5", len(pins))
	}
}
