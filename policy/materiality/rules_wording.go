package materiality

import "github.com/codicil/codicil/policy"

// wordingRules returns the rules about words that carry a meaning and gave way
// to others.
func wordingRules() []Rule {
	return []Rule{
		{
			ID: "sides-exchanged", Severity: policy.Major,
			Looks: "the same words in another order, where the order says who owes what to whom, or what comes first",
			Why:   "Who does what to whom, or in which order, changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Exchange}},
			Examples: []Example{
				{"The tenant pays the landlord for the garden.", "The landlord pays the tenant for the garden."},
				{"We answer before you write.", "You write before we answer."},
			},
			Misses: []Example{
				{"We offer red, green and blue lamps.", "We offer blue, red and green lamps."},
			},
		},
		{
			ID: "moved-under", Severity: policy.Major,
			Looks: "words that stand under another lead-in than before, so that another rule is about them",
			Why:   "Stands in another list now, to which another rule applies: \"{after}\".",
			When:  Pattern{Shifts: []Shift{Moved}},
			Examples: []Example{
				{"We sell:\n\n* your name\n* your age\n\nWe never sell:\n\n* your health data\n* your photos", "We sell:\n\n* your name\n* your age\n* your health data\n\nWe never sell:\n\n* your photos"},
				{"You may bring:\n\n* dogs\n* cats\n\nYou must not bring:\n\n* snakes", "You may bring:\n\n* dogs\n\nYou must not bring:\n\n* snakes\n* cats"},
			},
			Misses: []Example{
				{"You may bring:\n\n* dogs\n* cats", "You may bring:\n\n* cats\n* dogs"},
			},
		},
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
				{"Our maintenance feature availability server hours: cats sleep soundly beside warm stoves during bright mornings.", "Our maintenance feature availability server hours: dogs bark loudly behind cold fences during dark evenings."},
				{"A legacy feature tool update beta: birds sing loud songs near walls with joyful noise.", "A legacy feature tool update beta: frogs croak deep notes behind fences with sleepy grunts."},
			},
			Misses: []Example{
				{"You get a refund in cash.", "You get a coupon in cash."},
			},
		},
		{
			ID: "wording-changed", Severity: policy.Minor,
			Looks: "words that say a little more or less than before, where no rule turns on them",
			Why:   "A sentence says something else in detail: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Wording}},
			Examples: []Example{
				{"The flag of a group is shown.", "The flag of a group is shown to Bolt."},
				{"Our office has a garden.", "Our office has a garden with two hens."},
			},
			Misses: []Example{
				{"The flag is shown.", "The flag is displayed."},
			},
		},
		{
			ID: "term-changed", Severity: policy.Editorial,
			Looks: "a word that gave way to another more than once",
			Why:   "A term gave way to another throughout, and what is said with it stayed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Term}},
			Examples: []Example{
				{"The lamp is public to all.\n\nKeep the lamp green and bright.", "The lantern is public to all.\n\nKeep the lantern green and bright."},
				{"A traveller sees the garden.\n\nThe traveller leaves at dusk.", "A wanderer sees the garden.\n\nThe wanderer leaves at dusk."},
			},
			Misses: []Example{
				{"A visitor sees the garden.\n\nThe visitor leaves at dusk.", "A visitor views the garden.\n\nThe visitor leaves at dusk."},
				{"We may lend your data.\n\nWe lend it to friends.", "We may sell your data.\n\nWe sell it to friends."},
			},
		},
	}
}
