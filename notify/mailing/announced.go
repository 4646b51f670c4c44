package mailing

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"

	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/policy"
)

// Announced is what people were told last of a version, as the ledger has it.
type Announced struct {
	Policy, Label string
	Day           policy.Date // on which the telling began
	People        int         // whom it reached, or may have reached
	Digest        string      // SHA-256 of the text, as git holds it, in hex
	Revision      string      // the commit that has the text
	Path          string
	Effective     policy.Date // from when it was to bind; zero when that is not known
	Cancelled     bool        // that it does not take effect
}

// Announced lists what people were told, the latest word of each notice, by the
// ledger that is named, else by that of the configuration if it is a file. A
// ledger that does not exist told nobody anything. Nothing is written.
func (r *Room) Announced(ctx context.Context, named string) ([]Announced, error) {
	name := r.LedgerName(named)
	if named == "" {
		if info, err := os.Lstat(name); ledger.IsURL(name) || errors.Is(err, fs.ErrNotExist) || err == nil && !info.Mode().IsRegular() {
			return nil, nil
		}
	}
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
	var list []Announced
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
		if told.People > 0 {
			seen[first] = true
			list = append(list, *told)
		}
	}
	return list, nil
}

func announced(ctx context.Context, l *ledger.Ledger, id string) (*Announced, error) {
	n, err := l.Notice(ctx, id)
	if err != nil || n == nil {
		return &Announced{}, err
	}
	counts, err := l.Counts(ctx, id)
	if err != nil {
		return nil, err
	}
	said, err := toldBy(ctx, l, n)
	return &Announced{
		Policy: n.Policy, Label: n.Label, Day: policy.DateOf(n.Created), People: counts.Accepted + counts.InDoubt,
		Digest: n.Digest, Revision: n.Revision, Path: n.Path, Effective: said.effective, Cancelled: said.cancelled,
	}, err
}
