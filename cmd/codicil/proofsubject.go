package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/policy"
)

// subjectJSON is what is proven about a person whom the operator's own server
// names: what they acknowledged, what they were told, and what bound them.
type subjectJSON struct {
	Policy       string             `json:"policy"`
	On           string             `json:"on"`
	InForce      string             `json:"in_force,omitempty"`
	Bound        string             `json:"bound"` // label, or "none proven"
	Acknowledged []acknowledgedJSON `json:"acknowledged"`
	Told         []recordJSON       `json:"told,omitempty"` // with --recipient
}

type acknowledgedJSON struct {
	Version string `json:"version"`
	SHA256  string `json:"sha256"`
	Shown   string `json:"shown"`
	At      string `json:"at"`
}

// noneProven is the answer where nothing shows that a version was seen.
const noneProven = "none proven"

// proofOfSubject shows notice and acknowledgement side by side.
func (a *app) proofOfSubject(ctx context.Context, w *workspace, reference string, f proofFlags) error {
	id, _, _ := strings.Cut(reference, "@")
	p, err := w.find(id)
	if err != nil {
		return err
	}
	key, err := a.ledgerKey(w, f.ledger)
	if err != nil {
		return err
	}
	register, err := a.openRegister(w, f.ledger, key, true)
	if err != nil {
		return err
	}
	if register == nil {
		return hinted(fmt.Errorf("there is no register %s", w.registerName(f.ledger)), "`codicil serve --public` takes acknowledgements in")
	}
	defer register.Close()
	list, err := register.Acknowledged(ctx, notify.Key(key).Subject(f.subject), p.ID)
	if err != nil {
		return err
	}
	j := subjectJSON{Policy: p.ID, On: a.today().String(), Bound: bound(p, list, a.today()), Acknowledged: []acknowledgedJSON{}}
	if v := p.InForce(a.today()); v != nil {
		j.InForce = v.Label
	}
	for _, ack := range list {
		j.Acknowledged = append(j.Acknowledged, acknowledgedJSON{ack.Label, ack.Digest, ack.Shown, moment(ack.Time)})
	}
	if f.recipient != "" {
		if j.Told, err = a.toldOf(ctx, w, p, f); err != nil {
			return err
		}
	}
	return a.printSubject(j)
}

// bound returns the newest version in force by a day that a person is proven to
// have been shown by then. A version that they never saw is not proven to bind.
func bound(p *policy.Policy, list []notify.Acknowledgement, on policy.Date) string {
	for _, v := range p.Versions {
		if v.Front.Draft || v.From().After(on) {
			continue
		}
		for _, ack := range list {
			if ack.Label == v.Label && ack.Digest == v.SHA256 && !policy.DateOf(ack.Time).After(on) {
				return v.Label
			}
		}
	}
	return noneProven
}

// toldOf returns what the ledger holds about an address, version by version.
func (a *app) toldOf(ctx context.Context, w *workspace, p *policy.Policy, f proofFlags) ([]recordJSON, error) {
	address, err := notify.Normalise(f.recipient)
	if err != nil {
		return nil, usagef("--recipient: %w", err)
	}
	l, err := a.openLedger(w, f.ledger, true)
	if errors.Is(err, ledger.ErrNone) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer l.Close()
	var told []recordJSON
	for _, v := range p.Versions {
		record, err := l.Record(ctx, p.Ref(v), address)
		if err != nil {
			return nil, err
		}
		if record != nil {
			told = append(told, newRecordJSON(p.Ref(v), record))
		}
	}
	return told, nil
}

func (a *app) printSubject(j subjectJSON) error {
	if a.json {
		return printJSON(a.stdout, j)
	}
	fmt.Fprintf(a.stdout, "%s on %s: bound by %s", j.Policy, j.On, j.Bound)
	if j.InForce != "" && j.InForce != j.Bound {
		fmt.Fprintf(a.stdout, " (in force: %s)", j.InForce)
	}
	fmt.Fprintln(a.stdout)
	for _, ack := range j.Acknowledged {
		fmt.Fprintf(a.stdout, "  acknowledged %s on %s, shown as %s, sha256 %s\n", ack.Version, ack.At, ack.Shown, ack.SHA256)
	}
	for _, told := range j.Told {
		fmt.Fprintf(a.stdout, "  notice of %s: %s\n", told.Notice, inWords(told.State))
	}
	return nil
}
