package ledger

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"slices"
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
	previous  int64 // place of the record before, about the same delivery; 0 for none
}

// digest returns the hash of the record: SHA-256 over the hash before it and
// its fields, each as a netstring (its length in decimal, a colon, its bytes,
// a comma), so that no two records give the same bytes. Hashes are in it in
// hex and times in milliseconds since 1970, so that a record written as text
// can be checked without this program.
func (a *Attempt) digest(before []byte) []byte {
	var n netstrings
	n.hex(before).number(a.Seq).text(a.Notice).hex(a.Recipient).number(a.Time.UnixMilli()).text(string(a.State)).text(string(a.Stage))
	n.number(int64(a.Code)).text(a.Enhanced).text(a.Reply).text(a.MessageID).text(a.SHA256)
	return n.sum()
}

// netstrings gathers fields, each as a netstring.
type netstrings struct {
	small [1024]byte // room for all but the longest records
	b     []byte
}

func (n *netstrings) begin(length int) {
	if n.b == nil {
		n.b = n.small[:0]
	}
	n.b = append(strconv.AppendInt(n.b, int64(length), 10), ':')
}

func (n *netstrings) text(s string) *netstrings {
	n.begin(len(s))
	n.b = append(append(n.b, s...), ',')
	return n
}

func (n *netstrings) hex(octets []byte) *netstrings {
	n.begin(hex.EncodedLen(len(octets)))
	n.b = append(hex.AppendEncode(n.b, octets), ',')
	return n
}

func (n *netstrings) number(i int64) *netstrings {
	var digits [20]byte
	return n.text(string(strconv.AppendInt(digits[:0], i, 10)))
}

// sum returns the SHA-256 of the fields.
func (n *netstrings) sum() []byte {
	sum := sha256.Sum256(n.b)
	return sum[:]
}

const insertAttempt = `INSERT INTO attempt (seq, notice, recipient, time, state, stage, code, enhanced, reply, message_id, sha256, hash, previous)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

// addAttempt appends an attempt to the chain. Previous is the place of the last
// record about the same delivery.
func (t *tx) addAttempt(ctx context.Context, a Attempt, previous int64) error {
	end, err := t.tail(ctx)
	if err != nil {
		return err
	}
	a.Seq = end.seq + 1
	a.Hash = a.digest(end.hash)
	_, err = t.exec(ctx, insertAttempt, a.Seq, a.Notice, a.Recipient, a.Time.UnixMilli(), string(a.State), string(a.Stage),
		a.Code, a.Enhanced, a.Reply, a.MessageID, a.SHA256, a.Hash, previous)
	end.move(a.Seq, a.Hash)
	return err
}

// Attempts calls f with each attempt of a notice, or of all notices when the
// id is empty, in the order in which they were made. It stops at f's error.
func (l *Ledger) Attempts(ctx context.Context, notice string, f func(Attempt) error) error {
	return l.view(ctx, func(tx *tx) error { return tx.attempts(ctx, f, "? IN ('', notice)", notice) })
}

func (t *tx) attempts(ctx context.Context, f func(Attempt) error, which string, args ...any) error {
	rows, err := t.query(ctx, `SELECT seq, notice, recipient, time, state, stage, code, enhanced, reply, message_id, sha256, hash, previous
		FROM attempt WHERE `+which+" ORDER BY seq", args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	var recipient, hash sql.RawBytes
	for rows.Next() {
		var a Attempt
		var at int64
		err := rows.Scan(&a.Seq, &a.Notice, &recipient, &at, &a.State, &a.Stage, &a.Code, &a.Enhanced, &a.Reply, &a.MessageID, &a.SHA256, &hash, &a.previous)
		if err != nil {
			return err
		}
		octets := slices.Concat(recipient, hash)
		a.Recipient, a.Hash = octets[:len(recipient):len(recipient)], octets[len(recipient):]
		a.Time = time.UnixMilli(at).UTC()
		if err := f(a); err != nil {
			return err
		}
	}
	return rows.Err()
}
