package notify

import (
	"fmt"
	"strings"
)

// ErrorKind says what a failed attempt means for the next one.
type ErrorKind uint8

// The kinds.
const (
	Temporary ErrorKind = iota // no answer, or one of 4xx: worth another try
	Permanent                  // an answer of 5xx: the same message would fail again
	Doubtful                   // the whole message went out, its answer never came: it may have arrived
)

// Stage is the step of a session (RFC 5321, section 4.1) at which it failed.
type Stage string

// The stages, in order.
const (
	StageConnect Stage = "connect"
	StageTLS     Stage = "tls"
	StageAuth    Stage = "auth"
	StageCompose Stage = "compose" // the message could not be made for this recipient
	StageMail    Stage = "mail"
	StageRcpt    Stage = "rcpt"
	StageData    Stage = "data"
	StageBody    Stage = "body"
	StageEnd     Stage = "eod"    // the answer to the end of the message
	StageBounce  Stage = "bounce" // a report that came back later (RFC 3464)

	StageProgram Stage = "program" // of a channel of the publisher's own: what its program said of a person
)

// SendError is a failed attempt to connect or to deliver.
type SendError struct {
	Kind     ErrorKind
	Stage    Stage
	Code     int    // of the reply; 0 when there was none
	Enhanced string // status code of RFC 3463, "5.1.1"; empty when the server gave none
	Reply    string // text of the reply
	Err      error  // what broke, when there was no reply
	Ours     bool   // the fault lies on our side: the next message would fail as well
}

// Error says at which step it failed, and the server's reply or what broke.
func (e *SendError) Error() string { return fmt.Sprintf("%s: %s", e.Stage, e.Reason()) }

// Reason returns the server's reply, or what broke when there was none.
func (e *SendError) Reason() string {
	switch {
	case e.Code != 0:
		return strings.TrimSpace(fmt.Sprintf("%d %s", e.Code, e.Reply))
	case e.Err != nil:
		return e.Err.Error()
	}
	return "no reply"
}

// Unwrap returns what broke.
func (e *SendError) Unwrap() error { return e.Err }

// Lost reports whether the connection is gone, or about to be closed by the
// server (421, RFC 5321 section 3.8).
func (e *SendError) Lost() bool {
	return e.Code == 0 && e.Stage != StageCompose && e.Stage != StageProgram || e.Code == 421
}

// same tells refusals of one kind apart from others.
func (e *SendError) same() string { return fmt.Sprintf("%s %d %s", e.Stage, e.Code, e.Enhanced) }

// unauthenticated reports whether a receiver refuses all our mail because the
// domain does not prove that it is ours: 5.7.20 to 5.7.26 are the statuses of
// RFC 7372, section 3, for DKIM, SPF, reverse DNS and several at once, 5.7.515 is
// Microsoft's.
func (e *SendError) unauthenticated() bool {
	switch e.Enhanced {
	case "5.7.20", "5.7.21", "5.7.22", "5.7.23", "5.7.25", "5.7.26", "5.7.515":
		return true
	}
	return false
}
