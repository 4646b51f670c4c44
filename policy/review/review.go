package review

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/comparison"
	"github.com/codicil/codicil/policy/expand"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/notice"
	"github.com/codicil/codicil/policy/reading"
	"github.com/codicil/codicil/policy/redline"
)

// Reviewer holds candidates against what is published.
type Reviewer struct {
	Texts     Texts
	Comparer  comparison.Comparer
	Rules     notice.Rules
	Lint      map[string]policy.Level // of rules of the linter: Off, Warning or Error
	Policies  []*policy.Policy        // as this branch has them
	Published []*policy.Policy        // as the published branch has them
	Next      []*policy.Policy        // as they would be with the work tree committed; nil where that is not known
	Readings  Readings                // what a second reader said of versions; nil for none
	Roles     []Role                  // whose approval a change needs
	Approvals Approvals               // who approved which text; nil where nobody is asked
	Withdrawn []string                // addresses that may vanish, as the configuration has them
	Based     bool                    // Published is another revision: what was wrong there already is told, and passes
	Partial   bool                    // only some policies are reviewed: nothing is said of those that are gone
	On        policy.Date             // the day of the review

	// Sources makes the bodies of policies anew from their sources; nil where
	// that is not asked.
	Sources Sources

	// Exists reports whether the work tree has a file of that path,
	// slash-separated, from the root of the repository.
	Exists func(path string) bool

	// Holding returns the paths at which the next commit has a text, known by git's
	// id of it; nil where that is not known.
	Holding func(blob string) []string

	// Dates lists the dates that a text gives, in any language; nil where nobody
	// reads them.
	Dates func(text string) []policy.Date

	// Sent returns the day on which the last message would leave if sending
	// began on On; zero when that is not known. It is asked only about changes.
	Sent func() policy.Date

	translated map[*policy.Version][]string // names of the clauses that a version changed
	clashes    map[string]bool              // ids that several candidates have
	candidates map[string]*policy.Document  // by policy: the texts that are reviewed together
	parser     policy.Parser                // of all the texts that are read, some of them more than once
}

// Candidate is the text of a policy that is to be published next.
type Candidate struct {
	Policy   *policy.Policy
	Source   []byte // nil when the work tree has no such file
	DateLine int    // where the text gives the day of its "last updated" line, from 1
}

// Result is what a review found out.
type Result struct {
	Policies []*Reviewed
	Shared   []*Shared            // sources that changed, with the policies that they are part of
	Findings []*policy.Diagnostic // about no policy alone
}

// Reviewed is what a review found out about one policy.
type Reviewed struct {
	Policy       *policy.Policy
	Next         *policy.Policy   // as it would be with the candidate published; nil when it changes nothing
	Before       string           // reference of what is published; empty when the candidate changes nothing
	Redline      *redline.Redline // nil when the candidate changes nothing
	Assessment   *materiality.Assessment
	Opinion      *reading.Opinion // of a second reader, beside the rules; nil where nobody has read the change
	Notice       *notice.Notice
	Findings     []*policy.Diagnostic
	Approvals    []policy.Approval  // of exactly this text
	StatusChange string             // what becomes of a version or policy without a changed word: called off, withdrawn; empty for nothing
	Moves        []Move             // clauses that went to another policy, or came from one
	Digest       string             // of the text of the work tree; empty when there is none
	Expanded     *expand.Result     // what its source makes of it; nil where it has none
	Differs      *expand.Difference // where the text is something else; nil where it is not
}

// Smudged reports whether a fault of the committed text is hidden in the work
// tree: git puts the text itself there in place of a pointer of Git LFS.
func (r *Reviewed) Smudged(committed *policy.Diagnostic) bool {
	seen := func(d *policy.Diagnostic) bool { return d.Rule == committed.Rule }
	return committed.Rule == "lfs" && !slices.ContainsFunc(r.Findings, seen)
}

// Has reports whether the review says of the policy what a finding about its
// history does.
func (r *Reviewed) Has(d *policy.Diagnostic) bool {
	return slices.ContainsFunc(r.Findings, func(f *policy.Diagnostic) bool { return f.Rule == d.Rule && f.Message == d.Message })
}

// Texts counts the texts that were reviewed: a file that is gone is none.
func (r *Result) Texts() int {
	n := 0
	for _, p := range r.Policies {
		if p.Digest != "" {
			n++
		}
	}
	return n
}

// All lists every finding: those about each policy, then those about none.
func (r *Result) All() []*policy.Diagnostic {
	found := []*policy.Diagnostic{}
	for _, p := range r.Policies {
		found = append(found, p.Findings...)
	}
	return append(found, r.Findings...)
}

// Errors counts the findings that keep a text from being published.
func Errors(found []*policy.Diagnostic) int {
	n := 0
	for _, d := range found {
		if d.Level == policy.Error {
			n++
		}
	}
	return n
}

// Check reviews candidates, and whether translations among them keep up with
// their originals.
func (r *Reviewer) Check(candidates []Candidate) (*Result, error) {
	result := &Result{}
	r.candidates = make(map[string]*policy.Document)
	for _, c := range candidates {
		if doc, err := r.parse(c); err == nil && doc != nil {
			r.candidates[c.Policy.ID] = doc
		}
	}
	candidates, taken := r.distinct(candidates)
	result.Policies = append(result.Policies, taken...)
	for _, c := range candidates {
		reviewed, err := r.Candidate(c)
		if err != nil {
			return nil, err
		}
		late, err := r.behind(c.Policy)
		if err != nil {
			return nil, err
		}
		reviewed.Findings = slices.Concat(reviewed.Findings, late, r.unannounced(c.Policy))
		result.Policies = append(result.Policies, reviewed)
	}
	moves(result.Policies)
	once(result.Policies)
	if !r.Partial {
		result.Findings = append(result.Findings, r.gone(candidates)...)
		result.Findings = append(result.Findings, r.idle(result.Policies)...)
		result.Shared = r.shared(result.Policies)
	}
	return result, nil
}

// Candidate lints one text and holds its change against what is published.
func (r *Reviewer) Candidate(c Candidate) (*Reviewed, error) {
	reviewed, err := r.judge(c)
	if err == nil {
		locate(c.Source, reviewed.Findings)
		traced(c.Source, reviewed)
	}
	return reviewed, err
}

func (r *Reviewer) judge(c Candidate) (*Reviewed, error) {
	reviewed := &Reviewed{Policy: c.Policy}
	if c.Source != nil {
		reviewed.Digest = Digest(c.Source)
	}
	before := r.counterpart(r.Published, c.Policy)
	doc, err := r.parse(c)
	if fault := (*policy.Diagnostic)(nil); errors.As(err, &fault) {
		if r.Based && before != nil && unchanged(c, before) {
			pass(fault)
		}
		reviewed.Findings = append(reviewed.Findings, fault)
		return reviewed, nil
	}
	if err != nil {
		return nil, err
	}
	if err := r.written(c, doc, before, reviewed); err != nil {
		return nil, err
	}
	if before == nil || len(before.Versions) == 0 {
		r.firstApproved(c.Policy, doc, reviewed)
		reviewed.Findings = append(reviewed.Findings, r.copied(c.Policy, doc)...)
		return reviewed, nil
	}
	if doc == nil {
		return reviewed, nil
	}
	called := r.named(c.Policy)
	reviewed.Findings = slices.Concat(reviewed.Findings, renamed(before, called, doc), r.forgotten(before, called, doc))
	if doc.Front.Draft { // its words are not published, and its name counts at once
		return reviewed, nil
	}
	moved := *before
	moved.Path = c.Policy.Path // findings name the file that can be mended
	r.statusChange(&moved, doc, reviewed)
	if reviewed.StatusChange != "" {
		r.needsApproval(&moved, moved.Ref(moved.Versions[0]), policy.Major, reviewed)
	}
	if doc.Front.Status == policy.Withdrawn {
		return reviewed, nil // its words are published no more
	}
	if !unchanged(c, &moved) && !r.standsThere(c, &moved) {
		if err := r.gate(&moved, doc, c.Source, reviewed); err != nil {
			return nil, err
		}
	}
	return reviewed, r.gateUpcoming(&moved, reviewed)
}

// written finds what is wrong with a text as it is written, and with what its
// history shows.
func (r *Reviewer) written(c Candidate, doc *policy.Document, before *policy.Policy, reviewed *Reviewed) error {
	stale, err := r.staleDate(c)
	if err != nil {
		return err
	}
	silent, err := r.silent(c.Policy, doc)
	if err != nil {
		return err
	}
	found := slices.Concat(silent, stale, neverBinds(c, before))
	if doc != nil {
		found = append(found, r.lint(c, doc)...)
		found = append(found, notice.Unkept(doc, r.Rules)...)
		facts, err := r.translationFacts(c, doc)
		if err != nil {
			return err
		}
		found = append(found, facts...)
	}
	reviewed.Findings = append(reviewed.Findings, found...)
	if err := r.expanded(c, doc, before, reviewed); err != nil {
		return err
	}
	return r.knownFaults(c, before, found)
}

// unchanged reports whether a candidate is, byte for byte, the newest published
// text.
func unchanged(c Candidate, published *policy.Policy) bool {
	return len(published.Versions) > 0 && Digest(c.Source) == published.Versions[0].SHA256
}

// Digest is the SHA-256 of a text, as git holds it, in hexadecimal digits.
func Digest(src []byte) string {
	sum := sha256.Sum256(src)
	return hex.EncodeToString(sum[:])
}

// parse reads a candidate. One whose file is gone has no document.
func (r *Reviewer) parse(c Candidate) (*policy.Document, error) {
	if c.Source == nil {
		return nil, nil
	}
	if fault := policy.LFSPointer(c.Policy.Path, c.Source); fault != nil {
		return nil, fault
	}
	return r.parser.Parse(c.Policy.Path, c.Source)
}

// sharesVersion reports whether two policies have a version in common: then one
// is the other under another name.
func sharesVersion(a, b *policy.Policy) bool {
	return slices.ContainsFunc(a.Versions, func(v *policy.Version) bool {
		return slices.ContainsFunc(b.Versions, func(w *policy.Version) bool { return v.Commit == w.Commit && v.Path == w.Path })
	})
}

// counterpart finds what a candidate was before: the same policy in another
// state of the history, one whose name its text keeps as an alias, else the one
// that the history takes it for.
func (r *Reviewer) counterpart(policies []*policy.Policy, p *policy.Policy) *policy.Policy {
	if q := counterpart(policies, p); q != nil {
		return q
	}
	if doc := r.candidates[p.ID]; doc != nil {
		if i := slices.IndexFunc(policies, func(q *policy.Policy) bool { return slices.Contains(doc.Front.Aliases, q.ID) }); i >= 0 {
			return policies[i]
		}
	}
	return r.moved(policies, p)
}

// moved finds what the history takes a candidate for that no commit has at its
// path yet.
func (r *Reviewer) moved(policies []*policy.Policy, p *policy.Policy) *policy.Policy {
	i := slices.IndexFunc(r.Next, func(next *policy.Policy) bool { return next.Path == p.Path })
	if len(p.Versions) > 0 || i < 0 {
		return nil
	}
	if i = slices.IndexFunc(policies, func(q *policy.Policy) bool { return sharesVersion(q, r.Next[i]) }); i < 0 {
		return nil
	}
	return policies[i]
}

// counterpart finds a policy in another state of the history.
func counterpart(policies []*policy.Policy, p *policy.Policy) *policy.Policy {
	for _, same := range []func(*policy.Policy) bool{
		func(q *policy.Policy) bool { return q.ID == p.ID },
		func(q *policy.Policy) bool { return q.Path == p.Path },
		func(q *policy.Policy) bool { return sharesVersion(q, p) },
	} {
		if i := slices.IndexFunc(policies, same); i >= 0 {
			return policies[i]
		}
	}
	return nil
}
