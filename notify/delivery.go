package notify

import (
	"context"
	"errors"
	"strings"
	"time"
)

// State is where the delivery of one notice to one recipient has got to.
type State string

// The states.
const (
	Due        State = "due"        // to be sent, now or after a delay
	InDoubt    State = "in_doubt"   // sent whole, but the server's answer was lost
	Accepted   State = "accepted"   // the server took charge of it
	Refused    State = "refused"    // the server will never take it
	Suppressed State = "suppressed" // must not be mailed
)

// Delivery is a notice on its way to one recipient.
type Delivery struct {
	ID        int64 // the ledger's own name for it
	Recipient Recipient
	State     State     // Due or InDoubt
	Attempts  int       // made so far
	Doubts    int       // of them, those whose answer was lost
	Since     time.Time // of the first attempt; zero before it
	Last      int64     // the ledger's own number of the last record about it
	Stamp     string    // the ledger's own word for the moment at which it was handed out
}

// Receipt says what was handed to the server.
type Receipt struct {
	Time      time.Time // as the message has it; zero when none was made
	MessageID string    // without angle brackets
	SHA256    string    // of the bytes of the message, in hex
	Reply     string    // the server's last reply, with its code
}

// Attempt is the record of one try to deliver.
type Attempt struct {
	Receipt            // its time is when the message was handed over
	Time     time.Time // of the message, else of the failure
	State    State     // in which it left the delivery
	Stage    Stage     // at which it failed; empty when accepted
	Code     int       // of the server's reply (RFC 5321); 0 when there was none
	Enhanced string
}

// Doubtful reports whether the message went out whole and no answer came back.
func (a *Attempt) Doubtful() bool { return a.Stage == StageEnd && a.Code == 0 }

// NoMailbox reports whether the server refused because the address itself is no
// good (RFC 3463, section 3.2; 5.1.10 is RFC 7505's): it would do so again. A
// refusal without such a status may be about us.
func (a *Attempt) NoMailbox() bool {
	if a.State != Refused || a.Stage != StageRcpt {
		return false
	}
	switch a.Enhanced {
	case "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1":
		return true
	}
	return false
}

// Unreachable reports whether the program of a channel said that the person cannot
// be reached by it.
func (a *Attempt) Unreachable() bool { return a.State == Refused && a.Stage == StageProgram }

// BadAddress reports whether a final status of RFC 3463 is about the address
// itself: a mailbox that is full (x.2.2) may be emptied, and a policy (x.7) may
// be about us.
func BadAddress(status string) bool {
	return strings.HasPrefix(status, "5.") && status != "5.2.2" && !strings.HasPrefix(status, "5.7.")
}

// Sender opens connections to the server that takes the messages.
type Sender interface {
	Connect(ctx context.Context) (Session, error)
}

// Session is one connection. It is used by one goroutine at a time.
type Session interface {
	// Send delivers the notice to r. Its error is a *SendError; the receipt
	// then tells what was, or would have been, sent.
	Send(ctx context.Context, r Recipient) (Receipt, error)
	Close() error
}

// Ledger remembers what became of each delivery.
type Ledger interface {
	// Due returns up to limit deliveries whose time has come, the longest
	// waiting first, and, when there are none, the time of the next. That time
	// is zero when nothing is left to do.
	Due(ctx context.Context, notice string, now time.Time, limit int) (due []Delivery, next time.Time, err error)
	// Still reports whether a delivery that Due handed out is still to be made,
	// and by this process: the person may have been erased, suppressed or
	// refused since. It is asked before each message, and must be cheap.
	Still(ctx context.Context, notice string, d Delivery) (bool, error)
	// Release gives up deliveries that Due handed out and nobody has tried.
	Release(ctx context.Context, notice string, list []Delivery) error
	// Mark records an attempt. When it returns without an error, the record
	// outlives a crash of this process. The delivery is tried again at retry,
	// and never again when retry is zero.
	Mark(ctx context.Context, notice string, d Delivery, a Attempt, retry time.Time) error
	Counts(ctx context.Context, notice string) (Counts, error)
	// Failed lists the first deliveries that were not accepted, with the last
	// reply.
	Failed(ctx context.Context, notice string, limit int) ([]Failure, error)
}

// RateKeeper is a Ledger from which several processes send: the rate is one for
// all of them.
type RateKeeper interface {
	// Reserve takes the next count slots of a rate, one an interval, and returns
	// how long until the first. It reports false where this process sends alone.
	Reserve(ctx context.Context, interval time.Duration, count int) (wait time.Duration, shared bool, err error)
}

// Scheduler is a Ledger that knows when people were told, and can have them wait:
// for the end of the night, or the next day of a warm-up.
type Scheduler interface {
	// Zones returns the time zones of all people of a notice; an empty one stands
	// for those whose zone is not known.
	Zones(ctx context.Context, notice string) ([]string, error)
	// PutOff has nobody of the given zones be told before the moment beside each.
	PutOff(ctx context.Context, notice string, until map[string]time.Time) error
	// Tries returns how many attempts were made for a notice.
	Tries(ctx context.Context, notice string) (int, error)
	// TriedAt returns when the n-th of them was made, from 1; zero before it was.
	TriedAt(ctx context.Context, notice string, n int) (time.Time, error)
}

// ErrTaken is the error of a Mark that came late: another process had taken the
// delivery over. The attempt is on record all the same, since it was made; what
// was claimed together with it is lost.
var ErrTaken = errors.New("another process has taken the delivery over")

// Counts tells how many deliveries of a notice are in each state.
type Counts struct {
	Due        int `json:"due"`
	InDoubt    int `json:"in_doubt"`
	Accepted   int `json:"accepted"`
	Refused    int `json:"refused"`
	Suppressed int `json:"suppressed"`
}

// Total returns the number of deliveries.
func (c Counts) Total() int {
	return c.Due + c.InDoubt + c.Accepted + c.Refused + c.Suppressed
}

// Of returns a pointer to the number of deliveries in state s, or nil for a
// state that does not exist.
func (c *Counts) Of(s State) *int {
	switch s {
	case Due:
		return &c.Due
	case InDoubt:
		return &c.InDoubt
	case Accepted:
		return &c.Accepted
	case Refused:
		return &c.Refused
	case Suppressed:
		return &c.Suppressed
	}
	return nil
}

// Failure is a recipient whom the notice did not reach, and why.
type Failure struct {
	Recipient Recipient
	State     State
	Attempts  int
	Reason    string // the server's last reply, or what broke
}
