package materiality

import "github.com/codicil/codicil/policy"

// terminationRules returns the rules about suspension, removal and termination.
func terminationRules() []Rule {
	return []Rule{
		{
			ID: "inactivity-period", Category: TerminationSanctions, Severity: policy.Major,
			Looks: "a time after which accounts or content go",
			Why:   "The time after which an account or content is lost changed: from \"{before}\" to \"{after}\".",
			When:  Pattern{Shifts: []Shift{Period}, About: []Category{TerminationSanctions}},
			Examples: []Example{
				{"We suspend accounts that are inactive for 3 months.", "We suspend accounts that are inactive for one year."},
				{"You may appeal a suspension within 6 months.", "You may appeal a suspension within 30 days."},
			},
			Misses: []Example{
				{"You may appeal a suspension within 12 months.", "You may appeal a suspension within one year."},
			},
		},
		{
			ID: "appeal-changed", Category: TerminationSanctions, Severity: policy.Major,
			Looks: "appeals and reinstatement",
			Why:   "The way to appeal changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Appears, Vanishes, Rewording, Member}, About: []Category{TerminationSanctions}, Words: "appeal, appeals, reinstate, reinstatement"},
			Examples: []Example{
				{"We like dogs.", "We like dogs.\n\nYou may appeal a suspension."},
				{"We like dogs.\n\nWe will reinstate a suspended account after an appeal.", "We like dogs."},
			},
			Misses: []Example{
				{"You may appeal a suspension.", "You can appeal a suspension."},
			},
		},
		{
			ID: "sanction-changed", Category: TerminationSanctions, Severity: policy.Major,
			Looks: "when accounts or content are suspended, removed or closed",
			Why:   "When an account or content can be suspended, removed or closed changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Appears, Vanishes, Rewording, Member}, About: []Category{TerminationSanctions}},
			Examples: []Example{
				{"We like dogs.", "We like dogs.\n\nWe may suspend or terminate your account."},
				{"We may ban, suspend or terminate accounts.", "We may suspend or terminate accounts."},
			},
			Misses: []Example{
				{"We may suspend accounts.", "We can suspend accounts."},
			},
		},
	}
}
