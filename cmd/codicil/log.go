package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/listing"
	"github.com/codicil/codicil/render/terminal"
)

func (a *app) logCommand() *cobra.Command {
	var limit int
	var audit bool
	cmd := &cobra.Command{
		Use:   "log ID",
		Short: "Show the versions of a policy, newest first",
		Long: "Log shows the versions of a policy: of more than 5000 the newest 5000, unless --limit names another\n" +
			"number. With --audit it says, for one policy or for all, how many versions were major by our reading,\n" +
			"and whether anything announced them: a label, a date line that moved, a summary.",
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
	l, err := listing.NewLog(ctx, w.Reader(), p, a.today(), limit)
	if err != nil {
		return err
	}
	if a.json {
		return printJSON(a.stdout, l)
	}
	a.printLog(l.Versions)
	if l.LeftOut > 0 {
		a.say("%s of %s left out: name a number to see more than %d, as in -n %d", policy.Plural(l.LeftOut, "older version", "older versions"), p.ID, listing.MostLogged, len(p.Versions))
	}
	return nil
}

func (a *app) printLog(list []listing.Version) {
	rows := [][]string{{"VERSION", "SEVERITY", "STATUS", "EFFECTIVE", "", "PUBLISHED", "COMMIT"}}
	for _, l := range list {
		effective, certainty := l.Binds()
		rows = append(rows, []string{
			l.Label, l.Change(), string(l.Status), effective.String(), string(certainty),
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
