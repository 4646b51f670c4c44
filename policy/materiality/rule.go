package materiality

import (
	_ "embed" // the rule book
	"slices"
	"strings"
	"sync"

	"github.com/codicil/codicil/policy"
)

// Rule says how much one kind of change matters, and why.
type Rule struct {
	ID              string // in kebab case; never changes
	Category        Category
	Severity        policy.Severity
	Title           string // what it looks for in a change
	Message         string // the reason, in words for a lawyer; {before} and {after} stand for the words found
	When            Pattern
	Examples        []Example // changes that it finds
	CounterExamples []Example // changes that look alike and are none of its business
}

// Pattern says which changes a rule is for. Every condition that is set must
// hold.
type Pattern struct {
	Shifts []Shift    // one of these happened
	About  []Category // the change is about one of these
	Words  string     // one of these words or phrases, separated by commas, is among the changed words
	Near   string     // one of these is in the sentence, in what leads into it, or in a heading above it
	Unless string     // none of these is there
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

//go:embed rules.txt
var ruleText string

// rules is the rule book as it ships. A test holds every line of it.
var rules = sync.OnceValue(func() []Rule { return readRules(ruleText) })

// Rules returns the rule book in the order in which the rules are tried: of
// two that fit a change, the first decides.
func Rules() []Rule { return slices.Clone(rules()) }

// readRules reads a rule book: a blank line ends a rule, each other line is a
// field and its value.
func readRules(text string) []Rule {
	var list []Rule
	for block := range strings.SplitSeq(text, "\n\n") {
		var r Rule
		for line := range strings.Lines(block) {
			if field, value, ok := strings.Cut(strings.TrimSpace(line), " "); ok && field != "#" {
				r.set(field, value)
			}
		}
		if r.ID != "" {
			list = append(list, r)
		}
	}
	return list
}

// set reads one field of a rule.
func (r *Rule) set(field, value string) {
	switch field {
	case "rule":
		r.ID = value
	case "severity":
		r.Severity, _ = policy.ParseSeverity(value)
	case "category":
		r.Category = Category(value)
	case "title":
		r.Title = value
	case "message":
		r.Message = value
	case "shifts":
		for name := range strings.SplitSeq(value, ", ") {
			r.When.Shifts = append(r.When.Shifts, Shift(name))
		}
	case "about":
		for name := range strings.SplitSeq(value, ", ") {
			if name == "material" {
				r.When.About = append(r.When.About, Material()...)
				continue
			}
			r.When.About = append(r.When.About, Category(name))
		}
	case "words":
		r.When.Words = value
	case "near":
		r.When.Near = value
	case "unless":
		r.When.Unless = value
	case "finds":
		r.Examples = append(r.Examples, readExample(value))
	case "spares":
		r.CounterExamples = append(r.CounterExamples, readExample(value))
	}
}

func readExample(text string) Example {
	before, after, _ := strings.Cut(strings.ReplaceAll(text, `\n`, "\n"), " => ")
	return Example{before, after}
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

// in reports whether one of the phrases is in the words.
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
func (r *compiled) fits(f *found, c Category, around func() []word) bool {
	if len(r.When.About) > 0 && !slices.Contains(r.When.About, c) {
		return false
	}
	if r.clauses != nil && !f.passage.place().within(r.clauses) {
		return false
	}
	if r.words != nil && !r.words.in(f.subject) {
		return false
	}
	if r.near != nil && !r.near.in(around()) {
		return false
	}
	return r.unless == nil || !r.unless.in(around())
}
