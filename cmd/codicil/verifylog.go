package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/config"
	"github.com/codicil/codicil/policy/integrity"
	"github.com/codicil/codicil/policy/transparency"
	"github.com/codicil/codicil/policy/workspace"
	"github.com/codicil/codicil/policy/worktree"
)

// keptOf reads what somebody kept of the log. The user names these files, so
// they may lie anywhere.
func (a *app) keptOf(w *workspace.Workspace, names []string) ([]integrity.Kept, error) {
	keys, err := w.Config.LogKeys()
	if err != nil {
		return nil, err
	}
	var list []integrity.Kept
	for _, name := range names {
		src, err := worktree.ReadNamed(w.Repo.Root(), name, worktree.MaxText)
		if err != nil {
			return nil, fmt.Errorf("--checkpoint: %w", err)
		}
		k, err := integrity.ReadKept(name, src, keys)
		if err != nil {
			return nil, err
		}
		list = append(list, k)
	}
	return list, nil
}

// updateLog adds what is not pinned yet, and has the log signed and timestamped
// as far as there is a key and an authority.
func (a *app) updateLog(ctx context.Context, w *workspace.Workspace) error {
	added, err := w.AppendPins()
	if err != nil {
		return err
	}
	if added > 0 {
		a.say("pinned %s in %s", policy.Plural(added, "version", "versions"), w.SumFile())
	}
	secret, err := a.logKey(w)
	if err != nil {
		return err
	}
	signed, err := w.SignLog(secret)
	if err != nil {
		return err
	}
	switch {
	case signed != nil:
		a.say("signed a checkpoint of %s: %s", policy.Plural(int(signed.Size), "entry", "entries"), w.CheckpointFile())
	case secret == "" && w.Config.Log.Key != "":
		a.say("no checkpoint was signed: CODICIL_LOG_KEY is not set")
	}
	return a.timestampLog(ctx, w)
}

// logKey returns the secret key that signs the log; empty where there is none.
func (a *app) logKey(w *workspace.Workspace) (string, error) {
	if key := a.getenv("CODICIL_LOG_KEY"); key != "" {
		return key, nil
	}
	name := a.getenv("CODICIL_LOG_KEY_FILE")
	if name == "" {
		return "", nil
	}
	src, err := worktree.ReadNamed(w.Repo.Root(), name, worktree.MaxConfig)
	if err != nil {
		return "", fmt.Errorf("CODICIL_LOG_KEY_FILE: %w", err)
	}
	return string(src), nil
}

// timestampLog asks the configured authority about the checkpoint, unless it has
// answered already.
func (a *app) timestampLog(ctx context.Context, w *workspace.Workspace) error {
	url := w.Config.Log.Timestamp.URL
	if url == "" {
		return nil
	}
	_, c, err := w.AsRepository()
	if err != nil || c == nil || c.Log.Checkpoint == nil || c.Log.Timestamp != nil {
		return err
	}
	request, err := c.Log.Checkpoint.TimestampRequest()
	if err != nil {
		return err
	}
	response, err := askAuthority(ctx, url, request)
	if err != nil {
		return hinted(fmt.Errorf("log.timestamp: %w", err), "the checkpoint is signed and written: run `codicil verify --update` again later for the timestamp")
	}
	roots, err := w.Config.TimestampRoots()
	if err != nil {
		return err
	}
	stamp, err := c.Log.Checkpoint.ReadTimestamp(response, roots)
	if err != nil {
		return fmt.Errorf("log.timestamp: %w", err)
	}
	if err := worktree.Write(w.TimestampFile(), response); err != nil {
		return err
	}
	a.say("%s says that it existed on %s: %s", stamp.Authority, stamp.At.Format(time.RFC3339), w.TimestampFile())
	return nil
}

// askAuthority sends a request for a timestamp.
func askAuthority(ctx context.Context, url string, request []byte) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(request))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/timestamp-query")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s answers %s", url, answer.Status)
	}
	return io.ReadAll(io.LimitReader(answer.Body, transparency.MaxTimestamp+1))
}

// newLogKey makes the key of a log. It never lies in a work tree: what is
// committed once cannot be taken back.
func (a *app) newLogKey(name string) error {
	cfg, err := config.Load(a.config)
	if err != nil {
		return err
	}
	origin := workspace.LogName(cfg.BaseURL)
	if origin == "" {
		return hinted(errors.New("a log is named after the address of its site, which is not configured"), "set `base_url` in the configuration")
	}
	if below, err := worktree.Below(worktree.Root("."), name); err != nil || below {
		return errors.Join(err, hinted(fmt.Errorf("%s lies in the work tree", name), "keep the key out of git: name a file elsewhere"))
	}
	if _, err := os.Lstat(name); err == nil {
		return hinted(fmt.Errorf("%s is there already", name), "a log keeps its key; name another file for another log")
	}
	secret, public, err := transparency.NewKey(rand.Reader, origin)
	if err != nil {
		return err
	}
	if err := worktree.WritePrivate(name, []byte(secret+"\n")); err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, "log:\n  key: %s\n", public)
	a.say("wrote the secret key to %s: give it to `codicil verify --update` as CODICIL_LOG_KEY_FILE, or its line as CODICIL_LOG_KEY; add the lines above to the configuration", name)
	return nil
}

// logSummary is what verify --json tells of the log.
type logSummary struct {
	Origin    string   `json:"origin"`
	Size      int64    `json:"size"`
	Root      string   `json:"root"`
	Signed    int64    `json:"signed"` // entries under the signed checkpoint
	Cosigned  []string `json:"cosigned_by"`
	Timestamp string   `json:"timestamp,omitempty"`
	Statement string   `json:"statement,omitempty"`
}

func logData(w *workspace.Workspace, l *integrity.Log, said string) logSummary {
	root, _ := l.Tree.Root(l.Tree.Size())
	s := logSummary{Origin: w.Origin(), Size: l.Tree.Size(), Root: root.String(), Cosigned: []string{}, Statement: said}
	if cp := l.Checkpoint; cp != nil {
		s.Origin = cp.Origin
		if cp.Signed {
			s.Signed = cp.Size
		}
		for _, c := range cp.Cosigned {
			s.Cosigned = append(s.Cosigned, c.Name)
		}
	}
	if l.Timestamp != nil {
		s.Timestamp = l.Timestamp.At.Format(time.RFC3339)
	}
	s.Statement = strings.TrimSpace(s.Statement)
	return s
}
