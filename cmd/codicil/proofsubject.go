package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/notify/mailing"
	"github.com/codicil/codicil/notify/proof"
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/workspace"
)

// proofOfSubject shows notice and acknowledgement side by side.
func (a *app) proofOfSubject(ctx context.Context, w *workspace.Workspace, reference string, f proofFlags) error {
	id, _, _ := strings.Cut(reference, "@")
	p, err := w.Find(id)
	if err != nil {
		return err
	}
	key, err := a.room(w).LedgerKey(ctx, f.ledger)
	if err != nil {
		return err
	}
	register, err := a.room(w).OpenRegister(f.ledger, key, true)
	if err != nil {
		return err
	}
	if register == nil {
		return hinted(fmt.Errorf("there is no register %s", a.room(w).RegisterName(f.ledger)), "`codicil serve --public` takes acknowledgements in")
	}
	defer register.Close()
	list, err := register.Acknowledged(ctx, notify.Key(key).Subject(f.subject), p.ID)
	if err != nil {
		return err
	}
	j := proof.NewSubject(p, list, a.today())
	if f.recipient != "" {
		if j.Told, err = a.toldOf(ctx, w, p, f); err != nil {
			return err
		}
	}
	return a.printSubject(j)
}

// toldOf returns what the ledger holds about an address, version by version.
func (a *app) toldOf(ctx context.Context, w *workspace.Workspace, p *policy.Policy, f proofFlags) ([]proof.Record, error) {
	address, err := notify.Normalise(f.recipient)
	if err != nil {
		return nil, usagef("--recipient: %w", err)
	}
	l, err := a.room(w).OpenLedger(ctx, f.ledger, mailing.ToUse)
	if errors.Is(err, ledger.ErrNone) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer l.Close()
	return proof.RecordsOf(ctx, l, p, address)
}

func (a *app) printSubject(j proof.Subject) error {
	if a.json {
		return printJSON(a.stdout, j)
	}
	j.Describe(a.stdout)
	return nil
}
