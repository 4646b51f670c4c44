package main

import (
	"context"

	"github.com/spf13/cobra"
)

func (a *app) fixCommand() *cobra.Command {
	var numbering bool
	cmd := &cobra.Command{
		Use:   "fix --numbering [ID...]",
		Short: "Mend the numbering of clauses, and change no other word",
		Long: "Fix numbers headings, clauses and items in order and in one style. Citations follow the clause\n" +
			"they name, and each renumbered clause keeps its id, so that links stay alive.",
		Example: "  codicil fix --numbering\n  codicil fix --numbering privacy",
		RunE: func(cmd *cobra.Command, ids []string) error {
			if !numbering {
				return usagef("say what to fix: --numbering")
			}
			return a.fix(cmd.Context(), ids)
		},
	}
	cmd.Flags().BoolVar(&numbering, "numbering", false, "number the clauses in order")
	return cmd
}

func (a *app) fix(ctx context.Context, ids []string) error {
	w, err := a.open(ctx)
	if err != nil {
		return err
	}
	policies, err := w.NextTexts(ids)
	if err != nil {
		return err
	}
	list, err := w.Number(policies)
	if err != nil {
		return err
	}
	mended := []mendedJSON{}
	for _, n := range list {
		switch {
		case n.Source != "":
			a.say("%s: left as it is: its text is made of %s; number that, and run `codicil expand`", n.File, n.Source)
		case len(n.Repairs) == 0:
			a.say("%s: the numbering is in order", n.File)
		default:
			mended = append(mended, mendedJSON{n.File, n.Repairs})
			if !a.json {
				a.printRepairs(n.File, n.File, n.Repairs)
			}
		}
	}
	if a.json {
		return printJSON(a.stdout, map[string]any{"files": mended})
	}
	return nil
}
