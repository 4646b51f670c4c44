package materiality

import (
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// Rule says how much one kind of change matters, and why.
type Rule struct {
	ID       string // in kebab case; never changes
	Category Category
	Severity policy.Severity
	Looks    string // what it looks for in a change
	Why      string // the reason, in words for a lawyer; {before} and {after} stand for the words found
	When     Pattern
	Examples []Example // changes that it finds
	Misses   []Example // changes that look alike and are none of its business
}

// Pattern says which changes a rule is for. Every condition that is set must
// hold.
type Pattern struct {
	Shifts []Shift    // one of these happened
	About  []Category // the change is about one of these
	Words  string     // one of these words or phrases, separated by commas, is among the changed words
	Near   string     // one of these stands in the sentence, in what leads into it, or in a heading above it
	Unless string     // none of these stands there
}

// Example is a change with what a rule makes of it.
type Example struct {
	Before, After string // Markdown
}

// Material returns the categories in which a real change is normally major.
func Material() []Category {
	return []Category{DataCollection, DataUse, Sharing, TransferRetention, UserRightsChoice, Minors, LiabilityWarranty, DisputesLaw,
		Fees, TerminationSanctions, ContentIP, Conduct, EntityScope, NoticeChange}
}

func material(c Category) bool { return c != Service && c != Security && c != "" }

// Rules returns the rule book in the order in which the rules are tried: of
// two that fit a change, the first decides.
func Rules() []Rule {
	return slices.Concat(collectionRules(), useRules(), sharingRules(), retentionRules(), securityRules(), rightsRules(), minorsRules(),
		liabilityRules(), disputesRules(), feesRules(), terminationRules(), contentRules(), conductRules(), scopeRules(), noticeRules(), serviceRules(), languageRules(),
		numberRules(), operatorRules(), conditionRules(), listRules(), memberRules(), clauseRules(), wordingRules(), editorialRules(), numberingRules(), surfaceRules(), directionRules())
}

// RuleByID returns the rule with the given id.
func RuleByID(id string) (Rule, bool) {
	for _, r := range Rules() {
		if r.ID == id {
			return r, true
		}
	}
	return Rule{}, false
}

// compiled is a rule ready for use.
type compiled struct {
	Rule
	words, near, unless *phrases
	clauses             []string // of an own rule: where it holds
	off                 bool
	own                 bool // the organization said how grave it is
}

func compile(r Rule) *compiled {
	return &compiled{Rule: r, words: newPhrases(r.When.Words), near: newPhrases(r.When.Near), unless: newPhrases(r.When.Unless)}
}

// phrases is a set of phrases, by the stem of their first word.
type phrases struct{ first map[string][][]string }

func newPhrases(list string) *phrases {
	if list == "" {
		return nil
	}
	p := &phrases{first: map[string][][]string{}}
	for _, phrase := range strings.Split(list, ",") {
		var stems []string
		for _, w := range words(strings.TrimSpace(phrase)) {
			stems = append(stems, w.stem)
		}
		if len(stems) > 0 {
			p.first[stems[0]] = append(p.first[stems[0]], stems)
		}
	}
	return p
}

func (p *phrases) empty() bool { return p == nil || len(p.first) == 0 }

// in reports whether one of the phrases stands in the words.
func (p *phrases) in(list []word) bool {
	for i := range list {
		for _, stems := range p.first[list[i].stem] {
			if hasPhrase(list[i:], stems) {
				return true
			}
		}
	}
	return false
}

func hasPhrase(list []word, stems []string) bool {
	if len(list) < len(stems) {
		return false
	}
	for k, s := range stems {
		if list[k].stem != s {
			return false
		}
	}
	return true
}

// fits reports whether a rule is for a change that is about category c.
func (r *compiled) fits(f *found, c Category, around []word) bool {
	if len(r.When.About) > 0 && !slices.Contains(r.When.About, c) {
		return false
	}
	if r.clauses != nil && !f.passage.place().within(r.clauses) {
		return false
	}
	if r.words != nil && !r.words.in(f.subject) {
		return false
	}
	if r.near != nil && !r.near.in(around) {
		return false
	}
	return r.unless == nil || !r.unless.in(around)
}
