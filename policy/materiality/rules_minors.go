package materiality

import "github.com/codicil/codicil/policy"

// minorsRules returns the rules about minors and ages.
func minorsRules() []Rule {
	return []Rule{
		{
			ID: "age-changed", Category: Minors, Severity: policy.Major,
			Looks: "the age from which somebody may do something; \"over 16\" leaves out those who are 16",
			Why:   "The age changed: from \"{before}\" to \"{after}\".",
			When:  Pattern{Shifts: []Shift{Age}},
			Examples: []Example{
				{"You must be at least 13 years old.", "You must be at least 16 years old."},
				{"You must be over the age of 16.", "You must be aged 16 or over."},
			},
			Misses: []Example{
				{"You must be at least sixteen years old.", "You must be at least 16 years old."},
			},
		},
		{
			ID: "minors-rule", Category: Minors, Severity: policy.Major,
			Looks: "a rule on children, parents or teens",
			Why:   "A rule on minors changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Appears, Vanishes, Rewording, Member}, About: []Category{Minors}},
			Examples: []Example{
				{"We like dogs.", "We like dogs.\n\nA parent must consent for a child."},
				{"We like dogs.\n\nWe do not serve children without a guardian.", "We like dogs."},
			},
			Misses: []Example{
				{"A parent must consent for a child.", "A parent shall consent for a child."},
			},
		},
	}
}
