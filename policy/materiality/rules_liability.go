package materiality

import "github.com/codicil/codicil/policy"

// liabilityRules returns the rules about liability and warranties.
func liabilityRules() []Rule {
	return []Rule{
		{
			ID: "liability-cap", Category: LiabilityWarranty, Severity: policy.Major,
			Looks: "the sum up to which somebody is liable",
			Why:   "The limit of liability changed: from \"{before}\" to \"{after}\".",
			When:  Pattern{Shifts: []Shift{Amount}, About: []Category{LiabilityWarranty}},
			Examples: []Example{
				{"Our maximum liability is $5,000.", "Our maximum liability is $500."},
				{"Damages are limited to 100 euros.", "Damages are limited to 50 euros."},
			},
			Misses: []Example{
				{"Our maximum liability is $5,000.", "Our maximum liability is $5000."},
			},
		},
		{
			ID: "liability-changed", Category: LiabilityWarranty, Severity: policy.Major,
			Looks: "liability, warranties, indemnities",
			Why:   "Who bears a risk or loss changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Appears, Vanishes, Rewording, Member}, About: []Category{LiabilityWarranty}},
			Examples: []Example{
				{"We like dogs.", "We like dogs.\n\nYou will indemnify us against damages."},
				{"We like dogs.\n\nWe are liable for negligence.", "We like dogs."},
			},
			Misses: []Example{
				{"You will indemnify us.", "You must indemnify us."},
			},
		},
	}
}
