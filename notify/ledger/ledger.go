package ledger

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/codicil/codicil/notify"
)

// Options say how a ledger is opened.
type Options struct {
	// Key of the keyed hashes. Without one, the ledger makes its own when it
	// is created and keeps it: then the ledger alone is enough to test whether
	// an address is in it.
	Key []byte
	// KeepKey keeps the key in a ledger that is made with one.
	KeepKey bool
	// PowerSafe makes each commit wait for the disk, so that a power failure
	// loses no more than a killed process does. PostgreSQL does so unless its
	// own settings say otherwise.
	PowerSafe bool
	// Existing refuses to create a ledger.
	Existing bool
	// Send opens the ledger to send from it. One process at a time does so from
	// a file, while others read it and take people off; from a database several
	// may.
	Send bool
	// ReadOnly opens a ledger that cannot be written, such as an archived one.
	ReadOnly bool
	// Claim sends from a ledger that was copied or put back. Only the operator
	// knows that nothing was sent from the other since.
	Claim bool
	// Lease is how long a process in PostgreSQL keeps what it has claimed after
	// its last sign of life; default 2 minutes.
	Lease time.Duration
}

// ErrNone is the error of opening a ledger that must exist and does not.
var ErrNone = errors.New("there is no ledger yet")

// Ledger is an open ledger. It is safe for concurrent use, and other processes
// may have it open.
type Ledger struct {
	db     *sql.DB
	engine engine
	key    notify.Key
	ready  map[string]*sql.Stmt // what every mark runs, prepared once
	marks  chan mark
	ended  sync.WaitGroup
	fresh  freshness
	heeds  heed
	id     string       // tells this ledger from others
	mu     sync.RWMutex // held for reading while a mark is handed over
	shut   bool
}

// engine is what differs between the databases.
type engine interface {
	// prepare takes what keeps others out, and says which schema there is.
	prepare(db *sql.DB, o Options) error
	schema(q queryer) (int, error)
	upgrade(tx *tx, step int) error
	// translate writes a statement as the engine reads it.
	translate(query string) string
	// guard lets one transaction at a time write, among all processes.
	guard(ctx context.Context, tx *tx) error
	// outage reports whether an error will pass by itself.
	outage(err error) bool
	// gather is how long a mark waits for others to share its commit.
	gather() time.Duration
	snapshot() *sql.TxOptions
	// due claims deliveries where others could take them.
	due(ctx context.Context, tx *tx, notice string, now time.Time, limit int) (*sql.Rows, error)
	// still asks whether a delivery is open, and claimed by this process.
	still(ctx context.Context, tx *tx, notice string, id int64) *sql.Row
	release(ctx context.Context, tx *tx, ids []int64) error
	// trustFor is how long after its last sign of life a process may trust its
	// claims without asking; 0 for ever.
	trustFor() time.Duration
	owner() any // of claims; nil where there are none
	beat() time.Duration
	renew(ctx context.Context, tx *tx) error
	// place is where the ledger lies, so that a copy is known as one; empty where
	// that cannot be told. noted is the last hash that was noted down beside it.
	place(ctx context.Context, db *sql.DB) (string, error)
	noted() string
	note(hash string) error
	// wipe removes what was deleted from what the engine keeps beside its
	// tables, and holds reports whether a word is in its files.
	wipe(db *sql.DB) error
	holds(words []string) (bool, error)
	close(db *sql.DB) error
}

// Open opens the ledger in the file or the PostgreSQL database
// (postgres://user@host/database) of the given name, and creates it when it
// does not exist.
func Open(name string, o Options) (*Ledger, error) {
	l, err := open(name, o)
	if err != nil {
		if u, bad := url.Parse(name); bad == nil {
			name = u.Redacted()
		}
		return nil, fmt.Errorf("open ledger %s: %w", name, err)
	}
	return l, nil
}

// IsURL reports whether the name of a ledger is that of a database, not of a
// file.
func IsURL(name string) bool {
	return strings.HasPrefix(name, "postgres://") || strings.HasPrefix(name, "postgresql://")
}

func open(name string, o Options) (*Ledger, error) {
	connect := openSQLite
	if IsURL(name) {
		connect = openPostgres
	}
	db, e, err := connect(name, o)
	if err != nil {
		return nil, err
	}
	l := &Ledger{db: db, engine: e, marks: make(chan mark)}
	if err := l.prepare(o); err != nil {
		return nil, errors.Join(err, e.close(db))
	}
	l.ended.Go(l.write)
	return l, nil
}

// prepare brings the schema up to date and checks the key.
func (l *Ledger) prepare(o Options) error {
	if err := l.engine.prepare(l.db, o); err != nil {
		return err
	}
	ready, err := l.standsReady(o)
	if err != nil || ready && o.ReadOnly {
		return err
	}
	if o.ReadOnly {
		return errors.New("it is of an older program and cannot be written; open it once where it can, as `codicil proof` does")
	}
	if !ready {
		if err := l.make(o); err != nil {
			return err
		}
	}
	if o.Send {
		if err := l.claim(o); err != nil {
			return err
		}
	}
	return l.prepareMarks()
}

// standsReady reads the key of a ledger that has the newest schema. It reports
// false, and changes nothing, for one that is to be made or brought up to date:
// who only reads waits for no writer.
func (l *Ledger) standsReady(o Options) (ready bool, err error) {
	version, err := l.engine.schema(l.db)
	if err != nil || version < len(migrations) {
		return false, err
	}
	err = l.view(context.Background(), func(tx *tx) error {
		for _, name := range []string{metaID, metaCheck, metaKey} {
			value, err := tx.meta(name)
			if err != nil {
				return err
			}
			switch {
			case name == metaID && value == nil:
				return nil
			case name == metaID:
				l.id = string(value)
			case value != nil:
				ready = true
			}
		}
		if !ready {
			return nil
		}
		return l.readKey(tx, o)
	})
	return ready, err
}

// make makes the tables, and what tells the ledger from others.
func (l *Ledger) make(o Options) error {
	if err := l.migrate(); err != nil {
		return err
	}
	return l.inTx(context.Background(), func(tx *tx) error {
		if err := l.readKey(tx, o); err != nil {
			return err
		}
		return l.readID(tx)
	})
}

// ErrCopied is the error of sending from a ledger that is a copy, or was put back
// from an earlier one: what was sent since is not in it.
var ErrCopied = errors.New("the ledger is a copy, or was put back from one: what was sent from the other since would be sent again")

// claim makes sure that the ledger is where it was last sent from.
func (l *Ledger) claim(o Options) error {
	ctx := context.Background()
	here, err := l.engine.place(ctx, l.db)
	if err != nil || here == "" {
		return err
	}
	noted := l.engine.noted()
	return l.inTx(ctx, func(tx *tx) error {
		home, err := tx.meta(metaHome)
		if err != nil {
			return err
		}
		moved := home != nil && string(home) != here
		if strings.Trim(noted, "0") != "" && !moved { // zeros: nothing was on record
			known, err := tx.find(ctx, noted)
			if err != nil {
				return err
			}
			moved = known == 0
		}
		if moved && !o.Claim {
			return ErrCopied
		}
		return tx.setMeta(metaHome, []byte(here))
	})
}

// readID gives the ledger its own word, once.
func (l *Ledger) readID(tx *tx) error {
	id, err := tx.meta(metaID)
	if err != nil {
		return err
	}
	if id == nil {
		id = []byte(rand.Text())
		err = tx.setMeta(metaID, id)
	}
	l.id = string(id)
	return err
}

// The names in the table meta.
const (
	metaKey     = "key"       // the ledger's own key
	metaCheck   = "key check" // tells a wrong key that was passed in
	metaHead    = "head"      // the last hash of the chain
	metaSeal    = "seal"      // of who has the key, over the head
	metaHome    = "home"      // where it was last sent from
	metaID      = "id"        // tells this ledger from others
	metaRecheck = "touched"   // changes whenever somebody must not be mailed any more
)

// readKey takes the key that was passed in, or the ledger's own.
func (l *Ledger) readKey(tx *tx, o Options) error {
	key := notify.Key(o.Key)
	own, err := tx.meta(metaKey)
	if err != nil {
		return err
	}
	check, err := tx.meta(metaCheck)
	if err != nil {
		return err
	}
	switch {
	case own != nil && string(own) == string(key):
		l.key = own
	case own != nil && len(key) > 0 || check != nil && len(key) == 0:
		return errors.New("the ledger was made with another key; set CODICIL_LEDGER_KEY as it was then")
	case own != nil:
		l.key = own
	case check != nil && string(check) != string(key.Check()):
		return errors.New("CODICIL_LEDGER_KEY is not the key with which the ledger was made")
	case check != nil:
		l.key = key
	case len(key) > 0 && o.KeepKey:
		l.key = key
		return tx.setMeta(metaKey, key)
	case len(key) > 0:
		l.key = key
		return tx.setMeta(metaCheck, key.Check())
	default:
		l.key = make([]byte, sha256.Size)
		rand.Read(l.key) // never fails, as its documentation says
		return tx.setMeta(metaKey, l.key)
	}
	return nil
}

// Key returns the key of the keyed hashes.
func (l *Ledger) Key() notify.Key { return l.key }

// Recipient returns the name by which the ledger knows an address.
func (l *Ledger) Recipient(address string) []byte { return l.key.Recipient(address) }

// Close ends the work on the ledger and gives up what it holds. Marks that
// were handed over before are committed.
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
	for _, statement := range l.ready {
		_ = statement.Close() // the database is closed next
	}
	return l.engine.close(l.db)
}
