// Package notice turns a version and its assessment into the notice that is
// due: what to tell whom, through which channels, and by when.
package notice

import (
	"strconv"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/redline"
)

// Notice is what is to be told about one version.
type Notice struct {
	PolicyID   string
	Title      string // of the policy
	Lang       string
	Label      string // of the version that is announced
	Previous   string // label of the version it follows
	Severity   policy.Severity
	Class      Class
	Channels   []Channel
	Announced  policy.Date   // the day it was, or will be, told
	Effective  policy.Date   // for existing accounts: those who are told
	New        policy.Date   // for accounts made from that day on, where it is another day; else zero
	Deadline   policy.Date   // last day on which telling still leaves the notice period
	Until      policy.Date   // last day on which the banner shows it
	Before     []policy.Date // on which other versions take effect, after it was published and before it binds, in order
	Summary    string        // the editor's words
	Via        Channel       // of the publisher's own, by which this notice goes; empty for mail
	Decline    policy.Date   // the last day on which it can be declined; zero where it cannot
	Means      string        // what follows for who declines, in the editor's words
	Late       string        // why it is told after its deadline; empty when it is not
	Correction *Correction   // of an earlier notice about the same version; nil for none
	Redline    *redline.Redline
	Assessment *materiality.Assessment
}

// Correction says what an earlier notice had told that is not so.
type Correction struct {
	Number    int         // of this version, from 1
	Of        string      // id of the first notice
	Told      policy.Date // when people were told
	Effective policy.Date // from when the text was to bind, as they were told
	Altered   bool        // the text is another
	Cancelled bool        // it does not take effect at all
	Reason    string      // the editor's words
}

// Class says to whom a notice goes, and so what it must and must not hold.
type Class string

// The classes.
const (
	ServiceClass Class = "service"  // account holders: required, neutral, not to be unsubscribed from
	Follower     Class = "follower" // people who asked for it: one-click unsubscribe (RFC 8058)
)

// Channel is a way to give notice.
type Channel string

// The channels.
const (
	Banner Channel = "banner"
	Popup  Channel = "popup"
	Email  Channel = "email"
	Feed   Channel = "feed"
)

// Rules say how long before it takes effect a change is told, and how.
type Rules struct {
	Period    map[policy.Severity]Period
	Channels  map[policy.Severity][]Channel // in the order they are listed to people
	Custom    []Channel                     // channels of the publisher's own, besides those that are built in
	Shown     int                           // days after the effective date for which the banner stays
	Audiences []Audience                    // whose laws ask for more
	Holidays  Holidays                      // on which no business is done
}

// DefaultRules returns the rules that hold where the configuration names none:
// 30 days and every channel for a major change, as courts found email alone
// (Sifuentes v. Dropbox, N.D. Cal. 2022) and posting alone (Douglas v. Talk
// America, 9th Cir. 2007) too little.
func DefaultRules() Rules {
	return Rules{
		Period: map[policy.Severity]Period{policy.Major: {Days: 30}},
		Channels: map[policy.Severity][]Channel{
			policy.Major:     {Banner, Popup, Email, Feed},
			policy.Minor:     {Banner, Feed},
			policy.Editorial: {Feed},
		},
		Shown: 30,
	}
}

// ID names the notice: the same version is told once to each class of people,
// whatever happens.
func (n *Notice) ID() string {
	id := n.PolicyID + "@" + n.Label
	if n.Class == Follower {
		id += "+follower"
	}
	if n.Via != "" {
		id += "+via-" + string(n.Via)
	}
	if n.Correction != nil {
		id += "+correction" + strconv.Itoa(n.Correction.Number)
	}
	return id
}
