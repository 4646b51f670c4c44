package mailing

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/proof"
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/notice"
)

// Document is the plan of a notice as JSON: what is shown, and frozen when it
// begins.
type Document struct {
	Notice     string               `json:"notice"`
	Severity   string               `json:"severity"`
	Class      notice.Class         `json:"class"`
	Channels   []notice.Channel     `json:"channels"`
	Announced  string               `json:"announced"`
	Deadline   string               `json:"deadline"`
	Timezone   string               `json:"timezone,omitempty"` // whose days they are; UTC unless given
	Effective  string               `json:"effective"`
	Decline    string               `json:"decline_until,omitempty"` // the last day on which people may decline
	Summary    string               `json:"summary"`
	Recipients int                  `json:"recipients"`
	Without    int                  `json:"without_address"`
	Begun      *notify.Counts       `json:"begun,omitempty"`
	Added      *notify.Lines        `json:"added_since,omitempty"`
	Removed    *notify.Lines        `json:"removed_since,omitempty"`
	PerSecond  float64              `json:"per_second,omitempty"`
	Quiet      *Quiet               `json:"quiet,omitempty"`
	WarmUp     []int                `json:"warm_up,omitempty"` // messages on each of the first days
	Ends       string               `json:"ends,omitempty"`
	Languages  []Language           `json:"languages"`
	Skipped    []Skipped            `json:"skipped"`
	BadRows    []*policy.Diagnostic `json:"bad_rows"`
	Missing    []string             `json:"missing"`
	InTime     bool                 `json:"in_time"`
	Late       string               `json:"late,omitempty"`      // the reason
	Corrects   string               `json:"corrects,omitempty"`  // the notice that this one corrects
	Cancelled  bool                 `json:"cancelled,omitempty"` // it tells that the version does not take effect
	Sent       *Sent                `json:"sent,omitempty"`      // with --send
	Reasons    []materiality.Reason `json:"reasons"`
}

// Quiet are the hours in which nobody is told.
type Quiet struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// Language is how many are told in one language.
type Language struct {
	Lang  string `json:"lang"`
	Text  string `json:"text"`
	Count int    `json:"count"`
}

// Skipped names a row of the list: addresses never leave the list.
type Skipped struct {
	Line int    `json:"line"`
	Why  string `json:"why"`
}

// Document returns the plan.
func (m *Mailing) Document() Document {
	n := m.Notice
	j := Document{
		Notice: n.ID(), Severity: n.Severity.String(), Class: n.Class, Channels: append([]notice.Channel{}, n.Channels...),
		Announced: n.Announced.String(), Deadline: n.Deadline.String(), Timezone: m.room.Config.Timezone, Effective: n.Effective.String(), Summary: n.Summary,
		Recipients: m.Plan.To, Without: m.Plan.Without, Begun: m.Begun, Languages: []Language{}, Skipped: []Skipped{}, BadRows: append([]*policy.Diagnostic{}, m.Plan.Bad...),
		Missing: m.Missing(), InTime: m.Plan.InTime(), Late: n.Late, Corrects: m.corrects(), Reasons: n.Assessment.Reasons,
	}
	j.Cancelled = m.calledOff()
	if n.Declinable(m.on) {
		j.Decline = n.Decline.String()
	}
	if m.Change.Any() {
		j.Added, j.Removed = &m.Change.Added, &m.Change.Removed
	}
	if r := m.Plan.Rate; r.Count > 0 {
		j.PerSecond = float64(r.Count) / r.Per.Seconds()
	}
	if q := m.room.Config.Email.Quiet; !m.Plan.Quiet.None() {
		j.Quiet = &Quiet{q.From, q.To}
	}
	j.WarmUp = m.Plan.WarmUp
	if m.Plan.Duration > 0 {
		j.Ends = proof.Moment(m.Plan.End)
	}
	for _, l := range m.Plan.Languages {
		j.Languages = append(j.Languages, Language(l))
	}
	for _, s := range m.Plan.Skipped {
		j.Skipped = append(j.Skipped, Skipped{s.Line, s.Why})
	}
	return j
}

// Missing lists what keeps the notice from being given as it should.
func (m *Mailing) Missing() []string {
	list := []string{}
	for _, d := range m.Found {
		list = append(list, d.Message)
	}
	if c := m.Version.Cancelled(); c != nil && m.Notice.Correction == nil {
		list = append(list, fmt.Sprintf("a version to tell of: %s was cancelled on %s", m.Notice.ID(), policy.DateOf(c.Published)))
	}
	if words := m.contradicted(); words != "" {
		list = append(list, words+"; --correct REASON tells them")
	}
	if !m.Notice.Through(m.way.channel) {
		return list
	}
	if m.Plan.To+len(m.Plan.Skipped) == 0 && m.Begun == nil {
		list = append(list, "recipients: name a list with --recipients")
	}
	for _, t := range m.texts {
		if t.Untold != "" {
			list = append(list, fmt.Sprintf("summary in %s: the text in %s has none", t.Untold, t.Lang))
		}
	}
	list = append(list, m.unset()...)
	if !m.Plan.InTime() && !m.calledOff() {
		list = append(list, fmt.Sprintf("time: sending ends on %s, but the last day is %s; an effective date of %s would hold",
			m.Plan.End.Format(time.DateOnly), m.Plan.Deadline, m.Plan.Holds))
	}
	return list
}

// unset lists what the configuration lacks for the message.
func (m *Mailing) unset() (list []string) {
	cfg := m.room.Config
	if cfg.BaseURL == "" {
		list = append(list, "base_url in codicil.yaml: the message cannot link to the redline")
	}
	if m.Channel != "" {
		return list
	}
	if cfg.Serve.URL == "" && m.Notice.Declinable(m.on) {
		list = append(list, "serve.url in codicil.yaml: people may decline the change, and there is no page for it")
	}
	if cfg.Email.From == "" {
		list = append(list, "email.from in codicil.yaml: readers need an address to answer to")
	}
	if cfg.Email.SMTP == "" {
		list = append(list, "email.smtp in codicil.yaml: without a server nothing can be sent")
	}
	return list
}

// LinesOf names the lines of a list that was counted.
func LinesOf(l notify.Lines) string {
	text := LineNumbers(l.First)
	if rest := l.Count - len(l.First); rest > 0 {
		text = fmt.Sprintf("%s, of %d", text, l.Count)
	}
	return text
}

// LineNumbers names the lines of a list: "line 2", "lines 2, 3 and 40 more".
func LineNumbers(lines []int) string {
	if len(lines) == 1 {
		return fmt.Sprintf("line %d", lines[0])
	}
	const shown = 5
	words := make([]string, 0, shown)
	for _, line := range lines[:min(shown, len(lines))] {
		words = append(words, strconv.Itoa(line))
	}
	text := "lines " + strings.Join(words, ", ")
	if rest := len(lines) - shown; rest > 0 {
		text += fmt.Sprintf(" and %d more", rest)
	}
	return text
}

// Sent is what a run did, as JSON has it.
type Sent struct {
	Attempts   int           `json:"attempts"` // of this run
	Counts     notify.Counts `json:"counts"`
	NotReached int           `json:"not_reached"`
	Failures   []Failure     `json:"failures"`
	Next       string        `json:"next_try,omitempty"`
}

// Failure names a recipient by the line of the list: addresses never leave
// the ledger.
type Failure struct {
	Line   int          `json:"line"`
	State  notify.State `json:"state"`
	Reason string       `json:"reason"`
}

// NewSent returns what a run did.
func NewSent(r *notify.Report) *Sent {
	c := r.Counts
	return &Sent{r.Attempts, c, c.Total() - c.Accepted, failures(r), proof.Moment(r.Next)}
}

func failures(r *notify.Report) []Failure {
	list := make([]Failure, 0, len(r.Failures))
	for _, f := range r.Failures {
		list = append(list, Failure{f.Recipient.Line, f.State, f.Reason})
	}
	return list
}
