package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/ledger"
)

// recipients reads the list, row by row. It can be read again.
func (m *mailing) recipients() iter.Seq2[notify.Recipient, error] { return m.rows(notify.Recipients) }

// rows reads the list by way of a reader, and fails in the end when it is not
// the list that was read first.
func (m *mailing) rows(read func(string, io.Reader) iter.Seq2[notify.Recipient, error]) iter.Seq2[notify.Recipient, error] {
	if m.followers != nil {
		return m.followers
	}
	return func(yield func(notify.Recipient, error) bool) {
		if m.list == "" {
			return
		}
		file, err := openList(m.list)
		if err != nil {
			yield(notify.Recipient{}, fmt.Errorf("read the recipients: %w", err))
			return
		}
		defer file.Close()
		sum := sha256.New()
		for r, err := range read(m.list, io.TeeReader(file, sum)) {
			if !yield(r, err) {
				return
			}
		}
		if digest := hex.EncodeToString(sum.Sum(nil)); m.digest == "" {
			m.digest = digest
		} else if m.digest != digest {
			yield(notify.Recipient{}, errors.New("the list of recipients changed while it was read"))
		}
	}
}

// openList opens a list of recipients; what is no file, such as a device or a
// pipe that nobody writes to, is refused.
func openList(name string) (*os.File, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, hinted(fmt.Errorf("%s is not a regular file", name), "give a list that is made on the way by standard input: --recipients -")
	}
	return os.Open(name)
}

// told gives those of the list who are told, repeated ones again.
func (m *mailing) told() iter.Seq2[notify.Recipient, error] {
	return notify.Addressees(m.rows(notify.RepeatedRecipients), m.notice.Class)
}

// spool copies a list from standard input to a file, so that it can be read
// twice: for the plan and for the ledger.
func spool(in io.Reader) (string, error) {
	f, err := os.CreateTemp("", "codicil-recipients-*")
	if err != nil {
		return "", fmt.Errorf("keep the recipients: %w", err)
	}
	_, err = io.Copy(f, in)
	if err := errors.Join(err, f.Close()); err != nil {
		return "", fmt.Errorf("keep the recipients: %w", errors.Join(err, os.Remove(f.Name())))
	}
	return f.Name(), nil
}

// consult asks the ledger and the register, where they are, who must not be
// mailed and whether the notice was begun before.
func (a *app) consult(ctx context.Context, m *mailing, f notifyFlags) error {
	if err := a.consultLedger(ctx, m, f); err != nil {
		return err
	}
	if len(m.key) == 0 {
		m.key = []byte(a.getenv("CODICIL_LEDGER_KEY"))
	}
	if len(m.key) == 0 {
		return nil
	}
	return a.consultRegister(ctx, m, f)
}

func (a *app) consultLedger(ctx context.Context, m *mailing, f notifyFlags) error {
	name := m.workspace.ledgerName(f.ledger)
	if _, err := os.Stat(name); err != nil && !ledger.IsURL(name) {
		return nil
	}
	l, err := a.openLedger(m.workspace, f.ledger, true)
	if errors.Is(err, ledger.ErrNone) {
		return nil
	}
	if err != nil {
		return err
	}
	defer l.Close()
	begun, err := l.Notice(ctx, m.notice.ID())
	if err != nil {
		return err
	}
	if begun != nil {
		counts, err := l.Counts(ctx, m.notice.ID())
		if err != nil {
			return err
		}
		m.begun = &counts
	}
	list, err := l.Suppressed(ctx, m.record())
	if err != nil {
		return err
	}
	m.key = l.Key()
	for recipient, why := range list {
		m.withhold(recipient, why)
	}
	return nil
}

// withhold notes who must not be mailed, by their name in the ledger.
func (m *mailing) withhold(recipient, why string) {
	if m.withheld == nil {
		m.withheld = make(map[string]string)
	}
	m.withheld[recipient] = why
}

// suppressed reports whether somebody must not be mailed, and why.
func (m *mailing) suppressed(r notify.Recipient) (string, bool) {
	if len(m.withheld) == 0 {
		return "", false
	}
	why, yes := m.withheld[string(m.key.Recipient(r.Email))]
	return why, yes
}

// record is what the ledger is told of the notice.
func (m *mailing) record() ledger.Notice {
	return ledger.Notice{
		ID: m.notice.ID(), Policy: m.notice.PolicyID, Label: m.notice.Label, Class: string(m.notice.Class),
		Revision: m.version.Commit, Path: m.version.Path, Digest: m.version.SHA256,
	}
}

// ledgerName returns where the proof is kept: what the flag says, else the
// configuration, else a file beside the repository's own.
func (w *workspace) ledgerName(flag string) string {
	switch {
	case flag != "":
		return flag
	case ledger.IsURL(w.config.Ledger):
		return w.config.Ledger
	case w.config.Ledger != "":
		return w.config.path(w.config.Ledger)
	}
	return filepath.Join(w.repo.Root(), ".codicil", "ledger.db")
}

func (a *app) openLedger(w *workspace, flag string, existing bool) (*ledger.Ledger, error) {
	o := ledger.Options{Key: []byte(a.getenv("CODICIL_LEDGER_KEY")), Existing: existing, PowerSafe: w.config.Durable == durablePower}
	if text := a.getenv("CODICIL_LEDGER_LEASE"); text != "" {
		var err error
		if o.Lease, err = time.ParseDuration(text); err != nil {
			return nil, hinted(fmt.Errorf("CODICIL_LEDGER_LEASE: %q is not a time", text), "write it as 2m or 30s")
		}
	}
	return ledger.Open(w.ledgerName(flag), o)
}

// readRate reads a rate such as 600/min; an empty one is no bound.
func readRate(key, text string) (notify.Rate, error) {
	units := map[string]time.Duration{"s": time.Second, "min": time.Minute, "h": time.Hour, "d": 24 * time.Hour}
	if text == "" {
		return notify.Rate{}, nil
	}
	var n int
	var unit string
	_, err := fmt.Sscanf(strings.Replace(text, "/", " ", 1), "%d %s", &n, &unit)
	per, known := units[unit]
	if err != nil || n <= 0 || !known {
		return notify.Rate{}, hinted(fmt.Errorf("%s: %s is not a rate", key, text),
			"write how many messages in which time: 600/min, 10/s, 5000/h or 5000/d")
	}
	return notify.Rate{Count: n, Per: per}, nil
}

// mailed returns how long the configured list takes at the configured rate; 0
// when one of them is not known.
func (w *workspace) mailed() time.Duration {
	rate, err := readRate("email.rate", w.config.Email.Rate)
	if err != nil {
		return 0
	}
	list, err := w.config.recipients()
	if err != nil {
		return 0
	}
	m := &mailing{workspace: w, list: list}
	n := 0
	for r := range m.recipients() {
		if r.Email != "" {
			n++
		}
	}
	return time.Duration(n) * rate.Interval()
}
