package ledger

import (
	"bytes"
	"context"
	"iter"
	"slices"

	"github.com/codicil/codicil/notify"
)

// member is a recipient of a notice, in 24 octets: a million fit.
type member struct {
	name   [16]byte
	line   uint32 // of the list of then
	listed bool   // it is on the list of now
}

// Compare says how a list differs from the recipients with whom a notice was
// begun. Those are in the ledger by name alone, so the lines tell who is meant.
func (l *Ledger) Compare(ctx context.Context, notice string, list iter.Seq2[notify.Recipient, error]) (change notify.ListChange, err error) {
	members, err := l.members(ctx, notice)
	if err != nil {
		return change, err
	}
	for r, err := range list {
		if err != nil {
			return change, err
		}
		at, found := slices.BinarySearchFunc(members, l.Recipient(r.Email), func(m member, name []byte) int { return bytes.Compare(m.name[:], name) })
		if found {
			members[at].listed = true
		} else {
			change.Added.Add(r.Line)
		}
	}
	for i := range members {
		if !members[i].listed {
			change.Removed.Add(int(members[i].line))
		}
	}
	return change, nil
}

// members reads the recipients of a notice, in the order of their names. Who was
// erased is on no list.
func (l *Ledger) members(ctx context.Context, notice string) (members []member, err error) {
	err = l.view(ctx, func(tx *tx) error {
		c, err := tx.counts(ctx, notice)
		if err != nil {
			return err
		}
		members = make([]member, 0, c.Total())
		rows, err := tx.query(ctx, "SELECT recipient, line, erased <> 0 FROM delivery WHERE notice = ? ORDER BY recipient", notice)
		if err != nil {
			return err
		}
		defer rows.Close()
		var name []byte
		for rows.Next() {
			var m member
			if err := rows.Scan(&name, &m.line, &m.listed); err != nil {
				return err
			}
			copy(m.name[:], name)
			members = append(members, m)
		}
		return rows.Err()
	})
	return members, err
}
