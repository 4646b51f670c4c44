package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/notify/mailing"
	"github.com/codicil/codicil/policy"
)

func (a *app) eraseCommand() *cobra.Command {
	var name string
	cmd := &cobra.Command{
		Use:   "erase [FILE]",
		Short: "Remove people from the ledger, on their request",
		Long: "Erase reads addresses, one a line, from a file or standard input, and removes them and the names\n" +
			"from the ledger and the list of followers, down to the bytes of their files. What is still due to\n" +
			"these people is not sent, and they follow nothing any more.\n" +
			"The keyed hash of the address stays, and with it the proof of what was sent: it can be shown to\n" +
			"whoever names the address again.",
		Example: "  codicil erase < requests.txt",
		Args:    cobra.MaximumNArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.erase(cmd.Context(), args, name) },
	}
	cmd.Flags().StringVar(&name, "ledger", "", "the ledger in this `FILE`, or at postgres://user@host/database")
	return cmd
}

func (a *app) erase(ctx context.Context, args []string, flag string) error {
	in := a.stdin
	if len(args) > 0 {
		f, err := os.Open(args[0])
		if err != nil {
			return fmt.Errorf("read the addresses: %w", err)
		}
		defer f.Close()
		in = f
	}
	addresses, err := mailing.ReadAddresses(in)
	if errors.Is(err, mailing.ErrNoAddress) {
		return asUsage(err)
	}
	if err != nil {
		return err
	}
	w, err := a.open(ctx)
	if err != nil {
		return err
	}
	ledgers, done, err := a.room(w).Ledgers(ctx, flag)
	if err != nil {
		return err
	}
	defer done()
	e := mailing.Eraser{Policies: w.IDs(), At: a.now(), Ledgers: ledgers}
	if err := e.Erase(ctx, addresses); err != nil {
		return err
	}
	if a.json {
		return printJSON(a.stdout, map[string]int{"erased": e.Erased, "not_on_record": e.Strangers})
	}
	fmt.Fprintf(a.stdout, "%s erased, %d on record nowhere\n", policy.Plural(e.Erased, "person", "people"), e.Strangers)
	return nil
}
