package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/ledger"
)

func (a *app) eraseCommand() *cobra.Command {
	var name string
	cmd := &cobra.Command{
		Use:   "erase [FILE]",
		Short: "Remove people from the ledger, on their request",
		Long: "Erase reads addresses, one a line, from a file or standard input, and removes them and the names\n" +
			"from the ledger. What is still due to these people is not sent, and they follow nothing any more.\n" +
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
	addresses, err := readAddresses(in)
	if err != nil {
		return err
	}
	w, err := a.open(ctx)
	if err != nil {
		return err
	}
	l, err := a.openLedger(w, flag, true)
	if errors.Is(err, ledger.ErrNone) {
		return hinted(fmt.Errorf("there is no ledger %s", w.ledgerName(flag)), "nothing was sent yet, or name the ledger with --ledger")
	}
	if err != nil {
		return err
	}
	defer l.Close()
	known := make([]string, 0, len(w.history.Policies))
	for _, p := range w.history.Policies {
		known = append(known, p.ID)
	}
	erased, strangers := 0, 0
	for _, address := range addresses {
		who := l.Recipient(address)
		notices, err := l.Cancel(ctx, who, "erased on request")
		if err == nil {
			err = l.Erase(ctx, who, known, a.now())
		}
		if err != nil {
			return err
		}
		if notices > 0 {
			erased++
		} else {
			strangers++
		}
	}
	if a.json {
		return printJSON(a.stdout, map[string]int{"erased": erased, "not_on_record": strangers})
	}
	fmt.Fprintf(a.stdout, "%s erased, %d on record for no notice\n", plural(erased, "person", "people"), strangers)
	return nil
}

// readAddresses reads addresses, one a line. All must be good before anybody
// is erased.
func readAddresses(in io.Reader) ([]string, error) {
	var list []string
	lines := bufio.NewScanner(in)
	for n := 1; lines.Scan(); n++ {
		text := strings.TrimSpace(lines.Text())
		if text == "" {
			continue
		}
		address, err := notify.Normalise(text)
		if err != nil {
			return nil, fmt.Errorf("line %d of the addresses: %w", n, err)
		}
		list = append(list, address)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read the addresses: %w", err)
	}
	if len(list) == 0 {
		return nil, usagef("there is no address to erase")
	}
	return list, nil
}
