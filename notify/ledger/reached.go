package ledger

import (
	"bytes"
	"context"
	"slices"
)

// Reached is the set of people whom a notice has reached, by their names in the
// ledger.
type Reached struct{ names [][16]byte } // in order

// Has reports whether a person is among them.
func (t *Reached) Has(recipient []byte) bool {
	_, found := slices.BinarySearchFunc(t.names, recipient, func(a [16]byte, b []byte) int { return bytes.Compare(a[:], b) })
	return found
}

// Len is how many they are.
func (t *Reached) Len() int { return len(t.names) }

// Reached returns whom a notice has reached, or may have reached.
func (l *Ledger) Reached(ctx context.Context, notice string) (told *Reached, err error) {
	err = l.view(ctx, func(tx *tx) error {
		told = &Reached{}
		rows, err := tx.query(ctx, "SELECT recipient FROM delivery WHERE notice = ? AND (state = 'accepted' OR doubts > 0) ORDER BY recipient", notice)
		if err != nil {
			return err
		}
		defer rows.Close()
		var name []byte
		for rows.Next() {
			if err := rows.Scan(&name); err != nil {
				return err
			}
			told.names = append(told.names, [16]byte(name))
		}
		return rows.Err()
	})
	return told, err
}
