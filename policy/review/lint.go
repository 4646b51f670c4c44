package review

import (
	"path"
	"slices"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/repair"
)

// Off is the level of a rule that is turned off.
const Off policy.Level = "off"

// LintRule returns the rule of the linter with that id, or nil.
func LintRule(id string) *policy.RuleEntry {
	rules := repair.Rules()
	if i := slices.IndexFunc(rules, func(r policy.RuleEntry) bool { return r.ID == id }); i >= 0 {
		return &rules[i]
	}
	return nil
}

// lint returns the faults of a text: by the rules that are on, at the levels
// that are configured, without those that the author excuses.
func (r *Reviewer) lint(c Candidate, doc *policy.Document) []*policy.Diagnostic {
	exists := func(target string) bool {
		return r.Exists(path.Join(path.Dir(c.Policy.Path), target))
	}
	found := slices.Concat(policy.Check(doc), repair.Lint(doc, c.Source), repair.Prose(doc), repair.Links(doc, exists))
	rules := make(map[string]*policy.RuleEntry)
	kept := found[:0]
	for _, d := range found {
		level, set := r.Lint[d.Rule]
		if _, met := rules[d.Rule]; !met {
			rules[d.Rule] = LintRule(d.Rule)
		}
		if rule := rules[d.Rule]; !set && rule != nil && rule.Asked {
			level, set = Off, true
		}
		if set {
			d.Level = level
		}
		if doc.Front.Draft && d.Rule == "placeholder" && d.Level == policy.Error {
			d.Level = policy.Warning // a draft is there to be filled in
		}
		if d.Level != Off {
			kept = append(kept, d)
		}
	}
	kept = repair.Excused(c.Policy.Path, c.Source, kept)
	slices.SortStableFunc(kept, func(x, y *policy.Diagnostic) int { return x.Line - y.Line })
	return kept
}
