package main

import (
	"slices"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/integrity"
	"github.com/codicil/codicil/policy/repair"
	"github.com/codicil/codicil/policy/review"
	"github.com/codicil/codicil/site"
)

// book is the rules that findings name, whichever package holds to them.
func book() []policy.RuleEntry {
	return slices.Concat(repair.Rules(), review.Rules(), integrity.Rules(), site.Rules())
}

// ruleByID returns the rule that a finding names.
func ruleByID(id string) (policy.RuleEntry, bool) {
	all := book()
	i := slices.IndexFunc(all, func(r policy.RuleEntry) bool { return r.ID == id })
	if i < 0 {
		return policy.RuleEntry{}, false
	}
	return all[i], true
}
