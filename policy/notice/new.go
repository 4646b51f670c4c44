package notice

import (
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/redline"
)

// New makes the notice that is due about version v of p, whose redline against
// the version before it is r and whose assessment is a.
func New(p *policy.Policy, v *policy.Version, r *redline.Redline, a *materiality.Assessment, rules Rules) *Notice {
	n := &Notice{
		PolicyID:   p.ID,
		Title:      p.Title,
		Lang:       p.Lang,
		Label:      v.Label,
		Severity:   a.Decided(),
		Class:      ServiceClass,
		Announced:  v.Front.Announced,
		Effective:  v.From(),
		Summary:    v.Front.Summary,
		Redline:    r,
		Assessment: a,
	}
	if previous := p.Previous(v); previous != nil {
		n.Previous = previous.Label
	}
	if v.TwoDays() {
		n.New = v.FromFor(policy.NewAccounts)
	}
	if n.Previous != "" {
		n.Decline, n.Means = v.DeclineUntil(), v.Front.Decline.Means
	}
	n.Before = between(p, v)
	if n.Announced.IsZero() {
		n.Announced = policy.DateOf(v.Published)
	}
	n.Channels = channels(v.Front.Notice, rules.Channels[n.Severity])
	n.Deadline = rules.Deadline(n.Severity, n.Effective)
	n.Until = n.Effective.AddDays(rules.Shown)
	return n
}

// between lists the days on which other versions take effect after v was
// published and before it binds.
func between(p *policy.Policy, v *policy.Version) []policy.Date {
	published := policy.DateOf(v.Published)
	if !v.From().After(published) {
		return nil
	}
	var days []policy.Date
	for _, other := range p.Versions {
		if from := other.From(); from.After(published) && from.Before(v.From()) && !other.Front.Draft && other.Cancelled() == nil {
			days = append(days, from)
		}
	}
	slices.SortFunc(days, policy.Date.Compare)
	return slices.Compact(days)
}

// channels returns those that the editor chose, else the configured ones.
func channels(chosen policy.Channels, configured []Channel) []Channel {
	if chosen == nil {
		return slices.Clone(configured)
	}
	list := make([]Channel, 0, len(chosen))
	for _, c := range chosen {
		list = append(list, Channel(c))
	}
	return list
}

// Through reports whether the notice is given through channel c.
func (n *Notice) Through(c Channel) bool { return slices.Contains(n.Channels, c) }

// Shows reports whether channel c shows the notice on the given day: from the
// announcement until some days after the change took effect.
func (n *Notice) Shows(c Channel, on policy.Date) bool {
	return n.Through(c) && !on.Before(n.Announced) && !on.After(n.Until)
}

// InForce reports whether what the notice announces binds on the given day.
func (n *Notice) InForce(on policy.Date) bool { return !on.Before(n.Effective) }

// Channels lists every channel, in the order they are listed to people.
func Channels() []Channel { return []Channel{Banner, Popup, Email, Feed} }

// Valid reports whether c is a channel that exists.
func (c Channel) Valid() bool { return slices.Contains(Channels(), c) }

// ChannelNames writes channels as a list for people.
func ChannelNames(channels []Channel) string {
	if len(channels) == 0 {
		return "none: no notice is due"
	}
	names := make([]string, 0, len(channels))
	for _, c := range channels {
		names = append(names, string(c))
	}
	return strings.Join(names, ", ")
}

// Declinable reports whether whom the notice tells may decline on the given day:
// account holders, who are bound.
func (n *Notice) Declinable(on policy.Date) bool {
	return n.Class == ServiceClass && !n.Decline.IsZero() && !on.After(n.Decline) && (n.Correction == nil || !n.Correction.Cancelled)
}

// Ref names the version that the notice is about: privacy@2.0.
func (n *Notice) Ref() string { return n.PolicyID + "@" + n.Label }
