package materiality

import "github.com/codicil/codicil/policy"

// editorialRules returns the rules about changes that leave every right and
// duty as it was.
func editorialRules() []Rule {
	return []Rule{
		{
			ID: "typo-mended", Severity: policy.Editorial,
			Title:   "a misspelt word that was mended, or made",
			Message: "A misspelt word: \"{before}\" became \"{after}\".",
			When:    Pattern{Shifts: []Shift{Typo}},
			Examples: []Example{
				{"We recieve your reports.", "We receive your reports."},
				{"You get acces to your account.", "You get access to your account."},
			},
			CounterExamples: []Example{
				{"It is lawful to sell.", "It is unlawful to sell."},
				{"You may use any aerial.", "You may use any serial."},
			},
		},
		{
			ID: "renamed", Severity: policy.Editorial,
			Title:   "a name that gave way to another wherever it stood",
			Message: "A name changed: \"{before}\" became \"{after}\".",
			When:    Pattern{Shifts: []Shift{Rename}},
			Examples: []Example{
				{"You may use AcmeDocs for free. Ask AcmeDocs for help.", "You may use AcmePages for free. Ask AcmePages for help."},
				{"Write to our Happy Team about fees.", "Write to our Joyful Crew about fees."},
			},
			CounterExamples: []Example{
				{"You contract with Acme Ltd.", "You contract with Bolt Ltd."},
			},
		},
		{
			ID: "same-meaning", Severity: policy.Editorial,
			Title:   "other words that mean the same, in the same order or another",
			Message: "Other words, the same meaning: \"{before}\" became \"{after}\".",
			When:    Pattern{Shifts: []Shift{Synonym, Order}},
			Examples: []Example{
				{"You can see the list.", "You can view the list."},
				{"You must pay the fee.", "You shall pay the fee."},
			},
			CounterExamples: []Example{
				{"You must pay the fee.", "You may pay the fee."},
			},
		},
		{
			ID: "date-of-update", Severity: policy.Editorial,
			Title:   "the day on which the text was changed",
			Message: "Only the date of the text changed: \"{before}\" became \"{after}\".",
			When:    Pattern{Shifts: []Shift{Dating}},
			Examples: []Example{
				{"Last updated: May 1, 2024", "Last updated: June 3, 2025"},
				{"*Effective 1 March 2020*", "*Effective 2 April 2021*"},
			},
			CounterExamples: []Example{
				{"You must pay until 1 March 2020.", "You must pay until 2 April 2021."},
			},
		},
		{
			ID: "reference-changed", Severity: policy.Editorial,
			Title:   "the number of a clause, or what it is called by",
			Message: "Only the reference to another place of the text changed: \"{before}\" became \"{after}\".",
			When:    Pattern{Shifts: []Shift{Reference}},
			Examples: []Example{
				{"Fees are set out in Section 4.", "Fees are set out in Section 5."},
				{"You must comply with 17 CFR 740.", "You must comply with 15 CFR 740."},
			},
			CounterExamples: []Example{
				{"Fees are due in 4 days.", "Fees are due in 5 days."},
			},
		},
	}
}

// numberingRules returns the rules about the numbers of clauses.
func numberingRules() []Rule {
	return []Rule{
		{
			ID: "clause-renumbered", Severity: policy.Editorial,
			Title:   "a clause that is called by another number than before",
			Message: "Clauses were renumbered: \"{before}\" became \"{after}\".",
			When:    Pattern{Shifts: []Shift{Renumbering}},
			Examples: []Example{
				{"8.3 We will answer you.\n\n8.4 You must pay.", "8.4 We will answer you.\n\n8.5 You must pay."},
				{"# 4. Fees\n\nYou must pay.", "# 3. Fees\n\nYou must pay."},
			},
			CounterExamples: []Example{
				{"You must pay 3 fees.", "You must pay 4 fees."},
			},
		},
	}
}

// surfaceRules returns the rules about changes that no sentence of the policy shows.
func surfaceRules() []Rule {
	return []Rule{
		{
			ID: "address-changed", Severity: policy.Editorial,
			Title:   "a postal, e-mail or web address of the same function",
			Message: "Only an address changed: \"{before}\" became \"{after}\".",
			When:    Pattern{Shifts: []Shift{Address}},
			Examples: []Example{
				{"Write to help@example.com with questions.", "Write to support@example.com with questions."},
				{"Write to Acme, 30 North Road, Suite 200, Chicago 60607.", "Write to Acme, 45 West Road, Suite 100, Chicago 60612."},
			},
			CounterExamples: []Example{
				{"Write to us within 30 days.", "Write to us within 45 days."},
			},
		},
		{
			ID: "pointer-changed", Severity: policy.Editorial,
			Title:   "a sentence that says where to read more",
			Message: "Only where to read more changed: \"{before}\" became \"{after}\".",
			When:    Pattern{Shifts: []Shift{Pointer}},
			Examples: []Example{
				{"We keep logs.\n\nFor more information about logs, visit our blog of news.", "We keep logs."},
				{"We keep logs.", "We keep logs.\n\nLearn more about logs in our guide."},
			},
			CounterExamples: []Example{
				{"We keep logs.", "We keep logs.\n\nYou must delete them."},
			},
		},
		{
			ID: "heading-changed", Severity: policy.Editorial,
			Title:   "a heading or label without a rule",
			Message: "Only a heading changed: \"{before}\" became \"{after}\".",
			When:    Pattern{Shifts: []Shift{Title}},
			Examples: []Example{
				{"# Fees\n\nYou pay.", "# Fees\n\n## Money\n\nYou pay."},
				{"# Fees\n\n## Cash\n\nYou pay.", "# Fees\n\nYou pay."},
			},
			CounterExamples: []Example{
				{"# Fees\n\nYou pay.", "# Fees\n\nYou must pay $5."},
			},
		},
		{
			ID: "capitals-or-order", Severity: policy.Editorial,
			Title:   "capitals, hyphens, the spelling of another country, or the order of sentences",
			Message: "Only capitals, spelling or the order changed: \"{before}\" became \"{after}\".",
			When:    Pattern{Shifts: []Shift{Capitals}},
			Examples: []Example{
				{"You pay the Fee.", "You pay the fee."},
				{"We recognise your labour.", "We recognize your labor."},
			},
			CounterExamples: []Example{
				{"You pay the fee.", "You pay no fee."},
			},
		},
		{
			ID: "moved", Severity: policy.Editorial,
			Title:   "a paragraph that stands in another place, word for word",
			Message: "A paragraph only moved: \"{after}\".",
			When:    Pattern{Shifts: []Shift{Order}},
			Examples: []Example{
				{"You must pay the fee.\n\nWe keep the logs.\n\nDogs are good company.", "We keep the logs.\n\nDogs are good company.\n\nYou must pay the fee."},
				{"# A\n\nIf you decline, we stop.\n\n# B\n\nYou must pay the fee.", "# A\n\n# B\n\nYou must pay the fee.\n\nIf you decline, we stop."},
			},
			CounterExamples: []Example{
				{"You must pay the fee.\n\nWe keep the logs.", "We keep the logs.\n\nYou must not pay the fee."},
			},
		},
		{
			ID: "link-moved", Severity: policy.Editorial,
			Title:   "a link that leads elsewhere under the same words",
			Message: "Only the target of a link changed: \"{before}\" became \"{after}\".",
			When:    Pattern{Shifts: []Shift{Link}},
			Examples: []Example{
				{"Read [this](/a).", "Read [this](/b)."},
				{"Ask [us](https://example.com/help).", "Ask [us](https://example.com/support)."},
			},
			CounterExamples: []Example{
				{"Read [this](/a?utm_source=x).", "Read [this](/a?utm_source=y)."},
			},
		},
		{
			ID: "page-furniture", Severity: policy.None,
			Title:   "menus, buttons, counters and other things that a page shows around a policy",
			Message: "What a page shows around the policy changed, not the policy: \"{before}\" became \"{after}\".",
			When:    Pattern{Shifts: []Shift{Boilerplate}},
			Examples: []Example{
				{"You must pay.", "You must pay.\n\nWas this helpful?"},
				{"You must pay.\n\n* [Careers](/jobs)\n* [Press](/press)", "You must pay."},
			},
			CounterExamples: []Example{
				{"You must pay.", "You must pay.\n\nWe sell your data."},
			},
		},
	}
}

// directionRules are about what is written and cannot be seen.
func directionRules() []Rule {
	return []Rule{
		{
			ID: "direction-changed", Severity: policy.Minor,
			Title:   "characters that turn the direction of what is shown, and are not seen themselves",
			Message: "Characters that turn the direction of the text, so that it may read otherwise than it is written, changed: from \"{before}\" to \"{after}\".",
			When:    Pattern{Shifts: []Shift{Capitals}},
			Examples: []Example{
				{"You may cancel within 14 days.", "You may cancel within \u202e14\u202c days."},
				{"Call \u2067our office\u2069 first.", "Call our office first."},
			},
			CounterExamples: []Example{
				{"You pay the Fee.", "You pay the fee."},
			},
		},
	}
}
