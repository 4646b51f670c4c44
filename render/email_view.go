package render

import (
	"html"
	"html/template"
	"net/mail"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/notice"
)

// emailView is what the templates of an email show.
type emailView struct {
	Subject   string
	Lang      string // of the texts that are quoted
	Title     string
	Sender    string
	Greeting  template.HTML // the mark of the name
	Lead      string        // what happens, and from when
	Summary   []string      // the editor's words, a paragraph each
	Changes   []emailChange
	Left      int // changes not shown
	Total     int
	Renumber  int // clauses whose number alone changed
	Actions   []string
	Policy    string
	Compare   string
	ReplyTo   string // the address alone
	Reason    string
	Leave     string        // address to unsubscribe, with its mark; empty for none
	LeaveLink template.HTML // the same as an element
}

func newEmailView(n *notice.Notice, o EmailOptions) *emailView {
	v := &emailView{
		Lang: n.Lang, Title: clean(n.Title), Sender: clean(o.Sender), Greeting: NameMark,
		Policy: o.Policy, Compare: o.Compare,
	}
	if v.Lang == "" {
		v.Lang = "en"
	}
	if v.Sender == "" {
		v.Sender = "us"
	}
	v.tell(n, o.On)
	v.Changes, v.Left, v.Total, v.Renumber = emailChanges(n.Redline, o.MaxChanges)
	for paragraph := range strings.SplitSeq(strings.ReplaceAll(n.Summary, "\r\n", "\n"), "\n\n") {
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
	v.Reason = o.reason(n, v)
	if n.Class == notice.Follower {
		v.leave(o.Unsubscribe)
	}
	return v
}

// tell writes the subject and the first sentence.
func (v *emailView) tell(n *notice.Notice, on policy.Date) {
	day := longDate(n.Effective)
	past := !on.IsZero() && !n.Effective.After(on)
	switch {
	case n.Previous == "" && past:
		v.Subject = v.Title + ": in force since " + day
		v.Lead = v.Title + " has been in force since " + day + "."
	case n.Previous == "":
		v.Subject = v.Title + ": in force from " + day
		v.Lead = v.Title + " takes effect on " + day + "."
	case past:
		v.Subject = "Changes to " + v.Title + " since " + day
		v.Lead = v.Title + " has changed. The new text has been in force since " + day + "."
	default:
		v.Subject = "Changes to " + v.Title + " from " + day
		v.Lead = v.Title + " is changing. The new text takes effect on " + day + "; until then the present text stays in force."
	}
}

// longDate writes a date as people do: 1 March 2026.
func longDate(d policy.Date) string { return d.Time().Format("2 January 2006") }

func (o *EmailOptions) reason(n *notice.Notice, v *emailView) string {
	switch {
	case o.Reason != "":
		return clean(o.Reason)
	case n.Class == notice.Follower:
		return "You get this message because you asked to be told about changes to " + v.Title + "."
	}
	return "You get this message because you have an account with " + v.Sender + ", to which this document applies. It is a required notice and holds no advertising."
}

// leave writes the address to unsubscribe.
func (v *emailView) leave(address string) {
	separator := "?"
	if strings.Contains(address, "?") {
		separator = "&"
	}
	address = clean(address) + separator + "t="
	v.Leave = address + TokenMark
	v.LeaveLink = template.HTML(`<a href="` + html.EscapeString(address) + TokenMark + `">Stop these messages</a>`)
}

// Sections reports whether some changes are shown.
func (v *emailView) Sections() bool {
	return slices.ContainsFunc(v.Changes, func(c emailChange) bool { return len(c.Runs) > 0 })
}
