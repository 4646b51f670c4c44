package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/mailing"
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/notice"
	"github.com/codicil/codicil/render/terminal"
)

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
	n, p := m.Notice, m.Plan
	fmt.Fprintf(a.stdout, "Notice of %s: %s, %s\n\n", n.ID(), n.Title, n.Severity)
	rows := [][]string{
		{"  what", orElse(n.Summary, "(no summary)")},
		{"  follows", orElse(n.Previous, "nothing: it is the first version")},
		{"  takes effect", n.Effective.String()},
	}
	calledOff := n.Correction != nil && n.Correction.Cancelled
	if calledOff {
		rows[2][1] = "not at all: it was cancelled"
	}
	if len(n.Channels) > 0 && !calledOff {
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
		rows = append(rows, planRows(m)...)
	}
	terminal.Columns(a.stdout, rows)
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
	for _, missing := range m.Missing() {
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
func planRows(m *mailing.Mailing) [][]string {
	p := m.Plan
	rows := [][]string{
		{"  to", whom(m.Notice.Class)},
		{"  by email", fmt.Sprintf("%s%s", policy.Plural(p.To, "recipient", "recipients"), languages(p))},
	}
	if p.Without > 0 {
		rows = append(rows, []string{"  without an address", fmt.Sprintf("%d, told by the other channels alone", p.Without)})
	}
	if m.Begun != nil {
		c := m.Begun
		rows = append(rows, []string{"  begun before", fmt.Sprintf("%d of %d accepted, %d still due; the list and the text are those of then", c.Accepted, c.Total(), c.Due+c.InDoubt)})
	}
	if m.Change.Added.Count > 0 {
		rows = append(rows, []string{"  added since", fmt.Sprintf("%s: %s; --top-up tells them too", policy.Plural(m.Change.Added.Count, "person", "people"), mailing.LinesOf(m.Change.Added))})
	}
	if m.Change.Removed.Count > 0 {
		rows = append(rows, []string{"  removed since", fmt.Sprintf("%s: %s of the list of then", policy.Plural(m.Change.Removed.Count, "person", "people"), mailing.LinesOf(m.Change.Removed))})
	}
	pace := "as fast as the server takes them"
	if p.Rate.Count > 0 {
		pace = "at most " + rateWords(p.Rate)
	}
	rows = append(rows, []string{"  pace", fmt.Sprintf("%s, over %s", pace, policy.Plural(p.Connections, "connection", "connections"))})
	if q := m.Document().Quiet; q != nil {
		rows = append(rows, []string{"  quiet hours", fmt.Sprintf("%s to %s, by the clock of each person, else of %s", q.From, q.To, orElse(m.Document().Timezone, "UTC"))})
	}
	if len(p.WarmUp) > 0 {
		rows = append(rows, []string{"  warm-up", fmt.Sprintf("%s messages on the first days", listOf(p.WarmUp))})
	}
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

// listOf writes numbers with commas between them.
func listOf(numbers []int) string {
	words := make([]string, len(numbers))
	for i, n := range numbers {
		words[i] = strconv.Itoa(n)
	}
	return strings.Join(words, ", ")
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
		list = append(list, fmt.Sprintf("%s: %s", mailing.LineNumbers(lines[why]), why))
	}
	return list
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
