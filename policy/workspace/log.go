package workspace

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/integrity"
	"github.com/codicil/codicil/policy/transparency"
	"github.com/codicil/codicil/policy/worktree"
)

// CheckpointFile returns where the checkpoint of the log is kept, and
// TimestampFile what an authority of time said about it.
func (w *Workspace) CheckpointFile() string {
	return filepath.Join(w.Config.Dir, integrity.CheckpointName)
}

// TimestampFile returns where the timestamp of the checkpoint is kept.
func (w *Workspace) TimestampFile() string {
	return filepath.Join(w.Config.Dir, integrity.TimestampName)
}

// Origin returns the name of the log: that of its key, else the address of the
// site, else that of the file.
func (w *Workspace) Origin() string {
	name, _, _ := strings.Cut(w.Config.Log.Key, "+")
	return cmp.Or(name, LogName(w.Config.BaseURL), integrity.SumName)
}

// LogName returns the name of the log of a site: its address without the scheme;
// empty where that is not known.
func LogName(base string) string {
	_, rest, found := strings.Cut(base, "://")
	if !found {
		return ""
	}
	return strings.TrimRight(rest, "/") + "/log"
}

// readLog reads what vouches for the log into the checker, and returns what is
// wrong with it.
func (w *Workspace) readLog(c *integrity.Checker) ([]*policy.Diagnostic, error) {
	keys, err := w.Config.LogKeys()
	if err != nil {
		return nil, err
	}
	checkpoint, err := w.readIfThere(w.CheckpointFile(), transparency.MaxCheckpoint)
	if err != nil {
		return nil, err
	}
	response, err := w.readIfThere(w.TimestampFile(), transparency.MaxTimestamp)
	if err != nil {
		return nil, err
	}
	var roots []byte
	if len(response) > 0 {
		if roots, err = w.Config.TimestampRoots(); err != nil {
			return nil, err
		}
	}
	var found []*policy.Diagnostic
	c.Log, found, err = c.ReadLog(checkpoint, response, roots, keys)
	return found, err
}

// readIfThere reads a file of the work tree; nil where there is none.
func (w *Workspace) readIfThere(name string, limit int64) ([]byte, error) {
	src, err := worktree.Read(w.Repo.Root(), name, limit)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return src, err
}

// PublishedLog returns the log as the site shows it: up to the signed checkpoint,
// else with all versions, those that are not pinned yet behind the others.
func (w *Workspace) PublishedLog() (*integrity.Log, error) {
	c, err := w.checker()
	if err != nil {
		return nil, err
	}
	if _, err := w.readLog(c); err != nil || c.Log.Checkpoint != nil {
		return c.Log, err
	}
	l, err := integrity.LogOf(append(c.Pins, integrity.Missing(c.Pins, c.Policies)...))
	return &integrity.Log{Tree: l}, err
}

// AppendPins pins the published versions that are not pinned yet, and returns how
// many those were.
func (w *Workspace) AppendPins() (int, error) {
	c, err := w.checker()
	if err != nil {
		return 0, err
	}
	missing := integrity.Missing(c.Pins, c.Policies)
	if len(missing) == 0 {
		return 0, nil
	}
	src, err := w.readIfThere(w.SumFile(), worktree.MaxText)
	if err != nil {
		return 0, err
	}
	return len(missing), worktree.Write(w.SumFile(), integrity.AppendSum(src, missing))
}

// SignLog writes a checkpoint over all that is pinned, signed with the secret
// key. It returns nil where there is no key, or nothing new to sign.
func (w *Workspace) SignLog(secret string) (*transparency.Checkpoint, error) {
	if secret == "" {
		return nil, nil
	}
	key, err := transparency.PublicOf(secret)
	if err != nil {
		return nil, err
	}
	if want := w.Config.Log.Key; want != "" && strings.TrimSpace(want) != key.String() {
		return nil, policy.Hinted(fmt.Errorf("the key that signs is not that of `log.key`: its public key is %s", key), "give the key whose public one is configured")
	}
	c, err := w.checker()
	if err != nil {
		return nil, err
	}
	if _, err := w.readLog(c); err != nil {
		return nil, err
	}
	size := c.Log.Tree.Size()
	if old := c.Log.Checkpoint; size == 0 || old != nil && old.Size == size && (old.Signed || w.Config.Log.Key == "") {
		return nil, nil
	}
	cp, err := transparency.NewCheckpoint(key.Name(), c.Log.Tree, size)
	if err != nil {
		return nil, err
	}
	if cp.Note, err = cp.Sign(secret); err != nil {
		return nil, err
	}
	return cp, worktree.Write(w.CheckpointFile(), cp.Note)
}
