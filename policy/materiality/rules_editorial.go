package materiality

import "github.com/codicil/codicil/policy"

// editorialRules returns the rules about changes that leave every right and
// duty as it was.
func editorialRules() []Rule {
	return []Rule{
		{
			ID: "typo-mended", Severity: policy.Editorial,
			Looks: "a misspelt word that was mended, or made",
			Why:   "A misspelt word: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Typo}},
			Examples: []Example{
				{"We recieve your reports.", "We receive your reports."},
				{"You get acces to your account.", "You get access to your account."},
			},
			Misses: []Example{
				{"It is lawful to sell.", "It is unlawful to sell."},
				{"You may use any aerial.", "You may use any serial."},
			},
		},
		{
			ID: "renamed", Severity: policy.Editorial,
			Looks: "a name that gave way to another wherever it stood",
			Why:   "A name changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Rename}},
			Examples: []Example{
				{"You may use AcmeDocs for free. Ask AcmeDocs for help.", "You may use AcmePages for free. Ask AcmePages for help."},
				{"Write to our Happy Team about fees.", "Write to our Joyful Crew about fees."},
			},
			Misses: []Example{
				{"You contract with Acme Ltd.", "You contract with Bolt Ltd."},
			},
		},
		{
			ID: "same-meaning", Severity: policy.Editorial,
			Looks: "other words that mean the same, in the same order or another",
			Why:   "Other words, the same meaning: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Synonym, Order}},
			Examples: []Example{
				{"You can see the list.", "You can view the list."},
				{"You must pay the fee.", "You shall pay the fee."},
			},
			Misses: []Example{
				{"You must pay the fee.", "You may pay the fee."},
			},
		},
		{
			ID: "date-of-update", Severity: policy.Editorial,
			Looks: "the day on which the text was changed",
			Why:   "Only the date of the text changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Dating}},
			Examples: []Example{
				{"Last updated: May 1, 2024", "Last updated: June 3, 2025"},
				{"*Effective 1 March 2020*", "*Effective 2 April 2021*"},
			},
			Misses: []Example{
				{"You must pay until 1 March 2020.", "You must pay until 2 April 2021."},
			},
		},
		{
			ID: "reference-changed", Severity: policy.Editorial,
			Looks: "the number of a clause, or what it is called by",
			Why:   "Only the reference to another place of the text changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Reference}},
			Examples: []Example{
				{"Fees are set out in Section 4.", "Fees are set out in Section 5."},
				{"You must comply with 17 CFR 740.", "You must comply with 15 CFR 740."},
			},
			Misses: []Example{
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
			Looks: "a clause that is called by another number than before",
			Why:   "Clauses were renumbered: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Renumbering}},
			Examples: []Example{
				{"8.3 We will answer you.\n\n8.4 You must pay.", "8.4 We will answer you.\n\n8.5 You must pay."},
				{"# 4. Fees\n\nYou must pay.", "# 3. Fees\n\nYou must pay."},
			},
			Misses: []Example{
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
			Looks: "a postal, e-mail or web address of the same function",
			Why:   "Only an address changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Address}},
			Examples: []Example{
				{"Write to help@example.com with questions.", "Write to support@example.com with questions."},
				{"Write to Acme, 30 North Road, Suite 200, Chicago 60607.", "Write to Acme, 45 West Road, Suite 100, Chicago 60612."},
			},
			Misses: []Example{
				{"Write to us within 30 days.", "Write to us within 45 days."},
			},
		},
		{
			ID: "pointer-changed", Severity: policy.Editorial,
			Looks: "a sentence that says where to read more",
			Why:   "Only where to read more changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Pointer}},
			Examples: []Example{
				{"We keep logs.\n\nFor more information about logs, visit our blog of news.", "We keep logs."},
				{"We keep logs.", "We keep logs.\n\nLearn more about logs in our guide."},
			},
			Misses: []Example{
				{"We keep logs.", "We keep logs.\n\nYou must delete them."},
			},
		},
		{
			ID: "heading-changed", Severity: policy.Editorial,
			Looks: "a heading or label without a rule",
			Why:   "Only a heading changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Title}},
			Examples: []Example{
				{"# Fees\n\nYou pay.", "# Fees\n\n## Money\n\nYou pay."},
				{"# Fees\n\n## Cash\n\nYou pay.", "# Fees\n\nYou pay."},
			},
			Misses: []Example{
				{"# Fees\n\nYou pay.", "# Fees\n\nYou must pay $5."},
			},
		},
		{
			ID: "capitals-or-order", Severity: policy.Editorial,
			Looks: "capitals, hyphens, the spelling of another country, or the order of sentences",
			Why:   "Only capitals, spelling or the order changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Capitals}},
			Examples: []Example{
				{"You pay the Fee.", "You pay the fee."},
				{"We recognise your labour.", "We recognize your labor."},
			},
			Misses: []Example{
				{"You pay the fee.", "You pay no fee."},
			},
		},
		{
			ID: "moved", Severity: policy.Editorial,
			Looks: "a paragraph that stands in another place, word for word",
			Why:   "A paragraph only moved: \"{after}\".",
			When:  Pattern{Shifts: []Shift{Order}},
			Examples: []Example{
				{"You must pay the fee.\n\nWe keep the logs.\n\nDogs are good company.", "We keep the logs.\n\nDogs are good company.\n\nYou must pay the fee."},
				{"# A\n\nIf you decline, we stop.\n\n# B\n\nYou must pay the fee.", "# A\n\n# B\n\nYou must pay the fee.\n\nIf you decline, we stop."},
			},
			Misses: []Example{
				{"You must pay the fee.\n\nWe keep the logs.", "We keep the logs.\n\nYou must not pay the fee."},
			},
		},
		{
			ID: "link-moved", Severity: policy.Editorial,
			Looks: "a link that leads elsewhere under the same words",
			Why:   "Only the target of a link changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Link}},
			Examples: []Example{
				{"Read [this](/a).", "Read [this](/b)."},
				{"Ask [us](https://example.com/help).", "Ask [us](https://example.com/support)."},
			},
			Misses: []Example{
				{"Read [this](/a?utm_source=x).", "Read [this](/a?utm_source=y)."},
			},
		},
		{
			ID: "page-furniture", Severity: policy.None,
			Looks: "menus, buttons, counters and other things that a page shows around a policy",
			Why:   "What a page shows around the policy changed, not the policy: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Furniture}},
			Examples: []Example{
				{"You must pay.", "You must pay.\n\nWas this helpful?"},
				{"You must pay.\n\n* [Careers](/jobs)\n* [Press](/press)", "You must pay."},
			},
			Misses: []Example{
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
			Looks: "characters that turn the direction of what is shown, and are not seen themselves",
			Why:   "Characters that turn the direction of the text, so that it may read otherwise than it is written, changed: from \"{before}\" to \"{after}\".",
			When:  Pattern{Shifts: []Shift{Capitals}},
			Examples: []Example{
				{"You may cancel within 14 days.", "You may cancel within \u202e14\u202c days."},
				{"Call \u2067our office\u2069 first.", "Call our office first."},
			},
			Misses: []Example{
				{"You pay the Fee.", "You pay the fee."},
			},
		},
	}
}
