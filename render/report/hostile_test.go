package report

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/review"
)

// hostileWords are what somebody may write into any field of a repository to
// have it read as something else.
func hostileWords() []string {
	return []string{
		"~~~\n", "\n\n```\n", "\n~~~~~~\n# Approved", "<details>", "</details>", "<!--", "-->", "`@octocat`", "@octocat", "&#64;octocat", "&lt;b&gt;",
		"[a](https://evil.example)", "![p](https://evil.example/p.png)", "https://evil.example", "www.evil.example", "<https://evil.example>", "me@evil.example",
		"# heading", "\n# heading", "\n\n## heading", "#12", "GH-12", "|a|b|", "\n- error", "::set-output name=a::b", "\n::error::x", "##[error]x",
		"\x1b[2J", "\u202eevil", "\u009b2J", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\n[x]: https://evil.example\n\n[x]", "a\\\nb", "$\\href{https://evil.example}{a}$",
	}
}

var (
	ownHeading = regexp.MustCompile(`<h[1-6]`)
	comments   = regexp.MustCompile(`(?s)<!--.*?-->`)
	quoted     = regexp.MustCompile(`(?s)<(pre|code)>.*?</(pre|code)>`)
)

// TestNoWordIsMarkup puts hostile words into every field that the comment shows,
// and reads the comment as a code host does.
func TestNoWordIsMarkup(t *testing.T) {
	reader := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(html.WithUnsafe()))
	show := func(words string) string {
		before := "## 1. Data\n\nWe keep log files for 30 days.\n"
		after := "## 1. Data " + strings.Join(strings.Fields(words), " ") + "\n\nWe keep log files for 90 days. " + strings.ReplaceAll(words, "\n", " ") + "\n"
		result := changedTo(t, before, after)
		p := result.Policies[0]
		p.Notice.Title, p.Notice.Label, p.Notice.Summary, p.Before = "P"+words, "2"+words, "S"+words, "p@1"+words
		result.Findings = []*policy.Diagnostic{{File: "p" + words + ".md", Line: 1, Level: policy.Error, Rule: "rule" + words, Message: "message " + words, Hint: "hint `code` " + words}}
		var b bytes.Buffer
		text := Comment(result, map[string]Email{"privacy": {"to 3" + words, "Subject: x\n\n" + words}})
		if !strings.HasPrefix(text, Marker+"\n") {
			t.Errorf("%q: the marker does not stand first", words)
		}
		if err := reader.Convert([]byte(text), &b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	want := len(ownHeading.FindAllString(show("word"), -1))
	for _, words := range hostileWords() {
		page := show(words)
		shown := quoted.ReplaceAllString(comments.ReplaceAllString(page, "\x00"), "")
		for _, bad := range []string{"<a ", "<img", "<script", "@octocat", "me@evil", "://evil", "www.evil", "#12", "GH-12", "\x1b", "\u202e", "\u009b"} {
			if strings.Contains(shown, bad) {
				t.Errorf("%q: the comment has %s:\n%s", words, bad, shown)
			}
		}
		if got := len(ownHeading.FindAllString(shown, -1)); got != want {
			t.Errorf("%q: %d headings, want %d:\n%s", words, got, want, shown)
		}
		if strings.Count(shown, "<details>") != strings.Count(shown, "</details>") || strings.Count(shown, "<details>") != 2 {
			t.Errorf("%q: a fold is open or hides the rest:\n%s", words, shown)
		}
		if checks := shown[max(0, strings.Index(shown, "Checks</h3>")):]; !strings.Contains(checks, "<li>error") {
			t.Errorf("%q: the error is not in the list:\n%s", words, shown)
		}
	}
}

// TestNoWordIsACommand does it for annotations and SARIF.
func TestNoWordIsACommand(t *testing.T) {
	for _, words := range hostileWords() {
		found := []*policy.Diagnostic{{File: "p" + words, Line: 1, Level: policy.Error, Rule: "r" + words, Message: words, Hint: words}}
		text := GitHub(found)
		if strings.Count(text, "\n") != 1 || !strings.HasPrefix(text, "::error file=") || strings.ContainsAny(text, "\x1b\u202e\u009b") || strings.Contains(text, "##[") {
			t.Errorf("%q: the annotation is %q", words, text)
		}
		data, err := json.Marshal(SARIF(found, "1", nil))
		if err != nil || !json.Valid(data) {
			t.Errorf("%q: %v", words, err)
		}
	}
}

// FuzzComment looks for words that the table does not know.
func FuzzComment(f *testing.F) {
	for _, words := range hostileWords() {
		f.Add(words)
	}
	f.Fuzz(func(t *testing.T, words string) {
		result := &review.Result{Findings: []*policy.Diagnostic{{File: words, Level: policy.Error, Rule: "r", Message: words, Hint: words}}}
		text := Comment(result, nil)
		if n := strings.Count(text, "\n"); n != 5 {
			t.Errorf("%d lines: %q", n, text)
		}
		if strings.Contains(text, "@") && !strings.Contains(text, "@"+nothing) && !strings.Contains(text, "`") {
			t.Errorf("a mention: %q", text)
		}
	})
}
