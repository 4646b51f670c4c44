package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/reading"
	"github.com/codicil/codicil/policy/reading/ask"
	"github.com/codicil/codicil/policy/workspace"
	"github.com/codicil/codicil/render/terminal"
)

// readFlags are those of the verb read.
type readFlags struct {
	yes   bool
	score bool
	limit int
}

func (a *app) readCommand() *cobra.Command {
	var f readFlags
	cmd := &cobra.Command{
		Use:   "read ID[@VERSION]",
		Short: "Ask a second reader how much a change matters, and keep its checked answer",
		Long: "Read puts the redline of a version to the reader that codicil.yaml names: a language model, here or\n" +
			"elsewhere, or a program. Of the answer it keeps what quotations bear out, as readings/ID@VERSION.json\n" +
			"beside the configuration, to be committed. No other verb asks anybody. A reading can raise the proposed\n" +
			"severity and never lower it; where the two differ, a person decides.\n\n" +
			"With --score it reads labelled pairs instead (a file of labels and a folder of ID/before.md and after.md),\n" +
			"and prints how the reader does beside the rules. Answers are kept, so that it goes on where it stopped.",
		Example: "  codicil read privacy@2.0 --yes\n  codicil read --score labels.jsonl pairs --limit 20 --yes",
		Args:    cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.score {
				return a.readScore(cmd.Context(), args, f)
			}
			if len(args) != 1 {
				return usagef("read takes one version: privacy@2.0")
			}
			return a.readVersion(cmd.Context(), args[0], f)
		},
	}
	cmd.Flags().BoolVar(&f.yes, "yes", false, "ask the reader without asking you first")
	cmd.Flags().BoolVar(&f.score, "score", false, "read the labelled pairs of LABELS and PAIRS")
	cmd.Flags().IntVar(&f.limit, "limit", 0, "read at most `N` pairs; 0 is all")
	return cmd
}

func (a *app) readVersion(ctx context.Context, arg string, f readFlags) error {
	w, err := a.open(ctx)
	if err != nil {
		return err
	}
	reader, err := ask.New(w.Config.Reader, a.getenv)
	if err != nil {
		return err
	}
	s, err := w.Subject(arg, a.today())
	if err != nil {
		return err
	}
	if s.Draft && !w.Config.Reader.Drafts && !ask.Local(reader) {
		return hinted(fmt.Errorf("%s is not published, and its text would leave this machine", s.Label), "set `reader.drafts: true` in codicil.yaml if that is what you want")
	}
	q := reading.New(s.Redline, reading.DefaultRoom)
	if err := a.mayAsk(reader, fmt.Sprintf("%s of %s@%s", policy.Plural(len(q.Passages), "change", "changes"), s.Policy.ID, s.Label), f.yes); err != nil {
		return err
	}
	r, cost, err := reading.Read(ctx, reader, q)
	a.say("%s took %.1f s, %d tokens in and %d out", reader.Name(), cost.Seconds, cost.TokensIn, cost.TokensOut)
	if err != nil {
		a.tellDropped(r)
		return err
	}
	record := &reading.Record{Policy: s.Policy.ID, Version: s.Label, Before: s.Before, After: s.After, Prompt: q.Digest(),
		Reader: reader.Name(), Read: policy.DateOf(a.now()), Cost: cost, Reading: *r}
	file, err := w.KeepReading(record)
	if err != nil {
		return err
	}
	if a.json {
		return printJSON(a.stdout, record)
	}
	a.printReading(s, record, file)
	return nil
}

// mayAsk asks before a text goes to a server or a program of the repository is
// run; where nobody can be asked, --yes must say so. A server on this machine
// needs no leave.
func (a *app) mayAsk(r reading.Reader, what string, yes bool) error {
	if yes || ask.Local(r) {
		return nil
	}
	if _, ok := terminal.Size(a.stdin); !ok {
		return usagef("read needs --yes where nobody can be asked")
	}
	verb := "Send " + what + " to "
	if _, ok := r.(*ask.Command); ok {
		verb = "Give " + what + " to the program "
	}
	fmt.Fprintf(a.stderr, "%s%s? [y/N] ", verb, r.Name())
	answer, _ := bufio.NewReader(a.stdin).ReadString('\n')
	if !oneOf(strings.ToLower(strings.TrimSpace(answer)), "y", "yes") {
		return errors.New("nobody was asked")
	}
	return nil
}

// printReading says what the reader found, and whether the rules agree.
func (a *app) printReading(s *workspace.Subject, record *reading.Record, file string) {
	fmt.Fprintf(a.stdout, "%s@%s: %s says %s\n", s.Policy.ID, s.Label, record.Reader, record.Severity)
	fmt.Fprintln(a.stdout, reading.NewOpinion(record.Reader, record.Read, s.Rules, &record.Reading).Verdict)
	for _, r := range record.Reasons {
		fmt.Fprintf(a.stdout, "\n%s · %s · %s\n  %s\n", r.Severity, cmp.Or(r.Clause, "before the first clause"), cmp.Or(string(r.Category), "-"), r.Why)
		if r.Before != "" {
			fmt.Fprintf(a.stdout, "  was: %s\n", r.Before)
		}
		if r.After != "" {
			fmt.Fprintf(a.stdout, "  now: %s\n", r.After)
		}
	}
	if record.Summary != "" {
		fmt.Fprintf(a.stdout, "\nDraft of a summary: %s\n", record.Summary)
	}
	a.tellDropped(&record.Reading)
	a.say("kept in %s: commit it beside the text", file)
}

// tellDropped says what of an answer was not believed.
func (a *app) tellDropped(r *reading.Reading) {
	if r == nil {
		return
	}
	if len(r.Dropped) > 0 {
		a.say("%s not believed:", policy.Plural(len(r.Dropped), "finding was", "findings were"))
	}
	for _, d := range r.Dropped {
		a.say("  change %d: %s", d.Change, d.Why)
	}
	if r.Unread > 0 {
		a.say("%s not read: the redline is too long", policy.Plural(r.Unread, "change was", "changes were"))
	}
}
