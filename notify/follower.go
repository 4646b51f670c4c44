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
	Reason    string
	Time      time.Time
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
