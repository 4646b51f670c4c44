package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/notify/mailing"
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/render/terminal"
)

// suppressionFlags pick suppressions.
type suppressionFlags struct {
	ledger    string
	source    string
	notice    string
	since     string
	recipient string
	why       string
	all       bool
}

func (a *app) suppressionsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "suppressions list|lift|import|export",
		Short: "Show, take back and exchange who must not be mailed",
		Long: "Suppressions are the people who must not be mailed, each with where that comes from: refusal (a\n" +
			"server does not know the address), bounce (a message came back), complaint, unsubscribe, operator\n" +
			"(by hand or by a list). Lift takes them back, as after a fault of a relay: what they had ended is\n" +
			"due again, and the next `notify --send` sends it. What people have asked for themselves is lifted\n" +
			"only when its source or the person is named.",
		Example: "  codicil suppressions list\n" +
			"  codicil suppressions lift --source refusal --notice privacy@2.0 --why \"the relay had lost its users\"\n" +
			"  codicil suppressions import blocked.csv\n" +
			"  codicil suppressions export > suppressed.csv",
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return usagef("name what to do: list, lift, import or export") },
	}
	var f suppressionFlags
	verb := func(use, short string, run func(context.Context, []string, suppressionFlags) error, args cobra.PositionalArgs) *cobra.Command {
		return &cobra.Command{Use: use, Short: short, Args: args,
			RunE: func(cmd *cobra.Command, args []string) error { return run(cmd.Context(), args, f) }}
	}
	lift := verb("lift", "Take suppressions back; what they ended is due again", a.liftSuppressions, cobra.NoArgs)
	lift.Flags().StringVar(&f.why, "why", "", "the `REASON`, which is kept on record")
	lift.Flags().BoolVar(&f.all, "all", false, "all that no person has asked for")
	list := verb("list", "List suppressions with their sources", a.listSuppressions, cobra.NoArgs)
	export := verb("export", "Write suppressions as CSV, by hash: a ledger of the same key takes them in", a.exportSuppressions, cobra.NoArgs)
	take := verb("import [FILE]", "Suppress those in a FILE of addresses, or of an export", a.importSuppressions, cobra.MaximumNArgs(1))
	for _, sub := range []*cobra.Command{list, lift, export} {
		flags := sub.Flags()
		flags.StringVar(&f.source, "source", "", "those from this `SOURCE`: refusal, bounce, complaint, unsubscribe, operator")
		flags.StringVar(&f.notice, "notice", "", "those that this notice, `ID@VERSION`, brought about")
		flags.StringVar(&f.since, "since", "", "those since this `DATE` or time (2006-01-02T15:04:05Z)")
		flags.StringVar(&f.recipient, "recipient", "", "those of one `ADDRESS`; - reads it from standard input")
	}
	cmd.AddCommand(list, lift, take, export)
	for _, sub := range cmd.Commands() {
		sub.Flags().StringVar(&f.ledger, "ledger", "", "the ledger in this `FILE`, or at postgres://user@host/database")
	}
	return cmd
}

// filter reads the flags that pick.
func (a *app) filter(l *ledger.Ledger, f suppressionFlags) (notify.SuppressionFilter, error) {
	filter := notify.SuppressionFilter{Source: notify.Source(f.source), Notice: f.notice}
	sources := []notify.Source{"", notify.FromRefusal, notify.FromBounce, notify.FromComplaint, notify.FromUnsubscribe, notify.FromOperator}
	if !slices.Contains(sources, filter.Source) {
		return filter, usagef("--source: %q is unknown: write refusal, bounce, complaint, unsubscribe or operator", f.source)
	}
	if f.since != "" {
		since, err := time.Parse(time.DateOnly, f.since)
		if err != nil {
			since, err = time.Parse(time.RFC3339, f.since)
		}
		if err != nil {
			return filter, usagef("--since: %q is neither a date nor a time such as 2027-01-02T15:04:05Z", f.since)
		}
		filter.Since = since
	}
	if f.recipient != "" {
		address, err := a.address(f.recipient)
		if err != nil {
			return filter, usagef("--recipient: %w", err)
		}
		filter.Recipient = l.Recipient(address)
	}
	return filter, nil
}

// suppressionsOf gives those that the flags pick.
func (a *app) suppressionsOf(ctx context.Context, f suppressionFlags) ([]mailing.Suppression, error) {
	ledgers, done, err := a.suppressionLedgers(ctx, f)
	if err != nil {
		return nil, err
	}
	defer done()
	filter, err := a.filter(ledgers[0], f)
	if err != nil {
		return nil, err
	}
	return mailing.Suppressions(ctx, ledgers, filter)
}

// suppressionLedgers are the ledger and, beside a file, the register.
func (a *app) suppressionLedgers(ctx context.Context, f suppressionFlags) ([]*ledger.Ledger, func(), error) {
	w, err := a.open(ctx)
	if err != nil {
		return nil, nil, err
	}
	return a.room(w).Ledgers(ctx, f.ledger)
}

func (a *app) listSuppressions(ctx context.Context, _ []string, f suppressionFlags) error {
	list, err := a.suppressionsOf(ctx, f)
	if err != nil {
		return err
	}
	if a.json {
		return printJSON(a.stdout, map[string]any{"suppressions": list})
	}
	rows := make([][]string, 0, len(list))
	for _, s := range list {
		rows = append(rows, []string{s.Time, string(s.Source), cmp.Or(s.Policy, "all mail"), s.Recipient[:12], s.Reason})
	}
	terminal.Columns(a.stdout, rows)
	fmt.Fprintf(a.stdout, "%s\n", policy.Plural(len(list), "suppression", "suppressions"))
	return nil
}

func (a *app) exportSuppressions(ctx context.Context, _ []string, f suppressionFlags) error {
	list, err := a.suppressionsOf(ctx, f)
	if err != nil {
		return err
	}
	if a.json {
		return printJSON(a.stdout, map[string]any{"suppressions": list})
	}
	return mailing.WriteSuppressions(a.stdout, list)
}

func (a *app) liftSuppressions(ctx context.Context, _ []string, f suppressionFlags) error {
	if f.source == "" && f.notice == "" && f.since == "" && f.recipient == "" && !f.all {
		return usagef("say which to lift: --source, --notice, --since, --recipient or --all")
	}
	if f.why == "" {
		return usagef("lift needs --why: the reason is kept on record")
	}
	ledgers, done, err := a.suppressionLedgers(ctx, f)
	if err != nil {
		return err
	}
	defer done()
	filter, err := a.filter(ledgers[0], f)
	if err != nil {
		return err
	}
	lifted, due, err := mailing.LiftSuppressions(ctx, ledgers, filter, f.why, a.now())
	if err != nil {
		return err
	}
	if a.json {
		return printJSON(a.stdout, map[string]int{"lifted": lifted, "due_again": due})
	}
	fmt.Fprintf(a.stdout, "%s lifted, %s due again\n", policy.Plural(lifted, "suppression", "suppressions"), policy.Plural(due, "message", "messages"))
	return nil
}

func (a *app) importSuppressions(ctx context.Context, args []string, f suppressionFlags) error {
	in, name := a.stdin, "standard input"
	if len(args) > 0 {
		file, err := os.Open(args[0])
		if err != nil {
			return fmt.Errorf("read the suppressions: %w", err)
		}
		defer file.Close()
		in, name = file, args[0]
	}
	ledgers, done, err := a.suppressionLedgers(ctx, f)
	if err != nil {
		return err
	}
	defer done()
	added, known, err := mailing.ImportSuppressions(ctx, ledgers[0], in, name, a.now())
	if err != nil {
		return err
	}
	if a.json {
		return printJSON(a.stdout, map[string]int{"added": added, "known": known})
	}
	fmt.Fprintf(a.stdout, "%s added, %d known before\n", policy.Plural(added, "suppression", "suppressions"), known)
	return nil
}
