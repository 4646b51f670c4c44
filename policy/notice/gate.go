package notice

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
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
	Proven   policy.Date // the day from which people could read it, as git shows; zero where they cannot yet
	Rules    Rules
	Sent     policy.Date // the day on which the last message would leave; zero when not known
}

// fault makes a finding about the candidate.
func (c Candidate) fault(level policy.Level, rule, message, hint string) *policy.Diagnostic {
	return &policy.Diagnostic{File: c.File, Line: max(1, c.Line), Column: 1, Level: level, Rule: rule, Message: message, Hint: hint}
}

// told returns the day on which people learn of the change. What the front
// matter says of an announcement counts from the day on that git bears it out.
func (c Candidate) told() policy.Date {
	since := cmp.Or(c.Proven, c.On)
	if told := c.Notice.Announced; !told.Before(since) {
		return told
	}
	return since
}

// earliest returns the first day on which the change may take effect.
func (c Candidate) earliest() policy.Date { return c.Rules.Earliest(c.Notice.Severity, c.told()) }

// Gate returns what keeps the candidate from being published: a change that
// nobody would be told of in time, clearly, and truthfully.
func Gate(c Candidate) []*policy.Diagnostic {
	if c.Notice.Severity == policy.None && !c.downgraded() {
		return nil
	}
	var found []*policy.Diagnostic
	if message, hint := unlabelled(c); message != "" {
		// Its label and its day are those of another text: of a day to come and of
		// a summary there is nothing to say yet.
		return []*policy.Diagnostic{c.fault(policy.Error, "unlabelled-change", message, hint)}
	}
	for _, rule := range Conditions() {
		if message, hint := rule.check(c); message != "" {
			found = append(found, c.fault(policy.Error, rule.ID, message, hint))
		}
	}
	return append(found, duties(c)...)
}

func unlabelled(c Candidate) (string, string) {
	if !c.Labelled || c.Relabels || !c.Binding {
		return "", ""
	}
	return fmt.Sprintf("the text of %s changed, but version %s is in force and its label stayed", c.Notice.PolicyID, c.Notice.Label),
		fmt.Sprintf("give the change a new `version` in the front matter, and `effective_date: %s` or later", c.earliest())
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
		fmt.Sprintf("write `effective_date: %s` or later in the front matter", c.earliest())
}

func tooSoon(c Candidate) (string, string) {
	if c.Front.EffectiveDate.IsZero() || !c.Notice.Effective.Before(c.earliest()) || c.past() {
		return "", ""
	}
	when := "on the day on which it is announced"
	switch days := c.told().DaysUntil(c.Notice.Effective); {
	case days < 0:
		when = policy.Plural(-days, "day", "days") + " before it is announced"
	case days > 0:
		when = policy.Plural(days, "day", "days") + " after it is announced"
	}
	return fmt.Sprintf("%s change takes effect %s; the notice period is %s", withArticle(c.Notice.Severity), when, c.Rules.longest(c.Notice.Severity, c.told())),
		fmt.Sprintf("set `effective_date: %s` or later", c.earliest())
}

// tooSlow refuses a date that passes before everybody can be told in time: the
// period counts from the last message, not from the first.
func tooSlow(c Candidate) (string, string) {
	if c.Sent.IsZero() || !c.Notice.Through(Email) || !c.Sent.After(c.Notice.Deadline) {
		return "", ""
	}
	return fmt.Sprintf("at the configured rate the last message leaves on %s, after the last day of notice, %s", c.Sent, c.Notice.Deadline),
		fmt.Sprintf("set `effective_date: %s` or later, or raise email.rate", c.Rules.Earliest(c.Notice.Severity, c.Sent))
}

// past reports whether a new version would bind from a day that is over: of the
// notice period there is nothing to say then.
func (c Candidate) past() bool {
	return !c.Front.EffectiveDate.IsZero() && c.Relabels && c.Notice.Effective.Before(c.On) && c.Notice.Severity >= policy.Minor
}

func retroactive(c Candidate) (string, string) {
	if day := c.Front.EffectiveNew; !c.past() && c.Relabels && !day.IsZero() && day.Before(c.On) && c.Notice.Severity >= policy.Minor {
		return fmt.Sprintf("the change would bind new accounts from %s, before it could be read", day), fmt.Sprintf("set `new: %s` or later", c.On)
	}
	if !c.past() {
		return "", ""
	}
	hint := fmt.Sprintf("set `effective_date: %s` or later", c.earliest())
	if meant := c.inAnotherYear(); !meant.IsZero() {
		hint += fmt.Sprintf("; is %s meant?", meant)
	}
	return fmt.Sprintf("the change would bind from %s, before it could be read", c.Notice.Effective), hint
}

// inAnotherYear returns the day that is meant where a year is mistyped, as happens
// about New Year: the same one, far enough ahead and soon. Zero where the day is
// only late.
func (c Candidate) inAnotherYear() policy.Date {
	if c.Notice.Effective.DaysUntil(c.On) < 180 {
		return policy.Date{}
	}
	for year := c.On.Year; year <= c.On.Year+1; year++ {
		day := c.Notice.Effective
		day.Year = year
		if day = policy.DateOf(day.Time()); !day.Before(c.earliest()) && c.On.DaysUntil(day) < 180 {
			return day
		}
	}
	return policy.Date{}
}

// retroactiveUse refuses to loosen what is done with data that people gave
// under the old text, unless they are asked (FTC, Gateway Learning, 2004).
func retroactiveUse(c Candidate) (string, string) {
	a := c.Notice.Assessment
	if !c.Relabels || c.Notice.Severity < policy.Major || !c.Notice.Effective.Before(c.On) || a == nil {
		return "", ""
	}
	uses := slices.Contains(a.Categories, materiality.Sharing) || slices.Contains(a.Categories, materiality.DataUse)
	if !uses || consent.MatchString(c.Front.Summary) {
		return "", ""
	}
	return "the use or sharing of data would change for data that people gave before they could read of it",
		"let the change bind from a later day, or say in `summary` how people are asked to agree"
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

// withoutChannels refuses to tell of a change through fewer channels than are
// configured, unless somebody answers for it.
func withoutChannels(c Candidate) (string, string) {
	if c.Front.Notice == nil || c.Notice.Severity < policy.Minor || c.Front.ChangeReason != "" && c.Front.ApprovedBy != "" {
		return "", ""
	}
	missing := slices.DeleteFunc(slices.Clone(c.Rules.Channels[c.Notice.Severity]), c.Notice.Through)
	if len(missing) == 0 {
		return "", ""
	}
	return fmt.Sprintf("`notice:` leaves out %s, through which %s change is told", ChannelNames(missing), withArticle(c.Notice.Severity)),
		"delete `notice:` from the front matter, or say why in `change_reason:` and who decided it in `approved_by:`"
}

func unknownChannel(c Candidate) (string, string) {
	for _, channel := range c.Notice.Channels {
		if !channel.Valid() && !slices.Contains(c.Rules.Custom, channel) {
			return fmt.Sprintf("%q is not a channel", channel), "channels are banner, popup, email, feed, and those of channels.custom in codicil.yaml"
		}
	}
	return "", ""
}

// withArticle writes a severity as people say it: "an editorial", "a major".
func withArticle(s policy.Severity) string {
	if s == policy.Editorial {
		return "an " + s.String()
	}
	return "a " + s.String()
}
