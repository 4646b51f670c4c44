// Package email writes the message that a notice becomes: its subject, its words
// and its page, in the language of its readers. Whoever sends a message, shows
// it before it is sent or proves it afterwards composes it here.
package email

import (
	"cmp"
	"errors"
	"fmt"
	"html"
	"net/mail"
	"net/url"
	"strings"
	"unicode"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/notice"
)

// Options are what an email about a notice says besides the notice.
type Options struct {
	Policy      string      // absolute address of the whole text
	Compare     string      // absolute address of the redline
	Since       string      // absolute address of what changed between the version before and whatever is in force; empty for none
	Sender      string      // who gives notice, as readers know it
	ReplyTo     string      // address that answers go to
	Reason      string      // why the reader gets it; a sentence for the class when empty
	Actions     []string    // what else the reader can do, a sentence each
	Unsubscribe string      // https address to stop, to which "t=TOKEN" is added; of followers only
	Decline     string      // address to decline, to which "t=TOKEN" is added; of notices that offer it
	On          policy.Date // the day of writing: what took effect before it is told as past
	MaxChanges  int         // changes shown in full; 20 when zero

	// Lang is the language of the words around the text; that of the notice
	// when empty, and English where there are no words in it.
	Lang      string
	Templates *Templates // nil for the built-in ones
}

// Body is the text of an email, the same for all its recipients but for
// the marks.
type Body struct {
	Lang    string // of its readers: a BCP 47 tag
	Subject string
	Text    string // complete by itself
	HTML    string // loads nothing and runs nothing
}

// The marks are where the fields of a recipient go. They hold NUL, which no
// text of ours does, so that nothing in a text can be taken for one.
const (
	NameMark  = "\x00name\x00"  // a space and the recipient's name, or nothing
	TokenMark = "\x00token\x00" // of the address to unsubscribe

	DeclineMark = "\x00decline\x00" // of the address to decline
)

// For returns the body with the fields of one recipient filled in, as plain text
// and in HTML.
func (b *Body) For(name, token string) *Body {
	if name = clean(name); name != "" {
		name = " " + name
	}
	text := strings.NewReplacer(NameMark, name, TokenMark, token, DeclineMark, token)
	page := strings.NewReplacer(NameMark, html.EscapeString(name), TokenMark, html.EscapeString(token), DeclineMark, html.EscapeString(token))
	return &Body{Lang: b.Lang, Subject: text.Replace(b.Subject), Text: text.Replace(b.Text), HTML: page.Replace(b.HTML)}
}

// Compose writes the email about a notice: what changed in plain words, the
// changed clauses, from when, and what the reader can do. It fails when
// something is missing that the reader needs.
func Compose(n *notice.Notice, o Options) (*Body, error) {
	if err := o.check(n); err != nil {
		return nil, fmt.Errorf("the email about %s: %w", n.ID(), err)
	}
	view := newView(n, o)
	templates := cmp.Or(o.Templates, builtIn)
	body, err := templates.execute(view)
	if err == nil {
		err = templates.complete(body, view)
	}
	if err != nil {
		return nil, fmt.Errorf("the email about %s: %w", n.ID(), err)
	}
	body.Lang = cmp.Or(o.Lang, view.Lang)
	return body, nil
}

// check finds what is missing or wrong.
func (o *Options) check(n *notice.Notice) error {
	for _, link := range []struct{ what, address string }{{"the text", o.Policy}, {"the redline", o.Compare}} {
		if !isWeb(link.address) {
			return fmt.Errorf("the address of %s, %q, is not an absolute web address; set base_url", link.what, link.address)
		}
	}
	if _, err := mail.ParseAddress(o.ReplyTo); err != nil {
		return fmt.Errorf("readers need an address to answer to, and %q is none; set email.from", o.ReplyTo)
	}
	switch {
	case clean(n.Title) == "":
		return errors.New("the policy has no title")
	case n.Effective.IsZero():
		return errors.New("it has no date from which it binds; write effective_date in the front matter")
	case n.Redline == nil:
		return errors.New("there is no redline to show")
	case n.Declinable(o.On) && !isWeb(o.Decline):
		return fmt.Errorf("it can be declined, and %q is no address of a page for it; set serve.url", o.Decline)
	case n.Class == notice.Follower && !strings.HasPrefix(o.Unsubscribe, "https://"):
		return fmt.Errorf("followers need an https address to unsubscribe, and %q is none", o.Unsubscribe)
	}
	return nil
}

// isWeb reports whether an address is an absolute one of the web.
func isWeb(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http")
}

// clean folds white space and drops what does not show: control characters and
// those that turn the direction of writing.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
