package materiality

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// Book is a rule book ready for use: the rules of Codicil, with what an
// organization changed in them. It is never altered and safe for concurrent
// use. The zero Book, and a nil one, are the rules as they ship.
type Book struct {
	rules   []*compiled // in the order in which they are tried
	byShift map[Shift][]*compiled
	changes []RuleChange
}

// RuleChange changes a rule of the book, or adds one of the organization's own.
//
// A rule with the id of one in the book is switched off or given another
// severity. A rule that is off still claims the changes that it is for, and
// says nothing of them; no other rule speaks up in its place. A rule with a new
// id needs a severity, and words or clauses or both; it is tried before all the
// others, in the order given.
type RuleChange struct {
	ID       string
	Off      bool
	Severity *policy.Severity // nil: as it is
	Category Category         // of an own rule; empty: what the change is about
	Words    []string         // of an own rule: one of these words or phrases is among the changed words
	Clauses  []string         // of an own rule: it is in one of these clauses, by number ("4.2", with all below it) or by words of a title
	Why      string           // of an own rule: the reason, with {before}, {after} and {about}; empty: a plain one
}

// RuleError is a fault in a change of the rule book.
type RuleError struct {
	ID      string // of the rule, as given
	Message string // what is wrong
	Hint    string // what to do
}

// Error names the rule and says what is wrong with it.
func (e *RuleError) Error() string {
	text := fmt.Sprintf("rule %q: %s", e.ID, e.Message)
	if e.Hint != "" {
		text += "; " + e.Hint
	}
	return text
}

var defaultBook = sync.OnceValue(func() *Book {
	b, _ := NewBook(nil)
	return b
})

// NewBook returns the rule book with changes applied in order. A fault in one
// of them is a *RuleError.
func NewBook(changes []RuleChange) (*Book, error) {
	b := &Book{byShift: map[Shift][]*compiled{}, changes: changes}
	for _, r := range Rules() {
		b.rules = append(b.rules, compile(r))
	}
	var own []*compiled
	for _, c := range changes {
		old := b.find(c.ID)
		if old == nil {
			r, err := b.ownRule(c, own)
			if err != nil {
				return nil, err
			}
			own = append(own, r)
			continue
		}
		if err := old.change(c); err != nil {
			return nil, err
		}
	}
	b.rules = append(own, b.rules...)
	for _, r := range b.rules {
		for _, s := range r.When.Shifts {
			b.byShift[s] = append(b.byShift[s], r)
		}
	}
	return b, nil
}

// Changes returns what NewBook was given: two books with the same changes judge
// alike.
func (b *Book) Changes() []RuleChange { return b.filled().changes }

// Rules returns the rules in the order in which they are tried, with their
// severities as changed; those that are off are left out.
func (b *Book) Rules() []Rule {
	var list []Rule
	for _, r := range b.filled().rules {
		if !r.off {
			list = append(list, r.Rule)
		}
	}
	return list
}

// Assess judges a redline as the function Assess does, by the rules of b.
func (b *Book) Assess(r *redline.Redline) *Assessment { return assess(r, b.filled(), new(Memory)) }

// filled returns the book, or that of the rules as they ship where it holds none.
func (b *Book) filled() *Book {
	if b == nil || b.byShift == nil {
		return defaultBook()
	}
	return b
}

func (b *Book) find(id string) *compiled {
	at := slices.IndexFunc(b.rules, func(r *compiled) bool { return r.ID == id })
	if at < 0 {
		return nil
	}
	return b.rules[at]
}

// change applies a change to a rule of the book.
func (r *compiled) change(c RuleChange) error {
	if len(c.Words) > 0 || len(c.Clauses) > 0 || c.Category != "" || c.Why != "" {
		return &RuleError{c.ID, "a rule of the book cannot be given other words, clauses, category or reason", "give an own rule an id of its own"}
	}
	if !c.Off && c.Severity == nil {
		return &RuleError{c.ID, "nothing is changed", "say off: true or give a severity"}
	}
	r.off = c.Off
	if c.Severity != nil {
		r.Severity, r.own = *c.Severity, true
	}
	return nil
}

// ownRule makes a rule of the organization's own.
func (b *Book) ownRule(c RuleChange, own []*compiled) (*compiled, error) {
	switch {
	case c.ID == "":
		return nil, &RuleError{c.ID, "a rule has no id", "give it one, as fraud-recipients"}
	case slices.ContainsFunc(own, func(r *compiled) bool { return r.ID == c.ID }):
		return nil, &RuleError{c.ID, "the id is given twice", "give each rule an id of its own"}
	case c.Off || c.Severity == nil || len(c.Words)+len(c.Clauses) == 0:
		return nil, &RuleError{c.ID, "there is no such rule", b.advice(c.ID)}
	case c.Category != "" && categoryNames[c.Category] == "":
		return nil, &RuleError{c.ID, fmt.Sprintf("there is no category %q", c.Category), "did you mean " + quoted(nearest(string(c.Category), Categories())) + "?"}
	}
	words := strings.Join(c.Words, ",")
	if len(c.Words) > 0 && newPhrases(words).empty() {
		return nil, &RuleError{c.ID, "its words hold no word", "give words or phrases as they stand in a sentence"}
	}
	why := c.Why
	if why == "" {
		why = "What your rule " + c.ID + " watches changed: \"{before}\" became \"{after}\"."
	}
	r := compile(Rule{ID: c.ID, Category: c.Category, Severity: *c.Severity, Title: "what the organization asked for", Message: why,
		When: Pattern{Shifts: sentenceShifts(), Words: words}})
	r.clauses, r.own = c.Clauses, true
	return r, nil
}

// advice says what to do about an id that no rule has.
func (b *Book) advice(id string) string {
	ids := make([]string, len(b.rules))
	for i, r := range b.rules {
		ids[i] = r.ID
	}
	advice := "a rule of your own needs a severity, and words or clauses"
	if like := nearest(id, ids); like != "" {
		advice = "did you mean " + quoted(like) + "? " + strings.ToUpper(advice[:1]) + advice[1:]
	}
	return advice
}

func quoted(s string) string { return `"` + s + `"` }

// nearest returns the name of the list that is written most alike to s, empty
// when none is alike at all.
func nearest[S ~string](s string, list []S) string {
	best, least := "", max(3, len(s)/2)
	for _, name := range list {
		if n := distance(s, string(name)); n < least {
			best, least = string(name), n
		}
	}
	return best
}

// categoryCount is how many categories the rubric has.
const categoryCount = 16

// Categories returns the categories of the rubric, in its order.
func Categories() []Category { return slices.Clone(rubric[:]) }

var rubric = [categoryCount]Category{DataCollection, DataUse, Sharing, TransferRetention, Security, UserRightsChoice, Minors, LiabilityWarranty, DisputesLaw,
	Fees, TerminationSanctions, ContentIP, Conduct, EntityScope, NoticeChange, Service}

// within reports whether a place is in one of the clauses: one with the
// number, below one with it, or under a title that holds the words.
func (p *place) within(clauses []string) bool {
	for _, want := range clauses {
		for c := p.clause; c != nil; c = c.Parent {
			if c.Number == want || strings.HasPrefix(c.Number, want+".") || strings.HasPrefix(c.Number, want+"(") || under(c.Title, want) {
				return true
			}
		}
	}
	return false
}

// under reports whether a title holds the words, capitals apart.
func under(title, words string) bool {
	return title != "" && strings.ContainsFunc(words, func(r rune) bool { return r >= 'A' }) && strings.Contains(strings.ToLower(title), strings.ToLower(words))
}
