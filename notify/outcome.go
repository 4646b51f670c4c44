package notify

import (
	"fmt"
	"strings"
	"time"

	"github.com/codicil/codicil/policy"
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
	case e.final(d), e.old(d, now, r.MaxAge):
		if d.Doubts == 0 {
			state = Refused
		}
		return state, time.Time{}
	}
	return state, retry
}

// old reports whether a recipient was tried for long enough. What fails before a
// recipient is named says nothing about any.
func (e *SendError) old(d Delivery, now time.Time, most time.Duration) bool {
	if e.Ours || e.Stage == StageTLS || e.Stage == StageAuth || e.Stage == StageMail && e.Kind == Permanent {
		return false
	}
	return !d.Since.IsZero() && now.Sub(d.Since) >= most
}

func backoff(first time.Duration, attempts int) time.Duration {
	return min(first<<min(attempts, 10), lastBackoff)
}

// final reports whether the refusal settles the matter for this recipient. A
// refusal that is about us settles nothing: it stays due, and is put right by
// us. One whose cause is unclear is tried again until it is too old.
func (e *SendError) final(d Delivery) bool {
	switch {
	case e.Kind != Permanent || e.full():
		return false
	case e.Stage == StageCompose, e.aboutRecipient():
		return true
	}
	return e.Stage != StageRcpt && d.Attempts > 0 && !e.ours()
}

// full reports whether the mailbox has no room now: 552 at RCPT means the
// same as 452 (RFC 5321, section 4.5.3.1.10).
func (e *SendError) full() bool {
	return e.Enhanced == "5.2.2" || e.Code == 552 && e.Stage == StageRcpt
}

// aboutRecipient reports whether a refusal can only be about the address: it
// answers RCPT, and its status is of the kinds of addresses, mailboxes and
// routes (RFC 3463, sections 3.2, 3.3 and 3.5), or it has none and its code says
// so (RFC 5321, section 4.2.3). The program of a channel says so itself.
func (e *SendError) aboutRecipient() bool {
	if e.Stage == StageProgram {
		return e.Kind == Permanent
	}
	if e.Stage != StageRcpt {
		return false
	}
	switch {
	case e.Enhanced == "":
		return e.Code == 550 || e.Code == 551 || e.Code == 553 || e.Code == 556
	case e.Enhanced == "5.1.7", e.Enhanced == "5.1.8":
		return false // of the sender's address
	}
	for _, kind := range []string{"5.0.", "5.1.", "5.2.", "5.4."} {
		if strings.HasPrefix(e.Enhanced, kind) {
			return true
		}
	}
	return false
}

// ours reports whether a refusal is about our mail, our rights or our server:
// any before a recipient is named, and of those after it the ones about the
// sender's address, the system, the protocol, and policy (RFC 3463, sections
// 3.2, 3.4, 3.6 and 3.8).
func (e *SendError) ours() bool {
	switch e.Stage {
	case StageConnect, StageTLS, StageAuth, StageMail:
		return true
	case StageRcpt:
		return !e.aboutRecipient() && !e.full()
	}
	return strings.HasPrefix(e.Enhanced, "5.7.") || strings.HasPrefix(e.Enhanced, "5.3.") || strings.HasPrefix(e.Enhanced, "5.5.")
}

// shut reports whether the server wants us to prove who we are, or to encrypt,
// before it takes anything (RFC 4954, section 6; RFC 3207, section 4): the next
// message would hear the same.
func (e *SendError) shut() bool {
	switch e.Code {
	case 530, 534, 535, 538:
		return true
	}
	return e.Kind == Permanent && (e.Stage == StageTLS || e.Stage == StageAuth || e.Stage == StageMail && strings.HasPrefix(e.Enhanced, "5.7."))
}

// limit is how many refusals of one kind in a row stop the notice.
const limit = 20

// stopped says why a notice was stopped before everybody was tried, with the
// server's last reply.
func stopped(last *SendError, reason, hint string) error {
	return &policy.Diagnostic{Level: policy.Error, Message: fmt.Sprintf("stopped: %s: %v", reason, last), Hint: hint, Err: last}
}

// judge returns an error when the notice must stop: when the fault is ours,
// more messages would only harm.
func (r *run) judge(e *SendError) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if e == nil {
		r.row = 0
		return nil
	}
	if stop := e.stops(); stop != nil {
		return stop
	}
	if e.Kind != Permanent || e.Stage == StageCompose || e.aboutRecipient() {
		return nil
	}
	if e.same() != r.refusal {
		r.refusal, r.row = e.same(), 0
	}
	if r.row++; r.row < limit {
		return nil
	}
	return stopped(e, fmt.Sprintf("the server refused %d messages in a row in the same way", limit),
		"the reply says what it objects to; mend it and run again: it goes on where it stopped")
}

// stops returns why one such refusal is enough to stop; nil when it is not.
func (e *SendError) stops() error {
	switch {
	case e.Ours:
		return stopped(e, "the program of the channel does not do its work", "mend it and run again: it goes on where it stopped, and who was on the way keeps their id")
	case e.unauthenticated():
		return stopped(e, "the receiving side refuses mail that does not prove its domain",
			"publish SPF, DKIM and DMARC records for the domain of email.from and have the relay sign with DKIM")
	case e.shut() && e.Stage == StageMail && e.Code != 530 && e.Code != 535 && e.Code != 534 && e.Code != 538:
		return stopped(e, "the server does not let us send under this sender",
			"check that email.from, or email.return_path, is an address for which the server takes mail from us")
	case e.shut():
		return stopped(e, "the server does not let us in",
			"check email.smtp, CODICIL_SMTP_USER and CODICIL_SMTP_PASSWORD")
	}
	return nil
}
