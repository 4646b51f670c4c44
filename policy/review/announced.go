package review

import (
	"fmt"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/comparison"
)

// proposal is a candidate beside the newest published version.
type proposal struct {
	published *policy.Policy
	newest    *policy.Version
	older     *policy.Version // that a new label follows; else the newest
	next      *policy.Policy  // as it would be with the candidate
	version   *policy.Version
	doc       *policy.Document
	change    *comparison.Comparison // from the newest published text to the candidate

	relabels bool // it has another label
	binding  bool // the newest published version is in force
	dated    bool // it gives the same label another day
	datedNew bool // another day for new accounts
	declared bool // it says otherwise of a version that is announced how much it changes, or how it is told
}

// touches reports whether the candidate changes anything that people were told.
func (x *proposal) touches() bool {
	return x.relabels || x.dated || x.datedNew || x.declared || x.change.Redline.Stat().Changes > 0
}

// proven returns the day on which git shows that people could read what the
// candidate says; zero where they could not yet.
func (x *proposal) proven() policy.Date {
	words := x.change.Redline.Stat().Changes > 0
	sooner := x.dated && x.version.Effective.Before(x.newest.Effective)
	if x.relabels || words || sooner {
		return policy.Date{}
	}
	return policy.DateOf(x.newest.Published)
}

// kept reports where a candidate breaks what was published or announced: the
// day and the words of a label stay what people were told.
func (x *proposal) kept(on policy.Date) []*policy.Diagnostic {
	var found []*policy.Diagnostic
	ref := x.published.Ref(x.newest)
	announced := policy.DateOf(x.newest.Published)
	words := x.change.Redline.Stat().Changes > 0
	switch {
	case x.relabels:
		return x.relabelled()
	case x.dated && x.binding:
		found = append(found, fault(x.published, "date-changed",
			fmt.Sprintf("%s is in force since %s, and would say %s", ref, x.newest.Effective, x.version.Effective),
			dateBack(x.newest)))
	case x.dated && x.version.Effective.After(x.newest.Effective):
		found = append(found, warning(x.published, "postponed",
			fmt.Sprintf("%s was announced for %s and is postponed to %s", ref, x.newest.Effective, x.version.Effective), toldAnew(x.published, x.newest)))
	case x.dated:
		found = append(found, warning(x.published, "brought-forward",
			fmt.Sprintf("%s was announced for %s and is brought forward to %s: the notice period begins anew", ref, x.newest.Effective, x.version.Effective), toldAnew(x.published, x.newest)))
	}
	if d := x.placeholder(); x.declared && d != nil {
		found = append(found, d)
	}
	if x.datedNew {
		found = append(found, x.forNew(ref, on)...)
	}
	if words && !x.binding && x.published.Starts == policy.StartLabel {
		found = append(found, x.rewritten(ref, announced)...)
	}
	return found
}

// forNew holds another day for new accounts to what such a day may do: whoever made
// an account in the meantime was bound by the text that could be read.
func (x *proposal) forNew(ref string, on policy.Date) []*policy.Diagnostic {
	was, is := x.newest.FromFor(policy.NewAccounts), x.version.FromFor(policy.NewAccounts)
	switch {
	case !was.After(on):
		return []*policy.Diagnostic{fault(x.published, "date-changed",
			fmt.Sprintf("%s binds new accounts since %s, and would say %s", ref, was, is), "put the day after `new:` back; what is to bind from another day needs a new `version`")}
	case is.Before(on):
		return []*policy.Diagnostic{fault(x.published, "retroactive",
			fmt.Sprintf("%s was announced to new accounts for %s, and would bind them from %s, which is over", ref, was, is), fmt.Sprintf("set `new: %s` or later", on))}
	}
	return nil
}

// rewritten reports that the words of an announced version change. A typo may
// be mended; more than that is another version.
func (x *proposal) rewritten(ref string, announced policy.Date) []*policy.Diagnostic {
	message := fmt.Sprintf("%s was announced on %s with other words", ref, announced)
	if a := x.change.Assessment(); a.Severity <= policy.Editorial && !a.Limited {
		return []*policy.Diagnostic{warning(x.published, "announced-rewritten", message, "")}
	}
	return []*policy.Diagnostic{fault(x.published, "announced-rewritten", message,
		fmt.Sprintf("put its words back, and publish the change as `version: \"%s\"` with a day of its own", nextLabel(x.newest.Label)))}
}

// relabelled holds a new label to what a new label is for.
func (x *proposal) relabelled() []*policy.Diagnostic {
	found := labels(x.published, x.version)
	if len(found) > 0 {
		return found
	}
	switch {
	case empty(x.doc) && !empty(x.change.Before.Doc):
		found = append(found, fault(x.published, "text-gone", fmt.Sprintf("version %s has no words: the whole text is gone", x.version.Label),
			"bring the text back; to withdraw the policy, put `"+x.published.ID+"/` under `withdrawn:` in codicil.yaml"))
	case x.change.Redline.Stat().Changes == 0 && x.version.Effective.Before(policy.DateOf(x.version.Published)) && !x.doc.Front.EffectiveDate.IsZero():
		found = append(found, fault(x.published, "retroactive", fmt.Sprintf("version %s changes no word, and would bind from %s, before it could be read", x.version.Label, x.version.Effective),
			fmt.Sprintf("put `version: \"%s\"` back, or set a day to come", x.newest.Label)))
	case x.change.Redline.Stat().Changes == 0 && x.published.Starts == policy.StartLabel:
		found = append(found, warning(x.published, "same-words", fmt.Sprintf("version %s has the very words of %s", x.version.Label, x.published.Ref(x.older)),
			"was the text saved? if nothing is to change, put the old label back"))
	}
	if d := x.unlabelled(); d != nil {
		found = append(found, d)
	}
	return append(found, x.summary()...)
}

// unlabelled reports a text without a label, of a policy whose last version had
// one.
func (x *proposal) unlabelled() *policy.Diagnostic {
	before := string(x.newest.Front.Version)
	if x.published.Starts != policy.StartLabel || before == "" || x.doc.Front.Version != "" {
		return nil
	}
	return fault(x.published, "label-missing", fmt.Sprintf("the text has no `version:`, and would be called %s, after %s", x.version.Label, before),
		fmt.Sprintf("write `version: \"%s\"` in the front matter; to call versions by their day, `version: \"%s\"`", nextLabel(x.newest.Label), x.version.Label))
}

// farAhead is how many days ahead a version may bind: more is a mistyped year.
const farAhead = 5 * 365

// far reports a day that none of its readers may live to see.
func (x *proposal) far(on policy.Date) []*policy.Diagnostic {
	day := x.doc.Front.EffectiveDate
	if days := on.DaysUntil(day); day.IsZero() || days <= farAhead || !x.relabels && !x.dated {
		return nil
	}
	return []*policy.Diagnostic{fault(x.published, "date-far", fmt.Sprintf("version %s would bind from %s, in %d years", x.version.Label, day, day.Year-on.Year),
		"is the year mistyped? set a day within five years")}
}

// Words that stand for a summary that nobody wrote yet: alone, or with more
// after them. A real summary may begin with one of the first ("None of your
// rights change.").
var (
	placeholders = []string{"summary", "...", "…", "n/a", "none", "-", "--", "?"}
	unwritten    = []string{"todo", "tbd", "tba", "xxx", "fixme", "lorem ipsum", "placeholder"}
)

// written reports whether somebody wrote a summary.
func written(summary string) bool {
	if slices.Contains(placeholders, strings.TrimRight(summary, ".:!")) || slices.Contains(placeholders, summary) {
		return false
	}
	return !slices.ContainsFunc(unwritten, func(word string) bool {
		rest, begins := strings.CutPrefix(summary, word)
		return begins && (rest == "" || strings.ContainsAny(rest[:1], " .:!,-"))
	})
}

// summary reports one that says nothing of this change.
func (x *proposal) summary() []*policy.Diagnostic {
	if d := x.placeholder(); d != nil {
		return []*policy.Diagnostic{d}
	}
	text := strings.ToLower(strings.TrimSpace(x.doc.Front.Summary))
	if text == "" {
		return nil // whether one is needed, the conditions of publication say
	}
	if x.change.Redline.Stat().Changes > 0 && text == strings.ToLower(strings.TrimSpace(x.newest.Front.Summary)) {
		return []*policy.Diagnostic{fault(x.published, "summary-repeated", fmt.Sprintf("the summary is still that of version %s", x.newest.Label),
			"say in one to three sentences what changes with this version")}
	}
	return nil
}

// placeholder reports a summary that nobody wrote yet.
func (x *proposal) placeholder() *policy.Diagnostic {
	if text := strings.ToLower(strings.TrimSpace(x.doc.Front.Summary)); text == "" || written(text) {
		return nil
	}
	return fault(x.published, "summary-placeholder", fmt.Sprintf("`summary: %s` tells nobody what changes", x.doc.Front.Summary),
		"say in one to three sentences what changes for the reader")
}

func warning(p *policy.Policy, rule, message, hint string) *policy.Diagnostic {
	d := fault(p, rule, message, hint)
	d.Level = policy.Warning
	return d
}

// empty reports whether a document has no words but headings.
func empty(d *policy.Document) bool {
	for i := range d.Blocks {
		if b := &d.Blocks[i]; b.Kind != policy.Heading && strings.TrimSpace(b.Text()) != "" {
			return false
		}
	}
	return true
}
