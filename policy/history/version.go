package history

import (
	"slices"
	"strconv"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/go-git/go-git/v5/plumbing"
)

// published is a revision with what its text says.
type published struct {
	revision
	*fact
	at  time.Time // when it was published, never before the one that came before it
	tag string    // the tag that published it, if tags do
}

// timeline returns the revisions of a thread that could start a version,
// oldest first: not drafts, not what is no text, and not what is broken: then
// the text before it stays in force.
func timeline(t *thread, facts map[plumbing.Hash]*fact) []published {
	return slices.DeleteFunc(wholeTimeline(t, facts), func(p published) bool { return p.Broken })
}

// wordsTimeline is the timeline of a policy without labels. Where only the front
// matter is broken its words count, under the front matter of the text before.
func wordsTimeline(t *thread, facts map[plumbing.Hash]*fact) []published {
	var front policy.FrontMatter
	all := slices.DeleteFunc(wholeTimeline(t, facts), func(p published) bool { return p.Broken && p.Fault.Rule == "conflict" })
	for i, p := range all {
		if p.Broken {
			mended := *p.fact
			mended.Front = front
			all[i].fact = &mended
		}
		front = all[i].Front
	}
	return all
}

func wholeTimeline(t *thread, facts map[plumbing.Hash]*fact) []published {
	var all []published
	var latest time.Time
	for i := len(t.revisions) - 1; i >= 0; i-- {
		r := t.revisions[i]
		latest = notBefore(r.published.time(), latest)
		if r.readable(facts) {
			all = append(all, published{revision: r, fact: facts[r.blob], at: latest})
		}
	}
	return all
}

// readable tells whether a revision may be shown to readers.
func (r *revision) readable(facts map[plumbing.Hash]*fact) bool {
	f := facts[r.blob]
	return f != nil && !r.gone && f.Words != "" && !f.Front.Draft && !inFurnitureFolder(r.path)
}

// notBefore mends wrong clocks: what was published later cannot bear an
// earlier time or day. Only later times are touched, as what was once
// published must stay as it was.
func notBefore(at, latest time.Time) time.Time {
	if latest.IsZero() {
		return at
	}
	if at.Before(latest) {
		return latest
	}
	if policy.DateOf(at).Before(policy.DateOf(latest)) {
		return at.In(latest.Location())
	}
	return at
}

// startOf finds out what starts a version of a policy: its labels, if the
// newest text has any.
func startOf(asked policy.Start, all []published) policy.Start {
	if asked != policy.StartAuto && asked != "" {
		return asked
	}
	if len(all) > 0 && all[len(all)-1].label() != "" {
		return policy.StartLabel
	}
	return policy.StartCommit
}

// label returns what the front matter calls the text.
func (f *fact) label() string {
	if f.Front.Version != "" {
		return string(f.Front.Version)
	}
	return f.Front.EffectiveDate.String()
}

// versioner gathers the versions of one policy, oldest first.
type versioner struct {
	versions []*policy.Version
	texts    []text         // of the versions
	labels   map[string]int // how often a label was asked for
	words    string         // of the last text seen
	stated   string         // label of the last version as its front matter writes it
}

// text is what a version says, and the words that it took the place of.
type text struct {
	*fact
	before string
}

// add makes a version of a revision.
func (v *versioner) add(p published, label string) {
	version := &policy.Version{Label: v.unique(policy.Label(label))}
	v.versions = append(v.versions, version)
	v.texts = append(v.texts, text{p.fact, v.words})
	v.fill(version, p)
	version.Effective, version.Certainty = effective(p)
	v.words = p.Words
}

// fill lets a version carry the text of a revision.
func (v *versioner) fill(version *policy.Version, p published) {
	version.Committed = p.committed.time()
	version.Published = p.at
	version.Commit = p.commit.String()
	version.Path = p.path
	version.Blob = p.blob.String()
	version.SHA256 = p.SHA256
	version.Front = p.Front
}

// effective returns the day from which a text binds, and how that is known.
func effective(p published) (policy.Date, policy.Certainty) {
	switch {
	case !p.Front.EffectiveDate.IsZero():
		return p.Front.EffectiveDate, policy.Stated
	case !p.Dated.IsZero():
		return p.Dated, policy.InText
	}
	return policy.DateOf(p.at), policy.Assumed
}

// byCommit starts a version with every revision that changes the words.
func (v *versioner) byCommit(all []published) {
	for _, p := range all {
		if len(v.versions) == 0 || p.Words != v.words {
			v.add(p, policy.DateOf(p.at).String())
		}
	}
}

// byLabel starts a version with every revision whose label is new. Revisions
// from before a policy had labels start versions by their words; one that lost
// its label is taken to keep it.
func (v *versioner) byLabel(all []published) {
	for _, p := range all {
		label := p.label()
		switch {
		case label == "" && v.stated == "":
			v.byCommit([]published{p})
		case label == "" || label == v.stated:
			v.again(p)
		default:
			v.add(p, label)
			v.stated = label
		}
	}
}

// again deals with a revision under the label of the last version: until the
// day that version takes effect it replaces its text, after that it is a
// silent change.
func (v *versioner) again(p published) {
	last := v.versions[len(v.versions)-1]
	day := policy.DateOf(p.at)
	moved := !p.Front.EffectiveDate.IsZero() && p.Front.EffectiveDate != last.Front.EffectiveDate
	switch {
	case !day.After(last.From()):
		v.refill(last, p)
	case p.Words == v.words:
	case moved && p.label() != "":
		v.add(p, v.stated)
	default:
		last.Silent = append(last.Silent, policy.Revision{
			Commit: p.commit.String(), Committed: p.committed.time(), Published: p.at,
			Path: p.path, Blob: p.blob.String(),
		})
		v.words = p.Words
	}
}

// refill folds a revision into a version that does not bind yet.
func (v *versioner) refill(version *policy.Version, p published) {
	first, firstCertainty := version.Effective, version.Certainty
	v.fill(version, p)
	v.texts[len(v.texts)-1].fact = p.fact
	version.Effective, version.Certainty = effective(p)
	if version.Certainty == policy.Assumed {
		version.Effective, version.Certainty = first, firstCertainty
	}
	v.words = p.Words
}

// compareTexts notes which versions bring back old words, and which changed
// words under a date line that stayed.
func (v *versioner) compareTexts() {
	last := make(map[string]string) // label of the newest version by its words
	for i, t := range v.texts {
		if t.Words != t.before {
			v.versions[i].Reverts = last[t.Words]
		}
		if i > 0 && t.stale(v.texts[i-1].fact) && t.Dated.Before(policy.DateOf(v.versions[i].Published)) {
			v.versions[i].StaleDate = t.Dated
		}
		last[t.Words] = v.versions[i].Label
	}
}

// stale tells whether the date line of a text is that of the one before it
// though other words changed.
func (f *fact) stale(before *fact) bool {
	return !f.Dated.IsZero() && f.Dated == before.Dated && f.Words != before.Words
}

// unique makes label one that the policy does not have yet.
func (v *versioner) unique(label string) string {
	candidate := label
	for v.labels[candidate] > 0 {
		v.labels[label]++
		candidate = label + "." + strconv.Itoa(v.labels[label])
	}
	v.labels[candidate] = 1
	return candidate
}

// versionsOf returns the versions of a policy, newest first.
func versionsOf(start policy.Start, all []published) []*policy.Version {
	v := versioner{labels: make(map[string]int)}
	switch start {
	case policy.StartLabel:
		v.byLabel(all)
	case policy.StartTag:
		v.byTag(all)
	default:
		v.byCommit(all)
	}
	v.compareTexts()
	slices.Reverse(v.versions)
	return v.versions
}
