package main

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/policy/repair"
	"github.com/codicil/codicil/policy/worktree"
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
	mended := []mendedJSON{}
	for _, p := range policies {
		file := filepath.Join(w.Repo.Root(), filepath.FromSlash(p.Path))
		src, err := worktree.Read(w.Repo.Root(), file, worktree.MaxText)
		if err != nil {
			return fmt.Errorf("read the work tree: %w", err)
		}
		out, repairs, err := repair.Numbering(p.Path, src)
		if err != nil {
			return err
		}
		if len(repairs) == 0 {
			a.say("%s: the numbering is in order", p.Path)
			continue
		}
		if !bytes.Equal(src, out) {
			if err := worktree.Write(file, out); err != nil {
				return err
			}
		}
		mended = append(mended, mendedJSON{p.Path, append([]repair.Repair{}, repairs...)})
		if !a.json {
			a.printRepairs(p.Path, p.Path, repairs)
		}
	}
	if a.json {
		return printJSON(a.stdout, map[string]any{"files": mended})
	}
	return nil
}
