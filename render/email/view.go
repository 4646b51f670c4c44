package email

import (
	"cmp"
	"fmt"
	"html"
	"html/template"
	"net/mail"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/notice"
)

// view is what the templates of an email show. Its exported fields are
// the strict list of what a template may name.
type view struct {
	Words    *words        // around the words of a text, in the language of the email
	Hello    template.HTML // the salutation, with the mark of the name
	Greeting template.HTML // the mark alone: a space and the name, or nothing
	Subject  string
	Lang     string // of the texts that are quoted
	Title    string
	Sender   string
	Day      string   // from which the text binds
	Lead     string   // what happens, and from when
	Remarks  []string // that the notice is late, or corrects another
	Summary  []string
	Changes  []change
	More     string // that there are more changes than are shown; empty when there are not
	Numbers  string // how many clauses only have another number; empty for none
	Actions  []string
	Policy   string // address of the whole text
	Compare  string // address of the redline
	Since    string // address of what changed since the text that the reader had, whenever it is read; empty for none
	ReplyTo  string // the address alone
	Reason   string // why the reader gets it
	Leave    string // address to unsubscribe, with its mark; empty for none

	LeaveLink template.HTML // the same as an element

	DeclineBy   string        // that the change can be declined, and until when; empty where it cannot
	Means       string        // what follows for who declines, in the language of the text; empty where nothing is said
	Decline     string        // address to decline, with its mark
	DeclineLink template.HTML // the same as an element
}

func newView(n *notice.Notice, o Options) *view {
	w := wordsOf(cmp.Or(o.Lang, n.Lang))
	v := &view{
		Words: w, Hello: template.HTML(fmt.Sprintf(html.EscapeString(w.Hello), NameMark)), Greeting: NameMark,
		Lang: cmp.Or(n.Lang, "en"), Title: clean(n.Title), Sender: cmp.Or(clean(o.Sender), w.us), Policy: o.Policy, Compare: o.Compare, Since: o.Since,
	}
	v.tell(n, o.On)
	if n.Correction == nil || !n.Correction.Cancelled {
		v.show(n, o.MaxChanges)
	}
	if n.Correction != nil && n.Correction.Reason != "" {
		v.Summary = append(v.Summary, clean(n.Correction.Reason))
	}
	summary := n.Summary
	if n.Correction != nil && n.Correction.Cancelled {
		summary = "" // of a change that does not take place
	}
	for paragraph := range strings.SplitSeq(strings.ReplaceAll(summary, "\r\n", "\n"), "\n\n") {
		if paragraph = clean(paragraph); paragraph != "" {
			v.Summary = append(v.Summary, paragraph)
		}
	}
	for _, action := range o.Actions {
		v.Actions = append(v.Actions, clean(action))
	}
	if reply, err := mail.ParseAddress(o.ReplyTo); err == nil {
		v.ReplyTo = reply.Address
	}
	switch {
	case o.Reason != "":
		v.Reason = clean(o.Reason)
	case n.Class == notice.Follower:
		v.Reason = fmt.Sprintf(w.following, v.Title)
	default:
		v.Reason = fmt.Sprintf(w.service, v.Sender)
	}
	if n.Class == notice.Follower {
		v.leave(o.Unsubscribe)
	}
	if n.Declinable(o.On) {
		v.decline(n, o.Decline)
	}
	return v
}

// tell writes the subject and the first sentence.
func (v *view) tell(n *notice.Notice, on policy.Date) {
	w := v.Words
	past := !on.IsZero() && !n.Effective.After(on)
	subject, lead := w.subjectNext, w.leadNext
	switch {
	case n.Previous == "" && past:
		subject, lead = w.subjectFirstPast, w.leadFirstPast
	case n.Previous == "":
		subject, lead = w.subjectFirst, w.leadFirst
	case past:
		subject, lead = w.subjectPast, w.leadPast
	}
	between := daysBetween(n, on, w)
	if between != "" {
		lead = w.leadBetween
	}
	v.Day = w.day(n.Effective)
	v.Subject, v.Lead = fmt.Sprintf(subject, v.Title, v.Day), fmt.Sprintf(lead, v.Title, v.Day)
	if between != "" {
		v.Lead += fmt.Sprintf(w.before, between)
	}
	if !n.New.IsZero() {
		v.Lead += fmt.Sprintf(w.cohorts, w.day(n.New))
	}
	if n.Late != "" {
		v.Remarks = append(v.Remarks, fmt.Sprintf(w.late, w.day(n.Deadline)))
	}
	if n.Correction != nil {
		v.correct(n)
	}
	v.Subject = v.company() + v.Subject
}

// daysBetween lists the days after the one of writing on which other versions
// take effect before this one; empty when there are none.
func daysBetween(n *notice.Notice, on policy.Date, w *words) string {
	if on.IsZero() || n.Previous == "" || !n.Effective.After(on) {
		return ""
	}
	var days []string
	for _, day := range n.Before {
		if day.After(on) {
			days = append(days, w.day(day))
		}
	}
	return strings.Join(days, w.And)
}

// company names the sender before a subject whose title does not, so that the
// reader of many such messages knows whose it is.
func (v *view) company() string {
	if v.Sender == v.Words.us || strings.Contains(v.Title, v.Sender) {
		return ""
	}
	return v.Sender + v.Words.Colon
}

// correct says what was told before and is not so.
func (v *view) correct(n *notice.Notice) {
	w, c := v.Words, n.Correction
	v.Subject = w.correction + w.Colon + v.Subject
	v.Remarks = append(v.Remarks, fmt.Sprintf(w.corrects, w.day(c.Told), v.Title))
	switch {
	case c.Cancelled:
		v.Subject = w.correction + w.Colon + fmt.Sprintf(w.subjectCancelled, v.Title)
		v.Lead = fmt.Sprintf(w.cancelled, w.day(c.Effective))
		return
	case c.Effective != n.Effective:
		v.Remarks = append(v.Remarks, fmt.Sprintf(w.otherDay, v.Day, w.day(c.Effective)))
	}
	if c.Altered {
		v.Remarks = append(v.Remarks, w.altered)
	}
}

// show takes the changes, as many as there is room for.
func (v *view) show(n *notice.Notice, limit int) {
	changes, left, total, renumbered := changesOf(n.Redline, limit, v.Words)
	v.Changes = changes
	if left > 0 {
		v.More = fmt.Sprintf(v.Words.seeAll, total)
	}
	switch {
	case renumbered == 1:
		v.Numbers = v.Words.otherNumber
	case renumbered > 1:
		v.Numbers = fmt.Sprintf(v.Words.otherNumbers, renumbered)
	}
}

// leave writes the address to unsubscribe.
func (v *view) leave(address string) { v.Leave, v.LeaveLink = marked(address, TokenMark, v.Words.Stop) }

// decline writes that the change can be declined, and where.
func (v *view) decline(n *notice.Notice, address string) {
	v.DeclineBy, v.Means = fmt.Sprintf(v.Words.decline, v.Words.day(n.Decline)), clean(n.Means)
	// Two ways to object would leave open which of them counts.
	words := *v.Words
	words.Ask = words.askOnly
	v.Words = &words
	v.Decline, v.DeclineLink = marked(address, DeclineMark, v.Words.Declines)
}

// marked adds a token's mark to an address, in words and as a link.
func marked(address, mark, words string) (string, template.HTML) {
	separator := "?"
	if strings.Contains(address, "?") {
		separator = "&"
	}
	address = clean(address) + separator + "t="
	return address + mark, template.HTML(`<a href="` + html.EscapeString(address) + mark + `">` + html.EscapeString(words) + `</a>`)
}

// Sections reports whether some changes are shown.
func (v *view) Sections() bool {
	return slices.ContainsFunc(v.Changes, func(c change) bool { return len(c.Runs) > 0 })
}
