package main

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/workspace"
	"github.com/codicil/codicil/site"
)

// ledgerPatience is how long a ledger elsewhere may take to say what people were told.
const ledgerPatience = 10 * time.Second

// told gathers what people were told: by the site that was built last and, unless
// the texts to judge are a stranger's, by the ledger that is named, else by that
// of the configuration where it is a file: no repository sends anybody's password
// to a host of its own. What cannot be read is said, and keeps nobody from
// checking the rest.
func (a *app) told(ctx context.Context, w *workspace.Workspace, ledger string) []workspace.Told {
	var list []workspace.Told
	var err error
	if root := w.Repo.Root(); root != "" {
		list, err = toldBySite(filepath.Join(root, ".build", "site"))
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		a.say("warning: what the built site tells is not compared: %v", err)
	}
	if w.Stranger {
		return list
	}
	ctx, stop := context.WithTimeout(ctx, ledgerPatience)
	defer stop()
	sent, err := a.room(w).Announced(ctx, ledger)
	if err != nil {
		a.say("warning: what people were told by mail is not compared: %v", err)
	}
	for _, n := range sent {
		list = append(list, workspace.Told{
			Policy: n.Policy, Label: n.Label, SHA256: n.Digest, Revision: n.Revision, Path: n.Path, Effective: n.Effective, Cancelled: n.Cancelled, Day: n.Day, Many: n.People,
		})
	}
	return list
}

// toldBySite reads what the site in a folder tells.
func toldBySite(dir string) ([]workspace.Told, error) {
	listed, err := site.ListedIn(dir)
	if err != nil {
		return nil, err
	}
	var list []workspace.Told
	for _, l := range listed {
		id, label, _ := strings.Cut(l.Ref, "@")
		effective, _ := policy.ParseDate(l.Effective) // a day that cannot be read is not compared
		list = append(list, workspace.Told{Policy: id, Label: label, SHA256: l.SHA256, Revision: l.Commit, Path: l.Path, Effective: effective, By: "the site in .build/site"})
	}
	return list, nil
}
