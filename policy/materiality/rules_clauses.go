package materiality

import "github.com/codicil/codicil/policy"

// clauseRules returns the rules about sentences and phrases that came or went.
func clauseRules() []Rule {
	return []Rule{
		{
			ID: "rule-added", Severity: policy.Major,
			Looks: "a sentence, or a part of one, that binds somebody and was not there",
			Why:   "A rule about {about} was added: \"{after}\".",
			When:  Pattern{Shifts: []Shift{Appears}, About: Material()},
			Examples: []Example{
				{"We like dogs.", "We like dogs.\n\nWe collect your nickname and location."},
				{"We like dogs.", "We like dogs.\n\nWe record every visitor in our profile."},
			},
			Misses: []Example{
				{"First.\n\nYou must pay the fee.\n\nLast.", "First.\n\nLast.\n\nYou must pay the fee."},
			},
		},
		{
			ID: "rule-removed", Severity: policy.Major,
			Looks: "a sentence, or a part of one, that bound somebody and is gone",
			Why:   "A rule about {about} was removed: \"{before}\".",
			When:  Pattern{Shifts: []Shift{Vanishes}, About: Material()},
			Examples: []Example{
				{"We like dogs.\n\nWe collect your nickname and location.", "We like dogs."},
				{"We like dogs.\n\nWe do not record personal data of visitors.", "We like dogs."},
			},
			Misses: []Example{
				{"You must pay the fee. You must be polite.", "You must be polite. You must pay the fee."},
			},
		},
		{
			ID: "service-rule-added", Severity: policy.Minor,
			Looks: "such a sentence about the service alone",
			Why:   "A sentence about the service was added: \"{after}\".",
			When:  Pattern{Shifts: []Shift{Appears}},
			Examples: []Example{
				{"We like dogs.", "We like dogs.\n\nEvery feature will have a legacy mode."},
				{"We like dogs.", "We like dogs.\n\nEach update will keep every feature."},
			},
			Misses: []Example{
				{"We like dogs.", "We like dogs.\n\nYou must pay a fee."},
			},
		},
		{
			ID: "service-rule-removed", Severity: policy.Minor,
			Looks: "such a sentence about the service alone",
			Why:   "A sentence about the service was removed: \"{before}\".",
			When:  Pattern{Shifts: []Shift{Vanishes}},
			Examples: []Example{
				{"We like dogs.\n\nEvery feature will have a legacy mode.", "We like dogs."},
				{"We like dogs.\n\nEach update will keep every feature.", "We like dogs."},
			},
			Misses: []Example{
				{"We like dogs.\n\nYou must pay a fee.", "We like dogs."},
			},
		},
		{
			ID: "fact-changed", Severity: policy.Minor,
			Looks: "a sentence that reports and binds nobody",
			Why:   "A statement of fact changed that binds nobody: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Fact}},
			Examples: []Example{
				{"We like dogs.", "We like dogs.\n\nOur founders met on a long train journey across the mountains."},
				{"We like dogs.\n\nOur office has a garden with a pond.", "We like dogs."},
			},
			Misses: []Example{
				{"We like dogs.", "We like dogs.\n\nYou must pay a fee."},
			},
		},
		{
			ID: "steps-changed", Severity: policy.Minor,
			Looks: "where to click for something",
			Why:   "The steps in the menus changed, not what they lead to: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Steps}},
			Examples: []Example{
				{"Tap profile, then click delete.", "Tap settings, then click delete."},
				{"We like dogs.", "We like dogs.\n\nTo leave, click Menu and tap Close."},
			},
			Misses: []Example{
				{"You may delete your account.", "You may not delete your account."},
			},
		},
	}
}
