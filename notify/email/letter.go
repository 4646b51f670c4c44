package email

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/codicil/codicil/notify"
)

// Mailer sends letters, each over a connection of its own: they are few.
type Mailer struct {
	options  Options
	envelope Envelope
}

// NewMailer checks the options, whose messages are left alone.
func NewMailer(o Options, e Envelope, now func() time.Time) (*Mailer, error) {
	o.Now = now
	m := &Mailer{o, e}
	// Letters have no return path of their own: a token names a notice.
	m.options.ReturnPath = ""
	_, err := m.sender(notify.Letter{ID: "check", Lang: "en"})
	return m, err
}

// Mail sends a letter to one person. Its error is a *notify.SendError when the
// server did not take it.
func (m *Mailer) Mail(ctx context.Context, to notify.Recipient, l notify.Letter) error {
	sender, err := m.sender(l)
	if err != nil {
		return err
	}
	session, err := sender.Connect(ctx)
	if err != nil {
		return err
	}
	defer session.Close()
	_, err = session.Send(ctx, to)
	return err
}

func (m *Mailer) sender(l notify.Letter) (*Sender, error) {
	message, err := m.compose(l)
	if err != nil {
		return nil, err
	}
	o := m.options
	o.Messages = []*Message{message}
	return NewSender(o)
}

// compose makes the message of a letter.
func (m *Mailer) compose(l notify.Letter) (*Message, error) {
	head, _, err := heading(l.Subject, l.ID, m.envelope)
	if err != nil {
		return nil, fmt.Errorf("compose a letter: %w", err)
	}
	if strings.ContainsRune(l.Text+l.HTML, 0) {
		return nil, errors.New("compose a letter: it holds a NUL")
	}
	return Load(l.ID, l.Lang, alternative(head, encode(l.Text, slotText), encode(l.HTML, slotHTML)), m.envelope.Key)
}
