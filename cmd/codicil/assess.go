package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/policy/config"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/reading"
	"github.com/codicil/codicil/policy/review"
	"github.com/codicil/codicil/policy/workspace"
	"github.com/codicil/codicil/render/report"
)

func (a *app) assessCommand() *cobra.Command {
	var format string
	var sinceTold bool
	cmd := &cobra.Command{
		Use:   "assess A [B]",
		Short: "Say how much a change matters, and why",
		Long: "Assess proposes a severity (none, editorial, minor, major) for a change and gives its reasons,\n" +
			"each with the clause and the words it rests on. A and B are versions, commits or files, as in diff.\n" +
			"Where they name several policies, the JSON is a list under the key assessments.\n\n" +
			"With --since-announced a policy, or one version of it, is held against the last version that people\n" +
			"were told about (a major one, one that was mailed, or the first): small steps can be one major change.",
		Example: "  codicil assess privacy@2.0\n  codicil assess privacy --since-announced\n  codicil assess before.md after.md --json",
		Args:    cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.assess(cmd.Context(), args, format, sinceTold)
		},
	}
	cmd.Flags().BoolVar(&sinceTold, "since-announced", false, "compare with the last version that people were told about")
	cmd.Flags().StringVar(&format, "format", "text", "`FORMAT` of the assessment: text, markdown or json")
	return cmd
}

// assessed is an assessment in the JSON of assess, with what a second reader
// said beside it.
type assessed struct {
	Policy string `json:"policy,omitempty"` // where there are several
	*materiality.Assessment
	Reading *reading.Opinion `json:"reading"` // null where nobody has read it
}

func (a *app) assess(ctx context.Context, args []string, format string, sinceTold bool) error {
	if a.json {
		format = "json"
	}
	if !oneOf(format, "text", "markdown", "json") {
		return usagef("--format: %q is not text, markdown or json", format)
	}
	cfg, err := config.Load(a.config)
	if err != nil {
		return err
	}
	book, err := a.bookOf(cfg)
	if err != nil {
		return err
	}
	pairs, err := a.assessedPairs(ctx, args, sinceTold)
	if err != nil {
		return err
	}
	list := make([]review.Joined, 0, len(pairs))
	for _, p := range pairs {
		judged := p.Judged(a.comparer(book))
		for _, d := range judged.Found {
			a.say("codicil: warning: %s", d.Error())
		}
		list = append(list, judged)
	}
	if format == "json" {
		return a.printAssessed(pairs, list)
	}
	for i, p := range pairs {
		if i > 0 {
			fmt.Fprintln(a.stdout)
		}
		fmt.Fprint(a.stdout, report.Assessment(p.Before.Name, p.After.Name, list[i].Assessment, format == "markdown"), report.Opinion(list[i].Opinion, format == "markdown"))
	}
	return nil
}

// assessedPairs finds what is to be assessed.
func (a *app) assessedPairs(ctx context.Context, args []string, sinceTold bool) ([]workspace.Pair, error) {
	if !sinceTold {
		return a.pairs(ctx, args)
	}
	if len(args) != 1 {
		return nil, usagef("--since-announced takes one policy or version")
	}
	w, err := a.open(ctx)
	if err != nil {
		return nil, err
	}
	p, err := w.SinceTold(args[0], a.today())
	return []workspace.Pair{p}, err
}

// printAssessed prints one document: the assessment of a pair, or a list where
// there are several.
func (a *app) printAssessed(pairs []workspace.Pair, judged []review.Joined) error {
	list := make([]assessed, 0, len(pairs))
	for i, p := range pairs {
		list = append(list, assessed{p.Name, judged[i].Assessment, judged[i].Opinion})
	}
	if len(list) == 1 {
		list[0].Policy = ""
		return printJSON(a.stdout, list[0])
	}
	return printJSON(a.stdout, map[string]any{"assessments": list})
}
