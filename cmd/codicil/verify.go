package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/integrity"
	"github.com/codicil/codicil/policy/review"
	"github.com/codicil/codicil/policy/workspace"
	"github.com/codicil/codicil/policy/worktree"
	"github.com/codicil/codicil/render/terminal"
	"github.com/codicil/codicil/site"
)

// verifyFlags are the flags of verify.
type verifyFlags struct {
	update bool
	site   string
}

func (a *app) verifyCommand() *cobra.Command {
	var f verifyFlags
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Check that what was published is what the history holds",
		Long: "Verify recomputes the digest of every version from git, compares codicil.sum with the history,\n" +
			"and, with --site, a built site with both. It exits with 3 when a published text, its date, its\n" +
			"commit or its label is no longer what it was, and names the history that was rewritten. With\n" +
			"--update it pins versions that are not pinned yet, but never changes a pin: do that on the\n" +
			"published branch, after the commit has reached it.",
		Example: "  codicil verify\n  codicil verify --update\n  codicil verify --site .build/site",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.verify(cmd.Context(), f) },
	}
	cmd.Flags().BoolVar(&f.update, "update", false, "add versions that are not pinned yet to codicil.sum")
	cmd.Flags().StringVar(&f.site, "site", "", "check the site built in `DIR` too")
	return cmd
}

func (a *app) verify(ctx context.Context, f verifyFlags) error {
	w, err := a.open(ctx)
	if err != nil {
		return err
	}
	found, err := w.Refused(ctx)
	if err != nil {
		return err
	}
	if w.History.Shallow {
		return found[0] // what the clone lacks cannot be verified
	}
	more, err := verifyBytes(ctx, w, f.site)
	if err != nil {
		return err
	}
	found = append(found, more...)
	if a.json {
		err = printJSON(a.stdout, map[string]any{"versions": len(integrity.PinsOf(w.History.Policies)), "findings": append([]*policy.Diagnostic{}, found...)})
	} else {
		a.printFindings(found)
	}
	if err != nil {
		return err
	}
	if review.Errors(found) > 0 && !(f.update && onlyPinsMissing(found)) {
		return &exitError{code: exitFindings}
	}
	return a.pin(w, f.update)
}

// onlyPinsMissing tells whether --update mends all that was found.
func onlyPinsMissing(found []*policy.Diagnostic) bool {
	for _, d := range found {
		if d.Rule != "pin-missing" {
			return false
		}
	}
	return true
}

// verifyBytes reads every text again, and the site in a folder if one is named.
func verifyBytes(ctx context.Context, w *workspace.Workspace, dir string) ([]*policy.Diagnostic, error) {
	_, c, err := w.AsRepository()
	if err != nil || c == nil {
		return nil, err
	}
	found, err := c.Digests(ctx)
	if err != nil || dir == "" {
		return found, err
	}
	more, err := site.Verify(dir, w.History.Policies)
	return append(found, more...), err
}

// pin says how many versions are pinned, and pins the others if asked to.
func (a *app) pin(w *workspace.Workspace, update bool) error {
	pinned, err := w.Pins()
	if err != nil {
		return err
	}
	all := len(integrity.PinsOf(w.History.Policies))
	missing := all - len(pinned)
	if update && missing > 0 {
		if err := worktree.Write(w.SumFile(), integrity.FormatSum(pinned, w.History.Policies)); err != nil {
			return err
		}
		a.say("pinned %s in %s", terminal.Plural(missing, "version", "versions"), w.SumFile())
		return nil
	}
	if all == 0 {
		a.say("nothing is published yet, so there is nothing to verify")
		return nil
	}
	a.say("%s with git", terminal.Plural(all, "version agrees", "versions agree"))
	if missing > 0 && len(pinned) > 0 {
		a.say("%s not pinned yet: run `codicil verify --update`", terminal.Plural(missing, "version is", "versions are"))
	}
	return nil
}
