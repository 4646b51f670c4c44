package site

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// plan is where the pages of one policy go, before any text is read.
type plan struct {
	policy   *policy.Policy
	address  *policy.Address
	dir      string            // of its pages: "privacy/"
	lang     string            // never empty
	versions []*policy.Version // without drafts, newest first
	slugs    []string          // of the versions: how paths call them
	current  int               // index of the version in force, else of the one to show instead
	siblings []sibling         // the same policy in its languages, this one included
	former   []*policy.Address // of the ids that it had before, where its addresses are kept
	beside   string            // the file, where another policy has the same title; else empty
	key      key               // of what all its pages depend on
	keys     []key             // of the versions

	on         policy.Date // the day of the build
	succession *policy.Succession
	status     func(*policy.Version) policy.Status // on the day of the build
	anchors    func() map[string]bool              // of the text in force; nil when not known
}

// sibling is the same policy in one language.
type sibling struct {
	Lang string
	Dir  string
	Gone bool // it is withdrawn

	pl *plan
}

// path returns the page of a version in the sibling's language; that of the text
// in force where it has no such version.
func (s sibling) path(label string) string {
	if label != "" && s.pl.policy.Lookup(label) != nil {
		return s.pl.address.Version(label)
	}
	return s.Dir
}

// near is how many versions before the current one, and after it, have a redline
// against it: each of those changes whenever the current one does. The page of any
// other leads to the steps since that version instead, and to the comparison that the
// browser makes.
const near = 3

// newPlans plans every policy that has a version to show, in order of id.
func newPlans(policies []*policy.Policy, o Options) ([]*plan, error) {
	var plans []*plan
	for _, p := range policies {
		if many := policy.TooManyVersions(p); many != nil {
			return nil, many
		}
		pl, err := newPlan(p, o)
		if err != nil {
			return nil, err
		}
		if len(pl.versions) > 0 {
			plans = append(plans, pl)
		}
	}
	slices.SortFunc(plans, func(a, b *plan) int { return strings.Compare(a.policy.ID, b.policy.ID) })
	for i := 1; i < len(plans); i++ {
		if strings.EqualFold(plans[i-1].dir, plans[i].dir) {
			return nil, &policy.Diagnostic{
				Level:   policy.Error,
				Message: fmt.Sprintf("policies %s and %s want the one address /%s", plans[i-1].policy.ID, plans[i].policy.ID, plans[i].dir),
				Hint:    "give one of them another id in its front matter",
			}
		}
	}
	linkSiblings(plans)
	tellApart(plans)
	former(plans)
	options := o.optionsKey()
	for _, pl := range plans {
		pl.key = pl.planKey(options)
	}
	return plans, nil
}

func newPlan(p *policy.Policy, o Options) (*plan, error) {
	pl := &plan{policy: p, lang: p.Lang, on: o.On, status: p.StatusOn(o.On), succession: policy.SuccessionOf(p)}
	switch {
	case pl.lang != "":
	case o.langStated || p.TextLang == "":
		pl.lang = o.Lang
	default:
		pl.lang = p.TextLang
	}
	pl.address = policy.AddressOf(p)
	pl.dir = pl.address.Page()
	if top, _, _ := strings.Cut(pl.dir, "/"); policy.Reserved(top) {
		return nil, &policy.Diagnostic{
			Level:   policy.Error,
			Message: fmt.Sprintf("policy id %q is an address that the site needs itself", p.ID),
			Hint:    "give the policy another id in its front matter",
		}
	}
	for _, v := range p.Versions {
		if !v.Front.Draft {
			pl.versions = append(pl.versions, v)
		}
	}
	for _, v := range pl.versions {
		pl.slugs = append(pl.slugs, pl.address.Segment(v.Label))
		pl.keys = append(pl.keys, versionKey(v))
	}
	pl.current = pl.shown(o.On)
	return pl, nil
}

// shown returns the index of the version to show at /{id}/: the one in force,
// else the next to come, else the last there was.
func (pl *plan) shown(on policy.Date) int {
	if v := pl.policy.InForce(on); v != nil {
		return slices.Index(pl.versions, v)
	}
	if next := pl.policy.Upcoming(on); len(next) > 0 {
		return slices.Index(pl.versions, next[0])
	}
	return 0
}

// Path returns the folder of the policy.
func (pl *plan) Path() string { return pl.dir }

// Lang returns the language of the policy.
func (pl *plan) Lang() string { return pl.lang }

// Policy returns the policy.
func (pl *plan) Policy() *policy.Policy { return pl.policy }

// Address says where the pages of the policy are.
func (pl *plan) Address() *policy.Address { return pl.address }

// before returns the index of the version that the one with index i follows, as
// policy has it; the number of versions where it follows none.
func (pl *plan) before(i int) int {
	if v := pl.policy.Previous(pl.versions[i]); v != nil {
		return slices.Index(pl.versions, v)
	}
	return len(pl.versions)
}

// versionDir returns the folder of the version with index i.
func (pl *plan) versionDir(i int) string { return pl.address.Version(pl.versions[i].Label) }

// compareDir returns the folder of the redline from one version to another.
func (pl *plan) compareDir(from, to int) string {
	return pl.address.Redline(pl.versions[from].Label, pl.versions[to].Label)
}

// compared reports whether the page of what changed between the version with index i
// and the current one shows a redline, and not only the way to the steps.
func (pl *plan) compared(i int) bool {
	return i != pl.current && i >= pl.current-near && i <= pl.current+near
}

// sinceDir returns the folder of what changed between the version with index i
// and the current one.
func (pl *plan) sinceDir(i int) string { return pl.address.Since(pl.versions[i].Label) }

// Beside returns what tells the policy from another of the same title.
func (pl *plan) Beside() string { return pl.beside }

// tellApart names the file of each policy that shares its title with another.
func tellApart(plans []*plan) {
	type called struct{ lang, title string }
	count := make(map[called]int)
	for _, pl := range plans {
		count[called{pl.lang, strings.ToLower(pl.policy.Title)}]++
	}
	for _, pl := range plans {
		if count[called{pl.lang, strings.ToLower(pl.policy.Title)}] > 1 {
			pl.beside = strings.TrimSuffix(pl.policy.Path, path.Ext(pl.policy.Path))
		}
	}
}

// withdrawn reports whether the policy is withdrawn on the day of the build.
func (pl *plan) withdrawn() bool { return pl.policy.Absent(pl.on) != nil }

// linkSiblings finds the languages of each policy. The sum of their number is
// that of the policies, so the lists are shared.
func linkSiblings(plans []*plan) {
	families := make(map[string][]sibling)
	for _, pl := range plans {
		families[pl.family()] = append(families[pl.family()], sibling{Lang: pl.lang, Dir: pl.dir, Gone: pl.withdrawn(), pl: pl})
	}
	for _, pl := range plans {
		if family := families[pl.family()]; len(family) > 1 {
			pl.siblings = family
		}
	}
}

// family is the id of the original.
func (pl *plan) family() string {
	if pl.policy.TranslationOf != "" {
		return pl.policy.TranslationOf
	}
	return pl.policy.ID
}
