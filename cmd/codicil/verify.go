package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/integrity"
	"github.com/codicil/codicil/policy/review"
	"github.com/codicil/codicil/policy/workspace"
	"github.com/codicil/codicil/render/report"
	"github.com/codicil/codicil/render/terminal"
	"github.com/codicil/codicil/site"
)

// verifyFlags are the flags of verify.
type verifyFlags struct {
	update bool
	site   string
	kept   []string // files that somebody kept of the log
	newKey string
	ledger string
}

func (a *app) verifyCommand() *cobra.Command {
	var f verifyFlags
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Check that what was published is what the history holds",
		Long: "Verify recomputes the digest of every version from git, compares codicil.sum with the history,\n" +
			"and, with --site, a built site with both. It exits with 3 when a published text, its date, its\n" +
			"commit or its label is no longer what it was, and names the history that was rewritten. What was\n" +
			"rewritten together with codicil.sum is found by a checkpoint that somebody kept (--checkpoint).\n" +
			"With --update it adds versions to codicil.sum that are not pinned yet, signs a checkpoint of that\n" +
			"log with the key of CODICIL_LOG_KEY (or of the file CODICIL_LOG_KEY_FILE), and has it timestamped\n" +
			"where `log.timestamp` is configured; it never changes a pin. Do that on the published branch, after\n" +
			"the commit has reached it.",
		Example: "  codicil verify\n  codicil verify --update\n  codicil verify --site .build/site\n" +
			"  codicil verify --checkpoint kept/checkpoint --checkpoint kept/codicil.sum\n" +
			"  codicil verify --new-key ../log.key",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.verify(cmd.Context(), f) },
	}
	cmd.Flags().BoolVar(&f.update, "update", false, "add versions that are not pinned yet to codicil.sum")
	cmd.Flags().StringVarP(&f.site, "site", "d", "", "build the site again, and compare the one in `DIR` with it, file by file")
	cmd.Flags().StringArrayVar(&f.kept, "checkpoint", nil, "compare with a checkpoint, proof or codicil.sum that was kept in `FILE`; may be given again")
	cmd.Flags().StringVar(&f.ledger, "ledger", "", "compare with what people were told by the ledger in `FILE` or at URL (default: that of the configuration, if it is a file)")
	cmd.Flags().StringVar(&f.newKey, "new-key", "", "write a key that signs the log to `FILE`, and print its public key")
	return cmd
}

func (a *app) verify(ctx context.Context, f verifyFlags) error {
	if f.newKey != "" {
		return a.newLogKey(f.newKey)
	}
	w, err := a.open(ctx)
	if err != nil {
		return err
	}
	w.Told = a.told(ctx, w, f.ledger)
	found, err := w.Refused(ctx)
	if err != nil {
		return err
	}
	if w.History.Shallow {
		return w.LackedByClone(found[0]) // what the clone lacks cannot be verified
	}
	_, c, err := w.AsRepository()
	if err != nil {
		return err
	}
	var kept []integrity.Kept
	if c != nil {
		if kept, err = w.Kept(f.kept); err != nil {
			return fmt.Errorf("--checkpoint: %w", err)
		}
		if found, err = a.verifyMore(ctx, w, c, kept, f.site, found); err != nil {
			return err
		}
	}
	unexpanded, err := w.Unexpanded()
	if err != nil {
		return err
	}
	found = append(found, unexpanded...)
	wrong, said := review.Errors(found) > 0, ""
	if c != nil && !wrong {
		said = integrity.Statement(c.Log, kept)
	}
	if err := a.printVerified(w, c, found, said); err != nil {
		return err
	}
	if wrong && !(f.update && onlyPinsMissing(found)) {
		return &exitError{code: exitFindings}
	}
	if f.update {
		return a.updateLog(ctx, w)
	}
	a.sayPinned(w, c, said)
	return nil
}

// printVerified prints what was found, and what it proves where nothing was.
func (a *app) printVerified(w *workspace.Workspace, c *integrity.Checker, found []*policy.Diagnostic, said string) error {
	if !a.json {
		report.Findings(a.stdout, found)
		return nil
	}
	result := map[string]any{"versions": len(integrity.PinsOf(w.History.Policies)), "findings": append([]*policy.Diagnostic{}, found...)}
	if c != nil {
		result["log"] = integrity.NewSummary(c.Log, w.Origin(), said)
	}
	return printJSON(a.stdout, result)
}

// onlyPinsMissing tells whether --update mends all that was found.
func onlyPinsMissing(found []*policy.Diagnostic) bool {
	for _, d := range found {
		if d.Rule != "pin-missing" && (d.Rule != "not-expanded" || d.Level == policy.Error) {
			return false
		}
	}
	return true
}

// verifyMore adds to what was found in the history what is found in its bytes, in
// the log, and in a built site.
func (a *app) verifyMore(ctx context.Context, w *workspace.Workspace, c *integrity.Checker, kept []integrity.Kept, dir string, found []*policy.Diagnostic) ([]*policy.Diagnostic, error) {
	more, err := w.Verify(ctx, c, kept)
	if found = append(found, more...); err != nil || dir == "" {
		return found, err
	}
	more, err = site.Verify(dir, w.History.Policies)
	if found = append(found, more...); err != nil {
		return nil, err
	}
	more, err = a.compareSite(ctx, w, dir)
	said := func(d *policy.Diagnostic) bool {
		return slices.ContainsFunc(found, func(f *policy.Diagnostic) bool { return f.File == d.File })
	}
	return append(found, slices.DeleteFunc(more, said)...), err
}

// compareSite builds the site in a folder again, as of its day and for its
// address, and reports what differs.
func (a *app) compareSite(ctx context.Context, w *workspace.Workspace, dir string) ([]*policy.Diagnostic, error) {
	on, base, err := site.Built(dir)
	if err != nil {
		return nil, hinted(fmt.Errorf("read the site: %w", err), "name a folder that `codicil build` made")
	}
	options, err := a.siteOptions(w, buildFlags{baseURL: cmp.Or(w.Config.BaseURL, base)}, &terminal.Progress{Quiet: true})
	if err != nil {
		return nil, err
	}
	if options.On = on; a.on != "" {
		options.On = a.today()
	}
	if options.Log, err = w.PublishedLog(); err != nil {
		return nil, err
	}
	found, err := site.CompareBuilt(ctx, dir, w.History.Policies, w.Repo, options)
	if err == nil {
		a.say("built again as of %s, for %s", options.On, cmp.Or(options.BaseURL, "any address"))
	}
	return found, err
}

// sayPinned says how many versions agree, how many are pinned, and what that
// proves.
func (a *app) sayPinned(w *workspace.Workspace, c *integrity.Checker, said string) {
	all := len(integrity.PinsOf(w.History.Policies))
	if all == 0 {
		a.say("nothing is published yet, so there is nothing to verify")
		return
	}
	a.say("%s with git", policy.Plural(all, "version agrees", "versions agree"))
	if c == nil {
		return
	}
	if missing := len(integrity.Missing(c.Pins, c.Policies)); missing > 0 && len(c.Pins) > 0 {
		a.say("%s not pinned yet: run `codicil verify --update`", policy.Plural(missing, "version is", "versions are"))
	}
	a.say("%s", said)
}
