package mailing

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/policy"
)

// patience is how long a ledger elsewhere may take to say what people were told.
const patience = 10 * time.Second

// Announced lists what people were told, the latest word of each notice, by the
// ledger that is named, else by that of the configuration if it is a file: no
// repository sends anybody's password to a host of its own. A ledger that does not
// exist told nobody anything. Nothing is written.
func (r *Room) Announced(ctx context.Context, named string) ([]policy.AnnouncedText, error) {
	name := r.LedgerName(named)
	if named == "" {
		if info, err := os.Lstat(name); ledger.IsURL(name) || errors.Is(err, fs.ErrNotExist) || err == nil && !info.Mode().IsRegular() {
			return nil, nil
		}
	}
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	l, err := ledger.Open(name, ledger.Options{Key: []byte(r.Getenv("CODICIL_LEDGER_KEY")), Existing: true, ReadOnly: true})
	if errors.Is(err, ledger.ErrNone) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer l.Close()
	ids, err := l.Notices(ctx) // the latest first
	if err != nil {
		return nil, err
	}
	var list []policy.AnnouncedText
	seen := make(map[string]bool)
	for _, id := range ids {
		first, _, _ := strings.Cut(id, "+correction")
		if seen[first] {
			continue
		}
		told, err := announced(ctx, l, id)
		if err != nil {
			return nil, err
		}
		if told.Many > 0 {
			seen[first] = true
			list = append(list, *told)
		}
	}
	return list, nil
}

func announced(ctx context.Context, l *ledger.Ledger, id string) (*policy.AnnouncedText, error) {
	n, err := l.Notice(ctx, id)
	if err != nil || n == nil {
		return &policy.AnnouncedText{}, err
	}
	counts, err := l.Counts(ctx, id)
	if err != nil {
		return nil, err
	}
	said, err := toldBy(ctx, l, n)
	return &policy.AnnouncedText{
		Policy: n.Policy, Label: n.Label, Day: policy.DateOf(n.Created), Many: counts.Accepted + counts.InDoubt,
		SHA256: n.Digest, Revision: n.Revision, Path: n.Path, Effective: said.effective, Cancelled: said.cancelled,
	}, err
}
