package listing

import (
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
)

// Rule is a rule by which changes are judged.
type Rule struct {
	ID              string               `json:"id"`
	Category        materiality.Category `json:"category"`
	Severity        policy.Severity      `json:"severity"`
	Title           string               `json:"looks_for"`
	Message         string               `json:"why"`
	Examples        []Example            `json:"examples"`
	CounterExamples []Example            `json:"near_misses"`
}

// Example is a change that a rule finds, or leaves alone.
type Example struct {
	Before string `json:"before"`
	After  string `json:"after"`
}

// NewRule lists a rule with its examples.
func NewRule(r materiality.Rule) Rule {
	return Rule{r.ID, r.Category, r.Severity, r.Title, r.Message, examples(r.Examples), examples(r.CounterExamples)}
}

func examples(all []materiality.Example) []Example {
	list := make([]Example, 0, len(all))
	for _, e := range all {
		list = append(list, Example{e.Before, e.After})
	}
	return list
}
