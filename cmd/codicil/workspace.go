package main

import (
	"context"
	"fmt"

	"github.com/codicil/codicil/policy/config"
	"github.com/codicil/codicil/policy/history"
	"github.com/codicil/codicil/policy/workspace"
)

// open reads the configuration and the history of the folder.
func (a *app) open(ctx context.Context) (*workspace.Workspace, error) {
	w, err := a.configured()
	if err != nil {
		return nil, err
	}
	return w, a.read(ctx, w)
}

// openKnown is open with no more than was known on the day of --as-known, or of
// --on: what was published later did not count on that day.
func (a *app) openKnown(ctx context.Context) (*workspace.Workspace, error) {
	w, err := a.configured()
	if err != nil {
		return nil, err
	}
	w.Known = a.knownDay()
	return w, a.read(ctx, w)
}

// configured reads the configuration of the folder, and no history yet. From
// then on the clock of the run is that of the configured time zone.
func (a *app) configured() (*workspace.Workspace, error) {
	w, err := workspace.Open(workspace.Settings{Config: a.config, Clock: a.now, Judge: a.judge, Failed: a.failedOne})
	if err != nil {
		return nil, err
	}
	a.now = w.Clock
	return w, nil
}

// read reads the history.
func (a *app) read(ctx context.Context, w *workspace.Workspace) error {
	if err := w.Read(ctx); err != nil {
		return err
	}
	a.warn(w.History)
	return nil
}

// pairs finds the texts that the arguments of diff and assess name.
func (a *app) pairs(ctx context.Context, args []string) ([]workspace.Pair, error) {
	if len(args) == 2 && workspace.IsFile(args[0]) && workspace.IsFile(args[1]) {
		p, err := workspace.FilePair(args[0], args[1])
		return []workspace.Pair{p}, err
	}
	w, err := a.open(ctx)
	if err != nil {
		return nil, err
	}
	return w.Pairs(args, a.today())
}

// bookOf returns the rule book of a configuration.
func (a *app) bookOf(cfg *config.Config) (workspace.Book, error) {
	return workspace.BookOf(cfg, a.judge)
}

// warn says what is not as it should be in a history that can still be read.
func (a *app) warn(h *history.History) {
	if h.Shallow && !a.quiet {
		fmt.Fprintln(a.stderr, "codicil: warning: this clone is shallow: older versions are missing")
		fmt.Fprintln(a.stderr, "codicil: hint: run `git fetch --unshallow`")
	}
	if !a.verbose {
		return
	}
	for _, d := range h.Warnings {
		fmt.Fprintf(a.stderr, "codicil: warning: %s\n", d.Error())
	}
}
