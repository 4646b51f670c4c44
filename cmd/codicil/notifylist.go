package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/policy/config"
	"github.com/codicil/codicil/policy/workspace"
)

// recipients reads the list, row by row. It can be read again.
func (m *mailing) recipients() iter.Seq2[notify.Recipient, error] { return m.rows(notify.Recipients) }

// rows reads the list by way of a reader, and fails in the end when it is not
// the list that was read first.
func (m *mailing) rows(read func(string, io.Reader) iter.Seq2[notify.Recipient, error]) iter.Seq2[notify.Recipient, error] {
	if m.followers != nil {
		return m.ofFollowers()
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
			if r.Email != "" && !m.toCorrect(r) {
				continue
			}
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

// ofFollowers gives the followers whom the notice concerns.
func (m *mailing) ofFollowers() iter.Seq2[notify.Recipient, error] {
	return func(yield func(notify.Recipient, error) bool) {
		for r, err := range m.followers {
			if err == nil && !m.toCorrect(r) {
				continue
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

// addressees gives those of the list who are told, repeated ones again.
func (m *mailing) addressees() iter.Seq2[notify.Recipient, error] {
	return notify.Addressees(m.rows(notify.RepeatedRecipients), m.notice.Class)
}

// sameList reports whether the list is the one with which the notice was begun,
// to the byte, or there is none now.
func (m *mailing) sameList() (bool, error) {
	switch {
	case m.followers != nil:
		return false, nil
	case m.list == "":
		return true, nil
	}
	file, err := openList(m.list)
	if err != nil {
		return false, fmt.Errorf("read the recipients: %w", err)
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return false, fmt.Errorf("read the recipients: %w", err)
	}
	return hex.EncodeToString(sum.Sum(nil)) == m.record.List, nil
}

// compareList finds who came to the list, and who left it, since the notice was
// begun.
func (a *app) compareList(ctx context.Context, m *mailing, f notifyFlags) error {
	l, err := a.openLedger(ctx, m.workspace, f.ledger, toUse)
	if err != nil {
		return err
	}
	defer l.Close()
	m.change, err = l.Compare(ctx, m.notice.ID(), m.addressees())
	return err
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
	name := ledgerName(m.workspace, f.ledger)
	if _, err := os.Stat(name); err != nil && !ledger.IsURL(name) {
		return nil
	}
	l, err := a.openLedger(ctx, m.workspace, f.ledger, toUse)
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
		m.begun, m.record = &counts, begun
		if m.toldDay, err = toldBy(ctx, l, begun); err != nil {
			return err
		}
		if m.lacking, err = l.Lacking(ctx, m.notice.ID()); err != nil {
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

// forLedger is what the ledger is told of the notice.
func (m *mailing) forLedger() ledger.Notice {
	return ledger.Notice{
		ID: m.notice.ID(), Policy: m.notice.PolicyID, Label: m.notice.Label, Class: string(m.notice.Class),
		Revision: m.version.Commit, Path: m.version.Path, Digest: m.version.SHA256,
		List: m.digest, Late: m.notice.Late, Corrects: m.corrects(),
	}
}

// corrects returns the id of the notice that this one corrects, if any.
func (m *mailing) corrects() string {
	if m.notice.Correction == nil {
		return ""
	}
	return m.notice.Correction.Of
}

// ledgerName returns where the proof is kept: what the flag says, else the
// configuration, else a file beside the repository's own.
func ledgerName(w *workspace.Workspace, flag string) string {
	switch {
	case flag != "":
		return flag
	case ledger.IsURL(w.Config.Ledger):
		return w.Config.Ledger
	case w.Config.Ledger != "":
		return w.Config.Path(w.Config.Ledger)
	}
	return filepath.Join(w.Repo.Root(), ".codicil", "ledger.db")
}

// openLedger opens the ledger; mode says what for.
func (a *app) openLedger(ctx context.Context, w *workspace.Workspace, flag string, mode ledgerMode) (*ledger.Ledger, error) {
	o := ledger.Options{
		Key: []byte(a.getenv("CODICIL_LEDGER_KEY")), Existing: mode == toUse, Send: mode == toSend || mode == toClaim, Claim: mode == toClaim,
		PowerSafe: w.Config.Durable == config.DurablePower,
	}
	if text := a.getenv("CODICIL_LEDGER_LEASE"); text != "" {
		var err error
		if o.Lease, err = time.ParseDuration(text); err != nil {
			return nil, hinted(fmt.Errorf("CODICIL_LEDGER_LEASE: %q is not a time", text), "write it as 2m or 30s")
		}
	}
	l, err := ledger.Open(ledgerName(w, flag), o)
	if mode == toUse && unwritable(err) {
		o.ReadOnly = true
		return ledger.Open(ledgerName(w, flag), o)
	}
	if errors.Is(err, ledger.ErrCopied) {
		return nil, hinted(err, "when nothing was sent from the other since, take it over once with --claim")
	}
	if err != nil {
		return nil, err
	}
	if err := a.tidy(ctx, w, flag, l); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// unwritable reports whether a file can be read and not written.
func unwritable(err error) bool {
	return errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS)
}

// ledgerMode says what a ledger is opened for.
type ledgerMode uint8

// The modes.
const (
	toUse   ledgerMode = iota // it must exist
	toMake                    // it is made when there is none
	toSend                    // made as well; nobody else may send from it meanwhile
	toClaim                   // as toSend, though it was copied or put back
)

// useLedger opens a ledger that must exist, and says what to do when it does
// not.
func (a *app) useLedger(ctx context.Context, w *workspace.Workspace, flag string) (*ledger.Ledger, error) {
	l, err := a.openLedger(ctx, w, flag, toUse)
	if errors.Is(err, ledger.ErrNone) {
		return nil, hinted(fmt.Errorf("there is no ledger %s", ledgerName(w, flag)), "nothing was sent yet, or name the ledger with --ledger")
	}
	return l, err
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
func mailed(w *workspace.Workspace) time.Duration {
	rate, err := readRate("email.rate", w.Config.Email.Rate)
	if err != nil {
		return 0
	}
	list, err := w.Config.RecipientsFile()
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
