package materiality

import "github.com/codicil/codicil/policy"

// scopeRules returns the rules about who contracts and what is covered.
func scopeRules() []Rule {
	return []Rule{
		{
			ID: "entity-changed", Category: EntityScope, Severity: policy.Major,
			Looks: "another company with a legal form, one more or one less",
			Why:   "The company that contracts or answers for data changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Entity}},
			Examples: []Example{
				{"You contract with Acme Ltd.", "You contract with Bolt Inc."},
				{"The controller is Acme Ltd or Bolt GmbH.", "The controller is Acme Ltd, Cargo GmbH or Bolt GmbH."},
			},
			Misses: []Example{
				{"You contract with Acme Ltd.", "You contract with Acme, Ltd."},
			},
		},
		{
			ID: "scope-changed", Category: EntityScope, Severity: policy.Major,
			Looks: "who or what the document covers",
			Why:   "Whom or what the document covers changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Appears, Vanishes, Rewording, Member}, About: []Category{EntityScope}},
			Examples: []Example{
				{"We like dogs.", "We like dogs.\n\nThese terms do not apply to group companies."},
				{"We like dogs.\n\nThis policy applies to all subsidiaries; no other terms govern.", "We like dogs."},
			},
			Misses: []Example{
				{"This policy applies to you.", "This Policy applies to you."},
			},
		},
	}
}
