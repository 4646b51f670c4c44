package email

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/codicil/codicil/policy"
)

// Short is a notice for a small screen, where no page of mail fits: a text message,
// a line on a telephone.
type Short struct {
	Lang    string // of its readers: a BCP 47 tag
	Subject string // whose text changes, and from when
	Text    string // complete by itself: the subject, the editor's words, the address of the redline
	Compare string // that address
}

// Short writes a notice for a small screen, as on the given day. It says what the
// email says, without the changed clauses.
func (p *Publisher) Short(w Wording, on policy.Date) (*Short, error) {
	if err := w.told(); err != nil {
		return nil, err
	}
	n := w.Notice
	compare := p.link(policy.AddressOf(w.Policy).Redline(n.Previous, n.Label))
	if compare == "" {
		return nil, fmt.Errorf("the message about %s: there is no address of the redline; set base_url", n.ID())
	}
	if clean(n.Title) == "" || n.Effective.IsZero() {
		return nil, fmt.Errorf("the message about %s: the policy has no title, or no date from which it binds", n.ID())
	}
	v := newView(n, Options{Compare: compare, Sender: p.Name, Lang: w.Lang, On: on})
	sentences := append([]string{strings.TrimSuffix(v.Subject, ".") + v.Words.fullStop}, v.Remarks...)
	sentences = append(sentences, v.Summary...)
	text := strings.Join(append(sentences, compare), " ")
	return &Short{Lang: cmp.Or(w.Lang, v.Lang), Subject: v.Subject, Text: text, Compare: compare}, nil
}
