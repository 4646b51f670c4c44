package report

import (
	"net/url"
	"slices"

	"github.com/codicil/codicil/policy"
)

// SARIF writes findings in the form of SARIF 2.1.0 (OASIS standard), which code
// hosts show beside the lines. Version is that of this program, book the rules
// that the findings may name.
func SARIF(found []*policy.Diagnostic, version string, book []policy.RuleEntry) any {
	rules, seen := []sarifRule{}, make(map[string]bool)
	results := make([]sarifResult, 0, len(found))
	for _, d := range found {
		if !seen[d.Rule] {
			seen[d.Rule] = true
			rules = append(rules, sarifRuleOf(d.Rule, book))
		}
		results = append(results, sarifResult{
			RuleID:  d.Rule,
			Level:   string(d.Level),
			Message: sarifMessage{sentence(d)},
			Locations: []sarifLocation{{sarifPhysical{
				sarifArtifact{(&url.URL{Path: d.File}).String()}, sarifRegion{max(1, d.Line), max(1, d.Column)},
			}}},
		})
	}
	return sarifLog{
		Schema:  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
		Version: "2.1.0",
		Runs: []sarifRun{{
			Tool:    sarifTool{sarifDriver{Name: "codicil", Version: version, Rules: rules}},
			Results: results,
		}},
	}
}

// sarifRuleOf describes a rule from the rule book.
func sarifRuleOf(id string, book []policy.RuleEntry) sarifRule {
	i := slices.IndexFunc(book, func(r policy.RuleEntry) bool { return r.ID == id })
	if i < 0 {
		return sarifRule{ID: id}
	}
	r := book[i]
	rule := sarifRule{ID: id, Short: &sarifMessage{r.Title}, Full: &sarifMessage{r.Reason}}
	if r.Before != "" {
		rule.Help = &sarifMessage{"Before:\n" + r.Before + "\nAfter:\n" + r.After}
	}
	return rule
}

type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool    sarifTool     `json:"tool"`
	Results []sarifResult `json:"results"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name    string      `json:"name"`
	Version string      `json:"version"`
	Rules   []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID    string        `json:"id"`
	Short *sarifMessage `json:"shortDescription,omitempty"`
	Full  *sarifMessage `json:"fullDescription,omitempty"`
	Help  *sarifMessage `json:"help,omitempty"`
}

type sarifResult struct {
	RuleID    string          `json:"ruleId"`
	Level     string          `json:"level"`
	Message   sarifMessage    `json:"message"`
	Locations []sarifLocation `json:"locations"`
}

type sarifMessage struct {
	Text string `json:"text"`
}

type sarifLocation struct {
	Physical sarifPhysical `json:"physicalLocation"`
}

type sarifPhysical struct {
	Artifact sarifArtifact `json:"artifactLocation"`
	Region   sarifRegion   `json:"region"`
}

type sarifArtifact struct {
	URI string `json:"uri"`
}

type sarifRegion struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn"`
}
