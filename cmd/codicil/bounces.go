package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/notify/mailing"
	"github.com/codicil/codicil/policy"
)

func (a *app) bouncesCommand() *cobra.Command {
	var name string
	cmd := &cobra.Command{
		Use:   "bounces [MAILDIR|MBOX|FILE]...",
		Short: "Read reports of what could not be delivered",
		Long: "Bounces reads delivery reports (RFC 3464) and complaints (RFC 5965) from a maildir, an mbox, single\n" +
			"messages or standard input. Whom a notice did not reach, the proof then shows as not reached; they\n" +
			"and whoever complained are not mailed again. Only reports to a signed return path count: set\n" +
			"email.return_path in codicil.yaml before sending.",
		Example: "  codicil bounces ~/Maildir\n  codicil bounces < report.eml",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.bounces(cmd.Context(), args, name) },
	}
	cmd.Flags().StringVar(&name, "ledger", "", "keep the proof in this `FILE`, or at postgres://user@host/database")
	return cmd
}

func (a *app) bounces(ctx context.Context, names []string, flag string) error {
	w, err := a.open(ctx)
	if err != nil {
		return err
	}
	l, err := a.room(w).UseLedger(ctx, flag)
	if err != nil {
		return err
	}
	defer l.Close()
	c, err := mailing.ReadBounces(ctx, l, names, a.stdin, a.now())
	if err != nil {
		return err
	}
	if a.json {
		return printJSON(a.stdout, c)
	}
	fmt.Fprintf(a.stdout, "%s: %d not delivered, %d complaints, %d that pass, %d known before, %d others\n",
		policy.Plural(c.Messages, "message", "messages"), c.Failed, c.Complaints, c.Passing, c.Known, c.Others)
	return nil
}
