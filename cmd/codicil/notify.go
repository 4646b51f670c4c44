package main

import (
	"context"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/notify/mailing"
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/notice"
	"github.com/codicil/codicil/policy/redline"
	"github.com/codicil/codicil/policy/workspace"
)

// notifyFlags are the flags of notify.
type notifyFlags struct {
	mailing.Options
	to      string
	out     string
	send    bool
	yes     bool
	metrics string
	claim   bool
}

// sends reports whether the notice itself goes out: not a test, nor a preview.
func (f notifyFlags) sends() bool { return f.send && f.to == "" && f.out == "" }

func (a *app) notifyCommand() *cobra.Command {
	var f notifyFlags
	cmd := &cobra.Command{
		Use:   "notify ID[@VERSION]",
		Short: "Plan the notice of a version, preview it, send it",
		Long: "Notify shows who would be told of a version, through which channels, by when, and what is missing.\n" +
			"It sends only with --send. Run again, it goes on where it stopped and tells nobody twice.\n" +
			"Exit code 4 says that some recipients could not be told. With --send, the JSON tells of it under the\n" +
			"key sent.",
		Example: "  codicil notify privacy@2.0 --recipients recipients.csv\n" +
			"  codicil notify privacy@2.0 --recipients recipients.csv --out mail\n" +
			"  codicil notify privacy@2.0 --recipients recipients.csv --send --yes",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.notify(cmd.Context(), args[0], f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.Recipients, "recipients", "", "`FILE` of recipients, CSV (email,lang,name,class,timezone) or a JSON object a line; - for standard input")
	flags.StringVar(&f.Class, "class", string(notice.ServiceClass), "whom to tell: service (account holders) or follower (who asked for it)")
	flags.StringVar(&f.Channel, "channel", "", "tell people by this `NAME` of channels.custom, such as sms, instead of mail")
	flags.StringVar(&f.Ledger, "ledger", "", "keep the proof in this `FILE`, or at postgres://user@host/database")
	flags.StringVar(&f.to, "to", "", "send one test message to `ADDRESS`, without record")
	flags.StringVar(&f.out, "out", "", "write the message of each recipient to `DIR` as .eml, or as JSON with --channel")
	flags.BoolVar(&f.send, "send", false, "send the notice by email, or by --channel")
	flags.BoolVar(&f.yes, "yes", false, "send without asking")
	flags.BoolVar(&f.UntilDone, "until-done", false, "go on until nothing is due: wait for retries and for a server that is away")
	flags.StringVar(&f.Failed, "failed", "", "write whom the notice did not reach, with their addresses, to `FILE.csv`")
	flags.StringVar(&f.metrics, "metrics", "", "while sending, answer with the numbers for Prometheus at `HOST:PORT`")
	flags.BoolVar(&f.claim, "claim", false, "send from a ledger that was copied or put back")
	flags.StringVar(&f.Late, "late", "", "send after the last day of notice, for this `REASON`, which is kept on record")
	flags.StringVar(&f.Correct, "correct", "", "tell those who were told another text or date what is so, for this `REASON`, which they read")
	flags.BoolVar(&f.TopUp, "top-up", false, "add those who came to the list since the notice was begun")
	return cmd
}

func (a *app) notify(ctx context.Context, reference string, f notifyFlags) error {
	// A long list leaves much garbage beside little that lives: collecting
	// early is cheap, and keeps a million recipients small.
	defer debug.SetGCPercent(debug.SetGCPercent(20))
	if f.send && a.today() != policy.DateOf(a.now()) {
		return usagef("--send happens today: a notice after its day is sent with --late REASON, not with --on")
	}
	w, err := a.open(ctx)
	if err != nil {
		return err
	}
	a.unhurried.Store(true)
	if f.Recipients == "-" {
		if f.Recipients, err = mailing.SaveList(a.stdin); err != nil {
			return err
		}
		defer os.Remove(f.Recipients)
	}
	m, err := a.mailing(w, reference, f.Options)
	if err != nil {
		return err
	}
	defer m.Close()
	if err := m.Amend(ctx); err != nil {
		return err
	}
	if err := m.Prepare(ctx, a.start()); err != nil {
		return err
	}
	if err := a.printPlan(m, f); err != nil {
		return err
	}
	switch {
	case f.to != "":
		return a.sendTest(ctx, m, f.to)
	case f.out != "":
		n, err := m.Preview(f.out)
		if err == nil {
			a.say("wrote %s to %s", policy.Plural(n, "message", "messages"), f.out)
		}
		return err
	case f.sends():
		report, err := a.send(ctx, m, f)
		return a.report(m, report, err)
	}
	return nil
}

// start is when sending would begin: now, or the morning of the day asked for.
func (a *app) start() time.Time {
	if a.on == "" {
		return a.now()
	}
	return a.today().Time().Add(9 * time.Hour)
}

// printPlan shows who would be told, how, by when, and what is missing. The JSON
// of a notice that is sent waits for what becomes of it.
func (a *app) printPlan(m *mailing.Mailing, f notifyFlags) error {
	if a.json && f.sends() {
		return nil
	}
	if a.json {
		return printJSON(a.stdout, m.Document())
	}
	m.Describe(a.stdout)
	return nil
}

// room is where notices are mailed from.
func (a *app) room(w *workspace.Workspace) *mailing.Room {
	return &mailing.Room{Config: w.Config, Root: w.Repo.Root(), Getenv: a.getenv, Now: a.now, Say: a.say}
}

// mailing finds the notice that a reference names, and what the gate says of it.
func (a *app) mailing(w *workspace.Workspace, reference string, o mailing.Options) (*mailing.Mailing, error) {
	if !oneOf(o.Class, string(notice.ServiceClass), string(notice.Follower)) {
		return nil, usagef("--class: %q is not a class: write service or follower", o.Class)
	}
	p, v, err := a.announced(w, reference)
	if err != nil {
		return nil, err
	}
	c, err := w.Compare(p, v)
	if err != nil {
		return nil, err
	}
	source := mailing.Source{Policies: w.History.Policies, Rules: w.Rules, Texts: w.Repo, Compare: func(q *policy.Policy, v *policy.Version) (*redline.Redline, error) {
		c, err := w.Compare(q, v)
		if err != nil {
			return nil, err
		}
		return c.Redline, nil
	}}
	return a.room(w).New(source, p, v, c.Notice(w.Rules), a.today(), o)
}

// announced returns the version that a reference names; a policy alone stands
// for the last one announced, since that is the one to tell of.
func (a *app) announced(w *workspace.Workspace, reference string) (*policy.Policy, *policy.Version, error) {
	p, v, err := w.Lookup(reference, a.today())
	if err == nil && !strings.Contains(reference, "@") {
		if upcoming := p.Upcoming(a.today()); len(upcoming) > 0 {
			v = upcoming[len(upcoming)-1]
		}
	}
	return p, v, err
}
