package mailing

import (
	"cmp"
	"context"
	"iter"
	"runtime/debug"
	"time"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/notice"
	"github.com/codicil/codicil/policy/redline"
	rendered "github.com/codicil/codicil/render/email"
)

// Options say to whom and how a notice goes.
type Options struct {
	Recipients string // file of the list; empty for the configured one
	Class      string // service or follower
	Channel    string // of channels.custom; empty for mail
	Ledger     string // where the proof is kept; empty for what is configured
	Failed     string // file for those whom the notice did not reach
	Late       string // why the notice goes out after its last day
	Correct    string // why people are told once more
	TopUp      bool   // add those who came to the list since the notice was begun
	UntilDone  bool   // go on until nothing is due
}

// Source is what a mailing takes of the repository.
type Source struct {
	Policies []*policy.Policy // all of them: translations are texts of the notice too
	Rules    notice.Rules
	Compare  func(*policy.Policy, *policy.Version) (*redline.Redline, error) // a version with the one before it
	Texts    interface {
		ReadAt(revision, file string) ([]byte, error)
	}
}

// Mailing is one notice with all that is needed to mail it.
type Mailing struct {
	Options
	Policy  *policy.Policy
	Version *policy.Version
	Notice  *notice.Notice
	Found   []*policy.Diagnostic // what the gate says
	Plan    *notify.Plan         // nil before Prepare

	// What the ledger knows already.
	Begun  *notify.Counts    // how far the notice has come; nil when it was not begun
	Change notify.ListChange // of the list since

	room   *Room
	way    way // mail, or a channel of the publisher's own
	source Source
	on     policy.Date        // the day of the messages
	list   string             // file of recipients; empty for none
	digest string             // of the list, once it was read
	texts  []rendered.Wording // in each language; the first is for all others

	record   *ledger.Notice    // what was fixed when it was begun
	toldDay  policy.Date       // from when the text was to bind, as people were told; zero when that is not known
	lacking  bool              // somebody is due whose address only the list knows
	key      notify.Key        // of the names by which it knows people; empty before there is one
	withheld map[string]string // who must not be mailed, by name, and why

	corrected *ledger.Notice  // the notice that this one corrects; nil for none
	told      *ledger.Reached // to whom that went

	register  *ledger.Ledger                     // of followers; nil when there is none
	followers iter.Seq2[notify.Recipient, error] // whom the notice goes to instead of the list
}

// New makes the mailing of a notice about a version.
func (r *Room) New(s Source, p *policy.Policy, v *policy.Version, n *notice.Notice, on policy.Date, o Options) (*Mailing, error) {
	m := &Mailing{Options: o, room: r, source: s, Policy: p, Version: v, Notice: n, on: on, list: o.Recipients}
	n.Class, n.Lang, n.Via = notice.Class(o.Class), cmp.Or(n.Lang, "en"), notice.Channel(o.Channel)
	var err error
	if m.way, err = r.wayOf(o.Channel); err != nil {
		return nil, err
	}
	if m.texts, err = m.wordings(); err != nil {
		return nil, err
	}
	if m.list == "" {
		if m.list, err = r.Config.RecipientsFile(); err != nil {
			return nil, err
		}
	}
	m.Found = notice.Gate(notice.Candidate{
		File: v.Path, Notice: n, Front: v.Front, Line: 1, On: policy.DateOf(v.Published), Relabels: true,
		Labelled: p.Starts == policy.StartLabel, Rules: s.Rules,
	})
	return m, nil
}

// Prepare reads the list and works out what sending from a moment on would do.
func (m *Mailing) Prepare(ctx context.Context, start time.Time) error {
	pace, err := m.options()
	if err != nil {
		return err
	}
	if err := m.consult(ctx); err != nil {
		return err
	}
	o := notify.PlanOptions{
		Languages: m.languages(), Rate: pace.Rate, PerDomain: pace.PerDomain.Rate, Connections: cmp.Or(pace.Connections, notify.DefaultConnections),
		Quiet: pace.Quiet, WarmUp: pace.WarmUp, Start: start, Suppressed: m.suppressed,
	}
	if m.Begun != nil {
		if same, err := m.sameList(); err != nil {
			return err
		} else if same {
			m.Plan = notify.NewRest(m.Notice, *m.Begun, o)
			return nil
		}
	}
	m.Plan, err = notify.NewPlan(m.Notice, m.recipients(), o)
	if err == nil && m.Begun != nil {
		err = m.compareList(ctx)
	}
	// What the list held is garbage now; a million recipients are still to come.
	debug.FreeOSMemory()
	return err
}
