// Package reading is the second reader: it puts a redline to somebody who
// understands language, most often a language model, and believes of the answer
// only what can be checked.
//
//	redline ─► Question ─► (a reader) ─► answer ─► Verify ─► Reading ─► Join ─► Assessment
//	                                                 │           (a file in git beside the policy)
//	                                                 └─ dropped: what no quotation bears out
//
// Policy text is hostile input, and so is an answer to it. A reason counts only
// with words that are in the redline on the side and in the change that it
// names. A reading can raise what the rules propose; it can never lower it, and
// where the two differ a person decides. The package knows no network: it makes
// the question and judges the answer, and package ask carries them.
package reading

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
)

// Reading is what is left of a reader's answer once it was verified.
type Reading struct {
	Severity   policy.Severity        `json:"severity"`   // the gravest of the reasons
	Categories []materiality.Category `json:"categories"` // of the reasons at minor or major, sorted
	Reasons    []Reason               `json:"reasons"`    // the gravest first, then in reading order
	Summary    string                 `json:"summary"`    // a draft in plain words, never published by itself
	Dropped    []Dropped              `json:"dropped"`    // what was not believed
	Unread     int                    `json:"unread"`     // changes that the question had no room for
}

// Reason is one thing that a reader found, with the words that bear it out.
type Reason struct {
	Change   int                  `json:"change"` // its number in the redline
	Clause   string               `json:"clause"`
	Severity policy.Severity      `json:"severity"`
	Category materiality.Category `json:"category"` // empty for an editorial one
	Before   string               `json:"before"`   // verbatim, from the old text of the change
	After    string               `json:"after"`    // verbatim, from its new text
	Why      string               `json:"why"`
}

// Dropped is a finding that was not believed.
type Dropped struct {
	Change int    `json:"change"` // as the reader numbered it
	Why    string `json:"why"`
}

// ErrNoAnswer says that nothing of an answer could be believed.
var ErrNoAnswer = errors.New("the answer has no reason that its quotations bear out")

// answer is what a reader is asked to return.
type answer struct {
	Severity   string        `json:"severity"`
	Categories []string      `json:"categories"`
	Reasons    []answerPoint `json:"reasons"`
	Summary    string        `json:"summary"`
}

type answerPoint struct {
	Change   int    `json:"change"`
	Severity string `json:"severity"`
	Category string `json:"category"`
	Before   string `json:"before"`
	After    string `json:"after"`
	Why      string `json:"why"`
}

// The bounds of what is kept of an answer, in characters and reasons.
const (
	maxWhy     = 400
	maxSummary = 600
	maxQuote   = 2000
	maxReasons = 100
)

// Verify reads an answer to a question and keeps what its quotations bear out.
// An answer that is not JSON of the form asked for is an error; one of which
// nothing is left is ErrNoAnswer, beside a Reading that says what was dropped.
func Verify(q *Question, text []byte) (*Reading, error) {
	var a answer
	if err := json.Unmarshal(bare(text), &a); err != nil {
		return nil, fmt.Errorf("the answer is not the JSON that was asked for: %w", err)
	}
	r := &Reading{Unread: q.Unread, Categories: []materiality.Category{}, Reasons: []Reason{}, Dropped: []Dropped{}}
	for i, point := range a.Reasons {
		if i == maxReasons {
			r.Dropped = append(r.Dropped, Dropped{point.Change, fmt.Sprintf("only %d reasons are read", maxReasons)})
			break
		}
		reason, err := q.verified(point)
		if err != nil {
			r.Dropped = append(r.Dropped, Dropped{point.Change, err.Error()})
			continue
		}
		r.Reasons = append(r.Reasons, reason)
	}
	r.conclude()
	r.Summary = q.summary(a.Summary)
	if len(r.Reasons) == 0 {
		return r, ErrNoAnswer
	}
	return r, nil
}

// bare takes an answer out of the fence that many models put around JSON.
func bare(text []byte) []byte {
	s := strings.TrimSpace(string(text))
	if rest, ok := strings.CutPrefix(s, "```"); ok {
		rest = strings.TrimPrefix(rest, "json")
		s = strings.TrimSuffix(strings.TrimSpace(rest), "```")
	}
	return []byte(s)
}

// conclude orders the reasons and draws severity and categories from them: what
// the answer claims beyond its reasons does not count.
func (r *Reading) conclude() {
	slices.SortStableFunc(r.Reasons, func(a, b Reason) int {
		if a.Severity != b.Severity {
			return int(b.Severity - a.Severity)
		}
		return a.Change - b.Change
	})
	for _, reason := range r.Reasons {
		r.Severity = max(r.Severity, reason.Severity)
		if reason.Severity >= policy.Minor && !slices.Contains(r.Categories, reason.Category) {
			r.Categories = append(r.Categories, reason.Category)
		}
	}
	slices.Sort(r.Categories)
}

// verified returns a reason once its words are found where it says.
func (q *Question) verified(p answerPoint) (Reason, error) {
	passage := q.passage(p.Change)
	if passage == nil {
		return Reason{}, fmt.Errorf("there is no change %d", p.Change)
	}
	severity, err := policy.ParseSeverity(p.Severity)
	if err != nil {
		return Reason{}, fmt.Errorf("%q is not a severity", short(p.Severity))
	}
	category := materiality.Category(p.Category)
	if severity < policy.Minor {
		category = ""
	} else if !slices.Contains(materiality.Categories(), category) {
		return Reason{}, fmt.Errorf("%q is not a category", short(p.Category))
	}
	before, after := oneLine(p.Before), oneLine(p.After)
	if err := passage.bears(before, after); err != nil {
		return Reason{}, err
	}
	return Reason{Change: p.Change, Clause: passage.Clause, Severity: severity, Category: category,
		Before: before, After: after, Why: plain(p.Why, maxWhy)}, nil
}

// bears reports why two quotations do not show a change of the passage: they
// must be in it, each on its side, and not be the same words on both.
func (p *Passage) bears(before, after string) error {
	old, now := oneLine(p.Before), oneLine(p.After)
	switch {
	case before == "" && after == "":
		return errors.New("it quotes nothing")
	case len(before) > maxQuote || len(after) > maxQuote:
		return errors.New("it quotes too much")
	case !strings.Contains(old, before):
		return fmt.Errorf("%q is not in the old text of change %d", short(before), p.Number)
	case !strings.Contains(now, after):
		return fmt.Errorf("%q is not in the new text of change %d", short(after), p.Number)
	case p.moved():
		return nil // its words are the same on both sides: what changed is where they are
	case unchanged(before, now) && unchanged(after, old):
		return fmt.Errorf("the words that it quotes are on both sides of change %d", p.Number)
	}
	return nil
}

// unchanged reports whether a quotation is on the other side too; one that
// was not given says nothing.
func unchanged(quote, other string) bool { return quote == "" || strings.Contains(other, quote) }

// summary returns the draft that a reader proposes, as plain words. One that
// leads anywhere is no summary.
func (q *Question) summary(text string) string {
	if strings.Contains(text, "://") || strings.Contains(text, "www.") {
		return ""
	}
	return plain(text, maxSummary)
}
