package review

import (
	"fmt"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/comparison"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/reading"
)

// Readings gives the kept reading of a version by its label; nil where nobody
// has read it.
type Readings func(policyID, label string) (*reading.Record, error)

// Unlabelled is the name under which the reading of a text is kept that has no
// label of its own yet.
const Unlabelled = "draft"

// Pair is two texts of a policy that a reader may have been asked about.
type Pair struct {
	Policy *policy.Policy
	Label  string // under which a reading is kept
	Before string // SHA-256 of the text before
	After  []byte // the text after, as git holds it
	*comparison.Comparison
}

// Joined is what rules and second reader say together about a change.
type Joined struct {
	Assessment *materiality.Assessment
	Opinion    *reading.Opinion     // nil where nobody has read these texts
	Found      []*policy.Diagnostic // about a reading that counts for nothing
}

// Joined returns what rules and second reader say together about a change. A
// reading of other bytes counts for nothing, and that is said.
func (r Readings) Joined(x Pair) Joined {
	rules := Joined{Assessment: x.Assessment()}
	if r == nil {
		return rules
	}
	record, err := r.of(x)
	if err != nil {
		rules.Found = []*policy.Diagnostic{warning(x.Policy, "reading-unreadable", err.Error(), "remove the file, or run `codicil read` again")}
		return rules
	}
	if record == nil {
		return rules
	}
	if !x.read(record) {
		rules.Found = []*policy.Diagnostic{warning(x.Policy, "reading-other-text",
			fmt.Sprintf("the reading of %s@%s by %s is of other words, and does not count", x.Policy.ID, x.Label, record.Reader),
			fmt.Sprintf("run `codicil read %s` again", x.Policy.ID))}
		return rules
	}
	kept, err := record.Recheck(x.Redline)
	if err != nil {
		rules.Found = []*policy.Diagnostic{warning(x.Policy, "reading-unreadable", fmt.Sprintf("the reading of %s@%s counts for nothing: %v", x.Policy.ID, x.Label, err), "")}
		return rules
	}
	return Joined{Assessment: reading.Join(rules.Assessment, kept), Opinion: reading.NewOpinion(record.Reader, record.Read, rules.Assessment, kept)}
}

// of finds the record of a pair: under its label, else under the name of a text
// that had none when it was read.
func (r Readings) of(x Pair) (*reading.Record, error) {
	record, err := r(x.Policy.ID, x.Label)
	if err != nil || record != nil && x.read(record) || x.Label == Unlabelled {
		return record, err
	}
	draft, err := r(x.Policy.ID, Unlabelled)
	if err == nil && draft != nil && x.read(draft) {
		return draft, nil
	}
	return record, nil
}

// read reports whether a record was made of these two texts. What a person
// decided since then is no other text.
func (x Pair) read(record *reading.Record) bool {
	if record.Applies(x.Before, Digest(x.After)) {
		return true
	}
	undecided, err := policy.Decision{}.Record(x.Policy.Path, x.After)
	return err == nil && record.Applies(x.Before, Digest(undecided))
}

// Against returns the version that a text of a policy changes: the newest; of
// an announced version that is written anew, the one before it; nil where that
// is nothing. With it comes the label under which a reading of the text is kept.
func Against(p *policy.Policy, doc *policy.Document, on policy.Date) (older *policy.Version, kept string) {
	next, v := AsPublished(p, doc, on)
	newest := p.Versions[0]
	kept = v.Label
	if doc.Front.Version == "" || v.Label == newest.Label {
		kept = Unlabelled
	}
	if v.Label == newest.Label && !newest.From().After(on) {
		return newest, kept
	}
	if followed := next.Previous(v); followed != nil || v.Label == newest.Label {
		return followed, kept
	}
	return newest, kept
}
