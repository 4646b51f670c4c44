package mailing

import (
	"context"
	"fmt"
	"os"
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
	messages, err := m.compose(unrecorded())
	if err != nil {
		return 0, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return 0, fmt.Errorf("make the folder for previews: %w", err)
	}
	for r, err := range notify.Addressees(m.recipients(), m.Notice.Class) {
		if err != nil {
			return 0, err
		}
		data, _, err := email.ForLanguage(messages, r.Lang).For(r, m.room.Now())
		if err != nil {
			return 0, fmt.Errorf("line %d of the recipients: %w", r.Line, err)
		}
		name := fmt.Sprintf("%s-%06d.eml", strings.ReplaceAll(m.Notice.ID(), "/", "-"), r.Line)
		if err := worktree.WritePrivate(filepath.Join(dir, name), data); err != nil {
			return 0, err
		}
	}
	return m.Plan.Listed, nil
}

// SendTest sends the message in each language to one address, without any
// record, and returns how many there are.
func (m *Mailing) SendTest(ctx context.Context, address string) (int, error) {
	messages, err := m.compose(unrecorded())
	if err != nil {
		return 0, err
	}
	sender, err := m.room.sender(messages...)
	if err != nil {
		return 0, err
	}
	session, err := sender.Connect(ctx)
	if err != nil {
		return 0, err
	}
	defer session.Close()
	for _, message := range messages {
		if _, err := session.Send(ctx, notify.Recipient{Email: address, Lang: message.Lang}); err != nil {
			return 0, err
		}
	}
	return len(messages), nil
}
