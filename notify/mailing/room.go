package mailing

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/config"
)

// Room is where notices are mailed from: what a configuration says of the
// ledger, the server and the words of a message.
type Room struct {
	Config *config.Config
	Root   string                           // of the work tree; empty where there is none
	Getenv func(string) string              // secrets come from the environment
	Now    func() time.Time                 // dates what is recorded
	Say    func(format string, args ...any) // tells the operator a line
}

// LedgerName returns where the proof is kept: what the flag says, else the
// configuration, else a file beside the repository's own.
func (r *Room) LedgerName(flag string) string {
	switch {
	case flag != "":
		return flag
	case ledger.IsURL(r.Config.Ledger):
		return r.Config.Ledger
	case r.Config.Ledger != "":
		return r.Config.Path(r.Config.Ledger)
	}
	return filepath.Join(r.Root, ".codicil", "ledger.db")
}

// Mode says what a ledger is opened for.
type Mode uint8

// The modes.
const (
	ToUse   Mode = iota // it must exist
	ToMake              // it is made when there is none
	ToSend              // made as well; nobody else may send from it meanwhile
	ToClaim             // as ToSend, though it was copied or put back
)

// OpenLedger opens the ledger.
func (r *Room) OpenLedger(ctx context.Context, flag string, mode Mode) (*ledger.Ledger, error) {
	o := ledger.Options{
		Key: []byte(r.Getenv("CODICIL_LEDGER_KEY")), Existing: mode == ToUse, Send: mode == ToSend || mode == ToClaim, Claim: mode == ToClaim,
		PowerSafe: r.Config.Durable == config.DurablePower,
	}
	if text := r.Getenv("CODICIL_LEDGER_LEASE"); text != "" {
		var err error
		if o.Lease, err = time.ParseDuration(text); err != nil {
			return nil, policy.Hinted(fmt.Errorf("CODICIL_LEDGER_LEASE: %q is not a time", text), "write it as 2m or 30s")
		}
	}
	l, err := ledger.Open(r.LedgerName(flag), o)
	if mode == ToUse && unwritable(err) {
		o.ReadOnly = true
		return ledger.Open(r.LedgerName(flag), o)
	}
	if errors.Is(err, ledger.ErrCopied) {
		return nil, policy.Hinted(err, "when nothing was sent from the other since, take it over once with --claim")
	}
	if err != nil {
		return nil, err
	}
	if err := r.tidy(ctx, flag, l); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// unwritable reports whether a file can be read and not written.
func unwritable(err error) bool {
	return errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS)
}

// UseLedger opens a ledger that must exist, and says what to do when it does
// not.
func (r *Room) UseLedger(ctx context.Context, flag string) (*ledger.Ledger, error) {
	l, err := r.OpenLedger(ctx, flag, ToUse)
	if errors.Is(err, ledger.ErrNone) {
		return nil, policy.Hinted(fmt.Errorf("there is no ledger %s", r.LedgerName(flag)), "nothing was sent yet, or name the ledger with --ledger")
	}
	return l, err
}

// RegisterName returns where followers and what comes in from outside are kept:
// with the ledger in a database, beside it as a file, so that a notice can be
// sent while the pages are served.
func (r *Room) RegisterName(flag string) string {
	name := r.LedgerName(flag)
	if ledger.IsURL(name) {
		return name
	}
	return filepath.Join(filepath.Dir(name), "register.db")
}

// OpenRegister opens the register with the key of the ledger. Without one to
// open, where it must exist, it returns nil.
func (r *Room) OpenRegister(flag string, key []byte, existing bool) (*ledger.Ledger, error) {
	name := r.RegisterName(flag)
	if _, err := os.Stat(name); existing && !ledger.IsURL(name) && errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	l, err := ledger.Open(name, ledger.Options{Key: key, Existing: existing, PowerSafe: r.Config.Durable == config.DurablePower})
	if errors.Is(err, ledger.ErrNone) {
		return nil, nil
	}
	return l, err
}

// LedgerKey returns the key of the ledger: from the environment, else its own.
// A ledger that keeps its own is made when there is none.
func (r *Room) LedgerKey(ctx context.Context, flag string) ([]byte, error) {
	if key := r.Getenv("CODICIL_LEDGER_KEY"); key != "" {
		return []byte(key), nil
	}
	l, err := r.OpenLedger(ctx, flag, ToMake)
	if err != nil {
		return nil, policy.Hinted(err, "set CODICIL_LEDGER_KEY, so that the ledger need not be opened for its key")
	}
	defer l.Close()
	return l.Key(), nil
}

// Ledgers opens the ledger and, beside a file, the register: both know who must
// not be mailed. The function that it returns closes them.
func (r *Room) Ledgers(ctx context.Context, flag string) ([]*ledger.Ledger, func(), error) {
	l, err := r.UseLedger(ctx, flag)
	if err != nil {
		return nil, nil, err
	}
	list := []*ledger.Ledger{l}
	register, err := r.OpenRegister(flag, l.Key(), true)
	if err != nil {
		return nil, nil, errors.Join(err, l.Close())
	}
	if register != nil {
		list = append(list, register)
	}
	return list, func() {
		for _, l := range list {
			_ = l.Close() // what was written is committed
		}
	}, nil
}

// tidy has a ledger take over what came in from outside, and forget the
// addresses whose time is up: whoever opens it.
func (r *Room) tidy(ctx context.Context, flag string, l *ledger.Ledger) error {
	register, err := r.OpenRegister(flag, l.Key(), true)
	if err != nil {
		return err
	}
	if register != nil {
		defer register.Close()
		if err := l.ImportFrom(ctx, register); err != nil {
			return err
		}
	}
	return r.forget(ctx, l)
}

// forget removes the addresses whose time is up from a ledger.
func (r *Room) forget(ctx context.Context, l *ledger.Ledger) error {
	retain, _ := r.Config.Retention() // checked when it was read
	return l.Forget(ctx, r.Now().Add(time.Millisecond-retain))
}
