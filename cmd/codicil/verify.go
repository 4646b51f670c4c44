package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/review"
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
	if w.history.Shallow {
		return hinted(errors.New("this clone is shallow: what it lacks cannot be verified"), "run `git fetch --unshallow`; in CI, check out with full depth")
	}
	found, err := w.verify(ctx, f)
	if err != nil {
		return err
	}
	if a.json {
		err = printJSON(a.stdout, map[string]any{"versions": len(w.pins()), "findings": append([]*policy.Diagnostic{}, found...)})
	} else {
		a.printFindings(found)
	}
	if err != nil {
		return err
	}
	if len(found) > 0 && !(f.update && onlyPinsMissing(found)) {
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

// verify runs every check and returns what it finds.
func (w *workspace) verify(ctx context.Context, f verifyFlags) ([]*policy.Diagnostic, error) {
	checks := []func() ([]*policy.Diagnostic, error){
		w.changedPins,
		w.removedPins,
		func() ([]*policy.Diagnostic, error) { return w.changedDigests(ctx) },
		func() ([]*policy.Diagnostic, error) { return w.changedLabels(), nil },
		func() ([]*policy.Diagnostic, error) { return w.unsigned(ctx) },
	}
	if f.site != "" {
		checks = append(checks, func() ([]*policy.Diagnostic, error) { return w.verifySite(f.site) })
	}
	var found []*policy.Diagnostic
	for _, check := range checks {
		more, err := check()
		if err != nil {
			return nil, err
		}
		found = append(found, more...)
	}
	return found, nil
}

// changedDigests reads every version from git again and compares its digest.
func (w *workspace) changedDigests(ctx context.Context) ([]*policy.Diagnostic, error) {
	var found []*policy.Diagnostic
	for _, p := range w.history.Policies {
		for _, v := range p.Versions {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			src, err := w.repo.ReadAt(v.Commit, v.Path)
			if err != nil {
				return nil, err
			}
			digest := sha256.Sum256(src)
			if hex.EncodeToString(digest[:]) != v.SHA256 {
				found = append(found, &policy.Diagnostic{
					File: v.Path, Level: policy.Error, Rule: "digest",
					Message: fmt.Sprintf("%s does not have the digest %s", p.Ref(v), v.SHA256),
					Hint:    "look into the repository with: git fsck; the saved index of the history may be deleted",
				})
			}
		}
	}
	return found, nil
}

// changedLabels reports texts that changed under a label, and labels that were
// given to a second text.
func (w *workspace) changedLabels() []*policy.Diagnostic {
	var found []*policy.Diagnostic
	for _, p := range w.history.Policies {
		found = append(found, review.SilentChanges(p)...)
		for _, v := range p.Versions {
			first := p.Lookup(string(v.Front.Version))
			if p.Starts != policy.StartLabel || first == nil || first == v || v.Reverts == first.Label {
				continue
			}
			found = append(found, &policy.Diagnostic{
				File: v.Path, Line: 1, Column: 1, Level: policy.Error, Rule: "label-reused",
				Message: fmt.Sprintf("commit %.12s gave the label of %s to another text, listed as %s", v.Commit, p.Ref(first), p.Ref(v)),
				Hint:    "publish every text under a `version` of its own",
			})
		}
	}
	return found
}

// pin says how many versions are pinned, and pins the others if asked to.
func (a *app) pin(w *workspace, update bool) error {
	lines, err := w.readSum()
	if err != nil {
		return err
	}
	missing := len(w.pins()) - len(lines)
	if update && missing > 0 {
		if err := w.writeSum(lines); err != nil {
			return err
		}
		a.say("pinned %s in %s", plural(missing, "version", "versions"), w.sumFile())
		return nil
	}
	a.say("%s agree with git", plural(len(w.pins()), "version", "versions"))
	if missing > 0 && len(lines) > 0 {
		a.say("%s not pinned yet: run `codicil verify --update`", plural(missing, "version is", "versions are"))
	}
	return nil
}
