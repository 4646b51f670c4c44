package ledger

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"time"
)

// Chain is what stands for all records of a ledger: whoever noted its head
// down elsewhere can tell later that nothing was rewritten.
type Chain struct {
	Records  int64
	Attempts int64  // among them
	Head     string // the last hash, in hex
	Seal     string // of who has the ledger's key, over the head, in hex; empty before there is one
}

// Find returns the place in the chain of a hash that was noted down earlier, in
// hex, or 0 when no record has it: then records were rewritten since.
func (l *Ledger) Find(ctx context.Context, head string) (seq int64, err error) {
	hash, err := hex.DecodeString(head)
	if err != nil {
		return 0, fmt.Errorf("%q is not a hash in hex", head)
	}
	err = l.view(ctx, func(tx *tx) error {
		seq, err = tx.findHash(ctx, hash)
		return err
	})
	return seq, err
}

// find is Find for a hash in hex that was written by us.
func (t *tx) find(ctx context.Context, head string) (int64, error) {
	hash, err := hex.DecodeString(head)
	if err != nil {
		return 0, nil
	}
	return t.findHash(ctx, hash)
}

// findHash looks at the end first: it is asked for most.
func (t *tx) findHash(ctx context.Context, hash []byte) (seq int64, err error) {
	end, err := t.tail(ctx)
	if err != nil {
		return 0, err
	}
	if bytes.Equal(end.hash, hash) {
		return end.seq, nil
	}
	for _, table := range []string{"attempt", "entry"} {
		err := t.row(ctx, "SELECT seq FROM "+table+" WHERE hash = ?", hash).Scan(&seq)
		if err == nil || !errors.Is(err, sql.ErrNoRows) {
			return seq, err
		}
	}
	return 0, nil
}

// Note writes the end of the chain beside the ledger of a file, so that one that
// is put back from an earlier copy is known, and returns it.
func (l *Ledger) Note(ctx context.Context) (Chain, error) {
	c, err := l.Head(ctx)
	if err == nil {
		err = l.engine.note(c.Head)
	}
	return c, err
}

// Latest returns when the last attempt was made; zero before it.
func (l *Ledger) Latest(ctx context.Context) (latest time.Time, err error) {
	var at int64
	err = l.view(ctx, func(tx *tx) error {
		return tx.row(ctx, "SELECT coalesce(max(last_at), 0) FROM notice").Scan(&at)
	})
	if at != 0 {
		latest = time.UnixMilli(at)
	}
	return latest, err
}

// Head returns the end of the chain, without checking it.
func (l *Ledger) Head(ctx context.Context) (c Chain, err error) {
	err = l.view(ctx, func(tx *tx) error {
		end, err := tx.tail(ctx)
		if err != nil {
			return err
		}
		c = Chain{Records: end.seq, Head: hex.EncodeToString(end.hash)}
		noted, err := tx.meta(metaSeal)
		c.Seal = hex.EncodeToString(noted)
		return err
	})
	return c, err
}

// Verify checks the whole chain, and that each delivery is as its last
// record left it.
func (l *Ledger) Verify(ctx context.Context) (Chain, error) {
	return l.VerifyEach(ctx, func(Link) error { return nil })
}

// VerifyEach is Verify, and calls f with each record of the chain in order, once
// that is known to be what was written. What f was given counts only when there is
// no error in the end. It stops at f's error.
func (l *Ledger) VerifyEach(ctx context.Context, f func(Link) error) (c Chain, err error) {
	err = l.view(ctx, func(tx *tx) error {
		c, err = tx.verify(ctx, f)
		return err
	})
	return c, err
}

// Link is a record of the chain: an attempt or an entry, the other is nil.
type Link struct {
	Before  []byte // hash of the record before
	Attempt *Attempt
	Entry   *Entry
}

// Hash returns that of the record.
func (l *Link) Hash() []byte {
	if l.Attempt != nil {
		return l.Attempt.Hash
	}
	return l.Entry.Hash
}

// digest computes the hash anew.
func (l *Link) digest() []byte {
	if l.Attempt != nil {
		return l.Attempt.digest(l.Before)
	}
	return l.Entry.digest(l.Before)
}
