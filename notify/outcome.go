package notify

import (
	"fmt"
	"strings"
	"time"
)

// lastBackoff is the longest wait between two attempts for one recipient.
const lastBackoff = 4 * time.Hour

// maxDoubts is how many lost answers leave a delivery in doubt for good. A
// connection that breaks in mid-message looks like one that breaks after it,
// so one retry would lose people; each copy has the first one's Message-ID.
const maxDoubts = 4

// outcome returns the state in which an attempt leaves the delivery, and when
// it is tried again: never when the time is zero.
func (r *run) outcome(d Delivery, e *SendError, now time.Time) (State, time.Time) {
	if e == nil {
		return Accepted, time.Time{}
	}
	retry := now.Add(backoff(r.Backoff, d.Attempts))
	state := Due
	if d.Doubts > 0 {
		state = InDoubt // whatever comes later, an earlier message may have arrived
	}
	switch {
	case e.Kind == Doubtful && d.Doubts+1 < maxDoubts:
		return InDoubt, retry
	case e.Kind == Doubtful:
		return InDoubt, time.Time{}
	case e.final(d), !d.Since.IsZero() && now.Sub(d.Since) >= r.MaxAge:
		if d.Doubts == 0 {
			state = Refused
		}
		return state, time.Time{}
	}
	return state, retry
}

func backoff(first time.Duration, attempts int) time.Duration {
	return min(first<<min(attempts, 10), lastBackoff)
}

// final reports whether the refusal settles the matter for this recipient.
// A refusal that may be about us, not about the recipient, is put to the test
// a second time: it may have been repaired by then.
func (e *SendError) final(d Delivery) bool {
	switch {
	case e.Kind != Permanent || e.full():
		return false
	case e.Stage == StageCompose:
		return true
	case e.Stage == StageRcpt && !e.ours():
		return true
	}
	return d.Attempts > 0
}

// full reports whether the mailbox has no room now: 552 at RCPT means the
// same as 452 (RFC 5321, section 4.5.3.1.10).
func (e *SendError) full() bool {
	return e.Enhanced == "5.2.2" || e.Code == 552 && e.Stage == StageRcpt
}

// ours reports whether a refusal is likely about our mail or our server, not
// about the recipient: any but those of the address (RFC 3463, section 3.8:
// 5.7.x is policy).
func (e *SendError) ours() bool {
	return e.Stage != StageRcpt || strings.HasPrefix(e.Enhanced, "5.7.")
}

// limit is how many refusals of one kind in a row stop the notice.
const limit = 20

// StopError says why a notice was stopped before everybody was tried.
type StopError struct {
	Reason string
	Hint   string
	Last   *SendError
}

// Error gives the reason and the server's last reply.
func (e *StopError) Error() string { return fmt.Sprintf("stopped: %s: %v", e.Reason, e.Last) }

// Unwrap returns the last failure.
func (e *StopError) Unwrap() error { return e.Last }

// judge returns an error when the notice must stop: when the fault is ours,
// more messages would only harm.
func (r *run) judge(e *SendError) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case e == nil:
		r.row = 0
		return nil
	case e.unauthenticated():
		return &StopError{
			Reason: "the receiving side refuses mail that does not prove its domain",
			Hint:   "publish SPF, DKIM and DMARC records for the domain of email.from and have the relay sign with DKIM",
			Last:   e,
		}
	case e.Kind != Permanent || e.Stage == StageCompose || !e.ours():
		return nil
	case e.Stage == StageTLS || e.Stage == StageAuth:
		return &StopError{Reason: "the server does not let us in", Hint: "check email.smtp, CODICIL_SMTP_USER and CODICIL_SMTP_PASSWORD", Last: e}
	}
	if e.same() != r.refusal {
		r.refusal, r.row = e.same(), 0
	}
	if r.row++; r.row < limit {
		return nil
	}
	return &StopError{
		Reason: fmt.Sprintf("the server refused %d messages in a row in the same way", limit),
		Hint:   "the reply says what it objects to; mend it and run again: it goes on where it stopped",
		Last:   e,
	}
}
