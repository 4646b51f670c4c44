package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

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
	addresses, err := readAddresses(in)
	if err != nil {
		return err
	}
	w, err := a.open(ctx)
	if err != nil {
		return err
	}
	l, err := a.room(w).UseLedger(ctx, flag)
	if err != nil {
		return err
	}
	defer l.Close()
	register, err := a.room(w).OpenRegister(flag, l.Key(), true)
	if err != nil {
		return err
	}
	if register != nil {
		defer register.Close()
	}
	e := eraser{known: w.IDs(), at: a.now(), ledgers: []*ledger.Ledger{l, register}}
	for _, address := range addresses {
		if err := e.erase(ctx, address); err != nil {
			return err
		}
	}
	if err := e.wipe(addresses); err != nil {
		return err
	}
	if a.json {
		return printJSON(a.stdout, map[string]int{"erased": e.erased, "not_on_record": e.strangers})
	}
	fmt.Fprintf(a.stdout, "%s erased, %d on record nowhere\n", plural(e.erased, "person", "people"), e.strangers)
	return nil
}

// eraser takes people out of the ledger and the register.
type eraser struct {
	known             []string // ids of the policies
	at                time.Time
	ledgers           []*ledger.Ledger // nil for one that there is not
	erased, strangers int
}

func (e *eraser) erase(ctx context.Context, address string) error {
	known := false
	for _, l := range e.ledgers {
		if l == nil {
			continue
		}
		found, err := l.Erase(ctx, l.Recipient(address), e.known, e.at)
		if err != nil {
			return err
		}
		known = known || found.Notices > 0 || found.Followed
	}
	if known {
		e.erased++
	} else {
		e.strangers++
	}
	return nil
}

// wipe removes the addresses from what the files still hold of them.
func (e *eraser) wipe(addresses []string) error {
	for _, l := range e.ledgers {
		if l == nil {
			continue
		}
		if err := l.Wipe(addresses...); err != nil {
			return err
		}
	}
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
