package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// sqliteEngine is a ledger in one file.
type sqliteEngine struct {
	path   string
	shared bool
}

func openSQLite(path string, o Options) (*sql.DB, engine, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, nil, err
	}
	if o.Existing {
		if _, err := os.Stat(path); err != nil {
			return nil, nil, errors.Join(ErrNone, err)
		}
	}
	if err := private(path); err != nil {
		return nil, nil, err
	}
	db, err := sql.Open("sqlite", source(path, o.Shared))
	if err != nil {
		return nil, nil, err
	}
	db.SetMaxOpenConns(1) // SQLite has one writer, and the lock is the connection's
	return db, &sqliteEngine{path, o.Shared}, nil
}

// private creates the file so that nobody but its owner can read it.
func private(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// source names the file and the settings of the engine. The exclusive lock is
// SQLite's own: it ends with the process, whatever ends the process. Where the
// file is shared, one transaction waits for the other.
func source(path string, shared bool) string {
	lock := "locking_mode(exclusive)"
	if shared {
		lock = "busy_timeout(10000)"
	}
	query := url.Values{"_pragma": {lock, "foreign_keys(1)", "cache_size(-12000)", "journal_size_limit(67108864)"}, "_txlock": {"immediate"}}
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: query.Encode()}).String()
}

// prepare takes the exclusive lock, leaves word of who holds it, and, once the
// file is known to be ours, makes its commits fast: with a write-ahead log a
// commit is one write.
func (e *sqliteEngine) prepare(db *sql.DB, o Options) error {
	if err := e.lock(db); err != nil {
		return err
	}
	if _, err := e.schema(db); err != nil {
		return err
	}
	if !e.shared {
		if err := os.WriteFile(e.word(), fmt.Appendf(nil, "%d\n", os.Getpid()), 0o600); err != nil {
			return err
		}
	}
	synchronous := "normal"
	if o.PowerSafe {
		synchronous = "full"
	}
	if _, err := db.Exec("PRAGMA journal_mode = wal; PRAGMA synchronous = " + synchronous); err != nil {
		return err
	}
	return os.Chmod(e.path, 0o600)
}

func (e *sqliteEngine) lock(db *sql.DB) error {
	_, err := db.Exec("BEGIN EXCLUSIVE; COMMIT")
	var fault *sqlite.Error
	if !errors.As(err, &fault) {
		return err
	}
	switch fault.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return e.busy()
	case sqlite3.SQLITE_NOTADB:
		return errors.New("the file is not a ledger; name another file")
	}
	return err
}

// word names the file that says who holds the lock.
func (e *sqliteEngine) word() string { return e.path + ".pid" }

func (e *sqliteEngine) busy() error {
	pid, err := os.ReadFile(e.word())
	if err != nil {
		return errors.New("another process uses it; wait until it has ended")
	}
	return fmt.Errorf("process %s uses it; wait until it has ended", strings.TrimSpace(string(pid)))
}

// applicationID marks an SQLite file as a ledger of ours ("cdcl").
const applicationID = 0x6364636c

// schema returns the schema of the file: 0 when it is new. It is an error when
// the file is not ours, or from a newer program.
func (e *sqliteEngine) schema(q queryer) (int, error) {
	var version, application, tables int
	err := q.QueryRow(`SELECT user_version, application_id, (SELECT count(*) FROM sqlite_schema)
		FROM pragma_user_version, pragma_application_id`).Scan(&version, &application, &tables)
	if err != nil {
		return 0, err
	}
	if application != applicationID && (application != 0 || version != 0 || tables != 0) {
		return 0, errors.New("the file is an SQLite database of another program; name another file for the ledger")
	}
	return version, known(version)
}

func (e *sqliteEngine) upgrade(tx *tx, step int) error {
	_, err := tx.Exec(fmt.Sprintf("%s; %s; PRAGMA application_id = %d; PRAGMA user_version = %d",
		migrations[step], sqliteTriggers[step], applicationID, step+1))
	return err
}

func (e *sqliteEngine) translate(query string) string    { return query }
func (e *sqliteEngine) guard(context.Context, *tx) error { return nil }
func (e *sqliteEngine) outage(error) bool                { return false }
func (e *sqliteEngine) gather() time.Duration            { return time.Millisecond }
func (e *sqliteEngine) snapshot() *sql.TxOptions         { return nil }
func (e *sqliteEngine) owner() any                       { return nil }
func (e *sqliteEngine) beat() time.Duration              { return 0 }
func (e *sqliteEngine) renew(context.Context, *tx) error { return nil }

func (e *sqliteEngine) still(ctx context.Context, tx *tx, notice string, id int64) *sql.Row {
	return tx.row(ctx, "SELECT retry IS NOT NULL FROM delivery WHERE id = ? AND notice = ?", id, notice)
}

// One process sends from a file: nothing is claimed in it.
func (e *sqliteEngine) release(context.Context, *tx, []int64) error { return nil }
func (e *sqliteEngine) patience() time.Duration                     { return 0 }

func (e *sqliteEngine) due(ctx context.Context, tx *tx, notice string, now time.Time, limit int) (*sql.Rows, error) {
	return tx.query(ctx, "SELECT "+dueColumns+` FROM delivery AS d
		WHERE notice = ? AND retry <= ? ORDER BY retry, id LIMIT ?`, notice, now.UnixMilli(), limit)
}

func (e *sqliteEngine) close(db *sql.DB) error {
	if e.shared {
		return db.Close()
	}
	return errors.Join(os.Remove(e.word()), db.Close())
}
