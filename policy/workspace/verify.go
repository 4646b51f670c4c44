package workspace

import (
	"context"
	"fmt"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/integrity"
	"github.com/codicil/codicil/policy/transparency"
	"github.com/codicil/codicil/policy/worktree"
)

// Kept reads what somebody kept of the log. The user names these files, so they
// may lie anywhere.
func (w *Workspace) Kept(names []string) ([]integrity.Kept, error) {
	keys, err := w.Config.LogKeys()
	if err != nil {
		return nil, err
	}
	var list []integrity.Kept
	for _, name := range names {
		src, err := worktree.ReadNamed(w.Repo.Root(), name, worktree.MaxText)
		if err != nil {
			return nil, err
		}
		k, err := integrity.ReadKept(name, src, keys)
		if err != nil {
			return nil, err
		}
		list = append(list, k)
	}
	return list, nil
}

// Verify reads every published text again, and compares the log with what
// somebody kept of it and with the checkpoints that were committed.
func (w *Workspace) Verify(ctx context.Context, c *integrity.Checker, kept []integrity.Kept) ([]*policy.Diagnostic, error) {
	found, err := c.Digests(ctx)
	if err != nil {
		return nil, err
	}
	keys, err := w.Config.LogKeys()
	if err != nil {
		return nil, err
	}
	more, err := c.Holds(kept, keys)
	return append(found, more...), err
}

// LackedByClone names the pinned versions that a shallow clone does not show. The
// finding is that of the shallow clone.
func (w *Workspace) LackedByClone(shallow *policy.Diagnostic) error {
	pins, err := w.Pins()
	if err != nil {
		return err
	}
	c := integrity.Checker{Policies: w.History.Policies, Pins: pins}
	if lacked := c.Lacked(); len(lacked) > 0 {
		told := *shallow
		told.Message += fmt.Sprintf("; %s lists %s that it does not show: %s", integrity.SumName, policy.Plural(len(lacked), "version", "versions"), strings.Join(lacked, ", "))
		return &told
	}
	return shallow
}

// Authority answers a request for a timestamp (RFC 3161) at its address.
type Authority func(ctx context.Context, url string, request []byte) ([]byte, error)

// TimestampLog asks the configured authority about the checkpoint of the log, and
// keeps what it says. It returns nil where none is configured, nothing is signed,
// or the authority has answered already.
func (w *Workspace) TimestampLog(ctx context.Context, ask Authority) (*transparency.Timestamp, error) {
	url := w.Config.Log.Timestamp.URL
	if url == "" {
		return nil, nil
	}
	_, c, err := w.AsRepository()
	if err != nil || c == nil || c.Log.Checkpoint == nil || c.Log.Timestamp != nil {
		return nil, err
	}
	request, err := c.Log.Checkpoint.TimestampRequest()
	if err != nil {
		return nil, err
	}
	response, err := ask(ctx, url, request)
	if err != nil {
		return nil, policy.Hinted(fmt.Errorf("log.timestamp: %w", err), "the checkpoint is signed and written: run `codicil verify --update` again later for the timestamp")
	}
	roots, err := w.Config.TimestampRoots()
	if err != nil {
		return nil, err
	}
	stamp, err := c.Log.Checkpoint.ReadTimestamp(response, roots)
	if err != nil {
		return nil, fmt.Errorf("log.timestamp: %w", err)
	}
	return stamp, worktree.Write(w.TimestampFile(), response)
}

// ProvedInLog shows that the text with a digest is in the log of versions: a proof
// of inclusion against the signed checkpoint, and the timestamp of that as its
// authority gave it. Both are nil where no signed checkpoint covers the text.
func (w *Workspace) ProvedInLog(digest string) (proof, timestamp []byte, err error) {
	l, err := w.PublishedLog()
	if err != nil || l.Checkpoint == nil {
		return nil, nil, err
	}
	for i, entry := range l.Tree.Entries()[:l.Checkpoint.Size] {
		if fields := strings.Fields(entry); len(fields) < 2 || fields[1] != digest {
			continue
		}
		p, err := l.Tree.Prove(int64(i), l.Checkpoint)
		if err != nil {
			return nil, nil, err
		}
		return p.Text(), l.Response, nil
	}
	return nil, nil, nil
}
