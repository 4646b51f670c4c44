package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/policy/listing"
	"github.com/codicil/codicil/render/terminal"
)

func (a *app) logCommand() *cobra.Command {
	var limit int
	var audit bool
	cmd := &cobra.Command{
		Use:   "log ID",
		Short: "Show the versions of a policy, newest first",
		Long: "Log shows the versions of a policy. With --audit it says, for one policy or for all, how many\n" +
			"versions were major by our reading, and whether anything announced them: a label, a date line\n" +
			"that moved, a summary.",
		Example: "  codicil log privacy\n  codicil log privacy --json\n  codicil log --audit",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case audit:
				return a.logAudit(cmd.Context(), args)
			case len(args) == 0:
				return usagef("log needs the ID of a policy; --audit alone takes all")
			}
			return a.log(cmd.Context(), args[0], limit)
		},
	}
	cmd.Flags().BoolVar(&audit, "audit", false, "say which major changes were announced")
	cmd.Flags().IntVarP(&limit, "limit", "n", 0, "show only the newest `N` versions")
	return cmd
}

func (a *app) log(ctx context.Context, id string, limit int) error {
	w, err := a.openKnown(ctx)
	if err != nil {
		return err
	}
	p, err := w.Find(id)
	if err != nil {
		return err
	}
	versions := p.Versions
	if limit > 0 && limit < len(versions) {
		versions = versions[:limit]
	}
	list := make([]listing.Version, 0, len(versions))
	for _, v := range versions {
		if err := ctx.Err(); err != nil {
			return err
		}
		c, err := w.Compare(p, v)
		if err != nil {
			return err
		}
		list = append(list, listing.NewVersion(c, a.today()))
	}
	if a.json {
		return printJSON(a.stdout, map[string]any{"id": p.ID, "versions": list})
	}
	a.printLog(list)
	return nil
}

func (a *app) printLog(list []listing.Version) {
	rows := [][]string{{"VERSION", "SEVERITY", "STATUS", "EFFECTIVE", "", "PUBLISHED", "COMMIT"}}
	for _, l := range list {
		rows = append(rows, []string{
			l.Label, l.Severity, string(l.Status), l.Effective.String(), string(l.Certainty),
			l.Published.Format(time.DateOnly), l.Commit[:min(12, len(l.Commit))],
		})
	}
	terminal.Columns(a.stdout, rows)
	for _, l := range list {
		for _, remark := range l.Remarks() {
			fmt.Fprintf(a.stdout, "%s: %s\n", l.Label, remark)
		}
	}
}
