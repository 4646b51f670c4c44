package review

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/comparison"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/notice"
)

// gate holds a candidate against the newest published version.
func (r *Reviewer) gate(p *policy.Policy, doc *policy.Document, src []byte, reviewed *Reviewed) error {
	x, err := r.propose(p, doc)
	if err != nil || !x.touches() {
		return err
	}
	if kept := append(x.kept(r.On), x.far(r.On)...); len(kept) > 0 {
		reviewed.Findings = append(slices.DeleteFunc(reviewed.Findings, func(d *policy.Diagnostic) bool {
			return d.Rule == "date-changed" && d.Level == policy.Error // it is told once, by what the change would do
		}), kept...)
	}
	c, from := x.change, p.Ref(x.older)
	if !x.relabels && !x.binding {
		// What counts of an announced version is what it will change.
		before, err := r.previous(x.next, x.version)
		if err != nil {
			return err
		}
		c, from = r.Comparer.Compare(before, c.After), cmp.Or(before.Name, from)
	}
	if c.Redline.Stat().Changes == 0 {
		r.needsApproval(p, x.next.Ref(x.version), policy.Major, reviewed) // another day, or another name
		return nil
	}
	if r.formOnly(x) {
		r.needsApproval(p, x.next.Ref(x.version), policy.None, reviewed)
		return nil
	}
	m := r.joined(Pair{Policy: p, After: src, Comparison: c}, doc, reviewed)
	n := notice.New(x.next, x.version, c.Redline, m, r.Rules)
	reviewed.Next, reviewed.Before, reviewed.Redline, reviewed.Assessment, reviewed.Notice = x.next, from, c.Redline, m, n
	found := notice.Gate(notice.Candidate{
		File: p.Path, Notice: n, Front: doc.Front, Line: 1, On: r.On, Proven: x.proven(),
		Relabels: x.relabels, Binding: x.binding, Labelled: p.Starts == policy.StartLabel,
		Rules: r.Rules, Sent: r.sent(),
	})
	reviewed.Findings = append(reviewed.Findings, found...)
	if err := r.toldBefore(x, found); err != nil {
		return err
	}
	if slices.ContainsFunc(reviewed.Findings, func(d *policy.Diagnostic) bool { return d.Rule == "unlabelled-change" }) {
		// It is told once: the commit that makes it is no second fault.
		reviewed.Findings = slices.DeleteFunc(reviewed.Findings, func(d *policy.Diagnostic) bool {
			return d.Rule == "silent-change" && d.Level == policy.Error && !d.Known
		})
		return nil
	}
	r.approved(x, n.Severity, reviewed)
	crept, err := r.creeping(x, c, n)
	reviewed.Findings = append(reviewed.Findings, crept...)
	return err
}

// formOnly reports that a candidate changes the form of its words alone: it starts
// no version, and there is nothing to tell of it.
func (r *Reviewer) formOnly(x *proposal) bool {
	if a := x.change.Assessment(); a.Severity != policy.None || a.Limited || a.Undecided || x.dated || x.declared {
		return false
	}
	if !x.relabels {
		return true
	}
	next := r.toBe(x.published)
	return x.published.Starts == policy.StartCommit && next != x.published && len(next.Versions) > 0 && next.Versions[0].Commit == x.newest.Commit
}

// declarations is what front matter says of how much a version changes, and of how
// people are told.
func declarations(f policy.FrontMatter) policy.FrontMatter {
	return policy.FrontMatter{
		Title: f.Title, Summary: f.Summary, Change: f.Change, ChangeReason: f.ChangeReason, ApprovedBy: f.ApprovedBy,
		Announced: f.Announced, Notice: f.Notice, Prevails: f.Prevails, Decline: f.Decline,
	}
}

// toldBefore lets those faults of an announced version pass that it has already,
// where a candidate changes nothing of it but its declarations.
func (r *Reviewer) toldBefore(x *proposal, found []*policy.Diagnostic) error {
	if !r.Based || x.relabels || x.binding || len(found) == 0 || x.dated || x.change.Redline.Stat().Changes > 0 {
		return nil
	}
	c, err := Compare(r.Texts, r.Comparer, x.published, x.newest)
	if err == nil {
		known(found, c.Gate(r.Rules))
	}
	return err
}

// joined judges what a candidate changes, with what a second reader said of it.
func (r *Reviewer) joined(pair Pair, doc *policy.Document, reviewed *Reviewed) *materiality.Assessment {
	p := pair.Policy
	older, kept := Against(p, doc, r.On)
	pair.Label = kept
	if older != nil {
		pair.Before = older.SHA256
	}
	both := r.Readings.Joined(pair)
	reviewed.Findings = append(reviewed.Findings, both.Found...)
	reviewed.Opinion = both.Opinion
	if o := both.Opinion; o != nil && o.Severity > o.Rules && both.Assessment.Declared == nil {
		reviewed.Findings = append(reviewed.Findings, fault(p, "reading-undecided",
			fmt.Sprintf("the rules say %s, the second reader says %s, and nobody has decided", o.Rules, o.Severity),
			"read the sentences side by side in the desk (`codicil serve`) and decide by one key, or write `change:` in the front matter"))
	}
	return both.Assessment
}

// propose sets a candidate beside the newest published version.
func (r *Reviewer) propose(p *policy.Policy, doc *policy.Document) (*proposal, error) {
	x := &proposal{published: p, newest: p.Versions[0], doc: doc}
	x.next, x.version = AsPublished(p, doc, r.On)
	x.relabels = x.version.Label != x.newest.Label
	x.older = x.newest
	if followed := x.next.Previous(x.version); x.relabels && followed != nil {
		x.older = followed // not the newest where that was cancelled
	}
	before, err := r.side(p, x.older)
	if err != nil {
		return nil, err
	}
	x.change = r.Comparer.Compare(before, comparison.Side{Name: "work tree", Doc: doc})
	x.binding = !x.newest.From().After(r.On)
	x.dated = !x.relabels && x.newest.Certainty == policy.Stated && !doc.Front.EffectiveDate.IsZero() && doc.Front.EffectiveDate != x.newest.Effective
	x.datedNew = !x.relabels && x.version.EffectiveNew != x.newest.EffectiveNew
	x.declared = !x.relabels && !x.binding && !reflect.DeepEqual(declarations(doc.Front), declarations(x.newest.Front))
	return x, nil
}

func (r *Reviewer) sent() policy.Date {
	if r.Sent == nil {
		return policy.Date{}
	}
	return r.Sent()
}

// AsPublished returns a policy as it would be with a text published on a day,
// and the version that the text would become. A text with the label of the
// newest version takes its place.
func AsPublished(p *policy.Policy, doc *policy.Document, on policy.Date) (*policy.Policy, *policy.Version) {
	v := candidateVersion(p, doc, on)
	next, older := *p, p.Versions
	if len(older) > 0 && v.Label == older[0].Label {
		older = older[1:]
	}
	next.Versions = append([]*policy.Version{v}, slices.Clone(older)...)
	return &next, v
}

func candidateVersion(p *policy.Policy, doc *policy.Document, on policy.Date) *policy.Version {
	noon := on.Time().Add(12 * time.Hour)
	v := &policy.Version{
		Committed: noon,
		Published: noon,
		Effective: doc.Front.EffectiveDate,
		Certainty: policy.Stated,
		Path:      p.Path,
		Front:     doc.Front,
	}
	if v.Effective.IsZero() {
		v.Effective, v.Certainty = on, policy.Assumed
		if p.Starts == policy.StartLabel && doc.Front.Version == "" && len(p.Versions) > 0 { // it keeps its label, as the history has it
			v.Label, v.Effective, v.EffectiveNew, v.Certainty = p.Versions[0].Label, p.Versions[0].Effective, p.Versions[0].EffectiveNew, p.Versions[0].Certainty
			return v
		}
	}
	v.EffectiveNew = doc.Front.EffectiveNew
	v.Label = policy.Label(cmp.Or(string(doc.Front.Version), v.Effective.String()))
	return v
}

// mostUpcoming is how many versions that are announced are held to their promises.
// Each is compared with the one before it, which takes a second for so many.
const mostUpcoming = 1_000

// gateUpcoming holds what is announced, but not yet in force, to its promises; what
// takes effect first, where that is too much.
func (r *Reviewer) gateUpcoming(p *policy.Policy, reviewed *Reviewed) error {
	upcoming := p.Upcoming(r.On)
	if many := len(upcoming); many > mostUpcoming {
		d := fault(p, "too-many-versions", fmt.Sprintf("%s has %d versions that are announced and do not bind yet: no more than %d are judged", p.ID, many, mostUpcoming), "cancel those that are not to come: `status: cancelled`")
		if r.Based {
			pass(d)
		}
		reviewed.Findings = append(reviewed.Findings, d)
		upcoming = upcoming[:mostUpcoming]
	}
	for _, v := range upcoming {
		if p.Previous(v) == nil || reviewed.Notice != nil && reviewed.Notice.Label == v.Label {
			continue
		}
		c, err := Compare(r.Texts, r.Comparer, p, v)
		if err != nil {
			return err
		}
		found := c.Gate(r.Rules)
		for _, d := range found {
			if r.Based {
				pass(d)
			}
		}
		reviewed.Findings = append(reviewed.Findings, found...)
	}
	return nil
}

// Gate holds a published version to what was asked for on the day of its
// publication.
func (c *Change) Gate(rules notice.Rules) []*policy.Diagnostic {
	return notice.Gate(notice.Candidate{
		File: c.Version.Path, Notice: c.Notice(rules), Front: c.Version.Front, Line: 1, On: policy.DateOf(c.Version.Published), Proven: policy.DateOf(c.Version.Published),
		Relabels: true, Labelled: c.Policy.Starts == policy.StartLabel, Rules: rules,
	})
}
