package main

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/policy/starter"
	"github.com/codicil/codicil/policy/worktree"
)

func (a *app) initCommand() *cobra.Command {
	var ci, publish string
	var expand bool
	cmd := &cobra.Command{
		Use:   "init [DIR]",
		Short: "Set up a folder of policies: configuration, first text, CI, hook",
		Long: "Init writes a configuration, a first policy, a .gitignore, a workflow for CI and a hook that\n" +
			"checks each commit. What is there already is never touched, so it may be run again. Where\n" +
			"there is no git repository yet, it makes one and commits the first text. That is a draft, which\n" +
			"nobody sees until you take `draft: true` out.",
		Example: "  codicil init\n  codicil init legal --ci gitlab\n  codicil init legal --publish s3",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := "."
			if len(args) == 1 {
				dir = args[0]
			}
			return a.initFolder(cmd.Context(), dir, ci, publish, expand)
		},
	}
	cmd.Flags().StringVar(&ci, "ci", "github", "write the workflow for `CI`: github, gitlab, shell or none")
	cmd.Flags().StringVar(&publish, "publish", "pages", "with github, publish the site `WHERE`: pages, netlify, s3 or none")
	cmd.Flags().BoolVar(&expand, "expand", false, "with github, write a workflow that commits to pull requests what codicil expand writes")
	return cmd
}

func (a *app) initFolder(ctx context.Context, dir, ci, publish string, expand bool) error {
	workflows, err := starter.Workflows(ci, publish, expand)
	if err != nil {
		return asUsage(err)
	}
	f, err := starter.SetUp(ctx, dir, starter.Plan{Workflows: workflows, Day: a.today(), Release: version(), Git: worktree.Git})
	if err != nil {
		return err
	}
	if a.json {
		return printJSON(a.stdout, f)
	}
	for _, name := range f.Written {
		fmt.Fprintf(a.stdout, "wrote %s\n", filepath.Join(f.Dir, name))
	}
	for _, name := range f.Kept {
		fmt.Fprintf(a.stdout, "kept %s, which was there\n", filepath.Join(f.Dir, name))
	}
	if f.Repository {
		a.say("made a git repository and committed a draft: `codicil -C %s check` says what is left to fill in", f.Dir)
	}
	return nil
}
