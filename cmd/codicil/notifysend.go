package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/email"
	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/notify/proof"
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/config"
	"github.com/codicil/codicil/policy/notice"
	"github.com/codicil/codicil/policy/worktree"
	"github.com/codicil/codicil/render"
)

// preview writes the message of each recipient to a folder, and sends nothing.
func (a *app) preview(m *mailing, dir string) error {
	if err := m.mailable(); err != nil {
		return err
	}
	messages, err := a.compose(m, unrecorded())
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make the folder for previews: %w", err)
	}
	for r, err := range notify.Addressees(m.recipients(), m.notice.Class) {
		if err != nil {
			return err
		}
		data, _, err := email.ForLanguage(messages, r.Lang).For(r, a.now())
		if err != nil {
			return fmt.Errorf("line %d of the recipients: %w", r.Line, err)
		}
		name := fmt.Sprintf("%s-%06d.eml", strings.ReplaceAll(m.notice.ID(), "/", "-"), r.Line)
		if err := worktree.WritePrivate(filepath.Join(dir, name), data); err != nil {
			return err
		}
	}
	a.say("wrote %s to %s", plural(m.plan.Listed, "message", "messages"), dir)
	return nil
}

// unrecorded is the key of messages that no ledger knows: their Message-IDs
// are never those of the real ones.
func unrecorded() notify.Key { return notify.Key("preview") }

// mailable refuses what cannot be mailed at all.
func (m *mailing) mailable() error {
	switch {
	case m.notice.Previous == "":
		return fmt.Errorf("%s is the first version: there is no change to tell of", m.notice.ID())
	case !m.notice.Through(notice.Email):
		return hinted(fmt.Errorf("%s is not told by email: its channels are %s", m.notice.ID(), notice.ChannelNames(m.notice.Channels)),
			"add email to `notice:` in the front matter, or to notice.channels in codicil.yaml")
	case m.plan.Listed == 0:
		return hinted(errors.New("there is nobody to tell"), "name a list of recipients with --recipients; `email` must be a column of it")
	}
	return nil
}

// sendTest sends the message in each language, without any record.
func (a *app) sendTest(ctx context.Context, m *mailing, address string) error {
	address, err := notify.Normalise(address)
	if err != nil {
		return usagef("--to: %w", err)
	}
	messages, err := a.compose(m, unrecorded())
	if err != nil {
		return err
	}
	sender, err := a.sender(m, messages...)
	if err != nil {
		return err
	}
	session, err := sender.Connect(ctx)
	if err != nil {
		return err
	}
	defer session.Close()
	for _, message := range messages {
		if _, err := session.Send(ctx, notify.Recipient{Email: address, Lang: message.Lang}); err != nil {
			return err
		}
	}
	a.say("sent %s", plural(len(messages), "test message", "test messages, one in each language"))
	return nil
}

// sender opens the way to the server that the configuration names. Secrets
// come from the environment, or from a file.
func (a *app) sender(m *mailing, messages ...*email.Message) (*email.Sender, error) {
	cfg := m.workspace.Config.Email
	if cfg.SMTP == "" || cfg.From == "" {
		return nil, hinted(errors.New("there is no server to send through"), "set email.from and email.smtp in codicil.yaml")
	}
	signer, err := dkimSigner(m.workspace.Config)
	if err != nil {
		return nil, err
	}
	return email.NewSender(email.Options{
		Server: cfg.SMTP, From: cfg.From, Messages: messages, Now: a.now, ReturnPath: cfg.ReturnPath, Sign: signer,
		Username: a.getenv("CODICIL_SMTP_USER"), Password: a.getenv("CODICIL_SMTP_PASSWORD"),
	})
}

// dkimSigner returns what signs the messages; nil when nothing does.
func dkimSigner(c *config.Config) (*email.Signer, error) {
	d := c.Email.DKIM
	if d == (config.DKIM{}) {
		return nil, nil
	}
	key, err := worktree.ReadNamed(worktree.Root(c.Dir), c.Path(d.Key), worktree.MaxConfig) // a secret, kept outside of git
	if err != nil {
		return nil, fmt.Errorf("email.dkim.key: %w", err)
	}
	return email.NewSigner(d.Domain, d.Selector, key)
}

// send tells everybody who has not been told yet.
func (a *app) send(ctx context.Context, m *mailing, f notifyFlags) (*notify.Report, error) {
	if err := a.sendable(m); err != nil {
		return nil, err
	}
	o, err := a.options(m)
	if err != nil {
		return nil, err
	}
	if err := a.confirm(m, f.yes); err != nil {
		return nil, err
	}
	mode := toSend
	if f.claim {
		mode = toClaim
	}
	l, err := a.openLedger(ctx, m.workspace, f.ledger, mode)
	if err != nil {
		return nil, err
	}
	defer l.Close()
	if m.register != nil {
		l.Heed(m.register)
	}
	if err := a.sayClock(ctx, l); err != nil {
		return nil, err
	}
	messages, err := a.freeze(ctx, m, l, f)
	if err != nil {
		return nil, err
	}
	sender, err := a.sender(m, messages...)
	if err != nil {
		return nil, err
	}
	bar := a.progress()
	o.Progress = a.tell(bar)
	o.Waiting = a.sayWaiting
	if f.metrics != "" {
		m, end, err := a.serveMetrics(f.metrics, m.notice.ID())
		if err != nil {
			return nil, err
		}
		defer end()
		show := o.Progress
		o.Progress = func(c notify.Counts) { m.counts.Store(&c); show(c) }
	}
	run := notify.Run
	if f.untilDone {
		run = notify.RunUntilDone
	}
	report, err := run(ctx, m.notice.ID(), sender, l, o)
	bar.done()
	return report, errors.Join(err, a.afterSend(context.WithoutCancel(ctx), m, l, f))
}

// afterSend tells of the end of the chain, writes down who was not reached, and
// forgets addresses: they are kept only as long as they are needed.
func (a *app) afterSend(ctx context.Context, m *mailing, l *ledger.Ledger, f notifyFlags) error {
	err := a.sayHead(ctx, l)
	if f.failed != "" {
		err = errors.Join(err, writeFailed(ctx, l, m.notice.ID(), f.failed))
	}
	retain, _ := m.workspace.Config.Retention() // checked when it was read
	return errors.Join(err, l.Forget(ctx, a.now().Add(time.Millisecond-retain)))
}

// sayHead prints the end of the chain: who keeps this line can tell later that
// no record of now was changed, removed or added.
func (a *app) sayHead(ctx context.Context, l *ledger.Ledger) error {
	c, err := l.Note(ctx)
	if err == nil {
		a.say("ledger: %s, last hash %s", plural(int(c.Records), "record", "records"), c.Head)
	}
	return err
}

// sayClock warns where the clock stands before what was recorded by it.
func (a *app) sayClock(ctx context.Context, l *ledger.Ledger) error {
	latest, err := l.Latest(ctx)
	if behind := latest.Sub(a.now()); behind > time.Minute {
		a.say("codicil: warning: the clock stands %s before the last record, of %s: it was set back, and the records to come are dated by it",
			behind.Round(time.Second), proof.Moment(latest))
	}
	return err
}

// sayWaiting says until when a run that goes on alone waits, and why.
func (a *app) sayWaiting(until time.Time, why error) {
	if why != nil {
		a.say("waiting until %s: %v", proof.Moment(until), why)
		return
	}
	a.say("waiting until %s for the next try", proof.Moment(until))
}

// options says how the notice is sent.
func (a *app) options(m *mailing) (notify.Options, error) {
	cfg := m.workspace.Config.Email
	o := notify.Options{Connections: cfg.Connections, Now: a.now, Breaker: notify.Breaker{Percent: cfg.MaxRefused}, PerDomain: notify.Limit{Connections: cfg.PerDomain.Connections}}
	var err error
	if o.Rate, err = readRate("email.rate", cfg.Rate); err != nil {
		return o, err
	}
	if cfg.Retry != "" {
		if o.Backoff, err = time.ParseDuration(cfg.Retry); err != nil || o.Backoff <= 0 {
			return o, hinted(fmt.Errorf("email.retry: %q is not a time", cfg.Retry), "write it as 1m or 30s")
		}
	}
	if o.Canary, err = canaryOf(cfg.Canary); err != nil {
		return o, err
	}
	o.PerDomain.Rate, err = readRate("email.per_domain.rate", cfg.PerDomain.Rate)
	return o, err
}

// tell shows how far the sending has come: a bar on a terminal, elsewhere a
// line a minute.
func (a *app) tell(bar *progress) func(notify.Counts) {
	last := a.now()
	return func(c notify.Counts) {
		done := c.Total() - c.Due - c.InDoubt
		bar.step("messages", done, c.Total())
		if now := a.now(); bar.columns == 0 && now.Sub(last) >= time.Minute {
			last = now
			a.say("messages: %d of %d", done, c.Total())
		}
	}
}

// sendable refuses to begin what the gate would not let out. What was begun is
// finished: half of the people told would be worse than all of them late.
func (a *app) sendable(m *mailing) error {
	if c := m.version.Cancelled(); c != nil && m.notice.Correction == nil {
		return hinted(fmt.Errorf("%s was cancelled on %s: nobody is to be told that it will apply", m.notice.ID(), policy.DateOf(c.Published)),
			"take `status: cancelled` out of its front matter if it is to apply after all")
	}
	if words := m.contradicted(); words != "" {
		return m.errContradicted(words)
	}
	if m.begun != nil {
		if !m.plan.InTime() && m.begun.Due > 0 {
			a.say("codicil: warning: the last day of notice was %s; those who are told now are told late", m.plan.Deadline)
		}
		return nil
	}
	if err := m.mailable(); err != nil {
		return err
	}
	for _, d := range slices.Concat(m.found, m.plan.Bad) {
		if d.Level == policy.Error && !m.excused(d.Rule) {
			return d
		}
	}
	if !m.plan.InTime() && m.notice.Late == "" {
		return hinted(fmt.Errorf("sending would end on %s, after the last day of notice, %s", m.plan.End.Format("2006-01-02"), m.plan.Deadline),
			fmt.Sprintf("set `effective_date: %s` or later, or send it late, and say so, with --late REASON", m.plan.Holds))
	}
	if m.plan.InTime() && m.notice.Late != "" {
		return usagef("--late: sending ends on %s, and the last day of notice is %s: it is in time", m.plan.End.Format(time.DateOnly), m.plan.Deadline)
	}
	return nil
}

// confirm asks before anything leaves; without a terminal, --yes must say so.
func (a *app) confirm(m *mailing, yes bool) error {
	if yes {
		return nil
	}
	if _, ok := terminal(a.stdin); !ok {
		return usagef("--send needs --yes where nobody can be asked")
	}
	fmt.Fprintf(a.stderr, "Send %s to %s? [y/N] ", m.notice.ID(), plural(m.plan.To, "recipient", "recipients"))
	answer, _ := bufio.NewReader(a.stdin).ReadString('\n')
	if !oneOf(strings.ToLower(strings.TrimSpace(answer)), "y", "yes") {
		return errors.New("nothing was sent")
	}
	return nil
}

// freeze puts the notice, its texts and its recipients on record, and returns
// the texts on record: of a notice begun before, those are the texts of then.
func (a *app) freeze(ctx context.Context, m *mailing, l *ledger.Ledger, f notifyFlags) ([]*email.Message, error) {
	if messages, err := proof.Messages(ctx, l, m.notice.ID()); messages != nil || err != nil {
		a.say("going on with %s, which was begun before", m.notice.ID())
		return messages, errors.Join(err, a.catchUp(ctx, m, l, f))
	}
	messages, err := a.compose(m, l.Key())
	if err != nil {
		return nil, err
	}
	record := m.forLedger()
	record.Created = a.now()
	for _, message := range messages {
		record.Texts = append(record.Texts, ledger.Text{Lang: message.Lang, Message: message.Bytes()})
	}
	if record.Frozen, err = m.freezes(); err != nil {
		return nil, err
	}
	started, err := l.Start(ctx, record, m.addressees())
	if err != nil || started {
		return messages, err
	}
	return proof.Messages(ctx, l, m.notice.ID()) // another process was first
}

// freezes gathers what is fixed with a notice beside its messages: the text as
// git holds it, what changed in it, and the plan.
func (m *mailing) freezes() (map[string][]byte, error) {
	source, err := m.workspace.Repo.ReadAt(m.version.Commit, m.version.Path)
	if err != nil {
		return nil, fmt.Errorf("the text that is announced: %w", err)
	}
	var plan, page, markdown bytes.Buffer
	if err := printJSON(&plan, m.planJSON()); err != nil {
		return nil, err
	}
	frozen := map[string][]byte{proof.FrozenText: source, proof.FrozenPlan: plan.Bytes()}
	if m.notice.Redline != nil {
		render.RedlineHTML(&page, m.notice.Redline, render.RedlineOptions{Lang: m.notice.Lang})
		render.RedlineMarkdown(&markdown, m.notice.Redline, 0)
		frozen[proof.FrozenRedline], frozen[proof.FrozenMarkdown] = page.Bytes(), markdown.Bytes()
	}
	return frozen, nil
}

// catchUp takes from the list what a notice that was begun lacks: addresses of
// people who are due again, and, if asked to, the people who came to the list.
func (a *app) catchUp(ctx context.Context, m *mailing, l *ledger.Ledger, f notifyFlags) error {
	if m.lacking {
		if _, err := l.Readdress(ctx, m.notice.ID(), m.addressees()); err != nil {
			return err
		}
	}
	added := m.change.Added
	switch {
	case added.Count == 0:
	case f.topUp:
		record := m.forLedger()
		record.Created = a.now()
		n, err := l.TopUp(ctx, record, m.addressees())
		if err != nil {
			return err
		}
		a.say("added %s to %s", plural(n, "recipient", "recipients"), m.notice.ID())
	default:
		a.say("codicil: warning: %s came to the list since %s was begun and %s not told: %s; --top-up adds them",
			plural(added.Count, "person", "people"), m.notice.ID(), isAre(added.Count), linesOf(added))
	}
	if gone := m.change.Removed; gone.Count > 0 {
		a.say("codicil: warning: %s left the list since %s was begun and %s still told: %s of the list of then; `codicil erase` or `suppressions import` spares them",
			plural(gone.Count, "person", "people"), m.notice.ID(), isAre(gone.Count), linesOf(gone))
	}
	return nil
}

func isAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// report says who was told and who was not.
func (a *app) report(m *mailing, r *notify.Report, stopped error) error {
	if r == nil {
		if a.json {
			return errors.Join(stopped, printJSON(a.stdout, m.planJSON()))
		}
		return stopped
	}
	c := r.Counts
	if a.json {
		plan := m.planJSON()
		plan.Sent = &sentJSON{r.Attempts, c, c.Total() - c.Accepted, failuresJSON(r), proof.Moment(r.Next)}
		if err := printJSON(a.stdout, plan); err != nil {
			return err
		}
	} else {
		fmt.Fprintf(a.stdout, "%s: %d accepted, %d refused, %d suppressed, %d still due, %d in doubt (%s in this run)\n",
			r.Notice, c.Accepted, c.Refused, c.Suppressed, c.Due, c.InDoubt, plural(r.Attempts, "attempt", "attempts"))
		for i, f := range r.Failures {
			if i == maxFailures {
				fmt.Fprintf(a.stdout, "  and %d more: codicil proof %s says why\n", c.Total()-c.Accepted-i, r.Notice)
				break
			}
			fmt.Fprintf(a.stdout, "  not reached: line %d: %s: %s\n", f.Recipient.Line, f.State, orElse(f.Reason, "not tried yet"))
		}
		if !r.Next.IsZero() {
			fmt.Fprintf(a.stdout, "  next try: %s, by running this again\n", proof.Moment(r.Next))
		}
	}
	switch {
	case stopped != nil:
		return stopped
	case len(r.Failures) > 0:
		return &exitError{code: exitSomeFailed}
	}
	return nil
}

// maxFailures is how many recipients people are shown who were not reached.
const maxFailures = 50

// sentJSON is what a run did, as JSON has it.
type sentJSON struct {
	Attempts   int           `json:"attempts"` // of this run
	Counts     notify.Counts `json:"counts"`
	NotReached int           `json:"not_reached"`
	Failures   []failureJSON `json:"failures"`
	Next       string        `json:"next_try,omitempty"`
}

// failureJSON names a recipient by the line of the list: addresses never leave
// the ledger.
type failureJSON struct {
	Line   int          `json:"line"`
	State  notify.State `json:"state"`
	Reason string       `json:"reason"`
}

func failuresJSON(r *notify.Report) []failureJSON {
	list := make([]failureJSON, 0, len(r.Failures))
	for _, f := range r.Failures {
		list = append(list, failureJSON{f.Recipient.Line, f.State, f.Reason})
	}
	return list
}
