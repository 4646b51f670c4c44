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
// a comma), so that no two records give the same bytes.
func (a *Attempt) digest(before []byte) []byte {
	var b []byte
	for _, field := range [][]byte{
		before, []byte(strconv.FormatInt(a.Seq, 10)), []byte(a.Notice), a.Recipient,
		[]byte(strconv.FormatInt(a.Time.UnixMilli(), 10)), []byte(a.State), []byte(a.Stage),
		[]byte(strconv.Itoa(a.Code)), []byte(a.Enhanced), []byte(a.Reply), []byte(a.MessageID), []byte(a.SHA256),
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

func readTail(tx *sql.Tx) (tail, error) {
	t := tail{hash: make([]byte, sha256.Size)}
	err := tx.QueryRow("SELECT seq, hash FROM attempt ORDER BY seq DESC LIMIT 1").Scan(&t.seq, &t.hash)
	if errors.Is(err, sql.ErrNoRows) {
		return t, nil
	}
	return t, err
}

// add appends a record to the chain.
func (t *tail) add(tx *sql.Tx, a Attempt) error {
	a.Seq = t.seq + 1
	a.Hash = a.digest(t.hash)
	_, err := tx.Exec(`INSERT INTO attempt (seq, notice, recipient, time, state, stage, code, enhanced, reply, message_id, sha256, hash)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		a.Seq, a.Notice, a.Recipient, a.Time.UnixMilli(), a.State, a.Stage, a.Code, a.Enhanced, a.Reply, a.MessageID, a.SHA256, a.Hash)
	t.seq, t.hash = a.Seq, a.Hash
	return err
}

// save notes where the chain ends, so that a chain cut short is found out.
func (t *tail) save(tx *sql.Tx) error {
	_, err := tx.Exec("INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", metaHead, t.hash)
	return err
}

// Attempts calls f with each attempt of a notice, or of all notices when the
// id is empty, in the order in which they were made. It stops at f's error.
func (l *Ledger) Attempts(ctx context.Context, notice string, f func(Attempt) error) error {
	rows, err := l.db.QueryContext(ctx, `SELECT seq, notice, recipient, time, state, stage, code, enhanced, reply, message_id, sha256, hash
		FROM attempt WHERE ? IN ('', notice) ORDER BY seq`, notice)
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

// Verify checks the whole chain, and that each delivery stands as its last
// attempt left it. It returns the number of attempts and the last hash, which
// stands for all of them: whoever noted it down elsewhere can tell later that
// nothing was rewritten.
func (l *Ledger) Verify(ctx context.Context) (attempts int64, head string, err error) {
	hash := make([]byte, sha256.Size)
	err = l.Attempts(ctx, "", func(a Attempt) error {
		attempts++
		if a.Seq != attempts {
			return fmt.Errorf("attempt %d is missing from the ledger", attempts)
		}
		if !bytes.Equal(a.Hash, a.digest(hash)) {
			return fmt.Errorf("attempt %d of the ledger was changed after it was written", a.Seq)
		}
		hash = a.Hash
		return nil
	})
	if err != nil {
		return attempts, "", err
	}
	noted, err := l.meta(metaHead)
	switch {
	case err != nil:
		return attempts, "", err
	case noted != nil && !bytes.Equal(noted, hash), noted == nil && attempts > 0:
		return attempts, "", fmt.Errorf("attempts after number %d are missing from the ledger", attempts)
	}
	return attempts, hex.EncodeToString(hash), l.verifyDeliveries(ctx)
}

// verifyDeliveries compares each delivery with its attempts.
func (l *Ledger) verifyDeliveries(ctx context.Context) error {
	var notice string
	var id int64
	err := l.db.QueryRowContext(ctx, `WITH last AS (
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
