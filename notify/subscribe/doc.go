// Package subscribe is what people and machines outside reach of the list of
// followers: pages to subscribe (double opt-in), to choose, to leave by one
// click (RFC 8058), to get a copy of one's record and to erase it; the intake
// of what relays report; the acknowledgements of the operator's own server; and
// the webhooks that tell other systems.
//
// Nothing is kept of somebody who has not confirmed: what they asked for
// travels in the link that they get, sealed so that nobody can read or change
// it. The answer to a request never tells whether an address is known, neither
// in words nor in time: all that depends on the address happens after it. No
// address of a person or of a machine is ever logged.
//
// The pages need no script, no cookie and nothing from elsewhere. A link that
// is only looked at changes nothing: whatever changes something is a POST.
package subscribe
