package ask

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"

	"github.com/codicil/codicil/policy/reading"
)

// Kept is a reader whose answers are kept in a folder, so that no question is
// asked twice. Nothing but time is lost when the folder is deleted.
type Kept struct {
	Reader reading.Reader
	Folder string // empty to keep nothing
}

// Name is that of the reader.
func (k *Kept) Name() string { return k.Reader.Name() }

// Ask returns the answer that is kept for the question, or a new one.
func (k *Kept) Ask(ctx context.Context, q *reading.Question) (reading.Reply, error) {
	if k.Folder == "" {
		return k.Reader.Ask(ctx, q)
	}
	sum := sha256.Sum256([]byte(k.Name() + "\x00" + q.Digest()))
	name := filepath.Join(k.Folder, hex.EncodeToString(sum[:16])+".json")
	var kept reading.Reply
	if text, err := os.ReadFile(name); err == nil && json.Unmarshal(text, &kept) == nil {
		return kept, nil
	}
	reply, err := k.Reader.Ask(ctx, q)
	if err != nil {
		return reply, err
	}
	text, err := json.Marshal(reply)
	if err == nil {
		err = errors.Join(os.MkdirAll(k.Folder, 0o755), os.WriteFile(name, text, 0o644))
	}
	return reply, err
}
