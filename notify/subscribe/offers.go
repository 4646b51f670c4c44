package subscribe

import (
	"time"

	"github.com/codicil/codicil/policy"
)

// Offers lists the versions that people may decline, or might once: of policies in
// the language of their originals. Days end in the given zone; base is the address
// of the site, empty when there is none to link to.
func Offers(policies []*policy.Policy, zone *time.Location, base string) []Offer {
	var list []Offer
	for _, q := range policies {
		for _, v := range q.Versions {
			until := v.DeclineUntil()
			if until.IsZero() || q.TranslationOf != "" || v.Front.Draft || q.Previous(v) == nil {
				continue
			}
			next := until.AddDays(1)
			o := Offer{
				Version: q.Ref(v), Title: q.Title, Label: v.Label, SHA256: v.SHA256, Announced: policy.DateOf(v.Published), Effective: v.From(),
				Until: until, End: time.Date(next.Year, next.Month, next.Day, 0, 0, 0, 0, zone), Means: v.Front.Decline.Means, Lang: q.Lang,
			}
			if at, before := policy.AddressOf(q), q.Previous(v).Label; base != "" {
				o.URL = policy.LinkTo(base, at.Version(v.Label))
				o.Compare, o.Since = policy.LinkTo(base, at.Redline(before, v.Label)), policy.LinkTo(base, at.Since(before))
			}
			list = append(list, o)
		}
	}
	return list
}

// SinceLinks returns Options.Since of a site at base, by the policies as they are
// known when it is asked.
func SinceLinks(base string, policies func() *[]*policy.Policy) func(id, label string) string {
	if base == "" {
		return nil
	}
	return func(id, label string) string {
		for _, p := range *policies() {
			if p.ID == id {
				return policy.LinkTo(base, policy.AddressOf(p).Since(label))
			}
		}
		return ""
	}
}

// Followable lists the policies that people can follow, and those that were
// withdrawn: originals that have a version.
func Followable(policies []*policy.Policy) (now, former []Policy) {
	for _, q := range policies {
		switch p := (Policy{ID: q.ID, Title: q.Title}); {
		case q.TranslationOf != "" || len(q.Versions) == 0:
		case q.Withdrawn.IsZero():
			now = append(now, p)
		default:
			former = append(former, p)
		}
	}
	return now, former
}
