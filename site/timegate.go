package site

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// TimeGatePath is where a TimeGate is served, in front of the path of a policy or of
// the whole address of its page.
const TimeGatePath = "/timegate/"

// TimeGate leads programs that ask for a policy as of a moment (Accept-Datetime) to
// the version that was in force then: a TimeGate by RFC 7089, pattern 2.1. The site
// stands at base; policies gives them as they are known now, and today the day.
func TimeGate(base string, policies func() *[]*policy.Policy, today func() policy.Date) (http.Handler, error) {
	base, err := baseURLOf(base)
	if err != nil {
		return nil, err
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Vary", "accept-datetime")
		p := policyAt(*policies(), base, strings.TrimPrefix(r.URL.Path, TimeGatePath))
		if p == nil {
			http.Error(w, "no policy has its page at this address", http.StatusNotFound)
			return
		}
		day := today()
		if asked := r.Header.Get("Accept-Datetime"); asked != "" {
			at, err := http.ParseTime(asked)
			if err != nil {
				http.Error(w, "Accept-Datetime is not a moment such as Thu, 31 May 2007 20:35:00 GMT", http.StatusBadRequest)
				return
			}
			day = policy.DateOf(at)
		}
		list := mementos(p, today())
		if len(list) == 0 {
			http.Error(w, "no version has been in force yet", http.StatusNotFound)
			return
		}
		address := policy.AddressOf(p)
		links := []string{
			fmt.Sprintf(`<%s>; rel="original"`, policy.LinkTo(base, address.Page())),
			fmt.Sprintf(`<%s>; rel="timemap"; type="application/link-format"`, policy.LinkTo(base, address.TimeMap())),
		}
		for rel, v := range map[string]*policy.Version{"first memento": list[0], "last memento": list[len(list)-1]} {
			links = append(links, fmt.Sprintf(`<%s>; rel=%q; datetime=%q`, policy.LinkTo(base, address.Version(v.Label)), rel, momentOf(v)))
		}
		slices.Sort(links)
		w.Header().Set("Link", strings.Join(links, ", "))
		w.Header().Set("Location", policy.LinkTo(base, address.Version(nearest(list, day).Label)))
		w.WriteHeader(http.StatusFound)
	}), nil
}

// timeGate returns the address of the TimeGate of a policy; empty where none is served.
func (o *Options) timeGate(pl *plan) string {
	if o.Follow == "" {
		return ""
	}
	return policy.LinkTo(o.Follow, strings.TrimPrefix(TimeGatePath, "/")+pl.dir)
}

// mostMementos bounds the rules about versions in the file of headers: of a site with
// more, the newest are told. Cloudflare Pages leaves out what is behind a hundred rules.
const mostMementos = 1000

// mementoHeaders are the rules by which a host says, of each version that was in force,
// from when on it was, and where its others are (RFC 7089).
func (b *builder) mementoHeaders(histories []*policyBuild) string {
	if _, known := b.absolute(""); !known {
		return ""
	}
	type memento struct {
		h    *policyBuild
		v    *policy.Version
		from policy.Date
	}
	var list []memento
	for _, h := range histories {
		for _, v := range mementos(h.policy, b.On) {
			list = append(list, memento{h, v, v.From()})
		}
	}
	slices.SortStableFunc(list, func(x, y memento) int { return y.from.Compare(x.from) })
	var rules strings.Builder
	for _, m := range list[:min(mostMementos, len(list))] {
		home := b.address(m.h.dir)
		links := fmt.Sprintf(`<%s>; rel="original", <%s>; rel="timemap"; type="application/link-format"`, home, b.address(m.h.address.TimeMap()))
		if gate := b.timeGate(m.h.plan); gate != "" {
			links += fmt.Sprintf(`, <%s>; rel="timegate"`, gate)
		}
		fmt.Fprintf(&rules, "/%s\n  Memento-Datetime: %s\n  Link: %s\n", policy.EscapePath(m.h.address.Version(m.v.Label)), momentOf(m.v), links)
	}
	return rules.String()
}

// policyAt returns the policy whose page is at a path of the site, or at an address;
// nil when none is. A server may have made one slash of those behind the scheme.
func policyAt(policies []*policy.Policy, base, asked string) *policy.Policy {
	if scheme, rest, found := strings.Cut(asked, ":/"); found {
		asked = scheme + "://" + strings.TrimLeft(rest, "/")
	}
	path := strings.TrimSuffix(strings.TrimPrefix(asked, base), "/") + "/"
	for _, p := range policies {
		if policy.AddressOf(p).Page() == path {
			return p
		}
	}
	return nil
}

// mementos lists the versions of a policy that have been in force by a day, by when
// they came into it.
func mementos(p *policy.Policy, today policy.Date) []*policy.Version {
	status := p.StatusOn(today)
	list := slices.DeleteFunc(slices.Clone(p.Versions), func(v *policy.Version) bool {
		s := status(v)
		return v.Front.Draft || s == policy.Upcoming || s == policy.Cancelled || s == policy.Draft
	})
	slices.Reverse(list)
	slices.SortStableFunc(list, func(x, y *policy.Version) int { return x.From().Compare(y.From()) })
	return list
}

// nearest returns the version that was in force on a day; before all, the first.
func nearest(list []*policy.Version, day policy.Date) *policy.Version {
	v := list[0]
	for _, next := range list {
		if !next.From().After(day) {
			v = next
		}
	}
	return v
}

// momentOf is when a version came into force, as HTTP writes it.
func momentOf(v *policy.Version) string { return v.From().Time().UTC().Format(http.TimeFormat) }
