package ledger

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/codicil/codicil/notify"
)

// Notice is what the ledger knows about a notice.
type Notice struct {
	ID      string // "privacy@2.0"
	Policy  string
	Label   string
	Class   string // service or follower
	Created time.Time
	Texts   []Text // the first is for languages without one

	// The text that was announced, as git holds it.
	Revision string // the commit
	Path     string
	Digest   string // SHA-256 of its bytes, in hex

	List     string            // SHA-256 of the list of recipients, in hex; empty when there was no list
	Late     string            // why it is told after its day; empty when it is in time
	Corrects string            // the notice that it puts right; empty for none
	Channel  string            // of the publisher's own, by which it goes; empty for mail
	Frozen   map[string][]byte // what else is fixed with it, by name; read by Ledger.Frozen
}

// Text is the message of a notice in one language, before the fields of its
// recipients go in.
type Text struct {
	Lang    string
	Message []byte
}

// SHA256 returns the digest of the message.
func (t Text) SHA256() [sha256.Size]byte { return sha256.Sum256(t.Message) }

// Start puts a notice and its recipients on record. Both are frozen by it: of
// a notice that was started before, the record stays as it is, and Start
// reports false. Recipients who are suppressed are recorded as such. An error
// of the list ends it, and nothing is recorded.
func (l *Ledger) Start(ctx context.Context, n Notice, recipients iter.Seq2[notify.Recipient, error]) (started bool, err error) {
	err = l.inTx(ctx, func(tx *tx) error {
		rows, err := tx.changed(ctx, `INSERT INTO notice (id, policy, label, class, created, revision, path, digest, list, late, corrects, channel)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
			n.ID, n.Policy, n.Label, n.Class, n.Created.UnixMilli(), n.Revision, n.Path, n.Digest, n.List, n.Late, n.Corrects, n.Channel)
		if started = rows == 1; err != nil || !started {
			return err
		}
		if err := tx.addTexts(ctx, n); err != nil {
			return err
		}
		if err := tx.freeze(ctx, n); err != nil {
			return err
		}
		return l.begin(ctx, tx, n, EntryStart, recipients)
	})
	if err != nil {
		return false, fmt.Errorf("start notice %s: %w", n.ID, err)
	}
	return started, nil
}

// begin puts recipients on record, and enters who all of them are now.
func (l *Ledger) begin(ctx context.Context, tx *tx, n Notice, kind string, recipients iter.Seq2[notify.Recipient, error]) error {
	if err := l.addRecipients(ctx, tx, n, recipients); err != nil {
		return err
	}
	_, err := tx.exec(ctx, `UPDATE delivery SET state = 'suppressed', retry = NULL, reason = s.reason FROM suppression AS s, notice AS n
		WHERE n.id = ? AND delivery.recipient = s.recipient AND delivery.notice = n.id AND delivery.last = 0 AND delivery.state = 'due' AND `+holds, n.ID)
	if err != nil {
		return err
	}
	c, err := tx.recount(ctx, n.ID)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, "UPDATE notice SET due = ?, in_doubt = ?, accepted = ?, refused = ?, suppressed = ? WHERE id = ?",
		c.Due, c.InDoubt, c.Accepted, c.Refused, c.Suppressed, n.ID)
	if err != nil {
		return err
	}
	set, count, err := tx.recipientSet(ctx, n.ID)
	if err != nil {
		return err
	}
	_, err = tx.enter(ctx, Entry{Kind: kind, Notice: n.ID, Time: n.Created, Detail: detail(
		"recipients", set, "count", strconv.Itoa(count), "list", n.List, "class", n.Class, "text", n.Digest, "commit", n.Revision,
		"messages", n.sums(), "late", n.Late, "corrects", n.Corrects, "channel", n.Channel)})
	return err
}

// sums returns the digests of all that is fixed with the notice, each with its
// name, as sha256sum would write them in one line.
func (n *Notice) sums() string {
	var list []string
	for _, t := range n.Texts {
		sum := t.SHA256()
		list = append(list, hex.EncodeToString(sum[:])+" message-"+t.Lang)
	}
	for _, name := range slices.Sorted(maps.Keys(n.Frozen)) {
		sum := sha256.Sum256(n.Frozen[name])
		list = append(list, hex.EncodeToString(sum[:])+" "+name)
	}
	return strings.Join(list, ", ")
}

// recipientSet returns the digest of a notice's recipients, in hex: SHA-256 over
// their names in the ledger, in the order of these. And how many they are.
func (t *tx) recipientSet(ctx context.Context, notice string) (digest string, count int, err error) {
	rows, err := t.query(ctx, "SELECT recipient FROM delivery WHERE notice = ? ORDER BY recipient", notice)
	if err != nil {
		return "", 0, err
	}
	defer rows.Close()
	sum := sha256.New()
	var recipient sql.RawBytes
	for ; rows.Next(); count++ {
		if err := rows.Scan(&recipient); err != nil {
			return "", 0, err
		}
		sum.Write(recipient)
	}
	return hex.EncodeToString(sum.Sum(nil)), count, rows.Err()
}

func (t *tx) freeze(ctx context.Context, n Notice) error {
	for _, name := range slices.Sorted(maps.Keys(n.Frozen)) {
		_, err := t.exec(ctx, "INSERT INTO frozen (notice, name, content) VALUES (?, ?, ?)", n.ID, name, n.Frozen[name])
		if err != nil {
			return err
		}
	}
	return nil
}

// Frozen returns what was fixed with a notice under a name; nil for nothing.
func (l *Ledger) Frozen(ctx context.Context, notice, name string) (content []byte, err error) {
	err = l.view(ctx, func(tx *tx) error {
		err := tx.row(ctx, "SELECT content FROM frozen WHERE notice = ? AND name = ?", notice, name).Scan(&content)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	return content, err
}

// TopUp adds people to a notice that was begun: those of the list who are not
// among its recipients get what they got. It returns how many it added.
func (l *Ledger) TopUp(ctx context.Context, n Notice, recipients iter.Seq2[notify.Recipient, error]) (added int, err error) {
	err = l.inTx(ctx, func(tx *tx) error {
		before, err := tx.counts(ctx, n.ID)
		if err != nil {
			return err
		}
		if err := l.begin(ctx, tx, n, EntryTopUp, recipients); err != nil {
			return err
		}
		after, err := tx.recount(ctx, n.ID)
		if err != nil {
			return err
		}
		added = after.Total() - before.Total()
		_, err = tx.exec(ctx, "UPDATE notice SET list = ?, forgotten = 0 WHERE id = ?", n.List, n.ID)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("add to notice %s: %w", n.ID, err)
	}
	return added, nil
}

func (t *tx) addTexts(ctx context.Context, n Notice) error {
	for i, text := range n.Texts {
		sum := text.SHA256()
		_, err := t.exec(ctx, "INSERT INTO text (notice, position, lang, sha256, message) VALUES (?, ?, ?, ?, ?)",
			n.ID, i, text.Lang, sum[:], text.Message)
		if err != nil {
			return err
		}
	}
	return nil
}

// perInsert is how many recipients go into one statement, and perRecipient how
// many values each of them takes.
const (
	perInsert    = 100
	perRecipient = 9
)

func (l *Ledger) addRecipients(ctx context.Context, tx *tx, n Notice, recipients iter.Seq2[notify.Recipient, error]) error {
	insert, err := tx.PrepareContext(ctx, tx.engine.translate(insertOf(perInsert)))
	if err != nil {
		return err
	}
	defer insert.Close()
	args := make([]any, 0, perInsert*perRecipient)
	for r, err := range recipients {
		if err != nil {
			return err
		}
		args = append(args, n.ID, l.Recipient(r.Email), r.Email, r.Lang, r.Name, r.Line, r.Zone, r.Address, n.Created.UnixMilli())
		if len(args) < cap(args) {
			continue
		}
		if _, err := insert.ExecContext(ctx, args...); err != nil {
			return err
		}
		args = args[:0]
	}
	if len(args) == 0 {
		return nil
	}
	_, err = tx.exec(ctx, insertOf(len(args)/perRecipient), args...)
	return err
}

func insertOf(rows int) string {
	return "INSERT INTO delivery (notice, recipient, email, lang, name, line, zone, address, state, retry) VALUES " +
		strings.TrimSuffix(strings.Repeat("(?, ?, ?, ?, ?, ?, ?, ?, 'due', ?), ", rows), ", ") + " ON CONFLICT DO NOTHING"
}

// Notice returns what is on record about a notice, or nil when it was never
// started.
func (l *Ledger) Notice(ctx context.Context, id string) (n *Notice, err error) {
	err = l.view(ctx, func(tx *tx) error {
		n, err = tx.notice(ctx, id)
		return err
	})
	return n, err
}

func (t *tx) notice(ctx context.Context, id string) (*Notice, error) {
	n := &Notice{ID: id}
	var created int64
	err := t.row(ctx, "SELECT policy, label, class, created, revision, path, digest, list, late, corrects, channel FROM notice WHERE id = ?", id).
		Scan(&n.Policy, &n.Label, &n.Class, &created, &n.Revision, &n.Path, &n.Digest, &n.List, &n.Late, &n.Corrects, &n.Channel)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	n.Created = time.UnixMilli(created).UTC()
	rows, err := t.query(ctx, "SELECT lang, message FROM text WHERE notice = ? ORDER BY position", id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var text Text
		if err := rows.Scan(&text.Lang, &text.Message); err != nil {
			return nil, err
		}
		n.Texts = append(n.Texts, text)
	}
	return n, rows.Err()
}

// Notices returns the ids of the notices on record, the latest first.
func (l *Ledger) Notices(ctx context.Context) (ids []string, err error) {
	err = l.view(ctx, func(tx *tx) error {
		ids, err = tx.noticeIDs(ctx)
		return err
	})
	return ids, err
}

func (t *tx) noticeIDs(ctx context.Context) (ids []string, err error) {
	rows, err := t.query(ctx, "SELECT id FROM notice ORDER BY created DESC, id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}
