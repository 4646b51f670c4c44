package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/config"
	"github.com/codicil/codicil/policy/transparency"
	"github.com/codicil/codicil/policy/workspace"
)

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
	secret, err := w.LogKey(a.getenv)
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
	stamp, err := w.TimestampLog(ctx, askAuthority)
	if err == nil && stamp != nil {
		a.say("%s says that it existed on %s: %s", stamp.Authority, stamp.At.Format(time.RFC3339), w.TimestampFile())
	}
	return err
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

// newLogKey makes the key of a log.
func (a *app) newLogKey(name string) error {
	cfg, err := config.Load(a.config)
	if err != nil {
		return err
	}
	public, err := workspace.NewLogKey(cfg, name)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, "log:\n  key: %s\n", public)
	a.say("wrote the secret key to %s: give it to `codicil verify --update` as CODICIL_LOG_KEY_FILE, or its line as CODICIL_LOG_KEY; add the lines above to the configuration", name)
	return nil
}
