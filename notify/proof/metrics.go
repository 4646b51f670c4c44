package proof

import (
	"fmt"
	"io"
	"time"

	"github.com/codicil/codicil/notify"
)

// WriteMetrics writes the numbers of a summary for Prometheus (text format 0.0.4):
// the same as proof --json has them, since it is made of what that is made of.
func WriteMetrics(w io.Writer, s Summary) {
	m := metrics{w, s.Notice}
	m.begin("codicil_deliveries", "How many deliveries of the notice are in each state.")
	for _, state := range []notify.State{notify.Due, notify.InDoubt, notify.Accepted, notify.Refused, notify.Suppressed} {
		m.write("codicil_deliveries", fmt.Sprintf(",state=%q", state), int64(*s.Counts.Of(state)))
	}
	m.one("codicil_attempts", "Attempts for the notice.", s.Attempts)
	if s.Timely != nil {
		m.one("codicil_told_in_time", "People told by the last day of notice.", int64(s.Timely.InTime))
		m.one("codicil_told_late", "People told after it.", int64(s.Timely.Late))
	}
	if s.Declined != nil {
		m.one("codicil_declined", "People who declined the change.", int64(s.Declined.People))
	}
	if last, err := time.Parse(time.RFC3339, s.Last); err == nil {
		m.one("codicil_last_attempt_seconds", "When the last attempt was made, in seconds since 1970.", last.Unix())
	}
}

// metrics writes the numbers of one notice.
type metrics struct {
	w      io.Writer
	notice string
}

func (m metrics) begin(name, help string) {
	fmt.Fprintf(m.w, "# HELP %s %s\n# TYPE %s gauge\n", name, help, name)
}

func (m metrics) write(name, labels string, value int64) {
	fmt.Fprintf(m.w, "%s{notice=%q%s} %d\n", name, m.notice, labels, value)
}

func (m metrics) one(name, help string, value int64) {
	m.begin(name, help)
	m.write(name, "", value)
}
