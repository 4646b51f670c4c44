package report

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/notice"
	"github.com/codicil/codicil/policy/redline"
	"github.com/codicil/codicil/policy/review"
)

// changedTo is what check finds when a text becomes another.
func changedTo(t *testing.T, before, after string) *review.Result {
	t.Helper()
	old, err := policy.Parse("privacy.md", []byte(before))
	if err != nil {
		t.Fatal(err)
	}
	next, err := policy.Parse("privacy.md", []byte(after))
	if err != nil {
		t.Fatal(err)
	}
	r := redline.Compare(old, next)
	book, err := materiality.NewBook(nil)
	if err != nil {
		t.Fatal(err)
	}
	m := book.Assess(r)
	n := &notice.Notice{
		PolicyID: "privacy", Title: "Privacy policy", Label: "2.0", Previous: "1.0", Severity: m.Severity, Lang: "en",
		Channels: []notice.Channel{notice.Banner, notice.Email}, Summary: "We keep it longer.", Redline: r, Assessment: m,
		Effective: policy.Date{Year: 2026, Month: 6, Day: 1}, Deadline: policy.Date{Year: 2026, Month: 5, Day: 2},
	}
	return &review.Result{Policies: []*review.Reviewed{{
		Policy: &policy.Policy{ID: "privacy"}, Before: "privacy@1.0", Redline: r, Assessment: m, Notice: n,
	}}}
}

func commentOn(result *review.Result) string {
	return Comment(result, map[string]Email{"privacy": {"to 3 recipients", "Subject: Changes to Privacy policy\n\nDear reader, ``` closes no fence.\n"}})
}

func TestCommentSaysWhatALawyerNeeds(t *testing.T) {
	text := commentOn(changedTo(t, "## 1. Data\n\nWe keep log files for 30 days.\n", "## 1. Data\n\nWe keep log files for 90 days.\n"))
	for _, want := range []string{
		Marker + "\n## Privacy policy: privacy@<!-- -->1.0 → 2.0 is **major**",
		"was: *We keep log files for 30 days*\\\n  now: *We keep log files for 90 days*\n",
		"| 1 Data | edited | major |",
		"Takes effect on **2026-06-01**. Notice by banner, email, at the latest on **2026-05-02**.",
		"~~30~~**90**",
		"**Banner.** Change to our Privacy policy",
		"Subject: Changes to Privacy policy",
		"No check found a fault.",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the comment lacks %q:\n%s", want, text)
		}
	}
}

// TestTextsCannotBreakTheComment puts into a text what would end a fence, call
// a stranger, or hide the rest.
func TestTextsCannotBreakTheComment(t *testing.T) {
	const hostile = "We keep <!-- @everyone ``` </details> |x| *it* for 90 days."
	text := commentOn(changedTo(t, "## 1. Data\n\nWe keep it for 30 days.\n", "## 1. `@octocat` <b>|\n\n"+hostile+"\n"))
	if openFence(text) != "" {
		t.Error("a fence stays open")
	}
	outside := text[:strings.Index(text, "<details><summary>The notice")]
	if strings.Contains(outside, "@everyone") || strings.Contains(outside, "@octocat") || strings.Contains(outside, `\@`) {
		t.Errorf("a stranger is called:\n%s", outside)
	}
	if own := 1 + strings.Count(outside, "@<!-- -->"); strings.Count(outside, "<!--") != own {
		t.Errorf("a comment of the text is open:\n%s", outside)
	}
}

func TestManyFindingsAreCutAtALineAndErrorsComeFirst(t *testing.T) {
	result := changedTo(t, "# Terms\n\nWe keep it.\n", "# Terms\n\nWe sell it.\n")
	for i := range 2000 {
		result.Findings = append(result.Findings, &policy.Diagnostic{File: "privacy.md", Line: i + 1, Rule: "dead-link", Level: policy.Warning, Message: "the link to \"ä.md\" leads to no file"})
	}
	result.Findings = append(result.Findings, &policy.Diagnostic{File: "privacy.md", Line: 1, Rule: "no-date", Level: policy.Error, Message: strings.Repeat("no day is stated ", 500)})
	text := commentOn(result)
	first, _, _ := strings.Cut(text[strings.Index(text, "### Checks"):], "dead-link")
	if !strings.Contains(first, "no-date") || len(first) > 1000 {
		t.Errorf("the checks begin with: %.2000q", first)
	}
	if len(text) > 30000 || !utf8.ValidString(text) || !strings.HasSuffix(text, " more: run `codicil check` for all.\n") {
		t.Errorf("%d bytes that end: %q", len(text), text[len(text)-300:])
	}
}

func TestNoChangeIsLongEnoughToHideAFault(t *testing.T) {
	words := strings.Repeat("We may keep the files of <b>you</b> @all for as long as we like. ", 3000)
	result := changedTo(t, "# Terms\n\nWe keep it.\n", "# Terms\n\n"+words+"\n")
	result.Policies[0].Notice.Summary = words
	result.Findings = append(result.Findings, &policy.Diagnostic{File: "privacy.md", Line: 1, Rule: "no-date", Level: policy.Error, Message: "no day is stated"})
	text := commentOn(result)
	if len(text) > 65536 || !strings.HasSuffix(text, "no day is stated\n") {
		t.Errorf("%d bytes that end: %q", len(text), text[len(text)-300:])
	}
	if !strings.Contains(text, "Cut here:") || openFence(text) != "" || strings.Count(text, "<details>") != strings.Count(text, "</details>") {
		t.Error("it is not cut, or a fence or a fold stays open")
	}
}

func TestCommentIsReadAsMarkdown(t *testing.T) {
	if _, err := exec.LookPath("pandoc"); err != nil {
		t.Skip("pandoc is not installed")
	}
	text := commentOn(changedTo(t, "## 1. Data\n\nWe keep log files for 30 days.\n", "## 1. Data\n\nWe keep log files for 90 days.\n"))
	cmd := exec.Command("pandoc", "--from=gfm", "--to=html")
	cmd.Stdin = strings.NewReader(text)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"<td>1 Data</td>", "<del>30</del><strong>90</strong>", "<em>We keep log files for 30 days</em><br"} {
		if !bytes.Contains(out, []byte(want)) {
			t.Errorf("no %s in:\n%s", want, out)
		}
	}
}
