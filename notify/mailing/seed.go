package mailing

import (
	"context"
	"errors"
	"fmt"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/email"
	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/policy"
)

// tellSeeds sends the message, marked, to the publisher's own mailboxes before
// anybody else gets it. What is refused there would be refused by all: then
// nothing else is sent. Each is told of each wording once.
func (m *Mailing) tellSeeds(ctx context.Context, l *ledger.Ledger) error {
	if m.Begun != nil || len(m.room.Config.Email.Seeds) == 0 || m.Channel != "" {
		return nil
	}
	messages, err := m.composeFor(unrecorded(), true)
	if err != nil {
		return err
	}
	sender, err := m.room.sender(messages...)
	if err != nil {
		return err
	}
	session, err := sender.Connect(ctx)
	if err != nil {
		return fmt.Errorf("nothing was sent: %w", err)
	}
	defer session.Close()
	told := 0
	for _, text := range m.room.Config.Email.Seeds {
		address, err := notify.Normalise(text)
		if err != nil {
			return fmt.Errorf("email.seeds: %w", err)
		}
		n, err := m.tellSeed(ctx, l, session, address, messages)
		if told += n; err != nil {
			return err
		}
	}
	if told > 0 {
		m.room.Say("sent %s to the seed addresses", policy.Plural(told, "message", "messages"))
	}
	return nil
}

// tellSeed sends one seed the messages that it has not had, and returns how many.
func (m *Mailing) tellSeed(ctx context.Context, l *ledger.Ledger, s notify.Session, address string, messages []*email.Message) (told int, err error) {
	for _, message := range messages {
		wording := message.Digest()
		if had, err := l.Seeded(ctx, m.Notice.ID(), address, wording); err != nil || had {
			return told, err
		}
		receipt, err := s.Send(ctx, notify.Recipient{Email: address, Lang: message.Lang})
		var failed *notify.SendError
		if errors.As(err, &failed) && failed.Kind == notify.Permanent {
			return told, policy.Hinted(fmt.Errorf("nothing was sent, because a seed address was not reached: %w", err),
				"the others would hear the same; mend what the reply says, or take the address out of email.seeds")
		}
		if err != nil {
			m.room.Say("codicil: warning: a seed address was not reached: %v", err)
			return told, nil
		}
		told++
		if err := l.Seed(ctx, m.Notice.ID(), address, wording, receipt); err != nil {
			return told, err
		}
	}
	return told, nil
}
