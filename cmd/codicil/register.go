package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/policy/config"
	"github.com/codicil/codicil/policy/notice"
	"github.com/codicil/codicil/policy/workspace"
)

// registerName returns where followers and what comes in from outside are kept:
// with the ledger in a database, beside it as a file, so that a notice can be
// sent while the pages are served.
func registerName(w *workspace.Workspace, flag string) string {
	name := ledgerName(w, flag)
	if ledger.IsURL(name) {
		return name
	}
	return filepath.Join(filepath.Dir(name), "register.db")
}

// openRegister opens the register with the key of the ledger. Without one to
// open, where it must exist, it returns nil.
func (a *app) openRegister(w *workspace.Workspace, flag string, key []byte, existing bool) (*ledger.Ledger, error) {
	name := registerName(w, flag)
	if _, err := os.Stat(name); existing && !ledger.IsURL(name) && errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	l, err := ledger.Open(name, ledger.Options{Key: key, Existing: existing, PowerSafe: w.Config.Durable == config.DurablePower})
	if errors.Is(err, ledger.ErrNone) {
		return nil, nil
	}
	return l, err
}

// ledgerKey returns the key of the ledger: from the environment, else its own.
// A ledger that keeps its own is made when there is none.
func (a *app) ledgerKey(ctx context.Context, w *workspace.Workspace, flag string) ([]byte, error) {
	if key := a.getenv("CODICIL_LEDGER_KEY"); key != "" {
		return []byte(key), nil
	}
	l, err := a.openLedger(ctx, w, flag, toMake)
	if err != nil {
		return nil, hinted(err, "set CODICIL_LEDGER_KEY, so that the ledger need not be opened for its key")
	}
	defer l.Close()
	return l.Key(), nil
}

// consultRegister has a notice to followers go to those of the register, unless
// a list is named, and heeds who asked not to be mailed.
func (a *app) consultRegister(ctx context.Context, m *mailing, f notifyFlags) error {
	var err error
	if m.register, err = a.openRegister(m.workspace, f.ledger, m.key, true); err != nil || m.register == nil {
		return err
	}
	list, err := m.register.Suppressed(ctx, m.forLedger())
	if err != nil {
		return err
	}
	for recipient, why := range list {
		m.withhold(recipient, why)
	}
	if m.notice.Class == notice.Follower && f.recipients == "" {
		m.followers = m.register.Followers(ctx, m.notice.PolicyID)
	}
	return nil
}

// tidy has a ledger take over what came in from outside, and forget the
// addresses whose time is up: whichever verb opens it.
func (a *app) tidy(ctx context.Context, w *workspace.Workspace, flag string, l *ledger.Ledger) error {
	register, err := a.openRegister(w, flag, l.Key(), true)
	if err != nil {
		return err
	}
	if register != nil {
		defer register.Close()
		if err := l.ImportFrom(ctx, register); err != nil {
			return err
		}
	}
	retain, _ := w.Config.Retention() // checked when it was read
	return l.Forget(ctx, a.now().Add(time.Millisecond-retain))
}

// close lets go of the register.
func (m *mailing) close() {
	if m.register != nil {
		_ = m.register.Close() // it was only read
	}
}
