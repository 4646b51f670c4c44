package mailing

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/email"
	"github.com/codicil/codicil/policy/worktree"
)

// Preview writes the message of each recipient to a folder, sends nothing, and
// returns how many there are.
func (m *Mailing) Preview(dir string) (int, error) {
	if err := m.mailable(); err != nil {
		return 0, err
	}
	write, end, err := m.writer()
	if err != nil {
		return 0, err
	}
	if err := worktree.MakeFolder(dir, 0o700); err != nil {
		return 0, fmt.Errorf("make the folder for previews: %w", err)
	}
	for r, err := range notify.Addressees(m.recipients(), m.Notice.Class) {
		if err != nil {
			return 0, err
		}
		data, err := write(r)
		if err != nil {
			return 0, fmt.Errorf("line %d of the recipients: %w", r.Line, err)
		}
		name := fmt.Sprintf("%s-%06d%s", strings.ReplaceAll(m.Notice.ID(), "/", "-"), r.Line, end)
		if err := worktree.WritePrivate(filepath.Join(dir, name), data); err != nil {
			return 0, err
		}
	}
	return m.Plan.Listed, nil
}

// SendTest sends the message in each language to one address, without any
// record, and returns how many there are.
func (m *Mailing) SendTest(ctx context.Context, address string) (int, error) {
	texts, err := m.textsToSend(unrecorded())
	if err != nil {
		return 0, err
	}
	sender, err := m.sender(texts, unrecorded())
	if err != nil {
		return 0, err
	}
	session, err := sender.Connect(ctx)
	if err != nil {
		return 0, err
	}
	defer session.Close()
	for _, text := range texts {
		if _, err := session.Send(ctx, m.way.stranger(address, text.Lang)); err != nil {
			return 0, err
		}
	}
	return len(texts), nil
}

// writer returns what writes what one person would get, and how the names of such
// files end.
func (m *Mailing) writer() (write func(notify.Recipient) ([]byte, error), end string, err error) {
	if m.Channel != "" {
		return m.requests()
	}
	messages, err := m.compose(unrecorded())
	return func(r notify.Recipient) ([]byte, error) {
		data, _, err := email.ForLanguage(messages, r.Lang).For(r, m.room.Now())
		return data, err
	}, ".eml", err
}
