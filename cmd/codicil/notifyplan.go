package main

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

// start is when sending would begin: now, or the morning of the day asked for.
func (a *app) start() time.Time {
	if a.on == "" {
		return a.now()
	}
	return a.today().Time().Add(9 * time.Hour)
}

// planJSON is the JSON of notify.
type planJSON struct {
	Notice     string               `json:"notice"`
	Severity   string               `json:"severity"`
	Class      notice.Class         `json:"class"`
	Channels   []notice.Channel     `json:"channels"`
	Announced  string               `json:"announced"`
	Deadline   string               `json:"deadline"`
	Effective  string               `json:"effective"`
	Summary    string               `json:"summary"`
	Recipients int                  `json:"recipients"`
	Without    int                  `json:"without_address"`
	Begun      *notify.Counts       `json:"begun,omitempty"`
	Added      *notify.Lines        `json:"added_since,omitempty"`
	Removed    *notify.Lines        `json:"removed_since,omitempty"`
	PerSecond  float64              `json:"per_second,omitempty"`
	Ends       string               `json:"ends,omitempty"`
	Languages  []languageJSON       `json:"languages"`
	Skipped    []skippedJSON        `json:"skipped"`
	BadRows    []*policy.Diagnostic `json:"bad_rows"`
	Missing    []string             `json:"missing"`
	InTime     bool                 `json:"in_time"`
	Late       string               `json:"late,omitempty"`     // the reason
	Corrects   string               `json:"corrects,omitempty"` // the notice that this one corrects
	Sent       *sentJSON            `json:"sent,omitempty"`     // with --send
	Reasons    []materiality.Reason `json:"reasons"`
}

type languageJSON struct {
	Lang  string `json:"lang"`
	Text  string `json:"text"`
	Count int    `json:"count"`
}

// skippedJSON names a row of the list: addresses never leave the list.
type skippedJSON struct {
	Line int    `json:"line"`
	Why  string `json:"why"`
}

// printPlan shows who would be told, how, by when, and what is missing. The JSON
// of a notice that is sent waits for what becomes of it.
func (a *app) printPlan(m *mailing, f notifyFlags) error {
	if a.json && f.sends() {
		return nil
	}
	if a.json {
		return printJSON(a.stdout, m.planJSON())
	}
	n, p := m.notice, m.plan
	fmt.Fprintf(a.stdout, "Notice of %s: %s, %s\n\n", n.ID(), n.Title, n.Severity)
	rows := [][]string{
		{"  what", orElse(n.Summary, "(no summary)")},
		{"  follows", orElse(n.Previous, "nothing: it is the first version")},
		{"  takes effect", n.Effective.String()},
	}
	if len(n.Channels) > 0 {
		rows = append(rows, []string{"  to be told by", fmt.Sprintf("%s, so that the whole notice period is left", n.Deadline)})
	}
	rows = append(rows, []string{"  channels", notice.ChannelNames(n.Channels)})
	if n.Late != "" {
		rows = append(rows, []string{"  late", n.Late})
	}
	if c := n.Correction; c != nil {
		rows = append(rows, []string{"  corrects", fmt.Sprintf("%s, told on %s: %s", c.Of, c.Told, c.Reason)})
	}
	if n.Through(notice.Email) {
		rows = append(rows, m.planRows()...)
	}
	columns(a.stdout, rows)
	for _, line := range skippedLines(p.Skipped) {
		fmt.Fprintf(a.stdout, "  skipped: %s\n", line)
	}
	for i, d := range p.Bad {
		if i == maxFailures {
			fmt.Fprintf(a.stdout, "  and %d more rows: --json lists them all\n", len(p.Bad)-i)
			break
		}
		fmt.Fprintf(a.stdout, "  %s: %s: %s\n", rowWord(d), d.Position(), d.Message)
	}
	for _, missing := range m.missing() {
		fmt.Fprintf(a.stdout, "  missing: %s\n", missing)
	}
	fmt.Fprintln(a.stdout)
	return nil
}

// rowWord says what a fault makes of its row of the list.
func rowWord(d *policy.Diagnostic) string {
	if d.Level == policy.Error {
		return "unusable"
	}
	return "note"
}

// planRows tell whom the emails go to, and at which pace.
func (m *mailing) planRows() [][]string {
	p := m.plan
	rows := [][]string{
		{"  to", whom(m.notice.Class)},
		{"  by email", fmt.Sprintf("%s%s", plural(p.To, "recipient", "recipients"), languages(p))},
	}
	if p.Without > 0 {
		rows = append(rows, []string{"  without an address", fmt.Sprintf("%d, told by the other channels alone", p.Without)})
	}
	if m.begun != nil {
		c := m.begun
		rows = append(rows, []string{"  begun before", fmt.Sprintf("%d of %d accepted, %d still due; the list and the text are those of then", c.Accepted, c.Total(), c.Due+c.InDoubt)})
	}
	if m.change.Added.Count > 0 {
		rows = append(rows, []string{"  added since", fmt.Sprintf("%s: %s; --top-up tells them too", plural(m.change.Added.Count, "person", "people"), linesOf(m.change.Added))})
	}
	if m.change.Removed.Count > 0 {
		rows = append(rows, []string{"  removed since", fmt.Sprintf("%s: %s of the list of then", plural(m.change.Removed.Count, "person", "people"), linesOf(m.change.Removed))})
	}
	pace := "as fast as the server takes them"
	if p.Rate.Count > 0 {
		pace = "at most " + rateWords(p.Rate)
	}
	rows = append(rows, []string{"  pace", fmt.Sprintf("%s, over %s", pace, plural(p.Connections, "connection", "connections"))})
	if p.Duration > 0 {
		rows = append(rows, []string{"  would end", fmt.Sprintf("%s, after %s", p.End.UTC().Format("2006-01-02 15:04 UTC"), p.Duration.Round(time.Second))})
	}
	return rows
}

// rateWords writes a rate as people do.
func rateWords(r notify.Rate) string {
	unit := map[time.Duration]string{time.Second: "a second", time.Minute: "a minute", time.Hour: "an hour", 24 * time.Hour: "a day"}[r.Per]
	return fmt.Sprintf("%d %s", r.Count, unit)
}

// skippedLines say who is not told by email, those with the same reason in one
// line.
func skippedLines(skipped []notify.Skipped) []string {
	var order []string
	lines := map[string][]int{}
	for _, s := range skipped {
		if lines[s.Why] == nil {
			order = append(order, s.Why)
		}
		lines[s.Why] = append(lines[s.Why], s.Line)
	}
	list := make([]string, 0, len(order))
	for _, why := range order {
		list = append(list, fmt.Sprintf("%s: %s", lineNumbers(lines[why]), why))
	}
	return list
}

// lineNumbers names the lines of a list: "line 2", "lines 2, 3 and 40 more".
func lineNumbers(lines []int) string {
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

// linesOf names the lines of a list that was counted.
func linesOf(l notify.Lines) string {
	text := lineNumbers(l.First)
	if rest := l.Count - len(l.First); rest > 0 {
		text = fmt.Sprintf("%s, of %d", text, l.Count)
	}
	return text
}

// whom says to whom a class of notices goes.
func whom(c notice.Class) string {
	if c == notice.Follower {
		return "followers, who asked for it and can leave with one click"
	}
	return "account holders; a required notice, without advertising"
}

// languages says in which languages the recipients are told.
func languages(p *notify.Plan) string {
	var parts []string
	for _, l := range p.Languages {
		part := fmt.Sprintf("%d in %s", l.Count, l.Text)
		if l.Lang != "" && !strings.EqualFold(l.Lang, l.Text) {
			part += fmt.Sprintf(" (asked for %s)", l.Lang)
		}
		parts = append(parts, part)
	}
	if len(parts) == 0 {
		return ""
	}
	return ": " + strings.Join(parts, ", ")
}

// missing lists what keeps the notice from being given as it should.
func (m *mailing) missing() []string {
	list := []string{}
	for _, d := range m.found {
		list = append(list, d.Message)
	}
	if c := m.version.Cancelled(); c != nil && m.notice.Correction == nil {
		list = append(list, fmt.Sprintf("a version to tell of: %s was cancelled on %s", m.notice.ID(), policy.DateOf(c.Published)))
	}
	if words := m.contradicted(); words != "" {
		list = append(list, words+"; --correct REASON tells them")
	}
	cfg := m.workspace.Config
	if !m.notice.Through(notice.Email) {
		return list
	}
	if m.plan.To+len(m.plan.Skipped) == 0 && m.begun == nil {
		list = append(list, "recipients: name a list with --recipients")
	}
	for _, t := range m.texts {
		if t.Untold != "" {
			list = append(list, fmt.Sprintf("summary in %s: the text in %s has none", t.Untold, t.Lang))
		}
	}
	if cfg.BaseURL == "" {
		list = append(list, "base_url in codicil.yaml: the message cannot link to the redline")
	}
	if cfg.Email.From == "" {
		list = append(list, "email.from in codicil.yaml: readers need an address to answer to")
	}
	if cfg.Email.SMTP == "" {
		list = append(list, "email.smtp in codicil.yaml: without a server nothing can be sent")
	}
	if !m.plan.InTime() {
		list = append(list, fmt.Sprintf("time: sending ends on %s, but the last day is %s; an effective date of %s would hold",
			m.plan.End.Format(time.DateOnly), m.plan.Deadline, m.plan.Holds))
	}
	return list
}

func (m *mailing) planJSON() planJSON {
	n := m.notice
	j := planJSON{
		Notice: n.ID(), Severity: n.Severity.String(), Class: n.Class, Channels: append([]notice.Channel{}, n.Channels...),
		Announced: n.Announced.String(), Deadline: n.Deadline.String(), Effective: n.Effective.String(), Summary: n.Summary,
		Recipients: m.plan.To, Without: m.plan.Without, Begun: m.begun, Languages: []languageJSON{}, Skipped: []skippedJSON{}, BadRows: append([]*policy.Diagnostic{}, m.plan.Bad...),
		Missing: m.missing(), InTime: m.plan.InTime(), Late: n.Late, Corrects: m.corrects(), Reasons: n.Assessment.Reasons,
	}
	if m.change.Any() {
		j.Added, j.Removed = &m.change.Added, &m.change.Removed
	}
	if r := m.plan.Rate; r.Count > 0 {
		j.PerSecond = float64(r.Count) / r.Per.Seconds()
	}
	if m.plan.Duration > 0 {
		j.Ends = proof.Moment(m.plan.End)
	}
	for _, l := range m.plan.Languages {
		j.Languages = append(j.Languages, languageJSON(l))
	}
	for _, s := range m.plan.Skipped {
		j.Skipped = append(j.Skipped, skippedJSON{s.Line, s.Why})
	}
	return j
}
