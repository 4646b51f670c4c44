package notify

import "fmt"

// Breaker stops a notice when more addresses are refused as unknown than a list
// of living people has: a relay that has lost its table of users says the same
// of everybody, and would have everybody suppressed. The zero value is the
// default.
type Breaker struct {
	// Percent of refusals above which the run stops, within its first hundred
	// answers and any thousand in a row; 0 for DefaultBreaker, negative for none.
	Percent int
}

// DefaultBreaker is the share of bounces at which large receivers pause a sender
// (10 % at Amazon SES).
const DefaultBreaker = 10

// The windows of the breaker, in answers.
const (
	firstWindow = 100
	longWindow  = 1000
)

// unknowns counts the refused addresses among the last answers.
type unknowns struct {
	percent int
	ring    [longWindow]bool
	answers int // so far
	inRing  int // refused among those in the ring
	early   int // refused among the first
}

// add notes an answer, and reports whether there are too many refusals.
func (u *unknowns) add(unknown bool) bool {
	at := u.answers % longWindow
	if u.ring[at] {
		u.inRing--
	}
	u.ring[at] = unknown
	if unknown {
		u.inRing++
		if u.answers < firstWindow {
			u.early++
		}
	}
	u.answers++
	if u.percent < 0 {
		return false
	}
	return u.early*100 > u.percent*firstWindow && u.answers <= firstWindow || u.inRing*100 > u.percent*longWindow
}

// watch counts an attempt, and returns an error when the refusals are too many
// to be true.
func (r *run) watch(a *Attempt, e *SendError) error {
	if a.State == Due || a.State == InDoubt {
		return nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.unknowns.add(a.NoMailbox() || a.Unreachable()) {
		return nil
	}
	return stopped(e, fmt.Sprintf("%d of the last %d addresses were refused as unknown, more than %d %%",
		r.unknowns.inRing, min(r.unknowns.answers, longWindow), r.unknowns.percent),
		"is the list an old one, or has the relay lost its users? When they exist, `codicil suppressions lift --source refusal --notice "+
			r.notice+"` makes them due again; when the list is so, raise email.max_refused")
}
