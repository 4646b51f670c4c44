package materiality

import "github.com/codicil/codicil/policy"

// wordingRules returns the rules about words that carry a meaning and gave way
// to others.
func wordingRules() []Rule {
	return []Rule{
		{
			ID: "rule-reworded", Severity: policy.Major,
			Looks: "other words in a sentence on which its rule turns",
			Why:   "A sentence about {about} now says something else: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Rewording}, About: Material()},
			Examples: []Example{
				{"We record your browser.", "We record your device."},
				{"You give us a profile and gender.", "You give us a location and identifier."},
			},
			Misses: []Example{
				{"We utilise your address.", "We use your address."},
				{"We collect your adress.", "We collect your address."},
			},
		},
		{
			ID: "service-reworded", Severity: policy.Minor,
			Looks: "the same in a sentence about the service alone",
			Why:   "A sentence about the service now says something else: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Rewording}},
			Examples: []Example{
				{"Our maintenance feature availability server hours: cats sleep soundly beside warm stoves.", "Our maintenance feature availability server hours: dogs bark loudly behind cold fences."},
				{"A legacy feature tool update beta: birds sing loud songs near walls.", "A legacy feature tool update beta: frogs croak deep notes behind fences."},
			},
			Misses: []Example{
				{"You get a refund in cash.", "You get a coupon in cash."},
			},
		},
		{
			ID: "wording-changed", Severity: policy.Minor,
			Looks: "other words on which no rule turns",
			Why:   "Words changed that bear on no right, duty or practice: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Wording}},
			Examples: []Example{
				{"The flag of a group is shown to its administrator.", "The flag of a group is shown to its founder."},
				{"Our office has a garden.", "Our office has a meadow."},
			},
			Misses: []Example{
				{"The flag is shown.", "The flag is displayed."},
			},
		},
		{
			ID: "term-changed", Severity: policy.Minor,
			Looks: "a word that gave way to another more than once",
			Why:   "A term gave way to another throughout: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Term}},
			Examples: []Example{
				{"Your posts are public to members.\n\nKeep posts short and kind.", "Your letters are public to members.\n\nKeep letters short and kind."},
				{"A visitor sees the garden.\n\nThe visitor leaves at dusk.", "A traveller sees the garden.\n\nThe traveller leaves at dusk."},
			},
			Misses: []Example{
				{"A visitor sees the garden.\n\nThe visitor leaves at dusk.", "A visitor views the garden.\n\nThe visitor leaves at dusk."},
			},
		},
	}
}
