package ledger

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
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
	path     string
	sender   *sql.DB // holds the lock of who sends; nil where nobody does
	archived bool    // it is only read
}

func openSQLite(path string, o Options) (*sql.DB, engine, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, nil, err
	}
	if o.Existing || o.ReadOnly {
		if _, err := os.Stat(path); err != nil {
			return nil, nil, errors.Join(ErrNone, err)
		}
	}
	if o.ReadOnly {
		db, err := sql.Open("sqlite", archived(path))
		return db, &sqliteEngine{path: path, archived: true}, err
	}
	if err := private(path); err != nil {
		return nil, nil, err
	}
	db, err := sql.Open("sqlite", source(path, "busy_timeout(60000)", "foreign_keys(1)", "cache_size(-12000)", "journal_size_limit(67108864)", "secure_delete(1)"))
	if err != nil {
		return nil, nil, err
	}
	db.SetMaxOpenConns(1) // SQLite has one writer
	return db, &sqliteEngine{path: path}, nil
}

// private creates the file so that nobody but its owner can read it. A folder
// that is made for it is left alone by git: it holds the addresses of people.
func private(path string) error {
	folder := filepath.Dir(path)
	if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, ".gitignore"), []byte("*\n"), 0o600); err != nil {
			return err
		}
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// source names the file and the settings of the engine.
func source(path string, pragmas ...string) string {
	query := url.Values{"_pragma": pragmas, "_txlock": {"immediate"}}
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: query.Encode()}).String()
}

// archived names a file that is only read. Where nothing is left to be taken over
// from a write-ahead log, the file is taken as one that nobody changes: then no
// file need be made beside it.
func archived(path string) string {
	query := url.Values{"mode": {"ro"}, "_pragma": {"busy_timeout(60000)"}}
	if info, err := os.Stat(path + "-wal"); err != nil || info.Size() == 0 {
		query.Set("immutable", "1")
	}
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: query.Encode()}).String()
}

// prepare makes sure that the file is ours, keeps other senders out where it is
// opened to send, and makes commits fast: with a write-ahead log a commit is one
// write, and readers wait for nobody.
func (e *sqliteEngine) prepare(db *sql.DB, o Options) error {
	if _, err := e.schema(db); err != nil {
		return e.explain(err)
	}
	if e.archived {
		return nil
	}
	if o.Send {
		if err := e.lock(); err != nil {
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

// explain says in our words what the engine says of a file.
func (e *sqliteEngine) explain(err error) error {
	var fault *sqlite.Error
	if errors.As(err, &fault) && fault.Code()&0xff == sqlite3.SQLITE_NOTADB {
		return errors.New("the file is not a ledger; name another file")
	}
	return err
}

// lock takes what keeps other senders out, and leaves word of who has it. It is
// SQLite's own lock, of a file beside: it ends with the process, whatever ends
// the process, on every system.
func (e *sqliteEngine) lock() error {
	name := e.path + ".lock"
	if err := private(name); err != nil {
		return err
	}
	sender, err := sql.Open("sqlite", source(name, "locking_mode(exclusive)", "journal_mode(off)"))
	if err != nil {
		return err
	}
	sender.SetMaxOpenConns(1)
	_, err = sender.Exec("BEGIN EXCLUSIVE; PRAGMA user_version = 1; COMMIT")
	if err != nil {
		return errors.Join(e.busy(err), sender.Close())
	}
	e.sender = sender
	return os.WriteFile(e.word(), fmt.Appendf(nil, "%d\n", os.Getpid()), 0o600)
}

// word names the file that says who holds the lock.
func (e *sqliteEngine) word() string { return e.path + ".pid" }

func (e *sqliteEngine) busy(err error) error {
	var fault *sqlite.Error
	if !errors.As(err, &fault) {
		return err
	}
	if code := fault.Code() & 0xff; code != sqlite3.SQLITE_BUSY && code != sqlite3.SQLITE_LOCKED {
		return err
	}
	pid, err := os.ReadFile(e.word())
	if err != nil {
		return errors.New("another process sends from it; wait until it has ended")
	}
	return fmt.Errorf("process %s sends from it; wait until it has ended", strings.TrimSpace(string(pid)))
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
func (e *sqliteEngine) snapshot() *sql.TxOptions         { return &sql.TxOptions{ReadOnly: true} }
func (e *sqliteEngine) owner() any                       { return nil }
func (e *sqliteEngine) beat() time.Duration              { return 0 }
func (e *sqliteEngine) renew(context.Context, *tx) error { return nil }

func (e *sqliteEngine) still(ctx context.Context, tx *tx, notice string, id int64) *sql.Row {
	return tx.row(ctx, "SELECT retry IS NOT NULL FROM delivery WHERE id = ? AND notice = ?", id, notice)
}

// One process sends from a file: nothing is claimed in it.
func (e *sqliteEngine) release(context.Context, *tx, []int64) error { return nil }
func (e *sqliteEngine) trustFor() time.Duration                     { return 0 }

func (e *sqliteEngine) due(ctx context.Context, tx *tx, notice string, now time.Time, limit int) (*sql.Rows, error) {
	return tx.query(ctx, "SELECT "+dueColumns+` FROM delivery AS d
		WHERE notice = ? AND retry <= ? AND email <> '' ORDER BY retry, id LIMIT ?`, notice, now.UnixMilli(), limit)
}

// place is the number of the file on its disk: a copy has another, one that was
// moved has not.
func (e *sqliteEngine) place(context.Context, *sql.DB) (string, error) {
	info, err := os.Stat(e.path)
	if err != nil {
		return "", err
	}
	return fileNumber(info), nil
}

// beside names the file with the end of the chain.
func (e *sqliteEngine) beside() string { return e.path + ".head" }

func (e *sqliteEngine) noted() string {
	text, err := os.ReadFile(e.beside())
	if err != nil {
		return "" // nothing was sent yet, or it was taken away
	}
	return strings.TrimSpace(string(text))
}

func (e *sqliteEngine) note(hash string) error {
	next := e.beside() + ".new"
	if err := os.WriteFile(next, []byte(hash+"\n"), 0o600); err != nil {
		return err
	}
	return os.Rename(next, e.beside())
}

// wipe moves the write-ahead log into the file and cuts it to nothing.
func (e *sqliteEngine) wipe(db *sql.DB) error {
	_, err := db.Exec("PRAGMA wal_checkpoint(truncate)")
	return err
}

// holds searches the bytes of the files.
func (e *sqliteEngine) holds(words []string) (bool, error) {
	for _, name := range []string{e.path, e.path + "-wal"} {
		found, err := contains(name, words)
		if found || err != nil && !errors.Is(err, fs.ErrNotExist) {
			return found, err
		}
	}
	return false, nil
}

func (e *sqliteEngine) close(db *sql.DB) error {
	if e.sender == nil {
		return db.Close()
	}
	return errors.Join(os.Remove(e.word()), e.sender.Close(), db.Close())
}

// contains reports whether one of the words is in the bytes of a file.
func contains(name string, words []string) (bool, error) {
	f, err := os.Open(name)
	if err != nil {
		return false, err
	}
	defer f.Close()
	const window = 1 << 20
	longest := 0
	for _, word := range words {
		longest = max(longest, len(word))
	}
	buffer := make([]byte, 0, window+longest)
	for {
		n, err := f.Read(buffer[len(buffer) : len(buffer)+window])
		buffer = buffer[:len(buffer)+n]
		for _, word := range words {
			if word != "" && bytes.Contains(buffer, []byte(word)) {
				return true, nil
			}
		}
		buffer = append(buffer[:0], buffer[max(0, len(buffer)-longest):]...)
		if err == io.EOF {
			return false, nil
		}
		if err != nil {
			return false, err
		}
	}
}
