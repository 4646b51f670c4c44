package policy_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/codicil/codicil/policy"
)

// TestADecisionIsRecordedAndNothingElseChanges: the three keys are in the head,
// whatever language it is written in, and every other byte stays.
func TestADecisionIsRecordedAndNothingElseChanges(t *testing.T) {
	t.Parallel()
	minor := policy.Minor
	d := policy.Decision{Change: &minor, Reason: `the "period" is the same: 30 days # as before`, By: "A. Lawyer"}
	const yes = "change: minor\nchange_reason: \"the \\\"period\\\" is the same: 30 days # as before\"\napproved_by: \"A. Lawyer\"\n"
	for name, test := range map[string]struct{ src, want string }{
		"no head":         {"# Privacy\n\nWords.\n", "---\n" + yes + "---\n\n# Privacy\n\nWords.\n"},
		"a head":          {"---\ntitle: P\nversion: \"2.0\"\n---\n\nWords.\n", "---\ntitle: P\nversion: \"2.0\"\n" + yes + "---\n\nWords.\n"},
		"decided before":  {"---\nchange: major\ntitle: P # mine\n---\nWords.\n", "---\n" + yes + "title: P # mine\n---\nWords.\n"},
		"a folded reason": {"---\ntitle: P\nchange_reason: >\n  because\n\n  of it\nlang: en\n---\nWords.\n", ""},
		"other keys stay": {"---\nlayout: legal\ntags:\n  - a\n---\nchange: this line is text\n", "---\nlayout: legal\ntags:\n  - a\n" + yes + "---\nchange: this line is text\n"},
		"carriage return": {"---\r\ntitle: P\r\n---\r\nWords.\r\n", "---\r\ntitle: P\r\n" + strings.ReplaceAll(yes, "\n", "\r\n") + "---\r\nWords.\r\n"},
		"TOML":            {"+++\ntitle = \"P\"\n[extra]\na = 1\n+++\nWords.\n", "+++\nchange = \"minor\"\nchange_reason = \"the \\\"period\\\" is the same: 30 days # as before\"\napproved_by = \"A. Lawyer\"\ntitle = \"P\"\n[extra]\na = 1\n+++\nWords.\n"},
		"JSON":            {"{\"title\": \"P\"}\nWords.\n", "{\"change\": \"minor\",\"change_reason\": \"the \\\"period\\\" is the same: 30 days # as before\",\"approved_by\": \"A. Lawyer\",\"title\": \"P\"}\nWords.\n"},
	} {
		out, err := d.Record("p.md", []byte(test.src))
		if test.want == "" { // a blank line parts what goes on: it is left to a person, and said
			if err == nil || policy.Hint(err) == "" {
				t.Errorf("%s: %q, %v", name, out, err)
			}
			continue
		}
		if err != nil || string(out) != test.want {
			t.Errorf("%s: %v\n%s\nwant\n%s", name, err, out, test.want)
		}
	}
}

// TestADecisionTakenBackLeavesTheTextAsItWas is the law of undoing.
func TestADecisionTakenBackLeavesTheTextAsItWas(t *testing.T) {
	heads := []string{"---\ntitle: P\n---\n\nWords.\n", "---\nversion: \"1\"\nsummary: >\n  more\n  lines\n---\nWords\n", "+++\ntitle = \"P\"\n+++\n\nWords.\n"}
	rapid.Check(t, func(rt *rapid.T) {
		src := rapid.SampledFrom(heads).Draw(rt, "text")
		severity := policy.Severity(rapid.IntRange(int(policy.Editorial), int(policy.Major)).Draw(rt, "severity"))
		reason := strings.Join(strings.Fields(rapid.String().Draw(rt, "reason")), " ")
		out, err := policy.Decision{Change: &severity, Reason: reason, By: "A"}.Record("p.md", []byte(src))
		if err != nil {
			return // said, and not written
		}
		back, err := policy.Decision{}.Record("p.md", out)
		if err != nil || string(back) != src {
			rt.Fatalf("%v\n%s", err, back)
		}
	})
}
