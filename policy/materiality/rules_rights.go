package materiality

import "github.com/codicil/codicil/policy"

// rightsRules returns the rules about the rights and choices of users.
func rightsRules() []Rule {
	return []Rule{
		{
			ID: "consent-changed", Category: UserRightsChoice, Severity: policy.Major,
			Looks: "consent, opt-in and opt-out",
			Why:   "The text on consent or opting out changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Appears, Vanishes, Rewording, Member}, About: []Category{UserRightsChoice}, Words: "consent, opt out, opt in, opt-out, opt-in, unsubscribe, withdraw, default"},
			Examples: []Example{
				{"We like dogs.", "We like dogs.\n\nYou can opt out of this at any time."},
				{"We like dogs.\n\nYou may withdraw your consent.", "We like dogs."},
			},
			Misses: []Example{
				{"You can opt out at any time.", "You may opt out at any time."},
			},
		},
		{
			ID: "right-changed", Category: UserRightsChoice, Severity: policy.Major,
			Looks: "a right of users or the way to exercise it",
			Why:   "A right of users, or the way to exercise it, changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Appears, Vanishes, Rewording, Member}, About: []Category{UserRightsChoice}},
			Examples: []Example{
				{"We like dogs.", "We like dogs.\n\nYou have the right to access and data portability."},
				{"You have the right to access, rectification and erasure.", "You have the right to access and erasure."},
			},
			Misses: []Example{
				{"You have the right to erasure.", "You've the right to erasure."},
			},
		},
	}
}
