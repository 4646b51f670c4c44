package history

import (
	"slices"
	"strconv"

	"github.com/codicil/codicil/policy"
	"github.com/go-git/go-git/v5/plumbing"
)

// published is a revision with what its text says.
type published struct {
	revision
	*fact
	tag string // the tag that published it, if tags do
}

// timeline returns the revisions of a thread that could start a version,
// oldest first: not drafts, not what is no text, and not what is broken: then
// the text before it stays in force.
func timeline(t *thread, facts map[plumbing.Hash]*fact) []published {
	var all []published
	for _, r := range slices.Backward(t.revisions) {
		if r.readable(facts) {
			all = append(all, published{revision: r, fact: facts[r.blob]})
		}
	}
	return all
}

// readable tells whether a revision may be shown to readers.
func (r *revision) readable(facts map[plumbing.Hash]*fact) bool {
	f := facts[r.blob]
	return f != nil && !r.gone && f.Words != "" && !f.Broken && !f.Moved && !f.Front.Draft && f.Front.Status != policy.Withdrawn && !inProjectFolder(r.path)
}

// startOf finds out what starts a version of a policy: its labels, if one of its
// texts had any. One that loses its label does not rename what was published.
func startOf(asked policy.Start, all []published) policy.Start {
	if asked != policy.StartAuto && asked != "" {
		return asked
	}
	if slices.ContainsFunc(all, func(p published) bool { return p.label() != "" }) {
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
	stated   string         // label of the version in hand as its front matter writes it
	at       int            // which version that is: the last one, but for a revert

	ahead     []*policy.Version // that may bind on a day to come
	silent    []*policy.Version // with changes that no label tells of yet
	saying    map[string][]int  // which versions had some words, in order
	writtenAs map[string][]int  // which versions bear a label in their front matter, in order
}

func newVersioner() *versioner {
	return &versioner{labels: make(map[string]int), saying: make(map[string][]int), writtenAs: make(map[string][]int)}
}

// text is what a version says, and the words that it took the place of.
type text struct {
	*fact
	before string
}

// add makes a version of a revision.
func (v *versioner) add(p published, label string) {
	for _, older := range v.silent {
		settle(older) // the words that changed in silence have a label now
		older.Claim = nil
	}
	v.silent = nil
	version := &policy.Version{Label: v.unique(policy.Label(label))}
	v.versions = append(v.versions, version)
	v.texts = append(v.texts, text{p.fact, v.words})
	v.at = len(v.versions) - 1
	v.says(p.Words)
	v.writtenAs[p.label()] = append(v.writtenAs[p.label()], v.at)
	v.fill(version, p)
	v.ahead = append(v.ahead, version)
	version.Effective, version.Certainty = effective(p)
	announce(version, p, p.Front.Status, p.Front.StatusReason)
	v.words = p.Words
}

// says notes that the version in hand has some words.
func (v *versioner) says(words string) {
	i, _ := slices.BinarySearch(v.saying[words], v.at)
	v.saying[words] = slices.Insert(v.saying[words], i, v.at)
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
	version.EffectiveNew = p.Front.EffectiveNew
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
		if len(v.versions) == 0 || p.Words != v.words && !v.revert(p, v.saying[p.Words]) {
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
		case v.revert(p, v.writtenAs[label]):
			v.stated = label
			v.again(p)
		case v.returns(p, label):
			v.bringBack(p, label)
			v.stated = label
		default:
			v.add(p, label)
			v.stated = label
		}
	}
}

// again deals with a revision under the label of the version in hand: until the
// day that version takes effect it replaces its text, after that it is a silent
// change.
func (v *versioner) again(p published) {
	last := v.versions[v.at]
	day := policy.DateOf(p.at)
	moved := !p.Front.EffectiveDate.IsZero() && p.Front.EffectiveDate != last.Front.EffectiveDate
	pending := !day.After(last.FirstFrom()) || last.Cancelled() != nil
	switch {
	case p.Front.Status == policy.Cancelled && pending:
		announce(last, p, policy.Cancelled, p.Front.StatusReason)
	case pending:
		v.refill(last, p)
	case p.Words == v.texts[v.at].Words: // also where another version was in hand since they changed
		settle(last)
		v.words = p.Words
		v.claim(last, p, moved)
	case p.Words == v.words:
		v.claim(last, p, moved)
	case moved && p.label() != "":
		v.add(p, v.stated)
	default:
		last.Silent = append(last.Silent, revisionOf(p))
		v.silent = append(v.silent, last)
		v.words = p.Words
	}
}

// claim notes the day that a text gives since its version took effect, if that is
// another than people were told.
func (v *versioner) claim(version *policy.Version, p published, moved bool) {
	switch day := p.Front.EffectiveDate; {
	case !moved || version.Certainty != policy.Stated:
		version.Claim = nil
	case version.Claim == nil || version.Claim.Effective != day:
		version.Claim = &policy.Claim{Revision: revisionOf(p), Effective: p.Front.EffectiveDate}
		v.silent = append(v.silent, version)
	}
}

func revisionOf(p published) policy.Revision {
	return policy.Revision{Commit: p.commit.String(), Committed: p.committed.time(), Published: p.at, Path: p.path, Blob: p.blob.String()}
}

// settle notes that silent changes of a version are put right.
func settle(version *policy.Version) {
	for i := range version.Silent {
		version.Silent[i].Settled = true
	}
}

// revert tells whether a revision goes back to an earlier version, or to one that
// was cancelled, and not beyond one in force: then what was announced since is
// cancelled, and that version is in hand again. The versions that it may go back
// to are given in order.
func (v *versioner) revert(p published, to []int) bool {
	target := -1
	for _, i := range slices.Backward(to) {
		if i < v.at || v.versions[i].Cancelled() != nil {
			target = i
			break
		}
	}
	if target < 0 {
		return false
	}
	day := policy.DateOf(p.at)
	for _, version := range v.versions[target+1:] {
		if version.Cancelled() == nil && !day.Before(version.FirstFrom()) {
			return false
		}
	}
	for _, version := range v.versions[target+1:] {
		if version.Cancelled() == nil {
			announce(version, p, policy.Cancelled, p.Front.StatusReason)
		}
	}
	v.at = target
	v.words = v.texts[target].Words
	if v.versions[target].Cancelled() != nil {
		v.refill(v.versions[target], p)
	}
	return true
}

// returns tells whether a revision is an earlier version, label, day and words,
// beyond one that took effect since.
func (v *versioner) returns(p published, label string) bool {
	stated := p.Front.EffectiveDate
	return !stated.IsZero() && stated.Before(policy.DateOf(p.at)) && slices.ContainsFunc(v.writtenAs[label], func(i int) bool {
		return v.texts[i].Words == p.Words && v.versions[i].Front.EffectiveDate == stated
	})
}

// bringBack makes a version of an earlier one that applies again. It binds from
// the day on which it came back: on the day that its text still gives it bound
// before, and what was announced since is not to come any more.
func (v *versioner) bringBack(p published, label string) {
	day := policy.DateOf(p.at)
	for _, version := range v.ahead {
		if version.Cancelled() == nil && version.FirstFrom().After(day) {
			announce(version, p, policy.Cancelled, p.Front.StatusReason)
		}
	}
	v.ahead = nil
	v.add(p, label)
	version := v.versions[v.at]
	version.Effective, version.Certainty, version.Announcements = day, policy.Assumed, nil
	announce(version, p, p.Front.Status, p.Front.StatusReason)
}

// announce notes what a revision says about a version, if that is news.
func announce(version *policy.Version, p published, status policy.Status, reason string) {
	if status != policy.Cancelled {
		status, reason = "", ""
	}
	a := policy.Announcement{
		Published: p.at, Commit: p.commit.String(), Effective: version.Effective, EffectiveNew: version.EffectiveNew,
		Certainty: version.Certainty, Status: status, Reason: reason,
	}
	if last := len(version.Announcements) - 1; last >= 0 {
		b := version.Announcements[last]
		if a.Effective == b.Effective && a.EffectiveNew == b.EffectiveNew && a.Status == b.Status {
			return
		}
	}
	version.Announcements = append(version.Announcements, a)
}

// refill folds a revision into a version that does not bind yet.
func (v *versioner) refill(version *policy.Version, p published) {
	first, firstCertainty, before := version.Effective, version.Certainty, version.Published
	cameBack := firstCertainty == policy.Assumed && p.Front.EffectiveDate == version.Front.EffectiveDate
	v.fill(version, p)
	v.ahead = append(v.ahead, version)
	if v.at < len(v.versions)-1 { // versions stay in the order in which they were published
		version.Published = before
	}
	if was := v.texts[v.at].Words; was != p.Words {
		v.saying[was] = slices.DeleteFunc(v.saying[was], func(i int) bool { return i == v.at })
		v.says(p.Words)
	}
	v.texts[v.at].fact = p.fact
	version.Effective, version.Certainty = effective(p)
	if version.Certainty == policy.Assumed || cameBack {
		version.Effective, version.Certainty = first, firstCertainty
	}
	announce(version, p, "", "")
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
	v := newVersioner()
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
