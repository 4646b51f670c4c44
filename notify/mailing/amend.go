package mailing

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

// Amend makes of a notice one that is late, or that corrects an earlier one, if
// asked to.
func (m *Mailing) Amend(ctx context.Context) error {
	if m.Late == "" && m.Correct == "" {
		return nil
	}
	m.Notice.Late = m.Late
	if m.Correct != "" {
		if err := m.correct(ctx); err != nil {
			return err
		}
	}
	var err error
	m.texts, err = m.wordings()
	return err
}

// correct finds the notice to correct, what it told, and to whom.
func (m *Mailing) correct(ctx context.Context) error {
	l, err := m.room.UseLedger(ctx, m.Ledger)
	if err != nil {
		return err
	}
	defer l.Close()
	first := m.Notice.ID()
	if m.corrected, err = l.Notice(ctx, first); err != nil {
		return err
	}
	if m.corrected == nil {
		return fmt.Errorf("notice %s was never sent: there is nothing to correct", first)
	}
	c, same, err := m.number(ctx, l, first)
	if err != nil {
		return err
	}
	c.Reason, m.Notice.Correction = m.Correct, c
	if same {
		return fmt.Errorf("notice %s told this very text and date: there is nothing to correct", first)
	}
	m.told, err = l.Reached(ctx, first)
	return err
}

// number says which correction this is: the last one, when that was begun about
// this very text, else the next; and what the notice before it had told. It
// reports whether that is what is so now.
func (m *Mailing) number(ctx context.Context, l *ledger.Ledger, first string) (c *notice.Correction, same bool, err error) {
	before := m.corrected
	now := told{m.Version.SHA256, m.Notice.Effective, m.Version.Cancelled() != nil}
	c = &notice.Correction{Number: 1, Of: first, Cancelled: now.cancelled}
	for {
		then, err := toldBy(ctx, l, before)
		if err != nil {
			return nil, false, err
		}
		c.Told, c.Effective, c.Altered = policy.DateOf(before.Created), then.effective, then.digest != now.digest
		m.Notice.Correction = c
		next, err := l.Notice(ctx, m.Notice.ID())
		if err != nil || next == nil {
			return c, then == now, err
		}
		if kept, err := toldBy(ctx, l, next); err != nil || kept == now {
			return c, false, err // it goes on
		}
		before = next
		c.Number++
	}
}

// told is what people were told of a version.
type told struct {
	digest    string      // of its text
	effective policy.Date // from when it was to bind; zero when that is not known
	cancelled bool        // that it does not take effect
}

// toldBy returns what a notice on record told.
func toldBy(ctx context.Context, l *ledger.Ledger, n *ledger.Notice) (told, error) {
	t := told{digest: n.Digest}
	plan, err := l.Frozen(ctx, n.ID, proof.FrozenPlan)
	if err != nil || plan == nil {
		return t, err
	}
	var kept struct {
		Effective string
		Cancelled bool
	}
	if err := json.Unmarshal(plan, &kept); err != nil {
		return t, fmt.Errorf("read the plan of notice %s: %w", n.ID, err)
	}
	t.cancelled = kept.Cancelled
	t.effective, err = policy.ParseDate(kept.Effective)
	return t, err
}

// calledOff reports whether the notice tells that the version does not take effect.
func (m *Mailing) calledOff() bool {
	return m.Notice.Correction != nil && m.Notice.Correction.Cancelled
}

// excused reports whether a condition of publication does not hold the notice
// back: a late one keeps no period, and what a correction puts right is out.
func (m *Mailing) excused(rule string) bool {
	if m.calledOff() {
		return true // it keeps no condition
	}
	switch rule {
	case "notice-period", "sending-too-slow":
		return m.Notice.Late != ""
	case "unlabelled-change", "retroactive":
		return m.Notice.Correction != nil
	}
	return false
}

// contradicted says what a notice on record told otherwise than the text and the
// date of now; nothing when they are those of then.
func (m *Mailing) contradicted() string {
	if m.record == nil || m.Notice.Correction != nil {
		return ""
	}
	told := policy.Plural(m.Begun.Accepted, "person was", "people were")
	switch {
	case m.record.Digest != m.Version.SHA256:
		return fmt.Sprintf("%s told another text of %s: sha256 %.12s, and it is %.12s now", told, m.Notice.ID(), m.record.Digest, m.Version.SHA256)
	case !m.toldDay.IsZero() && m.toldDay != m.Notice.Effective:
		return fmt.Sprintf("%s told that %s takes effect on %s, and it is %s now", told, m.Notice.ID(), m.toldDay, m.Notice.Effective)
	}
	return ""
}

// errContradicted stops the sending of what people were told otherwise.
func (m *Mailing) errContradicted(words string) error {
	return policy.Hinted(errors.New(words), fmt.Sprintf("tell them with `codicil notify %s@%s --correct REASON --send`; whoever is still due then gets the correction alone", m.Notice.PolicyID, m.Notice.Label))
}

// toCorrect gives those of a list whom the notice that is corrected had reached.
func (m *Mailing) toCorrect(r notify.Recipient) bool {
	return m.told == nil || m.told.Has(m.key.Recipient(r.Email))
}
