package mailing

import (
	"cmp"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/proof"
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/notice"
	"github.com/codicil/codicil/render/terminal"
)

// maxFailures is how many rows and recipients people are shown.
const maxFailures = 50

// Describe tells people whom the notice tells, how, by when, and what is missing.
func (m *Mailing) Describe(w io.Writer) {
	n, p := m.Notice, m.Plan
	fmt.Fprintf(w, "Notice of %s: %s, %s\n\n", n.ID(), n.Title, n.Severity)
	rows := [][]string{
		{"  what", cmp.Or(n.Summary, "(no summary)")},
		{"  follows", cmp.Or(n.Previous, "nothing: it is the first version")},
		{"  takes effect", n.Effective.String()},
	}
	if m.calledOff() {
		rows[2][1] = "not at all: it was cancelled"
	}
	if len(n.Channels) > 0 && !m.calledOff() {
		rows = append(rows, []string{"  to be told by", fmt.Sprintf("%s, so that the whole notice period is left", n.Deadline)})
	}
	if n.Declinable(m.on) {
		rows = append(rows, []string{"  may be declined", fmt.Sprintf("until %s, by a link in the message", n.Decline)})
	}
	rows = append(rows, []string{"  channels", notice.ChannelNames(n.Channels)})
	if n.Late != "" {
		rows = append(rows, []string{"  late", n.Late})
	}
	if c := n.Correction; c != nil {
		rows = append(rows, []string{"  corrects", fmt.Sprintf("%s, told on %s: %s", c.Of, c.Told, c.Reason)})
	}
	if n.Through(m.Way()) {
		rows = append(rows, m.wayRows()...)
	}
	for _, c := range n.Channels {
		if !c.Valid() && c != m.Way() {
			rows = append(rows, []string{"  by " + string(c), fmt.Sprintf("a notice of its own: codicil notify %s --channel %s", n.Ref(), c)})
		}
	}
	terminal.Columns(w, rows)
	for _, line := range skippedLines(p.Skipped) {
		fmt.Fprintf(w, "  skipped: %s\n", line)
	}
	for i, d := range p.Bad {
		if i == maxFailures {
			fmt.Fprintf(w, "  and %d more rows: --json lists them all\n", len(p.Bad)-i)
			break
		}
		fmt.Fprintf(w, "  %s: %s: %s\n", rowWord(d), d.Position(), d.Message)
	}
	for _, missing := range m.Missing() {
		fmt.Fprintf(w, "  missing: %s\n", missing)
	}
	fmt.Fprintln(w)
}

// rowWord says what a fault makes of its row of the list.
func rowWord(d *policy.Diagnostic) string {
	if d.Level == policy.Error {
		return "unusable"
	}
	return "note"
}

// wayRows tell whom the messages go to, and at which pace.
func (m *Mailing) wayRows() [][]string {
	p := m.Plan
	rows := [][]string{
		{"  to", whom(m.Notice.Class)},
		{"  by " + string(m.Way()), fmt.Sprintf("%s%s", policy.Plural(p.To, "recipient", "recipients"), languages(p))},
	}
	if p.Without > 0 {
		rows = append(rows, []string{"  without an address", fmt.Sprintf("%d, told by the other channels alone", p.Without)})
	}
	if m.Begun != nil {
		c := m.Begun
		rows = append(rows, []string{"  begun before", fmt.Sprintf("%d of %d accepted, %d still due; the list and the text are those of then", c.Accepted, c.Total(), c.Due+c.InDoubt)})
	}
	if m.Change.Added.Count > 0 {
		rows = append(rows, []string{"  added since", fmt.Sprintf("%s: %s; --top-up tells them too", policy.Plural(m.Change.Added.Count, "person", "people"), LinesOf(m.Change.Added))})
	}
	if m.Change.Removed.Count > 0 {
		rows = append(rows, []string{"  removed since", fmt.Sprintf("%s: %s of the list of then", policy.Plural(m.Change.Removed.Count, "person", "people"), LinesOf(m.Change.Removed))})
	}
	pace, over := "as fast as the server takes them", policy.Plural(p.Connections, "connection", "connections")
	if m.Channel != "" {
		pace, over = "as fast as its program goes", fmt.Sprintf("%s at once", policy.Plural(p.Connections, "person", "people"))
	}
	if p.Rate.Count > 0 {
		pace = "at most " + rateWords(p.Rate)
	}
	rows = append(rows, []string{"  pace", fmt.Sprintf("%s, over %s", pace, over)})
	if q := m.Document().Quiet; q != nil {
		rows = append(rows, []string{"  quiet hours", fmt.Sprintf("%s to %s, by the clock of each person, else of %s", q.From, q.To, cmp.Or(m.Document().Timezone, "UTC"))})
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
		list = append(list, fmt.Sprintf("%s: %s", LineNumbers(lines[why]), why))
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

// DescribeReport tells people who was told and who was not.
func DescribeReport(w io.Writer, r *notify.Report) {
	c := r.Counts
	fmt.Fprintf(w, "%s: %d accepted, %d refused, %d suppressed, %d still due, %d in doubt (%s in this run)\n",
		r.Notice, c.Accepted, c.Refused, c.Suppressed, c.Due, c.InDoubt, policy.Plural(r.Attempts, "attempt", "attempts"))
	for i, f := range r.Failures {
		if i == maxFailures {
			fmt.Fprintf(w, "  and %d more: codicil proof %s says why\n", c.Total()-c.Accepted-i, r.Notice)
			break
		}
		fmt.Fprintf(w, "  not reached: line %d: %s: %s\n", f.Recipient.Line, f.State, cmp.Or(f.Reason, "not tried yet"))
	}
	if !r.Next.IsZero() {
		fmt.Fprintf(w, "  next try: %s, by running this again\n", proof.Moment(r.Next))
	}
}
