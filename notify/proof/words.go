package proof

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/render/terminal"
)

// Describe tells people what a ledger proves of a notice, and who had approved its
// text.
func Describe(w io.Writer, p *ledger.Proof, e Extent, approvals []policy.Approval) {
	n, c, timely := p.Notice, p.Counts, e.Timely
	fmt.Fprintf(w, "Proof of notice %s, begun %s\n\n", n.ID, Moment(n.Created))
	rows := [][]string{
		{"  text", fmt.Sprintf("%s at %.12s", n.Path, n.Revision)},
		{"", "sha256 " + n.Digest},
	}
	for i, digest := range p.Digests() {
		rows = append(rows, []string{"  message in " + n.Texts[i].Lang, "sha256 " + digest})
	}
	for _, given := range approvals {
		rows = append(rows, []string{"  approved", given.String()})
	}
	if n.Corrects != "" {
		rows = append(rows, []string{"  corrects", n.Corrects})
	}
	if n.Late != "" {
		rows = append(rows, []string{"  late", n.Late})
	}
	rows = append(rows, []string{"  told", fmt.Sprintf("%d of %d", c.Accepted, c.Total())})
	if timely != nil && c.Accepted > 0 {
		rows = append(rows, []string{"  in time", fmt.Sprintf("%d by %s, %d late", timely.InTime, timely.Deadline, timely.Late)})
	}
	if d := e.Declined; d != nil {
		rows = append(rows, []string{"  declined", fmt.Sprintf("%s%s", policy.Plural(d.People, "person", "people"), untilWords(d.Until))})
	}
	if p.Tries > 0 {
		rows = append(rows, []string{"  attempts", fmt.Sprintf("%d, from %s to %s", p.Tries, Moment(p.First), Moment(p.Last))})
	}
	if p.Chain.Head != "" {
		rows = append(rows, []string{"  verified", policy.Plural(int(p.Chain.Records), "record", "records") + ", none changed, removed or added"},
			[]string{"", "last hash " + p.Chain.Head})
	}
	terminal.Columns(w, rows)
	for _, r := range p.Reasons {
		fmt.Fprintf(w, "  not reached: %d %s: %s\n", r.Count, inWords(r.State), cmp.Or(r.Says, r.Why))
	}
}

// DescribeRecord tells people what is on record about one person.
func DescribeRecord(w io.Writer, j Record, r *ledger.Record, timely *Timely) {
	fmt.Fprintf(w, "Recipient %s of notice %s: %s\n", j.Recipient, j.Notice, inWords(r.State))
	for _, line := range j.Attempts {
		fmt.Fprintf(w, "  %s  %s: %s\n", line.At, inWords(line.State), line.Reply)
		name := "Message-ID <" + line.MessageID + ">"
		if !strings.Contains(name, "@") { // of a channel that is not mail
			name = "id " + line.MessageID
		}
		fmt.Fprintf(w, "    %s, sha256 %s\n", name, line.SHA256)
	}
	if j.InTime != nil {
		fmt.Fprintf(w, "  %s\n", inTimeWords(*j.InTime, timely.Deadline))
	}
	if j.Declined != "" {
		fmt.Fprintf(w, "  declined the change on %s\n", j.Declined)
	}
	if len(j.Attempts) == 0 {
		fmt.Fprintf(w, "  no attempt was made: %s\n", cmp.Or(r.Reason, "it is still due"))
	}
}

// untilWords says until when people could decline; nothing when that is not known.
func untilWords(until string) string {
	if until == "" {
		return ""
	}
	return ", who could until " + until
}

// inTimeWords says whether somebody was told by the last day of notice.
func inTimeWords(inTime bool, deadline string) string {
	if inTime {
		return "in time: the last day was " + deadline
	}
	return "late: the last day was " + deadline
}

// Describe tells people what is proven about somebody.
func (s Subject) Describe(w io.Writer) {
	fmt.Fprintf(w, "%s on %s: bound by %s", s.Policy, s.On, s.Bound)
	if s.InForce != "" && s.InForce != s.Bound {
		fmt.Fprintf(w, " (in force: %s)", s.InForce)
	}
	fmt.Fprintln(w)
	for _, ack := range s.Acknowledged {
		fmt.Fprintf(w, "  acknowledged %s on %s, shown as %s, sha256 %s\n", ack.Version, ack.At, ack.Shown, ack.SHA256)
	}
	for _, told := range s.Told {
		fmt.Fprintf(w, "  notice of %s: %s\n", told.Notice, inWords(told.State))
	}
}

// inWords writes a state as people do.
func inWords(s notify.State) string {
	switch s {
	case notify.InDoubt:
		return "in doubt (sent whole, but the answer was lost)"
	case notify.Due:
		return "still due"
	}
	return string(s)
}
