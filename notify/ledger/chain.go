package ledger

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/codicil/codicil/notify"
)

// Attempt is the record of one try to deliver.
type Attempt struct {
	notify.Attempt
	Seq       int64 // place in the chain, from 1
	Notice    string
	Recipient []byte // keyed hash of the address
	Hash      []byte
}

// digest returns the hash of the record: SHA-256 over the hash before it and
// its fields, each as a netstring (its length in decimal, a colon, its bytes,
// a comma), so that no two records give the same bytes. Hashes stand in it in
// hex and times in milliseconds since 1970, so that a record written as text
// can be checked without this program.
func (a *Attempt) digest(before []byte) []byte {
	var b []byte
	for _, field := range []string{
		hex.EncodeToString(before), strconv.FormatInt(a.Seq, 10), a.Notice, hex.EncodeToString(a.Recipient),
		strconv.FormatInt(a.Time.UnixMilli(), 10), string(a.State), string(a.Stage),
		strconv.Itoa(a.Code), a.Enhanced, a.Reply, a.MessageID, a.SHA256,
	} {
		b = strconv.AppendInt(b, int64(len(field)), 10)
		b = append(b, ':')
		b = append(b, field...)
		b = append(b, ',')
	}
	sum := sha256.Sum256(b)
	return sum[:]
}

// tail is the end of the chain.
type tail struct {
	seq  int64
	hash []byte
}

const selectTail = "SELECT seq, hash FROM attempt ORDER BY seq DESC LIMIT 1"

func readTail(ctx context.Context, tx *tx) (tail, error) {
	t := tail{hash: make([]byte, sha256.Size)}
	err := tx.row(ctx, selectTail).Scan(&t.seq, &t.hash)
	if errors.Is(err, sql.ErrNoRows) {
		return t, nil
	}
	return t, err
}

const insertAttempt = `INSERT INTO attempt (seq, notice, recipient, time, state, stage, code, enhanced, reply, message_id, sha256, hash)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

// add appends a record to the chain.
func (t *tail) add(ctx context.Context, tx *tx, a Attempt) error {
	a.Seq = t.seq + 1
	a.Hash = a.digest(t.hash)
	_, err := tx.exec(ctx, insertAttempt,
		a.Seq, a.Notice, a.Recipient, a.Time.UnixMilli(), string(a.State), string(a.Stage), a.Code, a.Enhanced, a.Reply, a.MessageID, a.SHA256, a.Hash)
	t.seq, t.hash = a.Seq, a.Hash
	return err
}

// Attempts calls f with each attempt of a notice, or of all notices when the
// id is empty, in the order in which they were made. It stops at f's error.
func (l *Ledger) Attempts(ctx context.Context, notice string, f func(Attempt) error) error {
	return l.view(ctx, func(tx *tx) error { return tx.attempts(ctx, f, "? IN ('', notice)", notice) })
}

func (t *tx) attempts(ctx context.Context, f func(Attempt) error, which string, args ...any) error {
	rows, err := t.query(ctx, `SELECT seq, notice, recipient, time, state, stage, code, enhanced, reply, message_id, sha256, hash
		FROM attempt WHERE `+which+" ORDER BY seq", args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var a Attempt
		var at int64
		err := rows.Scan(&a.Seq, &a.Notice, &a.Recipient, &at, &a.State, &a.Stage, &a.Code, &a.Enhanced, &a.Reply, &a.MessageID, &a.SHA256, &a.Hash)
		if err != nil {
			return err
		}
		a.Time = time.UnixMilli(at).UTC()
		if err := f(a); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Chain is what stands for all attempts of a ledger: whoever noted its head
// down elsewhere can tell later that nothing was rewritten.
type Chain struct {
	Attempts int64
	Head     string // the last hash, in hex
}

// Find returns the place in the chain of a hash that was noted down earlier, in
// hex, or 0 when no record has it: then records were rewritten since.
func (l *Ledger) Find(ctx context.Context, head string) (seq int64, err error) {
	hash, err := hex.DecodeString(head)
	if err != nil {
		return 0, fmt.Errorf("%q is not a hash in hex", head)
	}
	err = l.view(ctx, func(tx *tx) error {
		err := tx.row(ctx, "SELECT seq FROM attempt WHERE hash = ?", hash).Scan(&seq)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	return seq, err
}

// Verify checks the whole chain, and that each delivery stands as its last
// attempt left it.
func (l *Ledger) Verify(ctx context.Context) (c Chain, err error) {
	err = l.view(ctx, func(tx *tx) error {
		c, err = tx.verify(ctx)
		return err
	})
	return c, err
}

func (t *tx) verify(ctx context.Context) (Chain, error) {
	var c Chain
	hash := make([]byte, sha256.Size)
	err := t.attempts(ctx, func(a Attempt) error {
		c.Attempts++
		if a.Seq != c.Attempts {
			return fmt.Errorf("attempt %d is missing from the ledger", c.Attempts)
		}
		if !bytes.Equal(a.Hash, a.digest(hash)) {
			return fmt.Errorf("attempt %d of the ledger was changed after it was written", a.Seq)
		}
		hash = a.Hash
		return nil
	}, "1 = 1")
	if err != nil {
		return c, err
	}
	noted, err := t.meta(metaHead)
	switch {
	case err != nil:
		return c, err
	case noted != nil && !bytes.Equal(noted, hash), noted == nil && c.Attempts > 0:
		return c, fmt.Errorf("attempts after number %d are missing from the ledger", c.Attempts)
	}
	c.Head = hex.EncodeToString(hash)
	return c, t.verifyDeliveries(ctx)
}

// verifyDeliveries compares each delivery with its attempts.
func (t *tx) verifyDeliveries(ctx context.Context) error {
	var notice string
	var id int64
	err := t.row(ctx, `WITH last AS (
			SELECT notice, recipient, count(*) AS n, max(seq) AS seq FROM attempt GROUP BY notice, recipient
		)
		SELECT d.notice, d.id FROM delivery AS d
		LEFT JOIN last USING (notice, recipient)
		LEFT JOIN attempt AS a ON a.seq = last.seq
		WHERE d.attempts <> coalesce(last.n, 0)
		OR d.state <> 'suppressed' AND d.state <> coalesce(a.state, 'due')
		LIMIT 1`).Scan(&notice, &id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return fmt.Errorf("delivery %d of notice %s does not stand as its attempts left it", id, notice)
}
