package mailing

import (
	"context"
	"errors"
	"os"

	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/policy/notice"
)

// consult asks the ledger and the register, where they are, who must not be
// mailed and whether the notice was begun before.
func (m *Mailing) consult(ctx context.Context) error {
	if err := m.consultLedger(ctx); err != nil {
		return err
	}
	if len(m.key) == 0 {
		m.key = []byte(m.room.Getenv("CODICIL_LEDGER_KEY"))
	}
	if len(m.key) == 0 {
		return nil
	}
	return m.consultRegister(ctx)
}

func (m *Mailing) consultLedger(ctx context.Context) error {
	name := m.room.LedgerName(m.Ledger)
	if _, err := os.Stat(name); err != nil && !ledger.IsURL(name) {
		return nil
	}
	l, err := m.room.OpenLedger(ctx, m.Ledger, ToUse)
	if errors.Is(err, ledger.ErrNone) {
		return nil
	}
	if err != nil {
		return err
	}
	defer l.Close()
	begun, err := l.Notice(ctx, m.Notice.ID())
	if err != nil {
		return err
	}
	if begun != nil {
		counts, err := l.Counts(ctx, m.Notice.ID())
		if err != nil {
			return err
		}
		m.Begun, m.record = &counts, begun
		kept, err := toldBy(ctx, l, begun)
		if err != nil {
			return err
		}
		m.toldDay = kept.effective
		if m.lacking, err = l.Lacking(ctx, m.Notice.ID()); err != nil {
			return err
		}
	}
	list, err := l.Suppressed(ctx, m.forLedger())
	if err != nil {
		return err
	}
	m.key = l.Key()
	for recipient, why := range list {
		m.withhold(recipient, why)
	}
	return nil
}

// compareList finds who came to the list, and who left it, since the notice was
// begun.
func (m *Mailing) compareList(ctx context.Context) error {
	l, err := m.room.OpenLedger(ctx, m.Ledger, ToUse)
	if err != nil {
		return err
	}
	defer l.Close()
	m.Change, err = l.Compare(ctx, m.Notice.ID(), m.addressees())
	return err
}

// consultRegister has a notice to followers go to those of the register, unless
// a list is named, and heeds who asked not to be mailed.
func (m *Mailing) consultRegister(ctx context.Context) error {
	var err error
	if m.register, err = m.room.OpenRegister(m.Ledger, m.key, true); err != nil || m.register == nil {
		return err
	}
	list, err := m.register.Suppressed(ctx, m.forLedger())
	if err != nil {
		return err
	}
	for recipient, why := range list {
		m.withhold(recipient, why)
	}
	if m.Notice.Class == notice.Follower && m.Recipients == "" && m.Channel == "" {
		m.followers = m.register.Followers(ctx, m.Notice.PolicyID)
	}
	return nil
}

// Close lets go of the register.
func (m *Mailing) Close() {
	if m.register != nil {
		_ = m.register.Close() // it was only read
	}
}
