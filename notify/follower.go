package notify

import (
	"errors"
	"slices"
	"time"
)

// AllPolicies stands for every policy among those that somebody follows.
const AllPolicies = "*"

// Follower is a person who asked to be told of changes, and confirmed it.
type Follower struct {
	Recipient []byte // keyed hash of the address
	Email     string // empty once they have left
	Lang      string
	Policies  []string // ids, or AllPolicies alone
	Confirmed time.Time
	Left      time.Time // zero while they follow
}

// Follows reports whether the person is told of changes to a policy.
func (f *Follower) Follows(policy string) bool {
	return f.Left.IsZero() && (slices.Contains(f.Policies, policy) || slices.Contains(f.Policies, AllPolicies))
}

// ErrLeft is the error of a request that was made before the person left.
var ErrLeft = errors.New("the person has left since this was asked for")

// Suppression says that a person must not be mailed, and why.
type Suppression struct {
	Recipient []byte // keyed hash of the address
	Policy    string // whose notices to followers; empty for all mail
	Source    Source
	Notice    string // that brought it about; empty for none
	Reason    string
	Time      time.Time
}

// Source says where a suppression comes from.
type Source string

// The sources. What a person has asked for is never taken back together with
// what a server has said.
const (
	FromRefusal     Source = "refusal"     // a server refused the address
	FromBounce      Source = "bounce"      // a message came back
	FromComplaint   Source = "complaint"   // the reader calls our mail unwanted
	FromUnsubscribe Source = "unsubscribe" // the person left
	FromOperator    Source = "operator"    // put on record by hand or by a list
)

// Personal reports whether the person has asked for it.
func (s Source) Personal() bool { return s == FromComplaint || s == FromUnsubscribe }

// SuppressionFilter picks suppressions. The zero value of a field picks all.
type SuppressionFilter struct {
	Recipient []byte // keyed hash of the address
	Source    Source
	Notice    string // that brought them about
	Since     time.Time
	// Personal picks also what people have asked for themselves: complaints, and
	// that they left. A source or a person that is named is picked in any case.
	Personal bool
}

// Erased says what was on record about a person who was erased.
type Erased struct {
	Notices  int  // that were meant for them
	Followed bool // they followed a policy
}

// Bounce says that a message came back, or that its reader complained of it,
// as a relay reports it.
type Bounce struct {
	Notice    string // its id; empty when the report does not say
	Recipient []byte // keyed hash of the address
	Complaint bool
	Status    string // of RFC 3463, "5.1.1"; empty when there is none
	Reason    string
	Time      time.Time
}

// Acknowledgement says that a person was shown a version and closed the
// notice. It is the word of the operator's own server; seeing is not consent.
type Acknowledgement struct {
	Subject []byte // keyed hash of the operator's name for the person
	Policy  string
	Label   string
	Digest  string // SHA-256 of the text, in hex
	Shown   string // banner, popup or page
	Time    time.Time
}

// Refusal says that a person declined a version.
type Refusal struct {
	Recipient []byte // keyed hash of the address
	Version   string // privacy@2.0
	Time      time.Time
}
