package materiality

import "github.com/codicil/codicil/policy"

// disputesRules returns the rules about disputes and the governing law.
func disputesRules() []Rule {
	return []Rule{
		{
			ID: "governing-law", Category: DisputesLaw, Severity: policy.Major,
			Looks: "the country or state whose law or courts decide",
			Why:   "The law or the courts that decide changed: from \"{before}\" to \"{after}\".",
			When:  Pattern{Shifts: []Shift{Jurisdiction}, About: []Category{DisputesLaw}},
			Examples: []Example{
				{"These terms are governed by the laws of France.", "These terms are governed by the laws of Ireland."},
				{"The courts of Texas have jurisdiction over disputes.", "The courts of Ohio have jurisdiction over disputes."},
			},
			Misses: []Example{
				{"You may sue in court.", "You can sue in court."},
			},
		},
		{
			ID: "arbitration", Category: DisputesLaw, Severity: policy.Major,
			Looks: "arbitration, class actions, jury trials",
			Why:   "The text on arbitration or class actions changed: \"{before}\" became \"{after}\". It decides whether people can go to court.",
			When:  Pattern{Shifts: []Shift{Appears, Vanishes, Rewording, Member}, About: []Category{DisputesLaw}, Words: "arbitration, arbitrate, arbitrator, class action, jury"},
			Examples: []Example{
				{"We like dogs.", "We like dogs.\n\nYou agree to binding arbitration of disputes."},
				{"We like dogs.\n\nYou waive class actions and jury trials.", "We like dogs."},
			},
			Misses: []Example{
				{"You agree to arbitration.", "You agree to Arbitration."},
			},
		},
		{
			ID: "dispute-rule", Category: DisputesLaw, Severity: policy.Major,
			Looks: "any other rule on disputes",
			Why:   "How disputes are settled changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Appears, Vanishes, Rewording, Member}, About: []Category{DisputesLaw}},
			Examples: []Example{
				{"We like dogs.", "We like dogs.\n\nA dispute must go to mediation first."},
				{"We like dogs.\n\nYou may bring a lawsuit over a dispute.", "We like dogs."},
			},
			Misses: []Example{
				{"A dispute must go to mediation.", "A dispute shall go to mediation."},
			},
		},
	}
}
