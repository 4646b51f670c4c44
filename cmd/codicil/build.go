package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/workspace"
	"github.com/codicil/codicil/policy/worktree"
	"github.com/codicil/codicil/render/terminal"
	"github.com/codicil/codicil/site"
)

// buildFlags are the flags of build and serve.
type buildFlags struct {
	destination string
	baseURL     string
	jobs        int
	verify      bool
	pdf         bool
}

func (a *app) buildCommand() *cobra.Command {
	var f buildFlags
	cmd := &cobra.Command{
		Use:   "build",
		Short: "Build the static site",
		Long: "Build writes every policy, every version, the redlines, the history, feeds and the notice for\n" +
			"other sites as static files. The old site stays whole until the new one is complete; what was\n" +
			"altered or deleted in it since is mended.",
		Example: "  codicil build\n  codicil build -d public --base-url https://example.com/legal",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.build(cmd.Context(), f) },
	}
	flags := cmd.Flags()
	flags.StringVarP(&f.destination, "destination", "d", "", "write the site to `DIR` (default .build/site)")
	flags.StringVar(&f.baseURL, "base-url", "", "the `URL` of the site")
	flags.IntVarP(&f.jobs, "jobs", "j", 0, "work on `N` pages at once (default: one a processor)")
	flags.BoolVar(&f.pdf, "pdf", false, "print every version and redline as a PDF file, too (with Chromium or Chrome)")
	a.reviewsFlag(cmd)
	flags.BoolVar(&f.verify, "verify", false, "read every file of the site that is there, and mend what was altered")
	return cmd
}

func (a *app) build(ctx context.Context, f buildFlags) error {
	defer site.TuneMemory()()
	w, err := a.configured()
	if err != nil {
		return err
	}
	if day := a.knownDay(); day.Before(policy.DateOf(a.now())) {
		w.Known = day // a site of a past day shows what was known on it
	}
	dst, err := a.destination(w, f.destination)
	if err != nil {
		return err
	}
	bar := a.progress()
	options, err := a.siteOptions(w, f, bar)
	if err != nil {
		return err
	}
	options.Texts, options.Verify = w.Fingerprint(), f.verify
	if f.pdf {
		printer, err := a.printer(ctx)
		if err != nil {
			return err
		}
		defer printer.Close()
		options.Printer = printer
	}
	if a.reviews != "" {
		options.Texts = "" // what they say is no part of the repository
	}
	start := a.now()
	summary := site.UpToDate(dst, options)
	var held []*policy.Diagnostic
	if summary == nil || a.verbose {
		summary, held, err = a.rebuild(ctx, w, dst, options)
	}
	bar.Done()
	if err != nil {
		return err
	}
	a.failed(summary.Failures...)
	if a.json {
		return cmp.Or(printJSON(a.stdout, summary), a.holdBack(held))
	}
	fmt.Fprintf(a.stdout, "%s, %s, %s: %s in %s\n",
		policy.Plural(summary.Policies, "policy", "policies"), policy.Plural(summary.Versions, "version", "versions"),
		policy.Plural(summary.Redlines, "redline", "redlines"), policy.Plural(summary.Files, "file", "files"), dst)
	a.say("built in %s", a.now().Sub(start).Round(10*time.Millisecond))
	a.warnTexts(summary.Warnings)
	return a.holdBack(held)
}

// holdBack names the newest texts that were not published because they are
// broken, and returns what makes the exit code say so.
func (a *app) holdBack(held []*policy.Diagnostic) error {
	for _, d := range held {
		fmt.Fprintf(a.stderr, "codicil: error: %s\ncodicil: hint: %s\n", d.Error(), d.Hint)
	}
	if len(held) == 0 {
		return nil
	}
	return &exitError{code: exitFindings}
}

// rebuild reads the history and builds the site. A newest text that is broken
// is held back and returned: the version before it stays on the site.
func (a *app) rebuild(ctx context.Context, w *workspace.Workspace, dst string, options site.Options) (*site.Summary, []*policy.Diagnostic, error) {
	if err := a.read(ctx, w); err != nil {
		return nil, nil, err
	}
	if err := w.Approve(a.reviews); err != nil {
		return nil, nil, err
	}
	held, err := w.HeldBack()
	if err != nil {
		return nil, nil, err
	}
	if len(held) > 0 {
		options.Texts = "" // or the next build would find nothing to do, and nothing to say
	}
	if options.Log, err = w.PublishedLog(); err != nil {
		return nil, nil, err
	}
	summary, err := site.Build(ctx, dst, w.History.Policies, w.Repo, options)
	return summary, held, err
}

// warnTexts says which faults in texts did not stop the build.
func (a *app) warnTexts(warnings []*policy.Diagnostic) {
	if !a.verbose && len(warnings) > 0 {
		a.say("%s in the texts: `codicil build -v` shows them", policy.Plural(len(warnings), "fault", "faults"))
		return
	}
	for _, d := range warnings {
		a.say("warning: %s", d.Error())
	}
}

// destination returns the folder that the site is written to.
func (a *app) destination(w *workspace.Workspace, dir string) (string, error) {
	root := w.Repo.Root()
	if dir == "" {
		dir = filepath.Join(root, ".build", "site")
	}
	return dir, worktree.CheckTarget(root, dir)
}

// recordsFolder returns where it is remembered what sites this machine has built;
// empty on a machine without a folder for such things.
func recordsFolder() string {
	cache, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(cache, "codicil", "sites")
}

func (a *app) siteOptions(w *workspace.Workspace, f buildFlags, bar *terminal.Progress) (site.Options, error) {
	base := f.baseURL
	if base == "" {
		base = w.Config.BaseURL
	}
	theme, err := themeOf(w.Config)
	return site.Options{
		Title:     w.Config.Title,
		BaseURL:   base,
		SiteRoot:  w.Config.SiteRoot,
		Follow:    w.Config.Serve.URL,
		Lang:      w.Config.Lang,
		Theme:     theme,
		On:        a.today(),
		Rules:     w.Rules,
		Book:      w.Book,
		Withdrawn: w.Config.Withdrawn,
		Remind:    w.Config.Notice.Remind,
		Jobs:      f.jobs,
		Generator: "Codicil",
		Progress:  bar.Step,
		Records:   recordsFolder(),
	}, err
}
