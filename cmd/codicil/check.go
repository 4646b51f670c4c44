package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/history"
	"github.com/codicil/codicil/policy/review"
	"github.com/codicil/codicil/policy/workspace"
	"github.com/codicil/codicil/policy/worktree"
	"github.com/codicil/codicil/site"
)

// checkFlags are the flags of check.
type checkFlags struct {
	base, format string
	ledger       string // what people were told
	fix          bool
}

func (a *app) checkCommand() *cobra.Command {
	var f checkFlags
	cmd := &cobra.Command{
		Use:   "check [ID...]",
		Short: "Check the texts, and that no change slips out without notice",
		Long: "Check lints the policies of the work tree and holds every change against what was published\n" +
			"(--base, else where this branch left the published one). It exits with 3 when there are faults:\n" +
			"a change without a new label, a major change without summary, date or notice period, a downgrade\n" +
			"without a reason, a text that changed silently after it took effect.",
		Example: "  codicil check\n  codicil check --fix\n  codicil check privacy --base origin/main --format github",
		RunE: func(cmd *cobra.Command, ids []string) error {
			return a.check(cmd.Context(), ids, f)
		},
	}
	cmd.Flags().StringVar(&f.base, "base", "", "`REVISION` that was published last")
	cmd.Flags().BoolVar(&f.fix, "fix", false, "first mend in the work tree what changes no word")
	cmd.Flags().StringVar(&f.ledger, "ledger", "", "compare with what people were told by the ledger in `FILE` or at URL (default, without --base: that of the configuration, if it is a file)")
	a.reviewsFlag(cmd)
	cmd.Flags().StringVar(&f.format, "format", "text", "`FORMAT` of the findings: text, github, sarif, markdown or json")
	return cmd
}

func (a *app) check(ctx context.Context, ids []string, f checkFlags) error {
	if a.json {
		f.format = "json"
	}
	if !oneOf(f.format, "text", "github", "sarif", "markdown", "json") {
		return usagef("--format: %q is not text, github, sarif, markdown or json", f.format)
	}
	if f.ledger != "" && f.base != "" {
		return usagef("--ledger: a change that is held against --base is a stranger's, and no ledger is opened for it")
	}
	w, err := a.open(ctx)
	if err != nil {
		return err
	}
	w.Stranger = f.base != ""
	w.Told = a.told(ctx, w, f.ledger)
	ruled, published, loose, err := w.Published(ctx, f.base)
	if err != nil {
		return err
	}
	if err := w.Sighted(published); err != nil {
		return err
	}
	policies, err := w.NextTexts(ids)
	if err != nil {
		return err
	}
	own := w
	w = ruled
	if f.fix {
		mended := func(file string, n int) { a.say("%s: %s", file, policy.Plural(n, "repair", "repairs")) }
		if err := w.Mend(policies, mended); err != nil {
			return err
		}
	}
	result, err := a.judged(ctx, w, published, policies, len(ids) == 0)
	if err != nil {
		return err
	}
	result.Findings = append(result.Findings, loose...)
	unknown, err := w.Repo.Unknown(w.Options(""))
	if err != nil {
		return err
	}
	for _, file := range unknown {
		a.say("%s is not looked at: git does not know it (`git add %s`)", file, file)
	}
	if err := own.Afterwards(ctx, w, result, published, len(ids) == 0, a.today()); err != nil {
		return err
	}
	if err := a.printChecked(w, result, f.format); err != nil {
		return err
	}
	if review.Errors(result.All()) > 0 {
		return &exitError{code: exitFindings}
	}
	return nil
}

// sent returns the day on which the last message would leave if sending began
// on the given day; zero when the list or the rate is not known.
func (a *app) sent(w *workspace.Workspace, on policy.Date) policy.Date {
	if w.Stranger {
		return policy.Date{}
	}
	mailed := a.room(w).Lasts()
	if mailed == 0 {
		return policy.Date{}
	}
	return policy.DateOf(on.Time().Add(9*time.Hour + mailed))
}

// judged holds the texts of the work tree against what is published, and the
// repository as the next commit would leave it; all says whether every policy is
// among them.
func (a *app) judged(ctx context.Context, w *workspace.Workspace, published *history.History, policies []*policy.Policy, all bool) (*review.Result, error) {
	candidates, err := w.Candidates(policies)
	if err != nil {
		return nil, err
	}
	next, err := w.Next(ctx, a.today())
	fault := (*policy.Diagnostic)(nil)
	if errors.As(err, &fault) {
		next = w
	} else if err != nil {
		return nil, err
	}
	reviewer, err := a.reviewer(w, published)
	if err != nil {
		return nil, err
	}
	if reviewer.Approvals, err = w.Approvals(a.reviews); err != nil {
		return nil, err
	}
	reviewer.Next = next.History.Policies
	reviewer.Partial, reviewer.Based = !all, published != w.History
	result, err := reviewer.Check(candidates)
	if err != nil {
		return nil, err
	}
	before := published
	if !reviewer.Based {
		before = nil
	}
	more, err := next.OfRepository(ctx, result, before, all)
	result.Findings = append(result.Findings, more...)
	if fault != nil {
		result.Findings = append(result.Findings, fault)
	}
	return result, err
}

// reviewer makes the gate.
func (a *app) reviewer(w *workspace.Workspace, published *history.History) (*review.Reviewer, error) {
	return w.Reviewer(published, a.today(), func() policy.Date { return a.sent(w, a.today()) })
}

// told gathers what people were told, by the site that was built last and by the
// ledger; nothing where the texts to judge are a stranger's, who may have put
// something in their place. What cannot be read keeps nobody from checking the rest.
func (a *app) told(ctx context.Context, w *workspace.Workspace, named string) []policy.AnnouncedText {
	if w.Stranger {
		return nil
	}
	list, err := site.AnnouncedTexts(w.Repo.Root(), ".build/site")
	if err == nil {
		err = a.ownLedger(w, named)
	}
	if err == nil {
		var sent []policy.AnnouncedText
		sent, err = a.room(w).Announced(ctx, named)
		list = append(list, sent...)
	}
	if err != nil {
		a.say("warning: not everything that people were told is compared: %v", err)
	}
	return list
}

// ownLedger refuses a ledger that nobody named and that came with the repository, or
// lies outside of it: whoever wrote the repository says what people were told then,
// or which file of this machine is opened.
func (a *app) ownLedger(w *workspace.Workspace, named string) error {
	name := a.room(w).LedgerName(named)
	if named != "" || ledger.IsURL(name) || w.Repo.Root() == "" {
		return nil
	}
	_, below, err := worktree.Resolve(w.Repo.Root(), name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return hinted(fmt.Errorf("the ledger %w", err), "name it with --ledger")
	case w.Repo.Tracks(filepath.ToSlash(below)):
		return hinted(fmt.Errorf("the ledger %s is a file of the repository, as anybody may have written it", name), "take it out of git, or name it with --ledger")
	}
	return nil
}
