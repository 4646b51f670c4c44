package main

import (
	"cmp"
	"context"
	"iter"
	"os"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/notice"
	"github.com/codicil/codicil/policy/workspace"
	rendered "github.com/codicil/codicil/render/email"
)

// notifyFlags are the flags of notify.
type notifyFlags struct {
	recipients string
	class      string
	ledger     string
	to         string
	out        string
	send       bool
	yes        bool
	topUp      bool
	failed     string
	metrics    string
	claim      bool
	untilDone  bool
	late       string
	correct    string
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
	flags.StringVar(&f.recipients, "recipients", "", "`FILE` of recipients, CSV (email,lang,name,class) or a JSON object a line; - for standard input")
	flags.StringVar(&f.class, "class", string(notice.ServiceClass), "whom to tell: service (account holders) or follower (who asked for it)")
	flags.StringVar(&f.ledger, "ledger", "", "keep the proof in this `FILE`, or at postgres://user@host/database")
	flags.StringVar(&f.to, "to", "", "send one test message to `ADDRESS`, without record")
	flags.StringVar(&f.out, "out", "", "write the message of each recipient to `DIR` as .eml")
	flags.BoolVar(&f.send, "send", false, "send the notice by email")
	flags.BoolVar(&f.yes, "yes", false, "send without asking")
	flags.BoolVar(&f.untilDone, "until-done", false, "go on until nothing is due: wait for retries and for a server that is away")
	flags.StringVar(&f.failed, "failed", "", "write whom the notice did not reach, with their addresses, to `FILE.csv`")
	flags.StringVar(&f.metrics, "metrics", "", "while sending, answer with the numbers for Prometheus at `HOST:PORT`")
	flags.BoolVar(&f.claim, "claim", false, "send from a ledger that was copied or put back")
	flags.StringVar(&f.late, "late", "", "send after the last day of notice, for this `REASON`, which is kept on record")
	flags.StringVar(&f.correct, "correct", "", "tell those who were told another text or date what is so, for this `REASON`, which they read")
	flags.BoolVar(&f.topUp, "top-up", false, "add those who came to the list since the notice was begun")
	return cmd
}

// mailing is one notice with all that is needed to mail it.
type mailing struct {
	workspace *workspace.Workspace
	policy    *policy.Policy
	version   *policy.Version
	notice    *notice.Notice
	found     []*policy.Diagnostic // what the gate says
	list      string               // file of recipients; empty for none
	digest    string               // of the list, once it was read
	texts     []rendered.Wording   // in each language; the first is for all others
	plan      *notify.Plan

	// What the ledger knows already.
	begun    *notify.Counts    // how far the notice has come; nil when it was not begun
	record   *ledger.Notice    // what was fixed then
	change   notify.ListChange // of the list since
	toldDay  policy.Date       // from when the text was to bind, as people were told; zero when that is not known
	lacking  bool              // somebody is due whose address only the list knows
	key      notify.Key        // of the names by which it knows people; empty before there is one
	withheld map[string]string // who must not be mailed, by name, and why

	corrected *ledger.Notice // the notice that this one corrects; nil for none
	told      *ledger.Told   // to whom that went

	register  *ledger.Ledger                     // of followers; nil when there is none
	followers iter.Seq2[notify.Recipient, error] // whom the notice goes to instead of the list
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
	m, err := a.mailing(w, reference, f)
	if err != nil {
		return err
	}
	a.unhurried.Store(true)
	if f.recipients == "-" {
		if m.list, err = spool(a.stdin); err != nil {
			return err
		}
		defer os.Remove(m.list)
	}
	defer m.close()
	if err := a.amend(ctx, m, f); err != nil {
		return err
	}
	if err := a.makePlan(ctx, m, f); err != nil {
		return err
	}
	if err := a.printPlan(m, f); err != nil {
		return err
	}
	switch {
	case f.to != "":
		return a.sendTest(ctx, m, f.to)
	case f.out != "":
		return a.preview(m, f.out)
	case f.sends():
		report, err := a.send(ctx, m, f)
		return a.report(m, report, err)
	}
	return nil
}

// mailing finds the notice, and what the gate says of it.
func (a *app) mailing(w *workspace.Workspace, reference string, f notifyFlags) (*mailing, error) {
	class := notice.Class(f.class)
	if class != notice.ServiceClass && class != notice.Follower {
		return nil, usagef("--class: %q is not a class: write service or follower", f.class)
	}
	p, v, err := a.announced(w, reference)
	if err != nil {
		return nil, err
	}
	c, err := w.Compare(p, v)
	if err != nil {
		return nil, err
	}
	m := &mailing{workspace: w, policy: p, version: v, notice: c.Notice(w.Rules), list: f.recipients}
	m.notice.Class, m.notice.Lang = class, orElse(m.notice.Lang, "en")
	if m.texts, err = m.wordings(p); err != nil {
		return nil, err
	}
	if m.list == "" {
		if m.list, err = w.Config.RecipientsFile(); err != nil {
			return nil, err
		}
	}
	m.found = notice.Gate(notice.Candidate{
		File: v.Path, Notice: m.notice, Front: v.Front, Line: 1, On: policy.DateOf(v.Published), Relabels: true,
		Labelled: p.Starts == policy.StartLabel, Rules: w.Rules,
	})
	return m, nil
}

// makePlan reads the list and works out what sending would do.
func (a *app) makePlan(ctx context.Context, m *mailing, f notifyFlags) error {
	rate, err := readRate("email.rate", m.workspace.Config.Email.Rate)
	if err != nil {
		return err
	}
	if err := a.consult(ctx, m, f); err != nil {
		return err
	}
	perDomain, err := readRate("email.per_domain.rate", m.workspace.Config.Email.PerDomain.Rate)
	if err != nil {
		return err
	}
	o := notify.PlanOptions{
		Languages: m.languages(), Rate: rate, PerDomain: perDomain, Connections: cmp.Or(m.workspace.Config.Email.Connections, notify.DefaultConnections),
		Start: a.start(), Suppressed: m.suppressed,
	}
	if m.begun != nil {
		if same, err := m.sameList(); err != nil {
			return err
		} else if same {
			m.plan = notify.NewRest(m.notice, *m.begun, o)
			return nil
		}
	}
	m.plan, err = notify.NewPlan(m.notice, m.recipients(), o)
	if err == nil && m.begun != nil {
		err = a.compareList(ctx, m, f)
	}
	// What the list held is garbage now; a million recipients are still to come.
	debug.FreeOSMemory()
	return err
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
