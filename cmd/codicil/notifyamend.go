package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/notify/proof"
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/notice"
)

// amend makes of a notice one that is late, or that corrects an earlier one, if
// asked to.
func (a *app) amend(ctx context.Context, m *mailing, f notifyFlags) error {
	if f.late == "" && f.correct == "" {
		return nil
	}
	m.notice.Late = f.late
	if f.correct != "" {
		if err := a.correct(ctx, m, f); err != nil {
			return err
		}
	}
	var err error
	m.texts, err = m.wordings(m.policy)
	return err
}

// correct finds the notice to correct, what it told, and to whom.
func (a *app) correct(ctx context.Context, m *mailing, f notifyFlags) error {
	l, err := a.useLedger(ctx, m.workspace, f.ledger)
	if err != nil {
		return err
	}
	defer l.Close()
	first := m.notice.ID()
	if m.corrected, err = l.Notice(ctx, first); err != nil {
		return err
	}
	if m.corrected == nil {
		return fmt.Errorf("notice %s was never sent: there is nothing to correct", first)
	}
	c, err := m.number(ctx, l, first)
	if err != nil {
		return err
	}
	c.Reason, m.notice.Correction = f.correct, c
	if !c.Altered && c.Effective == m.notice.Effective && !c.Cancelled {
		return fmt.Errorf("notice %s told this very text and date: there is nothing to correct", first)
	}
	m.told, err = l.Told(ctx, first)
	return err
}

// number says which correction this is: the last one, when that was begun about
// this very text, else the next; and what the notice before it had told.
func (m *mailing) number(ctx context.Context, l *ledger.Ledger, first string) (*notice.Correction, error) {
	before := m.corrected
	c := &notice.Correction{Number: 1, Of: first}
	for {
		told, err := toldBy(ctx, l, before)
		if err != nil {
			return nil, err
		}
		c.Told, c.Effective = policy.DateOf(before.Created), told
		c.Altered = before.Digest != m.version.SHA256
		m.notice.Correction = c
		next, err := l.Notice(ctx, m.notice.ID())
		if err != nil || next == nil {
			return c, err
		}
		if next.Digest == m.version.SHA256 {
			if day, err := toldBy(ctx, l, next); err != nil || day == m.notice.Effective {
				return c, err // it goes on
			}
		}
		before = next
		c.Number++
	}
}

// toldBy returns from when a text was to bind, as a notice on record told.
func toldBy(ctx context.Context, l *ledger.Ledger, n *ledger.Notice) (policy.Date, error) {
	plan, err := l.Frozen(ctx, n.ID, proof.FrozenPlan)
	if err != nil || plan == nil {
		return policy.Date{}, err
	}
	var kept struct{ Effective string }
	if err := json.Unmarshal(plan, &kept); err != nil {
		return policy.Date{}, fmt.Errorf("read the plan of notice %s: %w", n.ID, err)
	}
	return policy.ParseDate(kept.Effective)
}

// excused reports whether a condition of publication does not hold the notice
// back: a late one keeps no period, and what a correction puts right is out.
func (m *mailing) excused(rule string) bool {
	switch rule {
	case "notice-period", "sending-too-slow":
		return m.notice.Late != ""
	case "unlabelled-change", "retroactive":
		return m.notice.Correction != nil
	}
	return false
}

// contradicted says what a notice on record told otherwise than the text and the
// date of now; nothing when they are those of then.
func (m *mailing) contradicted() string {
	if m.record == nil || m.notice.Correction != nil {
		return ""
	}
	told := plural(m.begun.Accepted, "person was", "people were")
	switch {
	case m.record.Digest != m.version.SHA256:
		return fmt.Sprintf("%s told another text of %s: sha256 %.12s, and it is %.12s now", told, m.notice.ID(), m.record.Digest, m.version.SHA256)
	case !m.toldDay.IsZero() && m.toldDay != m.notice.Effective:
		return fmt.Sprintf("%s told that %s takes effect on %s, and it is %s now", told, m.notice.ID(), m.toldDay, m.notice.Effective)
	}
	return ""
}

// errContradicted stops the sending of what people were told otherwise.
func (m *mailing) errContradicted(words string) error {
	return hinted(errors.New(words), fmt.Sprintf("tell them with `codicil notify %s@%s --correct REASON --send`; whoever is still due then gets the correction alone", m.notice.PolicyID, m.notice.Label))
}

// toCorrect gives those of a list whom the notice that is corrected had reached.
func (m *mailing) toCorrect(r notify.Recipient) bool {
	return m.told == nil || m.told.Has(m.key.Recipient(r.Email))
}
