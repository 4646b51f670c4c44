package ledger

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/codicil/codicil/notify"
)

// tx is a transaction that translates its statements.
type tx struct {
	*sql.Tx
	engine engine
	ready  map[string]*sql.Stmt
	key    notify.Key

	// What the transaction has gathered, for its end.
	end        *tail
	tallies    map[string]*tally
	suppressed bool // somebody was taken off the lists
}

// queryer is a transaction or the database itself.
type queryer interface {
	QueryRow(query string, args ...any) *sql.Row
}

func (t *tx) exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if statement, ok := t.ready[query]; ok {
		return t.StmtContext(ctx, statement).ExecContext(ctx, args...)
	}
	return t.ExecContext(ctx, t.engine.translate(query), args...)
}

func (t *tx) query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return t.QueryContext(ctx, t.engine.translate(query), args...)
}

func (t *tx) row(ctx context.Context, query string, args ...any) *sql.Row {
	if statement, ok := t.ready[query]; ok {
		return t.StmtContext(ctx, statement).QueryRowContext(ctx, args...)
	}
	return t.QueryRowContext(ctx, t.engine.translate(query), args...)
}

// changed runs a statement and returns how many rows it changed.
func (t *tx) changed(ctx context.Context, query string, args ...any) (int64, error) {
	res, err := t.exec(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

func (t *tx) meta(name string) ([]byte, error) {
	var value []byte
	err := t.row(context.Background(), getMeta, name).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return value, err
}

// Reading and writing what is kept by name.
const (
	getMeta = "SELECT value FROM meta WHERE name = ?"
	setMeta = "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)

func (t *tx) setMeta(name string, value []byte) error {
	_, err := t.exec(context.Background(), setMeta, name, value)
	return err
}

// How long a database may be away, as when it restarts, and how often it is
// asked meanwhile.
const (
	outageWait  = 250 * time.Millisecond
	outageTries = 240
)

// inTx runs f in one transaction that no other writes beside. When the
// database goes away, f is run again once it is back: what f did then may be
// committed already.
func (l *Ledger) inTx(ctx context.Context, f func(*tx) error) error {
	return l.lasting(ctx, nil, func(tx *tx) error {
		if err := l.engine.guard(ctx, tx); err != nil {
			return err
		}
		if err := f(tx); err != nil {
			return err
		}
		return tx.flush(ctx)
	})
}

// view runs f on the ledger as it is at one moment.
func (l *Ledger) view(ctx context.Context, f func(*tx) error) error {
	return l.lasting(ctx, l.engine.snapshot(), f)
}

func (l *Ledger) lasting(ctx context.Context, o *sql.TxOptions, f func(*tx) error) error {
	for try := 0; ; try++ {
		err := l.once(ctx, o, f)
		if err == nil || try == outageTries || !l.engine.outage(err) {
			return err
		}
		select {
		case <-time.After(outageWait):
		case <-ctx.Done():
			return err
		}
	}
}

func (l *Ledger) once(ctx context.Context, o *sql.TxOptions, f func(*tx) error) error {
	t, err := l.db.BeginTx(ctx, o)
	if err != nil {
		return err
	}
	defer t.Rollback() // after Commit it does nothing
	inside := &tx{Tx: t, engine: l.engine, ready: l.ready, key: l.key}
	if err := f(inside); err != nil {
		return err
	}
	err = t.Commit()
	if inside.suppressed {
		l.fresh.forget()
	}
	return err
}
