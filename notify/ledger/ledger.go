package ledger

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Options say how a ledger is opened.
type Options struct {
	// Key of the keyed hashes. Without one, the ledger makes its own when it
	// is created and keeps it in its file: then the file alone is enough to
	// test whether an address is in it.
	Key []byte
	// PowerSafe makes each commit wait for the disk, so that a power failure
	// loses no more than a killed process does.
	PowerSafe bool
}

// Ledger is an open ledger. It is safe for concurrent use. While it is open,
// no other process can open the same file.
type Ledger struct {
	db    *sql.DB
	path  string
	key   []byte
	marks chan mark
	ended sync.WaitGroup
	mu    sync.RWMutex // held for reading while a mark is handed over
	shut  bool
}

// Open opens the ledger in the file at path, and creates it with its folder
// when it does not exist.
func Open(path string, o Options) (*Ledger, error) {
	l, err := open(path, o)
	if err != nil {
		return nil, fmt.Errorf("open ledger %s: %w", path, err)
	}
	return l, nil
}

func open(path string, o Options) (*Ledger, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if err := private(path); err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", source(path))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1) // SQLite has one writer, and the lock is the connection's
	l := &Ledger{db: db, path: path, marks: make(chan mark)}
	if err := l.prepare(o); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	l.ended.Go(l.write)
	return l, nil
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
// SQLite's own: it ends with the process, whatever ends the process.
func source(path string) string {
	query := url.Values{"_pragma": {"locking_mode(exclusive)", "foreign_keys(1)"}, "_txlock": {"immediate"}}
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: query.Encode()}).String()
}

// prepare takes the lock, brings the schema up to date and checks the key.
func (l *Ledger) prepare(o Options) error {
	if err := l.lock(); err != nil {
		return err
	}
	version, err := schema(l.db)
	if err != nil {
		return err
	}
	if err := l.settle(o); err != nil {
		return err
	}
	if err := migrate(l.db, version); err != nil {
		return err
	}
	return l.readKey(o.Key)
}

// settle makes the file, now known to be ours, private and its commits fast:
// with a write-ahead log a commit is one write.
func (l *Ledger) settle(o Options) error {
	synchronous := "normal"
	if o.PowerSafe {
		synchronous = "full"
	}
	if _, err := l.db.Exec("PRAGMA journal_mode = wal; PRAGMA synchronous = " + synchronous); err != nil {
		return err
	}
	return os.Chmod(l.path, 0o600)
}

// lock takes the exclusive lock and leaves word of who holds it.
func (l *Ledger) lock() error {
	_, err := l.db.Exec("BEGIN EXCLUSIVE; COMMIT")
	var fault *sqlite.Error
	if errors.As(err, &fault) {
		switch fault.Code() & 0xff {
		case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
			return l.busy()
		case sqlite3.SQLITE_NOTADB:
			return errors.New("the file is not a ledger; name another file")
		}
	}
	if err != nil {
		return err
	}
	return os.WriteFile(l.owner(), fmt.Appendf(nil, "%d\n", os.Getpid()), 0o600)
}

func (l *Ledger) owner() string { return l.path + ".pid" }

// busy says who holds the lock.
func (l *Ledger) busy() error {
	pid, err := os.ReadFile(l.owner())
	if err != nil {
		return errors.New("another process uses it; wait until it has ended")
	}
	return fmt.Errorf("process %s uses it; wait until it has ended", strings.TrimSpace(string(pid)))
}

// The names in the table meta.
const (
	metaKey   = "key"       // the ledger's own key
	metaCheck = "key check" // tells a wrong key that was passed in
	metaHead  = "head"      // the last hash of the chain
)

// readKey takes the key that was passed in, or the ledger's own.
func (l *Ledger) readKey(key []byte) error {
	own, err := l.meta(metaKey)
	if err != nil {
		return err
	}
	check, err := l.meta(metaCheck)
	if err != nil {
		return err
	}
	switch {
	case own != nil && len(key) > 0 || check != nil && len(key) == 0:
		return errors.New("the ledger was made with another key; set CODICIL_LEDGER_KEY as it was then")
	case own != nil:
		l.key = own
	case check != nil && !hmac.Equal(check, keyed(key, metaCheck)):
		return errors.New("CODICIL_LEDGER_KEY is not the key with which the ledger was made")
	case check != nil:
		l.key = key
	case len(key) > 0:
		l.key = key
		return l.setMeta(metaCheck, keyed(key, metaCheck))
	default:
		l.key = make([]byte, sha256.Size)
		rand.Read(l.key) // never fails, as its documentation says
		return l.setMeta(metaKey, l.key)
	}
	return nil
}

func (l *Ledger) meta(name string) ([]byte, error) {
	var value []byte
	err := l.db.QueryRow("SELECT value FROM meta WHERE name = ?", name).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return value, err
}

func (l *Ledger) setMeta(name string, value []byte) error {
	_, err := l.db.Exec("INSERT INTO meta (name, value) VALUES (?, ?)", name, value)
	return err
}

// Key returns the key of the keyed hashes, for the Message-IDs of package
// notify/email.
func (l *Ledger) Key() []byte { return l.key }

// Recipient returns the name by which the ledger knows an address: its keyed
// hash. Capital letters do not matter.
func (l *Ledger) Recipient(address string) []byte {
	return keyed(l.key, "recipient\x00"+strings.ToLower(address))[:16]
}

func keyed(key []byte, text string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(text))
	return mac.Sum(nil)
}

// Close ends the work on the ledger and gives up the lock. Marks that were
// handed over before are committed.
func (l *Ledger) Close() error {
	l.mu.Lock()
	already := l.shut
	l.shut = true
	if !already {
		close(l.marks)
	}
	l.mu.Unlock()
	if already {
		return nil
	}
	l.ended.Wait()
	return errors.Join(os.Remove(l.owner()), l.db.Close())
}

// inTx runs f in one transaction.
func (l *Ledger) inTx(ctx context.Context, f func(tx *sql.Tx) error) error {
	tx, err := l.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // after Commit it does nothing
	if err := f(tx); err != nil {
		return err
	}
	return tx.Commit()
}
