package site

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/codicil/codicil/policy"
)

// plan is where the pages of one policy go, before any text is read.
type plan struct {
	policy   *policy.Policy
	dir      string            // of its pages: "privacy/"
	lang     string            // never empty
	versions []*policy.Version // without drafts, newest first
	slugs    []string          // of the versions: their labels, made fit for an address
	current  int               // index of the version in force, else of the one to show instead
	siblings []sibling         // the same policy in its languages, this one included
	key      key               // of what all its pages depend on
	keys     []key             // of the versions

	status  func(*policy.Version) policy.Status // on the day of the build
	anchors func() map[string]bool              // of the text in force; nil when not known
}

// sibling is the same policy in one language.
type sibling struct {
	Lang string
	Dir  string
}

// crossLimit is the number of versions up to which a policy gets a redline of
// every version against the current one: all of them change whenever the
// current one does. Beyond it the page at the same address leads to the steps
// since that version instead, and `codicil diff` compares any two.
const crossLimit = 50

// newPlans plans every policy that has a version to show, in order of id.
func newPlans(policies []*policy.Policy, o Options) ([]*plan, error) {
	var plans []*plan
	for _, p := range policies {
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
			return nil, &Fault{
				Message: fmt.Sprintf("policies %s and %s want the one address /%s", plans[i-1].policy.ID, plans[i].policy.ID, plans[i].dir),
				Hint:    "give one of them another id in its front matter",
			}
		}
	}
	linkSiblings(plans)
	options := o.optionsKey()
	for _, pl := range plans {
		pl.key = pl.planKey(options)
	}
	return plans, nil
}

func newPlan(p *policy.Policy, o Options) (*plan, error) {
	pl := &plan{policy: p, lang: p.Lang, status: p.StatusOn(o.On)}
	if pl.lang == "" {
		pl.lang = o.Lang
	}
	segments := strings.Split(p.ID, "/")
	for i, s := range segments {
		segments[i] = slug(s)
	}
	if top := segments[0]; reserved(top) {
		return nil, &Fault{
			Message: fmt.Sprintf("policy id %q is an address that the site needs itself", p.ID),
			Hint:    "give the policy another id in its front matter",
		}
	}
	pl.dir = strings.Join(segments, "/") + "/"
	for _, v := range p.Versions {
		if !v.Front.Draft {
			pl.versions = append(pl.versions, v)
		}
	}
	pl.slugs = slugs(pl.versions)
	for _, v := range pl.versions {
		pl.keys = append(pl.keys, versionKey(v))
	}
	pl.current = pl.shown(o.On)
	return pl, nil
}

// reserved reports whether a first path segment belongs to the site.
func reserved(segment string) bool {
	return slices.Contains([]string{"api", "assets", "changes", "embed"}, strings.ToLower(segment))
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

// versionDir returns the folder of the version with index i.
func (pl *plan) versionDir(i int) string { return pl.dir + pl.slugs[i] + "/" }

// compareDir returns the folder of the redline from one version to another.
func (pl *plan) compareDir(from, to int) string {
	return pl.dir + "compare/" + pl.slugs[from] + "..." + pl.slugs[to] + "/"
}

// cross reports whether every version is compared with the current one word by
// word.
func (pl *plan) cross() bool { return len(pl.versions) <= crossLimit }

// sinceDir returns the folder of what changed between the version with index i
// and the current one. Its address does not name the current version, so it
// stays when that moves on.
func (pl *plan) sinceDir(i int) string { return pl.dir + "compare/" + pl.slugs[i] + "...current/" }

// slugs makes an address of every label. The oldest version is served first, so
// that an address stays when later versions come.
func slugs(versions []*policy.Version) []string {
	list := make([]string, len(versions))
	taken := map[string]bool{"versions": true, "upcoming": true, "compare": true, "clauses": true, "current": true}
	for i := len(versions) - 1; i >= 0; i-- {
		base := slug(versions[i].Label)
		s := base
		for n := 2; taken[strings.ToLower(s)] || strings.HasPrefix(s, "feed.") || strings.HasPrefix(s, "index."); n++ {
			s = base + "-" + strconv.Itoa(n)
			if !taken[strings.ToLower(s)] {
				break
			}
		}
		taken[strings.ToLower(s)] = true
		list[i] = s
	}
	return list
}

// slug makes a path segment of a label: letters, digits and .-_ stay, anything
// else becomes a hyphen; it never begins with a dot, so "..", too, is tame.
func slug(label string) string {
	s := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(".-_", r) {
			return r
		}
		return '-'
	}, label)
	s = strings.Trim(s, "-")
	if strings.HasPrefix(s, ".") || strings.Trim(s, ".") == "" {
		s = "_" + strings.TrimLeft(s, ".")
	}
	return strings.ReplaceAll(s, "...", "..-") // parts the labels of a comparison
}

// linkSiblings finds the languages of each policy. The sum of their number is
// that of the policies, so the lists are shared.
func linkSiblings(plans []*plan) {
	families := make(map[string][]sibling)
	for _, pl := range plans {
		families[pl.family()] = append(families[pl.family()], sibling{pl.lang, pl.dir})
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
