package policy

import (
	"slices"
	"time"
)

// Policy is one document in all its versions.
type Policy struct {
	ID            string // short name: "privacy"
	Title         string
	Path          string    // where the newest revision keeps it, slash-separated, relative to the repository
	Lang          string    // BCP 47 tag of the language it is written in, where somebody stated it: the front matter, a folder or a file's name
	TextLang      string    // the same by the words of the newest text; empty where they leave a doubt
	TranslationOf string    // id of the policy this one translates
	Aliases       []string  // ids that it had before, as its newest text names them
	Starts        Start     // what starts a version of this policy
	Withdrawn     Date      // day from which it is withdrawn for good; zero while it lives
	Absences      []Absence // the times in which it was withdrawn, oldest first; the last one may go on
	Versions      []*Version
}

// Start says what makes a new version of a policy out of a revision.
type Start string

// The ways a version starts.
const (
	StartAuto   Start = "auto"   // found out for each repository
	StartLabel  Start = "label"  // the front matter's version or effective_date changed
	StartCommit Start = "commit" // the rendered text changed
	StartTag    Start = "tag"    // a tag was set
)

// Version is a text that was published.
type Version struct {
	Label         string
	Committed     time.Time // when its author wrote it
	Published     time.Time // when it reached the published branch
	Effective     Date      // the day it binds existing accounts
	Certainty     Certainty // where Effective comes from
	Commit        string    // full id of the first-parent commit that published it
	Path          string    // where that commit keeps it
	Blob          string    // git's id of the text
	SHA256        string    // over the bytes that `git show COMMIT:PATH` prints
	Front         FrontMatter
	Silent        []Revision     // later revisions that changed its text without a new label, after it took effect
	Claim         *Claim         // what its text says of its day since it took effect; nil while that is its day
	Reverts       string         // label of the newest older version whose words it brings back; empty for new words
	EffectiveNew  Date           // the day it binds accounts made from then on, where that is another
	Announcements []Announcement // what was said about its day, oldest first; the first is its publication
	Approvals     []Approval     // of these very bytes, where somebody asked for them
	StaleDate     Date           // the day that its date line still gives, as in the version before, though other words changed; zero when there is nothing amiss
}

// Revision is a git commit that touched a policy's file.
type Revision struct {
	Commit    string
	Committed time.Time
	Published time.Time
	Path      string
	Blob      string
	Settled   bool // of a silent change: its words were taken back, or published under a label of their own

	Acknowledged string // of a silent change: who put it on record, and why; empty while nobody has
}

// Claim is a commit that has the text of a version in force give another day than
// the one from which it binds.
type Claim struct {
	Revision
	Effective Date // as the text has it
}

// NoCommit stands for the commit of a text that lies in the work tree only.
const NoCommit = "0000000000000000000000000000000000000000"

// Certainty says how an effective date is known.
type Certainty string

// The certainties, from most to least.
const (
	Stated  Certainty = "stated"  // the front matter says so
	InText  Certainty = "in text" // a "last updated" line of the text says so
	Assumed Certainty = "assumed" // taken to be the day of publication
)

// Status is what a version is on a given day.
type Status string

// The statuses.
const (
	Draft      Status = "draft"
	Upcoming   Status = "upcoming"
	InForce    Status = "in force"
	Superseded Status = "superseded"
	Cancelled  Status = "cancelled"
	Withdrawn  Status = "withdrawn"
)

// Upcoming returns the versions announced but not yet in force on the given
// day, the next to take effect first.
func (p *Policy) Upcoming(on Date) []*Version { return p.UpcomingFor(Existing, on) }

// UpcomingFor is Upcoming for one cohort.
func (p *Policy) UpcomingFor(c Cohort, on Date) []*Version {
	var upcoming []*Version
	status := p.StatusFor(c, on)
	for _, v := range p.Versions {
		if status(v) == Upcoming {
			upcoming = append(upcoming, v)
		}
	}
	slices.SortStableFunc(upcoming, func(a, b *Version) int { return a.FromFor(c).Compare(b.FromFor(c)) })
	return upcoming
}

// Status returns what v is on the given day.
func (p *Policy) Status(v *Version, on Date) Status { return p.StatusOn(on)(v) }

// StatusOn is Status for many versions, at the cost of one.
func (p *Policy) StatusOn(on Date) func(*Version) Status { return p.StatusFor(Existing, on) }

// StatusFor is StatusOn for one cohort.
func (p *Policy) StatusFor(c Cohort, on Date) func(*Version) Status {
	inForce := p.Binding(c, on)
	return func(v *Version) Status { return p.status(v, c, on, inForce) }
}

func (p *Policy) status(v *Version, c Cohort, on Date, inForce *Version) Status {
	switch {
	case v.Front.Draft:
		return Draft
	case p.Absent(on) != nil:
		return Withdrawn
	case v.Cancelled() != nil && !on.Before(DateOf(v.Cancelled().Published)):
		return Cancelled
	case v.FromFor(c).After(on) || v.Cancelled() != nil:
		return Upcoming
	case inForce == v:
		return InForce
	}
	return Superseded
}

// Lookup returns the version with the given label, or nil.
func (p *Policy) Lookup(label string) *Version {
	for _, v := range p.Versions {
		if v.Label == label {
			return v
		}
	}
	return nil
}

// Labelled returns the versions by their labels: Lookup for many of them, at the
// cost of a few.
func (p *Policy) Labelled() map[string]*Version {
	labelled := make(map[string]*Version, len(p.Versions))
	for _, v := range slices.Backward(p.Versions) {
		labelled[v.Label] = v
	}
	return labelled
}

// Previous returns the version that v follows: the one published before it, or
// nil for the first. Drafts do not count, nor does what was cancelled by the day
// on which v was published: nobody was bound by it, or will be, so what v changes
// is told against the version before.
func (p *Policy) Previous(v *Version) *Version {
	i := slices.Index(p.Versions, v)
	if i < 0 {
		return nil
	}
	for _, before := range p.Versions[i+1:] {
		if c := before.Cancelled(); before.Front.Draft || c != nil && !DateOf(c.Published).After(DateOf(v.Published)) {
			continue
		}
		return before
	}
	return nil
}

// Ref writes a version as people do: privacy@2.0.
func (p *Policy) Ref(v *Version) string { return p.ID + "@" + v.Label }
