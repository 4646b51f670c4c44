package notice

import (
	"fmt"

	"github.com/codicil/codicil/policy"
)

// Candidate is a text that is about to be published, with all that the gate
// needs to know about it.
type Candidate struct {
	File     string
	Notice   *Notice
	Front    policy.FrontMatter
	Line     int         // where the front matter can be mended
	Relabels bool        // it carries another label than the text it replaces
	Labelled bool        // its policy keeps labels
	Binding  bool        // the text it replaces is in force
	On       policy.Date // the day of the check
	Period   int         // days of notice that its severity asks for
}

// Gate returns what keeps the candidate from being published: a change that
// nobody would be told of in time, clearly, and truthfully.
func Gate(c Candidate) []*policy.Diagnostic {
	if c.Notice.Severity == policy.None && !c.downgraded() {
		return nil
	}
	var found []*policy.Diagnostic
	for _, rule := range gateRules() {
		if message, hint := rule.check(c); message != "" {
			found = append(found, &policy.Diagnostic{
				File: c.File, Line: max(1, c.Line), Column: 1, Level: policy.Error,
				Rule: rule.id, Message: message, Hint: hint,
			})
		}
	}
	return found
}

// gateRule is one condition of publication.
type gateRule struct {
	id    string
	check func(Candidate) (message, hint string)
}

func gateRules() []gateRule {
	return []gateRule{
		{"unlabelled-change", unlabelled},
		{"major-without-summary", unsummarised},
		{"major-without-date", undated},
		{"notice-period", tooSoon},
		{"retroactive", retroactive},
		{"downgrade", downgrade},
		{"channel", unknownChannel},
	}
}

func unlabelled(c Candidate) (string, string) {
	if !c.Labelled || c.Relabels || !c.Binding {
		return "", ""
	}
	return fmt.Sprintf("the text of %s changed, but version %s is in force and its label stayed", c.Notice.PolicyID, c.Notice.Label),
		"give the change a new `version` and `effective_date` in the front matter"
}

func unsummarised(c Candidate) (string, string) {
	if c.Notice.Severity != policy.Major || c.Front.Summary != "" {
		return "", ""
	}
	return "a major change has no summary to tell people",
		"write `summary:` in the front matter: what changes for the reader, in one to three sentences"
}

func undated(c Candidate) (string, string) {
	if c.Notice.Severity != policy.Major || !c.Front.EffectiveDate.IsZero() {
		return "", ""
	}
	return "a major change has no date from which it binds",
		fmt.Sprintf("write `effective_date: %s` or later in the front matter", c.On.AddDays(c.Period))
}

func tooSoon(c Candidate) (string, string) {
	told := c.Notice.Announced
	if told.Before(c.On) && c.Front.Announced.IsZero() {
		told = c.On
	}
	days := told.DaysUntil(c.Notice.Effective)
	if c.Front.EffectiveDate.IsZero() || days >= c.Period {
		return "", ""
	}
	return fmt.Sprintf("a %s change takes effect %s after it is announced; the notice period is %s",
			c.Notice.Severity, plural(days, "day"), plural(c.Period, "day")),
		fmt.Sprintf("set `effective_date: %s` or later", told.AddDays(c.Period))
}

func retroactive(c Candidate) (string, string) {
	if c.Front.EffectiveDate.IsZero() || !c.Relabels || !c.Notice.Effective.Before(c.On) || c.Notice.Severity < policy.Minor {
		return "", ""
	}
	return fmt.Sprintf("the change would bind from %s, before it could be read", c.Notice.Effective),
		fmt.Sprintf("set `effective_date: %s` or later", c.On.AddDays(c.Period))
}

// downgraded reports whether the editor declared less than was proposed.
func (c Candidate) downgraded() bool {
	a := c.Notice.Assessment
	return a != nil && a.Declared != nil && *a.Declared < a.Severity
}

func downgrade(c Candidate) (string, string) {
	if !c.downgraded() || c.Front.ChangeReason != "" && c.Front.ApprovedBy != "" {
		return "", ""
	}
	a := c.Notice.Assessment
	return fmt.Sprintf("the change is declared %s, but reads as %s: %s", *a.Declared, a.Severity, firstReason(c)),
		"say why in `change_reason:` and who decided it in `approved_by:`, or declare `change: " + a.Severity.String() + "`"
}

func firstReason(c Candidate) string {
	if reasons := c.Notice.Assessment.Reasons; len(reasons) > 0 {
		return reasons[0].Why
	}
	return "no reason given"
}

func unknownChannel(c Candidate) (string, string) {
	for _, channel := range c.Notice.Channels {
		if !channel.Valid() {
			return fmt.Sprintf("%q is not a channel", channel), "channels are banner, popup, email and feed"
		}
	}
	return "", ""
}

// plural writes a count with its noun: "1 day", "30 days".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
