package mailing

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/notify/proof"
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/render"
)

// freeze puts the notice, its texts and its recipients on record, and returns
// the texts on record: of a notice begun before, those are the texts of then.
func (m *Mailing) freeze(ctx context.Context, l *ledger.Ledger) ([]ledger.Text, error) {
	if begun, err := l.Notice(ctx, m.Notice.ID()); begun != nil || err != nil {
		if err != nil {
			return nil, err
		}
		m.room.Say("going on with %s, which was begun before", m.Notice.ID())
		return begun.Texts, m.catchUp(ctx, l)
	}
	record := m.forLedger()
	record.Created = m.room.Now()
	var err error
	if record.Texts, err = m.textsToSend(l.Key()); err != nil {
		return nil, err
	}
	if record.Frozen, err = m.freezes(); err != nil {
		return nil, err
	}
	started, err := l.Start(ctx, record, m.addressees())
	if err != nil || started {
		return record.Texts, err
	}
	begun, err := l.Notice(ctx, m.Notice.ID()) // another process was first
	if err != nil {
		return nil, err
	}
	return begun.Texts, nil
}

// freezes gathers what is fixed with a notice beside its messages: the text as
// git holds it, what changed in it, and the plan.
func (m *Mailing) freezes() (map[string][]byte, error) {
	source, err := m.source.Texts.ReadAt(m.Version.Commit, m.Version.Path)
	if err != nil {
		return nil, fmt.Errorf("the text that is announced: %w", err)
	}
	var plan, page, markdown bytes.Buffer
	e := json.NewEncoder(&plan)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(m.Document()); err != nil {
		return nil, fmt.Errorf("write the plan: %w", err)
	}
	frozen := map[string][]byte{proof.FrozenText: source, proof.FrozenPlan: plan.Bytes()}
	if m.Notice.Redline != nil {
		render.RedlineHTML(&page, m.Notice.Redline, render.RedlineOptions{Lang: m.Notice.Lang})
		render.RedlineMarkdown(&markdown, m.Notice.Redline, 0)
		frozen[proof.FrozenRedline], frozen[proof.FrozenMarkdown] = page.Bytes(), markdown.Bytes()
	}
	return frozen, nil
}

// catchUp takes from the list what a notice that was begun lacks: addresses of
// people who are due again, and, if asked to, the people who came to the list.
func (m *Mailing) catchUp(ctx context.Context, l *ledger.Ledger) error {
	if m.lacking {
		if _, err := l.Readdress(ctx, m.Notice.ID(), m.addressees()); err != nil {
			return err
		}
	}
	added := m.Change.Added
	switch {
	case added.Count == 0:
	case m.TopUp:
		record := m.forLedger()
		record.Created = m.room.Now()
		n, err := l.TopUp(ctx, record, m.addressees())
		if err != nil {
			return err
		}
		m.room.Say("added %s to %s", policy.Plural(n, "recipient", "recipients"), m.Notice.ID())
	default:
		m.room.Say("codicil: warning: %s came to the list since %s was begun and %s not told: %s; --top-up adds them",
			policy.Plural(added.Count, "person", "people"), m.Notice.ID(), isAre(added.Count), LinesOf(added))
	}
	if gone := m.Change.Removed; gone.Count > 0 {
		m.room.Say("codicil: warning: %s left the list since %s was begun and %s still told: %s of the list of then; `codicil erase` or `suppressions import` spares them",
			policy.Plural(gone.Count, "person", "people"), m.Notice.ID(), isAre(gone.Count), LinesOf(gone))
	}
	return nil
}

func isAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}
