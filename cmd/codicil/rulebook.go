package main

import (
	"slices"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/integrity"
	"github.com/codicil/codicil/policy/reading"
	"github.com/codicil/codicil/policy/repair"
	"github.com/codicil/codicil/policy/repair/docx"
	"github.com/codicil/codicil/policy/review"
	"github.com/codicil/codicil/site"
)

// chapter is a part of the rule book.
type chapter struct {
	name  string
	rules []policy.RuleEntry
}

// chapters are the rules that findings and repairs name, whichever package holds
// to them. The rules by which changes are judged are in package materiality.
func chapters() []chapter {
	return []chapter{
		{"lint", repair.Rules()},
		{"gate", review.Rules()},
		{"integrity", slices.Concat(integrity.Rules(), site.Rules())},
		{"import", slices.Concat(repair.ImportRules(), docx.Rules())},
		{"recipients", notify.Rules()},
		{"reader", reading.Rules()},
	}
}

// book is all chapters.
func book() []policy.RuleEntry {
	var all []policy.RuleEntry
	for _, c := range chapters() {
		all = append(all, c.rules...)
	}
	return all
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
